"""Stretching: after work for the muscles that the session trained, and within its ceilings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.credit import CREDITING
from legengine.verify.facts import Session, Work, facts_of

RULE = "stretching"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every session, then every week."""
    row = problem.stretching
    if row is None:
        return
    facts = facts_of(problem, schedule)
    for session in facts.sessions:
        yield from _untrained(problem, session)
        for work in session.works:
            before = _held_before(work)
            if before > row.before_max_s:
                yield Violation(
                    RULE, work.where, f"at most {row.before_max_s} s before the work", f"{before} s"
                )
        for group, seconds in stretched_seconds(problem, session.works).items():
            if seconds > row.session_max_s:
                where, required = f"{session.slot.id} {group}", f"at most {row.session_max_s} s"
                yield Violation(RULE, where, required, f"{seconds} s")
    for week, sessions in facts.weeks:
        works = [work for session in sessions for work in session.works]
        for group, seconds in stretched_seconds(problem, works).items():
            if seconds > row.week_max_s:
                where, required = f"week {week.number} {group}", f"at most {row.week_max_s} s"
                yield Violation(RULE, where, required, f"{seconds} s")


def _untrained(problem: Problem, session: Session) -> Iterator[Violation]:
    """Stretches of a training session for muscles that it doesn't train and that aren't tight."""
    if session.easy:
        return
    trained = {
        problem.muscle_groups[muscle]
        for work in session.works
        if work.exercise.block in CREDITING
        for muscle in (*work.exercise.primary, *work.exercise.secondary)
    }
    for work in session.works:
        groups = _groups(problem, work.exercise)
        if groups and groups.isdisjoint(trained | problem.tight):
            muscles = " or ".join(sorted(groups)).replace("_", " ")
            required = f"work for the {muscles} in the session"
            yield Violation(RULE, work.where, required, "none")


def _groups(problem: Problem, exercise: Exercise) -> set[str]:
    """What a static stretch is for; nothing where the exercise is none."""
    if (exercise.block, exercise.dose_kind) != ("cool_down", "hold"):
        return set()
    return {problem.muscle_groups[muscle] for muscle in exercise.primary}


def _held_before(work: Work) -> int:
    held = (work.exercise.block, work.exercise.dose_kind) == ("warm_up", "hold")
    return work.sets * work.dose.hold_s if held and work.dose is not None else 0


def stretched_seconds(problem: Problem, works: Iterable[Work]) -> dict[str, int]:
    """Seconds of static stretching of each muscle group, one side, sorted by group."""
    seconds: dict[str, int] = {}
    for work in works:
        if work.dose is None:
            continue
        for group in _groups(problem, work.exercise):
            seconds[group] = seconds.get(group, 0) + work.sets * work.dose.hold_s
    return dict(sorted(seconds.items()))
