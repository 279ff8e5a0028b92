"""The distance of the model is the least over all assignments that the checker accepts."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from legengine.domain.problem import Problem
from legengine.domain.schedule import Item, Schedule
from legengine.errors import NoScheduleError
from legengine.rules import CONSTRAINTS, OBJECTIVES
from legengine.solve.climb import Limits
from legengine.solve.least_change import DISTANCE, Reference
from legengine.solve.solver import solve
from legengine.testing import tiny
from legengine.testing.agreement import Items, accepted_by_checker, assignments
from legengine.testing.tiny import BRIDGE, SQUAT
from legengine.verify.checker import check_schedule, score_levels
from legengine.verify.distance import distance
from tests.solve.test_agreement import (
    MON,
    MON2,
    TUE,
    WED,
    WED2,
    by_chance,
    one_sided_by_chance,
    problem,
    slots,
)

LIMITS = Limits(deterministic=5, preference=5, polish=5)


def far(reference: Items, items: Items) -> tuple[int, ...]:
    """The distance, level by level."""
    return tuple(distance(Schedule(reference), Schedule(items)).values())


def nearest(made: Problem, reference: Items) -> tuple[int, ...] | None:
    """The least distance of all assignments that the checker accepts."""
    accepted = accepted_by_checker(made, CONSTRAINTS)
    return min((far(reference, items) for items in accepted), default=None)


def changed(made: Problem, reference: Items) -> Schedule:
    return solve(
        made, CONSTRAINTS, OBJECTIVES, limits=LIMITS, reference=Reference(Schedule(reference))
    )


def check_nearest(made: Problem, reference: Items) -> bool:
    """Compare the solver with the enumeration; false where there is no schedule."""
    least = nearest(made, reference)
    if least is None:
        with pytest.raises(NoScheduleError):
            changed(made, reference)
        return False
    found = changed(made, reference)

    assert not check_schedule(made, found, CONSTRAINTS).violations
    assert far(reference, found.items) == least
    told = {level.name: level for level in found.levels}
    assert tuple(told[name].value for name in DISTANCE) == least
    assert all(told[name].status == "optimal" for name in DISTANCE)
    return True


@pytest.mark.parametrize("first", range(0, 48, 12))
def test_the_distance_is_the_least_of_all_schedules(first: int) -> None:
    solved = 0
    for seed in range(first, first + 12):
        made = by_chance(seed)
        every = sorted(assignments(made))
        solved += check_nearest(made, random.Random(seed).choice(every))
    assert solved > 1


@pytest.mark.parametrize("first", range(0, 12, 6))
def test_sets_more_on_the_weak_side_are_changed_as_little(first: int) -> None:
    solved = 0
    for seed in range(first, first + 6):
        made = one_sided_by_chance(seed)
        every = sorted(items for items in assignments(made) if any(item.extra for item in items))
        solved += check_nearest(made, random.Random(seed).choice(every))
        # what was planned while the legs differed, for legs that are equal again
        equal = replace(made, asymmetry=None)
        solved += check_nearest(equal, random.Random(seed).choice(every))
    assert solved > 1


@pytest.mark.parametrize("seed", range(6))
def test_regular_weeks_may_differ_in_sets_where_one_of_them_has_to_change(seed: int) -> None:
    """Weeks that are equal in every respect are not decided once when little is to change."""
    weeks = (tiny.week(1, regular=True), tiny.week(2, regular=True))
    made = problem(SQUAT, BRIDGE, slots=slots(MON, MON2), weeks=weeks, dose=tiny.dose(sets_max=3))
    dice = random.Random(seed)
    reference = tuple(
        Item(slot, name, dice.randint(1, 3))
        for slot in (f"{MON}T18:00", f"{MON2}T18:00")
        for name in ("bridge", "squat")
    )

    assert far(reference, changed(made, reference).items) == (0, 0, 0)


def test_a_regular_exercise_that_is_closed_is_counted_in_every_week() -> None:
    weeks = (tiny.week(1, regular=True), tiny.week(2, regular=True))
    made = problem(
        SQUAT,
        BRIDGE,
        slots=slots(MON, WED, MON2, WED2),
        weeks=weeks,
        dose=tiny.dose(sets_max=1),
        eligibility={"never": frozenset({"squat"})},
    )
    days = (MON, WED, MON2, WED2)
    reference = tuple(sorted(Item(f"{day}T18:00", "squat", 1) for day in days))

    assert far(reference, changed(made, reference).items) == (4, 4, 0)
    assert check_nearest(made, reference)


def test_sessions_come_before_exercises_and_exercises_before_sets() -> None:
    """One session that changes in two exercises is nearer than two that change in one each."""
    before: Items = (Item("a", "x", 2), Item("b", "x", 2), Item("b", "y", 1))
    one = (Item("a", "x", 2),)
    two = (Item("a", "x", 3), Item("b", "x", 3), Item("b", "y", 1))

    assert far(before, one) == (1, 2, 0)
    assert far(before, two) == (2, 0, 2)


def test_what_is_equally_near_is_as_good_as_can_be() -> None:
    """Where the volume aim leaves a choice of sets, the level below the distance takes it."""
    made = problem(
        SQUAT,
        BRIDGE,
        slots=slots(MON),
        weeks=(
            tiny.week(1, volume={"glutes": tiny.volume(aim_low=24, aim_high=24)}, sessions=(0, 1)),
        ),
        dose=tiny.dose(sets_max=4),
        eligibility={"never": frozenset({"squat"})},
        structure=tiny.structure(work_items=(1, 3)),
    )
    reference = (Item(f"{MON}T18:00", "squat", 2),)
    accepted = accepted_by_checker(made, CONSTRAINTS)
    found = changed(made, reference)

    near = [items for items in accepted if far(reference, items) == far(reference, found.items)]
    scores = [tuple(score_levels(made, Schedule(items), OBJECTIVES).values()) for items in near]
    assert tuple(score_levels(made, found, OBJECTIVES).values())[:2] == min(scores)[:2]


def test_quality_first_keeps_the_volume_and_then_changes_least() -> None:
    volume = {"quadriceps": tiny.volume(aim_low=24, aim_high=24)}
    made = problem(
        SQUAT,
        BRIDGE,
        slots=slots(MON, TUE, WED),
        weeks=(tiny.week(1, volume=volume, sessions=(0, 3)),),
        dose=tiny.dose(sets_max=2),
        structure=tiny.structure(work_items=(1, 3)),
    )
    reference = (Item(f"{MON}T18:00", "squat", 1), Item(f"{WED}T18:00", "bridge", 1))
    kept = changed(made, reference)
    good = solve(
        made,
        CONSTRAINTS,
        OBJECTIVES,
        limits=LIMITS,
        reference=Reference(Schedule(reference), "quality"),
    )

    best = {
        level.name: level.value
        for level in solve(made, CONSTRAINTS, OBJECTIVES, limits=LIMITS).levels
    }
    told = {level.name: level.value for level in good.levels}
    assert kept.items == reference
    assert (told["wishes"], told["volume"]) == (best["wishes"], best["volume"])
    same = [
        far(reference, items)
        for items in accepted_by_checker(made, CONSTRAINTS)
        if tuple(score_levels(made, Schedule(items), OBJECTIVES).values())[:2]
        == (best["wishes"], best["volume"])
    ]
    assert far(reference, good.items) == min(same)


def test_an_unchanged_problem_is_at_no_distance() -> None:
    for seed in range(8):
        made = by_chance(seed)
        for items in sorted(accepted_by_checker(made, CONSTRAINTS))[:3]:
            assert changed(made, items).items == items
