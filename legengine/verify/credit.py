"""Effective sets: the credit, in eighths, that a set gives to muscle groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose

EIGHTHS: Final = 8
"""Eighths in one effective set."""

PRIMARY: Final = 8
SECONDARY: Final = 4

CREDITING: Final = frozenset({"power", "compound", "isolation"})
"""The blocks whose sets count as work for a muscle."""


def easy(dose: Dose) -> bool:
    """Whether the middle of the effort asked for is too low to count in full."""
    if dose.rir is not None:
        return (dose.rir[0] + dose.rir[1]) / 2 > 4
    if dose.rpe is not None:
        return (dose.rpe[0] + dose.rpe[1]) / 2 < 6
    return False


def credit_of_set(
    exercise: Exercise, dose: Dose, muscle_groups: Mapping[str, str]
) -> dict[str, int]:
    """Eighths that one set gives to each group, by the group's best member."""
    if exercise.block not in CREDITING:
        return {}
    parts = 1
    if easy(dose):
        parts *= 2
    if exercise.dose_kind == "hold":
        parts *= 2
    credit: dict[str, int] = {}
    for muscles, full in ((exercise.secondary, SECONDARY), (exercise.primary, PRIMARY)):
        for muscle in muscles:
            if muscle in muscle_groups:
                credit[muscle_groups[muscle]] = full // parts
    return credit


def sets_text(eighths: int) -> str:
    """Eighths as a person reads them: ``6.5 sets``."""
    return f"{eighths / EIGHTHS:g} sets"
