"""Contraindication: no exercise that a condition or restriction closes, in no week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.exercise import Condition, Exercise
from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.alternatives import acceptable, at_place, in_phase, refusals, shown
from legengine.verify.dose_rows import Asked, dose_limits, session_limits
from legengine.verify.facts import Facts, Work, facts_of, trained
from legengine.verify.limits import Limit, body_limits, effort_limits, restriction_limits
from legengine.verify.standing import held
from legengine.verify.unvetted import unvetted_limits

RULE = "contraindication"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every item against every condition and restriction."""
    closed: dict[tuple[str, str], tuple[Limit, ...]] = {}
    facts = facts_of(problem, schedule)
    for work in facts.works:
        exercise, place = work.exercise, work.slot.place
        if (exercise.id, place) not in closed:
            closed[exercise.id, place] = tuple(_closed(problem, exercise, place))
        for limit in (*closed[exercise.id, place], *_effort(problem, work)):
            yield Violation(RULE, work.where, limit.required, limit.found)
    yield from _week(facts)


def _week(facts: Facts) -> Iterator[Violation]:
    """Training sessions a week and hours between exposures, by the dose rows of the conditions."""
    problem = facts.problem
    most, gap = session_limits(problem.eligibility)
    for week, sessions in facts.weeks:
        number = len(trained(sessions)) + sum(not past.easy for past in facts.over(week))
        if most is not None and sessions and number > most:
            where = f"week {week.number}"
            yield Violation(RULE, where, f"at most {most} sessions (condition)", str(number))
    for group, hours in sorted(problem.rest_hours.items()):
        if gap is not None and hours < gap:
            yield Violation(RULE, group, f"{gap} h between exposures (condition)", f"{hours} h")


def _closed(problem: Problem, exercise: Exercise, place: str) -> Iterator[Limit]:
    """What closes an exercise at a place, whatever its dose."""
    eligibility = problem.eligibility
    yield from restriction_limits(exercise, eligibility, problem.muscle_groups)
    for condition in held(eligibility):
        for limit in body_limits(condition, exercise, eligibility.pain):
            yield _under(condition, limit)
    yield from unvetted_limits(exercise, problem)
    yield from _alternatives(problem, exercise, place)


def _effort(problem: Problem, work: Work) -> Iterator[Limit]:
    """What the dose of the week asks too much of."""
    if work.dose is None:
        return
    for condition in held(problem.eligibility):
        for limit in effort_limits(condition, work.exercise, work.dose):
            yield _under(condition, limit)
    dose = work.dose
    asked = Asked(
        sets=work.sets,
        reps=(dose.reps_min, dose.reps) if work.exercise.dose_kind == "repetitions" else None,
        rest_s=dose.rest_s,
        rir=dose.rir,
        rpe=dose.rpe,
        percent=dose.percent_1rm[1] if dose.percent_1rm else None,
    )
    yield from dose_limits(work.exercise, problem.eligibility, asked)


def _under(condition: Condition, limit: Limit) -> Limit:
    return Limit(f"{limit.required} ({condition.id})", limit.found)


def _alternatives(problem: Problem, exercise: Exercise, place: str) -> Iterator[Limit]:
    """One alternative has to be acceptable to all conditions at once.

    Where place or phase leave none, their own rules say so, and this one looks at what there is.
    """
    eligibility, conditions = problem.eligibility, held(problem.eligibility)
    there = at_place(exercise, problem.places[place]) or exercise.equipment
    left = in_phase(exercise, there, eligibility) or there
    if acceptable(exercise, left, conditions):
        return
    found = "; ".join(
        f"{shown(alternative)}: " + ", ".join(refusals(exercise, alternative, conditions))
        for alternative in left
    )
    yield Limit("an alternative acceptable to all conditions", found)
