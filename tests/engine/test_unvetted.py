"""Exercises of unknown risk over whole programs: nobody with anything that limits gets one.

Every exercise of the bundled library has a copy that nobody vetted, without its tags, angles and
gates; the person would like nothing better than these copies.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from legengine import Engine, LegengineError, profile_from_data
from legengine.domain.exercise import LibraryData
from legengine.errors import InternalError, PluginError
from legengine.hooks import ExerciseLibrary, hookimpl
from legengine.hooks.registry import Registry
from legengine.testing.profile_strategies import START, TODAY, profiles
from tests.engine.safety_oracle import what_limits
from tests.engine.test_safety import people

EXAMPLES = int(os.environ.get("LEGENGINE_SLOW", "20"))
COPY = "copy_of_"
LIKED = (
    "bodyweight_squat",
    "calf_raise_single",
    "glute_bridge",
    "goblet_squat",
    "leg_press",
    "side_lying_abd",
    "split_squat_supported",
)


class Copies:
    @hookimpl
    def legengine_exercises(self) -> list[ExerciseLibrary]:
        return [ExerciseLibrary("copies", "of everything, vetted by nobody", load=copies)]


def copies() -> LibraryData:
    plain = {"vetted": False, "tags": (), "progressions": (), "knee_flexion": 0, "hip_flexion": 0}
    return LibraryData(
        exercises=tuple(
            each.model_copy(update={"id": COPY + each.id, "name": f"Copy of {each.name}", **plain})
            for each in Registry.create().library().exercises
            if len(COPY + each.id) <= 64
        )
    )


@cache
def engine() -> Engine:
    return Engine([("copies", Copies())])


def healthy(**fields: Any) -> dict[str, Any]:
    """Someone in a gym with nothing that limits, and a wish for every copy."""
    return {
        "person": {"age": 45, "sex": "female", "mass": "70 kg"},
        "cause": "disuse",
        "goal": "strength",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "assessments": {"foundation_exit": "pass", "chair_stand_30s": 24},
        "experience": {"trained_weeks": 30},
        "places": {"gym": {"equipment": ["full_gym"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 75}],
        "wishes": {"prefer": [COPY + name for name in LIKED]},
        "start": START,
        "weeks": 1,
    } | fields


def of_unknown_risk(data: dict[str, Any]) -> set[str]:
    """The exercises of a program that nobody vetted; the checker agrees with what is there."""
    program = engine().generate(profile_from_data(data), today=TODAY, start=START)
    report = engine().check(program)
    assert report.ok, report.violations[0]
    return {
        item.exercise
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
        if item.exercise.startswith(COPY)
    }


def cleared(*covered: str, **fields: Any) -> dict[str, Any]:
    return {"by": "physiotherapist", "on": TODAY, "conditions": list(covered), **fields}


LIMITED: dict[str, dict[str, Any]] = {
    "a condition": {
        "conditions": ["cannot_floor_transfer"],
        "clearance": cleared("cannot_floor_transfer"),
    },
    "new and without a coach": {"experience": {"trained_weeks": 10}},
    "poor balance": {
        "assessments": {"foundation_exit": "pass", "tandem_stance_s": 5},
    },
    "a little pain": {"pain": {"wrist": {"worst": 1, "assessed": True}}},
    "a tag": {"restrictions": {"exclude_tags": ["deep_knee"]}},
    "a pattern": {"restrictions": {"exclude_patterns": ["plyometric"]}},
    "a muscle": {"restrictions": {"spare_muscles": ["adductors"]}},
    "an angle that nothing of ours reaches": {"restrictions": {"knee_flexion_max": 160}},
    "an impact": {"restrictions": {"impact_max": "moderate"}},
    "an injury": {
        "cause": "injury",
        "history": {"weeks_since_event": 50},
        "clearance": cleared(),
    },
    "an old injury of someone inactive": {"history": {"weeks_since_event": 200}},
    "weight as tolerated": {"clearance": cleared(weight_bearing="WBAT")},
    "a medicine": {
        "screening": {
            "red_flags": "none",
            "parq_page1": ["medication_for_chronic_condition"],
            "parq_followup": "all_no",
            "medications": ["beta_blocker"],
        },
        "clearance": cleared("beta_blocker", "medication_for_chronic_condition"),
    },
    "a yes on page 1": {
        "screening": {
            "red_flags": "none",
            "parq_page1": ["other_chronic_condition"],
            "parq_followup": "all_no",
        },
        "clearance": cleared("other_chronic_condition"),
    },
    "a leg that is behind": {
        "assessments": {"foundation_exit": "pass", "heel_raise": {"left": 25, "right": 18}},
    },
}


def test_someone_with_nothing_that_limits_may_have_them() -> None:
    assert what_limits(healthy()) == []
    assert {COPY + name for name in ("glute_bridge", "side_lying_abd")} <= of_unknown_risk(
        healthy()
    )


@pytest.mark.parametrize("limit", LIMITED)
def test_one_thing_that_limits_closes_them_all(limit: str) -> None:
    data = healthy(**LIMITED[limit])
    assert of_unknown_risk(data) == set()


def test_it_is_said_why() -> None:
    data = healthy(pain={"knee": {"worst": 2, "assessed": True}})
    program = engine().generate(profile_from_data(data), today=TODAY, start=START)
    report = engine().why(program, exercise=COPY + "leg_press")
    assert "its risks aren't known, and the profile has knee pain of 2" in str(report)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="LEGENGINE_SLOW" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(st.one_of(people(), profiles(most_weeks=2)))
def test_nobody_with_anything_that_limits_gets_one(data: dict[str, Any]) -> None:
    data["wishes"] = {"prefer": [COPY + name for name in LIKED]}
    try:
        found = of_unknown_risk(data)
    except (InternalError, PluginError):
        raise
    except LegengineError as error:
        event(f"refused: {type(error).__name__}")
        return
    limits = what_limits(data)
    event(f"{'limited' if limits else 'free'}, {'with' if found else 'without'}")
    assert not (found and limits), (found, limits)
