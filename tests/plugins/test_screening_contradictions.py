"""Answers that can't be so are errors with their field; the merely grave is left to the rules."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from legengine import Engine, InputError, read_profile
from legengine.cli.pointing import located
from legengine.domain.profile import Profile
from legengine.intake.screen import screen
from legengine_screening.answers import read_answers
from legengine_screening.contradictions import AnswersAgree, contradictions
from legengine_screening.plugin import legengine_screenings
from legengine_screening.vocabulary import KNOWN_TABLE, MEDICATIONS, PRESCRIBED

TODAY = dt.date(2026, 11, 30)


def profile(**changes: Any) -> Profile:
    data: dict[str, Any] = {
        "person": {"age": 34, "sex": "female", "mass": "68 kg"},
        "cause": "disuse",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "places": {"home": {}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
    }
    for key, value in changes.items():
        data[key] = {**data[key], **value} if key in ("person", "screening") else value
    return Profile.model_validate(data)


def fields(**changes: Any) -> list[str]:
    found = list(contradictions(read_answers(profile(**changes), TODAY)))
    for fault in found:
        assert fault.message
        assert fault.hint
    return [fault.field for fault in found]


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "pain.knee.rest",
        {"pain": {"knee": {"worst": 3, "rest": 7}}},
        {"pain": {"knee": {"worst": 7, "rest": 7}}},
    ),
    (
        "pain.hip.during.stairs",
        {"pain": {"hip": {"worst": 0, "during": {"stairs": 7}}}},
        {"pain": {"hip": {"worst": 7, "during": {"stairs": 7, "sitting": 0}}}},
    ),
    (
        "screening.parq_followup",
        {"screening": {"parq_followup": "any_yes"}},
        {"screening": {"parq_page1": "told_supervised_only", "parq_followup": "any_yes"}},
    ),
    (
        "screening.parq_followup",
        {"screening": {"parq_page1": None, "parq_followup": "all_no"}},
        {"screening": {"parq_page1": None}},
    ),
    (
        "screening.parq_page1",
        {"screening": {"known_conditions": "heart"}},
        {"screening": {"known_conditions": "heart", "parq_page1": "told_supervised_only"}},
    ),
    (
        "screening.parq_page1",
        {"conditions": "diabetes_t2"},
        {"conditions": "patellofemoral_pain"},
    ),
    (
        "screening.parq_page1",
        {"screening": {"medications": "insulin"}},
        {"screening": {"medications": ["anticoagulant", "other"]}},
    ),
    (
        "screening.systolic",
        {"screening": {"systolic": 80, "diastolic": 80}},
        {"screening": {"systolic": 81, "diastolic": 80}},
    ),
    (
        "screening.egfr",
        {
            "screening": {
                "egfr": 60,
                "known_conditions": "dialysis",
                "parq_page1": "other_chronic_condition",
            }
        },
        {
            "screening": {
                "egfr": 59,
                "known_conditions": "dialysis",
                "parq_page1": "other_chronic_condition",
            }
        },
    ),
    (
        "screening.falls_12_months",
        {"screening": {"falls_12_months": 0, "red_flags": {"injurious_fall": True}}},
        {"screening": {"falls_12_months": 1, "red_flags": {"injurious_fall": True}}},
    ),
    (
        "screening.falls_12_months",
        {"screening": {"falls_12_months": 0, "red_flags": {"unexplained_fall": True}}},
        {"screening": {"falls_12_months": 0, "red_flags": {"unexplained_fall": False}}},
    ),
    (
        "history.immobilised_weeks",
        {"history": {"weeks_since_event": 5, "immobilised_weeks": 6}},
        {"history": {"weeks_since_event": 6, "immobilised_weeks": 6}},
    ),
    (
        "history.weeks_inactive",
        {"history": {"weeks_inactive": 35 * 53 + 1}},
        {"history": {"weeks_inactive": 34 * 52}},
    ),
    (
        "experience.trained_weeks",
        {"experience": {"trained_weeks": 3000}},
        {"experience": {"trained_weeks": 1000}},
    ),
]


@pytest.mark.parametrize(("field", "impossible", "possible"), CASES)
def test_what_cannot_be_so(
    field: str, impossible: dict[str, Any], possible: dict[str, Any]
) -> None:
    assert fields(**impossible) == [field]
    assert fields(**possible) == []


def test_all_contradictions_are_told_at_once() -> None:
    found = fields(
        pain={"knee": {"worst": 0, "rest": 7}},
        screening={"known_conditions": ["heart", "diabetes"], "systolic": 70, "diastolic": 90},
    )
    assert found == ["pain.knee.rest", *["screening.parq_page1"] * 2, "screening.systolic"]


@pytest.mark.parametrize("word", [word for word, known in KNOWN_TABLE.items() if known.asked_by])
def test_what_page_1_asks_for_cannot_be_all_no(word: str) -> None:
    assert fields(screening={"known_conditions": word}) == ["screening.parq_page1"]
    asked = KNOWN_TABLE[word].asked_by
    assert fields(screening={"known_conditions": word, "parq_page1": asked}) == []


def test_what_is_prescribed_are_medicines() -> None:
    assert MEDICATIONS.keys() > PRESCRIBED


def test_new_severe_pain_is_referred_and_not_returned() -> None:
    person = profile(pain={"knee": {"worst": 7, "new": True}})
    assert screen(person, legengine_screenings(), TODAY).severity == "refer"


def test_an_emergency_is_told_although_answers_contradict_each_other() -> None:
    answers = {"red_flags": {"chest_pain_now": True}, "systolic": 60, "diastolic": 90}
    found = screen(profile(screening=answers), legengine_screenings(), TODAY)
    assert found.severity == "emergency"
    with pytest.raises(InputError, match=r"screening\.systolic"):
        AnswersAgree().screen(profile(screening=answers), TODAY)


def test_the_line_of_the_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    file.write_text(
        "person: {age: 34, sex: female}\n"
        "cause: disuse\n"
        "screening: {red_flags: none, parq_page1: all_no}\n"
        "pain:\n"
        "  knee:\n"
        "    worst: 0\n"
        "    during:\n"
        "      stairs: 7\n"
        "places: {home: {}}\n"
        'availability: [{days: mon, start: "18:00", minutes: 30}]\n'
    )
    read = read_profile(file)
    with pytest.raises(InputError) as raised:
        Engine().screen(read.profile, today=TODAY)
    (fault,) = located(raised.value, read.document).problems
    assert (fault.line, fault.field) == (8, "pain.knee.during.stairs")
