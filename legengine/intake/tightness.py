"""Muscles that test tight, and what a session has to hold for them."""

from __future__ import annotations

from typing import Final

from legengine.domain.problem import Problem
from legengine.domain.profile import Profile
from legengine.domain.protocol import CoverageRow
from legengine.reckoning.eligibility import open_but_for_place, usable_alternatives

KNEE_TO_WALL_CM: Final = 9
KNEE_TO_WALL_SIDES_CM: Final = 2
"""Below the first, or with such a difference between the sides, an ankle is stiff [m:MOB]."""

WISH_PRIORITY: Final = 5


def tight_groups(profile: Profile) -> frozenset[str]:
    """The muscle groups that a test shows to be tight."""
    reach = profile.assessments.knee_to_wall_cm
    if reach is None:
        return frozenset()
    short = min(reach.left, reach.right) < KNEE_TO_WALL_CM
    uneven = abs(reach.left - reach.right) >= KNEE_TO_WALL_SIDES_CM
    return frozenset({"calves"}) if short or uneven else frozenset()


def rows_for_tight(problem: Problem) -> tuple[CoverageRow, ...]:
    """The phase's exercise for each tight group in every training session.

    A rule where the exercise is open at every place, a wish where only some have what it needs.
    """
    row = problem.stretching
    if row is None:
        return ()
    rows = []
    for group in sorted(problem.tight & row.for_tight.keys()):
        exercise = problem.exercises.get(row.for_tight[group])
        if exercise is None or not open_but_for_place(problem, exercise):
            continue
        places = {slot.place for slot in problem.slots}
        there = [place for place in places if usable_alternatives(problem, exercise, place)]
        if there:
            rows.append(
                CoverageRow(
                    id=f"tight_{group}",
                    summary=f"{exercise.name} in each session, because the {group} test tight",
                    per="session",
                    exercises=(exercise.id,),
                    at_least=1,
                    required=len(there) == len(places),
                    priority=WISH_PRIORITY,
                    sources=row.sources,
                )
            )
    return tuple(rows)
