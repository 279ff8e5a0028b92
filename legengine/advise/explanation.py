"""Why there is no program: the conflict, what is missing, and the smallest changes that help."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from legengine.advise.relaxations import Failure, Repairs
from legengine.domain.explanation import Explanation, Shortfall
from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.errors import NoScheduleError
from legengine.hooks.contracts import Constraint
from legengine.intake.phases import PhasePlan
from legengine.pipeline import Opened, Pipeline, SolveOptions
from legengine.solve.conflict import rules_model
from legengine.solve.elastic import Amounts, Slack, least_amounts
from legengine.solve.native import Search

LONGEST_DAY = 24 * 60


def explain(
    pipeline: Pipeline, opened: Opened, options: SolveOptions, cancel: threading.Event | None
) -> Explanation:
    """Walk the phases as a program would, and explain the first that has no schedule.

    Raises:
        LimitError: a limit ran out before it was known whether a schedule exists.
    """
    reached: list[Failure] = []

    def choose(plan: PhasePlan, problem: Problem) -> Schedule:
        reached.append(Failure(opened.case, plan, problem))
        return pipeline.solve(problem, options, cancel)

    try:
        for _ in pipeline.walk(opened.case, choose):
            pass
    except NoScheduleError as error:
        conflict = error.conflict
    else:
        return Explanation(None)
    search = Search(options.deterministic_limit, options.wall_limit_s, stop=cancel)
    repairs = Repairs(pipeline, opened, reached[-1], search)
    relaxations = repairs.relaxations(conflict)
    missing: tuple[Shortfall, ...] = ()
    if "time" in conflict.families:
        missing = shortfalls(reached[-1].problem, pipeline.constraints, search)
    return Explanation(conflict, missing, relaxations, repairs.tried)


def shortfalls(
    problem: Problem, constraints: Sequence[Constraint], search: Search
) -> tuple[Shortfall, ...]:
    """How many minutes each weekday's session lacks, all other rules kept; empty if none helps."""
    builder, _ = rules_model(problem, constraints)
    labels = [label for label in builder.model.labels() if label.rule == "time"]
    slacks = [_day(label) for label in labels]
    amounts = least_amounts(builder.model, slacks, search)
    if not isinstance(amounts, Amounts):
        return ()
    return tuple(
        Shortfall(
            label.get("day").title(),
            int(label.get("minutes")),
            amounts.units[slack.name],
            amounts.least,
        )
        for label, slack in zip(labels, slacks, strict=True)
        if amounts.units[slack.name]
    )


def _day(label: Label) -> Slack:
    most = LONGEST_DAY - int(label.get("minutes"))
    return Slack(str(label), lambda other: other == label, "high", 60, most, 1)
