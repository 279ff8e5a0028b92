"""Quantities as a person writes them: a number with its unit, or a weekday, or a time of day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from legengine.domain.vocabulary import WEEKDAYS, Weekday, did_you_mean

POUND_KG: Final = 0.45359237
"""Kilograms in an international avoirdupois pound, exact by definition."""

INCH_CM: Final = 2.54
"""Centimetres in an international inch, exact by definition."""

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_MASS = re.compile(rf"^{_NUMBER}\s*(kg|lb|lbs)$", re.IGNORECASE)
_LENGTH = re.compile(rf"^{_NUMBER}\s*(cm|m|in)$", re.IGNORECASE)
_FEET = re.compile(rf"^(\d+)\s*ft\s*{_NUMBER}\s*in$", re.IGNORECASE)
_TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def parse_mass(value: Any) -> Any:
    """Turn ``"68 kg"`` or ``"150 lb"`` into kilograms; a bare number has no unit and is refused."""
    if isinstance(value, str):
        if match := _MASS.match(value.strip()):
            number = _decimal(match[1])
            return round(number * POUND_KG, 2) if match[2].lower().startswith("lb") else number
        raise ValueError("expected a number with its unit, such as '68 kg' or '150 lb'")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError(f"a mass needs its unit: write '{value} kg' or '{value} lb'")
    raise ValueError("expected a mass such as '68 kg' or '150 lb'")


def parse_length(value: Any) -> Any:
    """Turn ``"170 cm"``, ``"67 in"`` or ``"5 ft 7 in"`` into centimetres."""
    if isinstance(value, str):
        text = value.strip()
        if match := _LENGTH.match(text):
            factor = {"cm": 1.0, "m": 100.0, "in": INCH_CM}[match[2].lower()]
            return round(_decimal(match[1]) * factor, 1)
        if match := _FEET.match(text):
            return round((int(match[1]) * 12 + _decimal(match[2])) * INCH_CM, 1)
        raise ValueError("expected a length such as '170 cm', '67 in' or '5 ft 7 in'")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise ValueError(f"a length needs its unit: write '{value} cm' or '{value} in'")
    raise ValueError("expected a length such as '170 cm' or '67 in'")


def parse_time(value: Any) -> Any:
    """Turn ``"18:00"`` into a time of day."""
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and (match := _TIME.match(value.strip())):
        return dt.time(int(match[1]), int(match[2]))
    raise ValueError("expected a time of day such as '18:00'")


def parse_weekday(value: Any) -> Any:
    """Turn ``"mon"`` or ``"Monday"`` into ``"monday"``."""
    if isinstance(value, str) and len(value.strip()) >= 3:
        word = value.strip().lower()
        for day in WEEKDAYS:
            if day.startswith(word):
                return day
    raise ValueError(f"unknown weekday {value!r}: {did_you_mean(str(value), WEEKDAYS)}")


Mass = Annotated[
    float,
    BeforeValidator(parse_mass),
    PlainSerializer(lambda kilograms: f"{kilograms:g} kg", when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["68 kg", "150 lb"]}),
]
"""Kilograms; read from a string with its unit."""

Length = Annotated[
    float,
    BeforeValidator(parse_length),
    PlainSerializer(lambda centimetres: f"{centimetres:g} cm", when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["170 cm", "67 in", "5 ft 7 in"]}),
]
"""Centimetres; read from a string with its unit."""

TimeOfDay = Annotated[
    dt.time,
    BeforeValidator(parse_time),
    PlainSerializer(lambda time: time.strftime("%H:%M"), when_used="json"),
    WithJsonSchema({"type": "string", "pattern": _TIME.pattern, "examples": ["18:00"]}),
]
"""A local time of day, read from ``"18:00"``."""

Day = Annotated[
    Weekday,
    BeforeValidator(parse_weekday),
    WithJsonSchema({"type": "string", "enum": list(WEEKDAYS)}),
]
"""A weekday; three letters are enough."""
