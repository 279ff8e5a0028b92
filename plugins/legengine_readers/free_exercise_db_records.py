"""The records of free-exercise-db: their shape, and where each that is wrong stands in its file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from legengine.documents.positions import Lines, Position, odd_character, show
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError

Category = Literal[
    "cardio",
    "olympic weightlifting",
    "plyometrics",
    "powerlifting",
    "strength",
    "stretching",
    "strongman",
]
Equipment = Literal[
    "bands",
    "barbell",
    "body only",
    "cable",
    "dumbbell",
    "e-z curl bar",
    "exercise ball",
    "foam roll",
    "kettlebells",
    "machine",
    "medicine ball",
    "other",
]
Muscle = Literal[
    "abdominals",
    "abductors",
    "adductors",
    "biceps",
    "calves",
    "chest",
    "forearms",
    "glutes",
    "hamstrings",
    "lats",
    "lower back",
    "middle back",
    "neck",
    "quadriceps",
    "shoulders",
    "traps",
    "triceps",
]


class Record(BaseModel):
    """One exercise as the set writes it; images and whatever else it holds are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    name: str
    force: Literal["pull", "push", "static"] | None = None
    level: Literal["beginner", "intermediate", "expert"]
    mechanic: Literal["compound", "isolation"] | None = None
    equipment: Equipment | None = None
    primaryMuscles: tuple[Muscle, ...]  # noqa: N815 - the set's own names
    secondaryMuscles: tuple[Muscle, ...] = ()  # noqa: N815
    instructions: tuple[str, ...] = ()
    category: Category


LOOK: Final = 16_384
"""How many characters are enough to know the set by its first record."""

_RECORD: Final = TypeAdapter(Record)


def looks_like_records(path: Path) -> bool:
    """Whether a file begins as the set does: a JSON list of records with their main muscles."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8-sig") as file:
            start = file.read(LOOK)
    except (OSError, UnicodeDecodeError):
        return False
    begins = start.lstrip().startswith("[") and start.lstrip()[1:].lstrip().startswith("{")
    return begins and '"primaryMuscles"' in start and '"category"' in start


def read_records(path: Path) -> tuple[Record, ...]:
    """Read every record, in the order of the file.

    Raises:
        InputError: the file can't be read, is no list of records, or some of them are wrong; each
            with its line.
    """
    source = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = json.loads(text)
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror or error}", source=source) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", source=source) from error
    except json.JSONDecodeError as error:
        fault = Fault(f"not valid JSON: {error.msg}", "", error.lineno, error.colno)
        raise InputError([fault], source=source) from error
    except RecursionError as error:
        raise InputError("is nested too deep for a list of exercises", source=source) from error
    if not isinstance(data, list):
        raise InputError(f"must be a list of exercises, got {show(data)}", source=source)
    records: list[Record] = []
    wrong: list[tuple[int, str, str, str]] = []
    for index, entry in enumerate(data):
        faults = [*_faults(entry)]
        if faults:
            wrong += [(index, *fault) for fault in faults]
        else:
            records.append(_RECORD.validate_python(entry))
    times = Counter(record.id for record in records)
    for index, entry in enumerate(data):
        if isinstance(entry, dict) and times.get(str(entry.get("id")), 0) > 1:
            wrong.append((index, ".id", f"'{entry['id']}' stands more than once", ""))
    if wrong:
        places = _places(text)
        raise InputError(
            [
                Fault(message, f"{_named(index, data[index])}{field}", *places[index], hint=hint)
                for index, field, message, hint in wrong
            ],
            source=source,
        )
    return tuple(records)


def _faults(entry: Any) -> Iterator[tuple[str, str, str]]:
    """Field, message and hint of everything that is wrong with an entry of the list."""
    try:
        record = _RECORD.validate_python(entry, strict=False)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            field = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in detail["loc"])
            if detail["type"] == "missing":
                yield field, "is missing", ""
            elif detail["type"] == "literal_error":
                known = _words(str(detail["loc"][0]))
                yield (
                    field,
                    f"unknown word {show(detail['input'])}",
                    did_you_mean(str(detail["input"]), known),
                )
            else:
                message = detail["msg"][0].lower() + detail["msg"][1:]
                yield field, f"{message}, got {show(detail['input'])}", ""
        return
    if len(record.primaryMuscles) == 0:
        yield ".primaryMuscles", "needs a main muscle", ""
    for field, texts in ((".name", (record.name,)), (".instructions", record.instructions)):
        for text in texts:
            if odd := odd_character(text):
                yield field, odd.message, ""
    if not record.name.strip():
        yield ".name", "is empty", ""


def _words(field: str) -> tuple[str, ...]:
    """The words that a field may hold."""
    found: list[str] = []

    def walk(schema: Any) -> None:
        if isinstance(schema, dict):
            found.extend(schema.get("enum", ()))
            for part in schema.values():
                walk(part)
        elif isinstance(schema, list):
            for part in schema:
                walk(part)

    walk(Record.model_json_schema()["properties"][field])
    return tuple(found)


def _named(index: int, entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return f"[{index}] ({name})" if isinstance(name, str) and name.strip() else f"[{index}]"


def _places(text: str) -> list[Position]:
    """Line and column of every entry of the list: looked up only where something is wrong."""
    decoder, lines = json.JSONDecoder(), Lines(text)
    places: list[Position] = []
    at = text.index("[") + 1
    while True:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        if text[at] == "]":
            return places
        places.append(lines.at(at))
        _, at = decoder.raw_decode(text, at)
