"""Level "preference": endurance minutes that the sessions of a week leave to other days."""

from __future__ import annotations

from math import gcd

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.hooks.contracts import ModelBuilder
from legengine.solve.constraints.endurance import seconds, seconds_left

HALF_WEIGHT = 2


def post_missing(builder: ModelBuilder, problem: Problem) -> None:
    """Penalise each half of a session's minutes that the sessions of a week don't hold."""
    if problem.ramp is None:
        return
    for week in problem.weeks:
        half = 30 * week.endurance[1]
        left = seconds_left(problem, week)
        terms = seconds(builder, problem, week)
        if week.reduced or not half or left <= 0:
            continue
        unit = gcd(half, *(factor for _, factor in terms))
        shared = [(column, factor // unit) for column, factor in terms]
        asked, step = -(-left // unit), half // unit
        # Weeks that differ in their minutes only give the same row and share the column.
        most = -(-asked // step)
        missing = builder.number(f"endurance missing {shared} {asked} {step}", 0, most)
        builder.require(None, [*shared, (missing, step)], low=asked)
        label = Label.of("endurance_missing", week=week.number)
        builder.penalise(label, [(missing, HALF_WEIGHT)], "preference")
