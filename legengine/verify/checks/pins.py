"""Pins: the day has a session; it holds the exercise that is pinned, with the sets."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.facts import Facts

RULE = "pins"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every pin."""
    sessions = {session.day: session for session in Facts(problem, schedule).sessions}
    for pin in problem.pins:
        session = sessions.get(pin.date)
        if session is None:
            yield Violation(RULE, pin.date.isoformat(), "a session", "none")
            continue
        if not pin.exercise:
            if session.easy:
                where = pin.date.isoformat()
                yield Violation(RULE, where, "a training session", "an easy session")
            continue
        where = f"{session.slot.id} {pin.exercise}"
        sets = [work.sets for work in session.works if work.exercise.id == pin.exercise]
        if not sets:
            yield Violation(RULE, where, "in this session", "not there")
        elif pin.sets is not None and sum(sets) != pin.sets:
            yield Violation(RULE, where, f"{pin.sets} sets", str(sum(sets)))
