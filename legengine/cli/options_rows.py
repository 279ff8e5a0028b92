"""The options of a plugin's object as rows of a table: name, type, default, meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST_DEPTH: Final = 3
"""How deep options inside options are shown; ``--json`` has all of them."""

_TYPES: Final = {
    "integer": "whole number",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "null": "nothing",
    "object": "mapping",
    "array": "list",
}

_FORMATS: Final = {"date": "date", "date-time": "date and time", "time": "time of day"}

_Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option, as a person sets it."""

    name: str
    """Names inside it follow with a dot; ``[]`` stands for each entry of a list."""
    type: str
    default: str
    """As a profile writes it; ``needed``: it has none."""
    meaning: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The row of the table."""
        return self.name, self.type, self.default, self.meaning


HEADS: Final = ("option", "type", "default", "meaning")


def option_rows(schema: _Schema) -> tuple[OptionRow, ...]:
    """Every option of a model's JSON Schema, in the order of the model."""
    definitions = schema.get("$defs", {})
    return tuple(_rows(_resolved(schema, definitions), definitions, "", 0))


def type_text(schema: _Schema, definitions: _Schema, depth: int = 0) -> str:
    """A type in the words of messages, such as ``list of: whole number, 1 or more``."""
    if depth > MOST_DEPTH:  # types may hold themselves
        return "anything"
    schema = _resolved(schema, definitions)
    if "const" in schema:
        return _written(schema["const"])
    if "enum" in schema:
        return " or ".join(map(_written, schema["enum"]))
    for union in ("anyOf", "oneOf"):
        if union in schema:
            branches = (type_text(branch, definitions, depth + 1) for branch in schema[union])
            return " or ".join(dict.fromkeys(branches))
    kind = schema.get("type")
    if kind == "array" and isinstance(schema.get("items"), Mapping):
        return f"list of: {type_text(schema['items'], definitions, depth + 1)}"
    inner = schema.get("additionalProperties")
    if kind == "object" and isinstance(inner, Mapping) and inner:
        return f"mapping to: {type_text(inner, definitions, depth + 1)}"
    if not isinstance(kind, str):
        return "anything"
    text = _FORMATS.get(schema.get("format", ""), _TYPES.get(kind, kind))
    return text + _bounds(schema)


def _bounds(schema: _Schema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if low is not None and high is not None:
        return f", {low:g} to {high:g}"
    parts = []
    if low is not None:
        parts.append(f"{low:g} or more")
    if above is not None:
        parts.append(f"more than {above:g}")
    if high is not None:
        parts.append(f"{high:g} or less")
    if below is not None:
        parts.append(f"less than {below:g}")
    return f", {' and '.join(parts)}" if parts else ""


def _rows(schema: _Schema, definitions: _Schema, before: str, depth: int) -> Iterator[OptionRow]:
    needed = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        default = "needed" if name in needed else _default(field)
        full = f"{before}{name}"
        meaning = " ".join(str(field.get("description", "")).split())
        yield OptionRow(full, type_text(field, definitions), default, meaning)
        if depth < MOST_DEPTH:
            for mark, inside in _inside(field, definitions):
                yield from _rows(inside, definitions, f"{full}{mark}.", depth + 1)


def _inside(field: _Schema, definitions: _Schema, depth: int = 0) -> Iterator[tuple[str, _Schema]]:
    """The mappings with names of their own in a field, and how they are reached."""
    if depth > MOST_DEPTH:
        return
    field = _resolved(field, definitions)
    if "properties" in field:
        yield "", field
    for union in ("anyOf", "oneOf"):
        for branch in field.get(union, ()):
            yield from _inside(branch, definitions, depth + 1)
    for key, mark in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(field.get(key), Mapping):
            for deeper, found in _inside(field[key], definitions, depth + 1):
                yield f"{mark}{deeper}", found


def _default(field: _Schema) -> str:
    return _written(field["default"]) if "default" in field else ""


def _written(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return value or '""'
    return json.dumps(value, ensure_ascii=False)


def _resolved(schema: _Schema, definitions: _Schema) -> _Schema:
    """What a reference leads to; what stands beside it, such as a description, holds as well."""
    seen = set()
    while "$ref" in schema and schema["$ref"] not in seen:
        seen.add(schema["$ref"])
        name = schema["$ref"].rpartition("/")[2]
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**definitions.get(name, {}), **beside}
    return schema
