"""Reads exercises and protocols that are written in legengine's own form, as YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.exercise import LibraryData
from legengine.domain.protocol import Protocol
from legengine.errors import Fault, InputError
from legengine.hooks import LibraryContents, NoOptions
from legengine.hooks.library import load_protocol, read_library
from legengine.hooks.reading import SUFFIXES, DataFile
from legengine.hooks.translations import CODE, translation_faults

TITLES: Final = tuple(f"plugin{suffix}" for suffix in SUFFIXES)
"""The file of a folder that says what it is called."""

FOLDERS: Final = ("exercises", "protocols")

_LOOK: Final = 4096


class Title(BaseModel):
    """What a folder or file is called; all of it may be left out."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="", description="lower-case letters, digits, '-' and '_'")
    summary: str = Field(default="", description="one line")
    version: str = ""


class LibraryDocument(LibraryData):
    """A library in one file, with what it is called."""

    name: str = Field(default="", description="lower-case letters, digits, '-' and '_'")
    summary: str = Field(default="", description="one line")
    version: str = ""


@dataclass(frozen=True)
class NativeReader:
    """The reader of what ``legengine schema library`` and ``schema protocol`` describe."""

    name: str = "legengine"
    summary: str = "legengine's own form, as YAML or JSON: a library, a protocol, a folder of both"
    options: type[BaseModel] = NoOptions

    def recognises(self, path: Path) -> bool:
        if path.is_dir():
            return any((path / name).is_dir() for name in FOLDERS)
        suffix = path.suffix.lower()
        return suffix in SUFFIXES and not (suffix == ".json" and _begins_with_a_list(path))

    def read(self, path: Path, options: BaseModel) -> LibraryContents:  # noqa: ARG002
        """A folder with ``exercises`` and ``protocols``, or a file with one of the two.

        Raises:
            InputError: everything that is wrong, with file, line and column.
        """
        return _folder(path) if path.is_dir() else _file(path)


def _folder(path: Path) -> LibraryContents:
    faults: list[Fault] = []
    title = _title(path, faults)
    library = None
    if (path / "exercises").is_dir():
        try:
            library = read_library(path, extends=True, beside=TITLES, drawings=True)
        except InputError as error:
            faults += _from(error, path)
    protocols = _protocols(path / "protocols", faults)
    if faults:
        raise InputError(faults, source=str(path))
    return LibraryContents(
        None if library is None else library.data,
        protocols,
        locate=None if library is None else library.locate,
        **title.model_dump(),
    )


def _title(path: Path, faults: list[Fault]) -> Title:
    found = [path / name for name in TITLES if (path / name).is_file()]
    if len(found) > 1:
        names = " and ".join(file.name for file in found)
        faults.append(Fault(f"says twice what it is called: {names}"))
    if not found:
        return Title()
    return DataFile(found[0], str(found[0])).read(Title, faults) or Title()


def _protocols(folder: Path, faults: list[Fault]) -> tuple[Protocol, ...]:
    if not folder.is_dir():
        return ()
    protocols = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in SUFFIXES:
            try:
                protocols.append(load_protocol(file))
            except InputError as error:
                faults += _from(error, file)
    return tuple(protocols)


def _file(path: Path) -> LibraryContents:
    part = DataFile(path, str(path))
    data = part.document().data
    if isinstance(data, Mapping) and "phases" in data:
        return LibraryContents(protocols=(load_protocol(path),))
    if isinstance(data, list) or "exercises" not in data:
        fault = Fault(
            "is neither a library ('exercises') nor a protocol ('phases')",
            hint="see 'legengine schema library'",
        )
        raise InputError([fault], source=str(path))
    faults: list[Fault] = []
    document = part.read(LibraryDocument, faults)
    if document is None:
        raise InputError(faults, source=str(path))
    _refuse_twice(document, part)
    for code, texts in document.translations.items():
        faults += translation_faults(texts, part, ("translations", code))
        if not CODE.fullmatch(code):
            faults.append(Fault(f"'{code}' is no language's code", "translations"))
    if faults:
        raise InputError(faults, source=str(path))
    fields: dict[str, Any] = {name: getattr(document, name) for name in LibraryData.model_fields}
    return LibraryContents(
        LibraryData.model_construct(None, **fields),
        locate=part.locate,
        name=document.name,
        summary=document.summary,
        version=document.version,
    )


def _refuse_twice(document: LibraryData, part: DataFile) -> None:
    """Two entries of one id in one file."""
    faults: list[Fault] = []
    kinds: dict[str, Sequence[Any]] = {
        "exercise": document.exercises,
        "gate": document.gates,
        "condition": document.conditions,
    }
    for what, entries in kinds.items():
        ids = [entry.id for entry in entries]
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            at = part.locate(id, "")
            message = f"{what} '{id}' is defined twice here"
            line, column = (at.line, at.column) if at else (None, None)
            faults.append(Fault(message, line=line, column=column))
    if faults:
        raise InputError(faults, source=part.source)


def _from(error: InputError, path: Path) -> list[Fault]:
    """The faults of a part, each with the file that it is in."""
    source = error.source or str(path)
    return [replace(fault, source=fault.source or source) for fault in error.problems]


def _begins_with_a_list(path: Path) -> bool:
    """Whether a JSON file holds a list: another form, which another reader may know."""
    try:
        with path.open("rb") as file:
            return file.read(_LOOK).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    except OSError:
        return False
