"""Time: a session fits its slot with the doses of its week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.facts import facts_of

RULE = "time"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every session."""
    facts = facts_of(problem, schedule)
    for session in facts.sessions:
        seconds = facts.seconds(session)
        if seconds > 60 * session.slot.minutes:
            required = f"at most {session.slot.minutes} min"
            yield Violation(RULE, session.slot.id, required, minutes_text(seconds))


def minutes_text(seconds: int) -> str:
    """``30 min 1 s``."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
