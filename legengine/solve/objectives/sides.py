"""Level "wishes": as many sets more on the weak side as are allowed."""

from __future__ import annotations

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.hooks.contracts import ModelBuilder
from legengine.reckoning.sides import gives_extra_sets
from legengine.solve.constraints.sides import extras_of


def post_weak_side(builder: ModelBuilder, problem: Problem) -> None:
    """1 for each set more that a session of a build week could have, and has not."""
    asymmetry = problem.asymmetry
    if asymmetry is None or not gives_extra_sets(problem):
        return
    most = asymmetry.limits.extra_sets_session
    for number, weeks in builder.distinct_weeks():
        if problem.week(number).kind != "build":
            continue
        for slot in builder.slots(number):
            missing = builder.number(f"missing extras {slot.id}", 0, most)
            extras = [(extra, 1) for _, extra in extras_of(builder, slot.id)]
            used = builder.used(slot.id)
            builder.require(None, [*extras, (missing, 1), (used, -most)], low=0)
            builder.penalise(Label.of("weak_side"), [(missing, weeks)], "wishes")
