"""How long an exercise takes, as a fixed part and a part for each set."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose

DISTANCE_SET_S: Final = 30
"""Seconds of one set over a distance (evidence 3.1, time model)."""

WARMUP_SET_S: Final = 45
"""Seconds added to half the work of a set for each warm-up set (evidence 3.1)."""


@dataclass(frozen=True, slots=True)
class ItemTime:
    """Seconds of an item: ``fixed + sets x each + extra x one_side``."""

    fixed: int
    each: int
    one_side: int = 0
    """A set of one side alone with its rest."""

    def seconds(self, sets: int, extra: int = 0) -> int:
        """The whole item."""
        return self.fixed + sets * self.each + extra * self.one_side


def work_seconds(exercise: Exercise, dose: Dose) -> int:
    """Seconds of work in one set, both sides included."""
    if exercise.dose_kind == "duration":
        return dose.unit_s
    if exercise.dose_kind == "hold":
        one_side = dose.hold_s
    elif exercise.dose_kind == "distance":
        one_side = DISTANCE_SET_S
    else:
        one_side = ceil(dose.reps * exercise.seconds_per_rep)
    return one_side * 2 if exercise.laterality == "each" else one_side


def item_time(exercise: Exercise, dose: Dose) -> ItemTime:
    """The time of an item as a line in the number of sets."""
    work = work_seconds(exercise, dose)
    if exercise.dose_kind == "duration":
        return ItemTime(fixed=exercise.setup_seconds, each=work)
    warm_up = dose.warmup_sets * (work // 2 + WARMUP_SET_S)
    return ItemTime(
        fixed=exercise.setup_seconds + warm_up - dose.rest_s,
        each=work + dose.rest_s,
        one_side=work // 2 + dose.rest_s if exercise.laterality == "each" else 0,
    )
