"""What clearance covers, which conditions then hold, and what R00 tells to write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from legengine.domain.findings import ScreeningFinding
from legengine.domain.profile import Profile
from legengine_screening.plugin import triage

TODAY = dt.date(2026, 11, 30)
RULES = {rule.rule: rule for rule in triage()}
CLEARED = {"by": "Dr. Weiss", "on": "2026-11-02"}


def profile(**changes: Any) -> Profile:
    data: dict[str, Any] = {
        "person": {"age": 34, "sex": "female", "mass": "68 kg", "height": "170 cm"},
        "cause": "disuse",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "places": {"home": {}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
    }
    for key, value in changes.items():
        data[key] = {**data[key], **value} if key in ("person", "screening") else value
    return Profile.model_validate(data)


def signs(**present: Any) -> dict[str, Any]:
    return {"screening": {"red_flags": present}}


def fire(rule: str, **changes: Any) -> ScreeningFinding | None:
    return RULES[rule].screen(profile(**changes), TODAY)


def severity(rule: str, **changes: Any) -> str | None:
    found = fire(rule, **changes)
    return found.severity if found else None


C, P = "clearance_required", "plan_restricted"


def test_a_clearance_counts_for_twelve_months_to_the_day() -> None:
    given = {**CLEARED, "on": "2025-11-30"}
    assert severity("R25", conditions="diabetes_t2", clearance=given) == P


@pytest.mark.parametrize("rule", ["R26", "R42"])
def test_a_clearance_from_before_the_event_does_not_count(rule: str) -> None:
    changes = {"cause": "surgery", "history": {"weeks_since_event": 3}}
    before, after = {**CLEARED, "on": "2026-11-01"}, {**CLEARED, "on": "2026-11-09"}
    assert severity(rule, **changes, clearance=before) == C
    assert severity(rule, **changes, clearance=after) == (P if rule == "R42" else None)


def test_an_event_very_long_ago_is_no_error() -> None:
    changes = {"cause": "injury", "history": {"weeks_since_event": 10**9}}
    assert severity("R42", **changes, clearance=CLEARED) == P


def test_a_clearance_that_names_conditions_covers_only_these() -> None:
    heart = {"screening": {"known_conditions": ["heart", "diabetes"]}}
    given = {**CLEARED, "conditions": ["cvd_stable_cleared"]}
    assert severity("R42", **heart, clearance=given) == P
    assert severity("R25", **heart, clearance=given) == C
    given = {**CLEARED, "conditions": ["heart", "diabetes"]}
    assert severity("R25", **heart, clearance=given) == P


CONDITIONS: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    ("R17", ("balance_impairment",), {"screening": {"falls_12_months": 1}}),
    ("R36", ("no_jumps",), {"screening": {"known_conditions": "retinopathy"}}),
    ("R22b", ("hypertension_controlled",), {"screening": {"systolic": 165}}),
    ("R24", ("cvd_stable_cleared",), signs(cardiac_or_stroke_event_weeks=8)),
    ("R25", ("diabetes_t2",), {"screening": {"known_conditions": "diabetes"}}),
    (
        "R25",
        ("diabetes_t2", "foot_ulcer"),
        {"screening": {"known_conditions": ["diabetes", "foot_ulcer"]}},
    ),
    ("R28", ("hip_replacement_anterior",), {"conditions": "hip_replacement_anterior"}),
    (
        "R29",
        ("osteoporosis_no_vertebral_fracture",),
        {"screening": {"known_conditions": ["osteoporosis", "fragility_fracture"]}},
    ),
    (
        "R29",
        ("osteoporosis_vertebral_fracture",),
        {"screening": {"known_conditions": ["osteoporosis", "vertebral_fracture"]}},
    ),
    ("R30", ("pregnancy",), {"screening": {"known_conditions": "pregnancy"}}),
    ("R32", ("balance_impairment",), {"person": {"age": 70}}),
    ("R33b", ("no_jumps",), {"screening": {"medications": "oral_steroid"}}),
    ("R33d", ("balance_impairment", "no_impact"), {"screening": {"medications": "anticoagulant"}}),
    ("R38", ("balance_impairment",), signs(dizzy_on_standing=True)),
    ("R40", ("no_impact",), {"person": {"mass": "130 kg"}}),
    (
        "R42",
        ("cvd_stable_cleared", "neuropathy_feet", "sciatica_stable_cleared"),
        {"screening": {"known_conditions": ["heart", "neuropathy", "sciatica"]}},
    ),
    ("R42", ("parkinson_ms_stroke_cleared",), {"cause": "neuro"}),
]


@pytest.mark.parametrize(("rule", "expected", "changes"), CONDITIONS)
def test_conditions_that_then_hold(
    rule: str, expected: tuple[str, ...], changes: dict[str, Any]
) -> None:
    found = fire(rule, **{**changes, "clearance": CLEARED})
    assert found is not None
    assert (found.severity, found.conditions) == (P, expected)


@pytest.mark.parametrize("grade", ["NWB", "TTWB", "PWB", "WBAT"])
def test_a_weight_limit_outlives_its_clearance(grade: str) -> None:
    given = {"by": "surgeon", "on": "2024-01-05", "weight_bearing": grade}
    found = fire("R27", clearance=given)
    assert found is not None
    assert found.conditions == (f"weight_bearing_{grade.lower()}",)


def test_the_words_for_a_person_who_left_the_questions_out() -> None:
    found = fire("R00", screening={"red_flags": None})
    assert found is not None
    assert "`screening: {red_flags: none}`" in found.action
    found = fire("R00", screening={"red_flags": None, "parq_page1": None})
    assert found is not None
    assert "`screening: {red_flags: none, parq_page1: all_no}`" in found.action


def test_an_emergency_does_not_ask_for_a_form() -> None:
    screening = {"red_flags": {"face_droop": True}, "parq_page1": None}
    assert fire("R00", screening=screening) is None
    assert severity("R00", screening={"red_flags": {"fever": True}, "parq_page1": None}) == C


REVIEWED = {**CLEARED, "conditions": ["balance_impairment"]}
FALLS: list[dict[str, Any]] = [
    {"screening": {"falls_12_months": 2}},
    signs(injurious_fall=True),
    signs(unexplained_fall=True),
]


@pytest.mark.parametrize("changes", FALLS)
def test_falls_refer_until_a_clearance_names_the_balance(changes: dict[str, Any]) -> None:
    assert severity("R17", **changes) == "refer"
    assert severity("R17", **changes, clearance=CLEARED) == "refer"
    found = fire("R17", **changes, clearance=REVIEWED)
    assert found is not None
    assert (found.severity, found.conditions) == (P, ("balance_impairment",))
    old = {**REVIEWED, "on": "2025-11-29"}
    assert severity("R17", **changes, clearance=old) == "refer"


def test_new_balance_trouble_refers_whatever_was_reviewed() -> None:
    changes = signs(new_balance_trouble=True, injurious_fall=True)
    assert severity("R17", **changes, clearance=REVIEWED) == "refer"
