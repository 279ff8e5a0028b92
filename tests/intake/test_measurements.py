"""Impossible results are named errors, through the file and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from legengine.cli.app import run
from legengine.intake.measurements import impossible_results
from tests.assess.people import person

PARTS = {
    "side_by_side_s": 10, "semi_tandem_s": 10, "tandem_s": 7, "gait_4m_s": 5.1,
    "five_stands_s": 14.2,
}  # fmt: skip


def told(**tests: Any) -> list[str]:
    return [str(fault) for fault in impossible_results(person(70, assessments=tests))]


@pytest.mark.parametrize(
    ("tests", "field", "said"),
    [
        ({"heel_raise": {"left": 3, "right": 201}}, "heel_raise.right", "at most 200 raises"),
        ({"knee_to_wall_cm": {"left": 31, "right": 3}}, "knee_to_wall_cm.left", "at most 30 cm"),
        (
            {"chair_stand_30s": 0, "five_chair_stands_s": 12},
            "five_chair_stands_s",
            "contradicts 'chair_stand_30s: 0'",
        ),
        ({"chair_stand_30s": 0, "sit_to_stand_1min": 3}, "sit_to_stand_1min", "expected 0"),
        ({"chair_stand_30s": 0, "sppb": PARTS}, "sppb.five_stands_s", "expected 'unable'"),
        (
            {"chair_stand_30s": 5, "chair_stands_hands_reps": 4},
            "chair_stands_hands_reps",
            "expected at least 5",
        ),
        (
            {"tandem_stance_s": 0, "single_leg_stance_s": {"left": 0, "right": 1}},
            "single_leg_stance_s",
            "0 s in tandem",
        ),
        ({"sppb": {**PARTS, "total": 9}}, "sppb.total", "the parts give 8 points, not 9"),
        (
            {"sppb": {**PARTS, "five_stands_s": "unable"}, "five_chair_stands_s": 12},
            "sppb.five_stands_s",
            "contradicts 'five_chair_stands_s: 12'",
        ),
        ({"sppb": {**PARTS, "semi_tandem_s": 0}}, "sppb.tandem_s", "expected 0"),
        (
            {"four_stage_balance": {"side_by_side_s": 0, "semi_tandem_s": 3}},
            "four_stage_balance.semi_tandem_s",
            "easier stand 'side_by_side_s'",
        ),
    ],
)
def test_a_contradiction_is_told_at_its_field(tests: dict[str, Any], field: str, said: str) -> None:
    (fault,) = told(**tests)
    assert fault.startswith(f"assessments.{field}: ")
    assert said in fault


@pytest.mark.parametrize(
    "tests",
    [
        {"heel_raise": {"left": 3, "right": 200}},
        {"chair_stand_30s": 0, "sit_to_stand_1min": 0},
        {"chair_stand_30s": 0, "sppb": {**PARTS, "five_stands_s": "unable"}},
        {"chair_stand_30s": 4, "chair_stands_hands_reps": 4},
        {"chair_stand_30s": 3, "five_chair_stands_s": 55},
        {"tandem_stance_s": 0, "single_leg_stance_s": {"left": 0, "right": 0}},
        {"tandem_stance_s": 1, "single_leg_stance_s": {"left": 3, "right": 0}},
        {"sppb": {**PARTS, "total": 8}},
        {"sppb": {**PARTS, "five_stands_s": "unable"}},
        {"four_stage_balance": {"side_by_side_s": 10, "semi_tandem_s": 0}},
    ],
    ids=str,
)
def test_what_can_be_is_taken(tests: dict[str, Any]) -> None:
    assert told(**tests) == []


BAD = """\
person: {age: 70, sex: female}
cause: disuse
screening: {red_flags: none, parq_page1: all_no}
assessments:
  %s
places: {home: {equipment: [chair]}}
availability:
  - {days: [mon, wed, fri], start: "18:00", minutes: 30}
"""


@pytest.mark.parametrize(
    ("line", "at", "said"),
    [
        (
            "chair_stand_30s: 200",
            "5:20",
            "assessments.chair_stand_30s: must be at most 80, got 200",
        ),
        ("five_chair_stands_s: -4", "5:24", "must be more than 0, got -4"),
        ("timed_up_and_go_s: -1", "5:22", "must be more than 0, got -1"),
        ("tandem_stance_s: -3", "5:20", "must be at least 0, got -3"),
        (
            "single_leg_stance_s: {right: 4}",
            "5:24",
            "single_leg_stance_s.left: 'left' is missing (both sides are compared)",
        ),
        ("heel_raise: {left: -2, right: 3}", "5:22", "must be at least 0, got -2"),
        ("heel_raise: {left: 900, right: 3}", "5:22", "must be at most 200 raises, got 900"),
        ("sppb: 15", "5:9", "assessments.sppb: must be at most 12, got 15"),
        (
            (
                "sppb: {side_by_side_s: 10, semi_tandem_s: 10, tandem_s: 9, gait_4m_s: fast,"
                " five_stands_s: 12}"
            ),
            "5:73",
            "expected a number or 'unable', got 'fast'",
        ),
        ("four_stage_balance: {side_by_side_s: 61}", "5:40", "must be at most 60, got 61"),
        ("grip_kg: strong", "5:12", "expected a number, got 'strong'"),
        (
            (
                "sppb: {side_by_side_s: 0, semi_tandem_s: 10, tandem_s: 0, gait_4m_s: 5,"
                " five_stands_s: 12}"
            ),
            "5:44",
            "10 s contradict 0 s in the easier stand 'side_by_side_s' (expected 0)",
        ),
    ],
)
def test_the_command_line_points_at_the_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, at: str, said: str
) -> None:
    page = tmp_path / "bad.yaml"
    page.write_text(BAD % line, encoding="utf-8")
    assert run(["generate", str(page), "--today", "2026-11-23", "-q"]) == 2
    error = capsys.readouterr().err
    assert f"bad.yaml:{at}: " in error
    assert said in error
    assert "Traceback" not in error
