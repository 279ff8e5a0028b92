"""The model that the solver's manual suggests, with default parameters.

Every open exercise, exact volume targets (the middle of each aim, in eighths of a set), one
weighted sum, written as Python expressions. It is exact in its own objective. As it is told to
plan for wishes and volume only, it has an easier task than the engine, which goes on to polish.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from contenders import Log, Task
from legengine.solve.builder import Builder
from legengine.solve.flat import UNBOUNDED
from legengine.solve.solver import build_model

WISH = 1000
"""What a wish weighs against an eighth of a set."""


def plan(task: Task, log: Log) -> None:
    from ortools.sat.python import cp_model

    class Told(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            values = tuple(self.value(column) for column in columns)
            log.found(partial(builder.items, values))

    wishes = [wish for wish in task.objectives if wish.level == "wishes"]
    builder, _ = build_model(task.problem, task.rules, wishes, widen=True)
    cp = cp_model.CpModel()
    columns = state_rows(cp, builder)
    missed = sum(factor * columns[c] for c, factor in builder.model.level_terms("wishes"))
    cp.minimize(WISH * missed + sum(_off_target(cp, builder, columns)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = task.limit_s
    if solver.solve(cp, Told()) == cp_model.OPTIMAL:
        log.proven()


def state_rows(cp: Any, builder: Builder) -> list[Any]:
    """The columns and rows of the rules, through the public API."""
    model = builder.model
    columns = [
        cp.new_int_var(low, high, name)
        for low, high, name in zip(model.lows, model.highs, model.names, strict=True)
    ]
    for row in model.rows.values():
        total = sum(f * columns[c] for c, f in zip(row.columns, row.factors, strict=True))
        if row.low > -UNBOUNDED:
            cp.add(total >= row.low)
        if row.high < UNBOUNDED:
            cp.add(total <= row.high)
    return columns


def _off_target(cp: Any, builder: Builder, columns: list[Any]) -> list[Any]:
    """By how much each muscle's week lies off the middle of its aim."""
    problem = builder.problem
    off = []
    for number, weeks in builder.distinct_weeks():
        for group, volume in problem.week(number).volume.items():
            credit = sum(
                factor * columns[column]
                for slot in builder.slots(number)
                for column, factor in builder.credit(slot.id, group)
            )
            target = (volume.aim_low + volume.aim_high) // 2
            distance = cp.new_int_var(0, max(target, volume.cap), f"off {group} {number}")
            cp.add(distance >= credit - target)
            cp.add(distance >= target - credit)
            off.append(weeks * distance)
    return off
