"""Minutes left in a session."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.time import RULE
from legengine.verify.facts import facts_of
from legengine.verify.margins.words import weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Every session, with the doses of its week."""
    facts = facts_of(problem, schedule)
    for session in facts.sessions:
        slot = session.slot
        yield Margin(
            RULE,
            "minutes",
            "",
            slot.id,
            slot.week,
            "time",
            f"on {weekday(slot.start)}",
            facts.seconds(session) / 60,
            "at most",
            slot.minutes,
            "min",
        )
