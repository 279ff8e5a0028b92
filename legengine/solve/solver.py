"""From a problem to a schedule: level by level, proven where it says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from legengine.domain.findings import Conflict
from legengine.domain.problem import Problem
from legengine.domain.schedule import Item, LevelResult, Schedule
from legengine.errors import InternalError, LimitError, NoScheduleError
from legengine.hooks.contracts import Constraint, Objective, ObjectiveLevel
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates, find_candidates
from legengine.solve.conflict import find_conflict
from legengine.solve.flat import FlatModel, value_of
from legengine.solve.native import Answer, NativeModel, Search

STAGES: tuple[tuple[ObjectiveLevel, ...], ...] = (
    ("wishes", "volume"),
    ("preference",),
    ("continuity", "evenness", "minutes", "canonical"),
)
"""Levels that are solved together as one weighted sum keep their order: the weight of the higher
one exceeds anything that the lower can add up to. The last stage polishes under a small limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search. Deterministic time is counted in work, not seconds."""

    deterministic: float = 1.0
    """For wishes and volume, which are to be proven."""
    preference: float = 0.1
    """For the preferences, which mostly are."""
    polish: float = 0.05
    """For the levels below, which polish."""
    wall_s: float = 30.0
    """A safety net for a phase; the program says if it struck."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a progress callback is told after each stage."""

    level: str
    value: int
    bound: int


def build_model(
    problem: Problem,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    *,
    widen: bool = False,
) -> tuple[Builder, Candidates]:
    """State every rule and every objective over the open exercises."""
    candidates = find_candidates(problem, constraints, widen=widen)
    builder = Builder(problem, candidates)
    for constraint in sorted(constraints, key=lambda rule: rule.name):
        constraint.post(builder, problem)
    for objective in sorted(objectives, key=lambda wish: wish.name):
        objective.post(builder, problem)
    return builder, candidates


def solve(
    problem: Problem,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    *,
    limits: Limits | None = None,
    preset: Literal["deterministic", "fast"] = "deterministic",
    widen: bool = False,
    stop: threading.Event | None = None,
    on_step: Callable[[Step], None] | None = None,
) -> Schedule:
    """Find the best schedule of a phase.

    Raises:
        NoScheduleError: no schedule holds all the rules; confirmed by a second solve.
        LimitError: a limit ran out before any schedule was found.
    """
    limits = limits or Limits()
    builder, candidates = build_model(problem, constraints, objectives, widen=widen)
    search = Search(
        deterministic_limit=limits.deterministic,
        wall_limit_s=limits.wall_s,
        workers=2 if preset == "fast" else 1,
        subsolvers=("max_lp",) if preset == "fast" else (),
        stop=stop,
    )
    model = builder.model
    native = NativeModel(model)
    if model.empty_rows:
        raise NoScheduleError(_conflict(problem, constraints, builder, search))
    levels: list[LevelResult] = []
    values: tuple[int, ...] = ()
    spent = 0.0
    searches = (
        search,
        replace(search, deterministic_limit=limits.preference),
        replace(search, deterministic_limit=limits.polish, proving=False),
    )
    for stage, stage_search in zip(STAGES, searches, strict=True):
        terms = _stage_terms(model, stage)
        answer = _solve_stage(native, terms, values, stage_search)
        if answer.outcome == "unknown" and not values:
            # Branching by the relaxation can miss every schedule: find any, then improve it.
            first = native.solve(replace(search, proving=False, first_solution=True))
            spent += first.deterministic_time
            values = first.values
            answer = _solve_stage(native, terms, values, stage_search) if values else first
        spent += answer.deterministic_time
        if answer.outcome == "infeasible" and not values:
            if candidates.reduced:
                return solve(
                    problem,
                    constraints,
                    objectives,
                    limits=limits,
                    preset=preset,
                    widen=True,
                    stop=stop,
                    on_step=on_step,
                )
            raise NoScheduleError(_conflict(problem, constraints, builder, search))
        if answer.outcome == "infeasible":
            raise InternalError(f"level {stage[0]} contradicts the levels above it")
        if not answer.values and not values:
            raise LimitError(
                f"the limit ran out before a schedule of phase '{problem.phase}' was found"
            )
        values = answer.values or values
        levels += _results(model, stage, values, answer)
        if on_step is not None:
            on_step(Step(stage[0], levels[-1].value, levels[-1].bound))
        if candidates.reduced and stage[-1] == "volume" and levels[-1].value:
            return solve(
                problem,
                constraints,
                objectives,
                limits=limits,
                preset=preset,
                widen=True,
                stop=stop,
                on_step=on_step,
            )
        for level in stage:
            _hold_level(native, model, level, values)
    broken = model.broken_rows(values)
    if broken:
        raise InternalError(f"the solver's answer breaks {broken[0].label or 'the structure'}")
    return _schedule(problem, builder, candidates, values, tuple(levels), spent)


def _stage_terms(model: FlatModel, stage: tuple[ObjectiveLevel, ...]) -> list[tuple[int, int]]:
    """One weighted sum whose order is the order of the levels."""
    sums: dict[int, int] = {}
    weight = 1
    for level in reversed(stage):
        terms = model.level_terms(level)
        for column, factor in terms:
            sums[column] = sums.get(column, 0) + weight * factor
        weight *= 1 + sum(factor * model.highs[column] for column, factor in terms)
    return sorted(sums.items())


def _solve_stage(
    native: NativeModel, terms: list[tuple[int, int]], values: tuple[int, ...], search: Search
) -> Answer:
    """Minimise one stage; nothing to minimise below the reached value needs no solve."""
    if values and value_of(terms, values) == 0:
        return Answer("optimal", values, 0, 0.0)
    native.minimise([column for column, _ in terms], [factor for _, factor in terms])
    if values:
        native.hint(values)
    return native.solve(search)


def _results(
    model: FlatModel,
    stage: tuple[ObjectiveLevel, ...],
    values: tuple[int, ...],
    answer: Answer,
) -> list[LevelResult]:
    """The value and bound of each level of a stage."""
    proven = answer.outcome == "optimal"
    results = []
    bound = answer.bound
    for index, level in enumerate(stage):
        value = value_of(model.level_terms(level), values)
        weight = 1
        for lower in stage[index + 1 :]:
            weight *= 1 + sum(f * model.highs[c] for c, f in model.level_terms(lower))
        reached = value if proven else min(max(bound // weight, 0), value)
        results.append(
            LevelResult(level, value, reached, "optimal" if reached == value else "feasible")
        )
        # Below an unproven level nothing is known of the next one.
        bound = bound - value * weight if reached == value else 0
    return results


def _hold_level(
    native: NativeModel, model: FlatModel, level: ObjectiveLevel, values: tuple[int, ...]
) -> None:
    """Let no later stage trade this level away."""
    terms = model.level_terms(level)
    if terms:
        columns = [column for column, _ in terms]
        factors = [factor for _, factor in terms]
        native.add_row(columns, factors, value_of(terms, values))


def _conflict(
    problem: Problem, constraints: Sequence[Constraint], builder: Builder, search: Search
) -> Conflict:
    return find_conflict(problem, constraints, builder.model, search)


def _schedule(
    problem: Problem,
    builder: Builder,
    candidates: Candidates,
    values: tuple[int, ...],
    levels: tuple[LevelResult, ...],
    spent: float,
) -> Schedule:
    """Read the dated items from a solution."""
    items = []
    for slot in problem.slots:
        for id in builder.exercises(slot.id):
            pick, sets = builder.pick(slot.id, id), builder.sets(slot.id, id)
            if pick is not None and sets is not None and values[pick]:
                items.append(Item(slot.id, id, values[sets]))
    model = builder.model
    tight = {
        str(row.label)
        for row in model.rows.values()
        if row.label is not None and row.value(values) in (row.low, row.high)
    }
    return Schedule(
        items=tuple(sorted(items)),
        levels=levels,
        status="optimal" if all(level.status == "optimal" for level in levels) else "feasible",
        library="reduced" if candidates.reduced else "whole",
        candidates=candidates.kept,
        eligible=candidates.eligible,
        columns=len(model.names),
        rows=len(model.rows),
        model_hash=model.digest(),
        deterministic_time=round(spent, 6),
        binding=tuple(sorted(tight)),
        excluded=candidates.excluded,
    )
