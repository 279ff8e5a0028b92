import pytest

from legengine.testing.tiny import (
    BRIDGE,
    MON,
    SQUAT,
    dose,
    exercise,
    found,
    past,
    problem,
    schedule,
    slot,
)
from legengine.verify.checks.rest_interval import check


def _two(first: str, second: str, hours: int = 48, **fields):
    there = problem(
        SQUAT, slots=(slot(first), slot(second)), rest_hours={"quadriceps": hours}, **fields
    )
    return list(check(there, schedule(f"{first} squat", f"{second} squat")))


def test_exactly_48_hours_are_enough():
    assert _two(MON, "2026-12-02T18:00") == []


def test_a_minute_less_is_too_close_and_is_told_with_both_dates():
    assert found(_two(MON, "2026-12-02T17:59")) == [
        ("2026-12-02T17:59 quadriceps", "48 h after 2026-11-30T18:00", "47 h 59 min")
    ]


def test_whole_hours_are_told_without_minutes():
    assert found(_two(MON, "2026-12-01T18:00"))[0][2] == "24 h"


@pytest.mark.parametrize(("monday", "wrong"), [("08:00", 1), ("18:00", 0)])
def test_sunday_and_monday_are_neighbours(monday, wrong):
    assert len(_two("2026-12-06T18:00", f"2026-12-07T{monday}", hours=24)) == wrong


@pytest.mark.parametrize(("before", "wrong"), [("2026-11-28T18:00", 0), ("2026-11-28T18:01", 1)])
def test_the_phase_before_counts(before, wrong):
    there = problem(SQUAT, rest_hours={"quadriceps": 48}, past=past(before))
    assert len(list(check(there, schedule(f"{MON} squat")))) == wrong


def test_past_sessions_are_not_judged_among_themselves():
    there = problem(
        SQUAT, rest_hours={"quadriceps": 48}, past=past("2026-11-20T18:00", "2026-11-21T18:00")
    )
    assert list(check(there, schedule(f"{MON} squat"))) == []


def test_past_sessions_bind_only_the_groups_that_they_exposed():
    there = problem(BRIDGE, rest_hours={"glutes": 48}, past=past("2026-11-29T18:00"))
    assert list(check(there, schedule(f"{MON} bridge"))) == []


def test_only_the_same_group_needs_the_rest():
    there = problem(
        SQUAT,
        BRIDGE,
        slots=(slot(MON), slot("2026-12-01T18:00")),
        rest_hours={"quadriceps": 48, "glutes": 48},
    )
    assert list(check(there, schedule(f"{MON} squat", "2026-12-01T18:00 bridge"))) == []


@pytest.mark.parametrize(("sets", "wrong"), [(1, 0), (2, 1)])
def test_an_exposure_is_one_effective_set(sets, wrong):
    """One set of a secondary muscle is half an effective set, two are one."""
    lunge = exercise("lunge", primary=("hamstrings",), secondary=("quadriceps",))
    tuesday = "2026-12-01T18:00"
    there = problem(SQUAT, lunge, slots=(slot(MON), slot(tuesday)), rest_hours={"quadriceps": 48})
    plan = schedule(f"{MON} squat", f"{tuesday} lunge {sets}")
    assert len(list(check(there, plan))) == wrong


def test_two_half_credits_of_a_session_make_an_exposure():
    tuesday = "2026-12-01T18:00"
    halves = [
        exercise(name, primary=("hamstrings",), secondary=("quadriceps",)) for name in ("a", "b")
    ]
    there = problem(SQUAT, *halves, slots=(slot(MON), slot(tuesday)), rest_hours={"quadriceps": 48})
    assert list(check(there, schedule(f"{MON} squat", f"{tuesday} a"))) == []
    assert len(list(check(there, schedule(f"{MON} squat", f"{tuesday} a", f"{tuesday} b")))) == 1


@pytest.mark.parametrize(("block", "wrong"), [("trunk", 0), ("isolation", 1), ("power", 1)])
def test_only_strengthening_blocks_expose(block, wrong):
    tuesday = "2026-12-01T18:00"
    other = exercise("other", block=block)
    there = problem(SQUAT, other, slots=(slot(MON), slot(tuesday)), rest_hours={"quadriceps": 48})
    plan = schedule(f"{MON} squat", f"{tuesday} other 4")
    assert len(list(check(there, plan))) == wrong


@pytest.mark.parametrize(("rir", "wrong"), [((3, 5), 1), ((4, 5), 0)])
def test_easy_sets_count_half_for_an_exposure(rir, wrong):
    violations = _two(MON, "2026-12-01T18:00", doses={"squat": dose(rir=rir)})
    assert len(violations) == wrong


def test_groups_outside_the_phase_are_not_looked_at():
    calf = exercise("calf", primary=("soleus",))
    tuesday = "2026-12-01T18:00"
    there = problem(calf, slots=(slot(MON), slot(tuesday)), rest_hours={"calves": 48})
    assert list(check(there, schedule(f"{MON} calf", f"{tuesday} calf"))) == []
