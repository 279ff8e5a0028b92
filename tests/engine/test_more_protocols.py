"""The falls-prevention and the gym protocol for several people: feasible, checked, inside rows."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from legengine.domain.profile import Profile
from legengine.domain.program import Prescription, Program
from legengine.engine import Engine
from legengine.errors import InputError, NoScheduleError, ReferralError

TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
CALM = {"red_flags": "none", "parq_page1": "all_no"}
FALLS, GYM = "falls-prevention-home", "gym-strength-block"


def profile(person: dict[str, Any], **changes: Any) -> Profile:
    data: dict[str, Any] = {
        "person": person,
        "cause": "ageing",
        "screening": CALM,
        "places": {"here": {"equipment": ["chair_arms", "counter", "ankle_weight"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "10:00", "minutes": 30}],
        "protocol": FALLS,
        "weeks": 12,
        **changes,
    }
    return Profile.model_validate(data)


HOME = {
    "woman of 82 without a fall": profile({"age": 82, "sex": "female", "mass": "60 kg"}),
    "woman of 70 who fell, with a painful knee": profile(
        {"age": 70, "sex": "female", "mass": "74 kg"},
        screening={**CALM, "falls_12_months": 1},
        conditions=["knee_oa"],
        pain={"knee": {"worst": 4, "assessed": True}},
        clearance={"by": "physiotherapist", "on": "2026-11-16", "conditions": ["knee_oa"]},
    ),
    "man of 68 who fell, chair and counter alone": profile(
        {"age": 68, "sex": "male", "mass": "80 kg"},
        screening={**CALM, "falls_12_months": 1},
        assessments={"tandem_stance_s": 6, "timed_up_and_go_s": 14},
        places={"here": {"equipment": ["chair", "counter"]}},
    ),
    "woman of 90 who can't get to the floor": profile(
        {"age": 90, "sex": "female", "mass": "52 kg"},
        conditions=["cannot_floor_transfer"],
        assessments={"chair_stand_30s": 4, "tandem_stance_s": 3},
    ),
}

TRAINED = {"trained_weeks": 60, "coached": True}
PASSED = {"foundation_exit": "pass", "goblet_squat_reps": 12, "single_leg_stance_s": {
    "left": 40, "right": 40}}  # fmt: skip


def trained(person: dict[str, Any], **changes: Any) -> Profile:
    return profile(
        person,
        **{
            "cause": "disuse", "goal": "strength", "experience": TRAINED, "assessments": PASSED,
            "places": {"gym": {"equipment": ["full_gym"]}}, "protocol": GYM,
            "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 60}],
            **changes,
        },
    )  # fmt: skip


IN_GYM = {
    "woman of 28, two days": trained(
        {"age": 28, "sex": "female", "mass": "64 kg"},
        availability=[{"days": ["tue", "fri"], "start": "18:00", "minutes": 75}],
    ),
    "man of 40, many years of training": trained(
        {"age": 40, "sex": "male", "mass": "88 kg"},
        experience={"trained_weeks": 300},
        availability=[{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 90}],
    ),
    "woman of 67": trained({"age": 67, "sex": "female", "mass": "66 kg"}),
    "man of 33 whose foundation tests are not known": trained(
        {"age": 33, "sex": "male", "mass": "80 kg"}, assessments={}
    ),
}
EVERYBODY = HOME | IN_GYM


@cache
def made(who: str) -> Program:
    return Engine().generate(EVERYBODY[who], today=TODAY, start=START)


def lines(program: Program, phase: str = "") -> list[Prescription]:
    return [
        entry
        for part in program.phases
        if phase in ("", part.id)
        for week in part.weeks
        for session in week.sessions
        for entry in session.prescriptions
    ]


@pytest.mark.parametrize("who", EVERYBODY)
def test_there_is_a_program_that_every_rule_holds_for(who: str) -> None:
    engine, program = Engine(), made(who)
    assert engine.check(program).violations == ()
    found = engine.numbers(program)
    assert found.unknown == ()
    assert [trace for trace in found.traces if not trace.within] == []


@pytest.mark.parametrize("who", HOME)
def test_at_home_doses_rests_and_loads_stay_in_the_row_of_otago(who: str) -> None:
    program = made(who)
    for entry in lines(program):
        if entry.block in ("compound", "isolation") and entry.reps:
            assert 1 <= entry.sets <= 2
            assert 8 <= entry.reps <= 10
            assert 60 <= entry.rest_s <= 120
        if entry.load_kg is not None:
            assert "ankle_weight" in entry.equipment
            assert 0.5 <= entry.load_kg <= 8
            assert entry.load_kg % 0.5 == 0
    for phase in program.phases:
        for week in phase.weeks:
            assert len(week.sessions) == 3
            least, most = week.endurance_minutes
            assert least == most
            assert most == 0 if phase.id == "holding_on" else 20 <= most <= 60
            walks = [item for day in week.rest_days for item in day.items if item.minutes]
            assert len(walks) <= 2
            assert all(item.minutes <= 30 for item in walks)
            for session in week.sessions:
                assert session.seconds <= 30 * 60
                assert any(entry.pattern == "balance" for entry in session.prescriptions)
        days = [s.start for week in phase.weeks for s in week.sessions]
        assert min(b - a for a, b in pairwise(days)) >= dt.timedelta(hours=48)


def test_ankle_weights_are_used_where_they_are_and_rise_by_half_a_kilogram() -> None:
    loads: dict[str, list[float]] = {}
    for entry in lines(made("woman of 82 without a fall")):
        if entry.load_kg is not None:
            loads.setdefault(entry.exercise, []).append(entry.load_kg)
    assert loads
    for each in loads.values():
        assert each[0] == 0.5
        assert {b - a for a, b in pairwise(each)} <= {0, 0.5}
    assert max(max(each) for each in loads.values()) > 0.5
    without = made("man of 68 who fell, chair and counter alone")
    assert all(entry.load_kg is None and not entry.load_text for entry in lines(without))


@pytest.mark.parametrize("who", IN_GYM)
def test_in_the_gym_the_main_lifts_are_in_their_rows(who: str) -> None:
    program = made(who)
    older = EVERYBODY[who].person.age >= 65
    rows = {
        "accumulation": ((3, 4), (8, 12), (90, 150)),
        "strength": ((3, 5), (4, 8), (150, 240)),
        "intensification": ((3, 5), (4, 6), (150, 240)),
    }
    assert [phase.id for phase in program.phases] == list(rows)
    for name, (sets, reps, rest) in rows.items():
        if older:
            sets, reps, rest = (2, 3), (8, 12), (120, 180)
        squats = [
            entry
            for entry in lines(program, name)
            if entry.exercise in ("barbell_squat", "front_squat", "hack_squat", "leg_press")
        ]
        assert squats
        for entry in squats:
            assert entry.reps is not None
            assert entry.sets <= sets[1]
            assert reps[0] <= entry.reps <= reps[1]
            assert rest[0] <= entry.rest_s <= rest[1]
    lighter = [week.number for p in program.phases for week in p.weeks if week.kind == "deload"]
    assert lighter == [7]


# --- whom they are for ---------------------------------------------------------------------


def test_an_untrained_person_is_refused_in_the_gym_block_and_told_what_to_take() -> None:
    novice = trained({"age": 40, "sex": "male"}, experience={"trained_weeks": 25})
    with pytest.raises(InputError) as caught:
        Engine().generate(novice, today=TODAY, start=START)
    (fault,) = caught.value.problems
    assert fault.field == "protocol"
    assert "26 or more weeks of regular leg training" in fault.message
    assert fault.hint == "take 'leg-restoration'"
    accepted = trained({"age": 40, "sex": "male"}, experience={"trained_weeks": 26}, weeks=2)
    assert Engine().generate(accepted, today=TODAY, start=START).protocol == GYM


@pytest.mark.parametrize(
    ("person", "falls", "meant"),
    [
        ({"age": 64, "sex": "male"}, 1, False),
        ({"age": 65, "sex": "male"}, 0, False),
        ({"age": 65, "sex": "male"}, None, False),
        ({"age": 65, "sex": "male"}, 1, True),
        ({"age": 80, "sex": "female"}, None, True),
    ],
)
def test_others_may_follow_the_home_protocol_and_are_told(
    person: dict[str, Any], falls: int | None, meant: bool
) -> None:
    screening = CALM if falls is None else {**CALM, "falls_12_months": falls}
    asked = profile(person, screening=screening, weeks=1)
    notes = Engine().generate(asked, today=TODAY, start=START).phases[0].notes
    told = [note for note in notes if "is for people from 80 years on" in note]
    assert bool(told) is not meant


def test_who_may_not_stand_on_both_legs_is_refused_whatever_the_age() -> None:
    cleared = {"by": "surgeon", "on": "2026-11-16", "side": "left"}
    person = {"age": 82, "sex": "female"}
    free = profile(person, clearance={**cleared, "weight_bearing": "WBAT"}, weeks=1)
    assert Engine().generate(free, today=TODAY, start=START)
    asked = profile(person, conditions=["weight_bearing_ttwb"], weeks=1, clearance={
        **cleared, "weight_bearing": "TTWB", "conditions": ["weight_bearing_ttwb"]})  # fmt: skip
    with pytest.raises(InputError, match="put weight on both legs"):
        Engine().generate(asked, today=TODAY, start=START)


def test_a_gym_block_without_a_gym_is_impossible_and_says_why() -> None:
    asked = trained({"age": 30, "sex": "male"}, places={"home": {"equipment": ["chair"]}}, weeks=4)
    with pytest.raises(NoScheduleError) as caught:
        Engine().generate(asked, today=TODAY, start=START)
    assert any(
        member.label.rule in ("coverage", "equipment", "volume")
        for member in caught.value.conflict.members
    )


def test_a_second_fall_sends_to_a_professional() -> None:
    asked = profile({"age": 78, "sex": "female"}, screening={**CALM, "falls_12_months": 2})
    with pytest.raises(ReferralError):
        Engine().generate(asked, today=TODAY, start=START)
