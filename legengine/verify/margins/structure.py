"""Items of a session."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin, Side
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.structure import EASY_FOCUS, RULE, WORK_BLOCKS
from legengine.verify.facts import Session, facts_of
from legengine.verify.margins.words import weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """The work of every session, and all that it holds."""
    row = problem.structure
    fewest, most = row.work_items
    for session in facts_of(problem, schedule).sessions:
        if session.easy:
            yield from _easy(problem, session)
            continue
        where, week, day = session.slot.id, session.slot.week, f"on {weekday(session.slot.start)}"
        work = sum(work.exercise.block in WORK_BLOCKS for work in session.works)
        limits: tuple[tuple[str, str, int, Side, int], ...] = (
            ("work_min", "main exercises", work, "at least", fewest),
            ("work_max", "main exercises", work, "at most", most),
            ("items_max", "exercises", len(session.works), "at most", row.items_max),
        )
        for clause, who, found, side, limit in limits:
            yield Margin(RULE, clause, "", where, week, who, day, found, side, limit, "")


def _easy(problem: Problem, session: Session) -> Iterator[Margin]:
    """An easy session has a frame of its own."""
    fewest, most = problem.structure.easy_items
    where, week, day = session.slot.id, session.slot.week, f"on {weekday(session.slot.start)}"
    items, who = len(session.works), "exercises of the easy session"
    focus = sum(work.exercise.block in EASY_FOCUS for work in session.works)
    aim = "balance and endurance exercises"
    yield Margin(RULE, "easy_min", "", where, week, who, day, items, "at least", fewest, "")
    yield Margin(RULE, "easy_max", "", where, week, who, day, items, "at most", most, "")
    yield Margin(RULE, "easy_focus", "", where, week, aim, day, focus, "at least", 1, "")
