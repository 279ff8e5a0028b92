from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from legengine.advise.events import Now
from legengine.advise.replanning import Replan
from legengine.domain.change import Change
from legengine.domain.event import Event
from legengine.domain.program import Program, Session
from legengine.engine import Engine
from legengine.intake.changes import changed_profile
from legengine.intake.reader import read_profile

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="session")
def program(engine: Engine) -> Program:
    """Twelve weeks in three phases, three days a week at two places, a holiday in between."""
    example = read_profile(EXAMPLES / "gym-two-places.yaml").profile
    days = [
        {"days": ["monday", "friday"], "start": "18:30", "minutes": 60, "place": "gym"},
        {"days": ["wednesday"], "start": "18:30", "minutes": 40, "place": "home"},
    ]
    profile = changed_profile(
        example,
        [
            Change("set", ("availability",), days),
            Change("set", ("wishes", "prefer"), ["goblet_squat", "leg_press_single"]),
        ],
    )
    return engine.generate(profile, today=TODAY)


Make = Callable[[Now], Event]


@pytest.fixture
def happen(engine: Engine) -> Callable[..., Replan]:
    """Re-plan a program after events that are made one after the other."""

    def replanned(program: Program, since: str, *makes: Make, keep: str = "sessions") -> Replan:
        profile, events = program.profile, []
        first = dt.date.fromisoformat(since)
        for make in makes:
            event = make(Now(program, profile, first, engine.registry.library()))
            profile = changed_profile(profile, event.changes)
            events.append(event)
        return engine.replan(program, profile, since=first, events=events, today=TODAY, keep=keep)

    return replanned


def sessions_of(program: Program) -> dict[dt.date, Session]:
    return {
        session.start.date(): session
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
    }


def as_bytes(session: Session) -> bytes:
    return session.model_dump_json(by_alias=True).encode()


def differing(before: Program, after: Program) -> set[dt.date]:
    """The days whose session is not the same to the byte."""
    old, new = sessions_of(before), sessions_of(after)
    return {
        day
        for day in old.keys() | new.keys()
        if day not in old or day not in new or as_bytes(old[day]) != as_bytes(new[day])
    }


def told(replan: Replan) -> set[dt.date]:
    """The days that a diff speaks about."""
    return {
        moment.date()
        for change in replan.diff.sessions
        for moment in (change.before, change.after)
        if moment is not None
    }


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(texts: Iterable[str]) -> set[dt.date]:
    return {day(text) for text in texts}
