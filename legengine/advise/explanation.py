"""Why there is no program: the conflict, what is missing, and the smallest changes that help."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from legengine.advise.feasible import Failure, Feasible
from legengine.advise.relaxations import MOST_TRIES, Repairs
from legengine.domain.explanation import Explanation, Shortfall
from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.errors import InternalError, NoScheduleError
from legengine.hooks.contracts import Constraint
from legengine.intake.origins import located
from legengine.intake.phases import PhasePlan
from legengine.pipeline import Opened, Pipeline, SolveOptions
from legengine.prescribe.provenance import citations_of
from legengine.solve.conflict import find_conflict, rules_model
from legengine.solve.elastic import Amounts, Slack, least_amounts
from legengine.solve.native import Search

LONGEST_DAY = 24 * 60


def explain(
    pipeline: Pipeline, opened: Opened, options: SolveOptions, cancel: threading.Event | None
) -> Explanation:
    """Explain the first phase that has no schedule; none, where a program can be made.

    Raises:
        LimitError: a limit ran out before it was known whether a schedule exists.
    """
    search = Search(options.deterministic_limit, options.wall_limit_s, stop=cancel)
    feasible = Feasible(pipeline, search, most=MOST_TRIES)
    failure = feasible.first_failure(opened.case) or _failure_of_a_program(
        pipeline, opened, options, cancel
    )
    if failure is None:
        return Explanation(None)
    found = find_conflict(failure.problem, pipeline.constraints, search)
    if found is None:
        raise InternalError(f"phase '{failure.plan.phase.id}': two solves disagree on a schedule")
    conflict = located(found, failure.case, failure.plan, failure.problem)
    relaxations = Repairs(opened, failure, feasible).relaxations(conflict)
    missing: tuple[Shortfall, ...] = ()
    if "time" in conflict.families:
        missing = shortfalls(failure.problem, pipeline.constraints, search)
    citations = citations_of(pipeline.registry, failure.case.library, failure.case.protocol)
    keys = sorted({key for member in conflict.members for key in member.origin.sources})
    sources = {key: citations[key] for key in keys if key in citations}
    return Explanation(conflict, missing, relaxations, feasible.tried, sources)


def _failure_of_a_program(
    pipeline: Pipeline, opened: Opened, options: SolveOptions, cancel: threading.Event | None
) -> Failure | None:
    """Walk the phases exactly as ``generate`` does, since each depends on what the last chose."""
    reached: list[Failure] = []

    def choose(plan: PhasePlan, problem: Problem) -> Schedule:
        reached.append(Failure(opened.case, plan, problem))
        return pipeline.solve(problem, options, cancel)

    try:
        for _ in pipeline.walk(opened.case, choose):
            pass
    except NoScheduleError:
        return reached[-1]
    return None


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
