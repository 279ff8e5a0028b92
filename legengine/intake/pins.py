"""Pins of the profile against its calendar: what can't be meant is an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from legengine.domain.problem import Pin, Slot
from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError
from legengine.intake.calendar import exception_on


def pins_of(profile: Profile, slots: Collection[Slot]) -> tuple[Pin, ...]:
    """The pins, sorted.

    Raises:
        InputError: a pin has no opportunity, contradicts another, or pins what is never wanted.
    """
    faults = list(_faults(profile, {slot.start.date() for slot in slots}))
    if faults:
        raise InputError(faults)
    pins = {Pin(pin.date, pin.exercise or "", pin.sets) for pin in profile.pins}
    return tuple(sorted(pins, key=lambda pin: (pin.date, pin.exercise, pin.sets or 0)))


def _faults(profile: Profile, days: Collection[dt.date]) -> Iterator[Fault]:
    asked: dict[tuple[dt.date, str], int] = {}
    for index, pin in enumerate(profile.pins):
        field = f"pins[{index}]"
        day = f"{pin.date:%A} {pin.date}"
        if pin.date not in days:
            change = exception_on(profile, pin.date)
            if change is not None and change.off:
                yield Fault(f"{day} is pinned, and an exception says that it is off", field)
            else:
                yield Fault(f"{day} is pinned, and you can't train on it", field, hint=_near(days))
        if pin.exercise in profile.wishes.never:
            yield Fault(f"'{pin.exercise}' is pinned, and never wanted", field)
        if pin.exercise is None or pin.sets is None:
            continue
        sets = asked.setdefault((pin.date, pin.exercise), pin.sets)
        if sets != pin.sets:
            message = f"'{pin.exercise}' on {day} is pinned with {sets} sets and with {pin.sets}"
            yield Fault(message, field)


def _near(days: Collection[dt.date]) -> str:
    first, last = min(days, default=None), max(days, default=None)
    return f"days to train lie between {first} and {last}" if first and last else ""
