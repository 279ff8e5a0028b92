"""From a problem to a schedule: level by level, proven where it says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from legengine.domain.problem import Problem
from legengine.domain.schedule import LevelResult, Schedule
from legengine.errors import InternalError, LimitError, NoScheduleError
from legengine.hooks.contracts import Constraint, Objective
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates, find_candidates
from legengine.solve.conflict import find_conflict
from legengine.solve.flat import FlatModel, value_of
from legengine.solve.least_change import DISTANCE, Keep, Reference, post_distance
from legengine.solve.native import Answer, Search, lower

Stage = tuple[str, ...]

STAGES: tuple[Stage, ...] = (
    ("wishes", "volume"),
    ("preference",),
    ("continuity", "evenness", "minutes", "canonical"),
)
"""Levels that are solved together as one weighted sum keep their order: the weight of the higher
one exceeds anything that the lower can add up to. The last stage polishes: it rearranges the
exercises that the stages before chose, which is small enough to be done well in little time."""

STAGES_KEEPING: Mapping[Keep, tuple[Stage, ...]] = {
    "sessions": (DISTANCE, *STAGES),
    "quality": (STAGES[0], DISTANCE, *STAGES[1:]),
}
"""The same with the distance from a schedule that is to change as little as possible."""


GLANCE, EASY, BROAD = 0.0005, 0.02, 0.05
"""Deterministic time for what comes before the long search for wishes and volume; each was
measured (``benchmarks/README.md``)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to search. Deterministic time is counted in work, not seconds."""

    deterministic: float = 0.3
    """For wishes and volume, which are to be proven."""
    preference: float = 0.03
    """For the preferences, which mostly are."""
    polish: float = 0.03
    """For the levels below, which polish."""
    wall_s: float = 30.0
    """A safety net for a phase; the program says if it struck."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a progress callback is told after each stage."""

    level: str
    value: int
    bound: int


def build_model(
    problem: Problem,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    *,
    widen: bool = False,
    reference: Reference | None = None,
) -> tuple[Builder, Candidates]:
    """State every rule and every objective over the open exercises; and a distance, if asked."""
    candidates = find_candidates(problem, constraints, widen=widen)
    # What has to change may be one week only: least change decides each by itself.
    builder = Builder(problem, candidates, merge=reference is None)
    for constraint in sorted(constraints, key=lambda rule: rule.name):
        constraint.post(builder, problem)
    for objective in sorted(objectives, key=lambda wish: wish.name):
        objective.post(builder, problem)
    if reference is not None:
        post_distance(builder, reference.schedule)
    return builder, candidates


def solve(
    problem: Problem,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    *,
    limits: Limits | None = None,
    preset: Literal["deterministic", "fast"] = "deterministic",
    widen: bool = False,
    stop: threading.Event | None = None,
    on_step: Callable[[Step], None] | None = None,
    reference: Reference | None = None,
) -> Schedule:
    """Find the best schedule of a phase; with a ``reference`` the one that changes least of it.

    Least change is proven over every eligible exercise. Without a reference, a reduced candidate
    list that holds no schedule, or none within the volume aims, is widened to every eligible
    exercise before anything is said.

    Raises:
        NoScheduleError: no schedule holds all the rules; confirmed by a second solve.
        LimitError: a limit ran out before any schedule was found, or ``stop`` was set.
    """
    limits = limits or Limits()
    search = Search(
        deterministic_limit=limits.deterministic,
        wall_limit_s=limits.wall_s,
        workers=2 if preset == "fast" else 1,
        subsolvers=("max_lp",) if preset == "fast" else (),
        stop=stop,
    )
    stages = STAGES if reference is None else STAGES_KEEPING[reference.keep]
    for wide in (True,) if widen or reference else (False, True):
        builder, candidates = build_model(
            problem, constraints, objectives, widen=wide, reference=reference
        )
        climb = _Climb(problem.phase, builder, search, limits, on_step, stages)
        found = climb.find_schedule()
        if not candidates.reduced:
            break
        if found and climb.proves_volume():
            break
    if not found:
        conflict = find_conflict(problem, constraints, search)
        if conflict is None:
            raise InternalError(f"phase '{problem.phase}': two solves disagree on a schedule")
        raise NoScheduleError(conflict)
    climb.improve()
    return _schedule(builder, candidates, climb)


class _Climb:
    """The solves of one model, stage by stage; each starts from the solution before."""

    def __init__(
        self,
        phase: str,
        builder: Builder,
        search: Search,
        limits: Limits,
        on_step: Callable[[Step], None] | None,
        stages: tuple[Stage, ...] = STAGES,
    ) -> None:
        self._phase = phase
        self._builder = builder
        self._search = search
        self._limits = limits
        self._on_step = on_step
        self._stages = stages
        self._native = lower(builder.model)
        self.values: tuple[int, ...] = ()
        self.levels: list[LevelResult] = []
        self.spent = 0.0
        self.struck = False
        """Whether the wall clock ended a solve before its deterministic limit."""

    def find_schedule(self) -> bool:
        """Solve the first stage; false where no schedule holds all rules.

        Raises:
            LimitError: the limit ran out before any schedule was found.
        """
        if self._builder.model.empty_rows:
            return False
        answer = self._first_stage()
        if answer.outcome == "infeasible":
            return False
        if not answer.values:
            raise LimitError(
                f"the limit ran out before a schedule of phase '{self._phase}' was found"
            )
        self._accept(self._stages[0], answer)
        return True

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
            if answer.values and not search.first_solution:  # a poor hint misleads
                self._native.hint(answer.values)
        terms = _stage_terms(self._builder.model, stage)
        best = min(
            (answer for answer in reversed(seen) if answer.values),
            key=lambda answer: value_of(terms, answer.values),
            default=None,
        )
        if best is None:
            anything = replace(self._search, proving=False, first_solution=True)
            last = self._solve((), anything)
            return replace(last, outcome="feasible", bound=0) if last.values else last
        return replace(best, bound=max(answer.bound for answer in seen))

    def _searches(self) -> Iterator[Search]:
        """A glance, a proof of the easy by the relaxation, any good answer, a proof of the hard."""
        whole = self._search

        def short(limit: float) -> Search:
            return replace(whole, deterministic_limit=min(limit, whole.deterministic_limit))

        yield replace(short(GLANCE), proving=False, first_solution=True, presolve=False)
        if whole.workers == 1:
            yield short(EASY)
        yield replace(short(BROAD), proving=False)
        yield replace(whole, by_relaxation=False)

    def proves_volume(self) -> bool:
        """Whether every week is within its volume aims: no wider list can do better."""
        return not self.levels[-1].value

    def improve(self) -> None:
        """Prove the stages above the last, then polish among the exercises that were chosen."""
        *proving, polish = self._stages[1:]
        for stage in proving:
            preference = replace(self._search, deterministic_limit=self._limits.preference)
            search = preference if stage == ("preference",) else self._search
            self._accept(stage, self._solve(stage, search))
        left_out = self._builder.picks_left_out(self.values)
        self._native.add_row(left_out, [1] * len(left_out), 0)
        search = replace(self._search, deterministic_limit=self._limits.polish, proving=False)
        answer = self._solve(polish, search)
        # What is proven here is proven for the chosen exercises only: no bound for the others.
        self._accept(polish, replace(answer, outcome="feasible", bound=0))
        broken = self._builder.model.broken_rows(self.values)
        if broken:
            named = ", ".join(map(str, broken[0].labels)) or "the structure"
            raise InternalError(f"the solver's answer breaks {named}")

    def _solve(self, stage: Stage, search: Search) -> Answer:
        """Minimise one stage; nothing to gain below zero needs no solve."""
        terms = _stage_terms(self._builder.model, stage)
        if self.values and value_of(terms, self.values) == 0:
            return Answer("optimal", self.values, 0, 0.0)
        self._native.minimise([column for column, _ in terms], [factor for _, factor in terms])
        if self.values:
            self._native.hint(self.values)
        answer = self._native.solve(search)
        self._account(answer, search)
        if answer.outcome == "infeasible" and self.values:
            raise InternalError(f"level '{stage[0]}' contradicts a schedule that was found")
        return answer

    def _account(self, answer: Answer, search: Search) -> None:
        if search.stop is not None and search.stop.is_set():
            raise LimitError(f"cancelled while phase '{self._phase}' was being solved")
        self.spent += answer.deterministic_time
        unfinished = answer.outcome in ("feasible", "unknown") and not search.first_solution
        if unfinished and answer.deterministic_time < search.deterministic_limit:
            self.struck = True

    def _accept(self, stage: Stage, answer: Answer) -> None:
        """Take a solution over and let no later stage trade its levels away."""
        model = self._builder.model
        self.values = answer.values or self.values
        self.levels += _results(model, stage, self.values, answer)
        for level in stage:
            terms = model.level_terms(level)
            if terms:
                self._native.add_row(
                    [column for column, _ in terms],
                    [factor for _, factor in terms],
                    value_of(terms, self.values),
                )
        if self._on_step is not None:
            told = self.levels[-len(stage)] if stage == self._stages[-1] else self.levels[-1]
            self._on_step(Step(told.name, told.value, told.bound))


def _stage_terms(model: FlatModel, stage: Stage) -> list[tuple[int, int]]:
    """One weighted sum whose order is the order of the levels."""
    sums: dict[int, int] = {}
    weight = 1
    for level in reversed(stage):
        terms = model.level_terms(level)
        for column, factor in terms:
            sums[column] = sums.get(column, 0) + weight * factor
        weight *= 1 + sum(factor * model.highs[column] for column, factor in terms)
    return sorted(sums.items())


def _results(
    model: FlatModel,
    stage: Stage,
    values: tuple[int, ...],
    answer: Answer,
) -> list[LevelResult]:
    """The value and bound of each level of a stage."""
    proven = answer.outcome == "optimal"
    results = []
    bound = answer.bound
    for index, level in enumerate(stage):
        value = value_of(model.level_terms(level), values)
        weight = 1
        for below in stage[index + 1 :]:
            weight *= 1 + sum(f * model.highs[c] for c, f in model.level_terms(below))
        reached = value if proven else min(max(bound // weight, 0), value)
        results.append(
            LevelResult(level, value, reached, "optimal" if reached == value else "feasible")
        )
        # Below an unproven level nothing is known of the next one.
        bound = bound - value * weight if reached == value else 0
    return results


def _schedule(
    builder: Builder,
    candidates: Candidates,
    climb: _Climb,
) -> Schedule:
    """Read the dated items from a solution."""
    values = climb.values
    model = builder.model
    return Schedule(
        items=builder.items(values),
        levels=tuple(climb.levels),
        status="optimal"
        if all(level.status == "optimal" for level in climb.levels)
        else "feasible",
        library="reduced" if candidates.reduced else "whole",
        candidates=candidates.kept,
        eligible=candidates.eligible,
        columns=len(model.names),
        rows=len(model.rows),
        model_hash=model.digest(),
        deterministic_time=round(climb.spent, 6),
        wall_clock_struck=climb.struck,
        excluded={id: str(label) for id, label in candidates.excluded.items()},
    )
