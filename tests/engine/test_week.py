"""The other parts of a week in a whole program: easy sessions, endurance, stretches, rest days."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from legengine import Engine, Program
from legengine.domain.change import Change
from legengine.domain.profile import Profile
from legengine.domain.program import ProgramWeek, RestDay, Session
from legengine.domain.vocabulary import EASY_BLOCKS, MUSCLES, STRENGTHENING_BLOCKS
from legengine.intake.changes import changed_profile

TODAY, START = dt.date(2026, 11, 25), dt.date(2026, 11, 30)
SIX = ("mon", "tue", "wed", "thu", "fri", "sat")


@cache
def engine() -> Engine:
    return Engine()


def profile(*days: str, **fields: Any) -> dict[str, Any]:
    return {
        "person": {"age": 44, "sex": "female", "mass": "68 kg"},
        "cause": "disuse",
        "goal": "function",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "assessments": {
            "chair_stand_30s": 18,
            "single_leg_stance_s": {"left": 40, "right": 40},
            "heel_raise": {"left": 20, "right": 20},
        },
        "places": {
            "home": {"equipment": ["mat", "chair", "wall", "counter", "outdoor_walk", "bike"]}
        },
        "availability": [{"days": list(days), "start": "18:00", "minutes": 40}],
        "weeks": 8,
    } | fields


def generate(data: dict[str, Any]) -> Program:
    return engine().generate(Profile.model_validate(data), today=TODAY, start=START)


@cache
def six_days() -> Program:
    return generate(profile(*SIX))


@cache
def three_days() -> Program:
    return generate(profile("mon", "wed", "fri"))


def weeks_of(program: Program) -> list[ProgramWeek]:
    return [week for phase in program.phases for week in phase.weeks]


def sessions_of(program: Program, kind: str) -> list[Session]:
    return [
        session for week in weeks_of(program) for session in week.sessions if session.kind == kind
    ]


def test_days_to_spare_become_easy_sessions_and_three_days_have_none() -> None:
    easy = sessions_of(six_days(), "easy")
    assert easy
    assert all(item.block in EASY_BLOCKS for each in easy for item in each.prescriptions)
    assert all(
        any(item.block in ("balance", "endurance") for item in each.prescriptions) for each in easy
    )
    assert not sessions_of(three_days(), "easy")


def test_easy_sessions_leave_training_and_a_free_day_alone() -> None:
    for week in weeks_of(six_days()):
        training = [each for each in week.sessions if each.kind == "training"]
        assert len(training) >= 2
        assert len({each.start.date() for each in week.sessions}) == len(week.sessions) <= 6
    for one in sessions_of(six_days(), "training"):
        assert any(item.block in STRENGTHENING_BLOCKS for item in one.prescriptions)


def test_who_wishes_for_three_sessions_gets_no_easy_ones_beside() -> None:
    program = generate(profile(*SIX, wishes={"sessions_per_week": 3}))
    assert not sessions_of(program, "easy")
    assert all(len(week.sessions) == 3 for week in weeks_of(program))


@pytest.mark.parametrize("made", [six_days, three_days], ids=["six days", "three days"])
def test_endurance_minutes_follow_the_ramp(made: Any) -> None:
    weeks = weeks_of(made())
    asked = [week.endurance_minutes[0] for week in weeks]
    assert asked[0] == 30
    assert all(earlier <= later <= 1.2 * earlier for earlier, later in pairwise(asked))
    assert asked[-1] > 2 * asked[0]
    for week in weeks:
        held = week.endurance_minutes_planned + week.endurance_minutes_rest
        assert held <= week.endurance_minutes[0]
    if made is three_days:  # enough days are left for all of it
        assert all(
            week.endurance_minutes_planned + week.endurance_minutes_rest
            == week.endurance_minutes[0]
            for week in weeks
        )
    else:  # most of it has room in the sessions
        assert all(2 * week.endurance_minutes_planned >= asked[0] for week in weeks)


def test_minutes_in_sessions_grow_while_the_exercises_stay() -> None:
    phase = six_days().phases[1]
    assert len({len(week.sessions) for week in phase.weeks}) == 1
    minutes = [week.endurance_minutes_planned for week in phase.weeks]
    assert minutes == sorted(minutes)
    assert minutes[-1] > minutes[0]


def test_rest_days_are_days_without_a_session_and_one_stays_free() -> None:
    for week in weeks_of(three_days()):
        busy = {session.start.date() for session in week.sessions}
        rest = {day.date for day in week.rest_days}
        assert rest
        assert not busy & rest
        assert len(busy | rest) < 7
        for day in week.rest_days:
            for item in day.items:
                assert item.rpe is not None
                assert item.rpe[1] <= (6 if item.kind == "endurance" else 3)


@pytest.mark.parametrize("made", [six_days, three_days], ids=["six days", "three days"])
def test_stretches_of_a_training_session_are_for_what_it_trained(made: Any) -> None:
    exercises = {each.id: each for each in engine().registry.library().exercises}
    seen = 0
    for session in sessions_of(made(), "training"):
        trained = {
            MUSCLES[muscle]
            for item in session.prescriptions
            if item.block in STRENGTHENING_BLOCKS
            for muscle in (*exercises[item.exercise].primary, *exercises[item.exercise].secondary)
        }
        for item in session.prescriptions:
            if item.block == "cool_down":
                seen += 1
                stretched = {MUSCLES[muscle] for muscle in exercises[item.exercise].primary}
                assert stretched & trained, (session.start, item.exercise)
                assert 20 <= (item.hold_s or 0) * item.sets <= 240
    assert seen


def with_ankle(left: float, right: float) -> Program:
    data = profile("mon", "wed", "fri", weeks=4)
    data["assessments"] = data["assessments"] | {"knee_to_wall_cm": {"left": left, "right": right}}
    return generate(data)


@pytest.mark.parametrize("sides", [(8, 8), (12, 10)], ids=["short", "uneven"])
def test_a_stiff_ankle_is_stretched_in_every_session(sides: tuple[float, float]) -> None:
    for session in sessions_of(with_ankle(*sides), "training"):
        assert any(item.exercise == "ankle_df_stretch" for item in session.prescriptions)


def test_an_ankle_that_reaches_far_is_not_asked_for_in_every_session() -> None:
    problem = engine().pipeline.read_back(with_ankle(12, 11.5))[0][0]
    assert problem.tight == frozenset()
    assert not any(row.id == "tight_calves" for row in problem.coverage)


def test_no_walking_before_balance_work_where_falls_are_a_risk() -> None:
    data = profile("mon", "wed", "fri", conditions=["balance_impairment"], weeks=6)
    program = generate(data)
    first = program.phases[0]
    names = {
        item.exercise
        for week in first.weeks
        for session in week.sessions
        for item in session.prescriptions
    } | {item.exercise for week in first.weeks for day in week.rest_days for item in day.items}
    assert not names & {"walking", "elliptical", "stair_climbing"}
    assert "cycling" in names
    for week in first.weeks:
        days = [
            session
            for session in week.sessions
            if any(item.pattern == "balance" for item in session.prescriptions)
        ]
        assert len(days) >= 3


def test_a_day_more_never_takes_a_program_away() -> None:
    days = ("mon", "wed", "fri")
    for more in ((), ("tue",), ("tue", "thu"), ("tue", "thu", "sat", "sun")):
        program = generate(profile(*days, *more, weeks=4))
        assert program.check.ok


def test_a_weekday_that_is_gone_takes_an_easy_session_with_it_and_nothing_else() -> None:
    program = six_days()
    first = program.start + dt.timedelta(days=7)
    gone = next(each for each in sessions_of(program, "easy") if each.start.date() >= first)
    day = SIX[gone.start.weekday()]
    profile_now = changed_profile(
        program.profile, [Change("remove", ("availability", 0, "days"), day)]
    )
    found = engine().replan(program, profile_now, since=first, today=TODAY)
    assert engine().check(found.program).violations == ()
    kept = {each.start: each.kind for each in sessions_of(found.program, "training")}
    same_phase = first + dt.timedelta(days=21)
    for each in sessions_of(program, "training"):
        if each.start.date() < same_phase:
            assert kept[each.start] == "training"
    assert not any(
        each.start.weekday() == gone.start.weekday()
        for each in sessions_of(found.program, "easy")
        if each.start.date() >= first
    )


# --- the document, spoilt by hand -------------------------------------------------------------


def spoilt(program: Program, change: Any) -> Program:
    """The program with a change of its first week."""
    first, *others = program.phases
    week, *later = first.weeks
    phase = first.model_copy(update={"weeks": (week.model_copy(update=change(week)), *later)})
    return program.model_copy(update={"phases": (phase, *others)})


def on_day(week: ProgramWeek, date: dt.date) -> tuple[RestDay, ...]:
    return (week.rest_days[0].model_copy(update={"date": date}), *week.rest_days[1:])


def with_item(week: ProgramWeek, **fields: Any) -> tuple[RestDay, ...]:
    day = week.rest_days[0]
    item = day.items[0].model_copy(update=fields)
    return (day.model_copy(update={"items": (item,)}), *week.rest_days[1:])


SPOILT: dict[str, tuple[str, Any]] = {
    "on a day with a session": (
        "no session on a rest day",
        lambda week: {"rest_days": on_day(week, week.sessions[0].start.date())},
    ),
    "in another week": (
        "rest days inside the week",
        lambda week: {"rest_days": on_day(week, week.start - dt.timedelta(days=1))},
    ),
    "minutes that don't add up": (
        "min of endurance on rest days",
        lambda week: {"endurance_minutes_rest": week.endurance_minutes_rest + 1},
    ),
    "more than the ramp": (
        "rest days included",
        lambda week: {
            "rest_days": with_item(week, minutes=11),
            "endurance_minutes_rest": week.endurance_minutes_rest + 1,
        },
    ),
    "harder than its dose": (
        "effort (2, 4)",
        lambda week: {"rest_days": with_item(week, rpe=(7, 8))},
    ),
    "strength on a rest day": (
        "an endurance exercise",
        lambda week: {"rest_days": with_item(week, exercise="chair_squat")},
    ),
    "every day taken": (
        "a day with nothing on it",
        lambda week: {
            "rest_days": (
                *week.rest_days,
                week.rest_days[0].model_copy(
                    update={"date": week.start + dt.timedelta(days=6), "items": ()}
                ),
            )
        },
    ),
    "an easy session that is none": (
        "written as training",
        lambda week: {
            "sessions": (
                week.sessions[0].model_copy(update={"kind": "easy"}),
                *week.sessions[1:],
            )
        },
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_week_is_found(what: str) -> None:
    required, change = SPOILT[what]
    report = engine().check(spoilt(three_days(), change))
    assert any(required in each.required for each in report.violations), report.violations


def test_the_program_as_it_is_holds() -> None:
    assert engine().check(three_days()).violations == ()
    assert engine().check(six_days()).violations == ()


def test_a_page_tells_easy_sessions_and_rest_days() -> None:
    page = engine().render(six_days(), "markdown")
    assert "(easy session)" in page
    assert "easy sessions a week" in page
    page = engine().render(three_days(), "markdown")
    assert "days without a session" in page
    assert "not part of the time that you gave" in page
    assert "(easy session)" not in page


def test_a_page_says_where_nothing_holds_the_endurance_minutes() -> None:
    program = three_days()
    phase = program.phases[0]
    bare = tuple(
        week.model_copy(update={"endurance_minutes_planned": 0, "endurance_minutes_rest": 0})
        for week in phase.weeks
    )
    program = program.model_copy(
        update={"phases": (phase.model_copy(update={"weeks": bare}), *program.phases[1:])}
    )
    page = engine().render(program, "markdown")
    assert "Neither the sessions nor the days without a session hold any of it." in page
    assert "days without a session 0 min" not in page
