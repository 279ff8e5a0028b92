"""What the conditions leave of an exercise and ask of a person, in words."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.exercise import Condition, Exercise, Widening
from legengine.domain.problem import Problem
from legengine.reckoning.eligibility import (
    Alternative,
    knee_cap_in_week,
    open_chain_range,
    range_caps,
)


def range_note(problem: Problem, exercise: Exercise, alternative: Alternative, week: int) -> str:
    """The range that is left, and how high a seat has to be."""
    parts = [*_angles(problem, exercise, week), *_arcs(problem, exercise)]
    return "; ".join([*parts, *_seats(problem, exercise, alternative)])


def _angles(problem: Problem, exercise: Exercise, week: int) -> Iterator[str]:
    for cap in range_caps(problem, exercise):
        yield f"{cap.joint} no further than {cap.degrees} degrees"
        wider = knee_cap_in_week(problem, exercise, week)
        if cap.joint == "knee" and wider > cap.degrees:
            most = min(each.pain_max for each in _widenings(problem))
            yield f"up to {wider} if pain was at most {most} of 10 in the last two sessions"


def _widenings(problem: Problem) -> list[Widening]:
    every = [condition.widening for condition in problem.eligibility.conditions]
    return [each for each in every if each is not None]


def _arcs(problem: Problem, exercise: Exercise) -> Iterator[str]:
    arcs = [
        arc
        for condition in problem.eligibility.conditions
        if (arc := open_chain_range(condition, exercise)) is not None
    ]
    if arcs:
        low, high = max(arc[1] for arc in arcs), min(arc[0] for arc in arcs)
        yield f"knee from {high} to {low} degrees only"


def _seats(problem: Problem, exercise: Exercise, alternative: Alternative) -> Iterator[str]:
    heights = [
        condition.seat_min_cm
        for condition in problem.eligibility.conditions
        if condition.seat_min_cm is not None
    ]
    if heights and (exercise.position == "seated" or "chair" in alternative):
        yield f"seat at least {max(heights)} cm high"


def condition_notes(problem: Problem) -> Iterator[str]:
    """One note for each condition that asks for more than a choice of exercises."""
    conditions = problem.eligibility.conditions
    for id in dict.fromkeys(condition.id for condition in conditions):
        alike = [condition for condition in conditions if condition.id == id]
        said = [condition.summary for condition in alike]
        said += [line for condition in alike for line in _asked(condition)]
        said += [line for condition in alike for line in _beside(problem, condition)]
        if len(said) > 1:
            yield " ".join(said)


def _beside(problem: Problem, condition: Condition) -> Iterator[str]:
    """Exercises that a condition asks for and that place or phase don't hold."""
    placed = {row.exercises for row in problem.coverage}
    for need in condition.weekly_at_least:
        if need.exercises and need.exercises not in placed:
            names = " or ".join(problem.exercises[id].name for id in need.exercises)
            yield f"Not in these sessions: {names}; do it beside them, as it was shown to you."


def _asked(condition: Condition) -> Iterator[str]:
    if condition.pain_limit is not None:
        yield f"Pain up to {condition.pain_limit.score} of 10 is acceptable while training."
    if (wider := condition.widening) is not None:
        yield (
            f"From week {wider.from_week} the bend may grow by {wider.degrees} degrees a week, "
            f"only while pain stays at {wider.pain_max} of 10 or less."
        )
    if condition.session_checks:
        yield "Before every session: " + " ".join(condition.session_checks)
    yield from condition.reminders
    if condition.until:
        yield condition.until
