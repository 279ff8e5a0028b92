"""The plans of the other policies, each with its lever, in numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from legengine_progressions.range_of_motion import RangeOptions
from tests.plugins.test_progressions_cases import BODY, GYM, HOLD, MOVE, POLICIES, ROW, case

# --- linear ------------------------------------------------------------------------------------


def test_linear_adds_a_plate_a_week() -> None:
    row = ROW.model_copy(update={"reps": (4, 8)})
    seen = case("linear", row=row, maximum=100, available=GYM, item="barbell", weeks=4).plans()
    assert [(plan.reps, plan.load_kg) for plan in seen] == [
        (5, 80),
        (5, 82.5),
        (5, 85),
        (5, 87.5),
    ]
    assert seen[0].percent_1rm == 80
    assert "after a second take 10 % off (70 kg)" in seen[1].reason


def test_linear_goes_on_by_repetitions_where_no_step_exists() -> None:
    seen = case("linear", maximum=20, available=(10, 14, 20), weeks=5).plans()
    assert [plan.load_kg for plan in seen] == [14] * 5
    assert [plan.reps for plan in seen] == [10, 11, 11, 11, 11]


def test_linear_may_add_more_percent_on_a_light_bar() -> None:
    seen = case("linear", maximum=55, available=GYM, item="barbell", weeks=2).plans()
    assert [plan.load_kg for plan in seen] == [40, 42.5]
    assert "(6.2 %)" in seen[1].reason


# --- the others --------------------------------------------------------------------------------


def test_reps_and_sets_climbs_twice() -> None:
    row = ROW.model_copy(update={"reps": (10, 15), "sets": (2, 3)})
    walked = list(case("reps_and_sets", exercise=BODY, row=row, weeks=8).walk())
    assert [(request.dose.sets_max, plan.reps) for request, plan in walked] == [
        (2, 10),
        (2, 12),
        (2, 14),
        (2, 15),
        (3, 10),
        (3, 12),
        (3, 14),
        (3, 15),
    ]


def test_density_waits_while_the_rest_shrinks() -> None:
    move = MOVE.model_copy(update={"rest_seconds": 60})
    row = ROW.model_copy(update={"rest_s": (40, 90)})
    seen = case("density", exercise=move, row=row, goal="endurance", maximum=40, weeks=5).plans()
    assert [(plan.rest_s, plan.reps) for plan in seen] == [
        (60, 8),
        (50, 8),
        (40, 8),
        (40, 9),
        (40, 10),
    ]
    assert len({plan.load_kg for plan in seen}) == 1
    assert "from 60 to 50 s" in seen[1].reason
    body = case(
        "density", exercise=move.model_copy(update={"resistance": "bodyweight"}), row=row,
        goal="endurance", weeks=4,
    ).plans()  # fmt: skip
    assert [(plan.rest_s, plan.reps) for plan in body] == [(60, 8), (50, 8), (40, 8), (40, 9)]
    assert "from 60 to 50 s" in body[1].reason


def test_the_range_grows_up_to_the_limit_and_not_beyond() -> None:
    seen = case(
        "range_of_motion", knee_cap=80, maximum=100, available=GYM, item="barbell", weeks=5
    ).plans()
    assert [plan.knee_flexion_max for plan in seen] == [60, 70, 80, 80, 80]
    assert [plan.load_kg for plan in seen] == [75, 67.5, 60, 60, 60]
    assert [plan.reps for plan in seen] == [8, 8, 8, 9, 10]


def test_half_of_the_standard_is_the_least_range() -> None:
    seen = case("range_of_motion", knee_cap=60, exercise=BODY, weeks=3).plans()
    assert [plan.knee_flexion_max for plan in seen] == [55, 60, 60]


def test_the_limit_widens_only_on_word() -> None:
    options = RangeOptions(widen_cap=True, step_degrees=15)
    seen = case(
        "range_of_motion", knee_cap=60, exercise=BODY, options=options, weeks=8, deloads=(3,)
    ).plans()
    assert [plan.knee_flexion_max for plan in seen] == [60, 75, 75, 90, 105, 110, 110, 110]


@given(
    cap=st.integers(0, 160),
    step=st.integers(5, 15),
    standard=st.integers(0, 160),
    deloads=st.sampled_from([(), (3,), (1, 5)]),
    widen=st.booleans(),
)
def test_the_range_never_passes_the_standard(
    cap: int, step: int, standard: int, deloads: tuple[int, ...], widen: bool
) -> None:
    move = BODY.model_copy(update={"knee_flexion": standard})
    options = RangeOptions(widen_cap=widen, step_degrees=step)
    chosen = case(
        "range_of_motion", knee_cap=cap, exercise=move, options=options, weeks=10, deloads=deloads
    )
    angles = [plan.knee_flexion_max for plan in chosen.plans()]
    if cap >= standard:
        assert set(angles) == {None}
        return
    known = [angle for angle in angles if angle is not None]
    assert len(known) == len(angles)
    assert max(known) <= (standard if widen else cap)
    built = [angle for week, angle in enumerate(known, start=1) if week not in deloads]
    assert all(0 <= after - before <= 15 for before, after in pairwise(built))


def test_the_limit_is_none_without_a_cap_or_with_a_fixed_range() -> None:
    assert case("range_of_motion", maximum=100).plans()[0].knee_flexion_max is None
    fixed = MOVE.model_copy(update={"range_adjustable": False})
    seen = case("range_of_motion", exercise=fixed, knee_cap=60, maximum=100).plans()
    assert {plan.knee_flexion_max for plan in seen} == {None}


def test_variation_reaches_the_top_and_names_the_next_rung() -> None:
    row = ROW.model_copy(update={"reps": (10, 15)})
    seen = case("variation", exercise=BODY, row=row, weeks=4).plans()
    assert [plan.reps for plan in seen] == [10, 12, 14, 15]
    assert "ask for db squat or front squat once its entry test is passed" in seen[3].reason
    assert "two sessions with 4 x 15" in seen[3].reason
    assert not seen[0].load_text


def test_holds_rise_to_the_goal_and_name_the_next_rung() -> None:
    row = ROW.model_copy(update={"hold_s": (10, 30)})
    seen = case("variation", exercise=HOLD, role="hold", row=row, weeks=6, deloads=(4,)).plans()
    assert [plan.hold_s for plan in seen] == [20, 25, 30, 30, 30, 30]
    assert seen[1].reason.startswith("5 s longer than last week")
    assert seen[3].reason.startswith("Lighter week")
    assert "db squat" in seen[4].reason


def test_a_late_start_begins_at_the_bottom() -> None:
    row = ROW.model_copy(update={"hold_s": (10, 45)})
    *_, (request, _) = case("variation", exercise=HOLD, role="hold", row=row, weeks=4).walk()
    late = POLICIES["variation"].load(replace(request, previous=None, occurrence=0))
    assert (request.dose.hold_s, late.hold_s) == (35, 20)


def test_jumps_stay_at_the_low_end() -> None:
    jump = BODY.model_copy(update={"pattern": "plyometric"})
    for name in POLICIES:
        seen = case(name, exercise=jump, role="power").plans()
        assert {plan.reps for plan in seen} == {8}
        assert all("10 % more contacts" in plan.reason for plan in seen)


def test_log_driven_policies_hold_the_load_and_say_what_to_do() -> None:
    chosen = {"maximum": 100, "available": GYM, "item": "barbell"}
    two = case("two_for_two", experience="intermediate", **chosen).plans()
    assert {(plan.reps, plan.load_kg) for plan in two} == {(10, 70)}
    assert "reaches 12 in two sessions running; then add 4-7 kg" in two[1].reason
    auto = case("rir_autoregulation", **chosen).plans()
    assert {(plan.reps, plan.load_kg) for plan in auto} == {(9, 72.5)}
    assert "above 2 add 3.5 %" in auto[1].reason


def test_endurance_and_distance_say_what_they_are() -> None:
    row = ROW.model_copy(update={"minutes": (10, 20), "metres": (3, 6)})
    walk = BODY.model_copy(update={"dose_kind": "duration"})
    plan = case(exercise=walk, role="endurance", row=row).plans()[0]
    assert plan.reason.startswith("20 minutes")
    sled = MOVE.model_copy(update={"dose_kind": "distance"})
    assert case(exercise=sled, role="distance", row=row, item="sled").plans()[0].load_text
