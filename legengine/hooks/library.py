"""Reads exercise libraries and protocols from JSON files, and checks that they hang together.

A plugin hands over ``partial(load_library, folder)`` or ``partial(load_protocol, file)``. Every
problem of all files is told at once, each with its file, its entry and its field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, get_args

from pydantic import BaseModel, ConfigDict

from legengine.domain.exercise import Condition, Exercise, Gate, LibraryData, Need
from legengine.domain.facts import FACTS
from legengine.domain.protocol import Protocol as ProtocolData
from legengine.domain.protocol import When
from legengine.domain.vocabulary import Pattern, did_you_mean
from legengine.errors import Fault, InputError
from legengine.hooks.condition_words import Check, KnownWords, condition_words
from legengine.hooks.reading import read

DESIGN_DEFAULT: Final = "D"
"""The source key of defaults of the design; it needs no citation."""

_NO_WORD: Final = "no library here defines any"

_FILES: Final = ("conditions.json", "gates.json", "vocabulary.json")
_PATTERNS: Final = frozenset(get_args(Pattern))

T = TypeVar("T")


class _Vocabulary(BaseModel):
    """The words that a library brings along: ``vocabulary.json``."""

    model_config = ConfigDict(extra="forbid")

    tags: dict[str, str] = {}
    equipment: dict[str, str] = {}
    equipment_sets: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}


class _Named(Protocol):
    @property
    def id(self) -> str: ...


@dataclass(slots=True)
class _Shelf:
    """What was read so far, with the file that each entry came from, and what was wrong."""

    faults: list[Fault] = field(default_factory=list)
    exercises: dict[str, tuple[Exercise, str]] = field(default_factory=dict)
    gates: dict[str, tuple[Gate, str]] = field(default_factory=dict)
    conditions: dict[str, tuple[Condition, str]] = field(default_factory=dict)
    words: dict[str, dict[str, tuple[Any, str]]] = field(
        default_factory=lambda: {name: {} for name in _Vocabulary.model_fields}
    )

    def entries(
        self, what: str, found: Iterable[Any], shelf: dict[str, tuple[Any, str]], origin: str
    ) -> None:
        """Put entries on a shelf; two of one id are a fault that names both places."""
        for entry in found:
            if entry.id in shelf:
                other = shelf[entry.id][1]
                where = "twice here" if other == origin else f"here and in {other}"
                self.faults.append(Fault(f"{what} '{entry.id}' is defined {where}", origin))
            else:
                shelf[entry.id] = (entry, origin)

    def vocabulary(self, found: Mapping[str, Mapping[str, Any]], origin: str) -> None:
        """Add words; one word with two meanings is a fault."""
        for kind, words in found.items():
            shelf = self.words[kind]
            for word, meaning in words.items():
                known = shelf.setdefault(word, (meaning, origin))
                if known[0] != meaning:
                    self.faults.append(
                        Fault(f"'{word}' has another meaning in {known[1]}", f"{origin}: {kind}")
                    )

    def data(self) -> LibraryData:
        """Everything as one library; entries sorted by id, words in the order of the files."""
        words = {
            kind: {word: meaning for word, (meaning, _) in shelf.items()}
            for kind, shelf in self.words.items()
        }
        # Every part was validated when it was read.
        return LibraryData.model_construct(
            None,
            exercises=_sorted(self.exercises),
            gates=_sorted(self.gates),
            conditions=_sorted(self.conditions),
            **words,
        )


def _sorted(shelf: Mapping[str, tuple[T, str]]) -> tuple[T, ...]:
    return tuple(shelf[name][0] for name in sorted(shelf))


def load_library(folder: Path | Traversable, *, extends: bool = False) -> LibraryData:
    """Read ``exercises/*.json``, ``gates.json``, ``conditions.json`` and ``vocabulary.json``.

    ``extends`` says that the library builds on another one: its links and words may lead there
    and are checked by ``merge_libraries``.
    """
    shelf = _Shelf()
    for name, file in _json_files(folder, shelf.faults):
        if name == "vocabulary.json":
            words = read(file, name, _Vocabulary, shelf.faults)
            if words is not None:
                shelf.vocabulary(words.model_dump(), name)
        elif name == "gates.json":
            gates = read(file, name, tuple[Gate, ...], shelf.faults)
            shelf.entries("gate", gates or (), shelf.gates, name)
        elif name == "conditions.json":
            conditions = read(file, name, tuple[Condition, ...], shelf.faults)
            shelf.entries("condition", conditions or (), shelf.conditions, name)
        else:
            exercises = read(file, name, tuple[Exercise, ...], shelf.faults)
            shelf.entries("exercise", exercises or (), shelf.exercises, name)
    if not shelf.faults and not extends:
        shelf.faults += _cross_faults(shelf)
    if shelf.faults:
        raise InputError(shelf.faults, source=str(folder))
    return shelf.data()


def merge_libraries(libraries: Mapping[str, LibraryData]) -> LibraryData:
    """Make one library of several, by name; check all links and words across them."""
    shelf = _Shelf()
    for name in sorted(libraries):
        library, origin = libraries[name], f"library '{name}'"
        shelf.entries("exercise", library.exercises, shelf.exercises, origin)
        shelf.entries("gate", library.gates, shelf.gates, origin)
        shelf.entries("condition", library.conditions, shelf.conditions, origin)
        words = {kind: getattr(library, kind) for kind in _Vocabulary.model_fields}
        shelf.vocabulary(words, origin)
    shelf.faults += _each_word_once(_cross_faults(shelf))
    if shelf.faults:
        raise InputError(shelf.faults)
    return shelf.data()


def load_protocol(file: Path | Traversable) -> ProtocolData:
    """Read a protocol from a JSON file; its sources and facts have to be known."""
    faults: list[Fault] = []
    protocol: ProtocolData | None = read(file, "", ProtocolData, faults)
    if protocol is not None:
        faults += _protocol_faults(protocol)
    if faults or protocol is None:
        raise InputError(faults, source=str(file))
    return protocol


def protocol_faults(
    protocol: ProtocolData, library: LibraryData, policies: Collection[str]
) -> tuple[Fault, ...]:
    """What a protocol names that is not there: exercises, conditions, progression policies."""
    exercises = {exercise.id for exercise in library.exercises}
    conditions = {condition.id for condition in library.conditions}
    faults: list[Fault] = []
    for index, phase in enumerate(protocol.phases):
        where = f"phases[{index}] ({phase.id})"
        faults += _unknown(f"{where}.starters", "exercise", phase.starters, exercises)
        for row in phase.coverage:
            at = f"{where}.coverage ({row.id}).exercises"
            faults += _unknown(at, "exercise", row.exercises, exercises)
        faults += _unknown(f"{where}.policy", "policy", phase.policy.values(), policies)
    for at, part in _walk(protocol, ""):
        if isinstance(part, When):
            faults += _unknown(f"{at}.conditions", "condition", part.conditions, conditions)
        if isinstance(part, Need):
            faults += _unknown(f"{at}.fact", "fact", (part.fact,), FACTS)
    return tuple(faults)


# --- reading -------------------------------------------------------------------------------


def _json_files(
    folder: Path | Traversable, faults: list[Fault]
) -> Iterator[tuple[str, Path | Traversable]]:
    """The files of a library in the order of their names; a stray JSON file is a fault."""
    if not folder.is_dir():
        raise InputError("there is no such folder", source=str(folder))
    found: dict[str, Path | Traversable] = {}
    for entry in folder.iterdir():
        if entry.name == "exercises" and entry.is_dir():
            found |= {
                f"exercises/{file.name}": file
                for file in entry.iterdir()
                if file.name.endswith(".json")
            }
        elif entry.name in _FILES:
            found[entry.name] = entry
        elif entry.name.endswith(".json"):
            hint = did_you_mean(entry.name, _FILES)
            faults.append(Fault("is not a file that a library has", entry.name, hint=hint))
    if not any(name.startswith("exercises/") for name in found):
        faults.append(Fault("holds no exercises/*.json"))
    yield from sorted(found.items())


# --- cross checks --------------------------------------------------------------------------


def _unknown(where: str, what: str, words: Iterable[str], known: Collection[str]) -> list[Fault]:
    return [
        Fault(f"unknown {what} '{word}'", where, hint=did_you_mean(word, known) or _NO_WORD)
        for word in words
        if word not in known
    ]


def _each_word_once(faults: Iterable[Fault]) -> list[Fault]:
    """One fault for a word that several entries of a library need.

    Where no library defines any words of a kind, all that are needed are told together.
    """
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        origin, _, field = fault.field.partition(": ")
        message = "" if fault.hint == _NO_WORD else fault.message
        alike.setdefault((origin, field.rpartition(".")[2], message), []).append(fault)
    told: list[Fault] = []
    for (_, _, message), found in alike.items():
        words = [*dict.fromkeys(fault.message for fault in found)]
        text = message or ", ".join([words[0], *(word.split()[-1] for word in words[1:])])
        others = len({fault.field for fault in found}) - 1
        more = f", and so in {others} more" if others else ""
        told.append(replace(found[0], message=text + more))
    return told


def _cross_faults(shelf: _Shelf) -> list[Fault]:
    """Check links, words and ladders of everything on the shelf."""
    ids = shelf.exercises.keys()
    tags = shelf.words["tags"].keys()
    items = shelf.words["equipment"].keys()
    sources = shelf.words["sources"].keys() | {DESIGN_DEFAULT}
    positions = {exercise.position for exercise, _ in shelf.exercises.values()}
    faults: list[Fault] = []

    def all_known(entry: _Named, origin: str, *checks: Check) -> None:
        for name, what, words, known in checks:
            if not known >= set(words):
                faults.extend(_unknown(f"{origin}: {entry.id}.{name}", what, words, known))

    for exercise, origin in shelf.exercises.values():
        if exercise.id in _PATTERNS:
            message = "an exercise can't have the name of a pattern"
            faults.append(Fault(message, f"{origin}: {exercise.id}"))
        needed = [item for alternative in exercise.equipment for item in alternative]
        all_known(
            exercise,
            origin,
            ("progressions", "exercise", exercise.progressions, ids),
            ("tags", "tag", exercise.tags, tags),
            ("equipment", "equipment", needed, items),
            ("sources", "source", exercise.sources, sources),
        )
    for gate, origin in shelf.gates.values():
        facts = [need.fact for need in (*gate.needs, *chain.from_iterable(gate.either))]
        all_known(
            gate,
            origin,
            ("opens", "exercise", gate.opens, ids),
            ("needs", "fact", facts, FACTS.keys()),
            ("sources", "source", gate.sources, sources),
        )
    known = KnownWords(ids, tags, items, positions, sources)
    for condition, origin in shelf.conditions.values():
        all_known(condition, origin, *condition_words(condition, known))
    for name, (members, origin) in shelf.words["equipment_sets"].items():
        where = f"{origin}: equipment_sets.{name}"
        faults += _unknown(where, "equipment", members, items)
        if name in items:
            faults.append(Fault("is an item and a set of items at once", where))
    return faults + _ladder_faults(shelf.exercises)


def _ladder_faults(exercises: Mapping[str, tuple[Exercise, str]]) -> list[Fault]:
    """Progressions never get easier and never come back to where they began."""
    faults: list[Fault] = []
    done: set[str] = set()
    for root in sorted(exercises):
        path: dict[str, Iterator[str]] = {}
        current: str | None = None if root in done else root
        while current is not None:
            if current not in path:
                path[current] = iter(exercises[current][0].progressions)
            here, origin = exercises[current]
            following = next(path[current], None)
            if following is None:
                done.add(current)
                del path[current]
                current = next(reversed(path), None)
            elif following in path:
                chain = [*path][[*path].index(following) :]
                message = "progressions run in a circle: " + " -> ".join([*chain, following])
                faults.append(Fault(message, f"{origin}: {current}.progressions"))
            elif following in exercises:
                harder = exercises[following][0]
                if harder.level < here.level:
                    message = f"'{following}' is level {harder.level}, easier than {here.level}"
                    faults.append(Fault(message, f"{origin}: {current}.progressions"))
                if following not in done:
                    current = following
    return faults


def _walk(value: Any, where: str) -> Iterator[tuple[str, BaseModel]]:
    """Every record inside a record, with its place."""
    inside: Iterable[tuple[str, Any]]
    if isinstance(value, BaseModel):
        yield where, value
        dot = f"{where}." if where else ""
        inside = ((dot + name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, dict):
        inside = ((f"{where}.{key}", item) for key, item in value.items())
    else:
        inside = ((f"{where}[{index}]", item) for index, item in enumerate(value))
    for place, item in inside:
        if isinstance(item, (BaseModel, dict, tuple)):
            yield from _walk(item, place)


def _protocol_faults(protocol: ProtocolData) -> list[Fault]:
    known = {*protocol.sources, DESIGN_DEFAULT}
    faults: list[Fault] = []
    for where, part in _walk(protocol, ""):
        if part is not protocol:
            sources = getattr(part, "sources", ())
            faults += _unknown(f"{where}.sources", "source", sources, known)
        if fact := getattr(part, "fact", None):
            faults += _unknown(f"{where}.fact", "fact", (fact,), FACTS)
    return faults


__all__ = ["load_library", "load_protocol", "merge_libraries", "protocol_faults"]
