"""Reads records from the JSON and YAML files of libraries and protocols.

JSON goes straight to the models, which is fast; lines and columns are only worked out where
something is wrong. YAML is read with them at once. What is wrong is told with file, line, column,
entry and field, in the same words as for a profile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from legengine.documents.checking import held_against
from legengine.documents.positions import DataPath, fault_here
from legengine.documents.reading import KINDS, LIBRARY, Document, decoded, parse_document, too_large
from legengine.errors import Fault, InputError

T = TypeVar("T")

SUFFIXES: Final = (".json", ".yaml", ".yml")
"""What the files of a library may end with."""

_ENTRY: Final = re.compile(r"^(entries|exercises|gates|conditions)\[(\d+)\]\.?")


class Locate(Protocol):
    """Says where an entry of a library, or a field of it, stands."""

    def __call__(self, entry: str, field: str, word: str = "") -> Fault | None:
        """A fault without a message, with source, line and column; ``None``: not known.

        Without an entry it is a field at the top; ``word`` is one among several in the field.
        """
        ...


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _entries_of(kind: Any) -> type[BaseModel]:
    """A model with a list of entries, so that a list can be held against one."""
    return create_model("Entries", entries=(kind, ...))


@dataclass(slots=True)
class DataFile:
    """One file of records."""

    file: Path | Traversable
    source: str
    """Its name in messages."""
    _document: Document | None = field(default=None, repr=False)

    @property
    def suffix(self) -> str:
        """``.json``, ``.yaml`` or ``.yml``."""
        return Path(self.file.name).suffix.lower()

    def read(self, kind: type[T], faults: list[Fault]) -> T | None:
        """Validate the file as a model or a tuple of models; on failure add its faults."""
        model: Any = kind
        try:
            if self.suffix == ".json":
                try:
                    result: T = _adapter(model).validate_json(self.content())
                except ValidationError:
                    faults += self._told(model)
                    return None
                return result
            document = self.document()
            told = list(self._told(model))
            if told:
                faults += told
                return None
            return _adapter(model).validate_python(document.data)  # type: ignore[no-any-return]
        except InputError as error:
            faults += (replace(each, source=each.source or self.source) for each in error.problems)
            return None

    def document(self) -> Document:
        """The plain data with lines and columns.

        Raises:
            InputError: it can't be read, or is no valid JSON or YAML.
        """
        if self._document is None:
            text = decoded(self.content(), self.source)
            kind = KINDS[self.suffix]
            self._document = parse_document(
                text, kind=kind, source=self.source, size=LIBRARY, lists=True
            )
        return self._document

    def locate(self, entry: str, field: str, word: str = "") -> Fault | None:
        """Where an entry by its id, or a field of it, or a word in that, stands."""
        document = self.document()
        for path, data in _entries(document.data):
            if data.get("id") == entry if entry else not path:
                inside = (*path, *_parts(field))
                place = next(_places(document, inside, word), inside) if word else inside
                return replace(fault_here("", document.position(place)), source=self.source)
        return None

    def content(self) -> bytes:
        """What the file holds.

        Raises:
            InputError: it can't be read, or is too large.
        """
        try:
            content = self.file.read_bytes()
        except OSError as error:
            reason = f"can't be read: {error.strerror or error}"
            raise InputError(reason, source=self.source) from error
        if len(content) > LIBRARY.bytes:
            raise too_large(len(content), LIBRARY, self.source)
        return content

    def _told(self, kind: Any) -> Iterator[Fault]:
        """What is wrong, in plain words, with its place."""
        document = self.document()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for fault in held_against(document, kind).faults:
                field = _by_id(fault.field, document.data)
                yield replace(fault, source=self.source, field=field)
            return
        if get_origin(kind) is not dict and not isinstance(document.data, list):
            message = "expected a list of entries"
            yield replace(fault_here(message, document.position(())), source=self.source)
            return
        listed = Document(
            {"entries": document.data},
            {("entries", *path): at for path, at in document.positions.items()},
            self.source,
            "",
            {("entries", *path): at for path, at in document.keys.items()},
        )
        for fault in held_against(listed, _entries_of(kind)).faults:
            yield replace(fault, source=self.source, field=_by_id(fault.field, listed.data))


def _entries(data: Any) -> Iterator[tuple[DataPath, Mapping[str, Any]]]:
    """The records with an id, wherever they stand: in a list, or in the lists of a mapping."""
    if isinstance(data, dict):
        yield (), data
        for name, value in data.items():
            if isinstance(value, list):
                yield from (((name, *path), entry) for path, entry in _entries(value))
    elif isinstance(data, list):
        for index, entry in enumerate(data):
            if isinstance(entry, dict):
                yield (index,), entry


def _parts(field: str) -> DataPath:
    """``stages[0].until`` as a path."""
    words = re.findall(r"[^.\[\]]+", field)
    return tuple(int(word) if word.isdigit() else word for word in words)


def _places(document: Document, inside: DataPath, word: str) -> Iterator[DataPath]:
    """Where a word stands under a path, as a value or as a key."""
    for path in (*document.positions, *document.keys):
        if path[: len(inside)] == inside and len(path) > len(inside):
            value: Any = document.data
            for part in path:
                value = value[part]
            if word in (value, path[-1]):
                yield path


def _by_id(name: str, data: Mapping[str, Any]) -> str:
    """``wall_sit.level`` for ``exercises[3].level``; the number where the entry has no id."""
    found = _ENTRY.match(name)
    if found is None:
        return name
    entries, index = data.get(found[1]), int(found[2])
    entry = entries[index] if isinstance(entries, list) and index < len(entries) else None
    id = entry.get("id") if isinstance(entry, dict) else None
    who = id if isinstance(id, str) else f"entry {index + 1}"
    rest = name[found.end() :]
    return f"{who}.{rest}" if rest else who


__all__ = ["SUFFIXES", "DataFile", "Locate"]
