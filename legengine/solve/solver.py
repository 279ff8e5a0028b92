"""From a problem to a schedule: level by level, proven where it says so."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from legengine.domain.problem import Problem
from legengine.domain.schedule import LevelResult, Schedule
from legengine.errors import InternalError, LimitError, NoScheduleError
from legengine.hooks.contracts import Constraint, Objective
from legengine.solve.attending import OnNews
from legengine.solve.builder import Builder
from legengine.solve.candidates import Candidates, find_candidates
from legengine.solve.conflict import find_conflict
from legengine.solve.flat import FlatModel, value_of
from legengine.solve.inquiry import PATIENT, asking
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


HURRIED: Final = 0.05
"""Deterministic limit of a phase that is still to be filled after a stop."""

OnStop = Literal["raise", "best", "finish"]
"""What a stop asks for: nothing more; the best found so far, if there is any; or that or else any
schedule, found in a hurry."""


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
    on_stop: OnStop = "raise",
    on_step: Callable[[Step], None] | None = None,
    reference: Reference | None = None,
) -> Schedule:
    """Find the best schedule of a phase; with a ``reference`` the one that changes least of it.

    Least change is proven over every eligible exercise. Without a reference, a reduced candidate
    list that holds no schedule, or none within the volume aims, is widened to every eligible
    exercise before anything is said.

    Raises:
        NoScheduleError: no schedule holds all the rules; confirmed by a second solve.
        LimitError: a limit ran out before any schedule was found, or ``stop`` was set and
            ``on_stop`` asks for nothing that there is.
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
    found: tuple[_Climb, Candidates] | None = None
    for wide in (True,) if widen or reference else (False, True):
        builder, candidates = build_model(
            problem, constraints, objectives, widen=wide, reference=reference
        )
        climb = _Climb(problem.phase, builder, search, limits, on_stop, on_step, stages)
        if climb.find_schedule():
            found = climb, candidates
        elif found is not None and climb.stopped:
            found[0].stopped = True
        if not candidates.reduced or (found and (climb.stopped or climb.proves_volume())):
            break
    if found is None and climb.stopped:
        raise LimitError(f"cancelled before a schedule of phase '{problem.phase}' was found")
    if found is None:
        conflict = find_conflict(problem, constraints, search)
        if conflict is None:
            raise InternalError(f"phase '{problem.phase}': two solves disagree on a schedule")
        raise NoScheduleError(conflict)
    climb, candidates = found
    climb.improve()
    return _schedule(climb, candidates)


class _Climb:
    """The solves of one model, stage by stage; each starts from the solution before."""

    def __init__(
        self,
        phase: str,
        builder: Builder,
        search: Search,
        limits: Limits,
        on_stop: OnStop = "raise",
        on_step: Callable[[Step], None] | None = None,
        stages: tuple[Stage, ...] = STAGES,
    ) -> None:
        self._phase = phase
        self.builder = builder
        self._search = search
        self._limits = limits
        self._on_stop = on_stop
        self._on_step = on_step
        self._stages = stages
        self._native = lower(builder.model)
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
        answer = self._first_stage()
        if answer.outcome == "infeasible" or (self.stopped and not answer.values):
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
            if self.stopped:
                break
            if answer.values and not search.first_solution:  # a poor hint misleads
                self._native.hint(answer.values)
        terms = _stage_terms(self.builder.model, stage)
        best = min(
            (answer for answer in reversed(seen) if answer.values),
            key=lambda answer: value_of(terms, answer.values),
            default=None,
        )
        if best is None and self.stopped:
            return self._hurry() if self._on_stop == "finish" else seen[-1]
        if best is None:
            last = self._solve((), asking(self._search, PATIENT))
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

    def _hurry(self) -> Answer:
        """Any schedule, and what a little time makes of it; this is not stopped any more."""
        hurried = replace(self._search, stop=None, proving=False, deterministic_limit=HURRIED)
        self._minimise(_stage_terms(self.builder.model, self._stages[0]))
        answer = self._native.solve(hurried)
        self.spent += answer.deterministic_time
        return answer

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

    def _solve(self, stage: Stage, search: Search) -> Answer:
        """Minimise one stage; nothing to gain below zero needs no solve, nor does a stop."""
        self._heed_stop()
        terms = _stage_terms(self.builder.model, stage)
        if self.values and value_of(terms, self.values) == 0:
            return Answer("optimal", self.values, 0, 0.0)
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
        if self._search.stop is not None and self._search.stop.is_set():
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
        on_step, weights, index = self._on_step, _weights(self.builder.model, stage), _told(stage)

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
            told = self.levels[_told(stage) - len(stage)]
            self._on_step(Step(told.name, told.value, told.bound))


def _told(stage: Stage) -> int:
    """The level of a stage that progress tells of: the first where it polishes, else the last."""
    return 0 if stage == STAGES[-1] else len(stage) - 1


def _weights(model: FlatModel, stage: Stage) -> list[int]:
    """What each level counts in a stage: more than all that the levels below can add up to."""
    weights, weight = list[int](), 1
    for level in reversed(stage):
        weights.append(weight)
        weight *= 1 + sum(f * model.highs[column] for column, f in model.level_terms(level))
    return weights[::-1]


def _stage_terms(model: FlatModel, stage: Stage) -> list[tuple[int, int]]:
    """One weighted sum whose order is the order of the levels."""
    sums: dict[int, int] = {}
    for level, weight in zip(stage, _weights(model, stage), strict=True):
        for column, factor in model.level_terms(level):
            sums[column] = sums.get(column, 0) + weight * factor
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
    for level, weight in zip(stage, _weights(model, stage), strict=True):
        value = value_of(model.level_terms(level), values)
        reached = value if proven else min(max(bound // weight, 0), value)
        results.append(
            LevelResult(level, value, reached, "optimal" if reached == value else "feasible")
        )
        # Below an unproven level nothing is known of the next one.
        bound = bound - value * weight if reached == value else 0
    return results


def _schedule(climb: _Climb, candidates: Candidates) -> Schedule:
    """Read the dated items from a solution."""
    model = climb.builder.model
    return Schedule(
        items=climb.builder.items(climb.values),
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
        stopped=climb.stopped,
        excluded={id: str(label) for id, label in candidates.excluded.items()},
    )
