"""Holds a document against its model: every problem at once, in the words of a person.

pydantic checks the types; this module says what it found in the words of the person who wrote the
file, and where it stands.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final, Generic, TypeVar

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
from legengine.documents.reading import Document
from legengine.documents.shapes import Shape, inside
from legengine.domain.vocabulary import did_you_mean, nearest
from legengine.errors import Fault

MAX_FAULTS: Final = 100
"""How many problems are told; a file with more of them is not what it should be."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Held(Generic[Model]):
    """What became of a document that was held against a model."""

    model: Model | None
    faults: list[Fault]
    found: int
    """How many problems there are; at most ``MAX_FAULTS`` of them are among the faults."""


def held_against(document: Document, model: type[Model], *, noun: str = "field") -> Held[Model]:
    """Hold a document against a model; ``noun`` is what its names are called."""
    data = document.data
    shape = Shape(model, noun)
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
    return Held(made, faults, len(problems))


def fault_at(
    document: Document, path: DataPath, message: str, hint: str = "", *, key: bool = False
) -> Fault:
    """Make a fault that points at a value of the document, or at its key."""
    position = document.position(path, key=key)
    fault = fault_here(message, position, field=dotted(path), hint=hint)
    return replace(fault, about_key=True) if key else fault


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
            known = shape.known(path)
            hint = suggest(path[-1], known) if known else "there is none"
            return fault_at(document, path, f"unknown {shape.noun} {name}", hint, key=True)
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
            if "text" in self.expected and not isinstance(
                self.value, (str, dict, list, type(None))
            ):
                hint = "put it in quotes"
            message = f"expected {enumeration(self.expected, 'or')}, got {show(self.value)}"
            return fault_at(document, path, message, hint)
        message, hint = self.text, ""
        if self.kind in _BOUNDS:
            words, bound = _BOUNDS[self.kind]
            message = f"must be {words} {self.context[bound]:g}, got {show(self.value)}"
        elif self.kind in ("too_short", "string_too_short"):
            message = "must not be empty"
        elif self.kind == "string_pattern_mismatch":
            message = f"does not have the form {self.context['pattern']}, got {show(self.value)}"
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
    if kind in ("string_too_short", "string_pattern_mismatch"):
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


def _is_word(value: Any) -> bool:
    """Whether a value can be a slip of the pen; comparing longer texts only takes time."""
    return isinstance(value, str) and len(value) <= 60


def suggest(word: Any, known: Iterable[str]) -> str:
    """Name the nearest of the known words, where the word can be a slip of the pen."""
    return did_you_mean(word, islice(known, 200)) if _is_word(word) else ""


__all__ = ["MAX_FAULTS", "Held", "Model", "fault_at", "held_against", "suggest"]
