"""The exercise that a pattern begins with, as a wish of the first phase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.problem import PlaceFacts
from legengine.domain.protocol import CoverageRow
from legengine.intake.patterns import spoken
from legengine.intake.phases import PhasePlan
from legengine.intake.placement import Start
from legengine.reckoning.eligibility import alternatives_at

PRIORITY: Final = 2
"""As strong as the wish for any other named exercise (D)."""


def beginnings(
    plan: PhasePlan,
    start: Start,
    exercises: Mapping[str, Exercise],
    places: Mapping[str, PlaceFacts],
) -> tuple[CoverageRow, ...]:
    """A row for each pattern of the first phase whose first exercise the phase and a place have."""
    starts = start.starts if plan.order == 0 else {}
    return tuple(
        CoverageRow(
            id=f"begin_{pattern}",
            summary=f"your tests point to this exercise for {spoken(pattern)}",
            per="week",
            exercises=(starts[pattern],),
            at_least=1,
            required=False,
            priority=PRIORITY,
            sources=("D",),
        )
        for pattern in sorted(starts)
        if (exercise := exercises.get(starts[pattern])) is not None
        and set(exercise.phases) & set(plan.phase.open_to)
        and any(alternatives_at(exercise, place) for place in places.values())
    )
