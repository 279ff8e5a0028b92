"""Contraindication: no exercise that a condition or restriction closes, in no week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.alternatives import acceptable, at_place, in_phase, refusals, shown
from legengine.verify.facts import Facts, Work
from legengine.verify.limits import body_limits, effort_limits, restriction_limits

RULE = "contraindication"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every item against every condition and restriction."""
    eligibility = problem.eligibility
    for work in Facts(problem, schedule).works:
        exercise = work.exercise
        for limit in restriction_limits(exercise, eligibility, problem.muscle_groups):
            yield Violation(RULE, work.where, limit.required, limit.found)
        for condition in eligibility.conditions:
            for limit in body_limits(condition, exercise, eligibility.pain):
                required = f"{limit.required} ({condition.id})"
                yield Violation(RULE, work.where, required, limit.found)
            if work.dose is not None:
                for limit in effort_limits(condition, exercise, work.dose):
                    required = f"{limit.required} ({condition.id})"
                    yield Violation(RULE, work.where, required, limit.found)
        yield from _alternatives(problem, work)


def _alternatives(problem: Problem, work: Work) -> Iterator[Violation]:
    """One alternative has to be acceptable to all conditions at once.

    Where place or phase leave none, their own rules say so, and this one looks at what there is.
    """
    exercise, eligibility = work.exercise, problem.eligibility
    there = at_place(exercise, problem.places[work.slot.place]) or exercise.equipment
    left = in_phase(exercise, there, eligibility) or there
    if acceptable(exercise, left, eligibility.conditions):
        return
    found = "; ".join(
        f"{shown(alternative)}: "
        + ", ".join(refusals(exercise, alternative, eligibility.conditions))
        for alternative in left
    )
    yield Violation(RULE, work.where, "an alternative acceptable to all conditions", found)
