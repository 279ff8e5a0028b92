"""What was read of libraries so far, and where each entry of it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from legengine.domain.exercise import Condition, Exercise, Gate, LibraryData
from legengine.domain.pictures import Pictures
from legengine.errors import Fault
from legengine.hooks.pictures import FOLDER as PICTURES
from legengine.hooks.pictures import unread
from legengine.hooks.reading import Locate

T = TypeVar("T")


class Vocabulary(BaseModel):
    """The words that a library brings along: ``vocabulary.json``."""

    model_config = ConfigDict(extra="forbid")

    tags: dict[str, str] = {}
    equipment: dict[str, str] = {}
    equipment_sets: dict[str, tuple[str, ...]] = {}
    sources: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Origin:
    """A file or a library that entries came from."""

    label: str
    """In messages: ``exercises/squat.json``, ``library 'home'``."""
    locate: Locate | None = None

    def fault(
        self, message: str, entry: str = "", field: str = "", *, word: str = "", hint: str = ""
    ) -> Fault:
        """A fault of an entry, with its line and column where they are known.

        ``word`` is the one among several in the field that is wrong.
        """
        name = ".".join(part for part in (entry, field) if part)
        at = self.locate(entry, field, word) if self.locate else None
        if at is not None:
            return replace(at, message=message, field=name, hint=hint)
        return Fault(message, ": ".join(part for part in (self.label, name) if part), hint=hint)


@dataclass(slots=True)
class Shelf:
    """The entries by id and the words, each with its origin, and what was wrong."""

    faults: list[Fault] = field(default_factory=list)
    exercises: dict[str, tuple[Exercise, Origin]] = field(default_factory=dict)
    gates: dict[str, tuple[Gate, Origin]] = field(default_factory=dict)
    conditions: dict[str, tuple[Condition, Origin]] = field(default_factory=dict)
    pictures: dict[str, tuple[Any, Origin]] = field(default_factory=dict)
    words: dict[str, dict[str, tuple[Any, Origin]]] = field(
        default_factory=lambda: {name: {} for name in Vocabulary.model_fields}
    )

    translations: dict[str, dict[str, str]] = field(default_factory=dict)

    def put(self, library: LibraryData, origin: Origin) -> None:
        """Put all of a library on the shelf."""
        self.entries("exercise", library.exercises, self.exercises, origin)
        self.entries("gate", library.gates, self.gates, origin)
        self.entries("condition", library.conditions, self.conditions, origin)
        words = {kind: getattr(library, kind) for kind in Vocabulary.model_fields}
        self.vocabulary(words, origin)
        self.translated(library.translations)
        self.put_pictures(unread(library.pictures), origin)

    def translated(self, found: Mapping[str, Mapping[str, str]]) -> None:
        """Add translations; the first that says a text keeps it."""
        for code, texts in found.items():
            self.translations[code] = dict(texts) | self.translations.get(code, {})

    def entries(
        self, what: str, found: Iterable[Any], shelf: dict[str, tuple[Any, Origin]], origin: Origin
    ) -> None:
        """Put entries on a shelf; two of one id are a fault that names both places."""
        for entry in found:
            if entry.id in shelf:
                self.faults.append(_twice(what, entry.id, origin, shelf[entry.id][1]))
            else:
                shelf[entry.id] = (entry, origin)

    def put_pictures(self, found: Iterable[tuple[str, Any]], origin: Origin) -> None:
        """Put pictures on the shelf, unread; two of one exercise are a fault that names both."""
        for exercise, picture in found:
            known = self.pictures.setdefault(exercise, (picture, origin))
            if known[0] is not picture:
                place = f"{PICTURES}.{exercise}"
                fault = _twice("the picture of", exercise, origin, known[1], ("", place))
                self.faults.append(fault)

    def vocabulary(self, found: Mapping[str, Mapping[str, Any]], origin: Origin) -> None:
        """Add words; one word with two meanings is a fault."""
        for kind, words in found.items():
            shelf = self.words[kind]
            for word, meaning in words.items():
                known = shelf.setdefault(word, (meaning, origin))
                if known[0] != meaning:
                    message = f"'{word}' has another meaning in {known[1].label}"
                    self.faults.append(origin.fault(message, "", kind, word=word))

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
            translations=self.translations,
            pictures=Pictures({name: self.pictures[name][0] for name in sorted(self.pictures)}),
            **words,
        )


def _twice(
    what: str, id: str, origin: Origin, other: Origin, at: tuple[str, str] | None = None
) -> Fault:
    """An id that two origins have; told at the one of which more is known."""
    if other == origin:
        message, place = f"{what} '{id}' is defined twice here", origin
    elif origin.locate or not other.locate:
        message, place = f"{what} '{id}' is defined here and in {other.label}", origin
    else:
        message, place = f"{what} '{id}' is defined here and in {origin.label}", other
    found = place.locate(*(at or (id, ""))) if place.locate else None
    return Fault(message, place.label) if found is None else replace(found, message=message)


def _sorted(shelf: Mapping[str, tuple[T, Origin]]) -> tuple[T, ...]:
    return tuple(shelf[name][0] for name in sorted(shelf))


__all__ = ["Origin", "Shelf", "Vocabulary"]
