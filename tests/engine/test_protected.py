"""The protected phase: who enters it, what it holds, and what follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from legengine import Engine, Program, ReferralError
from legengine.domain.problem import Past
from legengine.domain.program import Prescription
from legengine.hooks.registry import Registry
from legengine.reckoning.past import past_of
from legengine.testing import tiny
from tests.assess.people import person

TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
EXERCISES = {exercise.id: exercise for exercise in Registry.create().library().exercises}
WORK = ("compound", "isolation", "trunk", "balance")


@cache
def engine() -> Engine:
    return Engine()


def made(**changes: Any) -> Program:
    return engine().generate(person(**changes), today=TODAY, start=START)


def cleared(**fields: Any) -> dict[str, Any]:
    return {"by": "surgeon", "on": "2026-11-20", **fields}


def week(days: list[str], minutes: int = 60) -> list[dict[str, Any]]:
    return [{"days": days, "start": "18:00", "minutes": minutes}]


def items(program: Program, phase: int = 0) -> list[Prescription]:
    return [
        item
        for part in program.phases[phase].weeks
        for session in part.sessions
        for item in session.prescriptions
    ]


HOME = {"home": {"equipment": ["mat", "chair", "wall", "counter"]}}
BARE = {"home": {"equipment": ["chair"]}}
PEOPLE: dict[str, dict[str, Any]] = {
    "none": {"clearance": cleared(weight_bearing="NWB", side="right")},
    "toes": {"clearance": cleared(weight_bearing="TTWB", side="right")},
    "partial": {"clearance": cleared(weight_bearing="PWB", side="right")},
    "asked for": {"clearance": cleared(protected=True), "age": 70},
    "hands": {"clearance": cleared(), "assessments": {"chair_stands_hands_reps": 3}, "age": 78},
    "rest pain": {"clearance": cleared(), "pain": {"knee": {"worst": 5, "rest": 4}}},
}
each_person = pytest.mark.parametrize("name", PEOPLE)


@each_person
def test_the_phase_stands_first_and_holds_its_dose(name: str) -> None:
    program = made(**PEOPLE[name], weeks=5, availability=week(["mon", "tue", "thu", "fri", "sat"]))
    assert engine().check(program).ok
    assert [phase.id for phase in program.phases] == ["protected", "foundation"]
    assert [len(phase.weeks) for phase in program.phases] == [3, 2]
    found = items(program)
    assert found
    for item in found:
        assert "protected" in EXERCISES[item.exercise].phases
        assert item.load_kg is None
        if item.block in WORK:
            assert 1 <= item.sets <= 3
            assert item.reps is None or 5 <= item.reps <= 10
            assert item.hold_s is None or 5 <= item.hold_s <= 10
            assert item.rpe is None or (item.rpe[0] >= 2 and item.rpe[1] <= 4)
            assert 20 <= item.rest_s <= 60
    for part in program.phases[0].weeks:
        assert len(part.sessions) == 5
        assert all(session.seconds <= 30 * 60 for session in part.sessions)


@each_person
def test_three_days_and_a_chair_are_enough(name: str) -> None:
    program = made(**PEOPLE[name], weeks=3, places=BARE)
    assert [phase.id for phase in program.phases] == ["protected"]
    assert all(len(part.sessions) == 3 for part in program.phases[0].weeks)


def test_days_in_a_row_need_no_rest_between() -> None:
    program = made(
        clearance=cleared(protected=True), weeks=2, availability=week(["fri", "sat", "sun"])
    )
    starts = [s.start.strftime("%a") for s in program.phases[0].weeks[0].sessions]
    assert starts == ["Fri", "Sat", "Sun"]


@pytest.mark.parametrize("name", ["hands", "rest pain"])
def test_without_clearance_it_is_a_referral(name: str) -> None:
    given = {key: value for key, value in PEOPLE[name].items() if key != "clearance"}
    with pytest.raises(ReferralError) as caught:
        made(**given)
    referral = caught.value.referral
    assert referral.severity == "clearance_required"
    assert referral.findings[0].rule == "protected_phase"
    for format in ("terminal", "markdown", "json"):
        text = str(engine().render(referral, format))
        assert "protected phase" in text
        assert "Quad set" not in text


def test_the_exit_is_printed() -> None:
    exit = " ".join(made(**PEOPLE["none"], weeks=3).phases[0].exit)
    for said in ("half of the body weight", "rest of 2", "5 stands", "straight-leg", "wound"):
        assert said in exit


def test_protected_work_measures_no_load_for_what_comes_next() -> None:
    """The foundation asks for more than a fifth above next to nothing."""
    there, plan = tiny.problem(tiny.exercise()), tiny.schedule(f"{tiny.MON} squat 3")
    assert past_of(there, plan, Past()).volume["quadriceps"] > 0
    protected = replace(there, stage="protected")
    after = past_of(protected, plan, Past())
    assert after.volume == {}
    assert after.sessions  # which still bind the rest interval
    inside = past_of(replace(protected, until=dt.date(2030, 1, 1)), plan, Past())
    assert inside.volume["quadriceps"] > 0


class TestOtherProtocols:
    def test_everyone_else_starts_as_before(self) -> None:
        assert made(weeks=2).phases[0].id == "foundation"
        passed = {"foundation_exit": "pass"}
        assert made(weeks=2, assessments=passed).phases[0].id == "introduction"
        trained = made(weeks=2, assessments=passed, experience={"trained_weeks": 30})
        assert trained.phases[0].id == "hypertrophy"

    def test_power_comes_first_for_whom_it_is_open(self) -> None:
        tests = {
            "foundation_exit": "pass",
            "strength_exit": "pass",
            "heel_raise": {"left": 30, "right": 30},
            "single_leg_stance_s": {"left": 45, "right": 45},
            "step_down_reps": 8,
            "single_leg_quarter_squat_hold_s": {"left": 40, "right": 40},
            "knee_effusion": "none",
            "one_rep_max_kg": {"barbell_squat": 140},
        }
        program = made(
            person={"mass": "80 kg", "height": "180 cm"},
            goal="power",
            weeks=2,
            assessments=tests,
            experience={"trained_weeks": 120, "coached": True, "strength_weeks": 12},
            places={"gym": {"equipment": ["full_gym"]}},
        )
        assert program.phases[0].id == "power"
        assert program.placement[0].text.startswith("Level 5")
        less = made(
            goal="power",
            weeks=2,
            assessments={"foundation_exit": "pass", "strength_exit": "pass"},
            experience={"trained_weeks": 120},
        )
        assert less.phases[0].id == "hypertrophy"
        assert less.placement[0].text.startswith("Level 4")
        assert any("Power is left out" in note for note in less.phases[0].notes)
