"""Reads a program file; what is wrong with it is told with its line."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import from_json

from legengine.domain.program import Program
from legengine.errors import Fault, InputError

MAX_BYTES: Final = 50_000_000
"""The largest file that is read; a year of training takes about a tenth of it."""

MAX_FAULTS: Final = 20
"""How many problems are told."""

JsonPath = tuple[int | str, ...]

_LEXEME: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],]|[^\s{}\[\]:,"]++')
_JSON_PLACE: Final = re.compile(r" at line (\d+) column (\d+)$")


def read_program(path: Path) -> Program:
    """Read a program from a JSON file, or from standard input for ``-``."""
    source = str(path)
    content = _bytes(path)
    try:
        data = from_json(content, allow_inf_nan=False)
    except ValueError as error:
        message = str(error)
        place = _JSON_PLACE.search(message)
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        text = message[: place.start()] if place else message
        hint = "a program is a JSON file, as 'generate -o program.json' writes"
        fault = Fault(f"not valid JSON: {text}", "", line, column, hint)
        raise InputError([fault], source=source) from None
    if wrong := _wrong_document(data):
        raise InputError(wrong, source=source)
    try:
        return Program.model_validate_json(content)
    except ValidationError as error:
        raise InputError(_faults(error, content.decode("utf-8")), source=source) from None


def _bytes(path: Path) -> bytes:
    source = str(path)
    try:
        if source == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                raise InputError("is a directory, not a file", source=source)
            if not stat.S_ISREG(status.st_mode):
                raise InputError("is not a regular file", source=source)
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("no such file", source=source) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"can't be read: {reason}", source=source) from None
    if len(content) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES // 1_000_000} MB", source=source)
    if not content.strip():
        raise InputError("the file is empty", source=source)
    return content


def _wrong_document(data: Any) -> str:
    """Say what a document is that is no program."""
    if not isinstance(data, Mapping):
        return "expected a program: a mapping (names with values) at the top level"
    kind = data.get("document")
    if kind == "referral":
        return "this is a referral, not a program: there is nothing to check"
    if kind is not None and kind != "program":
        return f"expected a program, and this document says that it is '{kind!s:.40}'"
    if kind is None and "person" in data and "phases" not in data:
        return "this is a profile, not a program; make one of it with 'legengine generate'"
    version = data.get("schema_version", 1)
    if version != 1 or isinstance(version, bool):
        return f"this legengine reads schema version 1, not {version!r:.40}"
    return ""


def _faults(error: ValidationError, text: str) -> list[Fault]:
    details = error.errors(include_url=False, include_input=False)
    faults = []
    places = _places(text, [detail["loc"] for detail in details[:MAX_FAULTS]])
    for detail in details[:MAX_FAULTS]:
        path = detail["loc"]
        offset = places.get(path)
        while offset is None and path:
            path = path[:-1]
            offset = places.get(path)
        line, column = _line(text, offset or 0)
        message = detail["msg"].removeprefix("Value error, ")
        if detail["type"] == "missing":
            message = "is missing"
        elif detail["type"] == "extra_forbidden":
            message = "unknown field"
        faults.append(Fault(message, _dotted(detail["loc"]), line, column))
    if len(details) > MAX_FAULTS:
        faults.append(Fault(f"and {len(details) - MAX_FAULTS} more problems"))
    return faults


def _dotted(path: Sequence[int | str]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _line(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def place_of(text: str, path: JsonPath) -> int | None:
    """Where a value stands in valid JSON; ``None``: nowhere."""
    return next((offset for found, offset in _values(text) if found == path), None)


def _places(text: str, paths: Sequence[JsonPath]) -> dict[JsonPath, int]:
    """Where the values of the paths stand in valid JSON, and the values around them."""
    wanted = {path[:length] for path in paths for length in range(len(path) + 1)}
    return {path: offset for path, offset in _values(text) if path in wanted}


def _values(text: str) -> Iterator[tuple[JsonPath, int]]:
    path: list[int | str] = []
    is_key: list[bool] = []  # for each open bracket: whether a mapping waits for a key
    in_list: list[bool] = []
    for match in _LEXEME.finditer(text):
        lexeme = match[0]
        if lexeme in "}]":
            path.pop()
            is_key.pop()
            in_list.pop()
        elif lexeme == ",":
            if in_list[-1]:
                index = path[-1]
                path[-1] = index + 1 if isinstance(index, int) else 0
            else:
                is_key[-1] = True
        elif is_key and is_key[-1]:
            path[-1] = from_json(lexeme)
            is_key[-1] = False
        else:
            yield tuple(path), match.start()
            if lexeme in "{[":
                path.append(0 if lexeme == "[" else "")
                is_key.append(lexeme == "{")
                in_list.append(lexeme == "[")


__all__ = ["place_of", "read_program"]
