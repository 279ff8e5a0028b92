"""Seconds of stretching against their ceilings."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.stretching import RULE, stretched_seconds
from legengine.verify.facts import facts_of
from legengine.verify.margins.words import spoken, weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Every muscle group that is stretched, in its sessions and weeks."""
    row = problem.stretching
    if row is None:
        return
    facts = facts_of(problem, schedule)
    for week, sessions in facts.weeks:
        places = [
            (f"{session.slot.id} ", f"stretched on {weekday(session.slot.start)}", session.works)
            for session in sessions
        ]
        every = tuple(work for session in sessions for work in session.works)
        for where, when, works in places:
            for group, seconds in stretched_seconds(problem, works).items():
                yield Margin(
                    RULE, "session", group, where + group, week.number, spoken(group), when,
                    seconds, "at most", row.session_max_s, "s",
                )  # fmt: skip
        for group, seconds in stretched_seconds(problem, every).items():
            yield Margin(
                RULE, "week", group, f"week {week.number} {group}", week.number, spoken(group),
                "stretched in a week", seconds, "at most", row.week_max_s, "s",
            )  # fmt: skip
