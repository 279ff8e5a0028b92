"""Random people with conditions: no program holds what the raw data forbid.

``LEGENGINE_SLOW=5000`` sets how many are tried.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from legengine import Engine, LegengineError, profile_from_data
from legengine.errors import InternalError, PluginError
from legengine.testing.profile_strategies import (
    CONDITIONS,
    KNOWN_CONDITIONS,
    START,
    TODAY,
    profiles,
    words,
)
from tests.engine.safety_oracle import all_wrongs

EXAMPLES = int(os.environ.get("LEGENGINE_SLOW", "30"))

GRAVE = {"foot_ulcer", "weight_bearing_nwb", "weight_bearing_ttwb"}
"""These leave so little that few programs come out: drawn less often."""


@cache
def engine() -> Engine:
    return Engine()


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """People who may train, mostly with one to three conditions and a short program."""
    data = draw(profiles(most_weeks=2))
    often = tuple(name for name in CONDITIONS if name not in GRAVE)
    offered = draw(st.sampled_from([often, often, CONDITIONS]))
    data["conditions"] = draw(
        st.lists(st.sampled_from(offered), min_size=1, max_size=3, unique=True)
    )
    known = draw(st.sampled_from([[], [], ["stroke"], ["parkinson"], ["multiple_sclerosis"]]))
    data["screening"] = {
        "red_flags": "none",
        "parq_page1": ["other_chronic_condition"],
        "parq_followup": "all_no",
        "known_conditions": known,
    }
    data["clearance"] = {
        "by": "physiotherapist",
        "on": TODAY,
        "conditions": [*CONDITIONS, *KNOWN_CONDITIONS, *known],
    }
    data["cause"] = draw(st.sampled_from(["disuse", "ageing", "msk"]))
    data["pain"] = {
        region: {"worst": draw(st.integers(0, 5)), "assessed": True}
        for region in draw(words(("knee", "groin", "hamstring"), 2))
    }
    history = data.setdefault("history", {})
    if draw(st.booleans()):
        history["graft"] = draw(st.sampled_from(["hamstring", "other"]))
    if draw(st.booleans()):
        history["pregnancy_week"] = draw(st.integers(4, 30))
    tests = data.setdefault("assessments", {})
    if draw(st.booleans()):
        tests["foundation_exit"] = "pass"
        data["experience"] = {"trained_weeks": draw(st.sampled_from([4, 30, 120]))}
    for place in data["places"].values():
        place.setdefault("equipment", [])
        place["equipment"] = list(dict.fromkeys([*place["equipment"], "mat", "chair", "counter"]))
    for entry in data["availability"][1:]:
        data["availability"].remove(entry)
    data["availability"][0] |= {"days": ["mon", "wed", "fri"], "minutes": draw(st.integers(45, 90))}
    for field in ("exceptions", "wishes"):
        data.pop(field, None)
    return data


def experience_of(data: dict[str, Any]) -> str:
    weeks = data.get("experience", {}).get("trained_weeks", 0)
    return "novice" if weeks < 26 else "intermediate" if weeks < 104 else "advanced"


def person_with(condition: str, **fields: Any) -> dict[str, Any]:
    """Someone with one condition, a whole gym, and loads from the first week on."""
    return {
        "person": {"age": 45, "sex": "female", "mass": "70 kg"},
        "cause": "disuse",
        "goal": "strength",
        "conditions": [condition],
        "clearance": {
            "by": "physiotherapist",
            "on": TODAY,
            "conditions": [*CONDITIONS, *KNOWN_CONDITIONS],
        },
        "screening": {
            "red_flags": "none",
            "parq_page1": ["other_chronic_condition"],
            "parq_followup": "all_no",
        },
        "pain": {"knee": {"worst": 4, "assessed": True}},
        "assessments": {"foundation_exit": "pass"},
        "experience": {"trained_weeks": 30},
        "places": {"gym": {"equipment": ["full_gym", "bed"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 75}],
        "start": START,
        "weeks": 1,
    } | fields


@pytest.mark.parametrize("condition", CONDITIONS)
def test_someone_with_one_condition_gets_a_program_within_it(condition: str) -> None:
    data = person_with(condition)
    program = engine().generate(profile_from_data(data), today=TODAY, start=START)
    written = program.model_dump(mode="json")
    assert all_wrongs(data, written, "intermediate") == []
    assert engine().check(program).ok
    assert any(phase["weeks"][0]["sessions"] for phase in written["phases"])


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="LEGENGINE_SLOW" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(people())
def test_no_program_holds_what_the_data_forbid(data: dict[str, Any]) -> None:
    try:
        program = engine().generate(profile_from_data(data), today=TODAY, start=START)
    except (InternalError, PluginError):
        raise
    except LegengineError as error:
        event(f"refused: {type(error).__name__}")
        return
    event("a program")
    written = program.model_dump(mode="json")
    assert all_wrongs(data, written, experience_of(data)) == []
    report = engine().check(program)
    assert report.ok, report.violations[0]
