"""A schedule that the solver brought: checked, and its objective recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legengine.domain.findings import CheckReport
from legengine.domain.problem import Problem
from legengine.domain.schedule import LevelResult, Schedule, Status
from legengine.errors import InternalError
from legengine.hooks.contracts import Constraint, Objective
from legengine.verify.checker import check_schedule, score_levels
from legengine.verify.distance import distance


def verified(
    problem: Problem,
    schedule: Schedule,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    reference: Schedule | None = None,
) -> tuple[CheckReport, Schedule]:
    """Check a schedule and recompute its objective.

    Raises:
        InternalError: the schedule breaks a rule, or the model counted otherwise.
    """
    report = check_schedule(problem, schedule, constraints)
    if report.violations:
        raise InternalError(
            f"phase '{problem.phase}': the schedule breaks a rule: {report.violations[0]}",
            violations=report.violations,
        )
    scores = score_levels(problem, schedule, objectives)
    if reference is not None:
        scores |= distance(reference, schedule)
    levels: list[LevelResult] = []
    as_solved = True
    for level in schedule.levels:
        score = scores[level.name]
        if score != level.value and (level.status == "optimal" or score > level.value):
            raise InternalError(
                f"phase '{problem.phase}', level '{level.name}': "
                f"the model says {level.value}, the checker {score}",
                level=level.name,
            )
        # A later stage may have brought it down to what was proven while all above stayed as it is.
        reached = as_solved and score == level.bound
        status: Status = "optimal" if reached else level.status
        levels.append(replace(level, value=score, bound=min(level.bound, score), status=status))
        as_solved = as_solved and score == level.value
    proven = bool(levels) and all(level.status == "optimal" for level in levels)
    return report, replace(
        schedule, levels=tuple(levels), status="optimal" if proven else schedule.status
    )
