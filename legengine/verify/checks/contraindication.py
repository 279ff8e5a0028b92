"""Contraindication: no exercise that a condition or restriction closes, in no week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.exercise import Condition, Exercise
from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.alternatives import acceptable, at_place, in_phase, refusals, shown
from legengine.verify.facts import Work, facts_of
from legengine.verify.limits import Limit, body_limits, effort_limits, restriction_limits

RULE = "contraindication"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every item against every condition and restriction."""
    closed: dict[tuple[str, str], tuple[Limit, ...]] = {}
    for work in facts_of(problem, schedule).works:
        exercise, place = work.exercise, work.slot.place
        if (exercise.id, place) not in closed:
            closed[exercise.id, place] = tuple(_closed(problem, exercise, place))
        for limit in (*closed[exercise.id, place], *_effort(problem, work)):
            yield Violation(RULE, work.where, limit.required, limit.found)


def _closed(problem: Problem, exercise: Exercise, place: str) -> Iterator[Limit]:
    """What closes an exercise at a place, whatever its dose."""
    eligibility = problem.eligibility
    yield from restriction_limits(exercise, eligibility, problem.muscle_groups)
    for condition in eligibility.conditions:
        for limit in body_limits(condition, exercise, eligibility.pain):
            yield _under(condition, limit)
    yield from _alternatives(problem, exercise, place)


def _effort(problem: Problem, work: Work) -> Iterator[Limit]:
    """What the dose of the week asks too much of."""
    if work.dose is None:
        return
    for condition in problem.eligibility.conditions:
        for limit in effort_limits(condition, work.exercise, work.dose):
            yield _under(condition, limit)


def _under(condition: Condition, limit: Limit) -> Limit:
    return Limit(f"{limit.required} ({condition.id})", limit.found)


def _alternatives(problem: Problem, exercise: Exercise, place: str) -> Iterator[Limit]:
    """One alternative has to be acceptable to all conditions at once.

    Where place or phase leave none, their own rules say so, and this one looks at what there is.
    """
    eligibility = problem.eligibility
    there = at_place(exercise, problem.places[place]) or exercise.equipment
    left = in_phase(exercise, there, eligibility) or there
    if acceptable(exercise, left, eligibility.conditions):
        return
    found = "; ".join(
        f"{shown(alternative)}: "
        + ", ".join(refusals(exercise, alternative, eligibility.conditions))
        for alternative in left
    )
    yield Limit("an alternative acceptable to all conditions", found)
