import datetime as dt

import pytest

from legengine.testing.tiny import (
    FRI,
    GROUPS,
    MON,
    MON2,
    MONDAY,
    SQUAT,
    WED,
    exercise,
    found,
    frequency,
    past,
    problem,
    row,
    schedule,
    slot,
    volume,
    week,
)
from legengine.verify.checks.frequency import check


def _week(items, **fields):
    only = week(1, **fields.pop("week", {}))
    there = problem(SQUAT, weeks=(only,), **fields)
    return list(check(there, schedule(*(f"{start} squat" for start in items))))


def _days(*offsets: int) -> list[str]:
    return [f"{MONDAY + dt.timedelta(days=offset)}T18:00" for offset in offsets]


@pytest.mark.parametrize(
    ("items", "wrong"), [([MON], 1), ([MON, WED], 0), ([MON, WED, FRI], 1), ([], 1)]
)
def test_sessions_lie_within_the_week(items, wrong):
    assert len(_week(items, week={"sessions": (2, 2)})) == wrong


def test_a_reduced_week_has_no_least_number_of_sessions_but_a_most():
    assert _week([], week={"sessions": (2, 2), "reduced": True}) == []
    violations = _week([MON, WED, FRI], week={"sessions": (2, 2), "reduced": True})
    assert found(violations) == [("week 1", "0 to 2 sessions", "3")]


def test_one_session_a_day():
    slots = (slot("2026-11-30T08:00"), slot(MON))
    violations = _week(["2026-11-30T08:00", MON], slots=slots)
    assert found(violations) == [("2026-11-30", "at most one session a day", "2")]


@pytest.mark.parametrize(("least", "wrong"), [(4, 0), (5, 1)])
def test_rest_days(least, wrong):
    violations = _week([MON, WED, FRI], frequency=frequency(rest_days_min=least))
    assert len(violations) == wrong


def test_rest_days_are_days_and_not_sessions():
    slots = (slot("2026-11-30T08:00"), slot(MON))
    violations = _week(["2026-11-30T08:00", MON], slots=slots, frequency=frequency(rest_days_min=6))
    assert [each.required for each in violations] == ["at most one session a day"]


def _gap(hours, *starts, **fields):
    there = problem(
        SQUAT,
        slots=tuple(slot(start) for start in starts),
        frequency=frequency(session_gap_hours=hours),
        **fields,
    )
    return found(check(there, schedule(*(f"{start} squat" for start in starts))))


def test_sessions_lie_a_gap_apart():
    assert _gap(24, MON, "2026-12-01T18:00") == []
    assert _gap(24, MON, "2026-12-01T17:59") == [
        ("2026-12-01T17:59", "24 h from session to session", "23 h 59 min")
    ]


def test_the_gap_holds_across_weeks_and_whatever_the_sessions_expose():
    stretch = exercise("squat", block="cool_down")
    there = problem(
        stretch,
        slots=(slot("2026-12-06T18:00"), slot(MON2)),
        frequency=frequency(session_gap_hours=25),
    )
    plan = schedule("2026-12-06T18:00 squat", f"{MON2} squat")
    assert [each.where for each in check(there, plan)] == [MON2]


def test_the_gap_holds_across_the_phase():
    assert _gap(24, MON, past=past("2026-11-29T18:00")) == []
    assert len(_gap(24, MON, past=past("2026-11-29T18:01"))) == 1
    assert _gap(24, MON, past=past("2026-11-25T18:00", "2026-11-25T19:00")) == []


def _in_a_row(offsets, longest, **fields):
    days = _days(*offsets)
    there = problem(
        SQUAT,
        slots=tuple(slot(day) for day in days),
        frequency=frequency(consecutive_days_max=longest),
        **fields,
    )
    return list(check(there, schedule(*(f"{day} squat" for day in days))))


def test_days_in_a_row():
    assert _in_a_row((0, 1, 3), 2) == []
    assert found(_in_a_row((0, 1, 2), 2)) == [
        ("2026-11-30 to 2026-12-02", "at most 2 days in a row", "3")
    ]


def test_every_run_is_looked_at():
    assert len(_in_a_row((0, 1, 2, 4), 2)) == 1
    assert len(_in_a_row((0, 2, 3, 4), 2)) == 1
    assert len(_in_a_row((0, 1, 2, 4, 5, 6), 2)) == 2


def test_days_in_a_row_run_across_weeks():
    assert _in_a_row((5, 6, 8), 2) == []
    assert len(_in_a_row((5, 6, 7), 2)) == 1


def test_days_in_a_row_run_across_the_phase():
    assert _in_a_row((0,), 2, past=past("2026-11-27T18:00", "2026-11-28T18:00")) == []
    assert len(_in_a_row((0,), 2, past=past("2026-11-28T18:00", "2026-11-29T18:00"))) == 1


def test_a_run_that_was_over_before_the_phase_is_not_ours():
    before = past("2026-11-20T18:00", "2026-11-21T18:00", "2026-11-22T18:00")
    assert _in_a_row((0,), 2, past=before) == []


@pytest.mark.parametrize(("most", "wrong"), [(3, 0), (2, 1)])
def test_an_exercise_comes_so_often_a_week(most, wrong):
    violations = _week([MON, WED, FRI], frequency=frequency(exercise_max=most))
    assert len(violations) == wrong


def test_an_exercise_is_counted_anew_every_week():
    there = problem(SQUAT, frequency=frequency(exercise_max=1))
    assert list(check(there, schedule(f"{MON} squat", f"{MON2} squat"))) == []


TRAINED = {"volume": {"quadriceps": volume(floor=1)}}


@pytest.mark.parametrize(
    ("items", "wrong"), [([], 1), ([MON], 0), ([MON, WED], 0), ([MON, WED, FRI], 1)]
)
def test_exposures_of_a_group_with_a_floor(items, wrong):
    violations = _week(items, week=dict(TRAINED), frequency=frequency(exposures=(1, 2)))
    assert len(violations) == wrong


def test_a_group_without_a_floor_may_be_exposed_as_it_comes():
    assert _week([MON, WED, FRI], frequency=frequency(exposures=(1, 2))) == []


@pytest.mark.parametrize("fields", [{"reduced": True}, {"kind": "deload"}])
def test_reduced_and_deload_weeks_have_no_least_exposure_but_a_most(fields):
    rules = {"frequency": frequency(exposures=(2, 2))}
    assert _week([], week=TRAINED | fields, **rules) == []
    assert len(_week([MON, WED, FRI], week=TRAINED | fields, **rules)) == 1


def test_half_an_effective_set_is_no_exposure():
    half = exercise("half", primary=("hamstrings",), secondary=("quadriceps",))
    only = week(1, **TRAINED)
    there = problem(half, weeks=(only,), frequency=frequency(exposures=(1, 7)))
    assert len(list(check(there, schedule(f"{MON} half 1")))) == 1
    assert list(check(there, schedule(f"{MON} half 2"))) == []


def test_the_factory_is_permissive():
    there = problem(SQUAT, groups=GROUPS, coverage=(row(required=False),))
    assert list(check(there, schedule(f"{MON} squat"))) == []
