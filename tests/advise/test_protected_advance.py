"""The end of the protected phase: a professional judges what nobody else can."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from legengine import Engine, InputError, Program, profile_from_data, results_from_data

TODAY, START, TESTED = dt.date(2026, 11, 23), dt.date(2026, 11, 30), dt.date(2026, 12, 19)
JUDGED = ("weight_bearing", "straight_leg_raise", "knee_range", "knee_swelling", "wound")

PERSON: dict[str, Any] = {
    "person": {"age": 62, "sex": "female", "mass": "70 kg"},
    "cause": "surgery",
    "conditions": ["knee_replacement"],
    "history": {"affected_side": "left", "weeks_since_event": 2},
    "clearance": {
        "by": "surgeon",
        "on": "2026-11-20",
        "protected": True,
        "conditions": ["knee_replacement"],
    },
    "screening": {
        "red_flags": "none",
        "parq_page1": ["bone_joint_soft_tissue_problem_12mo"],
        "parq_followup": "all_no",
    },
    "places": {"home": {"equipment": ["bed", "chair", "chair_arms", "counter", "towel_roll"]}},
    "availability": [
        {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "10:00", "minutes": 30}
    ],
    "start": START,
    "weeks": 6,
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def program(engine: Engine) -> Program:
    return engine.generate(profile_from_data(PERSON), today=TODAY, start=START)


def answers(**changes: Any) -> dict[str, Any]:
    return {
        "date": TESTED,
        "phase": "protected",
        "tests": {"chair_stands_hands_reps": 6},
        "pain": {
            "during": 2,
            "next_morning": "usual",
            "weeks": 2,
            "red_days": 0,
            "rest": 1,
        },
        "events": {"new_falls": 0, "ill_days": 0, "days_since_last_session": 1, "effusion": "none"},
        "red_flags": "none",
        "judged": dict.fromkeys(JUDGED, "pass"),
        "judged_by": "M. Rossi, physiotherapist",
    } | changes


def test_the_card_asks_a_professional(program: Program) -> None:
    card = {item.id: item for item in program.phases[0].test_card}
    assert program.phases[0].id == "protected"
    for name in JUDGED:
        assert card[name].fields == (f"judged.{name}",)
        assert card[name].target == ("a professional's judgement",)
        assert card[name].how


@pytest.mark.parametrize("missing", JUDGED)
def test_what_nobody_judged_is_not_shown(engine: Engine, program: Program, missing: str) -> None:
    judged = {name: "pass" for name in JUDGED if name != missing}
    done = engine.advance(program, results_from_data(answers(judged=judged)), today=TESTED)
    assert done.decision.outcome == "stay"
    (verdict,) = [each for each in done.decision.criteria if each.id == missing]
    assert verdict.state == "not_shown"


def test_rest_pain_that_is_not_told_is_not_shown(engine: Engine, program: Program) -> None:
    pain = {name: value for name, value in answers()["pain"].items() if name != "rest"}
    done = engine.advance(program, results_from_data(answers(pain=pain)), today=TESTED)
    assert done.decision.outcome == "stay"
    (verdict,) = [each for each in done.decision.criteria if each.id == "rest_pain"]
    assert verdict.state == "not_shown"


def test_what_is_judged_not_passed_is_told_with_who_judged(
    engine: Engine, program: Program
) -> None:
    judged = {**dict.fromkeys(JUDGED, "pass"), "wound": "not_passed"}
    done = engine.advance(program, results_from_data(answers(judged=judged)), today=TESTED)
    assert done.decision.outcome == "stay"
    told = " ".join(reason.text for reason in done.decision.reasons)
    assert "the wound is closed" in told
    assert "not passed (M. Rossi, physiotherapist)" in told


def test_with_everything_judged_the_foundation_follows(engine: Engine, program: Program) -> None:
    done = engine.advance(program, results_from_data(answers()), today=TESTED)
    assert done.decision.outcome == "pass"
    assert done.program is not None
    assert done.program.phases[0].id == "foundation"
    assert engine.check(done.program).ok


def test_only_what_is_a_professionals_can_be_judged(engine: Engine, program: Program) -> None:
    judged = {**dict.fromkeys(JUDGED, "pass"), "wonud": "pass"}
    with pytest.raises(InputError, match=r"judged\.wonud.*did you mean 'wound'"):
        engine.advance(program, results_from_data(answers(judged=judged)), today=TESTED)


def test_who_judged_has_to_be_said() -> None:
    with pytest.raises(InputError, match="judged_by"):
        results_from_data(answers(judged_by=""))
