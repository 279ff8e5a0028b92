"""People for whom no program exists, each for another reason."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

HOME: dict[str, Any] = {
    "person": {"age": 34, "sex": "female", "mass": "68 kg"},
    "cause": "disuse",
    "history": {"weeks_inactive": 40},
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "places": {"home": {"equipment": ["mat", "chair", "wall", "counter"]}},
    "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
    "weeks": 4,
    "start": "2026-11-30",
}
GYM: dict[str, Any] = {
    "person": {"age": 31, "sex": "male", "mass": "79 kg"},
    "cause": "disuse",
    "goal": "strength",
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "assessments": {"chair_stand_30s": 27, "foundation_exit": "pass"},
    "experience": {"trained_weeks": 40},
    "places": {"gym": {"equipment": ["full_gym"]}},
    "availability": [{"days": ["mon", "thu"], "start": "18:00", "minutes": 75}],
    "weeks": 4,
    "start": "2026-11-30",
}


def person(base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**deepcopy(base), **changes}


def when(days: str, minutes: int, start: str = "18:00") -> list[dict[str, Any]]:
    return [{"days": days.split(), "start": start, "minutes": minutes}]


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    # days
    "the weekend only, with 48 h between": person(GYM, availability=when("sat sun", 75)),
    "Friday and Saturday, with 48 h between": person(GYM, availability=when("fri sat", 75)),
    "one day for three sessions": person(HOME, availability=when("sat", 30)),
    "two days for three sessions": person(HOME, availability=when("mon thu", 30)),
    "one day for two sessions": person(GYM, availability=when("wed", 60)),
    "three times on one day": person(
        HOME,
        availability=[*when("mon", 30), *when("mon", 30, "07:00"), *when("mon", 30, "12:00")],
    ),
    # minutes
    "less than the shortest session": person(HOME, availability=when("mon wed fri", 10)),
    "too short for the week's patterns": person(HOME, availability=when("mon wed fri", 12)),
    "a minute short": person(HOME, availability=when("mon wed fri", 14)),
    "one day is short": person(HOME, availability=[*when("mon wed", 30), *when("fri", 8)]),
    "too short for strength": person(GYM, availability=when("mon thu", 12)),
    "an older woman in a hurry": person(
        HOME,
        person={"age": 74, "sex": "female", "mass": "60 kg"},
        availability=when("mon wed fri", 12),
        assessments={"chair_stand_30s": 11},
    ),
    # frequency and rest
    "four days from session to session": person(HOME, wishes={"rest_hours": 96}),
    "a week from session to session": person(HOME, wishes={"rest_hours": 168}),
    "five days between sets of strength": person(GYM, wishes={"rest_hours": 120}),
    "a week between sets of strength": person(GYM, wishes={"rest_hours": 168}),
    # coverage
    "no hip work wanted": person(HOME, wishes={"never": ["hip_extension", "hinge"]}),
    "no knee work wanted": person(HOME, wishes={"never": ["squat", "lunge", "knee_extension"]}),
    "no control work wanted": person(HOME, wishes={"never": ["balance", "core", "hip_flexion"]}),
    # volume
    "no calf work wanted": person(HOME, wishes={"never": ["plantarflexion"]}),
    "minutes for strength but not for its sets": person(GYM, availability=when("mon thu", 15)),
    # equipment
    "a leg press at home": person(HOME, wishes={"always": ["leg_press"]}, weeks=8),
    "a leg press in an empty gym": person(
        GYM, places={"gym": {"equipment": []}}, wishes={"always": ["leg_press"]}
    ),
    "a goblet squat without a weight": person(HOME, wishes={"always": ["goblet_squat"]}, weeks=8),
    # pain and restrictions
    "hips that may not bend": person(
        HOME, restrictions={"exclude_patterns": ["hip_extension", "hinge"]}
    ),
    "knees that may not bend": person(
        HOME, restrictions={"knee_flexion_max": 10, "hip_flexion_max": 10}
    ),
    "no squats, no lunges, no extensions": person(
        HOME, restrictions={"exclude_patterns": ["squat", "lunge", "knee_extension"]}
    ),
    "sore knees and little time": person(
        HOME,
        conditions=["knee_oa"],
        pain={"knee": {"worst": 4, "assessed": True}},
        availability=when("mon wed fri", 12),
    ),
    "a floor exercise for someone who can't get down": person(
        HOME, conditions=["cannot_floor_transfer"], wishes={"always": ["glute_bridge"]}
    ),
    # pins and exceptions
    "three pinned days in a row": person(
        HOME,
        availability=when("mon tue wed thu fri", 30),
        pins=[{"date": f"2026-12-0{day}"} for day in (1, 2, 3)],
    ),
    "two pinned days too close": person(
        GYM,
        availability=when("mon tue thu", 60),
        pins=[{"date": "2026-11-30"}, {"date": "2026-12-01"}],
    ),
    "two pinned squats in a session": person(
        HOME,
        pins=[
            {"date": "2026-11-30", "exercise": name} for name in ("chair_squat", "bodyweight_squat")
        ],
    ),
    "more pinned sets than the dose has": person(
        HOME, pins=[{"date": "2026-11-30", "exercise": "glute_bridge", "sets": 9}]
    ),
    "a pinned session on a day cut short": person(
        HOME,
        exceptions=[{"from": "2026-12-02", "minutes": 6}],
        pins=[{"date": "2026-12-02"}],
    ),
    # two causes at once
    "the weekend, ten minutes": person(HOME, availability=when("sat sun", 10)),
    "two days and no calves": person(
        HOME, availability=when("sat sun", 30), wishes={"never": ["plantarflexion"]}
    ),
    "long rests and short sessions": person(
        HOME, availability=when("mon wed fri", 14), wishes={"rest_hours": 96}
    ),
    "wishes and short sessions": person(
        HOME, availability=when("mon wed fri", 16), wishes={"always": ["plank", "wall_sit"]}
    ),
}

CAUSES: dict[str, str] = dict.fromkeys(IMPOSSIBLE, "frequency") | {
    name: rule
    for rule, names in {
        "time": (
            "less than the shortest session",
            "too short for the week's patterns",
            "a minute short",
            "one day is short",
            "too short for strength",
            "an older woman in a hurry",
            "sore knees and little time",
            "long rests and short sessions",
            "a pinned session on a day cut short",
        ),
        "rest_interval": (
            "four days from session to session",
            "a week from session to session",
            "five days between sets of strength",
            "a week between sets of strength",
        ),
        "coverage": (
            "no hip work wanted",
            "no knee work wanted",
            "no control work wanted",
            "hips that may not bend",
            "knees that may not bend",
            "no squats, no lunges, no extensions",
        ),
        "volume": ("minutes for strength but not for its sets",),
        "wishes": (
            "a leg press at home",
            "a leg press in an empty gym",
            "a goblet squat without a weight",
            "a floor exercise for someone who can't get down",
            "wishes and short sessions",
        ),
        "pins": (
            "three pinned days in a row",
            "two pinned days too close",
            "two pinned squats in a session",
            "more pinned sets than the dose has",
        ),
    }.items()
    for name in names
}
"""Name to a rule that takes part in the conflict."""
