"""The screen as a whole: severities, referrals, cases, and what must not matter."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from legengine.domain.findings import REFUSALS, SEVERITIES, ScreeningFinding
from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError, PluginError
from legengine.hooks import NoOptions
from legengine.intake.screen import ScreeningResult, screen
from legengine_screening.plugin import legengine_screenings
from legengine_screening.vocabulary import SIGN_TABLE

TODAY = dt.date(2026, 11, 30)
RULES = legengine_screenings()
CLEARED = {"by": "Dr. Weiss", "on": "2026-11-16"}
CALM = {"red_flags": "none", "parq_page1": "all_no"}
CHRONIC = {"red_flags": "none", "parq_page1": ["other_chronic_condition"]}


def profile(**changes: Any) -> Profile:
    data: dict[str, Any] = {
        "person": {"age": 34, "sex": "female", "mass": "68 kg"},
        "cause": "disuse",
        "screening": CALM,
        "places": {"home": {}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
        **changes,
    }
    return Profile.model_validate(data)


def run(**changes: Any) -> ScreeningResult:
    return screen(profile(**changes), RULES, TODAY)


T03 = {
    "person": {"age": 45, "sex": "male", "mass": "84 kg"},
    "cause": "injury",
    "history": {"affected_side": "right", "immobilised_weeks": 6, "weeks_since_event": 10},
    "clearance": CLEARED,
    "screening": {"red_flags": "none"},
    "assessments": {"single_leg_stance_s": {"left": 45, "right": 14}, "chair_stand_30s": 21},
    "pain": {"ankle": {"worst": 2}},
}
T05 = {
    "person": {"age": 28, "sex": "female", "mass": "61 kg"},
    "cause": "msk",
    "conditions": ["patellofemoral_pain"],
    "clearance": {**CLEARED, "by": "physiotherapist"},
    "screening": {"red_flags": "none"},
    "pain": {"knee": {"worst": 4, "during": {"stairs": 3, "deep_squat": 4}, "assessed": True}},
}
T07_SIGNS: dict[str, Any] = {
    "weakness_onset_h": 30,
    "bilateral": True,
    "back_pain": 7,
    "saddle_numbness": True,
    "bladder_or_bowel_change": True,
}
T07: dict[str, Any] = {
    "person": {"age": 52, "sex": "male", "mass": "88 kg"},
    "cause": "unknown",
    "screening": {"red_flags": T07_SIGNS},
}


# --- cases of the evidence base ------------------------------------------------------------


def test_t01_goes_on() -> None:
    result = run(history={"weeks_inactive": 40})
    assert (result.severity, result.findings, result.referral) == ("plan", (), None)
    assert result.conditions == ()


@pytest.mark.parametrize("changes", [T03, T05])
def test_cleared_cases_go_on(changes: dict[str, Any]) -> None:
    result = run(**changes)
    assert result.severity == "plan_restricted"
    assert result.referral is None


def test_t03_without_clearance_is_refused() -> None:
    result = run(**{**T03, "clearance": None, "screening": CALM})
    assert result.severity == "clearance_required"


def test_t07_is_an_emergency() -> None:
    result = run(**T07)
    assert result.severity == "emergency"
    assert [found.rule for found in result.findings] == ["R01", "R02", "R41"]
    assert result.referral is not None
    assert result.referral.findings == result.findings
    assert result.referral.screened_on == "2026-11-30"
    assert "nerves at the base of the spine" in result.findings[1].why
    assert result.conditions == ()


def test_t07_without_the_sphincter_signs_is_still_urgent() -> None:
    left = {name: T07_SIGNS[name] for name in ("weakness_onset_h", "bilateral", "back_pain")}
    result = run(**{**T07, "screening": {"red_flags": left}})
    assert result.severity in ("emergency", "urgent")
    assert "R01" in [found.rule for found in result.findings]


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({"person": {"age": 65, "sex": "male"}}, "plan_restricted"),
        ({"screening": {**CHRONIC, "known_conditions": "diabetes"}}, "clearance_required"),
        ({"cause": "unknown"}, "refer"),
        ({"person": {"age": 17, "sex": "male"}}, "refer"),
        ({"screening": {}}, "clearance_required"),
        ({"screening": {"red_flags": "none"}}, "clearance_required"),
        ({"screening": {"parq_page1": "all_no"}}, "clearance_required"),
        ({"screening": {}, "clearance": CLEARED}, "clearance_required"),
        ({"screening": {"red_flags": {"fever": True}, "parq_page1": "all_no"}}, "defer"),
    ],
)
def test_outcomes(changes: dict[str, Any], severity: str) -> None:
    result = run(**changes)
    assert result.severity == severity
    assert (result.referral is not None) == (severity in REFUSALS)


def test_conditions_are_gathered() -> None:
    screening = {**CHRONIC, "known_conditions": ["diabetes", "osteoporosis"]}
    result = run(
        person={"age": 70, "sex": "female"},
        screening=screening,
        clearance={**CLEARED, "weight_bearing": "PWB"},
    )
    assert result.severity == "plan_restricted"
    assert result.conditions == (
        "balance_impairment",
        "diabetes_t2",
        "osteoporosis_no_vertebral_fracture",
        "weight_bearing_pwb",
    )


# --- what the screen does with any rules ---------------------------------------------------


@dataclass(frozen=True)
class Stub:
    name: str
    answer: str | None = None
    fault: str = ""
    summary: str = "a stub"
    options: type[BaseModel] = NoOptions

    def screen(self, profile: Profile, today: dt.date) -> ScreeningFinding | None:
        if self.fault:
            raise InputError([Fault(self.fault)])
        if self.answer is None:
            return None
        severity: Any = self.answer
        return ScreeningFinding(self.name.upper(), severity, "N.", "W.", "A.", ("D",), ("c",))


def test_the_gravest_comes_first_and_nothing_is_dropped() -> None:
    rules = [Stub(f"r{number}", word) for number, word in enumerate(reversed(SEVERITIES))]
    rules += [Stub("r9", "emergency"), Stub("r7")]
    result = screen(profile(), rules, TODAY)
    assert result.severity == "emergency"
    assert [found.severity for found in result.findings] == ["emergency", *SEVERITIES]
    assert [found.rule for found in result.findings][:2] == ["R6", "R9"]


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_refusal_is_a_referral(severity: str) -> None:
    result = screen(profile(), [Stub("r1", severity)], TODAY)
    assert (result.referral is not None) == (severity in REFUSALS)
    assert result.conditions == ("c",)


FAULTY = [Stub("b", fault="two"), Stub("a", fault="one"), Stub("c", fault="two")]


@pytest.mark.parametrize("severity", SEVERITIES[2:])
def test_faults_of_all_rules_are_gathered_once(severity: str) -> None:
    with pytest.raises(InputError) as raised:
        screen(profile(), [*FAULTY, Stub("d", severity)], TODAY)
    assert [fault.message for fault in raised.value.problems] == ["one", "two"]


@pytest.mark.parametrize("severity", SEVERITIES[:2])
def test_what_cannot_wait_is_told_before_anything_is_put_right(severity: str) -> None:
    assert screen(profile(), [*FAULTY, Stub("d", severity)], TODAY).severity == severity


def test_an_emergency_beside_a_misspelt_word_is_an_emergency() -> None:
    answers = {"red_flags": {"chest_pain_now": True, "dizy": True}, "medications": ["statins"]}
    assert run(screening=answers).severity == "emergency"
    with pytest.raises(InputError):
        run(screening={"red_flags": {"numbness": True, "dizy": True}, "medications": ["statins"]})


def test_an_unknown_sign_is_one_fault() -> None:
    with pytest.raises(InputError) as raised:
        run(screening={"red_flags": {"weakness": True}, "parq_page1": "all_no"})
    assert len(raised.value.problems) == 1


def test_a_clearance_of_the_future_is_an_error() -> None:
    with pytest.raises(InputError, match=r"clearance\.on"):
        run(clearance={"by": "x", "on": "2026-12-01"})


def test_beside_an_emergency_a_clearance_of_the_future_counts_as_none() -> None:
    answers = {**CHRONIC, "red_flags": {"chest_pain_now": True}, "known_conditions": "diabetes"}
    result = run(screening=answers, clearance={"by": "x", "on": "2026-12-01"})
    assert result.severity == "emergency"
    severities = {item.rule: item.severity for item in result.findings}
    assert severities["R25"] == "clearance_required"


def test_nothing_is_prescribed_unscreened() -> None:
    with pytest.raises(PluginError, match="no screening rule"):
        screen(profile(), (), TODAY)


def test_an_unknown_severity_is_the_rules_fault() -> None:
    with pytest.raises(PluginError, match=r"'r1'.*'fine'"):
        screen(profile(), [Stub("r1", "fine")], TODAY)


# --- what must not matter ------------------------------------------------------------------

flags = st.sampled_from([name for name, sign in SIGN_TABLE.items() if sign.kind == "flag"])
numbers = st.one_of(
    st.tuples(flags, st.just(True)),
    st.tuples(st.just("weakness_onset_h"), st.integers(0, 500)),
    st.tuples(st.just("back_pain"), st.integers(0, 10)),
    st.tuples(st.sampled_from(["mrc_grade", "dorsiflexion_grade"]), st.integers(0, 5)),
    st.tuples(st.just("cardiac_or_stroke_event_weeks"), st.integers(0, 60)),
    st.tuples(
        st.sampled_from(["no_progress_weeks", "weight_loss_pct_3mo", "weight_loss_pct_6mo"]),
        st.integers(0, 20),
    ),
)
many = st.lists(numbers, max_size=5).map(dict)
backgrounds = st.fixed_dictionaries(
    {
        "cause": st.sampled_from(["disuse", "injury", "surgery", "neuro", "systemic", "unknown"]),
        "person": st.builds(
            lambda age: {"age": age, "sex": "female", "mass": "68 kg"}, st.integers(10, 95)
        ),
        "clearance": st.sampled_from([None, CLEARED, {**CLEARED, "on": "2024-01-01"}]),
        "known": st.lists(
            st.sampled_from(["heart", "diabetes", "cancer", "osteoporosis", "hypertension"]),
            unique=True,
            max_size=2,
        ),
        "parq": st.sampled_from(["all_no", None, ["told_supervised_only"]]),
    }
)


def outcome(signs: dict[str, Any], background: dict[str, Any], **more: Any) -> ScreeningResult:
    form = background["parq"]
    if form == "all_no" and background["known"]:
        form = ["heart_condition_or_high_bp", "other_chronic_condition"]
    answers = {
        "red_flags": signs or "none",
        "known_conditions": background["known"],
        "parq_page1": form,
    }
    kept = {key: background[key] for key in ("cause", "person", "clearance")}
    return run(**kept, screening=answers, **more)


def is_present(name: str, value: Any) -> bool:
    sign = SIGN_TABLE[name]
    if sign.kind == "grade":
        return bool(value <= sign.at_most)
    if sign.kind in ("hours", "weeks"):
        return True
    return bool(value > 0 and value >= sign.at_least)


@given(many, numbers, backgrounds)
def test_a_further_sign_never_lowers_the_severity(
    signs: dict[str, Any], further: tuple[str, Any], background: dict[str, Any]
) -> None:
    signs = {name: value for name, value in signs.items() if is_present(name, value)}
    name, value = further
    if name in signs:
        value = signs[name]
    before = outcome(signs, background).severity
    after = outcome({**signs, name: value}, background).severity
    assert SEVERITIES.index(after) <= SEVERITIES.index(before)


@given(many, backgrounds)
def test_a_sign_always_refuses(signs: dict[str, Any], background: dict[str, Any]) -> None:
    present = [name for name, value in signs.items() if is_present(name, value)]
    if any(not SIGN_TABLE[name].background for name in present) and not background["clearance"]:
        assert outcome(signs, background).severity in REFUSALS


@given(many, backgrounds, st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(
    signs: dict[str, Any], background: dict[str, Any], shuffle: random.Random
) -> None:
    rules = list(RULES)
    shuffle.shuffle(rules)
    answers = {**CALM, "red_flags": signs or "none"}
    person = profile(screening=answers, cause=background["cause"])
    assert screen(person, rules, TODAY) == screen(person, RULES, TODAY)


@given(
    many,
    backgrounds,
    st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1),
    st.integers(5, 240),
    st.sampled_from(["function", "strength", "hypertrophy", "power", "endurance"]),
    st.lists(st.sampled_from(["mat", "chair", "barbell", "leg_press"]), unique=True),
)
def test_days_equipment_and_goal_do_not_matter(
    signs: dict[str, Any],
    background: dict[str, Any],
    days: set[str],
    minutes: int,
    goal: str,
    equipment: list[str],
) -> None:
    changed = outcome(
        signs,
        background,
        goal=goal,
        places={"gym": {"equipment": equipment}},
        availability=[{"days": sorted(days), "start": "07:00", "minutes": minutes}],
    )
    assert changed == outcome(signs, background)


@given(many, backgrounds)
def test_clearance_never_lifts_a_refusal_that_is_graver(
    signs: dict[str, Any], background: dict[str, Any]
) -> None:
    without = outcome(signs, {**background, "clearance": None})
    cleared = outcome(signs, {**background, "clearance": CLEARED})
    grave = SEVERITIES[:3]

    def rules(result: ScreeningResult) -> list[tuple[str, str]]:
        return [(item.rule, item.severity) for item in result.findings if item.severity in grave]

    assert rules(without) == rules(cleared)


@given(many, backgrounds, st.sampled_from(["red_flags", "parq_page1"]))
def test_leaving_an_answer_out_is_never_a_no(
    signs: dict[str, Any], background: dict[str, Any], question: str
) -> None:
    """Without an answer there is no program; with a clearance only the form may be missing."""
    if question == "parq_page1":
        result = outcome(signs, {**background, "parq": None})
        assert background["clearance"] == CLEARED or result.severity in REFUSALS
    else:
        kept = {key: background[key] for key in ("cause", "person", "clearance")}
        result = run(**kept, screening={"parq_page1": background["parq"]})
        assert result.severity in REFUSALS
