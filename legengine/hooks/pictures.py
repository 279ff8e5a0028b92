"""Reads the pictures of a library folder: drawings in data files, and image files.

What a drawing of an installed plugin says is checked when it is looked at, since that takes longer
than reading all exercises; the test kit looks at all of them. Image files, and everything that
comes from a file which a user names, are checked when they are read.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ValidationError, create_model

from legengine.documents.checking import held_against
from legengine.documents.positions import fault_here
from legengine.documents.reading import Document
from legengine.domain.images import SUFFIXES
from legengine.domain.pictures import Pictures, Unread
from legengine.errors import Fault, InputError
from legengine.hooks.reading import SUFFIXES as DATA
from legengine.hooks.reading import DataFile, Locate

if TYPE_CHECKING:
    from legengine.domain.picture import ImageFile, Picture

FOLDER: Final = "pictures"
BESIDE: Final = (".md", ".txt", "")
"""What else may lie beside pictures: a licence, say."""

Found = Mapping[str, "Picture | Unread"]


def picture_files(
    folder: Path | Traversable, faults: list[Fault]
) -> Iterator[tuple[str, Path | Traversable]]:
    """The files of the folder of pictures in the order of their names; a stray one is a fault."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        suffix = Path(file.name).suffix.lower()
        if suffix in DATA or suffix in SUFFIXES:
            yield f"{FOLDER}/{file.name}", file
        elif suffix not in BESIDE and not file.name.startswith("."):
            known = ", ".join([*DATA, *SUFFIXES])
            faults.append(
                Fault("is not a file of pictures", f"{FOLDER}/{file.name}", hint=f"known: {known}")
            )


def read_pictures(
    parts: Mapping[str, DataFile], faults: list[Fault], *, at_once: bool
) -> Iterator[tuple[str, Found, Locate]]:
    """What each file brings, with its name; an image that a data file names is not one of its own.

    ``at_once`` checks the drawings now instead of when they are looked at.
    """
    named: set[str] = set()
    images: list[tuple[str, DataFile]] = []
    for name, part in parts.items():
        if part.suffix not in DATA:
            images.append((name, part))
            continue
        folder = {other.file.name: other for other in parts.values()}
        entries = _entries(part, faults)
        for entry in entries.values():
            if isinstance(entry, dict) and isinstance(entry.get("file"), str):
                named.add(entry["file"])
        found = {
            exercise: partial(_read, part, exercise, entry, folder)
            for exercise, entry in entries.items()
        }
        yield name, _looked_at(found, faults) if at_once else found, partial(_place, part)
    for name, part in images:
        if part.file.name not in named:
            exercise = Path(part.file.name).stem
            one = {exercise: partial(_image, part, "", "")}
            yield name, _looked_at(one, faults), partial(_whole, part.source)


def _looked_at(found: Mapping[str, Callable[[], Picture]], faults: list[Fault]) -> Found:
    """The pictures that are right; what is wrong with the others is added to the faults."""
    right: dict[str, Picture] = {}
    for exercise, read in found.items():
        try:
            right[exercise] = read()
        except InputError as error:
            faults += error.problems
    return right


def _entries(part: DataFile, faults: list[Fault]) -> dict[str, Any]:
    """The entries of a data file as they stand there."""
    data: Any = None
    try:
        if part.suffix == ".json":
            try:
                data = json.loads(part.content())
            except ValueError:
                data = part.document().data
        else:
            data = part.document().data
    except InputError as error:
        faults += (replace(each, source=each.source or part.source) for each in error.problems)
        return {}
    if not isinstance(data, dict):
        message = "expected a mapping of exercises to their pictures"
        faults.append(Fault(message, source=part.source))
        return {}
    return data


@cache
def _model() -> type[BaseModel]:
    from legengine.domain.exercise import Identifier
    from legengine.domain.picture import Given

    kind: Any = dict[Identifier, Given]
    return create_model("Pictures", pictures=(kind, ...))


def _read(part: DataFile, exercise: str, entry: Any, folder: Mapping[str, DataFile]) -> Picture:
    from legengine.domain.picture import ImageFile

    try:
        document: Any = _model().model_validate({"pictures": {exercise: entry}})
    except ValidationError:
        raise InputError(_told(part, exercise), source=part.source) from None
    picture = document.pictures[exercise]
    if not isinstance(picture, ImageFile):
        return picture  # type: ignore[no-any-return]
    return _of_file(picture, part, exercise, folder)


def _of_file(
    image: ImageFile, part: DataFile, exercise: str, folder: Mapping[str, DataFile]
) -> Picture:
    other = folder.get(image.file)
    if other is None or other.suffix not in SUFFIXES:
        at = _place(part, "", f"{FOLDER}.{exercise}") or Fault("", source=part.source)
        message = f"there is no image file '{image.file}' beside it"
        raise InputError([replace(at, message=message, field=f"{exercise}.file")])
    return _image(other, image.alt, image.credit)


def _image(part: DataFile, alt: str, credit: str) -> Picture:
    from legengine.domain.picture import Image

    content = part.content()
    media_type = SUFFIXES[part.suffix]
    try:
        data = b64encode(content).decode()
        return Image(media_type=media_type, data=data, alt=alt, credit=credit)
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError([Fault(message, source=part.source)]) from None


def _told(part: DataFile, exercise: str) -> list[Fault]:
    """What is wrong with one entry, with its place."""
    document = part.document()
    under = Document(
        {FOLDER: {exercise: document.data[exercise]}},
        {(FOLDER, *path): at for path, at in document.positions.items()},
        part.source,
        "",
        {(FOLDER, *path): at for path, at in document.keys.items()},
    )
    return [
        replace(fault, source=part.source, field=fault.field.removeprefix(f"{FOLDER}."))
        for fault in held_against(under, _model()).faults
    ]


def _place(part: DataFile, entry: str, field: str, word: str = "") -> Fault | None:
    """Where the picture of an exercise stands: ``pictures.ID``, without an entry."""
    folder, _, exercise = field.partition(".")
    document = part.document()
    if entry or folder != FOLDER or word or exercise not in document.data:
        return None
    at = document.position((exercise,), key=True)
    return replace(fault_here("", at), source=part.source)


def _whole(source: str, entry: str, field: str, word: str = "") -> Fault | None:
    """A file that holds one picture: ``pictures/ID.png``."""
    if entry or word or field != f"{FOLDER}.{Path(source).stem}":
        return None
    return Fault("", source=source)


def unread(pictures: Pictures) -> Iterable[tuple[str, Picture | Unread]]:
    """The pictures by exercise, without looking at them."""
    return ((exercise, pictures.unread(exercise)) for exercise in pictures)


__all__ = ["FOLDER", "Found", "picture_files", "read_pictures", "unread"]
