"""This engine as it is: ``legengine.solve.solver.solve`` with its own limits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from unittest.mock import patch

from measure import Span

from contenders import Log, Task
from contenders.levels import level_of, wish_weight, wishes_and_volume
from legengine.solve import climb, solver
from legengine.solve.attending import whole
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates
from legengine.solve.climb import Limits
from legengine.solve.flat import FlatModel
from legengine.solve.native import NativeModel


def plan(task: Task, log: Log) -> None:
    plan_within(Limits(), task, log)


def plan_within(limits: Limits, task: Task, log: Log) -> None:
    eye = _Eye(log)
    with patch.object(solver, "build_model", eye.build), patch.object(climb, "lower", eye.lower):
        schedule = solver.solve(task.problem, task.rules, task.objectives, limits=limits)
    levels = {level.name: level.status for level in schedule.levels}
    if levels["wishes"] == levels["volume"] == "optimal":
        log.proof = eye.volume_done


class _Eye:
    """Sees the solutions and bounds of wishes and volume from outside of the engine."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._build = solver.build_model
        self._builder: Builder | None = None
        self.open = False
        """Whether wishes and volume are what is being minimised."""
        self.volume_done: Span | None = None

    def build(self, *given: Any, **how: Any) -> tuple[Builder, Candidates]:
        self._builder, candidates = self._build(*given, **how)
        return self._builder, candidates

    def lower(self, model: FlatModel) -> NativeModel:
        """Lower the model that was built last."""
        assert self._builder is not None
        assert self._builder.model is model
        return _Watched(self._builder, self)

    def close(self) -> None:
        if self.open:
            self.open, self.volume_done = False, self._log.now()

    def found(self, builder: Builder, values: Sequence[int]) -> None:
        self._log.found(partial(builder.items, tuple(values)))

    def bounded(self, builder: Builder, bound: float) -> None:
        if self.open:
            self._log.bounded(level_of(whole(bound), wish_weight(builder.model)))


class _Watched(NativeModel):
    """The engine's own lowering; what is asked of it and each solve tell the eye."""

    def __init__(self, builder: Builder, eye: _Eye) -> None:
        super().__init__(builder.model)
        self._cp = _Helper(self._cp, builder, eye)
        self._eye = eye
        self._total = sorted(wishes_and_volume(builder.model).items())

    def minimise(self, columns: Sequence[int], factors: Sequence[int]) -> None:
        self._eye.open = list(zip(columns, factors, strict=True)) == self._total
        super().minimise(columns, factors)

    def add_row(self, columns: Sequence[int], factors: Sequence[int], high: int) -> None:
        self._eye.close()  # the value of the stage is accepted as a row
        super().add_row(columns, factors, high)


class _Helper:
    """The solver's module, but for the wrappers of a solve, which tell the eye."""

    def __init__(self, helper: Any, builder: Builder, eye: _Eye) -> None:
        self._helper, self._builder, self._eye = helper, builder, eye

    def __getattr__(self, name: str) -> Any:
        return getattr(self._helper, name)

    def SolveWrapper(self) -> Any:  # noqa: N802
        builder, eye = self._builder, self._eye

        class Told(self._helper.SolutionCallback):  # type: ignore[misc, name-defined]
            def OnSolutionCallback(self) -> None:  # noqa: N802
                eye.found(builder, self.Response().solution)

        wrapper = self._helper.SolveWrapper()
        self._told = Told()
        wrapper.add_solution_callback(self._told)
        wrapper.add_best_bound_callback(partial(eye.bounded, builder))
        return wrapper
