"""The doses of the policies: weeks, bounds, deloads, rests, sets."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose
from legengine.domain.protocol import Deload, DoseRow
from legengine.hooks import DoseRequest, NoOptions, ProgressionPolicy
from legengine_progressions.density import DensityOptions
from legengine_progressions.plugin import legengine_progressions

POLICIES = {policy.name: policy for policy in legengine_progressions()}
DELOAD = Deload(every_weeks=4, sets_percent=50, load_percent=90, rir_add=2, sources=("DELO",))
BASE: dict[str, Any] = {
    "id": "goblet_squat",
    "name": "Goblet squat",
    "pattern": "squat",
    "block": "compound",
    "primary": ("quadriceps",),
    "laterality": "both",
    "dose_kind": "repetitions",
    "resistance": "external",
    "level": 3,
    "phases": ("strength",),
    "knee_flexion": 110,
    "hip_flexion": 110,
    "range_adjustable": True,
    "weight_bearing": 50,
    "position": "standing",
    "seconds_per_rep": 4,
    "setup_seconds": 30,
    "rest_seconds": 120,
    "instruction": "",
    "cues": (),
    "sources": ("D",),
}
ROW: dict[str, Any] = {
    "sets": (3, 4),
    "reps": (8, 12),
    "rir": (1, 3),
    "rest_s": (90, 150),
    "tempo": "2-0-2",
    "sources": ("S60",),
}


def exercise(**changes: Any) -> Exercise:
    return Exercise(**{**BASE, **changes})


def ask(
    policy: ProgressionPolicy | str = "double_progression",
    week: int = 1,
    *,
    move: Exercise | None = None,
    role: Any = "compound",
    row: dict[str, Any] | None = None,
    **changes: Any,
) -> Dose:
    chosen = POLICIES[policy] if isinstance(policy, str) else policy
    values: dict[str, Any] = {
        "exercise": move or exercise(),
        "role": role,
        "row": DoseRow(**{**ROW, **(row or {})}),
        "week": week,
        "weeks": 6,
        "kind": "build",
        "experience": "novice",
        "goal": "function",
        "deload": DELOAD,
        "options": chosen.options(),
    }
    return chosen.dose(DoseRequest(**{**values, **changes}))


def test_the_registered_names() -> None:
    assert list(POLICIES) == [
        "double_progression",
        "linear",
        "reps_and_sets",
        "density",
        "range_of_motion",
        "variation",
        "two_for_two",
        "rir_autoregulation",
        "ankle_weight_otago",
    ]
    levers = {"load", "repetitions", "sets", "rest", "range", "variation"}
    for policy in POLICIES.values():
        assert policy.lever in levers
        assert policy.options().model_config["extra"] == "forbid"
        assert policy.options().model_config["frozen"]


def test_a_dose_takes_over_the_row() -> None:
    assert ask() == Dose(
        role="compound",
        sets_min=3,
        sets_max=4,
        reps_min=8,
        reps=12,
        rest_s=120,
        warmup_sets=1,
        rir=(1, 3),
        tempo="2-0-2",
        sources=("S60",),
    )


@pytest.mark.parametrize("name", sorted(set(POLICIES) - {"reps_and_sets", "density"}))
def test_build_weeks_are_equal(name: str) -> None:
    assert len({ask(name, week) for week in range(1, 9)}) == 1


def test_options_of_another_policy_mean_the_defaults() -> None:
    assert ask("density", 3, options=NoOptions()) == ask("density", 3)


@pytest.mark.parametrize("name", sorted(POLICIES))
def test_a_deload_takes_sets_and_adds_reserve(name: str) -> None:
    build, easy = ask(name, 3), ask(name, 4, kind="deload")
    assert easy.sets_max == max(1, (build.sets_max * 55 + 50) // 100)
    assert easy.sets_min == min(build.sets_min, easy.sets_max)
    assert easy.rir == (3, 5)
    assert easy.rest_s == build.rest_s
    assert (easy.reps_min, easy.reps) == (build.reps_min, build.reps)
    assert "DELO" in easy.sources


@pytest.mark.parametrize("role", ["warm_up", "cool_down", "warm_up_hold"])
def test_a_deload_leaves_preparation_alone(role: str) -> None:
    assert ask(role=role, kind="deload") == ask(role=role)


def test_a_deload_lightens_effort_and_percent_too() -> None:
    easy = ask(kind="deload", row={"rpe": (2, 7), "percent_1rm": (70, 80)})
    assert easy.rpe == (1, 5)
    assert easy.percent_1rm == (63, 72)


def test_linear_fixes_the_repetitions_of_loaded_work() -> None:
    dose = ask("linear", row={"reps": (4, 8)})
    assert (dose.reps_min, dose.reps) == (5, 7)
    body = ask("linear", move=exercise(resistance="bodyweight"), row={"reps": (4, 8)})
    assert (body.reps_min, body.reps) == (4, 8)


def test_jumps_and_preparation_take_the_low_end() -> None:
    jump = ask(move=exercise(pattern="plyometric", block="power"), role="power")
    assert (jump.reps_min, jump.reps) == (8, 8)
    swing = ask(role="warm_up", move=exercise(pattern="mobility", block="warm_up"))
    assert (swing.reps_min, swing.reps) == (8, 8)


@pytest.mark.parametrize(
    ("own", "row", "expected"),
    [
        (20, (10, 45), [20, 25, 30, 35, 40, 45, 45]),
        (5, (10, 30), [10, 15, 20, 25, 30, 30, 30]),
        (60, (20, 30), [30] * 7),
        (0, (20, 30), [20, 25, 30, 30, 30, 30, 30]),
        (15, None, [15] * 7),
    ],
)
def test_holds_grow_by_five_seconds(own: int, row: Any, expected: list[int]) -> None:
    hold = exercise(dose_kind="hold", resistance="bodyweight", hold_seconds=own)
    doses = [
        ask("variation", week, move=hold, role="hold", row={"hold_s": row}) for week in range(1, 8)
    ]
    assert [dose.hold_s for dose in doses] == expected
    assert {(dose.reps_min, dose.reps) for dose in doses} == {(0, 0)}


def test_a_deload_hold_is_that_of_the_week_before() -> None:
    hold = exercise(dose_kind="hold", resistance="bodyweight", hold_seconds=20)
    row = {"hold_s": (10, 45)}
    assert (
        ask(week=4, move=hold, row=row, kind="deload").hold_s
        == ask(week=3, move=hold, row=row).hold_s
    )


@pytest.mark.parametrize(
    ("minutes", "sets"),
    [((10, 20), (2, 4)), ((8, 12), (2, 2)), ((3, 4), (1, 1)), ((5, 12), (1, 2))],
)
def test_endurance_counts_in_five_minutes(minutes: Any, sets: tuple[int, int]) -> None:
    walk = exercise(dose_kind="duration", pattern="endurance", hold_seconds=600)
    dose = ask(move=walk, role="endurance", row={"minutes": minutes})
    assert (dose.sets_min, dose.sets_max) == sets
    assert (dose.unit_s, dose.rest_s, dose.reps, dose.hold_s) == (300, 0, 0, 0)
    own = ask(move=walk, role="endurance")
    assert (own.sets_min, own.sets_max) == (2, 2)


def test_distance_takes_the_middle() -> None:
    walk = exercise(dose_kind="distance", resistance="bodyweight")
    dose = ask(move=walk, role="distance", row={"metres": (4, 8)})
    assert (dose.metres, dose.reps) == (6, 0)


@pytest.mark.parametrize(
    ("own", "role", "rest"),
    [(120, "compound", 120), (60, "compound", 90), (300, "compound", 150),
     (0, "compound", 120), (0, "isolation", 90), (0, "balance", 90)],
)  # fmt: skip
def test_rest_is_the_exercises_own_within_the_row(own: int, role: str, rest: int) -> None:
    assert ask(move=exercise(rest_seconds=own), role=role).rest_s == rest


@pytest.mark.parametrize(
    ("level", "resistance", "role", "sets"),
    [(1, "external", "compound", 0), (2, "external", "compound", 0),
     (3, "optional", "isolation", 1),
     (4, "external", "power", 2), (5, "external", "compound", 2), (5, "bodyweight", "compound", 0),
     (4, "external", "trunk", 0)],
)  # fmt: skip
def test_warm_up_sets(level: int, resistance: str, role: str, sets: int) -> None:
    assert ask(move=exercise(level=level, resistance=resistance), role=role).warmup_sets == sets


# --- density -----------------------------------------------------------------------------------


def rests(goal: str, row: dict[str, Any], **changes: Any) -> list[int]:
    return [ask("density", week, goal=goal, row=row, **changes).rest_s for week in range(1, 10)]


def test_rest_shrinks_to_the_floor() -> None:
    move = exercise(rest_seconds=60)
    assert rests("endurance", {"rest_s": (20, 90), "reps": (8, 12)}, move=move) == [
        60, 50, 40, 30, 30, 30, 30, 30, 30,
    ]  # fmt: skip
    assert rests("endurance", {"rest_s": (15, 60), "reps": (15, 25)}, move=move)[-1] == 15
    fast = DensityOptions(step_s=15)
    assert (
        ask(
            "density", 2, move=move, goal="endurance", row={"rest_s": (30, 90)}, options=fast
        ).rest_s
        == 45
    )


@pytest.mark.parametrize("goal", ["hypertrophy", "power"])
def test_rest_stays_where_it_serves_no_goal(goal: str) -> None:
    assert set(rests(goal, {"rest_s": (60, 150)})) == {120}


@given(
    goal=st.sampled_from(["function", "strength", "hypertrophy", "power", "endurance"]),
    own=st.integers(0, 300),
    low=st.integers(10, 200),
    width=st.integers(0, 100),
    step=st.integers(10, 15),
)
def test_the_floors_of_rest(goal: str, own: int, low: int, width: int, step: int) -> None:
    move, row = exercise(rest_seconds=own), {"rest_s": (low, low + width)}
    options = DensityOptions(step_s=step)
    seen = rests(goal, row, move=move, options=options)
    assert all(low <= rest <= low + width for rest in seen)
    assert all(0 <= before - after <= 15 for before, after in pairwise(seen))
    floor = 120 if goal == "strength" else 30
    assert min(seen) >= min(seen[0], floor)


# --- repetitions and sets ----------------------------------------------------------------------


@given(
    low=st.integers(1, 20),
    width=st.integers(0, 10),
    sets=st.integers(1, 3),
    more=st.integers(0, 3),
    weeks=st.integers(1, 12),
    deload=st.integers(2, 12),
)
def test_sets_grow_by_one_a_week_at_most(
    low: int, width: int, sets: int, more: int, weeks: int, deload: int
) -> None:
    row = {"reps": (low, low + width), "sets": (sets, sets + more)}
    doses = [
        ask("reps_and_sets", week, row=row, weeks=weeks)
        for week in range(1, weeks + 1)
        if week != deload
    ]
    most = [dose.sets_max for dose in doses]
    assert most[0] == sets
    assert all(0 <= after - before <= 1 for before, after in pairwise(most))
    assert max(most) <= sets + more
    assert {dose.sets_min for dose in doses} == {sets}


def test_a_foundation_phase_ends_with_one_set_more() -> None:
    row = {"reps": (10, 15), "sets": (2, 3)}
    doses = [ask("reps_and_sets", week, row=row, weeks=4) for week in range(1, 5)]
    assert [dose.sets_max for dose in doses] == [2, 2, 2, 3]
