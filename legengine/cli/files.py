"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from legengine.errors import Fault, InputError


def refuse_to_overwrite(paths: Sequence[Path], *, force: bool, keep: Sequence[Path] = ()) -> None:
    """Raise every reason for which the files couldn't be written, before any work is done."""
    faults = []
    for index, path in enumerate(paths):
        name = str(path)
        if path in paths[:index]:
            faults.append(Fault("is given twice", name))
        elif path.is_dir():
            faults.append(Fault("is a directory", name))
        elif not path.parent.is_dir():
            faults.append(Fault("its directory doesn't exist", name))
        elif not os.access(path.parent, os.W_OK):
            faults.append(Fault("no permission to write into its directory", name))
        elif any(_same(path, other) for other in keep):
            faults.append(Fault("is what is read: it would be overwritten", name))
        elif path.exists() and not path.is_file():
            faults.append(Fault("is not a regular file", name, hint="'-o -' writes to the output"))
        elif os.path.lexists(path) and not force:
            faults.append(Fault("exists already", name, hint="--force replaces it"))
    if faults:
        raise InputError(faults)


def _same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return False


def write_files(contents: Mapping[Path, str | bytes]) -> None:
    """Write all files beside their places first, and only then move each to its place."""
    staged: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            # What a link points to is replaced, not the link.
            target = path.resolve()
            staged[target] = _staged(target, content)
        for path, temporary in staged.items():
            temporary.replace(path)
    except OSError as error:
        fault = Fault(f"can't be written: {error.strerror or error}", str(path))
        raise InputError([fault]) from error
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _staged(target: Path, content: str | bytes) -> Path:
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file gets."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
