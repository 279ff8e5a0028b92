"""Endurance: the minutes in the sessions of a week stay within its place in the ramp."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.facts import Facts, Session, facts_of

RULE = "endurance"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every week of a phase with a ramp."""
    if problem.ramp is None:
        return
    facts = facts_of(problem, schedule)
    for week, sessions in facts.weeks:
        here = sum(map(endurance_seconds_of, sessions))
        total, most = here + over_seconds(facts, week), asked_seconds(week)
        if here and total > most:
            required = f"at most {most / 60:g} min of endurance"
            yield Violation(RULE, f"week {week.number}", required, f"{total / 60:g} min")


def endurance_seconds_of(session: Session) -> int:
    """Seconds of endurance work in a session."""
    return sum(
        work.sets * work.dose.unit_s
        for work in session.works
        if work.exercise.block == "endurance" and work.dose is not None
    )


def over_seconds(facts: Facts, week: Week) -> int:
    """Seconds of endurance work in the sessions of a week that are over."""
    return sum(past.endurance_s for past in facts.over(week))


def asked_seconds(week: Week) -> int:
    """Seconds of endurance work that a week asks for."""
    times, minutes = week.endurance
    return 60 * times * minutes
