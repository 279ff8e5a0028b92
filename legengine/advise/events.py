"""What can happen to a program that runs, each as changes of its profile.

Every function takes the program and the profile as it is so far, and says in words what happened.
Dates that can't be meant are errors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from legengine.domain.change import Change
from legengine.domain.event import Event
from legengine.domain.exercise import LibraryData
from legengine.domain.problem import Slot
from legengine.domain.profile import Pin, Profile
from legengine.domain.program import Program, Session
from legengine.domain.vocabulary import WEEKDAYS, Weekday, did_you_mean
from legengine.errors import Fault, InputError
from legengine.intake.calendar import exception_on, slots_of

Days = tuple[dt.date, dt.date]
"""The first and the last day of a span."""


@dataclass(frozen=True, slots=True)
class Now:
    """A running program: what it plans, the profile so far, the first day that may change."""

    program: Program
    profile: Profile
    since: dt.date
    library: LibraryData

    def session(self, day: dt.date, field: str) -> Session:
        """The session of a day.

        Raises:
            InputError: the program has none.
        """
        sessions = {
            session.start.date(): session
            for phase in self.program.phases
            for week in phase.weeks
            for session in week.sessions
        }
        if day in sessions:
            return sessions[day]
        near = min(sessions, key=lambda other: abs(other - day), default=None)
        hint = f"the nearest is on {said_day(near)}" if near else ""
        raise InputError([Fault(f"there is no session on {said_day(day)}", field, hint=hint)])

    def slots(self, days: Days, field: str) -> list[Slot]:
        """The opportunities of a span of days that may change.

        Raises:
            InputError: there is none, or the span begins too early.
        """
        first, last = days
        if last < first:
            raise InputError([Fault(f"{last} is before {first}", field)])
        if first < self.since:
            message = f"{said_day(first)} is over: what may change begins on {self.since}"
            raise InputError([Fault(message, field)])
        every = slots_of(self.profile, self.program.start, self.program.weeks)
        found = [slot for slot in every if first <= slot.start.date() <= last]
        if not found:
            raise InputError([Fault(f"you don't train on {_said_days(days)} anyway", field)])
        return found


def said_day(day: dt.date) -> str:
    """``Thu 2026-12-03``."""
    return f"{day:%a} {day}"


def _said_days(days: Days) -> str:
    first, last = days
    return said_day(first) if first == last else f"{said_day(first)} to {said_day(last)}"


# --- sessions and days -------------------------------------------------------------------------


def missed(now: Now, day: dt.date) -> Event:
    """A session did not take place."""
    now.session(day, "missed")
    if day >= now.since:
        hint = "say that the day is off, or begin a day later"
        message = f"{said_day(day)} is not over yet: what may change begins on {now.since}"
        raise InputError([Fault(message, "missed", hint=hint)])
    words = f"the session on {said_day(day)} was missed"
    return Event(words, (_exception((day, day), off=True, reason=words),), missed=day)


def moved(now: Now, day: dt.date, to: dt.date, time: dt.time | None = None) -> Event:
    """A session takes place on another day; it is pinned there."""
    session = now.session(day, "move")
    start = dt.datetime.combine(to, time or session.start.time())
    if to < now.since:
        message = f"{said_day(to)} is over: what may change begins on {now.since}"
        raise InputError([Fault(message, "move")])
    if not now.program.start <= to < now.program.start + dt.timedelta(weeks=now.program.weeks):
        raise InputError([Fault(f"{said_day(to)} is outside the program", "move")])
    if to != day and any(_on(now.program, to)):
        raise InputError([Fault(f"there is a session on {said_day(to)} already", "move")])
    words = f"the session on {said_day(day)} moves to {said_day(to)} {start:%H:%M}"
    extra = _exception(
        (to, to),
        extra=True,
        start=f"{start:%H:%M}",
        minutes=session.slot_minutes,
        place=session.place,
        reason=words,
    )
    pin = Change("add", ("pins",), {"date": to.isoformat()})
    away = () if to == day else (_exception((day, day), off=True, reason=words),)
    unpinned = _unpinned(now, lambda pin: pin.date in (day, to))
    return Event(
        words,
        (*unpinned, *away, extra, pin),
        missed=day if day < now.since else None,
        moved=(day, start),
    )


def _unpinned(now: Now, taken: Callable[[Pin], bool]) -> tuple[Change, ...]:
    """Take away pins of the program as it runs, which what happened now overrules."""
    pins = now.profile.pins
    kept = [pin for pin in pins if pin not in now.program.profile.pins or not taken(pin)]
    if len(kept) == len(pins):
        return ()
    data = [pin.model_dump(mode="json", exclude_none=True) for pin in kept]
    return (Change("set", ("pins",), data),)


def _on(program: Program, day: dt.date) -> Iterator[Session]:
    for phase in program.phases:
        for week in phase.weeks:
            yield from (session for session in week.sessions if session.start.date() == day)


def off(now: Now, days: Days) -> Event:
    """No session on some days."""
    now.slots(days, "off")
    words = f"{_said_days(days)} is off"
    first, last = days
    unpinned = _unpinned(now, lambda pin: first <= pin.date <= last)
    return Event(words, (*unpinned, _exception(days, off=True, reason=words)))


def dropped_day(now: Now, weekday: Weekday) -> Event:
    """A weekday is gone from the ordinary week."""
    kept = []
    for entry in now.profile.availability:
        days = [day for day in entry.days if day != weekday]
        if days:
            data = entry.model_dump(mode="json", exclude_none=True)
            kept.append({**data, "days": days})
    if all(weekday not in entry.days for entry in now.profile.availability):
        known = sorted(
            {day for entry in now.profile.availability for day in entry.days}, key=WEEKDAYS.index
        )
        hint = f"you train on {', '.join(known)}"
        raise InputError([Fault(f"you don't train on {weekday} anyway", "drop-day", hint=hint)])
    if not kept:
        raise InputError([Fault(f"without {weekday} no day is left", "drop-day")])
    name = dt.date(2024, 1, 1 + WEEKDAYS.index(weekday)).strftime("%A")
    words = f"you don't train on {name}s any more"
    unpinned = _unpinned(now, lambda pin: WEEKDAYS[pin.date.weekday()] == weekday)
    return Event(words, (*unpinned, Change("set", ("availability",), kept)))


def at_place(now: Now, days: Days, place: str) -> Event:
    """Some days are at another place."""
    if place not in now.profile.places:
        hint = did_you_mean(place, now.profile.places)
        raise InputError([Fault(f"unknown place '{place}'", "place", hint=hint)])
    words = f"{_said_days(days)} is at {place}"
    slots = now.slots(days, "place")
    return Event(words, tuple(_excepted(now, slots, words, place=place)))


def minutes(now: Now, days: Days, number: int) -> Event:
    """Some days have more or less time."""
    words = f"{_said_days(days)} has {number} minutes"
    slots = now.slots(days, "minutes")
    return Event(words, tuple(_excepted(now, slots, words, minutes=number)))


def _excepted(now: Now, slots: Sequence[Slot], words: str, **new: Any) -> Iterator[Change]:
    """Exceptions for the days of slots, on top of what is excepted there already."""
    days = sorted({slot.start.date() for slot in slots})
    held = [(day, exception_on(now.profile, day)) for day in days]
    for _, group in groupby(held, key=lambda pair: pair[1]):
        run = list(group)
        before = run[0][1]
        kept = (
            before.model_dump(mode="json", exclude_defaults=True, by_alias=True) if before else {}
        )
        kept = {name: value for name, value in kept.items() if name not in ("from", "to", "reason")}
        said = f"{before.reason}; {words}" if before and before.reason else words
        yield _exception((run[0][0], run[-1][0]), **{**kept, **new, "reason": said})


def _exception(days: Days, **fields: Any) -> Change:
    first, last = days
    span = {"from": first.isoformat()} | ({} if first == last else {"to": last.isoformat()})
    return Change("add", ("exceptions",), {**span, **fields})


# --- equipment and the body --------------------------------------------------------------------


def without(now: Now, item: str, place: str | None = None) -> Event:
    """An item of equipment is gone, from one place or from all."""
    places = now.profile.places
    if place is not None and place not in places:
        raise InputError(
            [Fault(f"unknown place '{place}'", "without", hint=did_you_mean(place, places))]
        )
    changes = []
    found = []
    there: set[str] = set()
    for name in sorted(places) if place is None else [place]:
        words = places[name].equipment
        items = list(dict.fromkeys(each for word in words for each in _items(now.library, word)))
        there.update(items)
        if item in items:
            kept = [each for word in words for each in _kept(now.library, word, item)]
            changes.append(Change("set", ("places", name, "equipment"), list(dict.fromkeys(kept))))
            found.append(name)
    if not found:
        where = f"at {place}" if place else "at any place"
        hint = did_you_mean(item, there)
        raise InputError([Fault(f"there is no '{item}' {where}", "without", hint=hint)])
    return Event(f"{item} is gone from {' and '.join(found)}", tuple(changes))


def _items(library: LibraryData, word: str) -> Iterable[str]:
    return library.equipment_sets.get(word, (word,))


def _kept(library: LibraryData, word: str, item: str) -> Iterable[str]:
    """What is left of a word without an item: a word for several is taken apart."""
    items = _items(library, word)
    return [word] if item not in items else [each for each in items if each != item]


def pain(now: Now, region: str, score: int) -> Event:
    """A pain is new or has another score."""
    known = now.profile.pain.get(region)
    data = known.model_dump(mode="json", exclude_defaults=True) if known else {}
    report = {**data, "worst": score, "new": known is None or known.new}
    words = f"{region.replace('_', ' ')} pain is {score} of 10"
    return Event(words, (Change("set", ("pain", region), report),))


def condition(now: Now, name: str) -> Event:
    """A condition of the libraries holds from now on."""
    if name in now.profile.conditions:
        raise InputError([Fault(f"'{name}' is known already", "condition")])
    words = f"{name.replace('_', ' ')} holds now"
    return Event(words, (Change("add", ("conditions",), name),))


def restricted(now: Now, tag: str) -> Event:
    """Exercises with a tag are closed from now on."""
    if tag in now.profile.restrictions.exclude_tags:
        raise InputError([Fault(f"'{tag}' is restricted already", "restrict")])
    words = f"{tag.replace('_', ' ')} is restricted now"
    return Event(words, (Change("add", ("restrictions", "exclude_tags"), tag),))


def refused(now: Now, exercise: str) -> Event:
    """An exercise is never wanted again."""
    wishes = now.profile.wishes
    if exercise in wishes.never:
        raise InputError([Fault(f"'{exercise}' is never wanted already", "refuse")])
    liked = [
        Change("remove", ("wishes", kind), exercise)
        for kind in ("prefer", "avoid")
        if exercise in getattr(wishes, kind)
    ]
    unpinned = _unpinned(now, lambda pin: pin.exercise == exercise)
    changes = (*unpinned, Change("add", ("wishes", "never"), exercise), *liked)
    return Event(f"you don't want {exercise} any more", changes)


def pinned(now: Now, day: dt.date, exercise: str | None = None) -> Event:
    """A session, or one of its exercises, stays as it is planned."""
    session = now.session(day, "pin")
    now.slots((day, day), "pin")
    planned = {entry.exercise: entry.sets for entry in session.prescriptions}
    if exercise is not None and exercise not in planned:
        hint = did_you_mean(exercise, planned)
        message = f"'{exercise}' is not in the session on {said_day(day)}"
        raise InputError([Fault(message, "pin", hint=hint)])
    pins = planned if exercise is None else {exercise: planned[exercise]}
    changes = tuple(
        Change("add", ("pins",), {"date": day.isoformat(), "exercise": id, "sets": sets})
        for id, sets in sorted(pins.items())
    )
    return Event(f"{exercise or 'the session'} is pinned on {said_day(day)}", changes)
