"""From a problem to a schedule: level by level, proven where it says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Literal

from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.errors import InternalError, LimitError, NoScheduleError
from legengine.hooks.contracts import Constraint, Objective
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates, find_candidates
from legengine.solve.climb import Climb, Limits, OnStop, Step, patience
from legengine.solve.least_change import Reference, post_distance, standing
from legengine.solve.native import Search
from legengine.solve.stages import STAGES, STAGES_KEEPING


def build_model(
    problem: Problem,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    *,
    widen: bool = False,
    reference: Reference | None = None,
) -> tuple[Builder, Candidates]:
    """State every rule and every objective over the open exercises; and a distance, if asked."""
    candidates = find_candidates(problem, constraints, widen=widen)
    # What has to change may be one week only: least change decides each by itself.
    builder = Builder(problem, candidates, merge=reference is None)
    for constraint in sorted(constraints, key=lambda rule: rule.name):
        constraint.post(builder, problem)
    if reference is not None:
        post_distance(builder, reference.schedule)
        builder.near = builder.model.copy()
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
    on_stop: OnStop = "raise",
    on_step: Callable[[Step], None] | None = None,
    reference: Reference | None = None,
) -> Schedule:
    """Find the best schedule of a phase; with a ``reference`` the one that changes least of it.

    Least change is proven over every eligible exercise. Without a reference, a reduced candidate
    list that holds no schedule, or none within the volume aims, is widened to every eligible
    exercise before anything is said; the better of the two schedules is kept.

    Raises:
        NoScheduleError: no schedule holds all the rules; confirmed by a second solve.
        LimitError: a limit ran out before any schedule was found, or ``stop`` was set and
            ``on_stop`` asks for nothing that there is.
    """
    limits = limits or Limits()
    search = Search(
        deterministic_limit=patience(problem, limits),
        wall_limit_s=limits.wall_s,
        workers=2 if preset == "fast" else 1,
        subsolvers=("max_lp",) if preset == "fast" else (),
        stop=stop,
    )
    stages = STAGES if reference is None else STAGES_KEEPING[reference.keep]
    found: tuple[Climb, Candidates] | None = None
    for wide in (True,) if widen or reference else (False, True):
        builder, candidates = build_model(
            problem, constraints, objectives, widen=wide, reference=reference
        )
        if reference is not None and reference.keep == "sessions":
            fixed = standing(builder, reference.schedule)
            near = Climb(problem.phase, builder, search, limits, stages, on_stop, on_step, fixed)
            if _finds(near, search):
                found = near, candidates
                break
        climb = Climb(problem.phase, builder, search, limits, stages, on_stop, on_step)
        try:
            finds = climb.find_schedule()
        except LimitError:
            if found is None or search.stopped:
                raise
            break  # what the reduced list holds stands
        if finds and (found is None or climb.reached() <= found[0].reached()):
            found = climb, candidates
        elif found is not None and climb.stopped:
            found[0].stopped = True
        if not candidates.reduced or (found and (climb.stopped or climb.proves_volume())):
            break
    if found is None and climb.stopped:
        raise LimitError(f"cancelled before a schedule of phase '{problem.phase}' was found")
    if found is None:
        from legengine.solve.conflict import find_conflict

        conflict = find_conflict(problem, constraints, search)
        if conflict is None:
            raise InternalError(f"phase '{problem.phase}': two solves disagree on a schedule")
        raise NoScheduleError(conflict)
    climb, candidates = found
    climb.improve()
    return schedule_of(climb, candidates)


def _finds(near: Climb, search: Search) -> bool:
    """Whether only the sessions that have to change need to; a limit that ran out says no."""
    try:
        return near.find_schedule()
    except LimitError:
        if search.stopped:
            raise
        return False


def schedule_of(climb: Climb, candidates: Candidates) -> Schedule:
    """Read the dated items from a solution."""
    model = climb.builder.model
    return Schedule(
        items=climb.builder.items(climb.values),
        levels=tuple(climb.levels),
        status="optimal"
        if all(level.status == "optimal" for level in climb.levels)
        else "feasible",
        library="reduced" if candidates.reduced else "whole",
        candidates=candidates.kept,
        eligible=candidates.eligible,
        columns=len(model.names),
        rows=len(model.rows),
        model_hash=model.digest(),
        deterministic_time=round(climb.spent, 6),
        wall_clock_struck=climb.struck,
        stopped=climb.stopped,
        excluded={id: str(label) for id, label in candidates.excluded.items()},
    )
