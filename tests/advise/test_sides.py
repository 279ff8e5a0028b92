"""Sets more on the weak side after a change: they stay, go along, or go, and the reason is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from legengine.advise import events
from legengine.advise.replanning import Replan
from legengine.domain.change import Change
from legengine.domain.program import Prescription, Program
from legengine.domain.schedule import Item, Schedule
from legengine.engine import Engine
from legengine.intake.changes import changed_profile
from legengine.verify.distance import distance

from .conftest import TODAY, day, differing, sessions_of, told

SINCE = day("2027-01-04")
STRENGTH = ("compound", "isolation")


def extras(program: Program, since: dt.date = SINCE) -> dict[tuple[dt.date, str], int]:
    return {
        (date, item.exercise): item.extra
        for date, session in sessions_of(program).items()
        for item in session.prescriptions
        if item.extra and date >= since
    }


def one_sided(item: Prescription) -> bool:
    return item.laterality == "each" and item.block in STRENGTH


def test_they_stay_where_something_else_changes(
    program: Program, happen: Callable[..., Replan]
) -> None:
    done = happen(
        program, SINCE.isoformat(), lambda now: events.minutes(now, (SINCE, day("2027-01-08")), 30)
    )
    before, after = extras(program), extras(done.program)
    touched = differing(program, done.program)

    assert before
    assert touched
    assert {key: n for key, n in after.items() if key[0] not in touched} == {
        key: n for key, n in before.items() if key[0] not in touched
    }


def test_they_go_along_with_a_swap(engine: Engine, program: Program) -> None:
    library = {each.id: each for each in engine.registry.library().exercises}
    for exercise in sorted({name for _, name in extras(program)}):
        swap = engine.swaps(program, exercise, since=SINCE, today=TODAY)
        ways = [
            way.exercise
            for way in swap.good
            if library[way.exercise].laterality == "each"
            and library[way.exercise].block in STRENGTH
        ]
        if ways:
            break
    done = engine.swap(program, exercise, ways[0], since=SINCE, today=TODAY)
    before, after = extras(program), extras(done.program)

    assert engine.check(done.program).ok
    moved = {date for date, name in before if name == exercise and date in swap.days}
    assert moved
    assert {date for date, name in after if name == ways[0]} >= moved


@pytest.fixture(scope="module")
def healed(engine: Engine, program: Program) -> Replan:
    """The heel raises were tested again, and the legs are alike in strength."""
    profile = changed_profile(
        program.profile,
        [Change("set", ("assessments", "heel_raise"), {"left": 27, "right": 27})],
    )
    return engine.replan(program, profile, since=SINCE, today=TODAY)


def test_they_go_when_the_legs_are_alike(engine: Engine, program: Program, healed: Replan) -> None:
    assert engine.check(healed.program).ok
    assert extras(program)
    assert not extras(healed.program)
    assert extras(healed.program, program.start)  # what is over stays as it was
    for date, session in sessions_of(healed.program).items():
        strength = [item for item in session.prescriptions if item.block in STRENGTH]
        assert date < SINCE or not any(item.sides for item in strength)
    assert differing(program, healed.program) == told(healed)


def test_the_reason_names_the_side(healed: Replan) -> None:
    reasons = {
        each.reason
        for change in healed.diff.sessions
        for each in change.exercises
        if each.before == each.after
    }
    assert "0 more on the right, the weak side, instead of 1" in reasons
    assert "both sides alike" in reasons


def test_the_distance_counts_them() -> None:
    one = Schedule((Item("a", "lunge", 3, 1), Item("a", "squat", 3)))
    other = Schedule((Item("a", "lunge", 2), Item("a", "squat", 3)))
    assert distance(one, other) == {
        "changed_sessions": 1,
        "changed_exercises": 0,
        "changed_sets": 2,
    }
