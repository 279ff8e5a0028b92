"""Reads records from JSON files; what is wrong is told with the file, the entry and the field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read(file: Path | Traversable, name: str, kind: type[T], faults: list[Fault]) -> T | None:
    """Validate a file; on failure add its faults, with ``name`` in front, and return nothing."""
    try:
        content = file.read_bytes()
    except OSError as error:
        faults.append(Fault(f"can't be read: {error.strerror or error}", name))
        return None
    try:
        model: Any = kind
        result: T = _adapter(model).validate_json(content)
    except ValidationError as error:
        faults += _told(error, content, name, kind)
        return None
    return result


_JSON_PLACE = re.compile(r" at line (\d+) column (\d+)$")


def _told(error: ValidationError, content: bytes, name: str, kind: Any) -> Iterator[Fault]:
    """Pydantic's errors in plain words, with the entry that they are about."""
    details = error.errors(include_url=False, include_input=True)
    if details[0]["type"] == "json_invalid":
        message = "not valid JSON: " + str(details[0].get("ctx", {}).get("error", ""))
        place = _JSON_PLACE.search(message)
        if place and not name:
            yield Fault(message[: place.start()], "", int(place[1]), int(place[2]))
        else:
            yield Fault(message, name)
        return
    import json

    data = json.loads(content)
    for detail in details:
        message, location = detail["msg"].removeprefix("Value error, "), detail["loc"]
        hint = ""
        if detail["type"] == "extra_forbidden":
            message = "unknown field"
            hint = did_you_mean(str(location[-1]), _fields(kind, location[:-1]))
        elif detail["type"] != "missing" and not isinstance(detail["input"], (dict, list)):
            hint = f"got {detail['input']!r:.60}"
        yield Fault(message, _place(name, location, data), hint=hint)


def _place(name: str, location: Sequence[int | str], data: Any) -> str:
    """``exercises/squat.json[3] (goblet_squat).level``."""
    text = name
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
            data = data[part] if isinstance(data, list) and part < len(data) else None
            if isinstance(data, dict) and isinstance(data.get("id"), str):
                text += f" ({data['id']})"
        else:
            text += f".{part}" if text else part
            data = data.get(part) if isinstance(data, dict) else None
    return text


def _fields(kind: Any, location: Sequence[int | str]) -> list[str]:
    """The fields of the record at a place."""
    for part in location:
        inner = [argument for argument in get_args(kind) if argument not in (..., NoneType)]
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            info = kind.model_fields.get(str(part))
            kind = info.annotation if info else None
            if len(inside := [arg for arg in get_args(kind) if arg is not NoneType]) == 1:
                kind = inside[0]
        else:
            kind = inner[-1] if inner else None
    is_record = isinstance(kind, type) and issubclass(kind, BaseModel)
    return list(kind.model_fields) if is_record else []


__all__ = ["read"]
