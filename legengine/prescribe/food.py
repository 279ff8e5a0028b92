"""Which foods are named to a person, and how a day's protein is spread over meals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from legengine.domain.nutrition import Nutrition

LEAST_MEAL: Final = 0.4
"""Grams per kg and meal, at least: seed row S109, [m:PMEALb]."""


def foods(said: Nutrition, table: Mapping[str, Any], kind: str) -> str:
    """The foods of a kind that fit the diet, as a person lists them; empty where none does.

    A food that is left out only in a part may have another name for the rest, such as dairy
    without lactose.
    """
    left_out = {*table["diets"][said.diet], *said.avoid}
    names = [_name(food, left_out) for food in table["foods"][kind]]
    return _listing([name for name in names if name])


def _name(food: Mapping[str, Any], left_out: set[str]) -> str:
    touched = [word for word in food.get("is", ()) if word in left_out]
    if not touched:
        name: str = food["name"]
        return name
    others: Mapping[str, str] = food.get("without", {})
    renamed = [others[word] for word in touched if word in others]
    return renamed[0] if len(renamed) == len(touched) else ""


def _listing(names: Sequence[str]) -> str:
    *most, last = names or [""]
    return f"{', '.join(most)} and {last}" if most else last


def per_meal(per_day: tuple[float, float], meals: int) -> tuple[float, float]:
    """Grams per kg and meal that make the day's grams per kg, none below the least of a meal."""
    low, high = (max(LEAST_MEAL, amount / meals) for amount in per_day)
    return low, high
