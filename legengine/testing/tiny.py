"""Tiny problems made by hand: they forbid nothing unless you say otherwise.

With them a rule can be asked about every schedule there is (``legengine.testing.agreement``). Every
factory takes any field of what it makes as a keyword: ``problem(SQUAT, rest_hours={...})``.

Three slots a week (Monday, Wednesday, Friday at 18:00), weeks from Monday 2026-11-30, one place,
a squat for the quadriceps, a bridge for the glutes, a curl for the hamstrings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from legengine.domain.asymmetry import Asymmetry, Weakness
from legengine.domain.exercise import Condition, Exercise, Gate, Need
from legengine.domain.findings import Violation
from legengine.domain.problem import (
    Dose,
    Eligibility,
    Past,
    PastSession,
    PlaceFacts,
    Placement,
    Preferences,
    Problem,
    Slot,
    Volume,
    Week,
)
from legengine.domain.profile import Side
from legengine.domain.protocol import (
    AsymmetryRow,
    CoverageRow,
    EnduranceRamp,
    FrequencyRow,
    Growth,
    StretchRow,
    StructureRow,
)
from legengine.domain.schedule import Item, Schedule

MONDAY = dt.date(2026, 11, 30)
MON, WED, FRI = "2026-11-30T18:00", "2026-12-02T18:00", "2026-12-04T18:00"
MON2, WED2, FRI2 = "2026-12-07T18:00", "2026-12-09T18:00", "2026-12-11T18:00"
SET = 8
GROUPS = ("quadriceps", "hamstrings", "glutes")
MUSCLES = {
    "quadriceps": "quadriceps",
    "hamstrings": "hamstrings",
    "gluteus_maximus": "glutes",
    "gastrocnemius": "calves",
    "soleus": "calves",
}


def exercise(name: str = "squat", **fields: Any) -> Exercise:
    """A two-legged body-weight squat, with other fields where they are given."""
    plain: dict[str, Any] = {
        "id": name,
        "name": name.title(),
        "pattern": "squat",
        "block": "compound",
        "primary": ("quadriceps",),
        "laterality": "both",
        "dose_kind": "repetitions",
        "level": 2,
        "phases": ("foundation",),
        "knee_flexion": 90,
        "hip_flexion": 80,
        "range_adjustable": True,
        "weight_bearing": 50,
        "position": "standing",
        "seconds_per_rep": 3,
        "setup_seconds": 30,
        "rest_seconds": 60,
        "instruction": "Do it.",
        "cues": (),
        "sources": (),
    }
    return Exercise(**(plain | fields))


SQUAT = exercise()
BRIDGE = exercise("bridge", pattern="hip_extension", primary=("gluteus_maximus",))
CURL = exercise("curl", pattern="knee_flexion", primary=("hamstrings",), block="isolation")


def dose(**fields: Any) -> Dose:
    """Of 1 to 20 sets of 10 repetitions."""
    plain: dict[str, Any] = {
        "role": "compound",
        "sets_min": 1,
        "sets_max": 20,
        "reps_min": 8,
        "reps": 10,
        "hold_s": 20,
        "unit_s": 300,
        "metres": 20,
        "rest_s": 60,
        "rir": (2, 3),
    }
    return Dose(**(plain | fields))


def volume(**fields: Any) -> Volume:
    """Effective sets of a muscle group a week, in eighths: anything goes."""
    plain: dict[str, Any] = {
        "floor": 0,
        "aim_low": 0,
        "aim_high": 400,
        "cap": 400,
        "session_cap": 400,
    }
    return Volume(**(plain | fields))


def week(number: int = 1, **fields: Any) -> Week:
    """A build week that asks for nothing."""
    groups = {group: volume() for group in GROUPS} | dict(fields.pop("volume", {}))
    plain: dict[str, Any] = {
        "number": number,
        "index": number,
        "start": MONDAY + dt.timedelta(weeks=number - 1),
        "kind": "build",
        "volume": groups,
        "sessions": (0, 7),
        "endurance_minutes": (0, 0),
        "regular": False,
    }
    return Week(**(plain | fields))


def slot(start: str, **fields: Any) -> Slot:
    """An hour at home on a moment such as ``2026-11-30T18:00``."""
    moment = dt.datetime.fromisoformat(start)
    number = (moment.date() - MONDAY).days // 7 + 1
    plain: dict[str, Any] = {"minutes": 60, "place": "home", "week": number}
    return Slot(moment, **(plain | fields))


def ordinary_slots(weeks: int) -> tuple[Slot, ...]:
    """Monday, Wednesday and Friday of every week."""
    days = [MONDAY + dt.timedelta(weeks=w, days=d) for w in range(weeks) for d in (0, 2, 4)]
    return tuple(slot(f"{day}T18:00") for day in days)


def condition(name: str = "sore", **fields: Any) -> Condition:
    """A condition that limits nothing."""
    return Condition(**({"id": name, "summary": name, "sources": ()} | fields))


def gate(**fields: Any) -> Gate:
    """A gate before the squat: a wall sit of 30 seconds."""
    plain: dict[str, Any] = {
        "id": "gate",
        "opens": ("squat",),
        "needs": (Need(fact="wall_sit_s", at_least=30, at_most=60, text="hold"),),
        "summary": "gate",
        "sources": (),
    }
    return Gate(**(plain | fields))


def row(**fields: Any) -> CoverageRow:
    """A coverage row: knee work twice a week."""
    plain: dict[str, Any] = {
        "id": "knee",
        "summary": "knee work",
        "per": "week",
        "patterns": ("squat",),
        "at_least": 2,
        "required": True,
        "sources": ("D",),
    }
    return CoverageRow(**(plain | fields))


def ramp(**fields: Any) -> EnduranceRamp:
    """A ramp of endurance minutes."""
    plain: dict[str, Any] = {
        "minutes": (10, 20),
        "sessions": (1, 2),
        "step_minutes": 5,
        "growth_percent": 20,
        "aim": (150, 300),
        "recovery_rpe_max": 3,
        "recovery_hold_s": (30, 60),
    }
    return EnduranceRamp(**(plain | fields))


def stretching(**fields: Any) -> StretchRow:
    """Ceilings of stretching."""
    plain: dict[str, Any] = {
        "before_max_s": 60,
        "session_max_s": 240,
        "week_max_s": 600,
        "sources": ("D",),
    }
    return StretchRow(**(plain | fields))


def frequency(**fields: Any) -> FrequencyRow:
    """A frequency row that asks for nothing."""
    plain: dict[str, Any] = {
        "sessions": (0, 7),
        "rest_days_min": 0,
        "exposures": (0, 7),
        "sources": ("D",),
    }
    return FrequencyRow(**(plain | fields))


def structure(**fields: Any) -> StructureRow:
    """A frame of sessions with room for 20 items."""
    plain: dict[str, Any] = {
        "warm_up_s": 300,
        "cool_down_s": 180,
        "change_s": 20,
        "work_items": (0, 20),
        "items_max": 20,
        "sources": ("D",),
    }
    return StructureRow(**(plain | fields))


def asymmetry(index: float | None = None, side: Side = "right", **limits: int) -> Asymmetry:
    """Legs that differ by the heel raise, under the usual numbers."""
    plain = {
        "weak_first_below": 90,
        "extra_set_below": 80,
        "extra_sets_session": 2,
        "week_percent": 150,
        "bilateral_limit_below": 70,
        "bilateral_percent_1rm": 80,
        "novice_from_weeks": 2,
    }
    return Asymmetry(
        AsymmetryRow(**(plain | limits), sources=("D",)), Weakness(side, index, "heel_raise")
    )


ELIGIBILITY = Eligibility(
    conditions=(),
    gates=(),
    facts={},
    pain={},
    never=frozenset(),
    always=(),
    exclude_tags=frozenset(),
    exclude_patterns=frozenset(),
    spare_muscles=frozenset(),
    phases=("foundation",),
    level_max=5,
    external_load=True,
)


def place(*items: str, **loads: tuple[float, ...]) -> PlaceFacts:
    """A place with items and their loads."""
    return PlaceFacts(frozenset(items), loads)


def past(*starts: str, **fields: Any) -> Past:
    """Sessions of the quadriceps before the first day."""
    sessions = tuple(
        PastSession(dt.datetime.fromisoformat(start), frozenset({"quadriceps"})) for start in starts
    )
    return Past(**({"sessions": sessions} | fields))


def problem(
    *exercises: Exercise,
    weeks: Iterable[Week] = (),
    doses: dict[str, Any] | None = None,
    eligibility: dict[str, Any] | None = None,
    preferences: dict[str, Any] | None = None,
    **fields: Any,
) -> Problem:
    """A permissive problem; ``doses`` holds one dose, or one for each week, by exercise."""
    held = {each.id: each for each in (exercises or (SQUAT, BRIDGE, CURL))}
    all_weeks = tuple(weeks) or (week(1), week(2))
    given = doses or {}
    every = {name: given.get(name, dose()) for name in held}
    plain: dict[str, Any] = {
        "phase": "foundation",
        "title": "Foundation",
        "stage": "foundation",
        "goal": "function",
        "start": all_weeks[0].start,
        "weeks": all_weeks,
        "slots": ordinary_slots(len(all_weeks)),
        "exercises": dict(sorted(held.items())),
        "doses": {
            name: each if isinstance(each, tuple) else (each,) * len(all_weeks)
            for name, each in every.items()
            if each is not None
        },
        "groups": GROUPS,
        "muscle_groups": MUSCLES,
        "rest_hours": dict.fromkeys(GROUPS, 0),
        "frequency": frequency(),
        "growth": Growth(sets=50, percent=100, sources=("D",)),
        "coverage": (),
        "structure": structure(),
        "eligibility": replace(ELIGIBILITY, **(eligibility or {})),
        "placement": Placement(level=5, levels={}),
        "places": {"home": place()},
        "preferences": Preferences(**(preferences or {})),
        "past": Past(),
    }
    return Problem(**(plain | fields))


def schedule(*items: str) -> Schedule:
    """Items as ``"2026-11-30T18:00 squat 3"``; one set where no number is given."""
    parsed = []
    for item in items:
        start, name, *sets = item.split()
        parsed.append(Item(start, name, int(sets[0]) if sets else 1))
    return Schedule(tuple(sorted(parsed)))


def more(*items: str) -> Schedule:
    """Items as ``"2026-11-30T18:00 lunge 3 1"``: sets, and those more on the weak side."""
    parsed = []
    for item in items:
        start, name, sets, extra = item.split()
        parsed.append(Item(start, name, int(sets), int(extra)))
    return Schedule(tuple(sorted(parsed)))


def found(violations: Iterable[Violation]) -> list[tuple[str, str, str]]:
    """Where, required and found of every violation."""
    return [(each.where, each.required, each.found) for each in violations]
