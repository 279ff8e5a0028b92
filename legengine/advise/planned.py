"""What was planned before a change, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legengine.domain.event import Event
from legengine.domain.problem import Problem
from legengine.domain.program import Program, Session
from legengine.domain.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Ahead:
    """A problem of what lies ahead: what was planned for it, and what is chosen now."""

    problem: Problem
    reference: Schedule
    """What was planned, laid on the slots that there are now."""
    schedule: Schedule
    origins: Mapping[str, Session]
    """Slot to the session that was planned for it."""


def missed_days(events: Iterable[Event]) -> frozenset[dt.date]:
    """The days on which a session was planned and did not take place."""
    return frozenset(event.missed for event in events if event.missed)


@dataclass(frozen=True, slots=True)
class Planned:
    """The sessions of a program by day, with those that are moved to another one."""

    program: Program
    sessions: Mapping[dt.date, Session]
    moved: Mapping[dt.datetime, Session]
    """Start of a session that is moved there to the session as it was planned."""
    missed: frozenset[dt.date]

    @classmethod
    def of(cls, program: Program, events: Iterable[Event]) -> Planned:
        """What a program plans, and where events move it."""
        events = tuple(events)
        sessions = {
            session.start.date(): session
            for phase in program.phases
            for week in phase.weeks
            for session in week.sessions
        }
        moved = {
            event.moved[1]: sessions[event.moved[0]] for event in events if event.moved is not None
        }
        return cls(program, sessions, moved, missed_days(events))

    def origins(self, problem: Problem) -> dict[str, Session]:
        """For each slot of a problem the session that was planned for it.

        A session whose day has one other slot now (another hour) goes over to that one.
        """
        days: dict[dt.date, int] = {}
        for slot in problem.slots:
            days[slot.start.date()] = days.get(slot.start.date(), 0) + 1
        away = {session.start for session in self.moved.values()}
        origins: dict[str, Session] = {}
        for slot in problem.slots:
            day = slot.start.date()
            session = self.moved.get(slot.start) or self.sessions.get(day)
            if session is None:
                continue
            if slot.start not in self.moved:
                if session.start in away or any(to.date() == day for to in self.moved):
                    continue
                if session.start != slot.start and days[day] > 1:
                    continue
            origins[slot.id] = session
        return origins
