"""The strongest cheap test: both halves of a rule accept the same assignments of a tiny problem.

Every assignment is asked of the rows and of the checker. Weeks are not regular here unless a case
says so, because regular weeks are decided once; what that leaves out has tests of its own.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from legengine.domain.exercise import Condition, DoseLimits, Exercise, Need, PainCaps
from legengine.domain.problem import Dose, Past, PastSession, Pin, Placement, Problem, Slot
from legengine.domain.protocol import DoseRow, Growth
from legengine.domain.schedule import Schedule
from legengine.domain.vocabulary import MUSCLES
from legengine.hooks.registry import Registry
from legengine.intake.doses import limited
from legengine.reckoning.condition_doses import keep_within, rows_of, together
from legengine.reckoning.standing import standing
from legengine.rules import CONSTRAINTS
from legengine.solve.constraints.structure import WORK_BLOCKS
from legengine.testing import tiny
from legengine.testing.agreement import (
    RULES,
    Asked,
    Items,
    accepted_by_checker,
    accepted_by_model,
    assignments,
)
from legengine.testing.tiny import BRIDGE, CURL, SQUAT

HARD = tiny.dose(sets_min=1, sets_max=2)
"""One or two sets of 8 eighths: each is an exposure."""
EASY = tiny.dose(sets_min=1, sets_max=2, rir=(5, 6))
"""One or two sets of 4 eighths: two make exactly one exposure."""
ONE = tiny.dose(sets_min=1, sets_max=1)
THREE = tiny.dose(sets_min=2, sets_max=3)
DEADLIFT = tiny.exercise(
    "deadlift", pattern="hinge", primary=("gluteus_maximus",), secondary=("hamstrings",)
)
PLANK = tiny.exercise(
    "plank", pattern="core", block="trunk", primary=("core",), dose_kind="hold", seconds_per_rep=0
)
STEP_UP = tiny.exercise("step_up", pattern="lunge", laterality="each")
MARCH = tiny.exercise(
    "march",
    pattern="hip_flexion",
    block="isolation",
    primary=("hip_flexors",),
    laterality="alternating",
)
WALK = tiny.exercise(
    "walk",
    pattern="endurance",
    block="endurance",
    primary=(),
    dose_kind="duration",
    laterality="alternating",
)

STANCE = tiny.exercise(
    "stance", pattern="balance", block="balance", primary=("gluteus_medius",), dose_kind="hold"
)
SWINGS = tiny.exercise("swings", pattern="mobility", block="warm_up", primary=("hip_flexors",))
STRETCH = tiny.exercise(
    "stretch", pattern="mobility", block="cool_down", primary=("hamstrings",), dose_kind="hold"
)
DEEP = tiny.exercise(
    "deep", pattern="mobility", block="warm_up", primary=("adductors",), dose_kind="hold"
)

MON, TUE, WED, THU, FRI, SAT, SUN, MON2, TUE2, WED2 = (
    f"{tiny.MONDAY + dt.timedelta(days=day):%Y-%m-%d}" for day in range(10)
)


def slots(*starts: str, **fields: Any) -> tuple[Slot, ...]:
    """Slots at 18:00 unless a start says another time."""
    return tuple(tiny.slot(each if "T" in each else f"{each}T18:00", **fields) for each in starts)


def problem(*exercises: Any, dose: Any = HARD, weeks: Any = (), **fields: Any) -> Problem:
    """A tiny problem: as many weeks as the slots need, one dose for all exercises."""
    doses = {each.id: dose for each in exercises} | fields.pop("doses", {})
    number = max(slot.week for slot in fields["slots"])
    weeks = tuple(weeks) or tuple(tiny.week(index) for index in range(1, number + 1))
    return tiny.problem(*exercises, doses=doses, weeks=weeks, muscle_groups=MUSCLES, **fields)


def rests(hours: int) -> dict[str, int]:
    return dict.fromkeys(tiny.GROUPS, hours)


def growing(kinds: tuple[str, ...], **fields: Any) -> Problem:
    """One squat slot a week, so that weeks are compared with each other."""
    weeks = tuple(tiny.week(index, kind=kind) for index, kind in enumerate(kinds, start=1))
    starts = [f"{tiny.MONDAY + dt.timedelta(weeks=w)}T18:00" for w in range(len(kinds))]
    given = {"growth": Growth(sets=1, percent=50, sources=("D",))} | fields
    return problem(
        SQUAT,
        weeks=given.pop("weeks", weeks),
        slots=slots(*starts),
        dose=given.pop("dose", tiny.dose(sets_min=1, sets_max=5)),
        **given,
    )


def frequencies(**fields: Any) -> dict[str, Any]:
    return {"frequency": tiny.frequency(**fields)}


TWO_PARTS = tiny.dose(sets_min=1, sets_max=2, unit_s=300)
"""Endurance work in two parts of five minutes."""


def with_room(number: int = 1, room: int = 1, **fields: Any) -> Any:
    """A week with room for easy sessions."""
    return tiny.week(number, easy_sessions=room, **fields)


FLOOR = {"quadriceps": tiny.volume(floor=8)}
"""A volume row with a floor: only such groups have exposures to count."""

LUNGE = tiny.exercise("lunge", pattern="lunge", laterality="each")
HIP = tiny.exercise(
    "hip",
    pattern="hip_abduction",
    block="isolation",
    primary=("gluteus_maximus",),
    laterality="each",
)
BALANCE = tiny.exercise(
    "stand",
    pattern="balance",
    block="balance",
    primary=(),
    dose_kind="hold",
    laterality="each",
    seconds_per_rep=0,
)

CASES: dict[str, tuple[str, Callable[[], Problem]]] = {
    # --- sides ---
    "sets more: two a session, of three exercises": (
        "sides",
        lambda: problem(
            LUNGE,
            HIP,
            STEP_UP,
            slots=slots(MON),
            dose=THREE,
            asymmetry=tiny.asymmetry(22),
        ),
    ),
    "sets more: one a session, half of the week's sets": (
        "sides",
        lambda: problem(
            LUNGE,
            HIP,
            slots=slots(MON, WED),
            doses={"lunge": HARD, "hip": ONE},
            asymmetry=tiny.asymmetry(79, extra_sets_session=1),
        ),
    ),
    "sets more: none in a lighter week, none of balance": (
        "sides",
        lambda: problem(
            LUNGE,
            BALANCE,
            slots=slots(MON, MON2),
            weeks=(tiny.week(1), tiny.week(2, kind="deload")),
            asymmetry=tiny.asymmetry(22),
        ),
    ),
    "sets more: none at 80 %": (
        "sides",
        lambda: problem(LUNGE, slots=slots(MON, WED), asymmetry=tiny.asymmetry(80)),
    ),
    # --- easy sessions ---
    "an easy session is no training session": (
        "frequency",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, TUE, f"{TUE}T07:00", WED),
            dose=ONE,
            weeks=(with_room(sessions=(1, 2)),),
            **frequencies(rest_days_min=5, session_gap_hours=30, consecutive_days_max=1),
        ),
    ),
    "easy sessions that are over take up the room": (
        "frequency",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(TUE, WED),
            dose=ONE,
            weeks=(with_room(room=2, reduced=True, sessions=(0, 2)),),
            past=Past(
                (PastSession(dt.datetime.fromisoformat(f"{MON}T18:00"), frozenset(), easy=True),)
            ),
            **frequencies(consecutive_days_max=1, session_gap_hours=30),
        ),
    ),
    "the frame of an easy session": (
        "structure",
        lambda: problem(
            SQUAT,
            WALK,
            STANCE,
            SWINGS,
            slots=slots(MON, TUE),
            dose=ONE,
            weeks=(with_room(),),
            structure=tiny.structure(work_items=(2, 2), items_max=3, easy_items=(2, 3)),
        ),
    ),
    "trunk work makes a session a training session": (
        "structure",
        lambda: problem(
            PLANK,
            SWINGS,
            STANCE,
            slots=slots(MON, TUE),
            dose=ONE,
            weeks=(with_room(),),
            structure=tiny.structure(work_items=(1, 1), items_max=3, easy_items=(1, 2)),
        ),
    ),
    "a row asks nothing of an easy session but keeps its most": (
        "coverage",
        lambda: problem(
            SQUAT,
            STANCE,
            WALK,
            slots=slots(MON, TUE),
            dose=ONE,
            weeks=(with_room(),),
            coverage=(
                tiny.row(per="session", at_least=1),
                tiny.row(
                    id="few", per="session", blocks=("balance", "endurance"), at_least=0, at_most=1
                ),
            ),
        ),
    ),
    "days of balance, easy sessions included": (
        "coverage",
        lambda: problem(
            SQUAT,
            STANCE,
            tiny.exercise("tandem", pattern="balance", block="balance", dose_kind="hold"),
            slots=slots(MON, TUE, WED),
            dose=ONE,
            weeks=(with_room(),),
            coverage=(tiny.row(patterns=("balance",), days=True, at_least=2, at_most=2),),
        ),
    ),
    "the time of an easy session": (
        "time",
        lambda: problem(
            WALK,
            STANCE,
            slots=slots(MON, TUE, minutes=14),
            doses={"walk": TWO_PARTS},
            weeks=(with_room(),),
        ),
    ),
    "a pinned session is a training session": (
        "pins",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, TUE),
            dose=ONE,
            weeks=(with_room(),),
            pins=(Pin(dt.date.fromisoformat(MON)),),
        ),
    ),
    # --- endurance ---
    "minutes within the week's": (
        "endurance",
        lambda: problem(
            SQUAT,
            WALK,
            slots=slots(MON, WED, FRI),
            doses={"walk": TWO_PARTS},
            dose=ONE,
            weeks=(tiny.week(1, endurance=(2, 10)),),
            ramp=tiny.ramp(),
        ),
    ),
    "minutes of regular weeks that grow": (
        "endurance",
        lambda: problem(
            WALK,
            slots=slots(MON, WED, MON2, WED2),
            doses={"walk": (TWO_PARTS, replace(TWO_PARTS, unit_s=360))},
            weeks=(tiny.week(1, endurance=(1, 10)), tiny.week(2, endurance=(1, 12))),
            ramp=tiny.ramp(),
        ),
    ),
    "minutes that are over count": (
        "endurance",
        lambda: problem(
            WALK,
            slots=slots(TUE, WED),
            doses={"walk": TWO_PARTS},
            weeks=(tiny.week(1, endurance=(2, 10), reduced=True),),
            ramp=tiny.ramp(),
            past=Past(
                (
                    PastSession(
                        dt.datetime.fromisoformat(f"{MON}T18:00"), frozenset(), endurance_s=300
                    ),
                )
            ),
        ),
    ),
    # --- stretching ---
    "a stretch follows work for its muscle": (
        "stretching",
        lambda: problem(
            CURL,
            DEADLIFT,
            SQUAT,
            STRETCH,
            slots=slots(MON, TUE),
            dose=ONE,
            stretching=tiny.stretching(),
        ),
    ),
    "in an easy session any stretch will do": (
        "stretching",
        lambda: problem(
            CURL,
            STRETCH,
            WALK,
            SQUAT,
            slots=slots(MON, TUE),
            dose=ONE,
            weeks=(with_room(),),
            stretching=tiny.stretching(),
        ),
    ),
    "ceilings of a session and a week": (
        "stretching",
        lambda: problem(
            CURL,
            STRETCH,
            tiny.exercise(
                "other",
                pattern="mobility",
                block="cool_down",
                primary=("hamstrings",),
                dose_kind="hold",
            ),
            slots=slots(MON, TUE),
            doses={"curl": ONE},
            dose=tiny.dose(sets_min=1, sets_max=2, hold_s=30),
            stretching=tiny.stretching(session_max_s=90, week_max_s=120),
        ),
    ),
    "holds before the work, longer in the second week": (
        "stretching",
        lambda: problem(
            SQUAT,
            DEEP,
            slots=slots(MON, MON2),
            doses={
                "squat": ONE,
                "deep": (
                    tiny.dose(sets_min=1, sets_max=2, hold_s=30),
                    tiny.dose(sets_min=1, sets_max=2, hold_s=40),
                ),
            },
            stretching=tiny.stretching(),
        ),
    ),
    # --- rest_interval ---
    "rest exactly 48 h and a minute less": (
        "rest_interval",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, f"{FRI}T17:59"),
            dose=EASY,
            rest_hours=rests(48),
        ),
    ),
    "rest across the week boundary": (
        "rest_interval",
        lambda: problem(
            SQUAT,
            slots=slots(SAT, SUN, MON2, f"{TUE2}T18:01"),
            dose=EASY,
            rest_hours=rests(48),
        ),
    ),
    "rest after the past": (
        "rest_interval",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(f"{MON}T17:59", TUE, WED),
            dose=EASY,
            rest_hours=rests(48),
            past=tiny.past("2026-11-28T18:00", "2026-11-29T18:00"),
        ),
    ),
    "rest of 72 h over three days": (
        "rest_interval",
        lambda: problem(
            SQUAT, slots=slots(MON, TUE, WED, THU, FRI, SUN), dose=EASY, rest_hours=rests(72)
        ),
    ),
    "rest of each group by itself": (
        "rest_interval",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, TUE, THU),
            dose=ONE,
            rest_hours={"quadriceps": 24, "glutes": 25, "hamstrings": 72},
        ),
    ),
    "an exposure that two exercises make": (
        "rest_interval",
        lambda: problem(
            DEADLIFT, CURL, slots=slots(MON, TUE, WED2), dose=EASY, rest_hours=rests(48)
        ),
    ),
    "two slots of one day": (
        "rest_interval",
        lambda: problem(
            SQUAT,
            slots=slots(f"{MON}T08:00", f"{MON}T20:00", f"{TUE}T08:00", f"{TUE}T20:00"),
            dose=EASY,
            rest_hours=rests(24),
        ),
    ),
    # --- frequency ---
    "sessions of a week": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(MON, WED, FRI, MON2, WED2),
            dose=ONE,
            weeks=(tiny.week(1, sessions=(1, 2)), tiny.week(2, sessions=(1, 1))),
        ),
    ),
    "no least number of sessions in a reduced week": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(MON, WED, FRI, MON2, WED2),
            dose=ONE,
            weeks=(tiny.week(1, sessions=(2, 2)), tiny.week(2, sessions=(1, 1), reduced=True)),
        ),
    ),
    "one session a day": (
        "frequency",
        lambda: problem(SQUAT, BRIDGE, slots=slots(f"{MON}T08:00", f"{MON}T20:00", TUE), dose=HARD),
    ),
    "session gap exactly 48 h and a minute less": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(SAT, f"{MON2}T17:59", f"{TUE2}T18:00", f"{WED2}T17:59"),
            **frequencies(session_gap_hours=48),
        ),
    ),
    "session gap after the past": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(f"{MON}T17:59", f"{TUE}T17:59", f"{WED}T18:00"),
            past=Past((PastSession(dt.datetime(2026, 11, 29, 18), frozenset()),)),
            **frequencies(session_gap_hours=48),
        ),
    ),
    "session gap over ten slots": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(*(f"{day}T{hour:02}:00" for day in (MON, TUE) for hour in range(8, 18, 2))),
            dose=ONE,
            **frequencies(session_gap_hours=48),
        ),
    ),
    "rest days": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(MON, TUE, THU, SAT, MON2, TUE2),
            dose=ONE,
            **frequencies(rest_days_min=5),
        ),
    ),
    "days in a row across weeks": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(FRI, SAT, SUN, MON2, TUE2, WED2),
            dose=ONE,
            **frequencies(consecutive_days_max=2),
        ),
    ),
    "days in a row after the past": (
        "frequency",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, TUE, WED, THU),
            dose=ONE,
            past=tiny.past("2026-11-28T18:00", "2026-11-29T18:00"),
            **frequencies(consecutive_days_max=3),
        ),
    ),
    "days in a row after a past that was longer": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(MON, TUE, WED, THU),
            past=tiny.past("2026-11-27T18:00", "2026-11-28T18:00", "2026-11-29T18:00"),
            **frequencies(consecutive_days_max=2),
        ),
    ),
    "days in a row with two slots a day": (
        "frequency",
        lambda: problem(
            SQUAT,
            slots=slots(
                *(f"{day}T{hour}" for day in (MON, TUE, WED) for hour in ("08:00", "18:00"))
            ),
            dose=ONE,
            **frequencies(consecutive_days_max=2),
        ),
    ),
    "an exercise once a week": (
        "frequency",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, MON2, WED2),
            dose=ONE,
            **frequencies(exercise_max=1),
        ),
    ),
    "exposures at exactly one effective set": (
        "frequency",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, FRI),
            dose=EASY,
            weeks=(tiny.week(1, volume=FLOOR),),
            **frequencies(exposures=(1, 2)),
        ),
    ),
    "exposures by holds": (
        "frequency",
        lambda: problem(
            tiny.exercise("wall_sit", dose_kind="hold"),
            SQUAT,
            slots=slots(MON, WED),
            doses={"wall_sit": tiny.dose(sets_min=1, sets_max=4, rir=None, rpe=(5, 6))},
            weeks=(tiny.week(1, volume=FLOOR),),
            **frequencies(exposures=(1, 1)),
        ),
    ),
    "no least exposures in reduced and deload weeks": (
        "frequency",
        lambda: growing(
            ("build", "deload", "build"),
            dose=EASY,
            weeks=(
                tiny.week(1, volume=FLOOR),
                tiny.week(2, volume=FLOOR, kind="deload"),
                tiny.week(3, volume=FLOOR, reduced=True),
            ),
            **frequencies(exposures=(1, 1)),
        ),
    ),
    # --- equipment ---
    "equipment of two places": (
        "equipment",
        lambda: problem(
            tiny.exercise("squat", equipment=(("rack", "barbell"), ("dumbbell",))),
            tiny.exercise("bridge", equipment=((), ("mat",))),
            tiny.exercise("curl", equipment=(("sliders",),)),
            slots=(*slots(MON), *slots(WED, place="gym")),
            places={"home": tiny.place("rack", "mat"), "gym": tiny.place("dumbbell", "rack")},
        ),
    ),
    "loads that are listed and not there": (
        "equipment",
        lambda: problem(
            tiny.exercise("squat", equipment=(("dumbbell",),), resistance="external"),
            tiny.exercise("press", equipment=(("leg_press_machine",),), resistance="external"),
            tiny.exercise("cuff", equipment=(("ankle_weight",),), resistance="external"),
            slots=(*slots(MON), *slots(WED, place="gym")),
            dose=ONE,
            places={
                "home": tiny.place(
                    "dumbbell", "leg_press_machine", "ankle_weight", dumbbell=(), machine=(20.0,)
                ),
                "gym": tiny.place(
                    "dumbbell", "leg_press_machine", "ankle_weight", machine=(), ankle_weight=()
                ),
            },
        ),
    ),
    # --- volume ---
    "floor and cap exactly": (
        "volume",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, FRI),
            weeks=(
                tiny.week(
                    1,
                    volume={
                        "quadriceps": tiny.volume(floor=16, cap=24),
                        "glutes": tiny.volume(cap=16),
                    },
                ),
            ),
        ),
    ),
    "session cap exactly": (
        "volume",
        lambda: problem(
            DEADLIFT,
            CURL,
            slots=slots(MON, WED, FRI),
            weeks=(tiny.week(1, volume={"hamstrings": tiny.volume(session_cap=16)}),),
        ),
    ),
    "no floor in a reduced week": (
        "volume",
        lambda: problem(
            SQUAT,
            slots=slots(MON, WED, MON2, WED2),
            weeks=(
                tiny.week(1, volume={"quadriceps": tiny.volume(floor=16)}),
                tiny.week(2, volume={"quadriceps": tiny.volume(floor=16, cap=24)}, reduced=True),
            ),
        ),
    ),
    "growth by sets and by percent": ("volume", lambda: growing(("build", "build", "build"))),
    "growth in credits that are no whole sets": (
        "volume",
        lambda: growing(
            ("build", "build", "build"),
            dose=tiny.dose(sets_min=1, sets_max=6, rir=(5, 6)),
            growth=Growth(sets=1, percent=60, sources=("D",)),
        ),
    ),
    "growth after the past": (
        "volume",
        lambda: growing(("build", "build"), past=Past(volume={"quadriceps": 20, "glutes": 0})),
    ),
    "growth over a reduced week": (
        "volume",
        lambda: growing(
            ("build", "build", "build"),
            weeks=(tiny.week(1), tiny.week(2, reduced=True), tiny.week(3)),
        ),
    ),
    "growth over a deload week": ("volume", lambda: growing(("build", "deload", "build"))),
    "deload after a reduced week": (
        "volume",
        lambda: growing(
            ("build", "build", "deload"),
            weeks=(tiny.week(1), tiny.week(2, reduced=True), tiny.week(3, kind="deload")),
        ),
    ),
    "deload first": (
        "volume",
        lambda: growing(("deload", "build", "deload"), past=Past(volume={"quadriceps": 8})),
    ),
    "sets of a dose that differs by week": (
        "volume",
        lambda: problem(
            SQUAT,
            slots=slots(MON, WED, MON2, WED2),
            doses={"squat": (THREE, HARD)},
            weeks=(
                tiny.week(1, volume={"quadriceps": tiny.volume(cap=40)}),
                tiny.week(2, volume={"quadriceps": tiny.volume(floor=24)}),
            ),
        ),
    ),
    # --- time ---
    "time exactly equal": (
        "time",
        lambda: problem(
            SQUAT,
            STEP_UP,
            slots=(*slots(MON, minutes=9), *slots(WED, minutes=12), *slots(FRI, minutes=15)),
        ),
    ),
    "time a second more": (
        "time",
        lambda: problem(
            SQUAT,
            STEP_UP,
            slots=(*slots(MON, minutes=9), *slots(WED, minutes=12)),
            structure=tiny.structure(warm_up_s=301),
        ),
    ),
    "time of holds, distances and endurance": (
        "time",
        lambda: problem(
            PLANK,
            WALK,
            tiny.exercise("carry", dose_kind="distance", laterality="each"),
            slots=slots(MON, WED, minutes=15),
        ),
    ),
    "time with warm-up sets": (
        "time",
        lambda: problem(
            SQUAT,
            tiny.exercise("slow", seconds_per_rep=3.35),
            slots=slots(MON, WED, minutes=14),
            doses={"squat": tiny.dose(sets_min=1, sets_max=2, warmup_sets=2, rest_s=90)},
        ),
    ),
    "time with every week's own dose": (
        "time",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, MON2, minutes=12),
            doses={"squat": (HARD, tiny.dose(sets_min=1, sets_max=2, reps=20, rest_s=120))},
        ),
    ),
    # --- contraindication ---
    "tags, waivers and dropped items": (
        "contraindication",
        lambda: problem(
            tiny.exercise("squat", tags=("deep",), equipment=(("chair",), ())),
            tiny.exercise("bridge", tags=("deep",)),
            tiny.exercise("curl", equipment=(("ball",), ("sliders",))),
            slots=(*slots(MON), *slots(WED, place="gym")),
            places={"home": tiny.place("chair", "ball"), "gym": tiny.place("ball", "sliders")},
            eligibility={
                "conditions": (
                    tiny.condition(exclude_tags=("deep",), waived_by_support=("chair",)),
                    tiny.condition("wobbly", drop_equipment=("ball",)),
                )
            },
        ),
    ),
    "two conditions that need different alternatives": (
        "contraindication",
        lambda: problem(
            tiny.exercise("squat", tags=("deep", "wobbly"), equipment=(("chair",), ("wall",))),
            tiny.exercise("bridge", tags=("deep",), equipment=(("chair",), ("wall",))),
            slots=slots(MON, WED),
            places={"home": tiny.place("chair", "wall")},
            eligibility={
                "conditions": (
                    tiny.condition(exclude_tags=("deep",), waived_by_equipment=("chair",)),
                    tiny.condition("other", exclude_tags=("wobbly",), waived_by_support=("wall",)),
                )
            },
        ),
    ),
    "angles at the cap, above it and at half of it": (
        "contraindication",
        lambda: problem(
            tiny.exercise("at", knee_flexion=60),
            tiny.exercise("half", knee_flexion=120),
            tiny.exercise("above", knee_flexion=121),
            tiny.exercise("fixed", knee_flexion=61, range_adjustable=False),
            slots=slots(MON, WED),
            dose=ONE,
            eligibility={"conditions": (tiny.condition(knee_flexion_max=60),)},
        ),
    ),
    "what the profile restricts": (
        "contraindication",
        lambda: problem(
            tiny.exercise("squat", tags=("jump",)),
            BRIDGE,
            CURL,
            slots=slots(MON, WED),
            dose=ONE,
            eligibility={
                "exclude_tags": frozenset({"jump"}),
                "spare_muscles": frozenset({"hamstrings"}),
            },
        ),
    ),
    # --- coverage ---
    "coverage of every session": (
        "coverage",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, WED, FRI),
            dose=ONE,
            coverage=(tiny.row(per="session", patterns=("squat", "knee_flexion"), at_least=1),),
        ),
    ),
    "coverage at least and at most": (
        "coverage",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, FRI),
            coverage=(
                tiny.row(at_least=1, at_most=2),
                tiny.row(
                    id="hip", per="session", patterns=("hip_extension",), at_most=1, at_least=0
                ),
                tiny.row(
                    id="all",
                    per="session",
                    blocks=("compound",),
                    patterns=(),
                    at_most=1,
                    at_least=0,
                ),
            ),
        ),
    ),
    "coverage of different exercises": (
        "coverage",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, WED, FRI),
            dose=ONE,
            coverage=(
                tiny.row(blocks=("compound",), patterns=(), distinct=True, at_least=2),
                tiny.row(
                    id="few",
                    patterns=(),
                    exercises=("squat", "curl"),
                    distinct=True,
                    at_least=0,
                    at_most=1,
                ),
            ),
        ),
    ),
    "coverage by one leg": (
        "coverage",
        lambda: problem(
            STEP_UP,
            MARCH,
            SQUAT,
            slots=slots(MON, WED, FRI),
            dose=ONE,
            coverage=(
                tiny.row(patterns=("lunge", "hip_flexion", "squat"), one_legged=True, at_least=2),
            ),
        ),
    ),
    "coverage of a week that is reduced": (
        "coverage",
        lambda: problem(
            SQUAT,
            slots=slots(MON, WED, MON2, WED2),
            weeks=(tiny.week(1), tiny.week(2, reduced=True)),
            coverage=(tiny.row(at_least=1, at_most=1),),
        ),
    ),
    # --- structure ---
    "items of a session": (
        "structure",
        lambda: problem(
            SQUAT,
            BRIDGE,
            PLANK,
            WALK,
            slots=slots(MON, WED),
            dose=ONE,
            structure=tiny.structure(work_items=(1, 2), items_max=3),
        ),
    ),
    "items of a session at most": (
        "structure",
        lambda: problem(
            SQUAT,
            WALK,
            tiny.exercise("stretch", block="cool_down", pattern="mobility"),
            slots=slots(MON, WED),
            structure=tiny.structure(work_items=(0, 5), items_max=2),
        ),
    ),
    # --- phase_access ---
    "stage, level, dose and gate": (
        "phase_access",
        lambda: problem(
            SQUAT,
            tiny.exercise("bridge", phases=("strength",)),
            tiny.exercise("curl", level=4),
            tiny.exercise("lunge", pattern="lunge", level=2),
            tiny.exercise("hinge", pattern="hinge"),
            tiny.exercise("thrust", pattern="hip_extension", phases=("strength", "foundation")),
            tiny.exercise("machine", pattern="hip_extension", phases=("strength",)),
            slots=slots(MON, WED),
            dose=ONE,
            doses={"hinge": None},
            eligibility={"level_max": 3, "gates": (tiny.gate(opens=("squat",)),)},
            placement=Placement(
                5, {"lunge": 1}, stages={"hip_extension": "foundation", "core": "foundation"}
            ),
        ),
    ),
    "gates that facts open and conditions close": (
        "phase_access",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, WED),
            dose=ONE,
            eligibility={
                "facts": {"wall_sit_s": 30, "age": 60},
                "conditions": (tiny.condition("sore"),),
                "gates": (
                    tiny.gate(opens=("squat",)),
                    tiny.gate(id="g2", opens=("bridge", "squat"), closed_by=("other",)),
                    tiny.gate(id="g3", opens=("curl",), closed_by=("sore",)),
                ),
            },
        ),
    ),
    "a phase without external load": (
        "phase_access",
        lambda: problem(
            tiny.exercise("squat", resistance="external", equipment=(("dumbbell",),)),
            tiny.exercise("bridge", resistance="optional", equipment=((), ("dumbbell",))),
            tiny.exercise("curl", resistance="optional", equipment=(("dumbbell",), ("chair",))),
            slots=(*slots(MON), *slots(WED, place="gym")),
            dose=ONE,
            eligibility={"external_load": False},
            places={"home": tiny.place("dumbbell", "chair"), "gym": tiny.place("dumbbell")},
        ),
    ),
    # --- pins ---
    "a day that is pinned": (
        "pins",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, f"{WED}T08:00", f"{WED}T18:00"),
            dose=ONE,
            pins=(Pin(dt.date(2026, 12, 2)),),
        ),
    ),
    "exercises that are pinned, one with its sets": (
        "pins",
        lambda: problem(
            SQUAT,
            BRIDGE,
            slots=slots(MON, WED, MON2),
            dose=HARD,
            pins=(
                Pin(dt.date(2026, 11, 30), "bridge"),
                Pin(dt.date(2026, 12, 7), "squat", 2),
            ),
        ),
    ),
    # --- wishes ---
    "always and never": (
        "wishes",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, WED, MON2),
            dose=ONE,
            eligibility={"always": ("squat",), "never": frozenset({"hip_extension"})},
        ),
    ),
    "always a pattern, never an exercise": (
        "wishes",
        lambda: problem(
            SQUAT,
            BRIDGE,
            CURL,
            slots=slots(MON, WED, MON2),
            dose=ONE,
            weeks=(tiny.week(1), tiny.week(2, reduced=True)),
            eligibility={"always": ("knee_flexion",), "never": frozenset({"bridge"})},
        ),
    ),
    "always what the phase is not open for": (
        "wishes",
        lambda: problem(
            SQUAT,
            tiny.exercise("bridge", phases=("strength",)),
            slots=slots(MON, WED),
            eligibility={"always": ("bridge", "squat")},
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_both_halves_of_a_rule_accept_the_same(case: str) -> None:
    rule, make = CASES[case]
    made = make()
    model = accepted_by_model(made, [RULES[rule]])
    checker = accepted_by_checker(made, [RULES[rule]])
    every = set(assignments(made))

    assert model == checker
    assert checker
    assert every - checker


def test_every_rule_has_several_cases() -> None:
    cases = [rule for rule, _ in CASES.values()]

    assert set(cases) == set(RULES)
    assert all(cases.count(rule) >= 2 for rule in RULES)


# --- sets more on the weak side, with the rules that they meet ---


@pytest.mark.parametrize(
    "fields",
    [
        {"weeks": (tiny.week(1, volume={"quadriceps": tiny.volume(cap=32)}),)},
        {"weeks": (tiny.week(1, volume={"quadriceps": tiny.volume(session_cap=20)}),)},
        {
            "weeks": (tiny.week(1, volume={"quadriceps": tiny.volume(cap=32)}),),
            "past": Past(
                (PastSession(dt.datetime(2026, 11, 30, 7), frozenset(), credit={"quadriceps": 8}),)
            ),
        },
        {"dose": replace(HARD, rir=(5, 6)), "weeks": (tiny.week(1, sessions=(0, 1)),)},
    ],
    ids=["week", "session", "past", "easy"],
)
def test_the_weak_side_keeps_the_maximums_of_its_muscles(fields: dict[str, Any]) -> None:
    made = problem(LUNGE, SQUAT, slots=slots(MON, WED), asymmetry=tiny.asymmetry(22), **fields)
    rules = [RULES["sides"], RULES["volume"], RULES["frequency"]]
    checker = accepted_by_checker(made, rules)

    assert accepted_by_model(made, rules) == checker
    assert any(item.extra for items in checker for item in items)
    without = [rule for rule in rules if rule.name != "sides"]
    assert accepted_by_checker(made, without) - checker


def test_a_set_more_takes_its_time() -> None:
    """300 + 180 + lunge 30 + 2 x (2 x 30) + 60, and 30 + 60 for a set of one side alone."""
    made = problem(
        LUNGE,
        dose=tiny.dose(sets_min=2, sets_max=2),
        slots=slots(MON, minutes=13),
        asymmetry=tiny.asymmetry(22),
    )
    exact = replace(made, slots=slots(MON, minutes=12))
    for there, most in ((made, 1), (exact, 0)):
        model = accepted_by_model(there, CONSTRAINTS)
        assert model == accepted_by_checker(there, CONSTRAINTS)
        assert max(item.extra for items in model for item in items) == most


def one_sided_by_chance(seed: int) -> Problem:
    """A problem by chance in which one exercise is one-sided, and the legs differ."""
    made = by_chance(seed)
    strength = [n for n, e in made.exercises.items() if e.block in ("compound", "isolation")]
    name = max(strength, key=lambda name: made.exercises[name].laterality == "both")
    changed = made.exercises[name].model_copy(update={"laterality": "each"})
    return replace(
        made,
        exercises=made.exercises | {name: changed},
        asymmetry=tiny.asymmetry(22, extra_sets_session=1 + seed % 2),
    )


@pytest.mark.parametrize("first", range(0, 24, 8))
def test_all_rules_together_accept_the_same_where_the_legs_differ(first: int) -> None:
    more = 0
    for seed in range(first, first + 8):
        made = one_sided_by_chance(seed)
        checker = accepted_by_checker(made, CONSTRAINTS)

        assert accepted_by_model(made, CONSTRAINTS) == checker, f"seed {seed}"
        more += sum(item.extra for items in checker for item in items)
    assert more


# --- all rules together, on problems made by chance --------------------------------------------

DAYS = (MON, TUE, WED, FRI, SUN, MON2, TUE2, WED2)
CHOICES = (SQUAT, BRIDGE, CURL, DEADLIFT, PLANK, STEP_UP, MARCH, WALK)


def by_chance(seed: int) -> Problem:
    """A problem in which every rule has something to say."""
    dice = random.Random(seed)
    pick = dice.choice
    exercises = dice.sample(CHOICES, 2)
    starts = sorted(dice.sample(DAYS, 3))
    if pick([True, False, False]):
        exercises = dice.sample(CHOICES, 3)
    number = 2 if any(start >= MON2 for start in starts) else 1
    dose = lambda: tiny.dose(  # noqa: E731
        **dict(zip(("sets_min", "sets_max"), pick([(1, 1), (1, 2), (2, 3)]), strict=True)),
        rir=pick([(2, 3), (5, 6), None]),
        rpe=pick([(4, 6), (6, 8)]),
        reps=pick([8, 12]),
        rest_s=pick([30, 90]),
    )
    if len(exercises) == 3:
        doses = {each.id: ONE for each in exercises}
    else:
        doses = {
            each.id: pick([dose(), tuple(dose() for _ in range(number))]) for each in exercises
        }
    row = lambda: tiny.volume(  # noqa: E731
        floor=pick([0, 0, 0, 8, 12]), cap=pick([24, 40, 400]), session_cap=pick([12, 16, 400])
    )
    weeks = tuple(
        tiny.week(
            index,
            kind=pick(["build", "build", "deload"]) if index > 1 else "build",
            reduced=pick([False, False, True]),
            sessions=pick([(0, 3), (0, 2), (1, 2)]),
            volume={group: row() for group in tiny.GROUPS},
        )
        for index in range(1, number + 1)
    )
    coverage = (
        tiny.row(
            per=pick(["session", "week"]),
            patterns=(exercises[0].pattern, exercises[1].pattern),
            at_least=pick([0, 1]),
            at_most=pick([1, 2, 3]),
            distinct=pick([True, False]),
            one_legged=pick([True, False, False]),
        ),
    )
    past = pick([Past(), tiny.past("2026-11-29T18:00", volume={"quadriceps": 8, "glutes": 4})])
    return problem(
        *exercises,
        slots=tuple(tiny.slot(f"{start}T18:00", minutes=pick([10, 14, 60])) for start in starts),
        doses=doses,
        weeks=weeks,
        rest_hours={group: pick([0, 24, 48, 72]) for group in tiny.GROUPS},
        growth=Growth(sets=pick([1, 2]), percent=pick([20, 50]), sources=("D",)),
        coverage=coverage,
        structure=tiny.structure(work_items=pick([(0, 3), (1, 2)]), items_max=pick([2, 3])),
        past=past,
        eligibility={"always": pick([(), (), (exercises[0].id,)])},
        **frequencies(
            rest_days_min=pick([0, 4, 5]),
            consecutive_days_max=pick([1, 2, 7]),
            session_gap_hours=pick([0, 0, 24, 48]),
            exercise_max=pick([1, 2, 7]),
            exposures=pick([(0, 3), (0, 2), (1, 2)]),
        ),
    )


@pytest.mark.parametrize("first", range(0, 60, 6))
def test_all_rules_together_accept_the_same(first: int) -> None:
    accepted = refused = 0
    for seed in range(first, first + 6):
        made = by_chance(seed)
        checker = accepted_by_checker(made, CONSTRAINTS)

        assert accepted_by_model(made, CONSTRAINTS) == checker, f"seed {seed}"
        accepted += len(checker)
        refused += len(set(assignments(made)) - checker)

    assert accepted > 10
    assert refused


# --- weeks that are decided once ------------------------------------------------------------------


def repeating(**fields: Any) -> Problem:
    """Two regular weeks with two slots each, equal unless the fields make them differ."""
    weeks = fields.pop("weeks", (tiny.week(1, regular=True), tiny.week(2, regular=True)))
    return problem(SQUAT, slots=slots(MON, WED, MON2, WED2), weeks=weeks, **fields)


def repeats(items: Items) -> bool:
    """Whether the second week does what the first does, set for set."""
    weeks: tuple[set[tuple[int, str, int]], ...] = (set(), set())
    for item in items:
        start = dt.datetime.fromisoformat(item.slot)
        weeks[item.slot >= MON2].add((start.weekday(), item.exercise, item.sets))
    return weeks[0] == weeks[1]


def test_equal_regular_weeks_share_exercises_and_sets() -> None:
    made = repeating(
        rest_hours=rests(48),
        structure=tiny.structure(work_items=(1, 3)),
        **frequencies(rest_days_min=5),
    )
    model = accepted_by_model(made, CONSTRAINTS)
    checker = accepted_by_checker(made, CONSTRAINTS)

    assert model == {items for items in checker if repeats(items)}
    assert model
    assert checker - model  # the checker asks for the same exercises, not for the same sets


@pytest.mark.parametrize(
    "fields",
    [
        {"doses": {"squat": (HARD, THREE)}},
        {"doses": {"squat": (EASY, HARD)}},
        {
            "weeks": (
                tiny.week(1, regular=True),
                tiny.week(2, regular=True, volume={"quadriceps": tiny.volume(cap=24)}),
            )
        },
        {"weeks": (tiny.week(1, regular=True), tiny.week(2, regular=True, kind="deload"))},
        {"weeks": (tiny.week(1, regular=True), tiny.week(2, regular=True, sessions=(0, 1)))},
    ],
    ids=["sets", "effort", "volume", "deload", "sessions"],
)
def test_regular_weeks_that_differ_share_exercises_only(fields: dict[str, Any]) -> None:
    made = repeating(rest_hours=rests(48), **fields)
    model = accepted_by_model(made, CONSTRAINTS)

    assert model == accepted_by_checker(made, CONSTRAINTS)
    assert any(not repeats(items) for items in model) or "sessions" in str(fields)


@pytest.mark.parametrize("regular", [True, False])
def test_the_checker_asks_regular_weeks_for_the_same_exercises(regular: bool) -> None:
    made = problem(
        SQUAT,
        BRIDGE,
        dose=ONE,
        slots=slots(MON, WED, MON2, WED2),
        weeks=(tiny.week(1, regular=regular), tiny.week(2, regular=regular)),
    )
    model = accepted_by_model(made, [RULES["structure"]])

    assert model == accepted_by_checker(made, [RULES["structure"]])
    assert all(repeats(items) for items in model) is regular


def test_reps_that_change_over_equal_weeks_count_in_every_week() -> None:
    longer = replace(HARD, reps=30)
    made = problem(
        SQUAT,
        slots=slots(MON, WED, MON2, WED2, minutes=10),
        doses={"squat": (HARD, longer)},
        weeks=(tiny.week(1, regular=True), tiny.week(2, regular=True)),
    )
    model = accepted_by_model(made, CONSTRAINTS)

    assert model == {items for items in accepted_by_checker(made, CONSTRAINTS) if repeats(items)}
    assert len(model) > 1


# --- filters --------------------------------------------------------------------------------------

FILTERS = ("contraindication", "equipment", "phase_access", "wishes")
LIBRARY = Registry.create().library()
PATTERNS = sorted({exercise.pattern for exercise in LIBRARY.exercises})
EQUIPMENT = sorted(LIBRARY.equipment)
HALF = frozenset(EQUIPMENT[::2])


def with_library(**fields: Any) -> Problem:
    """Every exercise of the bundled library; three places: with everything, half of it, nothing.

    Doses are within the conditions' limits, as those of a compiled problem are.
    """
    body = fields.pop("eligibility", {})
    named, facts = body.get("conditions", ()), body.get("facts", {})
    conditions = standing(named, facts, 1, 1)
    fields["eligibility"] = body | {"conditions": conditions}
    row = together(rows_of(conditions, ()))
    hard = tiny.dose(hold_s=60, rpe=(6, 9), percent_1rm=(60, 90))
    return tiny.problem(
        *LIBRARY.exercises,
        slots=tuple(
            tiny.slot(f"{day}T18:00", place=place)
            for day, place in ((MON, "full"), (TUE, "half"), (WED, "bare"))
        ),
        weeks=(tiny.week(1),),
        places={
            "full": tiny.place(*EQUIPMENT),
            "half": tiny.place(*HALF, dumbbell=(), machine=(20.0,)),
            "bare": tiny.place(),
        },
        doses={
            each.id: limited(dosed(hard, each, row), each, conditions) for each in LIBRARY.exercises
        },
        rest_hours=rests(48),
        muscle_groups=MUSCLES,
        **fields,
    )


def dosed(dose: Dose, exercise: Exercise, limits: DoseLimits | None) -> Dose:
    """The dose within the dose rows of the conditions."""
    if limits is None:
        return dose
    row = DoseRow(
        sets=(dose.sets_min, dose.sets_max),
        reps=(dose.reps_min, dose.reps),
        rir=dose.rir,
        rpe=dose.rpe,
        percent_1rm=dose.percent_1rm,
        rest_s=(dose.rest_s, dose.rest_s),
        sources=("D",),
    )
    kept = keep_within(row, exercise, limits, first_loads=False).row
    reps = kept.reps or (0, 0)
    return replace(
        dose,
        sets_min=kept.sets[0],
        sets_max=kept.sets[1],
        reps_min=reps[0],
        reps=reps[1],
        rir=kept.rir,
        rpe=kept.rpe,
        percent_1rm=kept.percent_1rm,
        rest_s=kept.rest_s[0],
    )


def filter_disagreements(
    made: Problem, names: tuple[str, ...], where: tuple[str, ...]
) -> list[str]:
    """Every exercise and slot about which filters and checks differ."""
    rules = [RULES[name] for name in names]
    differ = []
    for slot in made.slots:
        if slot.place not in where:
            continue
        for id, exercise in made.exercises.items():
            closed = any(rule.admits(made, exercise, slot) is not None for rule in rules)
            schedule = tiny.schedule(f"{slot.id} {id}")
            found = [each for rule in rules for each in rule.check(made, schedule)]
            if closed != bool(found):
                differ.append(f"{id} at {slot.place}: closed {closed}, found {found}")
    return differ


def any_phase(**fields: Any) -> dict[str, Any]:
    return {"phases": ("protected", "foundation", "strength", "power")} | fields


@pytest.mark.parametrize("condition", LIBRARY.conditions, ids=lambda condition: condition.id)
def test_a_condition_closes_the_same_for_model_and_checker(condition: Condition) -> None:
    for score in (3, 5, 6):
        pain = dict.fromkeys(("knee", "hip", "ankle"), score)
        made = with_library(eligibility=any_phase(conditions=(condition,), pain=pain))

        assert filter_disagreements(made, ("contraindication",), ("full",)) == []
        assert filter_disagreements(made, FILTERS, ("full", "half", "bare")) == []


@pytest.mark.parametrize("seed", range(25))
def test_several_conditions_close_the_same(seed: int) -> None:
    dice = random.Random(seed)
    made = with_library(
        eligibility=any_phase(
            conditions=tuple(dice.sample(LIBRARY.conditions, 3)),
            gates=LIBRARY.gates,
            facts={
                need.fact: dice.choice([0, 10, 100])
                for gate in LIBRARY.gates
                for need in gate.needs
            },
            pain={"knee": dice.randint(0, 10)},
            external_load=dice.choice([True, False]),
            level_max=dice.randint(2, 5),
            phases=dice.choice([("foundation",), ("strength", "power"), ("protected",)]),
            exclude_tags=frozenset(dice.sample(sorted(LIBRARY.tags), 2)),
            exclude_patterns=frozenset(dice.sample(["squat", "core", "lunge"], 1)),
            spare_muscles=frozenset(dice.sample(tiny.GROUPS, 1)),
            never=frozenset(dice.sample(sorted(e.id for e in LIBRARY.exercises), 3)),
        ),
        placement=Placement(
            dice.randint(1, 5),
            {"squat": dice.randint(1, 5)},
            stages=dict.fromkeys(dice.sample(PATTERNS, 2), "foundation"),
        ),
    )

    assert filter_disagreements(made, FILTERS, ("full", "half", "bare")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"exclude_exercises": ("squat",)},
        {"exclude_positions": ("lying",)},
        {"weight_bearing_max": 49},
        {"impact_max": "low"},
        {"level_max": 2},
        {"axial_level_max": 2},
        {"no_external_load": True},
        {"no_external_load": True, "allow_exercises": ("other",)},
        {"knee_flexion_max": 89, "strict": True},
        {"knee_flexion_max": 90, "strict": True},
        {"knee_flexion_max_weight_bearing": 44},
        {"hip_flexion_max": 40},
        {"hip_flexion_max": 39},
        {"exclude_tags": ("axial_load",), "allow_exercises": ("axial",)},
        {
            "knee_flexion_max_by_pain": PainCaps(
                region="knee", pain_0_3=90, pain_4_5=45, pain_6_10=44
            )
        },
    ],
    ids=str,
)
def test_each_field_of_a_condition_closes_the_same(fields: dict[str, Any]) -> None:
    zoo = (
        SQUAT,
        tiny.exercise("lying", position="lying", weight_bearing=0, knee_flexion=30, hip_flexion=10),
        tiny.exercise("jump", impact="moderate", level=3),
        tiny.exercise("axial", tags=("axial_load",), level=3),
        tiny.exercise("light", tags=("axial_load",), level=2),
        tiny.exercise("loaded", resistance="external", equipment=(("dumbbell",),)),
        tiny.exercise("seated", resistance="external", weight_bearing=0, knee_flexion=120),
        tiny.exercise("fixed", range_adjustable=False, knee_flexion=91, hip_flexion=81),
    )
    closed = set()
    for pain in (0, 3, 4, 5, 6, 10):
        made = problem(
            *zoo,
            slots=slots(MON),
            places={"home": tiny.place("dumbbell")},
            eligibility={"conditions": (tiny.condition(**fields),), "pain": {"knee": pain}},
        )
        assert filter_disagreements(made, ("contraindication",), ("home",)) == []
        closed |= {
            each.id
            for each in zoo
            if RULES["contraindication"].admits(made, each, made.slots[0]) is not None
        }
    assert closed
    assert closed != {each.id for each in zoo}


@pytest.mark.parametrize("value", [None, 29, 30, 60, 61])
def test_a_gate_needs_a_known_fact_within_its_bounds(value: int | None) -> None:
    facts = {} if value is None else {"wall_sit_s": value}
    need = Need(fact="wall_sit_s", at_least=30, at_most=60, text="hold")
    made = problem(
        SQUAT,
        slots=slots(MON),
        eligibility={"facts": facts, "gates": (tiny.gate(needs=(need,)),)},
    )
    is_open = RULES["phase_access"].admits(made, made.exercises["squat"], made.slots[0]) is None

    assert is_open is (value in (30, 60))
    assert filter_disagreements(made, ("phase_access",), ("home",)) == []


# --- what the model can't even say ----------------------------------------------------------------


def test_a_used_slot_holds_something() -> None:
    made = problem(SQUAT, slots=slots(MON, WED))
    asked = Asked(made, ())
    fixed = asked.fixed(())
    assert fixed is not None

    assert asked.search.complete(fixed) is not None
    used = asked.builder.used(made.slots[0].id)
    assert asked.search.complete(fixed | {used: 1}) is None


@pytest.mark.parametrize("sets", [0, 1, 4])
def test_sets_outside_the_dose_are_refused_by_both(sets: int) -> None:
    made = problem(SQUAT, slots=slots(MON), dose=THREE)
    asked = Asked(made, ())
    pick = asked.builder.pick(made.slots[0].id, "squat")
    column = asked.builder.sets(made.slots[0].id, "squat")
    used = asked.builder.used(made.slots[0].id)
    assert pick is not None
    assert column is not None
    schedule = Schedule(tiny.schedule(f"{MON}T18:00 squat {sets}").items)

    assert asked.search.complete({used: 1, pick: 1, column: sets}) is None
    assert list(RULES["volume"].check(made, schedule))


def test_work_blocks_are_those_of_the_page() -> None:
    assert sorted(WORK_BLOCKS) == ["balance", "compound", "isolation", "power", "trunk"]
