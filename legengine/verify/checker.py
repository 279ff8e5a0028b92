"""The whole check of a schedule, and the objective's levels recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from legengine.domain.findings import CheckReport, Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import OBJECTIVE_LEVELS, Constraint, Objective
from legengine.verify.facts import studied

Unit = Literal["items", "sessions", "weeks"]

LOOKED_AT: Final[dict[str, Unit]] = {
    "coverage": "weeks",
    "endurance": "weeks",
    "frequency": "weeks",
    "rest_interval": "sessions",
    "time": "sessions",
    "volume": "weeks",
}
"""What the count of a rule counts; a rule that is not named here is counted in items."""


def check_schedule(
    problem: Problem, schedule: Schedule, constraints: Sequence[Constraint]
) -> CheckReport:
    """Let every constraint look at the schedule; the report tells how much each one saw."""
    schedule = studied(schedule)
    there: dict[Unit, int] = {
        "items": len(schedule.items),
        "sessions": len({item.slot for item in schedule.items}),
        "weeks": len(problem.weeks),
    }
    violations: list[Violation] = []
    checked: dict[str, int] = {}
    for constraint in sorted(constraints, key=lambda constraint: constraint.name):
        violations.extend(sorted(constraint.check(problem, schedule)))
        checked[constraint.name] = there[LOOKED_AT.get(constraint.name, "items")]
    return CheckReport(tuple(violations), checked)


def score_levels(
    problem: Problem, schedule: Schedule, objectives: Iterable[Objective]
) -> dict[str, int]:
    """Every level of the objective, in order, summed over its objectives."""
    schedule = studied(schedule)
    scores: dict[str, int] = dict.fromkeys(OBJECTIVE_LEVELS, 0)
    for objective in objectives:
        scores[objective.level] += objective.score(problem, schedule)
    return scores
