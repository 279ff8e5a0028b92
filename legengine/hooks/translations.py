"""Reads the translations of a library: ``translations/de.json``, English text to text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from legengine.documents.positions import DataPath, fault_here
from legengine.domain.exercise import LibraryData
from legengine.errors import Fault
from legengine.hooks.reading import SUFFIXES, DataFile
from legengine.language.templates import placeholders

FOLDER: Final = "translations"

CODE: Final = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?")
"""A language's code: two or three small letters, and a country where that matters: pt_BR."""


def read_translations(
    folder: Path | Traversable, source: str, faults: list[Fault]
) -> dict[str, dict[str, str]]:
    """Every language of a folder; what is wrong is added to the faults.

    A translation has to have the placeholders of its English, and no file may translate the same
    language twice.
    """
    found: dict[str, dict[str, str]] = {}
    files = sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ()
    for file in files:
        name = f"{source}/{file.name}"
        code = Path(file.name).stem
        if not file.name.lower().endswith(SUFFIXES):
            continue
        if not CODE.fullmatch(code):
            hint = "expected a language's code, such as de.json"
            faults.append(Fault("is no language", source=name, hint=hint))
        elif code in found:
            faults.append(Fault(f"'{code}' is there twice", source=name))
        else:
            found[code] = _texts(DataFile(file, name), faults)
    return found


def _texts(part: DataFile, faults: list[Fault]) -> dict[str, str]:
    wrong: list[Fault] = []
    texts: dict[str, str] | None = part.read(dict[str, str], wrong)
    faults += (replace(fault, field=_entry(fault.field)) for fault in wrong)
    faults += translation_faults(texts or {}, part)
    return texts or {}


def _entry(field: str) -> str:
    """The text that a fault is about: ``Stand tall`` for ``entries['Stand tall']``."""
    return field.removeprefix("entries").strip(".[]'\"")


def translations_of(library: LibraryData) -> dict[str, dict[str, str]]:
    """What a library says in other languages, with the ids that stand for its exercises.

    Reasons name an exercise by its id in words (``goblet squat``): said by its translated name.
    """
    return {
        code: {
            word: texts[exercise.name]
            for exercise in library.exercises
            if exercise.name in texts
            for word in (exercise.id, exercise.id.replace("_", " "))
        }
        | texts
        for code, texts in library.translations.items()
    }


def translation_faults(
    texts: Mapping[str, str], part: DataFile, inside: DataPath = ()
) -> Iterator[Fault]:
    """What is wrong with the translations of one language, which stand there in a file."""
    for english, text in texts.items():
        if message := translation_fault(english, text):
            fault = fault_here(message, part.document().position((*inside, english)))
            yield replace(fault, source=part.source, field=english)


def translation_fault(english: str, text: str) -> str:
    """What is wrong with the translation of a text; empty where nothing is."""
    if not text.strip():
        return "is not translated"
    wanted, given = placeholders(english), placeholders(text)
    if wanted == given:
        return ""
    names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
    return f"has other placeholders than its English ({names})"
