"""``python -m legengine.cli.traceability [FILE]``: where each row of the seed document is done.

The places are collected from the ``sources`` of exercises, gates, conditions, protocol rows,
screening rules and advice. What is done by code stands in ``data/traceability.json`` beside the
row's fact, as pointers such as ``rule:volume``; every pointer has to lead somewhere.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from legengine.cli.pages import write_page
from legengine.domain.profile import Profile

if TYPE_CHECKING:
    from legengine.hooks.registry import Registry

Pointer = tuple[str, str]
"""A kind of place, and its name among its kind."""

KINDS: Final[Mapping[str, str]] = {
    "command": "command",
    "field": "profile field",
    "screening": "screening rule",
    "phase": "phase",
    "protocol": "protocol row",
    "exercise": "exercise",
    "gate": "gate",
    "condition": "condition",
    "rule": "rule of the schedule",
    "policy": "progression policy",
    "advice": "advice",
    "module": "code",
}
"""Kinds of places in the order in which they are told."""

HEAD: Final = """\
<!-- Made by `python -m legengine.cli.traceability docs/traceability.md`; don't edit. -->

# Where each row is done

The product began with a document about restoring leg strength. Each of its facts has a number,
and each number is in the product: as an exercise, a number of a protocol, a screening rule, a line
of advice, a rule of the schedule or code. `S` numbers in programs and in `legengine explain` are
the rows of this table.

| row | fact | where |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the seed document and the places where it is done."""

    key: str
    fact: str
    places: tuple[Pointer, ...]


def rows() -> tuple[Row, ...]:
    """Every row, in the order of its number."""
    found = _collected(_registry())
    return tuple(
        Row(key, entry["fact"], _ordered([*found.get(key, ()), *map(_pointer, _where(entry))]))
        for key, entry in _data().items()
    )


def unresolved() -> list[str]:
    """Pointers of the data file that lead nowhere."""
    registry = _registry()
    pointers = {place for entry in _data().values() for place in _where(entry)}
    return [place for place in sorted(pointers) if not _leads(_pointer(place), registry)]


def page() -> str:
    """The whole page; the same text every time."""
    lines = [f"| {row.key} | {_cell(row.fact)} | {_told(row.places)} |" for row in rows()]
    return HEAD + "\n".join(lines) + "\n"


# --- what the data say ---------------------------------------------------------------------


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = files("legengine.cli").joinpath("data", "traceability.json").read_text("utf-8")
    data: dict[str, dict[str, Any]] = json.loads(text)
    return data


def _where(entry: Mapping[str, Any]) -> list[str]:
    places: list[str] = entry.get("where", [])
    return places


def _pointer(text: str) -> Pointer:
    kind, _, name = text.partition(":")
    return kind, name


@cache
def _registry() -> Registry:
    """The bundled plugins alone: the page doesn't depend on what else is installed."""
    from legengine.hooks.discovery import NO_AUTOLOAD_VARIABLE
    from legengine.hooks.registry import Registry

    return Registry.create(environment={NO_AUTOLOAD_VARIABLE: "1"}, strict=True)


# --- what the sources say ------------------------------------------------------------------


def _collected(registry: Registry) -> dict[str, list[Pointer]]:
    """Source key to every place that names it."""
    found: dict[str, list[Pointer]] = {}
    for kind, name, sources in _sourced(registry):
        for key in sources:
            found.setdefault(key, []).append((kind, name))
    return found


def _sourced(registry: Registry) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    from legengine.prescribe.guidance import advice_sources

    library = registry.library()
    for exercise in library.exercises:
        yield "exercise", exercise.id, exercise.sources
    for gate in library.gates:
        yield "gate", gate.id, gate.sources
    for condition in library.conditions:
        yield "condition", condition.id, condition.sources
    for name in registry.protocols:
        protocol = registry.protocol(name)
        for phase in protocol.phases:
            for part, sources in _inside(phase):
                yield "protocol", f"{protocol.id}/{phase.id}/{part}", sources
        if protocol.deload is not None:
            yield "protocol", f"{protocol.id}/deload", protocol.deload.sources
    for rule in registry.screenings.values():
        yield "screening", rule.name, getattr(rule, "sources", ())
    for title, sources in advice_sources().items():
        yield "advice", title, sources


def _inside(model: BaseModel) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parts of a phase with the sources that stand anywhere inside."""
    for name in type(model).model_fields:
        keys = tuple(dict.fromkeys(_keys(getattr(model, name))))
        if keys:
            yield name, keys


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from getattr(value, "sources", ())
        for name in type(value).model_fields:
            yield from _keys(getattr(value, name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _keys(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _keys(inner)


# --- where pointers lead -------------------------------------------------------------------


def _leads(pointer: Pointer, registry: Registry) -> bool:
    kind, name = pointer
    return kind in _LEADS and _LEADS[kind](name, registry)


def _is_module(name: str, _: Registry) -> bool:
    module, _colon, attribute = name.partition(":")
    try:
        found = import_module(module)
    except ImportError:
        return False
    return not attribute or hasattr(found, attribute)


def _is_field(name: str, _: Registry) -> bool:
    model: Any = Profile
    for part in name.split("."):
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            return False
        if part not in model.model_fields:
            return False
        model = model.model_fields[part].annotation
    return True


def _is_command(name: str, _: Registry) -> bool:
    from legengine.cli.app import COMMANDS

    return name in COMMANDS


def _is_phase(name: str, registry: Registry) -> bool:
    protocol, _slash, phase = name.partition("/")
    return protocol in registry.protocols and any(
        part.id == phase for part in registry.protocol(protocol).phases
    )


def _is_advice(name: str, _: Registry) -> bool:
    from legengine.prescribe.guidance import advice_sources

    return name in advice_sources()


_LEADS: Final[Mapping[str, Callable[[str, Registry], bool]]] = {
    "command": _is_command,
    "field": _is_field,
    "phase": _is_phase,
    "advice": _is_advice,
    "module": _is_module,
    "screening": lambda name, registry: name in registry.screenings,
    "rule": lambda name, registry: name in registry.constraints,
    "policy": lambda name, registry: name in registry.progressions,
    "exercise": lambda name, registry: any(
        exercise.id == name for exercise in registry.library().exercises
    ),
    "condition": lambda name, registry: any(
        condition.id == name for condition in registry.library().conditions
    ),
}


# --- how it is told ------------------------------------------------------------------------


def _ordered(places: list[Pointer]) -> tuple[Pointer, ...]:
    """Each place once, by kind, then as it was found."""
    order = list(KINDS)
    return tuple(sorted(dict.fromkeys(places), key=lambda place: order.index(place[0])))


def _told(places: tuple[Pointer, ...]) -> str:
    by_kind: dict[str, list[str]] = {}
    for kind, name in places:
        by_kind.setdefault(kind, []).append(f"`{name}`")
    return "; ".join(f"{KINDS[kind]} {', '.join(names)}" for kind, names in by_kind.items())


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the page to a file, or print it."""
    return write_page("traceability", page, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
