"""The checker compares what is printed about tests with the profile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from legengine.domain.profile import Assessments, Pair
from legengine.domain.program import Assessed, Outcome, Program, Reading
from legengine.testing.handmade import handmade_program
from legengine.verify.readings import check_tests

TESTS = Assessments(chair_stand_30s=9, heel_raise=Pair(left=27, right=6))
STANDS = Reading(
    test="chair_stand_30s", name="stands", unit="", value=9, verdict="usual", sources=("D",)
)
RAISES = Reading(
    test="heel_raise", name="raises", unit="", left=27, right=6, symmetry=22.2,
    verdict="below", sources=("D",),
)  # fmt: skip
ROW = Outcome(
    test="chair_stand_30s", name="", unit="", better="higher", start=9, counts="", sources=("D",)
)
PROGRAM = handmade_program()


def found(**said: Any) -> list[tuple[str, str, str]]:
    profile = PROGRAM.profile.model_copy(update={"assessments": TESTS})
    whole = {"readings": (STANDS, RAISES), "outcomes": (ROW,), **said}
    program: Program = PROGRAM.model_copy(
        update={"profile": profile, "assessments": Assessed(**whole)}
    )
    return [(each.where, each.required, each.found) for each in check_tests(program)]


def test_what_the_profile_says_is_in_order() -> None:
    assert found() == []
    assert found(review_dates=(PROGRAM.start, dt.date(2026, 2, 2))) == []


@pytest.mark.parametrize(
    ("reading", "wrong"),
    [
        (STANDS.model_copy(update={"value": 12}), ("chair_stand_30s", "9", "12")),
        (RAISES.model_copy(update={"left": 26}), ("heel_raise left", "27", "26")),
        (RAISES.model_copy(update={"right": None}), ("heel_raise right", "6", "nothing")),
        (
            RAISES.model_copy(update={"symmetry": 92.0}),
            ("heel_raise", "symmetry 22.2 %", "92 %"),
        ),
        (
            STANDS.model_copy(update={"test": "timed_up_and_go_s"}),
            ("timed_up_and_go_s", "no reading of a test without a result", "one"),
        ),
    ],
)
def test_another_reading_is_found(reading: Reading, wrong: tuple[str, str, str]) -> None:
    assert found(readings=(reading,)) == [wrong]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"start": 10}, ("outcome chair_stand_30s", "9", "10")),
        ({"start": None}, ("outcome chair_stand_30s", "9", "nothing")),
        ({"test": "pain", "start": 7}, ("outcome pain", "nothing", "7")),
        ({"test": "timed_up_and_go_s"}, ("outcome timed_up_and_go_s", "nothing", "9")),
    ],
)
def test_another_start_is_found(change: dict[str, Any], wrong: tuple[str, str, str]) -> None:
    assert found(outcomes=(ROW.model_copy(update=change),)) == [wrong]


@pytest.mark.parametrize("day", [dt.date(2026, 1, 4), dt.date(2026, 2, 17)])
def test_a_review_outside_the_program_is_found(day: dt.date) -> None:
    assert [where for where, _, _ in found(review_dates=(day,))] == ["review dates"]
