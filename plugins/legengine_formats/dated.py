"""The sessions of a program with where they stand, and what they ask for in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from legengine.domain.program import (
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Session,
)
from legengine.errors import InputError
from legengine.language import said, tr
from legengine_formats import wording


@dataclass(frozen=True, slots=True)
class Dated:
    """A session with its week and its phase."""

    phase: ProgramPhase
    week: ProgramWeek
    number: int
    """In its week, from 1."""
    session: Session

    @property
    def code(self) -> str:
        """A short name that sorts by time: ``w03-s2``."""
        return f"w{self.week.number:02}-s{self.number}"

    @property
    def end(self) -> dt.datetime:
        """When it is over, in whole minutes."""
        return self.session.start + dt.timedelta(minutes=self.session.minutes)


def find_week(program: Program, number: int) -> tuple[int, ProgramPhase, int]:
    """The number of the phase, the phase, and the index of the week in it.

    Raises:
        InputError: the week isn't there.
    """
    for place, phase in enumerate(program.phases, start=1):
        for index, week in enumerate(phase.weeks):
            if week.number == number:
                return place, phase, index
    known = [week.number for phase in program.phases for week in phase.weeks]
    if not known:
        raise InputError(tr("there is no week {week}: the program has no week", week=number))
    there = wording.weeks_text(known)
    raise InputError(
        tr("there is no week {week}: the program has {weeks}", week=number, weeks=there)
    )


def weeks_of(
    program: Program, only: int | None = None
) -> Iterator[tuple[ProgramPhase, ProgramWeek]]:
    """Every week with its phase, or one week alone.

    Raises:
        InputError: the week isn't there.
    """
    if only is None:
        yield from ((phase, week) for phase in program.phases for week in phase.weeks)
        return
    _, phase, index = find_week(program, only)
    yield phase, phase.weeks[index]


def sessions_of(program: Program, only: int | None = None) -> Iterator[Dated]:
    """Every session in order, or those of one week.

    Raises:
        InputError: the week isn't there.
    """
    for phase, week in weeks_of(program, only):
        for number, session in enumerate(week.sessions, start=1):
            yield Dated(phase, week, number, session)


def session_title(dated: Dated) -> str:
    """What a session is called beside others: week and number."""
    week, number = dated.week.number, dated.number
    if dated.session.kind == "easy":
        return tr("Week {week}, session {number} (easy)", week=week, number=number)
    if dated.week.kind == "deload":
        return tr("Week {week}, session {number} (lighter week)", week=week, number=number)
    return tr("Week {week}, session {number}", week=week, number=number)


def prescription_lines(item: Prescription) -> list[str]:
    """One exercise as lines: name and dose, then load, effort, rest, notes."""
    first = f"{said(item.name)}: {wording.dose_text(item)}"
    return [first, *wording.detail_texts(item)]


def session_lines(dated: Dated) -> list[str]:
    """The whole prescription of a session, a line each; parts are kept apart by empty lines."""
    lines = [said(dated.phase.title)]
    if dated.phase.provisional:
        lines.append(tr("Provisional: it begins when the phase before is passed."))
    for heading, items in wording.in_parts(dated.session.prescriptions):
        lines += ["", heading.upper()]
        for item in items:
            first, *details = prescription_lines(item)
            lines += [f"- {first}", *(f"  {detail}" for detail in details)]
    return lines
