"""Lowering of the flat model to CP-SAT. With ``public``, the only module that knows OR-Tools.

The native model is filled through ``cp_model_helper``, which loads neither pandas nor numpy; the
public API (``legengine.solve.public``) is the fall-back and a test holds the two equal.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from legengine.solve.attending import News, OnNews, attended, whole
from legengine.solve.flat import UNBOUNDED, FlatModel, Row

_log = logging.getLogger(__name__)

Outcome = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one solve said."""

    outcome: Outcome
    values: tuple[int, ...]
    bound: int
    deterministic_time: float
    core: tuple[int, ...] = ()
    """Assumed columns that together can't hold."""


@dataclass(frozen=True, slots=True)
class Search:
    """Parameters of one solve."""

    deterministic_limit: float
    wall_limit_s: float
    workers: int = 1
    quick: bool = True
    """One round of presolve and no probing: 3 to 10 times faster here than the solver's defaults,
    which the second solve of an infeasibility uses instead."""
    proving: bool = True
    """Strong linear relaxation and branching by it, for proofs; without, for good answers fast."""
    by_relaxation: bool = True
    """Branch by the linear relaxation, which proves most models fastest; without, no cuts and the
    solver's own branching, which proves the hard ones."""
    seed: int = 1
    first_solution: bool = False
    """Stop at any solution."""
    presolve: bool = True
    """Without, the first solution of a small model comes sooner, if it comes."""
    completing: bool = False
    """Keep every hinted column as it is hinted and find values for the others."""
    subsolvers: tuple[str, ...] = ()
    stop: threading.Event | None = None
    on_news: OnNews | None = None

    @property
    def stopped(self) -> bool:
        """Whether somebody asked for an end."""
        return self.stop is not None and self.stop.is_set()

    """Told what is found while it is found, in the thread that solves."""


def solver_version() -> str:
    """The version of OR-Tools, for the provenance."""
    import ortools

    return str(vars(ortools)["__version__"])


class LoweredModel(Protocol):
    """A model that a solver can work on; objectives and rows can be added between solves."""

    def add_row(self, columns: Sequence[int], factors: Sequence[int], high: int) -> None:
        """Add ``sum <= high``."""
        ...

    def minimise(self, columns: Sequence[int], factors: Sequence[int]) -> None:
        """Set the objective; without columns there is none."""
        ...

    def hint(self, values: Sequence[int]) -> None:
        """Give a complete solution to start from."""
        ...

    def assume(self, columns: Sequence[int]) -> None:
        """Assume 0/1 columns to be 1 (for cores)."""
        ...

    def solve(self, search: Search) -> Answer:
        """Solve once."""
        ...


class NativeModel:
    """The native CP-SAT model, filled as text at once."""

    def __init__(self, flat: FlatModel, *, switches: dict[str, int] | None = None) -> None:
        from ortools.sat.python import cp_model_helper

        self._cp: Any = cp_model_helper
        text = [
            f"variables{{domain:[{low},{high}]}}"
            for low, high in zip(flat.lows, flat.highs, strict=True)
        ]
        text += ["variables{domain:[0,1]}"] * len(switches or ())
        for row in flat.rows.values():
            text += self._row(row, switches)
        self._proto = self._cp.CpModelProto()
        if not self._proto.parse_text_format("".join(text)):
            raise ValueError("the flat model could not be lowered")

    def _row(self, row: Row, switches: dict[str, int] | None) -> list[str]:
        """The row as it is, or once behind the switch of each of its labels."""
        enforced = [""]
        if switches is not None and row.labels:
            enforced = [f"enforcement_literal:{switches[str(label)]} " for label in row.labels]
        low = "-9223372036854775808" if row.low <= -UNBOUNDED else str(row.low)
        high = "9223372036854775807" if row.high >= UNBOUNDED else str(row.high)
        columns = ",".join(map(str, row.columns))
        factors = ",".join(map(str, row.factors))
        linear = f"linear{{vars:[{columns}]coeffs:[{factors}]domain:[{low},{high}]}}"
        return [f"constraints{{{enforce}{linear}}}" for enforce in enforced]

    def add_row(self, columns: Sequence[int], factors: Sequence[int], high: int) -> None:
        """Add ``sum <= high``."""
        row = self._proto.constraints.add()
        row.linear.vars.extend(list(columns))
        row.linear.coeffs.extend(list(factors))
        row.linear.domain.extend([-(1 << 62), high])

    def minimise(self, columns: Sequence[int], factors: Sequence[int]) -> None:
        """Set the objective; without columns there is none."""
        self._proto.clear_objective()
        if columns:
            objective = self._proto.objective
            objective.vars.extend(list(columns))
            objective.coeffs.extend(list(factors))

    def hint(self, values: Sequence[int]) -> None:
        """Give a complete solution to start from."""
        hint = self._proto.solution_hint
        hint.vars.clear()
        hint.values.clear()
        hint.vars.extend(list(range(len(values))))
        hint.values.extend(list(values))

    def assume(self, columns: Sequence[int]) -> None:
        """Assume 0/1 columns to be 1 (for cores)."""
        self._proto.assumptions.extend(list(columns))

    def solve(self, search: Search) -> Answer:
        """Solve once."""
        wrapper = self._cp.SolveWrapper()
        parameters = self._cp.SatParameters()
        set_parameters(parameters, search, lp_search=self._cp.SatParameters.LP_SEARCH)
        wrapper.set_parameters(parameters)
        news = News(search.on_news) if search.on_news is not None else None
        observer = self._observe(wrapper, news) if news is not None else None
        response = attended(
            lambda: wrapper.solve(self._proto), wrapper.stop_search, search.stop, news
        )
        if observer is not None:
            wrapper.clear_solution_callback(observer)
        outcome = outcome_of(str(response.status))
        found = outcome in ("optimal", "feasible")
        return Answer(
            outcome=outcome,
            values=tuple(response.solution) if found else (),
            bound=whole(response.best_objective_bound) if found else 0,
            deterministic_time=response.deterministic_time,
            core=tuple(response.sufficient_assumptions_for_infeasibility),
        )

    def _observe(self, wrapper: Any, news: News) -> Any:
        """Let the solver note what it finds; observers change nothing in the search."""

        class Observer(self._cp.SolutionCallback):  # type: ignore[misc, name-defined]
            def OnSolutionCallback(self) -> None:  # noqa: N802
                news.solution(self.ObjectiveValue(), self.BestObjectiveBound())

        observer = Observer()
        wrapper.add_solution_callback(observer)
        wrapper.add_best_bound_callback(news.bound)
        return observer


def set_parameters(parameters: Any, search: Search, *, lp_search: Any) -> None:
    """Write a search into the solver's parameters; the values are measured in benchmarks/."""
    parameters.num_workers = search.workers
    parameters.random_seed = search.seed
    parameters.max_deterministic_time = search.deterministic_limit
    parameters.max_time_in_seconds = search.wall_limit_s
    parameters.linearization_level = 2 if search.proving else 0
    parameters.catch_sigint_signal = False
    if search.quick:
        parameters.max_presolve_iterations = 1
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
    if search.quick and search.proving and search.workers == 1:
        if search.by_relaxation:
            parameters.search_branching = lp_search
        else:
            parameters.cut_level = 0
    if search.completing:
        parameters.fix_variables_to_their_hinted_value = True
    if not search.presolve:
        parameters.cp_model_presolve = False
    if search.first_solution:
        parameters.stop_after_first_solution = True
    if search.subsolvers:
        parameters.subsolvers.extend(list(search.subsolvers))


def outcome_of(status: str) -> Outcome:
    """Our word for the solver's status."""
    word = status.rsplit(".", 1)[-1].lower()
    if word == "model_invalid":
        raise ValueError("the flat model is not a valid CP-SAT model")
    return word if word in ("optimal", "feasible", "infeasible") else "unknown"  # type: ignore[return-value]


def lower(flat: FlatModel, *, switches: dict[str, int] | None = None) -> LoweredModel:
    """Lower a flat model: natively, or through the public API where OR-Tools changed inside."""
    try:
        return NativeModel(flat, switches=switches)
    except (ImportError, AttributeError) as error:
        from legengine.solve.public import PublicModel

        _log.info("lowering through the public API of OR-Tools: %s", error)
        return PublicModel(flat, switches=switches)
