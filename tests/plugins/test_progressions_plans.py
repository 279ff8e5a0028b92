"""The plans of double progression, first loads and limits, in numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legengine.hooks import LoadPlan
from tests.plugins.test_progressions_cases import GYM, MOVE, POLICIES, ROW, case


def test_repetitions_rise_then_the_load() -> None:
    seen = case(maximum=100, available=GYM, item="barbell", weeks=7).plans()
    assert [(plan.reps, plan.load_kg) for plan in seen] == [
        (8, 75),
        (9, 75),
        (10, 75),
        (11, 75),
        (12, 75),
        (8, 77.5),
        (9, 77.5),
    ]
    assert seen[0].percent_1rm == 75
    assert seen[5].reason.startswith(
        "+2.5 kg (3.3 %) to 77.5 kg for 8 repetitions, "
        "if every set reached 12 with 2 in reserve and good form last week"
    )
    assert "S31" in seen[5].sources


def test_a_gap_in_the_rack_is_met_by_repetitions() -> None:
    seen = case(maximum=6, available=(4, 6, 8), weeks=7).plans()
    assert {plan.load_kg for plan in seen} == {4}
    assert seen[-1].reps == 12
    assert "50 % more" in seen[-1].reason
    assert "stay at 4 kg, add a set or lower more slowly" in seen[-1].reason
    near = case(maximum=17, available=(12.5, 15), weeks=6).plans()[-1]
    assert (near.load_kg, near.reps) == (12.5, 12)
    assert "take it once 16 clean repetitions leave 2 in reserve" in near.reason


def test_a_plan_does_not_run_away_from_the_test() -> None:
    seen = case(maximum=100, available=GYM, item="barbell", weeks=40).plans()
    assert max(plan.load_kg or 0 for plan in seen) <= 110 * 0.75
    assert any("Test the maximum again" in plan.reason for plan in seen)


def test_the_week_after_a_deload_goes_on_where_the_last_one_stopped() -> None:
    seen = case(maximum=100, available=GYM, item="barbell", weeks=5, deloads=(4,)).plans()
    assert [(plan.reps, plan.load_kg) for plan in seen] == [
        (8, 75),
        (9, 75),
        (10, 75),
        (10, 67.5),
        (11, 75),
    ]
    assert "Lighter week: 2 sets at 67.5 kg" in seen[3].reason


def test_a_wide_rack_gets_more_repetitions_from_the_start() -> None:
    first = case(maximum=40, available=(10, 20, 28), weeks=1).plans()[0]
    assert (first.load_kg, first.reps) == (28, 10)
    assert first.percent_1rm == 70
    assert case(maximum=40, available=(30,), weeks=1).plans()[0].reps == 8
    light = case(maximum=40, available=(20,), weeks=1).plans()[0]
    assert (light.load_kg, light.reps, light.percent_1rm) == (20, 12, None)


def test_a_first_guess_is_half_and_says_how_to_adjust() -> None:
    first, second, *_ = case(mass=68, available=tuple(range(1, 11))).plans()
    assert first.load_kg == 4
    assert first.load_text.startswith("start here; adjust: do 10 repetitions")
    assert "three trial sets" in first.load_text
    assert (second.load_kg, second.load_text, second.reps) == (None, "last week's load", 9)


@pytest.mark.parametrize(
    ("pattern", "item", "laterality", "expected"),
    [
        ("squat", "dumbbell", "both", 5),
        ("squat", "leg_press_machine", "both", 25),
        ("squat", "leg_press_machine", "each", 12.5),
        ("hinge", "kettlebell", "both", 4),
        ("plantarflexion", "calf_machine_standing", "both", 10),
        ("knee_flexion", "leg_curl_machine", "both", None),
        ("squat", "barbell", "both", None),
    ],
)
def test_first_loads(pattern: str, item: str, laterality: str, expected: float | None) -> None:
    move = MOVE.model_copy(update={"pattern": pattern, "laterality": laterality})
    plan = case(exercise=move, item=item, mass=80, weeks=1).plans()[0]
    assert plan.load_kg == expected
    assert plan.load_text


def test_a_heavy_lightest_load_is_not_where_to_begin() -> None:
    plan = case(mass=60, available=(12, 16), item="kettlebell", weeks=1).plans()[0]
    assert plan.load_kg is None
    assert case(mass=60, available=(6, 8), weeks=1).plans()[0].load_kg == 6


def test_bands_have_no_kilograms() -> None:
    seen = case(item="resistance_band", mass=70).plans()
    assert {plan.load_kg for plan in seen} == {None}
    assert seen[0].load_text.startswith("the lightest band")
    assert seen[1].load_text == "last week's band"
    assert seen[5].load_text.startswith("the next stronger band, if every set reached 12")
    assert seen[5].reps == 8


def test_a_cap_without_a_test_is_told_in_repetitions() -> None:
    plan = case(mass=70, cap=60, weeks=1).plans()[0]
    assert "never more than 60 % of your maximum" in plan.load_text
    assert "20 times" in plan.load_text


def test_a_cap_with_a_test_is_a_number() -> None:
    seen = case(maximum=100, available=GYM, item="barbell", cap=60, weeks=12).plans()
    assert {plan.load_kg for plan in seen} == {60}
    assert "under the limit of 60 %" in seen[0].reason
    assert seen[0].percent_1rm is None


def test_a_share_of_body_mass_caps_every_load_and_is_told_where_none_is_given() -> None:
    seen = case(maximum=200, mass=70, share=50, available=GYM, item="barbell", weeks=12).plans()
    assert all(plan.load_kg is not None and plan.load_kg <= 35 for plan in seen)
    assert "under the limit of 50 % of body mass" in seen[0].reason
    by_feel = case(mass=70, share=50, item="resistance_band", weeks=2).plans()
    assert all("never more than 50 % of your body mass (35 kg)" in p.load_text for p in by_feel)


def test_without_a_body_mass_a_share_of_it_gives_no_kilograms() -> None:
    seen = case(maximum=200, share=50, available=GYM, item="barbell", weeks=4).plans()
    assert all(plan.load_kg is None for plan in seen)
    assert all("never more than 50 % of your body mass" in plan.load_text for plan in seen)


def test_power_takes_its_load_from_the_percent_of_the_row() -> None:
    row = ROW.model_copy(update={"reps": (3, 6), "rir": (4, 8), "percent_1rm": (30, 70)})
    plan = case(role="power", row=row, maximum=100, available=GYM, item="barbell").plans()[0]
    assert (plan.load_kg, plan.reps, plan.percent_1rm) == (50, 3, None)
    assert "50 % of a maximum" in plan.reason


def test_a_new_phase_converts_the_load() -> None:
    before = LoadPlan(reps=5, load_kg=100)
    plan = case(before=before, available=GYM, item="barbell", weeks=1).plans()[0]
    assert (plan.reps, plan.load_kg) == (8, 92.5)
    light = case(before=LoadPlan(reps=15, load_kg=50), available=GYM, item="barbell", weeks=1)
    assert light.plans()[0].load_kg == 55
    found = case(before=LoadPlan(reps=10, load_text="last week's load"), weeks=1).plans()[0]
    assert found.load_text == "a load with which 8 repetitions leave 2 in reserve"


def test_a_place_with_other_loads_takes_the_nearest_below() -> None:
    *_, (request, _) = case(maximum=20, available=(10, 12, 14), weeks=3).walk()
    elsewhere = replace(request, available_kg=(8.0, 11.0))
    policy = POLICIES["double_progression"]
    assert policy.load(elsewhere).load_kg == 11
    heavy = policy.load(replace(request, available_kg=(24.0,)))
    assert heavy.load_kg is None
    assert "24 kg, is too heavy" in heavy.load_text
    banded = policy.load(replace(request, available_kg=(), item="mini_band"))
    assert banded.load_text.startswith("a band with which")
