"""A program and a referral made by hand, for formats: nothing is solved, so they cost nothing.

Two phases, six weeks, every kind of dose, a lighter week, tests, guidance, two solve reports. The
program keeps no rule on purpose; it is for what writes programs, not for what checks them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from legengine.domain.findings import Referral, ScreeningFinding
from legengine.domain.profile import Profile
from legengine.domain.program import (
    Assessed,
    Bind,
    CheckResult,
    Guidance,
    GuidanceLine,
    HomeTest,
    LevelReport,
    Outcome,
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Provenance,
    Reading,
    Reason,
    ScreeningNote,
    Session,
    SolveReport,
    WeekVolume,
)
from legengine.testing.handmade_doses import CATALOGUE

START = dt.date(2026, 1, 5)

FOUNDATION = ("leg_swings", "single_leg_balance", "chair_squat", "calf_raise", "bird_dog")


def prescription(exercise: str, **changes: Any) -> Prescription:
    """An exercise of the catalogue with some of its dose changed."""
    return Prescription(exercise=exercise, **{**CATALOGUE[exercise], **changes})


def session(
    start: dt.datetime, items: Iterable[Prescription], place: str, slot_minutes: int
) -> Session:
    """A session whose length is what its prescriptions take."""
    prescriptions = tuple(items)
    seconds = 480 + sum(item.seconds for item in prescriptions) + 20 * (len(prescriptions) - 1)
    return Session(
        start=start,
        place=place,
        slot_minutes=slot_minutes,
        seconds=seconds,
        prescriptions=prescriptions,
    )


def week(
    number: int, days: Mapping[int, tuple[Prescription, ...]], place: str, deload: bool = False
) -> ProgramWeek:
    """A week with sessions at 18:00 on the days that are given, from 0 for Monday."""
    start = START + dt.timedelta(weeks=number - 1)
    factor = 0.5 if deload else 1.0
    volume = (
        WeekVolume(group="quadriceps", sets=9 * factor, floor=3, aim=(4, 8), cap=12),
        WeekVolume(group="hip_abductors", sets=3.125, floor=3, aim=(3, 8), cap=12),
        WeekVolume(group="calves", sets=(4 + number) * factor, floor=3, aim=(4, 10), cap=12),
    )
    return ProgramWeek(
        number=number,
        start=start,
        kind="deload" if deload else "build",
        sessions=tuple(
            session(
                dt.datetime.combine(start + dt.timedelta(days=day), dt.time(18)), items, place, 45
            )
            for day, items in days.items()
        ),
        volume=volume,
        endurance_minutes=(40 + 10 * number, 60 + 10 * number),
        endurance_minutes_planned=8 * len(days),
    )


def foundation(place: str) -> ProgramPhase:
    """Three weeks with body weight; a holiday moves a session of the second."""
    weeks = []
    for number in (1, 2, 3):
        changes: dict[str, dict[str, Any]] = {
            "chair_squat": {"reps": 9 + number},
            "single_leg_balance": {"hold_s": 15 + 5 * number},
            "calf_raise": {"sets": 2 if number < 3 else 3},
        }
        items = tuple(prescription(name, **changes.get(name, {})) for name in FOUNDATION)
        short = (*items[:3], prescription("march"), prescription("hamstring_stretch"))
        holiday = number == 2
        days = {0: items, (3 if holiday else 2): short, 4: items}
        weeks.append(week(number, days, place))
    return ProgramPhase(
        id="foundation",
        title="Foundation",
        summary="control, balance and the first strength with your own weight",
        stage="foundation",
        policy="add-repetitions",
        entry=("can stand for 30 s, with or without support",),
        exit=("chair squat 3 x 15 with 3 left", "30 s chair stand 15 or more", "pain 3 or less"),
        rest_hours={"quadriceps": 48, "hip_abductors": 48, "trunk": 24},
        weeks=tuple(weeks),
        notes=("the first week is meant to feel easy",),
        solve=solve("optimal"),
    )


def strength(place: str) -> ProgramPhase:
    """Three weeks with loads; the last is a lighter one."""
    weeks = []
    for number, load in ((4, 8.0), (5, 10.0), (6, 9.0)):
        deload = number == 6
        lighter: dict[str, Any] = {"sets": 2, "rir": (5, 7)} if deload else {}
        goblet = prescription("goblet_squat", load_kg=load, percent_1rm=load * 8, **lighter)
        split = prescription("split_squat", reps=4 + number, **({"rir": (5, 7)} if deload else {}))
        first = (prescription("leg_swings"), goblet, split, prescription("farmer_walk"))
        second: tuple[Prescription, ...] = (
            *first[:2],
            prescription("calf_raise", sets=3, reps=15, rir=(3, 4)),
        )
        if number > 4:
            second = (*second, prescription("hamstring_stretch"))
        weeks.append(week(number, {1: first, 4: second}, place, deload))
    return ProgramPhase(
        id="strength",
        title="First strength",
        summary="the same movements with a load that grows",
        stage="strength",
        policy="double-progression",
        entry=("every test of the foundation passed",),
        exit=("goblet squat 3 x 12 with a third of your body mass",),
        rest_hours={"quadriceps": 72, "hip_abductors": 72},
        weeks=tuple(weeks),
        binds=(
            Bind(rule="time", sentence="time on Monday: all 45 min taken", weeks=(4, 6)),
            Bind(rule="rest_interval", sentence="quadriceps: 72 h", weeks=(4, 5, 6)),
            Bind(rule="volume", sentence="first of volume", weeks=(4, 5, 6)),
            Bind(rule="volume", sentence="second of volume", weeks=(4, 5, 6)),
            Bind(rule="volume", sentence="third of volume", weeks=(4, 5, 6)),
        ),
        solve=solve("feasible"),
    )


def solve(status: Any) -> SolveReport:
    """How a phase was found: proven, or good with a gap."""
    open_level = LevelReport(name="minutes", value=14, bound=9, status="feasible")
    return SolveReport(
        status=status,
        library="reduced",
        eligible=61,
        candidates=34,
        columns=412,
        rows=1290,
        model_hash="9f2b" * 16,
        deterministic_time=0.81,
        wall_clock_struck=False,
        levels=(
            LevelReport(name="wishes", value=0, bound=0, status="optimal"),
            LevelReport(name="volume", value=2, bound=2, status="optimal"),
            *((open_level,) if status == "feasible" else ()),
        ),
    )


def advised(*texts: str, sources: tuple[str, ...] = ()) -> tuple[GuidanceLine, ...]:
    """Lines of guidance that share their sources."""
    return tuple(GuidanceLine(text=text, sources=sources) for text in texts)


def handmade_program(
    *, title: str = "Back on the stairs", place: str = "home", **changes: Any
) -> Program:
    """The program; its free texts and any field can be given."""
    profile = Profile.model_validate(
        {
            "title": title,
            "person": {"age": 68, "sex": "female", "mass": "68 kg", "height": "165 cm"},
            "cause": "disuse",
            "history": {"weeks_inactive": 10},
            "places": {place: {"equipment": ["chair", "counter", "mat", "dumbbell"]}},
            "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 45}],
            "exceptions": [{"from": "2026-01-14", "off": True, "reason": "family"}],
            "start": "2026-01-05",
            "weeks": 6,
        }
    )
    fields: dict[str, Any] = {
        "title": title,
        "start": START,
        "weeks": 6,
        "profile": profile,
        "protocol": "leg-restoration",
        "placement": (
            Reason(
                text="you stand up 9 times in 30 s, the usual is 11: the foundation comes first"
            ),
            Reason(text="you hold 12 s on one leg: balance work with a hand on the counter"),
        ),
        "assessments": Assessed(
            readings=(
                Reading(
                    test="chair_stand_30s",
                    name="30-second chair stand",
                    unit="stands",
                    value=9,
                    verdict="below",
                    norm="usual 11-17 stands (men 75-79; the middle half of people)",
                    sources=("STEADI30",),
                ),
                Reading(
                    test="heel_raise",
                    name="Single-leg heel raise",
                    unit="raises",
                    left=27,
                    right=6.5,
                    symmetry=24.1,
                    verdict="below",
                    norm="usual 9-21 raises around 15 (men 70-79; average)",
                    says=("limb symmetry 24 %: the right side is weaker",),
                    sources=("HEEL",),
                ),
            ),
            missing=(
                HomeTest(
                    test="timed_up_and_go_s",
                    name="Timed up and go",
                    why="from 60 years on it tells the risk of falls",
                    how=("Mark a line.", "Sit down.", "Walk there and back.", "Time it."),
                    equipment=("a chair", "a watch"),
                    sources=("TUGB",),
                ),
            ),
            review_dates=(START, dt.date(2026, 2, 2)),
            outcomes=(
                Outcome(
                    test="chair_stand_30s",
                    name="30-second chair stand",
                    unit="stands",
                    better="higher",
                    start=9,
                    counts="2 stands",
                    sources=("m:MDC",),
                ),
                Outcome(
                    test="six_minute_walk_m",
                    name="Six-minute walk",
                    unit="m",
                    better="higher",
                    counts="20 m",
                    sources=("m:PERERA",),
                ),
            ),
            questionnaires=("LEFS",),
        ),
        "screening": (
            ScreeningNote(
                rule="R33",
                severity="plan_restricted",
                noticed="you take a beta blocker",
                action="go by effort, not by pulse",
                sources=("m:MEDS",),
            ),
        ),
        "guidance": (
            Guidance(
                title="When to stop and when to get help",
                lines=advised(
                    "Stop at once: chest pain, severe breathlessness, faintness, cold sweat.",
                    "If it has not gone in minutes, call 112.",
                    "Sharp pain, or a joint that gives way: stop that exercise for the day.",
                    "Pain of 0-3 of 10 is fine; 4-5: don't add anything; 6 and more: stop.",
                    sources=("STOPX", "TLIGHT"),
                ),
            ),
            Guidance(
                title="Food and drink",
                lines=advised(
                    "Protein: 82-109 g a day, spread over 3-5 meals.",
                    "Drink about 1.6 L.",
                    sources=("ESPEN",),
                ),
            ),
            Guidance(title="Sleep", lines=advised("7-8 h; after two short nights don't add load.")),
        ),
        "phases": (foundation(place), strength(place)),
        "sources": {
            "S48": "Seed inventory, row 48: chair squat",
            "WHO20": "WHO guidelines 2020: https://www.who.int/publications/i/item/9789240015128",
            "STOPX": "Stop signs: https://example.org/know_when_to_stop|x",
        },
        "provenance": Provenance(
            legengine="0.1.0",
            ortools="9.15.6755",
            plugins={"legs": "legengine 0.1.0", "leg-restoration": "legengine 0.1.0"},
            profile_hash="ab12" * 16,
            settings={"preset": "deterministic", "seed": 1},
            screened_on=dt.date(2026, 1, 2),
            start_given=True,
        ),
        "check": CheckResult(ok=True, checked={"rest": 120, "time": 15, "volume": 54}),
    }
    return Program(**{**fields, **changes})


def handmade_referral(severity: Any = "emergency") -> Referral:
    """A referral with two grave findings and one that is only worth telling."""
    return Referral(
        severity=severity,
        findings=(
            ScreeningFinding(
                rule="R33",
                severity="plan_restricted",
                noticed="you take an anticoagulant",
                why="falls bleed more",
                action="no impact, split squats only with support",
                sources=("m:MEDS",),
            ),
            ScreeningFinding(
                rule="R13",
                severity="refer",
                noticed="new numbness in the left foot",
                why="a nerve may be involved",
                action="see your doctor this week",
                sources=("S16",),
            ),
            ScreeningFinding(
                rule="R04",
                severity="emergency",
                noticed="chest pain now",
                why="it can be the heart",
                action="call the emergency number at once and sit down",
                sources=("STOPX",),
            ),
        ),
        screened_on="2026-01-02",
    )
