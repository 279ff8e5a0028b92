"""Rest interval: hours from the start of one exposure of a group to the start of its next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.facts import facts_of

RULE = "rest_interval"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every two neighbouring exposures of a group, those before the phase included."""
    facts = facts_of(problem, schedule)
    exposed = [(session.slot.start, facts.exposures(session)) for session in facts.sessions]
    for group in problem.groups:
        hours = problem.rest_hours.get(group, 0)
        before = [(past.start, False) for past in problem.past.sessions if group in past.exposures]
        inside = [(start, True) for start, groups in exposed if group in groups]
        for (earlier, mine), (later, ours) in pairwise(sorted(before + inside)):
            if (mine or ours) and later - earlier < dt.timedelta(hours=hours):
                yield violation(group, earlier, later, hours)


def violation(group: str, earlier: dt.datetime, later: dt.datetime, hours: int) -> Violation:
    """Two exposures that are too close."""
    return Violation(
        RULE,
        f"{later:%Y-%m-%dT%H:%M} {group}",
        f"{hours} h after {earlier:%Y-%m-%dT%H:%M}",
        hours_text(later - earlier),
    )


def hours_text(span: dt.timedelta) -> str:
    """``47 h 59 min``."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
