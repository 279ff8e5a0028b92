"""Items of a session."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin, Side
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.structure import RULE, WORK_BLOCKS
from legengine.verify.facts import facts_of
from legengine.verify.margins.words import weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """The work of every session, and all that it holds."""
    row = problem.structure
    fewest, most = row.work_items
    for session in facts_of(problem, schedule).sessions:
        where, week, day = session.slot.id, session.slot.week, f"on {weekday(session.slot.start)}"
        work = sum(work.exercise.block in WORK_BLOCKS for work in session.works)
        limits: tuple[tuple[str, str, int, Side, int], ...] = (
            ("work_min", "main exercises", work, "at least", fewest),
            ("work_max", "main exercises", work, "at most", most),
            ("items_max", "exercises", len(session.works), "at most", row.items_max),
        )
        for clause, who, found, side, limit in limits:
            yield Margin(RULE, clause, "", where, week, who, day, found, side, limit, "")
