"""What stands in a calendar, before it is written: sessions, rest days, what was dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from legengine.domain.findings import Referral
from legengine.domain.program import Program, RestDay
from legengine.language import tr
from legengine_formats import rest_days, wording
from legengine_formats.calendar_format import CalendarOptions
from legengine_formats.clean import clean_text
from legengine_formats.dated import (
    Dated,
    session_lines,
    session_title,
    sessions_of,
    weeks_of,
)
from legengine_formats.identity import identity, plan_id
from legengine_formats.plain import plain_text
from legengine_formats.referral import referral_document

SUFFIX: Final = "@legengine"

WIDTH: Final = 96
"""How wide a referral's text is laid out; calendars wrap it again."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a calendar."""

    uid: str
    sequence: int
    """How often the plan was changed: a reader keeps the entry with the highest."""
    stamp: dt.date
    """The day on which the plan was made or changed."""
    start: dt.datetime | dt.date
    """Local; a date alone: all day."""
    end: dt.datetime | dt.date
    """When it is over; the day after, where it is all day."""
    summary: str
    description: str
    category: str
    location: str = ""
    status: Literal["CONFIRMED", "CANCELLED"] = "CONFIRMED"

    @property
    def all_day(self) -> bool:
        """Whether it has no time of day."""
        return not isinstance(self.start, dt.datetime)


def uid_of(plan: str, *parts: object) -> str:
    """The identity of an entry: of the plan and the entry's place in it, not of its content."""
    return f"{identity(plan, *parts)}{SUFFIX}"


def changes_of(program: Program) -> int:
    """How many changes a program has seen; every re-plan raises it.

    Not the number of revisions: a second re-plan from the same day on takes in the first.
    """
    return sum(max(1, len(revision.changes)) for revision in program.revisions)


def program_events(
    program: Program, previous: Program | None, options: CalendarOptions, week: int | None = None
) -> list[Event]:
    """The entries of a program in order of time.

    Raises:
        InputError: the week isn't there.
    """
    plan = plan_id(program, options.id)
    sequence = changes_of(program)
    if previous is not None and previous != program:
        sequence = max(sequence, changes_of(previous) + 1)
    events = list(_events(program, plan, sequence, options, week))
    if previous is not None and _has(previous, week):
        kept = {event.uid for event in _events(program, plan, sequence, options, None)}
        old_plan = plan_id(previous, options.id)
        events += [
            _cancelled(event, sequence, program.provenance.screened_on)
            for event in _events(previous, old_plan, sequence, options, week)
            if event.uid not in kept
        ]
    return sorted(events, key=_by_time)


def _has(program: Program, week: int | None) -> bool:
    return week is None or any(week == it.number for phase in program.phases for it in phase.weeks)


def _by_time(event: Event) -> tuple[str, str]:
    return event.start.isoformat(), event.uid


def _cancelled(event: Event, sequence: int, stamp: dt.date) -> Event:
    return replace(
        event,
        status="CANCELLED",
        sequence=sequence,
        stamp=stamp,
        summary=tr("Cancelled: {what}", what=event.summary),
    )


def _events(
    program: Program, plan: str, sequence: int, options: CalendarOptions, only: int | None
) -> Iterator[Event]:
    stamp = program.provenance.screened_on
    title = program.title or tr("Leg training")
    for dated in sessions_of(program, only):
        yield Event(
            uid=uid_of(plan, dated.week.number, dated.number),
            sequence=sequence,
            stamp=stamp,
            start=dated.session.start,
            end=dated.end,
            summary=f"{title}: {session_title(dated)}",
            description="\n".join(_session_text(dated)),
            category=_category(dated),
            location=dated.session.place,
        )
    if not options.rest_days:
        return
    for _, week in weeks_of(program, only):
        for number, day in enumerate(week.rest_days, start=1):
            yield Event(
                uid=uid_of(plan, week.number, "rest", number),
                sequence=sequence,
                stamp=stamp,
                start=day.date,
                end=day.date + dt.timedelta(days=1),
                summary=tr("Optional on a day without a session"),
                description="\n".join(_rest_lines(day)),
                category=tr("Rest day"),
            )


def _category(dated: Dated) -> str:
    return tr("Easy session") if dated.session.kind == "easy" else tr("Leg training")


def _session_text(dated: Dated) -> list[str]:
    minutes = wording.minutes_text(dated.session.minutes)
    first, *lines = session_lines(dated)
    return [f"{first}, {minutes}", *lines]


def _rest_lines(day: RestDay) -> Iterator[str]:
    yield tr("Optional, easy, and not part of the time that you gave:")
    yield from (f"- {rest_days.item_text(item)}" for item in day.items)


# --- a referral ----------------------------------------------------------------------------


def referral_event(referral: Referral) -> Event:
    """What to do first, on the day of screening."""
    document = referral_document(referral)
    text = plain_text(document, WIDTH)
    day = dt.date.fromisoformat(clean_text(referral.screened_on))
    return Event(
        uid=uid_of("referral", referral.screened_on, referral.severity),
        sequence=0,
        stamp=day,
        start=day,
        end=day + dt.timedelta(days=1),
        summary=document.title,
        description=text.rstrip("\n"),
        category=tr("Health"),
    )
