"""Coverage: what the phase requires of every session or week."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.facts import facts_of
from legengine.verify.tally import tallies

RULE = "coverage"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every required row."""
    facts = facts_of(problem, schedule)
    for row in problem.coverage:
        if not row.required:
            continue
        for tally in tallies(facts, row):
            where = f"{tally.where} {row.id}"
            if tally.missing(row):
                yield Violation(RULE, where, f"at least {row.at_least}", str(tally.number))
            if tally.surplus(row):
                yield Violation(RULE, where, f"at most {row.at_most}", str(tally.number))
