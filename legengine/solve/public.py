"""The same lowering through the public API of OR-Tools: slower to load, slower to change.

It is there for releases in which the inside of OR-Tools has moved; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from legengine.solve.attending import News, attended, whole
from legengine.solve.flat import UNBOUNDED, FlatModel
from legengine.solve.native import (
    Answer,
    Search,
    outcome_of,
    set_parameters,
)

_INFINITE = 1 << 62


class PublicModel:
    """A CP-SAT model of a flat model, made with ``ortools.sat.python.cp_model``."""

    def __init__(self, flat: FlatModel, *, switches: dict[str, int] | None = None) -> None:
        from ortools.sat.python import cp_model

        self._cp: Any = cp_model
        self._model: Any = cp_model.CpModel()
        self._columns: list[Any] = [
            self._model.new_int_var(low, high, "")
            for low, high in zip(flat.lows, flat.highs, strict=True)
        ]
        self._columns += [self._model.new_bool_var("") for _ in switches or ()]
        for row in flat.rows.values():
            low = -_INFINITE if row.low <= -UNBOUNDED else row.low
            high = _INFINITE if row.high >= UNBOUNDED else row.high
            if switches is None or not row.labels:
                self._bounded(row.columns, row.factors, low, high)
                continue
            for label in row.labels:
                stated = self._bounded(row.columns, row.factors, low, high)
                stated.only_enforce_if(self._columns[switches[str(label)]])

    def _bounded(self, columns: Sequence[int], factors: Sequence[int], low: int, high: int) -> Any:
        terms = [self._columns[column] for column in columns]
        total = self._cp.LinearExpr.weighted_sum(terms, list(factors))
        return self._model.add_linear_constraint(total, low, high)

    def add_row(self, columns: Sequence[int], factors: Sequence[int], high: int) -> None:
        """Add ``sum <= high``."""
        self._bounded(columns, factors, -_INFINITE, high)

    def minimise(self, columns: Sequence[int], factors: Sequence[int]) -> None:
        """Set the objective; without columns there is none."""
        self._model.clear_objective()
        if columns:
            terms = [self._columns[column] for column in columns]
            self._model.minimize(self._cp.LinearExpr.weighted_sum(terms, list(factors)))

    def hint(self, values: Sequence[int]) -> None:
        """Give a complete solution to start from."""
        self._model.clear_hints()
        for column, value in zip(self._columns, values, strict=False):
            self._model.add_hint(column, value)

    def assume(self, columns: Sequence[int]) -> None:
        """Assume 0/1 columns to be 1 (for cores)."""
        self._model.add_assumptions([self._columns[column] for column in columns])

    def solve(self, search: Search) -> Answer:
        """Solve once."""
        solver = self._cp.CpSolver()
        set_parameters(solver.parameters, search, lp_search=self._cp.LP_SEARCH)
        news = News(search.on_news) if search.on_news is not None else None
        observer = self._observer(news) if news is not None else None
        if news is not None:
            solver.best_bound_callback = news.bound
        status = attended(
            lambda: solver.solve(self._model, observer), solver.stop_search, search.stop, news
        )
        outcome = outcome_of(solver.status_name(status))
        found = outcome in ("optimal", "feasible")
        return Answer(
            outcome=outcome,
            values=tuple(solver.value(column) for column in self._columns) if found else (),
            bound=whole(solver.best_objective_bound) if found else 0,
            deterministic_time=solver.response_proto.deterministic_time,
            core=tuple(solver.sufficient_assumptions_for_infeasibility()),
        )

    def _observer(self, news: News) -> Any:
        class Observer(self._cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            def on_solution_callback(self) -> None:
                news.solution(self.objective_value, self.best_objective_bound)

        return Observer()
