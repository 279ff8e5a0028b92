"""Data-only plugins: a library or protocol that is a file or a folder, without any Python."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from legengine.domain.choices import LibraryFile
from legengine.domain.vocabulary import nearest
from legengine.errors import Fault, InputError
from legengine.hooks.contracts import ExerciseLibrary, LibraryContents, ProtocolPlugin
from legengine.hooks.discovery import FoundPlugin
from legengine.hooks.guard import guarded_readers
from legengine.hooks.inspection import SINGULAR, Kind, a, wrong_object
from legengine.hooks.loading import PluginRecord
from legengine.hooks.reading import Locate

if TYPE_CHECKING:
    from legengine.hooks.registry import Registry

DIGITS: Final = 12
"""Hexadecimal digits of a digest that stand for a version."""


@dataclass(frozen=True, slots=True)
class FilePlugin:
    """What was read from one file or folder."""

    record: PluginRecord
    provided: tuple[tuple[Kind, Any], ...]
    path: Path
    digest: str
    """SHA-256 of what the files hold, of the reader's name and of its options."""
    locate: Locate | None = None


def as_library(given: str | Path | LibraryFile) -> LibraryFile:
    """A path as the choice of a library."""
    return given if isinstance(given, LibraryFile) else LibraryFile(path=str(given))


def read_file(registry: Registry, given: LibraryFile, field: str) -> FilePlugin:
    """Read a file or folder with the reader that is named, or with the one that knows it.

    ``registry`` has the readers, ``field`` is where the library is named: ``libraries[0]``.

    Raises:
        InputError: it isn't there, no reader or several know it, or something in it is wrong.
        PluginError: the reader failed.
    """
    path = Path(given.path)
    if not path.exists():
        raise InputError([_missing(path, f"{field}.path")])
    reader = _reader(registry, path, given.reader, f"{field}.reader")
    options = registry.options("readers", reader, given.options, field=f"{field}.options")
    contents = guarded_readers(registry)[reader].read(path, options)
    digest = _digest(path, reader, options.model_dump(mode="json"))
    return _plugin(path, contents, digest)


def read_files(
    registry: Registry, libraries: Sequence[str | Path | LibraryFile]
) -> tuple[FilePlugin, ...]:
    """Read several; what is there already can't be said again.

    Raises:
        InputError: one of them is wrong, or two things have one name.
    """
    read: list[FilePlugin] = []
    taken: dict[tuple[Kind, str], FoundPlugin] = {}
    for index, given in enumerate(libraries):
        plugin = read_file(registry, as_library(given), f"libraries[{index}]")
        if any(plugin.path.resolve() == other.path.resolve() for other in read):
            continue  # said twice, by a profile and on the command line
        for kind, each in plugin.provided:
            owner = taken.get((kind, each.name))
            if owner is None and each.name in registry.of(kind):
                owner = registry.provider(kind, each.name)
            if owner is not None:
                message = f"{a(SINGULAR[kind])} '{each.name}' is there already, in {owner}"
                hint = "give this one another 'name'" if kind == "exercises" else ""
                raise InputError([Fault(message, hint=hint)], source=str(plugin.path))
        taken |= {(kind, each.name): plugin.record.plugin for kind, each in plugin.provided}
        read.append(plugin)
    return tuple(read)


def _missing(path: Path, field: str) -> Fault:
    names = sorted(entry.name for entry in path.parent.iterdir()) if path.parent.is_dir() else []
    close = nearest(path.name, names)
    hint = f"did you mean '{close[0]}'?" if close else "--library PATH says where it is"
    return Fault(f"no such file or folder: '{path}'", field, hint=hint)


def _reader(registry: Registry, path: Path, named: str, field: str) -> str:
    """The name of the reader that is meant."""
    if named:
        registry.require("readers", named, field=field)
        return named
    readers = guarded_readers(registry)
    fitting = [name for name, reader in readers.items() if reader.recognises(path)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        hint = "say which is meant: " + " or ".join(f"'reader: {name}'" for name in fitting)
        raise InputError([Fault("several readers know this", hint=hint)], source=str(path))
    known = "; ".join(f"{name}: {reader.summary}" for name, reader in readers.items())
    hint = f"there are: {known}" if known else "no plugin brings a reader"
    raise InputError([Fault("no reader knows what this is", hint=hint)], source=str(path))


def _plugin(path: Path, contents: LibraryContents, digest: str) -> FilePlugin:
    name = contents.name or _name_from(path)
    version = contents.version or digest[:DIGITS]
    found = FoundPlugin(name, path.name, version, str(path))
    objects: list[tuple[Kind, Any]] = []
    if contents.library is not None:
        library = contents.library
        summary = contents.summary or f"{len(library.exercises)} exercises of {path.name}"
        objects.append(("exercises", ExerciseLibrary(name, summary, lambda: library)))
    objects += (("protocols", _protocol(protocol)) for protocol in contents.protocols)
    faults = [Fault(problem) for kind, each in objects if (problem := wrong_object(kind, each))]
    if faults:
        raise InputError(faults, source=str(path))
    provides: dict[str, tuple[str, ...]] = {}
    for kind, each in objects:
        provides[kind] = tuple(sorted((*provides.get(kind, ()), each.name)))
    record = PluginRecord(found, "file", provides=provides, remarks=contents.remarks)
    return FilePlugin(record, tuple(objects), path, digest, contents.locate)


def _protocol(protocol: Any) -> ProtocolPlugin:
    summary = " ".join(protocol.summary.split()) or protocol.title
    return ProtocolPlugin(protocol.id, summary, lambda: protocol)


def _name_from(path: Path) -> str:
    """``free-exercise-db`` from ``Free exercise db.json``."""
    stem = path.name if path.is_dir() else path.name.partition(".")[0]
    words = re.sub(r"[^a-z0-9_]+", "-", stem.lower()).strip("-")
    name = words if words[:1].isalpha() else f"library-{words}".rstrip("-")
    return name[:64]


def _digest(path: Path, reader: str, options: Any) -> str:
    """What makes two readings the same."""
    total = hashlib.sha256(json.dumps([reader, options], sort_keys=True).encode())
    for name, file in _contents(path):
        content = file.read_bytes()
        total.update(f"\n{name} {len(content)}\n".encode("utf-8", "surrogatepass"))
        total.update(content)
    return total.hexdigest()


def _contents(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield "", path
        return
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, file


def refuse_missing_files(
    registry: Registry, named: Sequence[LibraryFile], made_with: dict[str, str] | None = None
) -> None:
    """Refuse a profile or a program whose library files are not loaded, or are other ones.

    The engine opens no path that a document names: who calls it does, and gives it the libraries.
    ``made_with`` is what a program says of the files that made it: name to digest.

    Raises:
        InputError: what is missing or different, and what to do.
    """
    files = {plugin.record.plugin.name: plugin for plugin in registry.files}
    there = {plugin.path.name for plugin in registry.files}
    faults = [
        Fault(
            f"the library '{library.path}' is not loaded",
            f"libraries[{index}].path",
            hint="give it: --library PATH, or Engine(libraries=[...])",
        )
        for index, library in enumerate(named)
        if Path(library.path).name not in there
    ]
    for name, digest in sorted((made_with or {}).items()):
        loaded = files.get(name)
        if loaded is None and not faults:
            hint = "give it: --library PATH, or Engine(libraries=[...])"
            faults.append(Fault(f"the program was made with the library '{name}'", hint=hint))
        elif loaded is not None and loaded.digest != digest:
            message = f"the library '{name}' is not the one that the program was made with"
            hint = f"{loaded.path.name} has changed since; make the program anew"
            faults.append(Fault(message, hint=hint))
    if faults:
        raise InputError(faults)


__all__ = ["FilePlugin", "as_library", "read_file", "read_files", "refuse_missing_files"]
