"""The order of exercises inside a session."""

from __future__ import annotations

from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.vocabulary import BLOCKS

_LATE: Final = ("plantarflexion", "dorsiflexion")
"""Small muscles come last in their block (exercise order of evidence 3.1 [ACSM09])."""


def order_key(exercise: Exercise) -> tuple[int, int, int, str]:
    """Block first; then both legs before one leg, hinges after squats, calves last."""
    within = 0
    if exercise.block == "compound":
        within = 2 if exercise.pattern == "hinge" else int(exercise.laterality != "both")
    elif exercise.block == "isolation":
        within = 2 if exercise.pattern in _LATE else int(exercise.pattern != "hip_extension")
    return (BLOCKS.index(exercise.block), within, -exercise.level, exercise.id)
