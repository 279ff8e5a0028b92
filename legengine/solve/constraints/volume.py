"""Effective sets of each muscle a week and a session, and how fast they may grow."""

from __future__ import annotations

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Week
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.reckoning.credit import SET
from legengine.reckoning.past import credit_inside
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "volume"

MANY_SETS = 500
"""More sets than any week can hold: switches one of two rows off."""


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State floor, cap, session cap, growth and the smaller deload week."""
    for number, _ in builder.distinct_weeks():
        week = problem.week(number)
        for group in sorted(week.volume):
            _week(builder, problem, week, group)
    for group in sorted(problem.weeks[0].volume):
        _growth(builder, problem, group)


def _credits(builder: ModelBuilder, number: int, group: str) -> list[tuple[Column, int]]:
    return [term for slot in builder.slots(number) for term in builder.credit(slot.id, group)]


def _week(builder: ModelBuilder, problem: Problem, week: Week, group: str) -> None:
    volume = week.volume[group]
    credits = _credits(builder, week.number, group)
    if volume.floor and not week.reduced:
        label = Label.of(NAME, what="floor", muscle=group, week=week.number)
        builder.require(label, credits, low=volume.floor)
    label = Label.of(NAME, what="cap", muscle=group, week=week.number)
    left = volume.cap - credit_inside(problem.past, week, group)
    builder.require(label, credits, high=max(left, 0))
    for slot in builder.slots(week.number):
        label = Label.of(NAME, what="session_cap", muscle=group)
        builder.require(label, builder.credit(slot.id, group), high=volume.session_cap)


def _growth(builder: ModelBuilder, problem: Problem, group: str) -> None:
    """Compare each week with the last build week before it (or with what came before)."""
    before: Week | None = None
    for week in problem.weeks:
        if group not in week.volume:
            continue
        now = _credits(builder, week.number, group)
        if week.kind == "deload":
            if before is not None:
                label = Label.of(NAME, what="deload", muscle=group, week=week.number)
                then = _credits(builder, before.number, group)
                builder.require(label, [*now, *((column, -f) for column, f in then)], high=0)
            elif problem.past.under_way and group in problem.past.volume:
                label = Label.of(NAME, what="deload", muscle=group, week=week.number)
                left = problem.past.volume[group] - credit_inside(problem.past, week, group)
                builder.require(label, now, high=max(left, 0))
            continue
        if week.reduced:
            continue
        label = Label.of(NAME, what="growth", muscle=group, week=week.number)
        if before is not None:
            _grows_slowly(builder, problem, label, now, _credits(builder, before.number, group))
        elif group in problem.past.volume:
            then_value = problem.past.volume[group]
            step = max(problem.growth.sets * SET, then_value * problem.growth.percent // 100)
            builder.require(label, now, high=then_value + step)
        before = week


def _grows_slowly(
    builder: ModelBuilder,
    problem: Problem,
    label: Label,
    now: list[tuple[Column, int]],
    then: list[tuple[Column, int]],
) -> None:
    """``now <= then + max(sets, percent of then)``: one of the two steps must suffice."""
    if sorted(now) == sorted(then):
        return
    growth = problem.growth
    by_sets = [*now, *((column, -factor) for column, factor in then)]
    by_percent = [
        *((column, 100 * factor) for column, factor in now),
        *((column, -(100 + growth.percent) * factor) for column, factor in then),
    ]
    large = builder.flag(f"{label} by percent")
    most = 100 * MANY_SETS * SET
    builder.require(label, [*by_sets, (large, -most)], high=growth.sets * SET)
    builder.require(label, [*by_percent, (large, most)], high=most)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the sets."""
    muscle = label.get("muscle")
    name = muscle.replace("_", " ")
    number = int(label.get("week", str(problem.weeks[0].number)))
    volume = problem.week(number).volume[muscle]
    growth = problem.growth
    return {
        "floor": f"{name} need at least {volume.floor / SET:g} effective sets in week {number}",
        "cap": f"{name} take at most {volume.cap / SET:g} effective sets in week {number}",
        "session_cap": f"{name} take at most {volume.session_cap / SET:g} effective sets a session",
        "growth": (f"{name} may grow by {growth.sets} sets or {growth.percent} % to week {number}"),
        "deload": f"the deload week {number} has no more {name} work than the week before",
    }[label.get("what")]
