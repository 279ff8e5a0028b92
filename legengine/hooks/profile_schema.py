"""The JSON Schema of a profile with the options of what is loaded, each at its place.

A profile that it accepts names only what is there, with settings that fit; of what depends on
other fields, on values in the data or on a validator's code, a JSON Schema can't tell.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import PydanticSerializationError

from legengine.domain.profile import Profile
from legengine.errors import InputError
from legengine.hooks.contracts import NoOptions
from legengine.hooks.registry import Kind, Registry

SECTIONS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "rules": ("constraints", "objectives"),
    "formats": ("formats",),
    "screening.rules": ("screenings",),
}
"""Where a profile sets things by their names, and the kinds of the things."""

CHOICES: Final[Mapping[str, Kind]] = {"protocol": "protocols", "progression": "progressions"}
"""Where a profile names one thing, and its kind."""

UNASKED: Final[tuple[Kind, ...]] = ("constraints", "objectives", "screenings")
"""Kinds that apply whether or not a profile sets them."""

_NO_OPTIONS: Final = "NoOptions"

_Schema = dict[str, Any]


def profile_schema(registry: Registry) -> _Schema:
    """The schema (Draft 2020-12) of the profiles that go with the plugins of a registry.

    Raises:
        PluginError: no schema can be made of the options of an object; it is named.
    """
    return _Merging(registry).schema()


def options_schema(
    registry: Registry, kind: Kind, name: str, *, ref_template: str = "#/$defs/{model}"
) -> _Schema:
    """The schema of an object's options; the same every time.

    Raises:
        PluginError: its model has what no JSON Schema can say.
    """
    model: type[BaseModel] = registry.require(kind, name).options
    with registry.blame(kind, name, "the JSON Schema of its options"):
        schema = model.model_json_schema(
            ref_template=ref_template, schema_generator=_Generator, mode="validation"
        )
        json.dumps(schema, allow_nan=False)
    return schema


def takes_defaults(registry: Registry, kind: Kind, name: str) -> bool:
    """Whether an object's options are complete when nothing is set."""
    try:
        registry.options(kind, name, {})
    except InputError:
        return False
    return True


class _Generator(GenerateJsonSchema):
    """Makes the same schema every time; a default that JSON can't say is left out."""

    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def encode_default(self, dft: Any) -> Any:
        if isinstance(dft, float) and not math.isfinite(dft):
            raise PydanticSerializationError("JSON has no such number")
        value = super().encode_default(dft)
        # A set comes in any order, and not every release of pydantic sorts it.
        return sorted(value, key=repr) if isinstance(dft, (set, frozenset)) else value


class _Merging:
    """Puts the schemas of options into that of the profile."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._profile: _Schema = Profile.model_json_schema(mode="validation")
        self._defs: _Schema = self._profile["$defs"]

    def schema(self) -> _Schema:
        for section, kinds in SECTIONS.items():
            self._put_section(section, kinds)
        for field, kind in CHOICES.items():
            self._put_choice(field, kind)
        self._put_readers()
        return self._profile

    # --- by name ------------------------------------------------------------------------------

    def _put_section(self, section: str, kinds: Sequence[Kind]) -> None:
        properties: _Schema = {}
        needed = []
        for kind in kinds:
            for name, value in self._registry.of(kind).items():
                ref = self._ref(kind, name, f"{section}.{name}")
                properties[name] = {**ref, "description": value.summary}
                if kind in UNASKED and not takes_defaults(self._registry, kind, name):
                    needed.append(name)
        outer, _, last = section.rpartition(".")
        holder = self._defs[outer.capitalize()] if outer else self._profile
        there = holder["properties"][last]
        there["properties"] = properties
        there["additionalProperties"] = False
        if needed:
            there["required"] = sorted(needed)
            _require(holder, last)
            if outer:
                _require(self._profile, outer)

    # --- one choice ---------------------------------------------------------------------------

    def _put_choice(self, field: str, kind: Kind) -> None:
        names = list(self._registry.of(kind))
        plain = [name for name in names if takes_defaults(self._registry, kind, name)]
        schema: _Schema = self._profile["properties"][field]
        branches: list[_Schema] = [{"enum": plain}] if plain else []
        if names:
            branches.append(self._chosen(field, kind, names, plain))
        branches += [branch for branch in schema["anyOf"] if branch.get("type") == "null"]
        schema["anyOf"] = branches or [{"not": {}}]
        default = Profile.model_fields[field].get_default(call_default_factory=True)
        if default is not None and default.name not in plain:
            _require(self._profile, field)

    def _chosen(
        self, field: str, kind: Kind, names: Sequence[str], plain: Sequence[str]
    ) -> _Schema:
        """A name with the options that go with it."""
        pairs = []
        for name in names:
            then: _Schema = {"properties": {"options": self._ref(kind, name, f"{field}.{name}")}}
            if name not in plain:
                then["required"] = ["options"]
            pairs.append(_where("name", name, then))
        return {
            "type": "object",
            "properties": {"name": {"enum": list(names)}, "options": {"type": "object"}},
            "required": ["name"],
            "additionalProperties": False,
            "allOf": pairs,
        }

    # --- libraries ----------------------------------------------------------------------------

    def _put_readers(self) -> None:
        file: _Schema = self._defs["LibraryFile"]
        names = list(self._registry.readers)
        refs = {name: self._ref("readers", name, f"libraries.{name}") for name in names}
        # Left out, the reader that fits is taken: its options are one of them.
        file["properties"]["reader"] |= {"enum": ["", *names]}
        pairs = []
        for name in names:
            then: _Schema = {"properties": {"options": refs[name]}}
            if not takes_defaults(self._registry, "readers", name):
                then["required"] = ["options"]
            pairs.append(_where("reader", name, then))
        if names:
            any_of = {"properties": {"options": {"anyOf": [refs[name] for name in names]}}}
            pairs.append({"if": {"properties": {"reader": {"const": ""}}}, "then": any_of})
            file["allOf"] = pairs

    # --- options ------------------------------------------------------------------------------

    def _ref(self, kind: Kind, name: str, key: str) -> _Schema:
        """A reference to the options of an object; they are defined where they weren't yet."""
        model = self._registry.require(kind, name).options
        if model is NoOptions:
            self._defs[_NO_OPTIONS] = NoOptions.model_json_schema()
            return {"$ref": f"#/$defs/{_NO_OPTIONS}"}
        schema = options_schema(self._registry, kind, name, ref_template=f"#/$defs/{key}.{{model}}")
        for inner, definition in schema.pop("$defs", {}).items():
            self._defs[f"{key}.{inner}"] = definition
        self._defs[key] = schema
        return {"$ref": f"#/$defs/{key}"}


def _where(field: str, value: str, then: _Schema) -> _Schema:
    return {
        "if": {"properties": {field: {"const": value}}, "required": [field]},
        "then": then,
    }


def _require(schema: _Schema, name: str) -> None:
    schema["required"] = list(dict.fromkeys((*schema.get("required", ()), name)))
