"""What a refused person reads: every rule that fired, no exercise, no target, in every format."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Any

import pytest

from legengine.domain.findings import REFUSALS
from legengine.domain.profile import Profile
from legengine.hooks import RenderOptions
from legengine.hooks.registry import Registry
from legengine.intake.screen import ScreeningResult, screen
from legengine_formats.plugin import legengine_formats
from legengine_screening.plugin import legengine_screenings, triage
from tests.plugins.test_screening import TRIGGERS, profile

TODAY = dt.date(2026, 11, 30)
RULES = legengine_screenings()
FORMATS = {item.name: item for item in legengine_formats()}
PAGES = [("terminal", False), ("terminal", True), ("markdown", False), ("json", False)]
COLOURS = re.compile(r"\x1b\[[0-9;]*m")

CONTRADICTS_ITSELF: dict[str, Any] = {"worst": 2, "during": {"stairs": 4}, "new": True}
REFUSED = [
    changes
    for _, severity, changes in TRIGGERS
    if severity in REFUSALS and changes.get("pain") != {"knee": CONTRADICTS_ITSELF}
]


@cache
def exercise_names() -> frozenset[str]:
    """Names and ids that can't be ordinary English: two words or more."""
    library = Registry.create().library()
    names = {entry.name.lower() for entry in library.exercises}
    names |= {entry.id for entry in library.exercises}
    return frozenset(name for name in names if re.search(r"[ _-]", name))


def found(changes: dict[str, Any]) -> ScreeningResult:
    return screen(agreeing(changes), RULES, TODAY)


def agreeing(changes: dict[str, Any]) -> Profile:
    """The person of a case, with a form that doesn't contradict what is named."""
    person = profile(**changes)
    said = person.screening
    named = said.known_conditions or said.medications or person.conditions
    if named and said.parq_page1 == "all_no":
        items = ("heart_condition_or_high_bp", "other_chronic_condition")
        form = said.model_copy(update={"parq_page1": items})
        return person.model_copy(update={"screening": form})
    return person


def page(result: ScreeningResult, name: str, colour: bool) -> str:
    text = FORMATS[name].referral(result.document, RenderOptions(colour=colour))
    assert isinstance(text, str)
    return COLOURS.sub("", text)


@pytest.mark.parametrize("changes", REFUSED)
def test_every_rule_that_fired_is_kept(changes: dict[str, Any]) -> None:
    result = found(changes)
    person = agreeing(changes)
    fired = {rule.rule for rule in triage() if rule.screen(person, TODAY) is not None}
    assert fired
    assert {item.rule for item in result.findings} == fired
    for name, colour in PAGES:
        text = page(result, name, colour)
        for rule in fired:
            assert re.search(rf"\b{rule}\b", text), (name, rule)


@pytest.mark.parametrize("changes", REFUSED)
def test_no_exercise_and_no_target(changes: dict[str, Any]) -> None:
    result = found(changes)
    assert result.referral is not None
    for name, colour in PAGES:
        text = " ".join(page(result, name, colour).lower().split())
        assert not [word for word in exercise_names() if word in text]
        assert not re.search(r"\d x \d|\breps?\b|\brepetitions\b|\bsets\b", text), name
        assert not re.search(r"protein: \d|\d g\b|\bg/kg|g per kg|litres|kcal", text), name


OTHERS: list[dict[str, Any]] = [
    {"goal": "power"},
    {"places": {"gym": {"equipment": ["barbell", "leg_press"]}}},
    {"availability": [{"days": ["sat", "sun"], "start": "07:00", "minutes": 90}]},
    {"wishes": {"prefer": "goblet_squat", "sessions_per_week": 4}},
    {"weeks": 3, "title": "another"},
    {"nutrition": {"diet": "vegan", "meals": 3}},
]


@pytest.mark.parametrize("changes", REFUSED)
def test_what_is_about_training_changes_no_byte(changes: dict[str, Any]) -> None:
    pages = [page(found(changes), name, colour) for name, colour in PAGES]
    for other in OTHERS:
        changed = found({**changes, **other})
        assert [page(changed, name, colour) for name, colour in PAGES] == pages


@pytest.mark.parametrize(("name", "colour"), PAGES[:3])
def test_the_most_urgent_words_stand_first(name: str, colour: bool) -> None:
    signs = {"numbness": True, "chest_pain_now": True}
    text = page(found({"screening": {"red_flags": signs}}), name, colour)
    order = ["EMERGENCY", "Call the emergency number", "chest pain", "numbness", "No program"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_silence_is_told_as_silence() -> None:
    result = found({"screening": {"red_flags": None, "parq_page1": None}})
    said = {item.field: item.said for item in result.document.answers}
    assert said["screening.red_flags"] == said["screening.parq_page1"] == "not answered"
    assert said["screening.falls_12_months"] == "not answered"
    assert "no" not in {item.said for item in result.document.answers}
    assert result.severity == "clearance_required"


def test_the_form_is_told_by_numbers() -> None:
    items = ["told_supervised_only", "heart_condition_or_high_bp"]
    result = found({"screening": {"parq_page1": items, "parq_followup": "any_yes"}})
    said = {item.field: item.said for item in result.document.answers}
    assert said["screening.parq_page1"] == "yes to item 1, item 7"
    assert said["screening.parq_followup"] == "yes to a question"


def test_what_was_answered_is_told_in_words() -> None:
    result = found(
        {
            "screening": {
                "red_flags": {"back_pain": 7, "fever": False},
                "medications": ["beta_blocker", "other"],
                "systolic": 130,
                "diastolic": 80,
                "egfr": 55.5,
                "falls_12_months": 1,
            },
            "pain": {"knee": {"worst": 4, "during": {"deep_squat": 4}, "assessed": True}},
            "clearance": {"by": "Dr. Weiss", "on": "2026-11-02", "conditions": ["heart"]},
        }
    )
    said = {item.field: item.said for item in result.document.answers}
    assert said["screening.red_flags"] == "back pain: 7, fever: no"
    assert said["screening.medications"] == "beta blocker, other"
    assert said["screening.systolic"] == "130/80 mmHg"
    assert said["screening.egfr"] == "eGFR 55.5"
    assert said["screening.falls_12_months"] == "1"
    assert said["pain.knee"] == "worst 4 of 10, at rest 0, deep squat 4, not new, assessed"
    assert said["clearance"] == "Dr. Weiss, 2026-11-02, weight bearing FWB, for heart"
