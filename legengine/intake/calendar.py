"""Weeks and slots: the availability laid over real dates, with the dated exceptions."""

from __future__ import annotations

import datetime as dt

from legengine.domain.problem import Slot
from legengine.domain.profile import DatedException, Profile
from legengine.domain.vocabulary import WEEKDAYS
from legengine.errors import Fault, InputError


def slots_of(profile: Profile, start: dt.date, weeks: int) -> tuple[Slot, ...]:
    """Every dated opportunity of the program, in order of time."""
    slots: dict[dt.datetime, Slot] = {}
    for offset in range(weeks * 7):
        day = start + dt.timedelta(days=offset)
        weekday = WEEKDAYS[day.weekday()]
        for index, entry in enumerate(profile.availability):
            if weekday not in entry.days:
                continue
            slot = _slot(profile, index, day, offset // 7 + 1)
            if slot is None:
                continue
            if slot.start in slots and not slot.exception:
                raise InputError(
                    [
                        Fault(
                            f"two entries begin on {weekday} at {entry.start:%H:%M}",
                            field=f"availability[{index}].start",
                        )
                    ]
                )
            slots[slot.start] = slot
        if (extra := _extra(profile, day, offset // 7 + 1)) is not None:
            slots[extra.start] = extra
    return tuple(slots[moment] for moment in sorted(slots))


def _slot(profile: Profile, index: int, day: dt.date, week: int) -> Slot | None:
    entry = profile.availability[index]
    change = exception_on(profile, day)
    if change is None:
        start, minutes, place = entry.start, entry.minutes, profile.place_of(entry)
    elif change.off:
        return None
    elif change.extra:
        # Beside the ordinary opportunity of the day, which stays as it is.
        start, minutes, place = entry.start, entry.minutes, profile.place_of(entry)
    else:
        start = change.start or entry.start
        minutes = change.minutes or entry.minutes
        place = change.place or profile.place_of(entry)
    return Slot(
        start=dt.datetime.combine(day, start),
        minutes=minutes,
        place=place,
        week=week,
        exception=change is not None,
    )


def _extra(profile: Profile, day: dt.date, week: int) -> Slot | None:
    """The opportunity that an exception adds to a day."""
    change = exception_on(profile, day)
    if change is None or not change.extra or change.start is None or change.minutes is None:
        return None
    start = dt.datetime.combine(day, change.start)
    return Slot(start, change.minutes, profile.place_of(change), week, exception=True)


def exception_on(profile: Profile, day: dt.date) -> DatedException | None:
    """The exception that holds on a day; of several the last one written."""
    holding = [
        change
        for change in profile.exceptions
        if change.from_ <= day <= (change.to or change.from_)
    ]
    return holding[-1] if holding else None


def touched_weeks(profile: Profile, start: dt.date, weeks: int) -> frozenset[int]:
    """Weeks in which an exception changes or removes an opportunity."""
    touched = set()
    for offset in range(weeks * 7):
        day = start + dt.timedelta(days=offset)
        available = any(WEEKDAYS[day.weekday()] in entry.days for entry in profile.availability)
        change = exception_on(profile, day)
        if change is not None and (available or change.extra):
            touched.add(offset // 7 + 1)
    return frozenset(touched)
