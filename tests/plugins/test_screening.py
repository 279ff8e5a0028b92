"""Every triage rule fires on its minimal trigger, and not without it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from legengine.domain.findings import SEVERITIES, ScreeningFinding
from legengine.domain.profile import Profile
from legengine.hooks.inspection import wrong_hooks, wrong_object
from legengine_screening import SIGNS, SOURCES, plugin
from legengine_screening.plugin import triage
from legengine_screening.verdicts import rule_texts
from legengine_screening.vocabulary import SIGN_TABLE

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


def test_a_healthy_person_meets_no_rule() -> None:
    assert [rule for rule in RULES if fire(rule)] == []


E1, U, R, C, D, P = SEVERITIES[:6]

TRIGGERS: list[tuple[str, str, dict[str, Any]]] = [
    ("R00", C, {"screening": {"red_flags": None}}),
    ("R00", C, {"screening": {"red_flags": {}}}),
    ("R00", C, {"screening": {"red_flags": {"numbness": False}}}),
    ("R00", C, {"screening": {"parq_page1": None}}),
    ("R00", C, {"screening": {"parq_page1": []}}),
    ("R00", C, {"screening": {"red_flags": None, "parq_page1": None}}),
    ("R01", U, signs(weakness_onset_h=71)),
    ("R01", E1, signs(weakness_onset_h=0, bilateral=True)),
    ("R01", E1, signs(weakness_onset_h=10, speech_change="yes")),
    ("R02", E1, signs(saddle_numbness=True)),
    ("R02", E1, signs(bladder_or_bowel_change=True)),
    ("R02", E1, signs(bilateral_leg_motor_loss=True)),
    ("R02", E1, signs(new_sexual_dysfunction=True)),
    ("R02", E1, signs(bilateral=True, weakness_onset_h=200)),
    ("R03", E1, signs(face_droop=True)),
    ("R03", E1, signs(arm_drift=True)),
    ("R04", E1, signs(chest_pain_now=True)),
    ("R04", E1, signs(syncope_last_24h=True)),
    ("R05", U, signs(calf_diff_gt_3cm=True, deep_vein_tenderness=True)),
    ("R05", U, signs(leg_swelling_new=True, previous_dvt=True)),
    ("R05", U, {**signs(leg_swelling_new=True), "cause": "surgery"}),
    ("R05", U, {**signs(pitting_oedema=True), "history": {"immobilised_weeks": 3}}),
    ("R05", E1, signs(whole_leg_swollen=True, pitting_oedema=True, breathless=True)),
    ("R06", E1, signs(cold_pale_pulseless_leg=True)),
    ("R07", E1, signs(dark_urine=True)),
    ("R08", E1, signs(hot_swollen_joint=True, fever=True)),
    ("R09", U, signs(recent_trauma=True, cannot_take_4_steps=True)),
    ("R09", U, signs(recent_trauma=True, bone_tenderness=True)),
    ("R10", E1, signs(ascending=True)),
    ("R10", E1, signs(weakness_progressing_days=3, breathing_or_swallowing_trouble=True)),
    ("R11", U, signs(new_foot_drop=True)),
    ("R11", U, signs(dorsiflexion_grade=3)),
    ("R12", R, signs(progressive_weakness_weeks=True)),
    ("R12", R, signs(fasciculation=True)),
    ("R13", R, signs(numbness=True)),
    ("R13", R, signs(tingling=True)),
    ("R14", R, signs(cannot_stand_unaided=True)),
    ("R14", R, signs(mrc_grade=0)),
    ("R15", U, {**signs(night_pain=True), "person": {"age": 50}}),
    ("R15", U, signs(cancer_history=True, weight_loss_pct_6mo=5)),
    (
        "R15",
        U,
        {"screening": {"red_flags": {"fever_unexplained": True}, "known_conditions": "cancer"}},
    ),
    ("R16", D, signs(fever=True)),
    ("R16", D, signs(acute_infection=True)),
    ("R17", R, {"screening": {"falls_12_months": 2}}),
    ("R17", R, signs(injurious_fall=True)),
    ("R17", P, {"screening": {"falls_12_months": 1}}),
    ("R17", P, {"assessments": {"tandem_stance_s": 9.5}}),
    ("R17", P, {"assessments": {"timed_up_and_go_s": 12}}),
    (
        "R17",
        P,
        {
            "person": {"age": 50},
            "assessments": {"single_leg_stance_s": {"left": 30, "right": 9}},
        },
    ),
    ("R18", R, signs(no_progress_weeks=8)),
    ("R19", R, signs(sharp_or_radiating_pain_sessions=2)),
    ("R19", R, signs(pain_over_48h=True)),
    ("R19", R, {"pain": {"knee": {"worst": 7, "rest": 6, "assessed": True}}}),
    ("R20", C, {"screening": {"parq_page1": "bone_joint_soft_tissue_problem_12mo"}}),
    (
        "R20",
        C,
        {
            "screening": {
                "parq_page1": "bone_joint_soft_tissue_problem_12mo",
                "parq_followup": "any_yes",
            }
        },
    ),
    ("R20", C, {"screening": {"parq_page1": "told_supervised_only", "parq_followup": "all_no"}}),
    ("R20", C, {"screening": {"known_conditions": "epilepsy"}}),
    (
        "R20",
        P,
        {
            "screening": {
                "parq_page1": "bone_joint_soft_tissue_problem_12mo",
                "parq_followup": "all_no",
            }
        },
    ),
    ("R21", C, {"screening": {"known_conditions": "kidney"}}),
    ("R21", C, signs(palpitations=True)),
    ("R21", C, {"screening": {"parq_page1": "chest_pain_rest_daily_or_exertion"}}),
    ("R22a", U, {"screening": {"systolic": 180}}),
    ("R22a", U, {"screening": {"diastolic": 110}}),
    ("R22b", C, {"screening": {"systolic": 160}}),
    ("R22b", C, {"screening": {"diastolic": 90}}),
    ("R22b", C, {"screening": {"known_conditions": "hypertension"}}),
    (
        "R22b",
        P,
        {"screening": {"known_conditions": "hypertension", "systolic": 130, "diastolic": 80}},
    ),
    ("R23", R, signs(unstable_angina=True)),
    ("R23", R, signs(acute_dvt=True)),
    ("R24", C, signs(cardiac_or_stroke_event_weeks=11)),
    ("R25", C, {"screening": {"known_conditions": "diabetes"}}),
    ("R25", C, {"conditions": "diabetes_t2"}),
    ("R25", C, {"screening": {"medications": "insulin"}}),
    ("R26", C, {"cause": "surgery", "history": {"weeks_since_event": 11}}),
    ("R26", C, {"cause": "surgery"}),
    ("R26", C, {"conditions": "acl_reconstruction"}),
    ("R27", P, {"clearance": {**CLEARED, "weight_bearing": "PWB"}}),
    ("R28", P, {"conditions": "hip_replacement_posterior"}),
    ("R29", P, {"screening": {"known_conditions": "osteoporosis"}}),
    ("R30", C, {"screening": {"known_conditions": "pregnancy"}}),
    ("R30", C, {"screening": {"known_conditions": "postpartum"}}),
    ("R31", R, {"person": {"age": 17}}),
    ("R32", P, {"person": {"age": 65}}),
    ("R32", P, {"person": {"age": 65}, "assessments": {"chair_stand_30s": 14}}),
    (
        "R33a",
        R,
        {"screening": {"red_flags": {"new_muscle_pain": True}, "medications": "statin"}},
    ),
    ("R33b", P, {"screening": {"medications": "oral_steroid"}}),
    ("R33c", P, {"screening": {"medications": "fluoroquinolone"}}),
    (
        "R33c",
        R,
        {"screening": {"red_flags": {"tendon_pain": True}, "medications": "fluoroquinolone"}},
    ),
    ("R33d", P, {"screening": {"medications": "anticoagulant"}}),
    ("R33e", P, {"screening": {"medications": "beta_blocker"}}),
    ("R33f", P, {"screening": {"medications": ["sedative", "new_antihypertensive"]}}),
    ("R34", P, {"screening": {"egfr": 59}}),
    ("R34", C, {"screening": {"egfr": 29}}),
    ("R34", C, {"screening": {"known_conditions": "dialysis"}}),
    ("R35", R, {"person": {"mass": "52 kg"}}),
    ("R35", R, signs(weight_loss_pct_3mo=5)),
    ("R35", R, {"screening": {"known_conditions": "eating_disorder"}}),
    ("R36", C, signs(hernia_symptomatic=True)),
    ("R36", C, signs(fracture_lt_6mo_uncleared=True)),
    ("R37", R, signs(severe_cognitive_impairment=True)),
    ("R38", C, signs(dizzy_on_standing=True)),
    ("R39", R, signs(joint_gives_way_weekly=True)),
    ("R40", P, {"person": {"mass": "116 kg"}}),
    ("R41", R, {"cause": "unknown"}),
    ("R42", C, {"cause": "neuro"}),
    ("R42", C, {"cause": "systemic"}),
    ("R42", C, {"cause": "injury"}),
    ("R42", C, {"cause": "surgery", "history": {"weeks_since_event": 30}}),
    ("R42", C, {"screening": {"known_conditions": "heart"}}),
    ("R42", C, {"screening": {"known_conditions": "multiple_sclerosis"}}),
    ("R42", C, {"conditions": "cvd_stable_cleared"}),
    ("R43", R, {"pain": {"knee": {"worst": 4, "new": True}}}),
    ("R43", R, {"pain": {"knee": {"worst": 2, "during": {"stairs": 4}, "new": True}}}),
    ("R44", R, signs(back_pain=3)),
    ("R44", R, signs(bilateral=True)),
    ("R45", P, {"conditions": "patellofemoral_pain"}),
    ("R45", P, {"conditions": "weight_bearing_pwb", "clearance": CLEARED}),
]


@pytest.mark.parametrize(("rule", "expected", "changes"), TRIGGERS)
def test_fires(rule: str, expected: str, changes: dict[str, Any]) -> None:
    found = fire(rule, **changes)
    assert found is not None
    assert (found.rule, found.severity) == (rule, expected)
    for text in (found.noticed, found.why, found.action):
        assert text.endswith((".", "`."))
        assert text[0].isupper()
    assert "{" not in found.noticed + found.why
    assert found.sources


def test_every_rule_has_a_trigger_here() -> None:
    assert {rule for rule, _, _ in TRIGGERS} == set(RULES) == set(rule_texts())


SILENT: list[tuple[str, dict[str, Any]]] = [
    ("R00", {"clearance": CLEARED, "screening": {"parq_page1": None}}),
    ("R00", signs(numbness=True)),
    ("R01", signs(weakness_onset_h=72)),
    ("R01", signs(bilateral=True)),
    ("R02", signs(bilateral=True, weakness_onset_h=336)),
    ("R02", signs(back_pain=8)),
    ("R05", signs(previous_dvt=True)),
    ("R05", signs(leg_swelling_new=True)),
    ("R05", {"cause": "surgery", "history": {"immobilised_weeks": 3}}),
    ("R08", signs(hot_swollen_joint=True)),
    ("R09", signs(recent_trauma=True)),
    ("R09", signs(bone_tenderness=True)),
    ("R11", signs(dorsiflexion_grade=4)),
    ("R14", signs(mrc_grade=4)),
    ("R15", {**signs(night_pain=True), "person": {"age": 49}}),
    ("R15", {"person": {"age": 60}}),
    ("R17", {"screening": {"falls_12_months": 0}, "assessments": {"tandem_stance_s": 10}}),
    ("R17", {"assessments": {"single_leg_stance_s": {"left": 2, "right": 2}}}),
    ("R18", signs(no_progress_weeks=7)),
    ("R19", signs(sharp_or_radiating_pain_sessions=1)),
    ("R19", {"pain": {"knee": {"worst": 9, "rest": 5, "assessed": True}}}),
    ("R22a", {"screening": {"systolic": 179, "diastolic": 109}}),
    ("R22b", {"screening": {"systolic": 159, "diastolic": 89}}),
    ("R24", signs(cardiac_or_stroke_event_weeks=12)),
    ("R26", {"cause": "surgery", "history": {"weeks_since_event": 12}}),
    ("R27", {"clearance": CLEARED}),
    ("R28", {"conditions": "knee_oa"}),
    ("R32", {"person": {"age": 64}}),
    (
        "R32",
        {
            "person": {"age": 80},
            "assessments": {"chair_stand_30s": 14, "tandem_stance_s": 10},
        },
    ),
    ("R33a", {"screening": {"medications": "statin"}}),
    ("R33a", signs(new_muscle_pain=True)),
    ("R33c", signs(tendon_pain=True)),
    ("R34", {"screening": {"egfr": 60}}),
    ("R35", {"person": {"mass": "54 kg"}}),
    ("R35", {"person": {"mass": "30 kg", "height": None}}),
    ("R35", signs(weight_loss_pct_3mo=4.9)),
    ("R40", {"person": {"mass": "115 kg"}}),
    ("R43", {"pain": {"knee": {"worst": 3, "new": True}}}),
    ("R43", {"pain": {"knee": {"worst": 9}}}),
    ("R43", {"pain": {"knee": {"worst": 9, "new": True, "assessed": True}}}),
    ("R44", signs(previous_dvt=True)),
    ("R44", signs(fever=True)),
    ("R44", signs(back_pain=3, saddle_numbness=True)),
    ("R45", {"conditions": ["hip_replacement_posterior", "diabetes_t2"]}),
    ("R03", signs(speech_change=False, numbness=True)),
    ("R04", signs(chest_pain_on_exertion=True, breathless_on_exertion=True)),
    ("R06", signs(leg_swelling_new=True)),
    ("R07", signs(severe_muscle_pain=True, muscle_swelling=True)),
    ("R10", signs(weakness_progressing_days=3)),
    ("R12", signs(weakness_onset_h=5)),
    ("R13", {"screening": {"known_conditions": "neuropathy"}, "clearance": CLEARED}),
    ("R16", signs(hot_swollen_joint=True)),
    ("R20", {"screening": {"known_conditions": "epilepsy"}, "clearance": CLEARED}),
    ("R21", {"screening": {"known_conditions": "osteoporosis"}}),
    ("R23", {"screening": {"known_conditions": "heart"}}),
    ("R25", {"screening": {"known_conditions": "kidney"}}),
    ("R29", {"screening": {"known_conditions": "cancer"}}),
    ("R30", {"screening": {"known_conditions": "osteoporosis"}}),
    ("R31", {"person": {"age": 18}}),
    ("R33b", {"screening": {"medications": "statin"}}),
    ("R33d", {"screening": {"medications": "beta_blocker"}}),
    ("R33e", {"screening": {"medications": "anticoagulant"}}),
    ("R33f", {"screening": {"medications": "other"}}),
    ("R36", {"screening": {"known_conditions": "inflammatory_arthritis"}}),
    ("R37", signs(dizzy_on_standing=True)),
    ("R38", signs(palpitations=True)),
    ("R39", signs(hot_swollen_joint=True)),
    ("R41", {"cause": "nutrition"}),
    ("R42", {"cause": "msk"}),
    ("R42", {"screening": {"known_conditions": "kidney"}}),
]


def test_every_rule_has_a_case_in_which_it_nearly_fires() -> None:
    assert {rule for rule, _ in SILENT} == set(RULES)


@pytest.mark.parametrize(("rule", "changes"), SILENT)
def test_does_not_fire(rule: str, changes: dict[str, Any]) -> None:
    assert fire(rule, **changes) is None


NOT_LIFTED = [(rule, changes) for rule, expected, changes in TRIGGERS if expected in (E1, U, R)]


@pytest.mark.parametrize(("rule", "changes"), NOT_LIFTED)
def test_clearance_never_lifts_what_is_graver(rule: str, changes: dict[str, Any]) -> None:
    without = severity(rule, **changes)
    assert severity(rule, **{**changes, "clearance": CLEARED}) == without


LIFTED = [
    (rule, changes)
    for rule, expected, changes in TRIGGERS
    if expected == C and rule != "R00" and "clearance" not in changes
]


@pytest.mark.parametrize(("rule", "changes"), LIFTED)
def test_clearance_satisfies_what_asks_for_it(rule: str, changes: dict[str, Any]) -> None:
    assert severity(rule, **{**changes, "clearance": CLEARED}) in (None, P)


@pytest.mark.parametrize(("rule", "changes"), LIFTED)
def test_an_old_clearance_does_not_count(rule: str, changes: dict[str, Any]) -> None:
    old = {**CLEARED, "on": "2025-11-29"}
    assert severity(rule, **{**changes, "clearance": old}) == C


def test_a_refusal_names_no_condition() -> None:
    for rule, expected, changes in TRIGGERS:
        if expected != P:
            found = fire(rule, **changes)
            assert found is not None
            assert found.conditions == (), rule


def present_value(name: str) -> Any:
    sign = SIGN_TABLE[name]
    return {
        "flag": True,
        "score": 1,
        "number": sign.at_least,
        "grade": sign.at_most,
        "hours": 100_000,
        "weeks": 5000,
    }[sign.kind]


@pytest.mark.parametrize("name", [name for name in SIGNS if not SIGN_TABLE[name].background])
def test_no_sign_passes_without_a_word(name: str) -> None:
    found = [fire(rule, **signs(**{name: present_value(name)})) for rule in RULES]
    assert [item for item in found if item is not None]


def test_emergencies_say_where_to_go() -> None:
    for rule, expected, changes in TRIGGERS:
        found = fire(rule, **changes)
        assert found is not None
        if expected == E1:
            assert "emergency" in found.action
            assert "now" in found.action
        if expected == U:
            assert "today" in found.action


def test_what_the_plugin_hands_over_keeps_the_contract() -> None:
    assert wrong_hooks(plugin) == ""
    for rule in RULES.values():
        assert list(wrong_object("screenings", rule)) == []
        assert rule.name == rule.rule.lower()


def test_every_source_has_a_citation() -> None:
    used = {key for entry in rule_texts().values() for key in entry["sources"]}
    assert used == set(SOURCES)
