"""A fact for a person, in the words of a results file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from legengine.intake.results import GRADES

MEASURED: Final[Mapping[str, str]] = {
    "chair_stand_norm_share": "chair_stand_30s",
    "heel_raise_norm_share": "heel_raise",
}
"""A share of a norm to what was counted."""

YES_OR_NO: Final[Mapping[str, tuple[str, str]]] = {
    "pain_settled": ("raised the next morning", "usual the next morning"),
    "technique": ("technique not passed", "technique passed"),
    "top_of_range": ("highest repetitions not reached", "highest repetitions reached"),
    "loads_found": ("loads missing", "loads found"),
    "goal_met": ("not met", "met"),
    "contacts_kept": ("above the budget", "within the budget"),
    "foundation_exit": ("not passed", "passed"),
    "strength_exit": ("not passed", "passed"),
}
"""A fact that is 0 or 1, in words."""

UNITS: Final[tuple[tuple[str, str], ...]] = (
    ("_s", " s"),
    ("_percent", " %"),
    ("_symmetry", " %"),
    ("_weeks", " weeks"),
    ("_days", " days"),
    ("_since_last_session", " days"),
    ("_during", " of 10"),
    ("_done", " sessions"),
    ("_of_body_mass", " times body mass"),
)
"""End of a fact's name to its unit."""


def found_text(fact: str, facts: Mapping[str, float]) -> str:
    """The value of a fact, with its unit."""
    value = facts[fact]
    if fact in YES_OR_NO:
        return YES_OR_NO[fact][int(value >= 1)]
    if fact == "effusion_grade":
        return next(word for word, grade in GRADES.items() if grade == value)
    if fact == "chair_stand_change":
        return f"{value:+g} stands"
    if fact in MEASURED and MEASURED[fact] in facts:
        return f"{facts[MEASURED[fact]]:g}"
    unit = next((unit for end, unit in UNITS if fact.endswith(end)), "")
    one = value == 1 and unit in (" weeks", " days", " sessions")
    return f"{value:g}{unit[:-1] if one else unit}"
