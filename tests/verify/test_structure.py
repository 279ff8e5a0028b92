import pytest

from legengine.domain.schedule import Item, Schedule
from legengine.testing.tiny import (
    BRIDGE,
    CURL,
    MON,
    MON2,
    SQUAT,
    WED,
    WED2,
    exercise,
    found,
    place,
    problem,
    schedule,
    slot,
    structure,
    week,
)
from legengine.verify import checks
from legengine.verify.checks.structure import check


def test_an_exercise_comes_once_in_a_session():
    twice = Schedule((Item(MON, "squat", 1), Item(MON, "squat", 2)))
    assert found(check(problem(), twice)) == [(f"{MON} squat", "at most once a session", "2")]
    assert list(check(problem(), schedule(f"{MON} squat", f"{WED} squat"))) == []


@pytest.mark.parametrize(("number", "wrong"), [(1, 1), (2, 0), (3, 0), (4, 1)])
def test_work_items(number, wrong):
    there = problem(
        *(exercise(f"e{index}") for index in range(4)), structure=structure(work_items=(2, 3))
    )
    plan = schedule(*(f"{MON} e{index}" for index in range(number)))
    assert len(list(check(there, plan))) == wrong


@pytest.mark.parametrize(
    ("block", "counts"),
    [
        ("warm_up", False),
        ("power", True),
        ("balance", True),
        ("compound", True),
        ("isolation", True),
        ("trunk", True),
        ("endurance", False),
        ("cool_down", False),
    ],
)
def test_which_blocks_are_work(block, counts):
    there = problem(exercise(block=block), structure=structure(work_items=(1, 3)))
    assert (list(check(there, schedule(f"{MON} squat"))) == []) is counts


@pytest.mark.parametrize(("most", "wrong"), [(3, 0), (2, 1)])
def test_all_items_have_a_most(most, wrong):
    stretch = exercise("stretch", block="cool_down")
    there = problem(SQUAT, BRIDGE, stretch, structure=structure(items_max=most))
    plan = schedule(f"{MON} squat", f"{MON} bridge", f"{MON} stretch")
    assert len(list(check(there, plan))) == wrong


def _regular(*items, weeks=None, **fields):
    there = problem(weeks=weeks or [week(1, regular=True), week(2, regular=True)], **fields)
    return found(check(there, schedule(*items)))


def test_regular_weeks_repeat_exercises_whatever_the_sets():
    assert _regular(f"{MON} squat 2", f"{MON2} squat 5") == []


def test_regular_weeks_differ_by_exercise():
    assert _regular(f"{MON} squat", f"{MON2} curl") == [
        ("week 2 Mon 18:00 home curl", "the same exercises as in week 1", "added"),
        ("week 2 Mon 18:00 home squat", "the same exercises as in week 1", "missing"),
    ]


def test_regular_weeks_differ_by_weekday():
    assert len(_regular(f"{MON} squat", f"{WED2} squat")) == 2


def test_regular_weeks_differ_by_time_of_day():
    slots = (slot(MON), slot("2026-12-07T17:00"), slot(MON2))
    assert len(_regular(f"{MON} squat", "2026-12-07T17:00 squat", slots=slots)) == 2
    assert _regular(f"{MON} squat", f"{MON2} squat", slots=slots) == []


def test_regular_weeks_differ_by_place():
    slots = (slot(MON), slot(MON2, place="gym"))
    places = {"home": place(), "gym": place()}
    assert len(_regular(f"{MON} squat", f"{MON2} squat", slots=slots, places=places)) == 2


def test_other_weeks_need_not_repeat():
    weeks = [week(1), week(2, regular=True)]
    assert _regular(f"{MON} squat", f"{MON2} curl", weeks=weeks) == []


def test_all_regular_weeks_are_compared_over_one_that_is_not():
    weeks = [week(1, regular=True), week(2), week(3, regular=True)]
    items = [f"{MON} squat", f"{MON2} curl"]
    assert len(_regular(*items, weeks=weeks)) == 1
    assert _regular(*items, "2026-12-14T18:00 squat", weeks=weeks) == []


class TestNonsense:
    def test_unknown_slot(self):
        nowhere = "2026-12-01T18:00"
        assert found(check(problem(), schedule(f"{nowhere} squat"))) == [
            (f"{nowhere} squat", "a slot of the problem", f"unknown slot {nowhere}")
        ]

    def test_unknown_exercise(self):
        assert found(check(problem(), schedule(f"{MON} jump"))) == [
            (f"{MON} jump", "a known exercise", "unknown exercise jump")
        ]

    def test_exercise_without_dose(self):
        there = problem(SQUAT, CURL, doses={"curl": None})
        assert found(check(there, schedule(f"{MON} curl"))) == [
            (f"{MON} curl", "a dose in this phase", "no dose")
        ]

    @pytest.mark.parametrize(("sets", "wrong"), [(1, 0), (0, 1), (-1, 1)])
    def test_sets(self, sets, wrong):
        assert len(list(check(problem(), schedule(f"{MON} squat {sets}")))) == wrong

    @pytest.mark.parametrize("rule", checks.__all__)
    def test_no_rule_stumbles_over_it(self, rule):
        there = problem(SQUAT, CURL, doses={"curl": None})
        plan = schedule(f"{MON} jump", f"{MON} curl", f"{MON} squat 0", "2026-12-01T18:00 squat")
        list(getattr(checks, rule).check(there, plan))
