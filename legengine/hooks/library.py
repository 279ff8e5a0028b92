"""Reads exercise libraries and protocols from files, and checks that they hang together.

A plugin hands over ``partial(load_library, folder)`` or ``partial(load_protocol, file)``. Every
problem of all files is told at once, each with its file, line, column, entry and field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.exercise import Condition, Exercise, Gate, LibraryData, Need
from legengine.domain.facts import FACTS
from legengine.domain.protocol import Protocol as ProtocolData
from legengine.domain.protocol import When
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError
from legengine.hooks.links import DESIGN_DEFAULT, each_word_once, hint_for, link_faults
from legengine.hooks.pictures import FOLDER as PICTURES
from legengine.hooks.pictures import picture_files, read_pictures
from legengine.hooks.reading import SUFFIXES, DataFile, Locate
from legengine.hooks.shelf import Origin, Shelf, Vocabulary
from legengine.hooks.translations import FOLDER, read_translations

_STEMS: Final = ("conditions", "gates", "vocabulary")


@dataclass(frozen=True, slots=True)
class ReadLibrary:
    """A library, and where its entries stand."""

    data: LibraryData
    locate: Locate


def load_library(folder: Path | Traversable, *, extends: bool = False) -> LibraryData:
    """Read ``exercises/*``, ``gates``, ``conditions``, ``vocabulary`` and ``translations/*``.

    All are JSON or YAML. ``pictures/*`` may be there too: drawings as JSON or YAML, and image files
    that have the id of their exercise as name. Drawings are checked when somebody looks at them.

    ``extends`` says that the library builds on another one: its links and words may lead there
    and are checked by ``merge_libraries``.

    Raises:
        InputError: everything that is wrong in any of the files.
    """
    return read_library(folder, extends=extends).data


def read_library(
    folder: Path | Traversable,
    *,
    extends: bool = False,
    beside: Collection[str] = (),
    drawings: bool = False,
) -> ReadLibrary:
    """Read a folder, and keep where its entries stand.

    ``beside`` names files that may lie in the folder and are none of the library's, ``drawings``
    has the drawings checked at once.
    """
    shelf = Shelf()
    files: list[Locate] = []
    pictures: dict[str, DataFile] = {}
    for name, file in _files(folder, shelf.faults, beside):
        part = DataFile(file, f"{folder}/{name}")
        if name.startswith(f"{PICTURES}/"):
            pictures[name] = part
            continue
        files.append(part.locate)
        origin = Origin(name, part.locate)
        match Path(name).stem if "/" not in name else "exercises":
            case "vocabulary":
                words = part.read(Vocabulary, shelf.faults)
                if words is not None:
                    shelf.vocabulary(words.model_dump(), origin)
            case "gates":
                gates = part.read(tuple[Gate, ...], shelf.faults)
                shelf.entries("gate", gates or (), shelf.gates, origin)
            case "conditions":
                conditions = part.read(tuple[Condition, ...], shelf.faults)
                shelf.entries("condition", conditions or (), shelf.conditions, origin)
            case _:
                exercises = part.read(tuple[Exercise, ...], shelf.faults)
                shelf.entries("exercise", exercises or (), shelf.exercises, origin)
    where = f"{folder}/{FOLDER}"
    shelf.translated(read_translations(folder / FOLDER, where, shelf.faults))
    for name, found, locate in read_pictures(pictures, shelf.faults, at_once=drawings):
        files.insert(0, locate)
        shelf.put_pictures(found.items(), Origin(name, locate))
    return _finished(shelf, files, str(folder), extends=extends)


def _finished(shelf: Shelf, files: Iterable[Locate], source: str, *, extends: bool) -> ReadLibrary:
    if not shelf.faults and not extends:
        shelf.faults += link_faults(shelf)
    if shelf.faults:
        raise InputError(shelf.faults, source=source)
    kept = tuple(files)

    def locate(entry: str, field: str, word: str = "") -> Fault | None:
        places = (file(entry, field, word) for file in kept)
        return next((place for place in places if place is not None), None)

    return ReadLibrary(shelf.data(), locate)


def merge_libraries(
    libraries: Mapping[str, LibraryData], locate: Mapping[str, Locate] | None = None
) -> LibraryData:
    """Make one library of several, by name; check all links and words across them.

    ``locate`` says of some of them where their entries stand.

    Raises:
        InputError: two entries of one id, or what leads nowhere.
    """
    shelf = Shelf()
    for name in sorted(libraries):
        origin = Origin(f"library '{name}'", (locate or {}).get(name))
        shelf.put(libraries[name], origin)
    shelf.faults += each_word_once(link_faults(shelf))
    if shelf.faults:
        raise InputError(shelf.faults)
    return shelf.data()


def load_protocol(file: Path | Traversable) -> ProtocolData:
    """Read a protocol from a JSON or YAML file; its sources and facts have to be known.

    Raises:
        InputError: everything that is wrong in it.
    """
    faults: list[Fault] = []
    part = DataFile(file, str(file))
    protocol: ProtocolData | None = part.read(ProtocolData, faults)
    if protocol is not None:
        faults += _protocol_faults(protocol)
    if faults or protocol is None:
        raise InputError([_placed(fault, part) for fault in faults], source=str(file))
    return protocol


def _placed(fault: Fault, part: DataFile) -> Fault:
    """The fault with its line, where its field says one."""
    if fault.line is not None or not fault.field:
        return fault
    document = part.document()
    path = document.path_of(fault.field)
    position = None if path is None else document.position(path)
    if position is None:
        return fault
    return replace(fault, line=position.line, column=position.column)


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


# --- files ---------------------------------------------------------------------------------


def _files(
    folder: Path | Traversable, faults: list[Fault], beside: Collection[str]
) -> Iterator[tuple[str, Path | Traversable]]:
    """The files of a library in the order of their names; a stray one is a fault."""
    if not folder.is_dir():
        raise InputError("there is no such folder", source=str(folder))
    found: dict[str, Path | Traversable] = {}
    for entry in folder.iterdir():
        stem, suffix = Path(entry.name).stem, Path(entry.name).suffix.lower()
        if entry.name == "exercises" and entry.is_dir():
            found |= {
                f"exercises/{file.name}": file
                for file in entry.iterdir()
                if file.name.lower().endswith(SUFFIXES)
            }
        elif entry.name == PICTURES and entry.is_dir():
            found |= dict(picture_files(entry, faults))
        elif suffix in SUFFIXES and stem in _STEMS:
            found[entry.name] = entry
        elif suffix in SUFFIXES and entry.name not in beside:
            hint = did_you_mean(entry.name, [f"{known}{suffix}" for known in _STEMS])
            faults.append(Fault("is not a file that a library has", entry.name, hint=hint))
    for stem in _STEMS:
        twice = sorted(name for name in found if Path(name).stem == stem and "/" not in name)
        if len(twice) > 1:
            faults.append(Fault(f"is there twice: {' and '.join(twice)}", stem))
    if not any(name.startswith("exercises/") for name in found):
        faults.append(Fault("holds no exercises/*.json or exercises/*.yaml"))
    yield from sorted(found.items())


# --- checks of protocols -------------------------------------------------------------------


def _unknown(where: str, what: str, words: Iterable[str], known: Collection[str]) -> list[Fault]:
    return [
        Fault(f"unknown {what} '{word}'", where, hint=hint_for(word, known))
        for word in words
        if word not in known
    ]


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


__all__ = [
    "ReadLibrary",
    "load_library",
    "load_protocol",
    "merge_libraries",
    "protocol_faults",
    "read_library",
]
