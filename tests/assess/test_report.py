"""What the program says about tests: readings, missing tests, outcomes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from legengine.assess.report import assessed, readings, review_dates
from legengine.domain.program import Assessed, Reading
from tests.assess.people import person

START = dt.date(2026, 11, 30)


def read(test: str, value: Any, age: int = 45, **changes: Any) -> Reading:
    (reading,) = readings(person(age, assessments={test: value}, **changes))
    return reading


def report(**changes: Any) -> Assessed:
    return assessed(person(**changes), START)


def test_two_sides_are_compared_by_the_weaker() -> None:
    reading = read("heel_raise", {"left": 27, "right": 6})
    assert (reading.left, reading.right, reading.value) == (27, 6, None)
    assert reading.symmetry == 22.2
    assert reading.verdict == "below"
    assert reading.norm == "usual 22-34 raises around 28 (men 40-49; average)"
    assert reading.says == ("limb symmetry 22 %: the right side is weaker",)
    assert {"HEEL", "ACLRTS"} <= set(reading.sources)


def test_equal_sides_are_not_spoken_of() -> None:
    reading = read("heel_raise", {"left": 27, "right": 28})
    assert reading.says == ()
    assert "ACLRTS" not in reading.sources


def test_stiffness_is_told_in_centimetres_not_percent() -> None:
    reading = read("knee_to_wall_cm", {"left": 11, "right": 4})
    assert reading.symmetry is None
    assert reading.says == ("sides 2 cm or more apart: one ankle is stiffer",)
    assert read("knee_to_wall_cm", {"left": 11, "right": 9.5}).says == ()


def test_the_gravest_mark_alone_is_told() -> None:
    (said,) = read("timed_up_and_go_s", 21, age=80).says
    assert said.startswith("20 s or more")
    (said,) = read("timed_up_and_go_s", 12, age=80).says
    assert said.startswith("12 s or more")
    assert read("timed_up_and_go_s", 11.9, age=80).says == ()


def test_a_mark_for_older_people_is_not_told_to_others() -> None:
    stance = {"left": 4, "right": 4}
    assert "falls with injury" in read("single_leg_stance_s", stance, age=65).says[0]
    assert "poor balance" in read("single_leg_stance_s", stance, age=64).says[0]
    assert read("single_leg_stance_s", stance, age=49).says == ()


def test_the_battery_is_reckoned_from_its_parts() -> None:
    parts = {
        "side_by_side_s": 10, "semi_tandem_s": 10, "tandem_s": 7, "gait_4m_s": 5.1,
        "five_stands_s": 14.2,
    }  # fmt: skip
    found = {reading.test: reading for reading in readings(person(75, assessments={"sppb": parts}))}
    assert {name: reading.value for name, reading in found.items()} == {
        "sppb": 8,
        "five_chair_stands_s": 14.2,
        "gait_speed_m_s": 0.78,
    }
    assert found["sppb"].says == ("7-9: on the way to frailty",)
    assert found["five_chair_stands_s"].verdict == "below"
    never = {**parts, "gait_4m_s": "unable", "five_stands_s": "unable"}
    found = {reading.test: reading for reading in readings(person(75, assessments={"sppb": never}))}
    assert {name: reading.value for name, reading in found.items()} == {
        "sppb": 3,
        "gait_speed_m_s": 0,
    }


def test_stages_are_read_in_tandem() -> None:
    reading = read("four_stage_balance", {"side_by_side_s": 10, "semi_tandem_s": 6}, age=75)
    assert reading.value == 0
    assert reading.says == ("tandem below 10 s: a higher risk of falls",)


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"age": 30}, {"chair_stand_30s", "single_leg_stance_s", "heel_raise"}),
        (
            {"age": 72},
            {
                "chair_stand_30s", "timed_up_and_go_s", "four_stage_balance",
                "single_leg_stance_s", "heel_raise",
            },
        ),
        (
            {"age": 30, "assessments": {"sit_to_stand_1min": 40}},
            {"chair_stand_30s", "single_leg_stance_s", "heel_raise"},
        ),
        (
            {"age": 72, "assessments": {"sppb": 10, "chair_stand_30s": 12, "timed_up_and_go_s": 9}},
            {"single_leg_stance_s", "heel_raise"},
        ),
        (
            {
                "pain": {"ankle": {"worst": 2}},
                "goal": "endurance",
                "assessments": {"chair_stand_30s": 20},
            },
            {"single_leg_stance_s", "heel_raise", "knee_to_wall_cm", "six_minute_walk_m"},
        ),
        (
            {"history": {"affected_side": "left"}, "assessments": {"chair_stand_30s": 20}},
            {"single_leg_stance_s", "heel_raise", "knee_to_wall_cm"},
        ),
    ],
)  # fmt: skip
def test_missing_tests_that_matter_are_named(changes: dict[str, Any], names: set[str]) -> None:
    missing = report(**changes).missing
    assert {test.test for test in missing} == names
    for test in missing:
        assert test.why
        assert len(test.how) == 4


@pytest.mark.parametrize(
    ("tests", "asked"),
    [
        ({"sppb": 6}, False),
        ({"gait_speed_m_s": 0.4}, False),
        ({"tandem_stance_s": 9}, False),
        ({"tandem_stance_s": 10}, True),
        ({"sppb": 7}, True),
    ],
)
def test_nobody_unsteady_is_asked_to_stand_on_one_leg(tests: dict[str, Any], asked: bool) -> None:
    missing = {test.test for test in report(age=80, assessments=tests).missing}
    assert {"single_leg_stance_s", "heel_raise"} <= missing or not asked
    assert not {"single_leg_stance_s", "heel_raise"} & missing or asked
    assert "chair_stand_30s" in missing


@pytest.mark.parametrize(
    ("weeks", "after"), [(12, [4, 8, 12]), (6, [4]), (4, [4]), (3, [3]), (1, [1])]
)
def test_outcomes_are_measured_every_four_weeks(weeks: int, after: list[int]) -> None:
    dates = review_dates(START, weeks, 4)
    assert dates == (START, *(START + dt.timedelta(weeks=number) for number in after))


def test_the_outcome_table_has_start_values_and_changes_that_count() -> None:
    tests = {"chair_stand_30s": 9, "timed_up_and_go_s": 13.5}
    rows = {
        row.test: row
        for row in report(age=70, assessments=tests, pain={"knee": {"worst": 4}}).outcomes
    }
    assert list(rows) == [
        "chair_stand_30s", "five_chair_stands_s", "timed_up_and_go_s", "six_minute_walk_m", "pain",
    ]  # fmt: skip
    assert [row.start for row in rows.values()] == [9, None, 13.5, None, 4]
    assert rows["chair_stand_30s"].counts == "2 stands"
    assert rows["six_minute_walk_m"].counts.startswith("20 m")
    assert all(row.sources for row in rows.values())
    assert report().questionnaires == ("LEFS",)


def test_frail_people_have_their_own_change_in_the_walk() -> None:
    for tests in ({"sppb": 6}, {"gait_speed_m_s": 0.4}):
        rows = {row.test: row for row in report(age=80, assessments=tests).outcomes}
        assert rows["six_minute_walk_m"].counts == "18 m in frail people"
