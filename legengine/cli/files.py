"""Writes files whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from legengine.errors import Fault, InputError

if TYPE_CHECKING:
    from legengine.hooks.contracts import Files

    Contents = str | bytes | Files


def refuse_to_overwrite(
    paths: Sequence[Path], *, force: bool, keep: Sequence[Path] = (), folders: bool = False
) -> None:
    """Raise every reason for which files, or folders, couldn't be written, before any work."""
    faults = []
    for index, path in enumerate(paths):
        name = str(path)
        if any(path.resolve() == other.resolve() for other in paths[:index]):
            faults.append(Fault("is given twice", name))
        elif path.is_dir() and not folders:
            faults.append(Fault("is a directory", name))
        elif not path.parent.is_dir():
            faults.append(Fault("its directory doesn't exist", name))
        elif not os.access(path.parent, os.W_OK):
            faults.append(Fault("no permission to write into its directory", name))
        elif any(_same(path, other) for other in keep):
            faults.append(Fault("is what is read: it would be overwritten", name))
        elif path.exists() and not path.is_file() and not path.is_dir():
            faults.append(Fault("is not a regular file", name, hint="'-o -' writes to the output"))
        elif os.path.lexists(path) and not force:
            faults.append(Fault("exists already", name, hint="--force replaces it"))
    if faults:
        raise InputError(faults)


def _same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return False


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Several files as one ZIP archive; the same bytes every time."""
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as zip_file:
        for name, content in sorted(files.items()):
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            zip_file.writestr(entry, _bytes(content))
    return archive.getvalue()


def write_files(contents: Mapping[Path, Contents]) -> None:
    """Write all files beside their places first, and only then move each to its place.

    Several files go into a directory, or into one archive where the place has a suffix.
    """
    staged: dict[Path, Path] = {}
    old: list[Path] = []
    made: list[Path] = []
    path = Path()
    try:
        for path, content in contents.items():
            # What a link points to is replaced, not the link.
            target = path.resolve()
            if isinstance(content, (str, bytes)):
                staged[target] = _staged(target, content)
            elif path.suffix:
                staged[target] = _staged(target, zipped(content.files))
            else:
                if not target.is_dir():
                    target.mkdir()
                    made.append(target)
                old += _left_over(target, content.files)
                for name, part in sorted(content.files.items()):
                    staged[target / name] = _staged(target / name, part)
        for path, temporary in staged.items():
            temporary.replace(path)
        for path in old:
            path.unlink()
        made.clear()
    except OSError as error:
        fault = Fault(f"can't be written: {error.strerror or error}", str(path))
        raise InputError([fault]) from error
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def _left_over(folder: Path, files: Mapping[str, str | bytes]) -> list[Path]:
    """Files of an earlier time that the new ones don't replace: a session that is no more."""
    series = {_series(name) for name in files if _DIGITS.search(name)}
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.name not in files and _series(path.name) in series
    )


_DIGITS: Final = re.compile(r"\d+")
_PART: Final = re.compile(r"-part\d+(?=\.)")


def _series(name: str) -> str:
    """What the names of a format's files share: ``w#-s#-#-#-#.fit``, in however many parts."""
    return _DIGITS.sub("#", _PART.sub("", name))


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _staged(target: Path, content: str | bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_bytes(content))
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
