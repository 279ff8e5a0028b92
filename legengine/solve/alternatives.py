"""Another schedule of a phase that is really different, and nearly as good.

Different: it shares at most half of the exercise-days of every schedule before it, counted twice:
by date, and with the weeks that are decided together as one. Nearly as good: its wishes and its
volume stay within a slack of the best.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Column, Constraint, Objective
from legengine.solve.builder import Builder
from legengine.solve.climb import Climb, Limits, Step, patience
from legengine.solve.native import Search
from legengine.solve.solver import build_model, schedule_of

SLACK: Final[Mapping[str, int]] = {"wishes": 2, "volume": 2}
"""How much worse than the best each week may be: points of wishes, sets outside of the aims."""


def find_alternative(
    problem: Problem,
    constraints: Sequence[Constraint],
    objectives: Sequence[Objective],
    earlier: Sequence[Schedule],
    *,
    limits: Limits,
    widen: bool = False,
    stop: threading.Event | None = None,
    on_step: Callable[[Step], None] | None = None,
) -> Schedule | None:
    """The best schedule that differs from the earlier ones; the first of them is the best of all.

    ``None`` where no schedule differs so much within the slack. What is proven here holds among
    such schedules only, so the levels claim no bounds.

    Raises:
        LimitError: a limit ran out before any was found, or ``stop`` was set.
    """
    search = Search(patience(problem, limits), limits.wall_s, stop=stop)
    for wide in (True,) if widen else (False, True):
        builder, candidates = build_model(problem, constraints, objectives, widen=wide)
        for schedule in earlier:
            _keep_away(builder, problem, schedule)
        _stay_near(builder, problem, earlier[0])
        climb = Climb(problem.phase, builder, search, limits, on_step=on_step)
        if climb.find_schedule():
            climb.improve()
            return schedule_of(climb, candidates).without_bounds()
        if not candidates.reduced:
            break
    return None


def _keep_away(builder: Builder, problem: Problem, schedule: Schedule) -> None:
    """Share at most half of the exercise-days, by date and by decision."""
    dates, decisions = Counter[Column](), set[Column]()
    elsewhere = set[tuple[object, str]]()
    regular = {week.number: week.regular for week in problem.weeks}
    slots = {slot.id: slot for slot in problem.slots}
    for item in schedule.items:
        pick = builder.pick(item.slot, item.exercise)
        if pick is not None:
            dates[pick] += 1
            decisions.add(pick)
        else:
            slot = slots[item.slot]
            elsewhere.add((slot.weekly if regular[slot.week] else slot.id, item.exercise))
    builder.require(None, sorted(dates.items()), high=len(schedule.items) // 2)
    days = len(decisions) + len(elsewhere)
    builder.require(None, [(pick, 1) for pick in sorted(decisions)], high=days // 2)


def _stay_near(builder: Builder, problem: Problem, best: Schedule) -> None:
    """Keep each level with a slack within it of the best."""
    values = {level.name: level.value for level in best.levels}
    for level, slack in SLACK.items():
        most = values[level] + slack * len(problem.weeks)
        builder.require(None, builder.model.level_terms(level), high=most)
