"""A person at the end of the foundation, with everything shown; tests take away from it."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from typing import Any

from legengine import profile_from_data, results_from_data
from legengine.advise.whereabouts import locate
from legengine.domain.profile import Profile
from legengine.domain.program import Program
from legengine.domain.results import Results
from legengine.engine import Engine
from legengine.intake.judging import Judgement, judge
from legengine.intake.phases import for_person
from legengine.intake.results import facts_shown

START = dt.date(2026, 11, 30)
TODAY = dt.date(2026, 11, 25)
TESTED = dt.date(2026, 12, 26)

PERSON: dict[str, Any] = {
    "person": {"age": 34, "sex": "female", "mass": "68 kg"},
    "cause": "disuse",
    "history": {"weeks_inactive": 40},
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "assessments": {"chair_stand_30s": 13, "heel_raise": {"left": 10, "right": 11}},
    "places": {
        "home": {
            "equipment": ["mat", "chair", "wall", "counter", "dumbbell", "step_low"],
            "loads": {"dumbbell": {"from": "2 kg", "to": "20 kg", "step": "1 kg"}},
        }
    },
    "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 45}],
    "start": START.isoformat(),
    "weeks": 8,
}

SHOWN: dict[str, Any] = {
    "date": TESTED.isoformat(),
    "phase": "foundation",
    "sessions": {"done": 11, "last_3_weeks_planned": 9, "last_3_weeks_done": 8},
    "tests": {
        "chair_squat_reps": 15,
        "chair_stand_30s": 18,
        "wall_sit_s": 40,
        "glute_bridge_reps": 16,
        "calf_raise_reps": 16,
        "heel_raise": {"left": 15, "right": 16},
        "single_leg_stance_s": {"left": 45, "right": 45},
        "bird_dog_reps": 10,
    },
    "pain": {"during": 1, "next_morning": "usual", "weeks": 4, "red_days": 0},
    "events": {"new_falls": 0, "ill_days": 0, "days_since_last_session": 1, "effusion": "none"},
    "red_flags": "none",
}

WORSE: dict[tuple[str, ...], Any] = {
    ("sessions", "done"): 5,
    ("sessions", "last_3_weeks_done"): 6,
    ("tests", "chair_squat_reps"): 14,
    ("tests", "chair_stand_30s"): 14,
    ("tests", "wall_sit_s"): 29,
    ("tests", "glute_bridge_reps"): 14,
    ("tests", "calf_raise_reps"): 14,
    ("tests", "heel_raise"): {"left": 20, "right": 10},
    ("tests", "single_leg_stance_s"): {"left": 19, "right": 45},
    ("tests", "bird_dog_reps"): 9,
    ("pain", "during"): 4,
    ("pain", "next_morning"): "raised",
    ("pain", "weeks"): 1,
}
"""A field of the results to a value that is just not enough."""

SETBACKS: dict[tuple[str, ...], Any] = {
    ("events", "new_falls"): 1,
    ("events", "ill_days"): 7,
    ("events", "days_since_last_session"): 29,
    ("events", "effusion"): "2+",
    ("pain", "red_days"): 2,
    ("tests", "chair_stand_30s"): 11,
}
"""A field of the results to a value that sends back."""


def profile(**changes: Any) -> Profile:
    """The person, with changed sections."""
    return profile_from_data({**copy.deepcopy(PERSON), **changes})


def leaves(data: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every single answer of the results."""
    for name, value in (SHOWN if data is None else data).items():
        if isinstance(value, dict) and "left" not in value:
            yield from leaves(value, (*path, name))
        elif name not in ("date", "phase"):
            yield (*path, name)


def results(changes: dict[tuple[str, ...], Any] | None = None, **top: Any) -> Results:
    """Everything shown, with changed answers; ``None`` withholds one."""
    data = {**copy.deepcopy(SHOWN), **top}
    for path, value in (changes or {}).items():
        holder = data
        for name in path[:-1]:
            holder = holder[name]
        if value is None:
            del holder[path[-1]]
        else:
            holder[path[-1]] = value
    return results_from_data(data)


def judged(engine: Engine, program: Program, given: Results) -> Judgement:
    """The decision alone, without a program that follows."""
    here = locate(program, engine.pipeline.cases(program)[-1], given)
    moving = here.case.protocol.moving
    assert moving is not None
    facts = facts_shown(program.profile, given, here.elapsed)
    criteria = for_person(here.plan.phase.exit, here.case.subject)
    return judge(program.profile, moving, criteria, given, facts)
