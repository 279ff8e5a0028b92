import pytest

from legengine.testing.tiny import (
    BRIDGE,
    CURL,
    MON,
    MON2,
    SQUAT,
    WED,
    exercise,
    found,
    problem,
    row,
    schedule,
    week,
)
from legengine.verify.checks.coverage import check

BOX = exercise("box_squat")
STEP = exercise("step_up", pattern="lunge", laterality="each")
LUNGE = exercise("lunge", pattern="lunge", laterality="both")
MARCH = exercise("march", pattern="lunge", laterality="alternating")


def _check(items, fields, weeks=None):
    there = problem(
        SQUAT,
        BOX,
        STEP,
        LUNGE,
        MARCH,
        BRIDGE,
        CURL,
        weeks=weeks or [week(1)],
        coverage=(row(**fields),),
    )
    return found(check(there, schedule(*items)))


@pytest.mark.parametrize(
    ("items", "wrong"),
    [
        ([f"{MON} squat"], 1),
        ([f"{MON} squat", f"{WED} squat"], 0),
        ([f"{MON} squat", f"{MON} box_squat"], 0),
        ([f"{MON} squat", f"{MON} bridge"], 1),
        ([f"{MON} squat", f"{WED} squat", f"{WED} box_squat"], 1),
    ],
)
def test_a_week_is_counted_in_item_slots(items, wrong):
    assert len(_check(items, {"at_least": 2, "at_most": 2})) == wrong


def test_how_it_is_told():
    assert _check([], {"at_least": 2}) == [("week 1 knee", "at least 2", "0")]
    three = [f"{MON} squat", f"{WED} squat", f"{MON} box_squat"]
    assert _check(three, {"at_least": 0, "at_most": 2}) == [("week 1 knee", "at most 2", "3")]


def test_distinct_counts_different_exercises():
    fields = {"at_least": 2, "distinct": True}
    assert len(_check([f"{MON} squat", f"{WED} squat"], fields)) == 1
    assert _check([f"{MON} squat", f"{WED} box_squat"], fields) == []


@pytest.mark.parametrize(
    ("fields", "items", "wrong"),
    [
        ({"patterns": (), "blocks": ("isolation",)}, [f"{MON} curl"], 0),
        ({"patterns": (), "blocks": ("isolation",)}, [f"{MON} squat"], 1),
        ({"patterns": (), "exercises": ("bridge",)}, [f"{MON} bridge"], 0),
        ({"patterns": (), "exercises": ("bridge",)}, [f"{MON} squat"], 1),
        ({"patterns": ("squat",), "exercises": ("bridge",)}, [f"{MON} bridge"], 0),
        ({"patterns": ("squat",), "exercises": ("bridge",)}, [f"{MON} squat"], 0),
        ({"patterns": ("squat",), "exercises": ("squat",), "at_least": 2}, [f"{MON} squat"], 1),
    ],
)
def test_an_item_counts_once_by_pattern_block_or_exercise(fields, items, wrong):
    assert len(_check(items, {"at_least": 1} | fields)) == wrong


@pytest.mark.parametrize(("item", "wrong"), [("step_up", 0), ("march", 0), ("lunge", 1)])
def test_one_legged_rows_count_work_of_one_leg_at_a_time(item, wrong):
    fields = {"patterns": ("lunge",), "at_least": 1, "one_legged": True}
    assert len(_check([f"{MON} {item}"], fields)) == wrong
    assert _check([f"{MON} {item}"], fields | {"one_legged": False}) == []


def test_a_row_for_each_session():
    fields = {"per": "session", "at_least": 1}
    assert _check([f"{MON} squat", f"{WED} squat"], fields) == []
    assert _check([f"{MON} squat", f"{WED} bridge"], fields) == [(f"{WED} knee", "at least 1", "0")]
    assert _check([], fields) == []


def test_every_week_is_looked_at():
    weeks = [week(1), week(2)]
    assert [each[0] for each in _check([f"{MON} squat"], {"at_least": 1}, weeks)] == ["week 2 knee"]


def test_reduced_weeks_are_not_looked_at_but_their_sessions_are():
    weeks = [week(1), week(2, reduced=True)]
    items = [f"{MON} squat", f"{MON2} bridge"]
    assert _check(items, {"at_least": 1}, weeks) == []
    assert len(_check(items, {"at_least": 1, "per": "session"}, weeks)) == 1


def test_a_wish_is_no_rule():
    assert _check([], {"required": False}) == []
