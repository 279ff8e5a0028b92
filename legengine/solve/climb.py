"""The solves of one model, stage by stage, each from the solution before, until a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from legengine.domain.problem import Problem
from legengine.domain.schedule import LevelResult
from legengine.errors import InternalError, LimitError
from legengine.hooks.contracts import Column
from legengine.reckoning.sides import gives_extra_sets
from legengine.solve.attending import OnNews
from legengine.solve.builder import Builder
from legengine.solve.flat import FlatModel, value_of
from legengine.solve.inquiry import PATIENT, asking
from legengine.solve.least_change import DISTANCE
from legengine.solve.native import Answer, LoweredModel, Search, lower
from legengine.solve.stages import (
    STAGES,
    Stage,
    level_results,
    level_weights,
    stage_terms,
    told_level,
)

GLANCE, EASY, BROAD = 0.0005, 0.02, 0.05
"""Deterministic time for what comes before the long search for wishes and volume; each was
measured (``benchmarks/README.md``)."""

NEAR: Final = 0.1
"""Deterministic time for a least change at once, before it is looked for level by level."""

HURRIED: Final = 0.05
"""Deterministic limit of a phase that is still to be filled after a stop."""

OnStop = Literal["raise", "best", "finish"]
"""What a stop asks for: nothing more; the best found so far, if there is any; or that or else any
schedule, found in a hurry."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search. Deterministic time is counted in work, not seconds."""

    deterministic: float = 0.3
    """For wishes and volume, which are to be proven."""
    preference: float = 0.03
    """For the preferences, which mostly are proven, and for endurance around the training."""
    polish: float = 0.03
    """For the levels below, which polish."""
    wall_s: float = 30.0
    """A safety net for a phase; the program says if it struck."""


WITH_SETS_MORE: Final = 2
"""How many times as long to search where the weak side may have sets more: there is far more to
choose, and with the usual limit muscles were left outside of their aims."""


def patience(problem: Problem, limits: Limits) -> float:
    """Deterministic time for the wishes and the volume of a problem."""
    return limits.deterministic * (WITH_SETS_MORE if gives_extra_sets(problem) else 1)


@dataclass(frozen=True, slots=True)
class Step:
    """What a progress callback is told during and after each stage."""

    level: str
    value: int | None
    """Of the best schedule so far; none before the first is found."""
    bound: int
    """No schedule is better, as far as is proven."""

    @property
    def gap(self) -> int | None:
        """How much better a schedule could still be."""
        return None if self.value is None else self.value - self.bound


class Climb:
    """The solves of one model, stage by stage; each starts from the solution before."""

    def __init__(
        self,
        phase: str,
        builder: Builder,
        search: Search,
        limits: Limits,
        stages: tuple[Stage, ...] = STAGES,
        on_stop: OnStop = "raise",
        on_step: Callable[[Step], None] | None = None,
        fixed: Mapping[Column, int] | None = None,
    ) -> None:
        """``fixed`` columns keep their value in every solve."""
        self._phase = phase
        self.builder = builder
        self._search = search
        self._limits = limits
        self._on_stop = on_stop
        self._on_step = on_step
        self._stages = stages
        self._fixed = fixed or {}
        near = builder.near if stages[0] == DISTANCE else None
        self._native = self._lowered(near or builder.model)
        self.values: tuple[int, ...] = ()
        self.levels: list[LevelResult] = []
        self._heard: tuple[int | None, int] = (None, 0)
        """The best total of the stage at hand, and its best bound."""
        self.spent = 0.0
        self.struck = False
        """Whether the wall clock ended a solve before its deterministic limit."""
        self.stopped = False
        """Whether somebody's stop ended the climb before its time."""

    def find_schedule(self) -> bool:
        """Solve the first stage; false where no schedule holds all rules, or a stop came first.

        Raises:
            LimitError: the limit ran out before any schedule was found.
        """
        if self.builder.model.empty_rows:
            return False
        if self._stages[0] == DISTANCE:
            return self._find_near()
        answer = self._first_stage()
        if answer.outcome == "infeasible" or (self.stopped and not answer.values):
            return False
        if not answer.values:
            raise self._ran_out()
        self._accept(self._stages[0], answer)
        return True

    def _find_near(self) -> bool:
        """The least change: all its levels at once, or else the sessions first.

        Small changes are proven at once; of large ones a weighted sum proves little, and the
        fewest sessions alone are found far better.
        """
        patient = replace(self._search, by_relaxation=False)
        short = min(NEAR, patient.deterministic_limit)
        near = self._solve(DISTANCE, replace(patient, deterministic_limit=short))
        if near.outcome == "infeasible" or (self.stopped and not near.values):
            return False
        if near.outcome == "optimal" or self.stopped:
            self._accept(DISTANCE, near)
            self._take_over()
            return True
        # What was found so far is no hint, which would only mislead, but the least that counts.
        best = replace(near, outcome="feasible", bound=0)
        for stage in (DISTANCE[:1], DISTANCE[1:]):
            found = self._solve(stage, patient)
            if found.outcome == "infeasible":
                return False
            best = self._better(stage, found, best)
            if not best.values:
                best = self._anything()
            if not best.values:
                raise self._ran_out()
            self._accept(stage, best)
        self._take_over()
        return True

    def _lowered(self, model: FlatModel) -> LoweredModel:
        return lower(model.narrowed(self._fixed) if self._fixed else model)

    def _take_over(self) -> None:
        """Go on from the least change in the whole model, which has the other levels too."""
        self._native = self._lowered(self.builder.model)
        self._native.hint(self.values)
        completed = self._native.solve(
            replace(self._search, stop=None, proving=False, first_solution=True, completing=True)
        )
        if not completed.values:
            raise InternalError("the least change has no place in the whole model")
        self.values = completed.values
        for level in DISTANCE:
            self._hold(level)

    def _better(self, stage: Stage, found: Answer, best: Answer) -> Answer:
        """The new answer, unless it is worse than the one that there was."""
        if not found.values or not best.values:
            return found if found.values else replace(best, outcome="feasible", bound=0)
        terms = stage_terms(self.builder.model, stage)
        if value_of(terms, found.values) <= value_of(terms, best.values):
            return found
        return replace(best, outcome="feasible", bound=found.bound)

    def _first_stage(self) -> Answer:
        """The best that a row of searches finds, each for models that the ones before left open."""
        stage, seen = self._stages[0], list[Answer]()
        for search in self._searches():
            found = any(answer.values for answer in seen)
            if found and not search.proving:
                continue  # it only looks for what is there already
            answer = self._solve(stage, search)
            if answer.outcome in ("optimal", "infeasible"):
                return answer
            seen.append(answer)
            if self.stopped:
                break
            if answer.values and not search.first_solution:  # a poor hint misleads
                self._native.hint(answer.values)
        terms = stage_terms(self.builder.model, stage)
        best = min(
            (answer for answer in reversed(seen) if answer.values),
            key=lambda answer: value_of(terms, answer.values),
            default=None,
        )
        if best is None and self.stopped:
            return self._hurry() if self._on_stop == "finish" else seen[-1]
        if best is None:
            return self._anything()
        return replace(best, bound=max(answer.bound for answer in seen))

    def _searches(self) -> Iterator[Search]:
        """A glance, two short proofs of the easy, any good answer, a proof of the hard."""
        whole = self._search

        def short(limit: float) -> Search:
            return replace(whole, deterministic_limit=min(limit, whole.deterministic_limit))

        yield replace(short(GLANCE), proving=False, first_solution=True, presolve=False)
        if whole.workers == 1:
            yield short(EASY)
            yield replace(short(BROAD), by_relaxation=False)
        yield replace(short(BROAD), proving=False)
        yield replace(whole, by_relaxation=False)

    def _hurry(self) -> Answer:
        """Any schedule, and what a little time makes of it; this is not stopped any more."""
        hurried = replace(self._search, stop=None, proving=False, deterministic_limit=HURRIED)
        self._minimise(stage_terms(self.builder.model, self._stages[0]))
        answer = self._native.solve(hurried)
        self.spent += answer.deterministic_time
        return answer

    def _anything(self) -> Answer:
        """Any schedule, where a search for a good one found none."""
        answer = self._solve((), asking(self._search, PATIENT))
        return replace(answer, outcome="feasible", bound=0) if answer.values else answer

    def _hold(self, level: str) -> None:
        """Let no later solve be worse on a level."""
        terms = self.builder.model.level_terms(level)
        if terms:
            self._native.add_row(
                [column for column, _ in terms],
                [factor for _, factor in terms],
                value_of(terms, self.values),
            )

    def _ran_out(self) -> LimitError:
        return LimitError(f"the limit ran out before a schedule of phase '{self._phase}' was found")

    def reached(self) -> tuple[int, ...]:
        """The value of each level so far, in order: less is better."""
        return tuple(level.value for level in self.levels)

    def proves_volume(self) -> bool:
        """Whether every week is within its volume aims: no wider list can do better."""
        return not self.levels[-1].value

    def improve(self) -> None:
        """Prove the stages above the last, then polish among the exercises that were chosen."""
        *proving, polish = self._stages[1:]
        for stage in proving:
            if stage == ("endurance",):
                self._accept(stage, self._around_training(stage))
                continue
            preference = replace(self._search, deterministic_limit=self._limits.preference)
            search = preference if stage == ("preference",) else self._search
            self._accept(stage, self._solve(stage, search))
        left_out = self.builder.picks_left_out(self.values)
        self._native.add_row(left_out, [1] * len(left_out), 0)
        search = replace(self._search, deterministic_limit=self._limits.polish, proving=False)
        answer = self._solve(polish, search)
        # What is proven here is proven for the chosen exercises only: no bound for the others.
        self._accept(polish, replace(answer, outcome="feasible", bound=0))
        broken = self.builder.model.broken_rows(self.values)
        if broken:
            named = ", ".join(map(str, broken[0].labels)) or "the structure"
            raise InternalError(f"the solver's answer breaks {named}")

    def _around_training(self, stage: Stage) -> Answer:
        """Minimise one stage while the training that was chosen stays: small, and soon proven."""
        whole, model = self._native, self.builder.model
        fixed = {**self._fixed, **self.builder.training(self.values)}
        terms = stage_terms(model, stage)
        least = _least(model, terms)
        if value_of(terms, self.values) == least:
            return Answer("optimal", self.values, least, 0.0)
        self._native = lower(model.narrowed(fixed))
        for level in self.levels:
            self._hold(level.name)
        limit = min(self._limits.preference, self._search.deterministic_limit)
        answer = self._solve(stage, replace(self._search, deterministic_limit=limit))
        self._native = whole
        # Other training might leave more room: no bound but that of the columns.
        return replace(answer, outcome="feasible", bound=least)

    def _solve(self, stage: Stage, search: Search) -> Answer:
        """Minimise one stage; what can't be less needs no solve, nor does a stop."""
        self._heed_stop()
        terms = stage_terms(self.builder.model, stage)
        least = _least(self.builder.model, terms)
        if self.values and value_of(terms, self.values) == least:
            return Answer("optimal", self.values, least, 0.0)
        if self.stopped:
            return Answer("unknown", (), 0, 0.0)
        self._minimise(terms)
        if self.values:
            self._native.hint(self.values)
        answer = self._native.solve(replace(search, on_news=self._news_of(stage)))
        self._account(answer, search)
        if answer.outcome == "infeasible" and self.values:
            raise InternalError(f"level '{stage[0]}' contradicts a schedule that was found")
        return answer

    def _minimise(self, terms: Sequence[tuple[int, int]]) -> None:
        self._native.minimise([column for column, _ in terms], [factor for _, factor in terms])

    def _heed_stop(self) -> None:
        if self._search.stopped:
            if self._on_stop == "raise":
                raise LimitError(f"cancelled while phase '{self._phase}' was being solved")
            self.stopped = True

    def _account(self, answer: Answer, search: Search) -> None:
        self._heed_stop()
        self.spent += answer.deterministic_time
        unfinished = answer.outcome in ("feasible", "unknown") and not search.first_solution
        short = answer.deterministic_time < search.deterministic_limit
        if unfinished and short and not self.stopped:
            self.struck = True

    def _news_of(self, stage: Stage) -> OnNews | None:
        """Tells what the solves of a stage find, in the words of the level that it is about."""
        if self._on_step is None or not stage:
            return None
        on_step, weights, index = (
            self._on_step,
            level_weights(self.builder.model, stage),
            told_level(stage),
        )

        def tell(total: int | None, bound: int) -> None:
            best, proven = self._heard
            totals = [value for value in (total, best) if value is not None]
            self._heard = heard = min(totals, default=None), max(bound, proven)
            if heard == (best, proven):
                return
            total, bound = heard
            # What the levels above cost; only what is proven beyond that is about this one.
            above = 0 if total is None or index == 0 else total - total % weights[index - 1]
            value = None if total is None else (total - above) // weights[index]
            reached = 0 if stage == STAGES[-1] else max(bound - above, 0) // weights[index]
            on_step(Step(stage[index], value, reached if value is None else min(reached, value)))

        return tell

    def _accept(self, stage: Stage, answer: Answer) -> None:
        """Take a solution over and let no later stage trade its levels away."""
        model = self.builder.model
        self._heard = (None, 0)
        self.values = answer.values or self.values
        self.levels += level_results(model, stage, self.values, answer)
        for level in stage:
            self._hold(level)
        if self._on_step is not None:
            told = self.levels[told_level(stage) - len(stage)]
            self._on_step(Step(told.name, told.value, told.bound))


def _least(model: FlatModel, terms: Sequence[tuple[int, int]]) -> int:
    """What a sum with positive factors can't be below, by the domains of its columns."""
    return sum(factor * model.lows[column] for column, factor in terms)
