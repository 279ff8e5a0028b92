"""Points problems that the engine found at the lines of the file that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from legengine.errors import Fault, InputError

if TYPE_CHECKING:
    from legengine.documents.positions import DataPath
    from legengine.documents.reading import Document
    from legengine.domain.program import Program
    from legengine.engine import Engine


@contextmanager
def pointing_into(document: Document, *, alone: bool = True) -> Iterator[None]:
    """Within, what is wrong with a profile is told with its lines in the document.

    ``alone``: nothing else was given that could be wrong, so that the file is always named.
    """
    try:
        yield
    except InputError as error:
        told = located(error, document)
        if not alone and not any(fault.line for fault in told.problems):
            raise
        raise told from None


@contextmanager
def pointing_into_program(path: Path) -> Iterator[None]:
    """Within, what is wrong with the profile in a program file is told with its lines there."""
    try:
        yield
    except InputError as error:
        raise _located_in_program(error, path) from None


def refuse_wrong_settings(engine: Engine, program: Program, path: Path) -> None:
    """Hold what a program's profile sets of plugins against those that are loaded.

    For commands that also read other files, or change the profile: what they find wrong afterwards
    isn't in the program file.

    Raises:
        InputError: settings don't fit, with their lines in the program file.
    """
    from legengine.hooks.settings import check_settings

    with pointing_into_program(path):
        check_settings(engine.registry, program.profile)


def located(error: InputError, document: Document) -> InputError:
    """Point at the lines of the profile that the engine's problems are about."""
    faults = [_placed(fault, document) for fault in error.problems]
    faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    return InputError(faults, source=error.source or document.source)


def _placed(fault: Fault, document: Document) -> Fault:
    """The fault with its line and column, where the document says anything about its field."""
    if fault.line is not None or not fault.field:
        return fault
    path = document.path_of(fault.field)
    if path is not None:
        position = document.position(path, key=fault.about_key)
    else:
        # What is missing has no place: what it is missing in has one.
        around = _around(fault.field, document)
        position = document.position(around, key=True) if around else None
    if position is None:
        return fault
    return replace(fault, line=position.line, column=position.column)


def _around(field: str, document: Document) -> DataPath:
    """The innermost thing of the document that a field would stand in; empty: none."""
    from legengine.documents.positions import dotted

    best: DataPath = ()
    for path in document.keys.keys() | document.positions.keys():
        name = dotted(path)
        inside = field.startswith((f"{name}.", f"{name}["))
        if path and inside and len(path) > len(best):
            best = path
    return best


def _located_in_program(error: InputError, path: Path) -> InputError:
    if error.source or str(path) == "-":
        return error
    document = _profile_in(path)
    if document is None:
        return error
    faults = []
    for fault in error.problems:
        placed = _placed(fault, document)
        if placed.line is not None and fault.line is None:
            placed = replace(placed, field=f"profile.{fault.field}")
        faults.append(placed)
    if not any(fault.line for fault in faults):
        return error
    faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    return InputError(faults, source=str(path))


def _profile_in(path: Path) -> Document | None:
    """The profile that a program file holds, at the lines where it stands there."""
    from json import JSONDecoder

    from legengine.cli.program_file import place_of
    from legengine.documents.reading import parse_document

    text = path.read_text(encoding="utf-8")
    start = place_of(text, ("profile",))
    if start is None:
        return None
    _, end = JSONDecoder().raw_decode(text, start)
    # Blank what stands before it, so that its lines and columns stay what they are.
    before = re.sub(r"[^\n]", " ", text[:start])
    return parse_document(before + text[start:end], kind="json", source=str(path))
