"""Wishes that are rules: nothing that is never wanted, everything that is always wanted."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.facts import facts_of

RULE = "wishes"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every item that is never wanted, every week without what is always wanted."""
    facts = facts_of(problem, schedule)
    never = problem.eligibility.never
    for work in facts.works:
        for word in sorted({work.exercise.id, work.exercise.pattern} & never):
            yield Violation(RULE, work.where, f"never {word}", work.exercise.id)
    wanted = wanted_words(problem)
    for week, sessions in facts.weeks:
        if week.reduced:
            continue
        held = [work.exercise for session in sessions for work in session.works]
        there = {exercise.id for exercise in held} | {exercise.pattern for exercise in held}
        for word in wanted:
            if word not in there:
                yield Violation(RULE, f"week {week.number}", f"always {word}", "not there")


def wanted_words(problem: Problem) -> list[str]:
    """What the person always wants, as far as the phase is open for it."""
    return [word for word in problem.eligibility.always if _open(problem, word)]


def _open(problem: Problem, word: str) -> bool:
    """Whether the phase is open for what is wanted; it is for every pattern."""
    exercise = problem.exercises.get(word)
    return exercise is None or not set(exercise.phases).isdisjoint(problem.eligibility.phases)
