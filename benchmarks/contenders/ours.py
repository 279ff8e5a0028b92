"""This engine as it is: ``legengine.solve.solver.solve`` with its own limits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import Any
from unittest.mock import patch

from measure import Span

from contenders import Log, Task
from contenders.levels import level_of, wish_weight
from legengine.solve import climb, solver
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates
from legengine.solve.flat import FlatModel
from legengine.solve.native import BOUND_SLACK, NativeModel


def plan(task: Task, log: Log) -> None:
    plan_within(solver.Limits(), task, log)


def plan_within(limits: solver.Limits, task: Task, log: Log) -> None:
    eye = _Eye(log)
    with patch.object(solver, "build_model", eye.build), patch.object(climb, "lower", eye.lower):
        schedule = solver.solve(
            task.problem, task.rules, task.objectives, limits=limits, on_step=eye.step
        )
    levels = {level.name: level.status for level in schedule.levels}
    if levels["wishes"] == levels["volume"] == "optimal":
        log.proof = eye.volume_done


class _Eye:
    """Sees the solutions and bounds of wishes and volume from outside of the engine."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._build = solver.build_model
        self._builder: Builder | None = None
        self._open = False
        """Whether the stage of wishes and volume is being solved."""
        self.volume_done: Span | None = None

    def build(self, *given: Any, **more: Any) -> tuple[Builder, Candidates]:
        self._builder, candidates = self._build(*given, **more)
        return self._builder, candidates

    def lower(self, model: FlatModel) -> NativeModel:
        self._open = True
        return _Watched(model, self)

    def step(self, step: climb.Step) -> None:
        if step.level == "volume":
            self._open, self.volume_done = False, self._log.now()

    def found(self, values: Sequence[int]) -> None:
        assert self._builder is not None
        self._log.found(partial(self._builder.items, tuple(values)))

    def bounded(self, bound: float) -> None:
        assert self._builder is not None
        if self._open:
            weight = wish_weight(self._builder.model)
            self._log.bounded(level_of(ceil(bound - BOUND_SLACK), weight))


class _Watched(NativeModel):
    """The engine's own lowering; each solve tells the eye."""

    def __init__(self, model: FlatModel, eye: _Eye) -> None:
        super().__init__(model)
        self._cp = _Helper(self._cp, eye)


class _Helper:
    """The solver's module, but for the wrappers of a solve, which tell the eye."""

    def __init__(self, helper: Any, eye: _Eye) -> None:
        self._helper, self._eye = helper, eye

    def __getattr__(self, name: str) -> Any:
        return getattr(self._helper, name)

    def SolveWrapper(self) -> Any:  # noqa: N802
        eye = self._eye

        class Told(self._helper.SolutionCallback):  # type: ignore[misc, name-defined]
            def OnSolutionCallback(self) -> None:  # noqa: N802
                eye.found(self.Response().solution)

        wrapper = self._helper.SolveWrapper()
        self._told = Told()
        wrapper.add_solution_callback(self._told)
        wrapper.add_best_bound_callback(eye.bounded)
        return wrapper
