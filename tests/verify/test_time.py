import pytest

from legengine.testing.tiny import (
    BRIDGE,
    MON,
    MON2,
    SQUAT,
    dose,
    exercise,
    found,
    problem,
    schedule,
    slot,
)
from legengine.verify.checks.time import check
from legengine.verify.duration import planned_seconds


def _seconds(sets: int = 3, dose_fields=None, **fields) -> int:
    return planned_seconds(exercise(**fields), dose(**(dose_fields or {})), sets)


def test_repetitions():
    # 30 set-up, 3 x (10 x 3), 2 rests of 60
    assert _seconds() == 30 + 90 + 120


def test_a_single_set_has_no_rest():
    assert _seconds(1) == 30 + 30


def test_work_is_rounded_up_before_it_is_doubled():
    # 9 x 1.5 = 13.5 -> 14 a side
    assert _seconds(1, {"reps": 9}, seconds_per_rep=1.5) == 30 + 14
    assert _seconds(1, {"reps": 9}, seconds_per_rep=1.5, laterality="each") == 30 + 28


def test_alternating_repetitions_are_counted_over_both_legs():
    assert _seconds(1, laterality="alternating") == 30 + 30
    assert _seconds(1, laterality="each") == 30 + 60


def test_holds():
    assert _seconds(2, dose_kind="hold") == 30 + 40 + 60
    assert _seconds(2, dose_kind="hold", laterality="each") == 30 + 80 + 60


def test_a_distance_takes_30_seconds_a_set():
    assert _seconds(2, dose_kind="distance") == 30 + 60 + 60
    assert _seconds(2, dose_kind="distance", laterality="each") == 30 + 120 + 60


def test_warmup_sets_take_half_the_work_and_45_seconds():
    # work 33 -> 16 + 45 for each warm-up set
    assert _seconds(1, {"reps": 11, "warmup_sets": 2}) == 30 + 33 + 2 * 61


def test_endurance_has_no_rests_no_sides_and_no_warmup_sets():
    assert _seconds(3, {"warmup_sets": 1}, dose_kind="duration", laterality="each") == 30 + 900


@pytest.mark.parametrize(("rest", "wrong"), [(60, 0), (61, 1)])
def test_a_session_may_last_exactly_its_slot(rest, wrong):
    # 300 + 180 + (40 + 8 x 30 + 7 x 60) + (30 + 30) + 20 = 1260 = 21 min
    there = problem(
        exercise(setup_seconds=40),
        BRIDGE,
        slots=(slot(MON, minutes=21),),
        doses={"squat": dose(rest_s=rest)},
    )
    violations = list(check(there, schedule(f"{MON} squat 8", f"{MON} bridge")))
    assert len(violations) == wrong


def test_what_is_found_is_told_in_minutes():
    there = problem(SQUAT, slots=(slot(MON, minutes=9),))
    violations = check(there, schedule(f"{MON} squat 2"))
    assert found(violations) == [(MON, "at most 9 min", "10 min 30 s")]


def test_a_change_is_counted_between_items_only():
    # 480 + 60 = 540 = 9 min for one item; 480 + 120 + 20 = 620 for two
    one = problem(SQUAT, BRIDGE, slots=(slot(MON, minutes=9),))
    assert list(check(one, schedule(f"{MON} squat"))) == []
    violations = list(check(one, schedule(f"{MON} squat", f"{MON} bridge")))
    assert found(violations)[0][2] == "10 min 20 s"


def test_every_week_is_reckoned_with_its_own_dose():
    there = problem(
        SQUAT,
        slots=(slot(MON, minutes=9), slot(MON2, minutes=9)),
        doses={"squat": (dose(reps=10), dose(reps=11))},
    )
    violations = check(there, schedule(f"{MON} squat", f"{MON2} squat"))
    assert found(violations) == [(MON2, "at most 9 min", "9 min 3 s")]
