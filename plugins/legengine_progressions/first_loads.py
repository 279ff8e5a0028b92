"""The first load of someone of whom no test is known: half of a cautious guess, then a trial.

The guesses are shares of body mass by exercise family (``evidence.md`` 4.14, all D).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from legengine.domain.exercise import Exercise
from legengine_progressions.loads import choose_down

SHARE_OF_GUESS: Final = 0.5
"""Start with half of what people of this mass usually handle (D)."""

TRIAL_REPS: Final = 10
TRIAL_RIR: Final = (3, 4)
"""A trial set of ten should leave three to four repetitions (D)."""

_FREE: Final = ("dumbbell", "kettlebell")


@dataclass(frozen=True, slots=True)
class Family:
    """What people usually handle, as a share of body mass, for patterns done with an item."""

    patterns: tuple[str, ...]
    items: tuple[str, ...]
    low: float
    high: float

    def holds(self, exercise: Exercise, item: str) -> bool:
        """Whether the exercise with this item belongs to the family."""
        return exercise.pattern in self.patterns and any(word in item for word in self.items)


FAMILIES: Final = (
    Family(("squat", "lunge"), _FREE, 0.10, 0.15),
    Family(("squat",), ("leg_press",), 0.50, 0.75),
    Family(("hinge",), _FREE, 0.15, 0.20),
    Family(("plantarflexion",), ("machine",), 0.25, 0.25),
)
"""Goblet squat, leg press, Romanian deadlift with dumbbells, calf machine (D)."""


def usual_range(exercise: Exercise, item: str, body_mass_kg: float) -> tuple[float, float] | None:
    """What people of this mass usually handle; on a machine one leg takes half (D)."""
    for family in FAMILIES:
        if family.holds(exercise, item):
            legs = 0.5 if exercise.laterality == "each" and "machine" in item else 1.0
            return family.low * body_mass_kg * legs, family.high * body_mass_kg * legs
    return None


def first_load(
    exercise: Exercise, item: str, body_mass_kg: float | None, loads: Sequence[float]
) -> float | None:
    """Half of the guess, rounded down; the lightest load where it is still below the guess.

    ``None`` where no guess exists or even the lightest load is too much to begin with.
    """
    usual = usual_range(exercise, item, body_mass_kg) if body_mass_kg else None
    if usual is None:
        return None
    half = choose_down(loads, SHARE_OF_GUESS * (usual[0] + usual[1]) / 2)
    if half is not None:
        return half
    return choose_down(loads[:1], usual[0])
