"""Coverage rows that are required, counted against their limits."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.margin import Margin, Side
from legengine.domain.problem import Problem
from legengine.domain.protocol import CoverageRow
from legengine.domain.schedule import Schedule
from legengine.verify.checks.coverage import RULE
from legengine.verify.facts import facts_of
from legengine.verify.margins.words import weekday
from legengine.verify.tally import tallies


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Every required row in every session or week."""
    facts = facts_of(problem, schedule)
    for row in problem.coverage:
        if not row.required:
            continue
        who = row.summary.rstrip(".")
        for tally in tallies(facts, row):
            slot = facts.slots.get(tally.where)
            when = f"on {weekday(slot.start)}" if slot else ""
            where, found = f"{tally.where} {row.id}", tally.number
            for clause, side, limit in _limits(row, easy=tally.easy):
                yield Margin(
                    RULE, clause, row.id, where, tally.week, who, when, found, side, limit, ""
                )


def _limits(row: CoverageRow, *, easy: bool) -> Iterator[tuple[str, Side, int]]:
    if row.at_least and not easy:
        yield "at_least", "at least", row.at_least
    if row.at_most is not None:
        yield "at_most", "at most", row.at_most
