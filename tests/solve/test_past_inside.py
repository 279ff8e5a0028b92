"""Sessions of a week that are over count for its maximums, in both halves of every rule."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from legengine.domain.problem import Past, PastSession, Problem
from legengine.domain.schedule import Schedule
from legengine.rules import CONSTRAINTS, OBJECTIVES
from legengine.testing import tiny
from legengine.testing.agreement import (
    RULES,
    accepted_by_checker,
    accepted_by_model,
    assignments,
)
from legengine.testing.tiny import BRIDGE, CURL, SQUAT
from tests.solve.test_agreement import (
    EASY,
    FLOOR,
    HARD,
    MON,
    MON2,
    ONE,
    SAT,
    SUN,
    THU,
    TUE,
    WED,
    by_chance,
    frequencies,
    problem,
    slots,
)
from tests.solve.test_objectives import differences

GROUP = {"squat": "quadriceps", "bridge": "glutes", "curl": "hamstrings"}


def done(day: str, **sets: int) -> PastSession:
    """A session that is over, with so many whole sets of each exercise."""
    credit = {GROUP[name]: 8 * number for name, number in sets.items()}
    return PastSession(
        start=dt.datetime.fromisoformat(f"{day}T18:00"),
        exposures=frozenset(credit),
        exercises=frozenset(sets),
        credit=credit,
    )


def cut(*exercises, over: tuple[PastSession, ...], volume=None, **fields) -> Problem:
    """A problem whose first week is cut; ``over`` lies before its first slot."""
    week = tiny.week(1, reduced=True, volume=volume or {}, sessions=fields.pop("sessions", (0, 7)))
    weeks = (week, *fields.pop("more", ()))
    past = Past(over, **fields.pop("past", {}))
    return problem(*exercises, weeks=weeks, past=past, **fields)


CASES: dict[str, tuple[str, Callable[[], Problem]]] = {
    "sessions of a week": (
        "frequency",
        lambda: cut(SQUAT, over=(done(MON, squat=2),), slots=slots(WED, SAT), sessions=(0, 2)),
    ),
    "as many sessions as there may be are over": (
        "frequency",
        lambda: cut(
            SQUAT,
            over=(done(MON, squat=1), done(TUE, squat=1)),
            slots=slots(THU, SAT, MON2),
            more=(tiny.week(2),),
            sessions=(0, 1),
        ),
    ),
    "rest days": (
        "frequency",
        lambda: cut(
            SQUAT,
            over=(done(MON, squat=1), done(TUE, squat=1)),
            slots=slots(THU, SAT),
            **frequencies(rest_days_min=4),
        ),
    ),
    "days in a row": (
        "frequency",
        lambda: cut(
            SQUAT,
            over=(done(TUE, squat=1), done(WED, squat=1)),
            slots=slots(THU, SAT, SUN),
            dose=ONE,
            **frequencies(consecutive_days_max=2),
        ),
    ),
    "times of an exercise": (
        "frequency",
        lambda: cut(
            SQUAT,
            BRIDGE,
            over=(done(MON, squat=1), done(TUE, bridge=1, squat=1)),
            slots=slots(THU, SAT),
            dose=ONE,
            **frequencies(exercise_max=2),
        ),
    ),
    "times of an exercise in a week of one slot": (
        "frequency",
        lambda: cut(
            SQUAT,
            BRIDGE,
            over=(done(MON, squat=1),),
            slots=slots(SAT, MON2),
            more=(tiny.week(2),),
            **frequencies(exercise_max=1),
        ),
    ),
    "exposures": (
        "frequency",
        lambda: cut(
            SQUAT,
            BRIDGE,
            over=(done(MON, squat=1, bridge=1),),
            slots=slots(WED, SAT),
            dose=EASY,
            volume=FLOOR,
            **frequencies(exposures=(0, 1)),
        ),
    ),
    "more exposures are over than there may be": (
        "frequency",
        lambda: cut(
            SQUAT,
            over=(done(MON, squat=1), done(TUE, squat=1)),
            slots=slots(THU, SAT),
            dose=EASY,
            volume=FLOOR,
            **frequencies(exposures=(0, 1)),
        ),
    ),
    "volume of a week": (
        "volume",
        lambda: cut(
            SQUAT,
            BRIDGE,
            over=(done(MON, squat=2),),
            slots=slots(WED, SAT),
            volume={"quadriceps": tiny.volume(cap=32), "glutes": tiny.volume(cap=16)},
        ),
    ),
    "more volume is over than there may be": (
        "volume",
        lambda: cut(
            SQUAT,
            BRIDGE,
            over=(done(MON, squat=6),),
            slots=slots(WED, MON2),
            more=(tiny.week(2, volume={"quadriceps": tiny.volume(cap=8)}),),
            volume={"quadriceps": tiny.volume(cap=32)},
        ),
    ),
    "a deload week that is cut, after a week of this phase": (
        "volume",
        lambda: problem(
            SQUAT,
            BRIDGE,
            weeks=(tiny.week(1, kind="deload", reduced=True),),
            slots=slots(WED, SAT),
            past=Past(
                (done(MON, squat=1),), volume={"quadriceps": 24, "glutes": 8}, under_way=True
            ),
        ),
    ),
    "a whole deload week after a week of this phase": (
        "volume",
        lambda: problem(
            SQUAT,
            BRIDGE,
            weeks=(tiny.week(1, kind="deload"),),
            slots=slots(MON, WED),
            past=Past(volume={"quadriceps": 16}, under_way=True),
        ),
    ),
    "rest": (
        "rest_interval",
        lambda: cut(
            SQUAT,
            BRIDGE,
            over=(done(MON, bridge=1), done(TUE, squat=1)),
            slots=slots(WED, THU),
            dose=EASY,
            rest_hours=dict.fromkeys(tiny.GROUPS, 48),
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_both_halves_count_what_is_over(case: str) -> None:
    rule, make = CASES[case]
    made = make()
    model = accepted_by_model(made, [RULES[rule]])
    checker = accepted_by_checker(made, [RULES[rule]])

    assert model == checker
    assert () in checker  # what is over is never blamed by itself
    assert set(assignments(made)) - checker


@pytest.mark.parametrize("case", CASES)
def test_what_is_over_makes_the_difference(case: str) -> None:
    rule, make = CASES[case]
    made = make()
    without = replace(made, past=Past())

    assert accepted_by_checker(made, [RULES[rule]]) < accepted_by_checker(without, [RULES[rule]])


def test_a_deload_week_is_not_compared_with_another_phase() -> None:
    make = CASES["a whole deload week after a week of this phase"][1]
    other = replace(make(), past=Past(volume={"quadriceps": 16}))

    assert accepted_by_checker(other, [RULES["volume"]]) == set(assignments(other))
    assert accepted_by_model(other, [RULES["volume"]]) == set(assignments(other))


def over_by_chance(seed: int) -> Problem:
    """A problem in which every rule has something to say, and a part of whose week is over."""
    dice = random.Random(1000 + seed)
    made = by_chance(seed)
    first = made.slots[0].start.date()
    days = [made.weeks[0].start + dt.timedelta(days=day) for day in range(7)]
    gone = [day for day in days if day < first]
    over = tuple(
        done(day.isoformat(), **{name: dice.randint(1, 3)})
        for day in dice.sample(gone, min(len(gone), dice.randint(1, 2)))
        for name in dice.sample(sorted(GROUP), 1)
    )
    weeks = (replace(made.weeks[0], reduced=True), *made.weeks[1:])
    past = Past(
        tuple(sorted(over, key=lambda session: session.start)),
        volume=made.past.volume,
        under_way=dice.choice([True, False]),
    )
    return replace(made, weeks=weeks, past=past)


@pytest.mark.parametrize("first", range(0, 48, 6))
def test_all_rules_together_accept_the_same_after_a_part_of_a_week(first: int) -> None:
    for seed in range(first, first + 6):
        made = over_by_chance(seed)

        assert accepted_by_model(made, CONSTRAINTS) == accepted_by_checker(made, CONSTRAINTS), seed


WISHED: dict[str, Callable[[], Problem]] = {
    "sessions_wish": lambda: cut(
        SQUAT,
        over=(done(MON, squat=1),),
        slots=slots(WED, SAT, MON2),
        more=(tiny.week(2, sessions=(0, 1)),),
        sessions=(0, 2),
        dose=HARD,
    ),
    "volume_aim": lambda: cut(
        SQUAT,
        CURL,
        over=(done(MON, squat=2),),
        slots=slots(WED, SAT),
        dose=HARD,
        volume={
            "quadriceps": tiny.volume(aim_low=24, aim_high=32, cap=64),
            "hamstrings": tiny.volume(aim_low=12, aim_high=16),
        },
    ),
}


@pytest.mark.parametrize("name", WISHED)
def test_both_halves_of_a_wish_count_what_is_over(name: str) -> None:
    wish = next(objective for objective in OBJECTIVES if objective.name == name)
    made = WISHED[name]()
    differ, seen = differences(made, (wish,))

    assert differ == []
    assert len(seen) > 1
    assert seen != differences(replace(made, past=Past()), (wish,))[1]


def test_volume_that_is_over_beyond_the_aim_costs_the_same_in_both_halves() -> None:
    wish = next(objective for objective in OBJECTIVES if objective.name == "volume_aim")
    made = cut(
        SQUAT,
        over=(done(MON, squat=6),),
        slots=slots(WED),
        volume={"quadriceps": tiny.volume(aim_low=8, aim_high=32, cap=32)},
    )
    differ, _ = differences(made, (wish,))

    assert differ == []
    assert wish.score(made, Schedule(())) == 2
