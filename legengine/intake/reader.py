"""Reads a profile: every problem at once, each with its line, in plain words.

pydantic checks the types; this module says what it found in the words of the person who wrote the
file, and adds the checks between fields that need no library and no plugin.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from legengine.documents.positions import (
    MAX_DEPTH,
    DataPath,
    dotted,
    enumeration,
    fault_here,
    shorten,
    show,
)
from legengine.documents.reading import Document, read_document
from legengine.domain.profile import Profile
from legengine.domain.vocabulary import did_you_mean, nearest
from legengine.errors import Fault, InputError
from legengine.intake.shapes import Shape, inside

SCHEMA_VERSION: Final = 1
"""The version of the profile schema that this legengine reads."""

MAX_FAULTS: Final = 100
"""How many problems are told; a file with more of them is no profile."""


@dataclass(frozen=True, slots=True)
class ReadProfile:
    """A checked profile, with the document that later checks point into."""

    profile: Profile
    document: Document


def read_profile(path: Path) -> ReadProfile:
    """Read a profile from a YAML, JSON or TOML file."""
    document = read_document(path)
    return ReadProfile(profile_from_document(document), document)


def profile_from_data(data: Mapping[str, Any]) -> Profile:
    """Check plain data that came from no file; its problems carry no positions."""
    return profile_from_document(Document(data))


def profile_from_document(document: Document) -> Profile:
    """Check a document; raise every problem at once, in the order of the lines."""
    return checked(document, Profile, (_place_faults, _wish_faults))


Model = TypeVar("Model", bound=BaseModel)


def checked(
    document: Document,
    model: type[Model],
    between: Iterable[Callable[[Document], Iterator[Fault]]] = (),
) -> Model:
    """Check a document of any model; ``between`` finds what is wrong between its fields."""
    data = document.data
    version = data.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        # Alone: what else such a document says has to be judged by another schema.
        message = f"this legengine reads schema version {SCHEMA_VERSION}, not {show(version)}"
        raise InputError([fault_at(document, ("schema_version",), message)], source=document.source)
    shape = Shape(model)
    problems: list[_Problem] = []
    made: Model | None = None
    try:
        made = model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        problems = _collapse([_Problem.of(entry, data, shape) for entry in errors])
    told = {problem.path for problem in problems}
    faults = [problem.fault(document, shape) for problem in _first(document, problems)]
    faults += (fault for path, fault in _misread(document, data, [model], ()) if path not in told)
    for find in between:
        faults += islice(find(document), MAX_FAULTS)
    if made is None or faults:
        raise InputError(_in_order(faults, len(problems)), source=document.source)
    return made


def _in_order(faults: list[Fault], found: int) -> list[Fault]:
    """Sort by line, once each, and say so where there are more than are told."""
    faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    result = list(dict.fromkeys(faults))
    if found > MAX_FAULTS:
        result.append(Fault(f"and {found - MAX_FAULTS} more problems"))
    return result


def fault_at(
    document: Document, path: DataPath, message: str, hint: str = "", *, key: bool = False
) -> Fault:
    """Make a fault that points at a value of the document, or at its key."""
    position = document.position(path, key=key)
    return fault_here(message, position, field=dotted(path), hint=hint)


@dataclass(frozen=True, slots=True)
class _Problem:
    """One error of pydantic, with its place in the data instead of its place in the schema.

    ``tags`` are the union branches that it came from: how long the path was, and the branch.
    """

    path: DataPath
    kind: str
    text: str
    value: Any
    context: Mapping[str, Any]
    expected: tuple[str, ...]
    tags: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, error: Mapping[str, Any], data: Any, shape: Shape) -> _Problem:
        path: DataPath = ()
        tags: list[tuple[int, str]] = []
        value = data
        location, kind, text = error["loc"], error["type"], error["msg"]
        if location[-1:] == ("[key]",):
            location, kind, text = location[:-1], "invalid_key", "a name must be text"
        for index, part in enumerate(location):
            inside = isinstance(value, Mapping) and part in value
            if isinstance(value, (list, tuple)) and isinstance(part, int):
                inside = part < len(value)
            if inside:
                path, value = (*path, part), value[part]
            elif kind == "missing" and index == len(location) - 1:
                path, value = (*path, part), None
            else:
                tags.append((len(path), str(part)))
        text = text.removeprefix("Value error, ")
        if kind == "value_error" and not path and (match := _ENTRY.match(text)):
            # The check spans entries and is therefore reported at the top: point at the entry.
            path = ("availability", int(match[1]) - 1)
            text = match[2]
        expected = _expected(kind, path, shape)
        return cls(path, kind, text, value, error.get("ctx", {}), expected, tuple(tags))

    @property
    def is_echo(self) -> bool:
        """Whether it only says that an item with a problem of its own doesn't count."""
        sized = self.kind == "too_short" and isinstance(self.value, Sized)
        return sized and len(self.value) >= self.context["min_length"]

    def fault(self, document: Document, shape: Shape) -> Fault:
        """Say it in plain words."""
        path = self.path
        name = show(path[-1]) if path else f"the {shape.root.__name__.lower()}"
        if self.kind == "extra_forbidden":
            hint = _suggest(path[-1], shape.known(path))
            return fault_at(document, path, f"unknown field {name}", hint, key=True)
        if self.kind == "missing":
            # The key isn't there: its mapping is.
            fault = fault_at(document, path[:-1], f"{name} is missing", shape.wanted(path))
            return replace(fault, field=dotted(path))
        if self.kind.startswith("date_") and _is_date(self.value):
            return fault_at(document, path, f"{show(self.value)} is not a date of the calendar")
        if self.expected:
            choices = shape.choices(path)
            close = nearest(self.value, choices) if _is_word(self.value) else ()
            hint = f"did you mean {enumeration(map(repr, close), 'or')}?" if close else ""
            if "text" in self.expected and not isinstance(self.value, (dict, list, type(None))):
                hint = "put it in quotes"
            message = f"expected {enumeration(self.expected, 'or')}, got {show(self.value)}"
            return fault_at(document, path, message, hint)
        message, hint = self.text, ""
        if self.kind in _BOUNDS:
            words, bound = _BOUNDS[self.kind]
            message = f"must be {words} {self.context[bound]:g}, got {show(self.value)}"
        elif self.kind in ("too_short", "string_too_short"):
            message = "must not be empty"
        elif self.kind == "value_error" and message.startswith("expected "):
            hint = f"got {show(self.value)}"
        return fault_at(document, path, shorten(message, 300), hint)


_ENTRY = re.compile(r"availability (\d+) (must say .*)", re.DOTALL)

_BOUNDS: Final = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}

_KINDS: Final = (
    (("string_",), "text"),
    (("int_",), "a whole number"),
    (("float_", "finite_number"), "a number"),
    (("bool_",), "true or false"),
    (("date_", "datetime_"), "a date such as 2026-11-30"),
    (("tuple_type", "list_type"), "a list"),
    (("dict_type", "model_type", "model_attributes_type"), "a mapping"),
)
"""What the kinds of pydantic's errors mean to the person who wrote the file."""


def _expected(kind: str, path: DataPath, shape: Shape) -> tuple[str, ...]:
    """Say what a value of the wrong type should have been; nothing for errors of other kinds."""
    if kind == "literal_error":
        return tuple(repr(choice) for choice in shape.choices(path))
    if kind == "string_too_short":
        return ()
    for starts, words in _KINDS:
        if kind.startswith(starts):
            if kind == "model_type":
                needed = shape.needed(path)
                return (f"{words} with {enumeration(needed, 'and')}" if needed else words,)
            return (words,)
    return ()


def _collapse(problems: Iterable[_Problem]) -> list[_Problem]:
    """Make one problem of those that the branches of a union report for one value.

    A branch that takes the value as such, and only finds fault inside it, is what was meant.
    """
    kept = [problem for problem in problems if not problem.is_echo]
    result = [problem for problem in kept if not problem.tags]
    unions: dict[DataPath, dict[str, list[_Problem]]] = {}
    for problem in kept:
        if problem.tags:
            (length, tag), *rest = problem.tags
            inner = replace(problem, tags=tuple(rest))
            unions.setdefault(problem.path[:length], {}).setdefault(tag, []).append(inner)
    for path, by_tag in unions.items():
        branches = [_collapse(branch) for branch in by_tag.values()]
        meant = [
            branch
            for branch in branches
            if not any(problem.path == path and problem.expected for problem in branch)
        ]
        if meant:
            result += meant[0]
            continue
        at_root = [problem for branch in branches for problem in branch]
        words = dict.fromkeys(word for problem in at_root for word in problem.expected)
        result.append(replace(at_root[0], kind="union", expected=tuple(words)))
    return result


def _first(document: Document, problems: list[_Problem]) -> list[_Problem]:
    """Take the problems that stand first, since a hint for each of thousands costs seconds."""
    nowhere = (0, 0)
    problems.sort(key=lambda problem: document.position(problem.path, key=True) or nowhere)
    return problems[:MAX_FAULTS]


def _misread(
    document: Document, raw: Any, kinds: list[Any], path: DataPath
) -> Iterator[tuple[DataPath, Fault]]:
    """Find what pydantic takes and a person can't have meant: true as 1, 0 as a date, NaN."""
    expected = ""
    if len(path) > MAX_DEPTH:
        expected = f"at most {MAX_DEPTH} levels"
    elif isinstance(raw, Mapping):
        for part, value in raw.items():
            yield from _misread(document, value, inside(kinds, part), (*path, part))
    elif isinstance(raw, (list, tuple)):
        for index, value in enumerate(raw):
            yield from _misread(document, value, inside(kinds, index), (*path, index))
    elif isinstance(raw, float) and not math.isfinite(raw):
        expected = "a finite number"
    elif dt.date in kinds and raw is not None and not _is_date(raw):
        expected = "a date such as 2026-11-30"
    elif {int, float} & set(kinds) and not {bool, str} & set(kinds):
        if isinstance(raw, bool):
            expected = "a number"
        elif isinstance(raw, str) and (len(raw) > 60 or _NOT_FINITE.fullmatch(raw.strip())):
            expected = "a finite number"
    if expected:
        yield path, fault_at(document, path, f"expected {expected}, got {show(raw)}")


_NOT_FINITE = re.compile(r"[-+]?(?:nan|inf|infinity|[\d.]+e\d{3,})", re.IGNORECASE)


def _is_date(raw: Any) -> bool:
    return isinstance(raw, dt.date) or (
        isinstance(raw, str) and bool(re.match(r"\d{4}-\d\d-\d\d", raw.strip()))
    )


def _place_faults(document: Document) -> Iterator[Fault]:
    """Check that places exist where they are used, whatever else is wrong."""
    places = document.data.get("places")
    if not isinstance(places, Mapping) or not places:
        return
    names = [str(name) for name in places]
    missing = shorten("must say at which place: " + ", ".join(sorted(names)), 300)
    for section in ("availability", "exceptions"):
        entries = document.data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, (list, tuple)) else ()):
            if not isinstance(entry, Mapping):
                continue
            place = entry.get("place")
            path = (section, index)
            if isinstance(place, str) and place not in places:
                message = f"unknown place {show(place)}"
                yield fault_at(document, (*path, "place"), message, _suggest(place, names))
            elif place is None and section == "availability" and len(names) > 1:
                yield fault_at(document, path, missing)


def _wish_faults(document: Document) -> Iterator[Fault]:
    """Check that nothing is wished and unwished at once."""
    wishes = document.data.get("wishes")
    if not isinstance(wishes, Mapping):
        return
    for liked, disliked in (("always", "never"), ("prefer", "avoid")):
        said = {word for word, _ in _words(wishes.get(liked))}
        for word, path in _words(wishes.get(disliked)):
            if word in said:
                message = f"{show(word)} stands in both '{liked}' and '{disliked}'"
                yield fault_at(document, ("wishes", disliked, *path), message)


def _words(value: Any) -> Iterator[tuple[str, DataPath]]:
    if isinstance(value, str):
        yield value, ()
    elif isinstance(value, (list, tuple)):
        for index, word in enumerate(value):
            if isinstance(word, str):
                yield word, (index,)


def _is_word(value: Any) -> bool:
    """Whether a value can be a slip of the pen; comparing longer texts only takes time."""
    return isinstance(value, str) and len(value) <= 60


def _suggest(word: Any, known: Iterable[str]) -> str:
    return did_you_mean(word, islice(known, 200)) if _is_word(word) else ""
