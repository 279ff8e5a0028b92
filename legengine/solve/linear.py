"""The elastic linear relaxation: a few milliseconds that often name the rules that collide.

The same rows as ever, without the demand for whole numbers, each rule softened by a slack. Where
some slack has to stay, the rules with a price (a dual value) can't hold together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from legengine.domain.findings import Label
from legengine.solve.flat import UNBOUNDED, FlatModel, Row

NOTHING: Final = 1e-6
"""Below this, a floating-point amount is none."""


def linear_core(model: FlatModel, labels: Iterable[Label]) -> list[Label]:
    """Labels whose rows can't hold together even in fractions; empty where they can.

    It is a proposal: floating point proves nothing, so a plain solve has to confirm it.
    """
    from ortools.linear_solver.python import model_builder_helper

    asked = frozenset(labels)
    rows = [
        row for row in model.rows.values() if not row.labels or not asked.isdisjoint(row.labels)
    ]
    elastic: Any = model_builder_helper.ModelBuilderHelper()
    for low, high in zip(model.lows, model.highs, strict=True):
        _column(elastic, low, high)
    for row in rows:
        _row(elastic, row)
    solver: Any = model_builder_helper.ModelSolverHelper("glop")
    solver.solve(elastic)
    if not solver.has_solution() or solver.objective_value() < NOTHING:
        return []
    priced = {
        label
        for number, row in enumerate(rows)
        if row.labels and abs(solver.dual_value(number)) > NOTHING
        for label in row.labels
    }
    return sorted(priced & asked)


def _column(elastic: Any, low: float, high: float, cost: float = 0.0) -> int:
    column: int = elastic.add_var()
    elastic.set_var_lower_bound(column, low)
    elastic.set_var_upper_bound(column, high)
    if cost:
        elastic.set_var_objective_coefficient(column, cost)
    return column


def _row(elastic: Any, row: Row) -> None:
    """One row; with labels it may be missed, at a cost that is the same for small and large."""
    number = elastic.add_linear_constraint()
    for column, factor in zip(row.columns, row.factors, strict=True):
        elastic.add_term_to_constraint(number, column, float(factor))
    cost = 1.0 / max(map(abs, row.factors))
    if row.low > -UNBOUNDED:
        elastic.set_constraint_lower_bound(number, row.low)
        if row.labels:
            elastic.add_term_to_constraint(number, _column(elastic, 0, float("inf"), cost), 1.0)
    if row.high < UNBOUNDED:
        elastic.set_constraint_upper_bound(number, row.high)
        if row.labels:
            elastic.add_term_to_constraint(number, _column(elastic, 0, float("inf"), cost), -1.0)
