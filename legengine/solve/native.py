"""Lowering of the flat model to CP-SAT. The only module that imports OR-Tools.

The native model is filled through ``cp_model_helper``, which loads neither pandas nor numpy; the
public API (``legengine.solve.public``) is the fall-back and a test holds the two equal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from legengine.solve.flat import UNBOUNDED, FlatModel, Row

STOP_POLL_S = 0.003
"""Seconds between two looks at the cancel token."""

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
    seed: int = 1
    first_solution: bool = False
    subsolvers: tuple[str, ...] = ()
    stop: threading.Event | None = None


def solver_version() -> str:
    """The version of OR-Tools, for the provenance."""
    import ortools

    return str(vars(ortools)["__version__"])


class NativeModel:
    """A CP-SAT model of a flat model; objectives and rows can be added between solves."""

    def __init__(self, flat: FlatModel, *, switches: dict[str, int] | None = None) -> None:
        from ortools.sat.python import cp_model_helper

        self._cp: Any = cp_model_helper
        self._columns = len(flat.names)
        self._text: list[str] = []
        for low, high in zip(flat.lows, flat.highs, strict=True):
            self._text.append(f"variables{{domain:[{low},{high}]}}")
        for _ in switches or ():
            self._text.append("variables{domain:[0,1]}")
        for row in flat.rows.values():
            self._text.append(self._row(row, switches))
        self._proto = self._cp.CpModelProto()
        if not self._proto.parse_text_format("".join(self._text)):
            raise ValueError("the flat model could not be lowered")

    def _row(self, row: Row, switches: dict[str, int] | None) -> str:
        enforce = ""
        if switches is not None and row.label is not None:
            enforce = f"enforcement_literal:{switches[str(row.label)]} "
        low = "-9223372036854775808" if row.low <= -UNBOUNDED else str(row.low)
        high = "9223372036854775807" if row.high >= UNBOUNDED else str(row.high)
        columns = ",".join(map(str, row.columns))
        factors = ",".join(map(str, row.factors))
        return (
            f"constraints{{{enforce}linear{{vars:[{columns}]coeffs:[{factors}]"
            f"domain:[{low},{high}]}}}}"
        )

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

    def solve(self, search: Search, on_bound: Callable[[float], None] | None = None) -> Answer:
        """Solve once."""
        wrapper = self._cp.SolveWrapper()
        parameters = self._cp.SatParameters()
        parameters.num_workers = search.workers
        parameters.random_seed = search.seed
        parameters.max_deterministic_time = search.deterministic_limit
        parameters.max_time_in_seconds = search.wall_limit_s
        parameters.linearization_level = 2 if search.proving else 0
        if search.quick:
            parameters.max_presolve_iterations = 1
            parameters.cp_model_probing_level = 0
            parameters.symmetry_level = 0
        if search.quick and search.proving and search.workers == 1:
            parameters.search_branching = self._cp.SatParameters.LP_SEARCH
        parameters.catch_sigint_signal = False
        if search.first_solution:
            parameters.stop_after_first_solution = True
        if search.subsolvers:
            parameters.subsolvers.extend(list(search.subsolvers))
        wrapper.set_parameters(parameters)
        if on_bound is not None:
            wrapper.add_best_bound_callback(on_bound)
        response = self._solve_until(wrapper, search.stop)
        name = str(response.status).rsplit(".", 1)[-1].lower()
        outcome: Outcome = {
            "optimal": "optimal",
            "feasible": "feasible",
            "infeasible": "infeasible",
        }.get(name, "unknown")  # type: ignore[assignment]
        if name == "model_invalid":
            raise ValueError(f"invalid model: {self._cp.CpSatHelper.validate_model(self._proto)}")
        found = outcome in ("optimal", "feasible")
        return Answer(
            outcome=outcome,
            values=tuple(response.solution) if found else (),
            bound=round(response.best_objective_bound) if found else 0,
            deterministic_time=response.deterministic_time,
            core=tuple(response.sufficient_assumptions_for_infeasibility),
        )

    def _solve_until(self, wrapper: Any, stop: threading.Event | None) -> Any:
        """Solve; a set event stops the search, repeated until the solve returns."""
        if stop is None:
            return wrapper.solve(self._proto)
        done = threading.Event()

        def watch() -> None:
            while not done.wait(STOP_POLL_S):
                if stop.is_set():
                    wrapper.stop_search()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            return wrapper.solve(self._proto)
        finally:
            done.set()
            watcher.join()
