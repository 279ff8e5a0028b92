"""Minutes of endurance work left in a week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.endurance import (
    RULE,
    asked_seconds,
    endurance_seconds_of,
    over_seconds,
)
from legengine.verify.facts import facts_of


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Every week whose sessions hold endurance work."""
    if problem.ramp is None:
        return
    facts = facts_of(problem, schedule)
    for week, sessions in facts.weeks:
        here = sum(map(endurance_seconds_of, sessions))
        if here:
            yield Margin(
                RULE,
                "minutes",
                "",
                f"week {week.number}",
                week.number,
                "endurance work",
                "in a week",
                (here + over_seconds(facts, week)) / 60,
                "at most",
                asked_seconds(week) // 60,
                "min",
            )
