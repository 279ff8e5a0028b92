"""Level "endurance": minutes that the sessions of a week leave to other days."""

from __future__ import annotations

from math import gcd

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.hooks.contracts import ModelBuilder
from legengine.solve.constraints.endurance import seconds, seconds_left

PARTS = 2
"""Parts of a session's minutes that are counted."""


def post_missing(builder: ModelBuilder, problem: Problem) -> None:
    """Penalise each half of a session's minutes that the sessions of a week don't hold."""
    if problem.ramp is None:
        return
    for week in problem.weeks:
        half = 60 * week.endurance[1] // PARTS
        left = seconds_left(problem, week)
        if week.reduced or not half or left <= 0:
            continue
        terms = seconds(builder, problem, week)
        unit = gcd(half, *(factor for _, factor in terms))
        shared = [(column, factor // unit) for column, factor in terms]
        asked, step = -(-left // unit), half // unit
        # Weeks that differ in their minutes only give the same row and share the column. It is
        # never less than where every exercise that is open came with all its sets.
        reach = sum(
            factor * problem.dose(id, week.number).sets_max // unit
            for slot in builder.slots(week.number)
            for id in builder.exercises(slot.id)
            if problem.exercises[id].block == "endurance"
            for factor in (problem.dose(id, week.number).unit_s,)
        )
        least = max(-(-(asked - reach) // step), 0)
        missing = builder.number(
            f"endurance missing {shared} {asked} {step}", least, -(-asked // step)
        )
        builder.require(None, [*shared, (missing, step)], low=asked)
        label = Label.of("endurance_missing", week=week.number)
        builder.penalise(label, [(missing, 1)], "endurance")
