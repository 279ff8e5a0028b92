"""Numbers and masses as they are shown: the decimal sign of a language, kilograms or pounds.

A mass in pounds is shown with as many digits as somebody can load: whole pounds from 20 lb on,
one decimal below. A mass that is a half pound to within 0.02 lb keeps the half: that is how a
load that was given in pounds comes back as it was given.
"""

from __future__ import annotations

import re
from typing import Final

from legengine.language.speaking import marked, spoken_unit, tr

KG_PER_LB: Final = 0.45359237
"""The international avoirdupois pound of 1959, exactly."""

WHOLE_FROM_LB: Final = 20.0
_HALF_WITHIN_LB: Final = 0.02

_DECIMAL: Final = marked("1.5")
"""Translated as the same number with the language's decimal sign: ``1,5``."""

_MASS: Final = re.compile(
    r"(?<![\w.,/-])([+-]?)(\d+(?:[.,]\d+)?)(?:-(\d+(?:[.,]\d+)?))? kg(?![\w/])"
)


def local_number(text: str) -> str:
    """A number, or a range of numbers, with the decimal sign of the language: 2.5, 2,5."""
    return text.replace(".", tr(_DECIMAL)[1:-1])


def number(value: float, digits: int = 2) -> str:
    """A number without needless digits, as the language writes it: 3, 3.5, 12.25."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return local_number("0" if text == "-0" else text)


def pounds(kilograms: float) -> float:
    """A mass in pounds, in the steps in which it is shown."""
    exact = kilograms / KG_PER_LB
    half = round(exact * 2) / 2
    if abs(exact - half) <= _HALF_WITHIN_LB:
        return half
    return float(round(exact)) if abs(exact) >= WHOLE_FROM_LB else round(exact, 1)


def mass_number(kilograms: float) -> str:
    """A mass as a number in the unit that is spoken, without the unit."""
    return number(pounds(kilograms)) if spoken_unit() == "lb" else number(kilograms)


def mass(kilograms: float) -> str:
    """A mass with the unit that is spoken: 20 kg, 44 lb."""
    return f"{mass_number(kilograms)} {spoken_unit()}"


def masses_in(text: str) -> str:
    """A sentence with its kilograms told in the unit that is spoken."""
    if spoken_unit() == "kg" or " kg" not in text:
        return text
    return _MASS.sub(_told, text)


def _told(match: re.Match[str]) -> str:
    sign, low, high = match.groups()
    first = mass_number(float(low.replace(",", ".")))
    last = f"-{mass_number(float(high.replace(',', '.')))}" if high else ""
    return f"{sign}{first}{last} {spoken_unit()}"
