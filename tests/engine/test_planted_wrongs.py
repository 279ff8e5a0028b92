"""A program that was made right and then edited: the checker and the oracle both find it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from legengine import Engine, Program, profile_from_data
from tests.engine.safety_oracle import all_wrongs
from tests.engine.test_safety import START, TODAY, person_with

Item = dict[str, Any]


@cache
def engine() -> Engine:
    return Engine()


PEOPLE: dict[str, dict[str, Any]] = {
    "heart": person_with("cvd_stable_cleared"),
    "pressure": person_with("hypertension_controlled"),
    "stroke": person_with(
        "parkinson_ms_stroke_cleared",
        screening={
            "red_flags": "none",
            "parq_page1": ["other_chronic_condition"],
            "parq_followup": "all_no",
            "known_conditions": ["stroke"],
        },
    ),
    "hip": person_with("hip_replacement_posterior"),
    "kneecap": person_with("patellofemoral_pain", weeks=5),
    "partial": person_with(
        "weight_bearing_pwb",
        goal="function",
        weeks=11,
        wishes={"always": ["leg_press"]},
    ),
}


@cache
def made(name: str) -> Program:
    return engine().generate(profile_from_data(PEOPLE[name]), today=TODAY, start=START)


def edited(
    name: str, chosen: Callable[[Item], bool], **update: Any
) -> tuple[dict[str, Any], Program]:
    """The program with the first item that fits changed, and as it would be read back."""
    data = made(name).model_dump(mode="json")
    for phase in data["phases"]:
        for week in phase["weeks"]:
            for session in week["sessions"]:
                for item in session["prescriptions"]:
                    if chosen(item):
                        item.update(update)
                        return data, Program.model_validate(data)
    raise AssertionError("nothing fits")


def strengthening(item: Item) -> bool:
    return item["block"] in ("compound", "isolation") and item["reps"] is not None


def loaded(item: Item) -> bool:
    return strengthening(item) and item["load_kg"] is not None


def noted(words: str) -> Callable[[Item], bool]:
    return lambda item: words in item["range_note"]


PLANTED: list[tuple[str, Callable[[Item], bool], dict[str, Any], str, str]] = [
    ("heart", strengthening, {"sets": 3}, "at most 2 sets", "sets 3"),
    ("heart", strengthening, {"reps": 8}, "10 to", "reps 8"),
    ("heart", strengthening, {"rir": (2, 3), "rpe": None}, "effort at most 6", "effort 8"),
    ("heart", loaded, {"percent_1rm": 61.0}, "60 % of 1RM", "61.0 %"),
    ("stroke", strengthening, {"rest_s": 90}, "rest at least 120 s", "rest_s 90"),
    ("stroke", loaded, {"percent_1rm": 51.0}, "at most 50 % of 1RM", "51.0 %"),
    ("hip", noted("hip no further than 80"), {"range_note": ""}, "hip flexion at most", "margin"),
    (
        "hip",
        noted("seat at least"),
        {"range_note": "seat at least 45 cm high"},
        "seat at least",
        "",
    ),
    ("kneecap", noted("no further than 60"), {"range_note": ""}, "at most 60 degrees", "60"),
    (
        "kneecap",
        noted("no further than 60"),
        {"range_note": "knee no further than 70 degrees"},
        "at most 60 degrees",
        "60",
    ),
    (
        "kneecap",
        noted("no further than 60"),
        {
            "range_note": "knee no further than 60 degrees; "
            "up to 70 if pain was at most 2 of 10 in the last two sessions"
        },
        "knee at most 60 degrees",
        "",
    ),
]


@pytest.mark.parametrize(("name", "chosen", "update", "told", "oracle"), PLANTED)
def test_what_is_planted_is_found_by_both(
    name: str,
    chosen: Callable[[Item], bool],
    update: dict[str, Any],
    told: str,
    oracle: str,
) -> None:
    assert all_wrongs(PEOPLE[name], made(name).model_dump(mode="json"), "intermediate") == []
    data, program = edited(name, chosen, **update)
    assert any(told in str(each) for each in engine().check(program).violations)
    if oracle:
        assert any(oracle in each for each in all_wrongs(PEOPLE[name], data, "intermediate"))


def test_a_third_session_is_found_where_two_are_the_most() -> None:
    data = made("heart").model_dump(mode="json")
    week = data["phases"][0]["weeks"][0]
    last = [each for each in week["sessions"] if each["kind"] == "training"][-1]
    more = {**last, "start": "2026-12-05T18:00:00"}
    week["sessions"].append(more)
    assert any("3 sessions" in each for each in all_wrongs(PEOPLE["heart"], data, "intermediate"))
    violations = engine().check(Program.model_validate(data)).violations
    assert any("sessions" in str(each) or "slot" in str(each) for each in violations)


def test_under_partial_weight_the_leg_press_is_loaded_with_half_of_body_mass_at_most() -> None:
    items = [
        item
        for phase in made("partial").phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
        if item.exercise == "leg_press"
    ]
    assert items
    assert all(item.load_kg is None or item.load_kg <= 35 for item in items)
    assert any("never more than 50 % of your body mass (35 kg)" in i.load_text for i in items)
    _, program = edited("partial", lambda item: item["exercise"] == "leg_press", load_kg=37.5)
    found = engine().check(program).violations
    assert any("at most 50 % of body mass" in str(each) for each in found)


def test_a_range_that_may_widen_is_printed_from_its_week_on() -> None:
    weeks = [week for phase in made("kneecap").phases for week in phase.weeks]
    notes = {
        week.number: {
            item.range_note
            for session in week.sessions
            for item in session.prescriptions
            if "knee no further than 60" in item.range_note
        }
        for week in weeks
    }
    assert not any("up to" in note for week in (1, 2, 3) for note in notes[week])
    assert all("up to 70 if pain was at most 2 of 10" in note for note in notes[4])
    assert any("up to 80" in note for note in notes[5])
    assert any("Pain" in note or "week 4" in note for note in made("kneecap").phases[0].notes)


def test_a_place_that_lists_no_load_gets_the_way_without() -> None:
    home = {"equipment": ["home_dumbbells", "mat", "chair", "counter"], "loads": {"dumbbell": []}}
    data = person_with("kneeling_intolerance", places={"home": home}, goal="hypertrophy")
    program = engine().generate(profile_from_data(data), today=TODAY, start=START)
    items = [
        item
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]
    assert items
    assert all("dumbbell" not in item.equipment for item in items)
    assert engine().check(program).ok
