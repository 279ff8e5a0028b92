"""Opportunities that exceptions add, pins, and problems about the rest of a phase."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from legengine.domain.problem import Past, PastSession, Pin, Problem
from legengine.engine import Engine
from legengine.errors import InputError
from legengine.intake.case import Case
from legengine.intake.compile import compile_phase
from legengine.intake.reader import profile_from_data

MONDAY = dt.date(2026, 11, 30)
TODAY = dt.date(2026, 11, 23)
DATA: dict[str, Any] = {
    "person": {"age": 34, "sex": "female"},
    "cause": "disuse",
    "history": {"weeks_inactive": 40},
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "places": {"home": {"equipment": ["mat", "chair", "wall", "counter"]}},
    "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
    "start": MONDAY.isoformat(),
    "weeks": 8,
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def case(engine: Engine, **fields: Any) -> Case:
    profile = profile_from_data({**DATA, **fields})
    return engine.pipeline.open(profile, today=TODAY, start=None).case


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- extra opportunities -----------------------------------------------------------------------


def test_an_exception_can_add_an_opportunity(engine) -> None:
    extra = {"from": "2026-12-05", "extra": True, "start": "10:00", "minutes": 45}
    made = case(engine, exceptions=[extra])
    slot = next(slot for slot in made.slots if slot.start.date() == day("2026-12-05"))

    assert (slot.start.hour, slot.minutes, slot.place, slot.week) == (10, 45, "home", 1)
    assert made.touched == {1}
    assert len(made.slots) == 8 * 3 + 1


def test_an_extra_opportunity_leaves_the_ordinary_one_of_its_day(engine) -> None:
    extra = {"from": "2026-12-04", "extra": True, "start": "07:00", "minutes": 45}
    made = case(engine, exceptions=[extra])
    hours = [slot.start.hour for slot in made.slots if slot.start.date() == day("2026-12-04")]

    assert hours == [7, 18]


@pytest.mark.parametrize(
    ("exception", "message"),
    [
        ({"extra": True}, "'extra: true' needs a start and minutes"),
        ({"extra": True, "start": "10:00"}, "'extra: true' needs a start and minutes"),
        ({"extra": True, "off": True}, "not both"),
    ],
)
def test_an_extra_opportunity_says_all_that_it_needs(exception, message) -> None:
    with pytest.raises(InputError, match=message):
        profile_from_data({**DATA, "exceptions": [{"from": "2026-12-05", **exception}]})


def test_an_extra_opportunity_names_its_place_where_there_are_several() -> None:
    extra = {"from": "2026-12-05", "extra": True, "start": "10:00", "minutes": 45}
    places = {"home": {}, "gym": {}}
    days = [{**DATA["availability"][0], "place": "home"}]
    with pytest.raises(InputError, match="exception 1 is extra and must say at which place"):
        profile_from_data({**DATA, "places": places, "availability": days, "exceptions": [extra]})


# --- pins --------------------------------------------------------------------------------------


def test_a_week_with_a_pin_is_not_regular_and_keeps_its_minimums(engine) -> None:
    made = case(engine, pins=[{"date": "2026-12-09", "exercise": "chair_squat", "sets": 2}])
    problem = compile_phase(made, made.plans[0], Past())

    assert problem.pins == (Pin(day("2026-12-09"), "chair_squat", 2),)
    assert [week.regular for week in problem.weeks] == [True, False, True, True]
    assert not any(week.reduced for week in problem.weeks)


def test_a_pinned_session_is_generated(engine) -> None:
    profile = profile_from_data(
        {**DATA, "weeks": 4, "pins": [{"date": "2026-12-09", "exercise": "dead_bug", "sets": 2}]}
    )
    program = engine.generate(profile, today=TODAY)
    session = next(
        session
        for week in program.phases[0].weeks
        for session in week.sessions
        if session.start.date() == day("2026-12-09")
    )

    assert ("dead_bug", 2) in {(entry.exercise, entry.sets) for entry in session.prescriptions}
    assert engine.check(program).ok


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a day without an opportunity": (
        {"pins": [{"date": "2026-12-10"}]},
        r"pins\[0\]: Thursday 2026-12-10 is pinned, and you can't train on it",
    ),
    "a day outside the program": ({"pins": [{"date": "2027-12-10"}]}, "you can't train on it"),
    "a day that is off": (
        {
            "pins": [{"date": "2026-12-09"}],
            "exceptions": [{"from": "2026-12-09", "off": True}],
        },
        "an exception says that it is off",
    ),
    "an unknown exercise": (
        {"pins": [{"date": "2026-12-09", "exercise": "chair_sqat"}]},
        r"pins\[0\].exercise: unknown exercise 'chair_sqat' \(did you mean 'chair_squat'",
    ),
    "what is never wanted": (
        {
            "pins": [{"date": "2026-12-09", "exercise": "chair_squat"}],
            "wishes": {"never": ["chair_squat"]},
        },
        "'chair_squat' is pinned, and never wanted",
    ),
    "two numbers of sets": (
        {
            "pins": [
                {"date": "2026-12-09", "exercise": "chair_squat", "sets": 2},
                {"date": "2026-12-09", "exercise": "chair_squat", "sets": 3},
            ]
        },
        "pinned with 2 sets and with 3",
    ),
    "what a rule closes": (
        {"weeks": 4, "pins": [{"date": "2026-12-09", "exercise": "leg_press"}]},
        "'leg_press' is pinned on 2026-12-09, and .* needs",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_pin_that_can_t_be_meant_is_one_clear_error(engine, name: str) -> None:
    fields, message = WRONG[name]
    with pytest.raises(InputError, match=message) as refusal:
        engine.generate(profile_from_data({**DATA, **fields}), today=TODAY)

    assert len(refusal.value.problems) == 1


def test_sets_are_pinned_with_their_exercise() -> None:
    with pytest.raises(InputError, match="'sets' needs an 'exercise'"):
        profile_from_data({**DATA, "pins": [{"date": "2026-12-09", "sets": 2}]})


# --- the rest of a phase -----------------------------------------------------------------------


def rest(engine: Engine, since: str, *over: str, until: str = "", **fields: Any) -> Problem:
    made = case(engine, **fields)
    past = Past(
        tuple(PastSession(dt.datetime.fromisoformat(f"{each}T18:00"), frozenset()) for each in over)
    )
    end = day(until) if until else None
    return compile_phase(made, made.plans[0], past, since=day(since), until=end)


def test_the_rest_of_a_phase_begins_with_the_week_of_its_first_day(engine) -> None:
    problem = rest(engine, "2026-12-09", "2026-12-07")

    assert [week.number for week in problem.weeks] == [2, 3, 4]
    assert [week.index for week in problem.weeks] == [2, 3, 4]
    assert (problem.start, problem.since) == (day("2026-12-07"), day("2026-12-09"))
    assert problem.slots[0].start.date() == day("2026-12-09")
    assert problem.phase_weeks == 4


def test_the_week_that_is_cut_keeps_no_minimums(engine) -> None:
    problem = rest(engine, "2026-12-09", "2026-12-07")

    assert [(week.regular, week.reduced) for week in problem.weeks] == [
        (False, True),
        (True, False),
        (True, False),
    ]
    assert problem.weeks[0].sessions == (0, 3)  # the one that is over and the two that are left


def test_a_missed_session_makes_its_week_smaller(engine) -> None:
    assert rest(engine, "2026-12-09").weeks[0].sessions == (0, 2)


def test_a_week_of_which_nothing_is_over_is_whole(engine) -> None:
    monday = rest(engine, "2026-12-07")
    late = case(engine, availability=[{"days": ["wed", "fri"], "start": "18:00", "minutes": 30}])
    wednesday = compile_phase(late, late.plans[0], Past(), since=day("2026-12-08"))

    assert all(week.regular for week in monday.weeks)
    assert all(week.regular for week in wednesday.weeks)


def test_doses_belong_to_their_weeks(engine) -> None:
    made = case(engine)
    whole = compile_phase(made, made.plans[0], Past())
    part = rest(engine, "2026-12-15", until="2026-12-22")

    assert [week.number for week in part.weeks] == [3, 4]
    assert part.until == day("2026-12-22")
    for exercise in whole.doses:
        for week in (3, 4):
            assert part.dose(exercise, week) == whole.dose(exercise, week)


def test_a_day_before_the_phase_leaves_it_whole(engine) -> None:
    made = case(engine)
    later = made.plans[1]

    assert compile_phase(made, later, Past(), since=day("2026-12-01")) == compile_phase(
        made, later, Past()
    )
