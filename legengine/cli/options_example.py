"""How a profile sets the options of a plugin's object: a snippet to take over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import to_jsonable_python

from legengine.cli.options_rows import type_text
from legengine.errors import InputError
from legengine.hooks.contracts import NoOptions
from legengine.hooks.registry import Kind, Registry

PLACES: Final[Mapping[Kind, str]] = {
    "constraints": "rules.{name}",
    "objectives": "rules.{name}",
    "formats": "formats.{name}",
    "screenings": "screening.rules.{name}",
    "progressions": "progression.options",
    "protocols": "protocol.options",
    "readers": "libraries[].options",
}
"""Where a profile sets the options of a kind; an exercise library has none."""


def place_of(kind: Kind, name: str) -> str:
    """The field of a profile that holds the options of an object; empty: none does."""
    return PLACES.get(kind, "").format(name=name)


def example_of(registry: Registry, kind: Kind, name: str, schema: Mapping[str, Any]) -> Any:
    """Options as a profile may set them; ``None`` where there is nothing to set.

    The first example that the object gives, else its defaults, else what is needed, told by type.

    Raises:
        InputError: the object's own example doesn't fit its options.
    """
    value = registry.require(kind, name)
    if kind == "exercises" or value.options is NoOptions:
        return None
    given = next(iter(getattr(value, "examples", ())), None)
    if given is not None:
        registry.options(kind, name, given, field="examples[0]")
        return _plain(given)
    try:
        defaults = registry.options(kind, name, {})
    except InputError:
        return _needed(schema)
    return _plain(defaults.model_dump(by_alias=True, warnings=False))


def snippet(kind: Kind, name: str, options: Any) -> dict[str, Any]:
    """The part of a profile that names an object, with options where it has any."""
    match kind:
        case "constraints" | "objectives":
            return {} if options is None else {"rules": {name: options}}
        case "formats":
            return {} if options is None else {"formats": {name: options}}
        case "screenings":
            return {} if options is None else {"screening": {"rules": {name: options}}}
        case "readers":
            file = {"path": "FILE-OR-FOLDER", "reader": name}
            return {"libraries": [file if options is None else {**file, "options": options}]}
        case "protocols" | "progressions":
            field = kind.removesuffix("s")
            return {field: name if options is None else {"name": name, "options": options}}
        case _:
            return {}


def as_yaml(data: Mapping[str, Any]) -> str:
    """Plain data as a person writes a profile."""
    import yaml

    text: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=72)
    return text.rstrip("\n")


def _plain(value: Any) -> Any:
    """As JSON would have it; a set comes in the order of its words, the same every time."""
    match value:
        case Mapping():
            return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
        case set() | frozenset():
            return sorted((_plain(inner) for inner in value), key=repr)
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return to_jsonable_python(value)


def _needed(schema: Mapping[str, Any]) -> dict[str, str]:
    definitions = schema.get("$defs", {})
    return {
        name: f"<{type_text(schema['properties'][name], definitions)}>"
        for name in schema.get("required", ())
        if name in schema.get("properties", {})
    }
