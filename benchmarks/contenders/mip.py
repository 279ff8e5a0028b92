"""The engine's own rows in HiGHS, as a mixed-integer program with default parameters.

HiGHS and OR-Tools can't be loaded in one process: nothing here imports OR-Tools.
"""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import Any

from contenders import Log, Task
from contenders.levels import level_of, wish_weight, wishes_and_volume
from legengine.solve.builder import Builder
from legengine.solve.flat import UNBOUNDED, FlatModel
from legengine.solve.solver import build_model

SLACK = 1e-6


def plan(task: Task, log: Log) -> None:
    for widen in (False, True):
        builder, candidates = build_model(task.problem, task.rules, task.objectives, widen=widen)
        if _solve(builder, task.limit_s, log) or not candidates.reduced:
            break


def _solve(builder: Builder, limit_s: float, log: Log) -> bool:
    """Whether there is a schedule in what the model considers."""
    import highspy

    weight = wish_weight(builder.model)

    def tell(event: Any) -> None:
        values = tuple(round(value) for value in event.data_out.mip_solution)
        log.found(partial(builder.items, values))
        bounded(event)

    def bounded(event: Any) -> None:
        bound = event.data_out.mip_dual_bound
        if -UNBOUNDED < bound < UNBOUNDED:
            log.bounded(level_of(ceil(bound - SLACK), weight))

    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("time_limit", limit_s)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.999)  # the objective is whole
    highs.passModel(_program(builder.model))
    highs.cbMipImprovingSolution += tell
    highs.cbMipLogging += bounded
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        log.proven()
        log.bounded(level_of(round(highs.getInfo().objective_function_value), weight))
    return highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible


def _program(model: FlatModel) -> Any:
    import highspy

    program = highspy.HighsLp()
    rows = list(model.rows.values())
    program.num_col_, program.num_row_ = len(model.names), len(rows)
    program.col_lower_, program.col_upper_ = model.lows, model.highs
    costs = wishes_and_volume(model)
    program.col_cost_ = [costs.get(column, 0) for column in range(len(model.names))]
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(model.names)
    infinite = highspy.kHighsInf
    program.row_lower_ = [-infinite if row.low <= -UNBOUNDED else row.low for row in rows]
    program.row_upper_ = [infinite if row.high >= UNBOUNDED else row.high for row in rows]
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row.columns))
    matrix.start_ = starts
    matrix.index_ = [column for row in rows for column in row.columns]
    matrix.value_ = [factor for row in rows for factor in row.factors]
    return program
