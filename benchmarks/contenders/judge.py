"""What a run was worth: every schedule is judged by the engine's checker and by its levels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from measure import Span

from contenders import Items, Level, Run
from contenders.process import Case, engine, problem_of
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.engine import Engine
from legengine.verify.checker import check_schedule, score_levels

WISH = 100
"""Sets of volume that one wish weighs in a gap: the order of the levels, in a readable unit."""


def total(level: Level) -> int:
    return WISH * level.wishes + min(level.volume, WISH - 1)


@dataclass(frozen=True)
class Verdict:
    """One contender's run for one person."""

    totals: list[tuple[Span, int]]
    """Each schedule that keeps all rules, when, and its wishes and volume in one number."""
    proof: Span | None
    end: Span
    bound: int
    broken: Counter[str]
    """Rule to how often the last schedule breaks it."""
    last: Level | None

    @property
    def first(self) -> Span | None:
        return self.totals[0][0] if self.totals else None

    def best(self, until_ms: float = float("inf"), clock: str = "wall") -> int | None:
        """The least total of what was found until then."""
        until = [value for span, value in self.totals if getattr(span, clock) <= until_ms]
        return min(until, default=None)


def judge(case: Case, run: Run) -> Verdict:
    problem, judges = problem_of(case), engine(case.size)
    totals, broken, last = [], Counter[str](), None
    for span, items in run.found:
        broken = _broken(judges, problem, items)
        last = _level(judges, problem, items)
        if not broken:
            totals.append((span, total(last)))
    bound = max((total(level) for _, level in run.bounds), default=0)
    return Verdict(totals, run.proof, run.end, bound, broken, last)


def _broken(judges: Engine, problem: Problem, items: Items) -> Counter[str]:
    rules = tuple(judges.registry.constraints.values())
    report = check_schedule(problem, Schedule(items=items), rules)
    return Counter(violation.rule for violation in report.violations)


def _level(judges: Engine, problem: Problem, items: Items) -> Level:
    objectives = judges.registry.objectives.values()
    levels = score_levels(problem, Schedule(items=items), objectives)
    return Level(levels["wishes"], levels["volume"])
