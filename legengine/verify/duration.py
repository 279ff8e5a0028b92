"""How long an item and a session take, in seconds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose
from legengine.domain.protocol import StructureRow

DISTANCE_S: Final = 30
"""Seconds of work in one set over a distance."""

WARMUP_SET_S: Final = 45
"""Seconds of a warm-up set besides half of the work of a set."""


def set_work(exercise: Exercise, *, reps: int, hold_s: int) -> int:
    """Seconds of work in one set, both sides together."""
    if exercise.dose_kind == "hold":
        work = hold_s
    elif exercise.dose_kind == "distance":
        work = DISTANCE_S
    else:
        work = math.ceil(reps * exercise.seconds_per_rep)
    return work * 2 if exercise.laterality == "each" else work


def item_seconds(
    exercise: Exercise, sets: int, work: int, rest_s: int, warmup_sets: int, extra: int = 0
) -> int:
    """Seconds of an item in sets with rests between them; ``extra`` sets are of one side alone."""
    return (
        exercise.setup_seconds
        + sets * work
        + (sets - 1) * rest_s
        + extra * (work // 2 + rest_s)
        + warmup_sets * (work // 2 + WARMUP_SET_S)
    )


def endurance_seconds(exercise: Exercise, seconds: int) -> int:
    """Seconds of an item of continuous work."""
    return exercise.setup_seconds + seconds


def planned_seconds(exercise: Exercise, dose: Dose, sets: int, extra: int = 0) -> int:
    """Seconds of an item at the upper end of a dose."""
    if exercise.dose_kind == "duration":
        return endurance_seconds(exercise, sets * dose.unit_s)
    work = set_work(exercise, reps=dose.reps, hold_s=dose.hold_s)
    return item_seconds(exercise, sets, work, dose.rest_s, dose.warmup_sets, extra)


def session_seconds(structure: StructureRow, items: Sequence[int]) -> int:
    """Seconds of a whole session from those of its items."""
    changes = max(0, len(items) - 1)
    return structure.warm_up_s + structure.cool_down_s + sum(items) + changes * structure.change_s
