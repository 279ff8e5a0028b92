"""Whether every phase of a case has a schedule, asked quickly and within a number of tries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.errors import LimitError
from legengine.intake.case import Case
from legengine.intake.phases import PhasePlan
from legengine.pipeline import Pipeline
from legengine.solve.climb import Limits
from legengine.solve.feasibility import any_schedule
from legengine.solve.native import Search
from legengine.solve.solver import solve
from legengine.solve.stages import STAGES
from legengine.verify.checker import check_schedule

FAIR: Final = Limits(deterministic=0.05)
"""How earlier phases are solved where what they leave behind may matter: for their volume."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A phase without a schedule."""

    case: Case
    plan: PhasePlan
    problem: Problem
    sure: bool = True
    """Whether it was proven that none exists; a limit may have run out instead."""


class SpentError(Exception):
    """No more tries are left."""


class _NoWeekError(Exception):
    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.plan.phase.id)


class Feasible:
    """Asks; counts what it asks."""

    def __init__(self, pipeline: Pipeline, search: Search, *, most: int) -> None:
        self.pipeline = pipeline
        self.search = search
        self._most = most
        self.tried = 0

    def any(
        self, problem: Problem, *, patient: bool = True, witness: Schedule | None = None
    ) -> Schedule | None:
        """Some schedule of a phase; ``None`` where there is none.

        A witness that the checker accepts is one, and needs no solve.
        """
        rules = self.pipeline.constraints
        if witness is not None and not check_schedule(problem, witness, rules).violations:
            return witness
        self.count()
        return any_schedule(problem, rules, self.search, widen=not patient, patient=patient)

    def schedule_of(
        self, failure: Failure, patient: bool, witness: Schedule | None
    ) -> Schedule | Failure:
        """Some schedule of the phase that may fail, or the failure.

        Raises:
            LimitError: a limit ran out, and the answer may not be left open (``patient``).
        """
        try:
            found = self.any(failure.problem, patient=patient, witness=witness)
        except LimitError:
            if patient or self.search.stopped:
                raise
            return replace(failure, sure=False)
        return failure if found is None else found

    def count(self) -> None:
        """Take one try.

        Raises:
            SpentError: none was left.
        """
        if self.tried >= self._most:
            raise SpentError
        self.tried += 1

    def _fair(self, problem: Problem) -> Schedule:
        """A schedule near its volume aims; nothing is wished of it beyond."""
        self.count()
        objectives = [wish for wish in self.pipeline.objectives if wish.level in STAGES[0]]
        return solve(
            problem, self.pipeline.constraints, objectives, limits=FAIR, stop=self.search.stop
        )

    def first_failure(
        self, case: Case, *, patient: bool = True, witnesses: Mapping[int, Schedule] | None = None
    ) -> Failure | None:
        """The first phase of all that has no schedule.

        Witnesses are schedules, by the number of the phase, that may do.

        Any schedule of the earlier phases does for a start; where a later one then fails, they are
        solved for their volume, since what they leave behind decides how far volume may grow.
        """
        known = witnesses or {}
        failed = self._walk(case, 0, patient, known)
        if failed is None or failed.plan.order == 0:
            return failed
        return self._walk(case, failed.plan.order, patient, known)

    def _walk(
        self, case: Case, fair: int, patient: bool, witnesses: Mapping[int, Schedule]
    ) -> Failure | None:
        """The first phase without a schedule; those before ``fair`` are solved as told above."""

        def choose(plan: PhasePlan, problem: Problem) -> Schedule:
            if plan.order < fair:
                return self._fair(problem)
            failure = Failure(case, plan, problem)
            schedule = self.schedule_of(failure, patient, witnesses.get(plan.order))
            if isinstance(schedule, Failure):
                raise _NoWeekError(schedule)
            return schedule

        try:
            for _ in self.pipeline.walk(case, choose):
                pass
        except _NoWeekError as error:
            return error.failure
        return None
