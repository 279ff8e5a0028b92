"""What an objective minimises in the model is what its other half recomputes from the schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from legengine.domain.problem import Past, PastSession, Placement, Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import OBJECTIVE_LEVELS, Objective
from legengine.rules import CONSTRAINTS, OBJECTIVES
from legengine.testing import tiny
from legengine.testing.agreement import Asked, assignments
from legengine.testing.tiny import BRIDGE, CURL, SQUAT
from tests.solve.test_agreement import (
    FRI,
    HARD,
    HIP,
    LUNGE,
    MARCH,
    MON,
    MON2,
    ONE,
    SAT,
    STANCE,
    STEP_UP,
    TUE,
    TWO_PARTS,
    WALK,
    WED,
    WED2,
    by_chance,
    problem,
    slots,
    with_room,
)

WISHES: dict[str, Objective] = {objective.name: objective for objective in OBJECTIVES}
LONG = replace(HARD, reps=30, rest_s=180)
"""Sets of the same number and effort as ``HARD``, and far longer."""
FOUR = {"quadriceps": tiny.volume(aim_low=20, aim_high=28, cap=64)}


def two_regular(*exercises: Any, **fields: Any) -> Problem:
    """Two regular weeks of two slots each."""
    weeks = (tiny.week(1, regular=True), tiny.week(2, regular=True))
    given = {"weeks": weeks, "slots": slots(MON, WED, MON2, WED2)} | fields
    return problem(*exercises, **given)


CASES: dict[str, tuple[str, Callable[[], Problem]]] = {
    "sets more on the weak side, of two exercises": (
        "weak_side",
        lambda: problem(LUNGE, HIP, slots=slots(MON, WED), dose=ONE, asymmetry=tiny.asymmetry(22)),
    ),
    "no sets more asked for in a lighter week": (
        "weak_side",
        lambda: problem(
            LUNGE,
            slots=slots(MON, MON2),
            weeks=(tiny.week(1), tiny.week(2, kind="deload")),
            asymmetry=tiny.asymmetry(79.9),
        ),
    ),
    "sets more among equals": (
        "canonical",
        lambda: problem(LUNGE, HIP, slots=slots(MON, WED), dose=ONE, asymmetry=tiny.asymmetry(22)),
    ),
    "lifts with free weights and both legs": (
        "misfit",
        lambda: problem(
            tiny.exercise("free", resistance="external", equipment=(("barbell", "plates"),)),
            tiny.exercise("guided", resistance="external", equipment=(("leg_press_machine",),)),
            tiny.exercise("either", resistance="optional", equipment=((), ("leg_press_machine",))),
            LUNGE,
            SQUAT,
            slots=slots(MON),
            placement=Placement(2, {}),
            places={"home": tiny.place("barbell", "plates", "leg_press_machine")},
            asymmetry=tiny.asymmetry(69.9),
        ),
    ),
    "halves of a session that are missing": (
        "endurance_missing",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, WED, FRI, MON2),
            dose=ONE,
            doses={"walk": TWO_PARTS},
            weeks=(tiny.week(1, endurance=(2, 10)), tiny.week(2, endurance=(2, 10), reduced=True)),
            ramp=tiny.ramp(),
        ),
    ),
    "minutes of regular weeks that grow": (
        "endurance_missing",
        lambda: two_regular(
            SQUAT,
            WALK,
            dose=ONE,
            doses={"walk": (TWO_PARTS, replace(TWO_PARTS, unit_s=360))},
            weeks=(
                tiny.week(1, regular=True, endurance=(2, 10)),
                tiny.week(2, regular=True, endurance=(2, 12)),
            ),
            ramp=tiny.ramp(),
        ),
    ),
    "minutes that are over count": (
        "endurance_missing",
        lambda: problem(
            WALK,
            slots=slots(TUE, WED),
            dose=ONE,
            weeks=(tiny.week(1, endurance=(2, 10)),),
            ramp=tiny.ramp(),
            past=Past(
                (
                    PastSession(
                        dt.datetime.fromisoformat(f"{MON}T18:00"), frozenset(), endurance_s=420
                    ),
                )
            ),
        ),
    ),
    "easy sessions are no sessions that are wished for": (
        "sessions_wish",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, WED, FRI),
            dose=ONE,
            weeks=(with_room(sessions=(0, 2)),),
        ),
    ),
    "days of balance as a wish": (
        "soft_coverage",
        lambda: problem(
            SQUAT,
            STANCE,
            WALK,
            slots=slots(MON, WED, FRI),
            dose=ONE,
            weeks=(with_room(room=2),),
            coverage=(
                tiny.row(patterns=("balance",), days=True, at_least=2, required=False),
                tiny.row(id="each", per="session", at_least=1, required=False, priority=2),
            ),
        ),
    ),
    "an easy session may be longer or shorter": (
        "evenness",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, TUE, WED, minutes=90),
            dose=ONE,
            doses={"walk": replace(TWO_PARTS, unit_s=2400), "squat": replace(LONG, reps=300)},
            weeks=(with_room(),),
        ),
    ),
    "a longer rest is wished for between training sessions": (
        "rest_wish",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, TUE, WED),
            dose=ONE,
            weeks=(with_room(),),
            preferences={"rest_wish_hours": 48},
        ),
    ),
    "rows of sessions and weeks": (
        "soft_coverage",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, WED, MON2),
            dose=ONE,
            weeks=(tiny.week(1), tiny.week(2, reduced=True)),
            coverage=(
                tiny.row(required=False, priority=3, at_least=2, at_most=3),
                tiny.row(
                    id="hip",
                    required=False,
                    priority=2,
                    per="session",
                    patterns=("hip_extension", "knee_flexion"),
                    at_least=2,
                ),
                tiny.row(
                    id="few",
                    required=False,
                    per="session",
                    blocks=("compound",),
                    at_least=0,
                    at_most=1,
                ),
            ),
        ),
    ),
    "rows of different exercises, in regular weeks": (
        "soft_coverage",
        lambda: two_regular(
            SQUAT,
            STEP_UP,
            MARCH,
            dose=ONE,
            coverage=(
                tiny.row(
                    required=False, blocks=("compound", "isolation"), distinct=True, at_least=3
                ),
                tiny.row(
                    id="leg",
                    required=False,
                    priority=4,
                    blocks=("compound", "isolation"),
                    one_legged=True,
                    distinct=True,
                    at_least=0,
                    at_most=1,
                ),
            ),
        ),
    ),
    "the most that the weeks allow": (
        "sessions_wish",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, FRI, MON2),
            dose=ONE,
            weeks=(tiny.week(1, sessions=(0, 3)), tiny.week(2, sessions=(0, 2), reduced=True)),
        ),
    ),
    "a number of sessions that is wished": (
        "sessions_wish",
        lambda: two_regular(SQUAT, dose=HARD, preferences={"sessions_wish": 2}),
    ),
    "preferred exercises": (
        "preferred_absent",
        lambda: two_regular(
            SQUAT,
            BRIDGE,
            CURL,
            dose=ONE,
            preferences={"prefer": frozenset({"squat", "curl", "hinge", "hip_extension"})},
            eligibility={"never": frozenset({"curl"})},
        ),
    ),
    "preferred exercises of one day": (
        "preferred_absent",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON),
            preferences={"prefer": frozenset({"squat", "bridge"})},
        ),
    ),
    "a band of volume": (
        "volume_aim",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, FRI),
            weeks=(tiny.week(1, volume=FOUR),),
            doses={"bridge": tiny.dose(sets_min=1, sets_max=2, rir=(5, 6))},
        ),
    ),
    "a band of volume in regular weeks of other doses": (
        "volume_aim",
        lambda: two_regular(
            SQUAT,
            doses={"squat": (HARD, tiny.dose(sets_min=1, sets_max=2, rir=(5, 6)))},
            weeks=(
                tiny.week(1, regular=True, volume=FOUR),
                tiny.week(2, regular=True, volume=FOUR),
            ),
        ),
    ),
    "volume at the cap": (
        "volume_aim",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, FRI),
            weeks=(
                tiny.week(
                    1,
                    volume={
                        "quadriceps": tiny.volume(aim_low=9, aim_high=15, cap=40),
                        "glutes": tiny.volume(aim_low=12, aim_high=16, cap=16),
                    },
                ),
            ),
        ),
    ),
    "levels, goal and taste": (
        "misfit",
        lambda: two_regular(
            SQUAT,
            tiny.exercise("bridge", pattern="hip_extension", level=1),
            tiny.exercise("walk", pattern="endurance", block="endurance"),
            dose=ONE,
            placement=Placement(3, {"hip_extension": 4}),
            preferences={
                "goal_patterns": frozenset({"hip_extension"}),
                "avoid": frozenset({"squat", "walk"}),
                "starters": frozenset({"squat"}),
            },
        ),
    ),
    "a wish that makes up for a misfit": (
        "misfit",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, MON2),
            placement=Placement(4, {}),
            preferences={"prefer": frozenset({"squat", "bridge"}), "avoid": frozenset({"squat"})},
        ),
    ),
    "sessions that are close": (
        "rest_wish",
        lambda: problem(
            SQUAT,
            slots=slots(MON, TUE, f"{WED}T17:59", FRI, SAT, MON2),
            dose=ONE,
            preferences={"rest_wish_hours": 48},
        ),
    ),
    "sessions that are close in regular weeks": (
        "rest_wish",
        lambda: two_regular(
            SQUAT,
            BRIDGE,
            slots=slots(MON, SAT, MON2, "2026-12-12"),
            preferences={"rest_wish_hours": 72},
            dose=ONE,
        ),
    ),
    "exercises that come again": (
        "continuity",
        lambda: two_regular(
            SQUAT,
            BRIDGE,
            WALK,
            dose=ONE,
            past=Past(exercises=frozenset({"squat", "walk", "curl"})),
        ),
    ),
    "exercises of weeks that are not regular": (
        "continuity",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, MON2),
            past=Past(exercises=frozenset({"bridge"})),
        ),
    ),
    "exercises of a phase that goes on": (
        "continuity",
        lambda: problem(
            SQUAT,
            BRIDGE,
            WALK,
            slots=slots(MON, WED, MON2),
            past=Past(exercises=frozenset({"squat"}), begun=frozenset({"squat"})),
        ),
    ),
    "sessions of a length": (
        "evenness",
        lambda: problem(
            SQUAT, STEP_UP, slots=slots(MON, WED, FRI), dose=replace(LONG, sets_max=3, sets_min=2)
        ),
    ),
    "sessions of a length where doses grow longer": (
        "evenness",
        lambda: two_regular(
            SQUAT, BRIDGE, doses={"squat": (HARD, LONG), "bridge": (HARD, LONG)}, dose=HARD
        ),
    ),
    "sessions of a length where doses grow shorter": (
        "evenness",
        lambda: two_regular(SQUAT, BRIDGE, doses={"squat": (LONG, HARD), "bridge": (LONG, HARD)}),
    ),
    "minutes": (
        "minutes",
        lambda: problem(SQUAT, STEP_UP, slots=slots(MON, WED, MON2), doses={"squat": LONG}),
    ),
    "minutes where doses grow longer": (
        "minutes",
        lambda: two_regular(SQUAT, BRIDGE, doses={"squat": (HARD, LONG)}),
    ),
    "a fixed order": (
        "canonical",
        lambda: problem(SQUAT, BRIDGE, CURL, slots=slots(MON, WED, MON2), dose=ONE),
    ),
    "a fixed order in regular weeks": (
        "canonical",
        lambda: two_regular(SQUAT, BRIDGE, CURL, dose=ONE),
    ),
}


def differences(made: Problem, objectives: tuple[Objective, ...]) -> tuple[list[str], set[int]]:
    """Where the model's least penalty isn't the score, and every score that was seen."""
    asked = Asked(made, CONSTRAINTS, objectives)
    weights = {level: 10**place for place, level in enumerate(reversed(OBJECTIVE_LEVELS))}
    terms: dict[int, int] = {}
    for level in OBJECTIVE_LEVELS:
        for column, factor in asked.model.objective[level].items():
            terms[column] = terms.get(column, 0) + weights[level] * factor
    differ, seen = [], set()
    for items in assignments(made):
        least = asked.least(items, terms)
        if least is None:
            continue
        score = sum(
            weights[objective.level] * objective.score(made, Schedule(items))
            for objective in objectives
        )
        seen.add(score)
        if least != score:
            differ.append(f"model {least}, score {score}: {items}")
    return differ, seen


@pytest.mark.parametrize("case", CASES)
def test_the_least_penalty_is_the_score(case: str) -> None:
    name, make = CASES[case]
    differ, seen = differences(make(), (WISHES[name],))

    assert differ == []
    assert len(seen) > 1


def test_every_objective_has_two_cases() -> None:
    names = [name for name, _ in CASES.values()]

    assert set(names) == set(WISHES)
    assert all(names.count(name) >= 2 for name in WISHES)


@pytest.mark.parametrize("seed", range(12))
def test_all_objectives_together(seed: int) -> None:
    made = by_chance(seed)
    rows = tuple(replace_row(row) for row in made.coverage)
    made = replace(
        made,
        coverage=rows,
        preferences=replace(
            made.preferences, rest_wish_hours=48, prefer=frozenset(list(made.exercises)[:1])
        ),
    )
    differ, _ = differences(made, OBJECTIVES)

    assert differ == []


def replace_row(row: Any) -> Any:
    """The same row as a wish."""
    return row.model_copy(update={"required": False, "priority": 2})


def test_zero_is_reachable() -> None:
    """The best schedule of an easy problem costs nothing above the polish."""
    made = problem(
        SQUAT,
        slots=slots(MON, WED),
        placement=Placement(2, {}),
        weeks=(tiny.week(1, sessions=(0, 2), volume={"quadriceps": tiny.volume(aim_low=16)}),),
    )
    proud = ("wishes", "volume", "preference")
    some = tuple(objective for objective in OBJECTIVES if objective.level in proud)
    _, seen = differences(made, some)

    assert 0 in seen
