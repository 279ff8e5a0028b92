"""Hours between neighbouring exposures of a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.rest_interval import RULE
from legengine.verify.facts import facts_of
from legengine.verify.margins.words import spoken, weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Every two neighbouring exposures of a group of which the later is in the phase."""
    facts = facts_of(problem, schedule)
    for group in problem.groups:
        hours = problem.rest_hours.get(group, 0)
        exposed: list[tuple[dt.datetime, int]] = [
            (past.start, 0) for past in problem.past.sessions if group in past.exposures
        ]
        exposed += [
            (session.slot.start, session.slot.week)
            for session in facts.sessions
            if group in facts.exposures(session)
        ]
        for (earlier, before), (later, week) in pairwise(sorted(exposed)):
            if before or week:
                yield Margin(
                    RULE,
                    "rest",
                    group,
                    f"{later.isoformat(timespec='minutes')} {group}",
                    week or before,
                    spoken(group),
                    f"from {weekday(earlier)} to {weekday(later)}",
                    (later - earlier).total_seconds() / 3600,
                    "at least",
                    hours,
                    "h",
                )
