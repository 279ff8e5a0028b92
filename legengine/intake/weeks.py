"""The weeks of a phase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from legengine.domain.problem import (
    Past,
    Volume,
    Week,
    WeekKind,
)
from legengine.domain.protocol import (
    VolumeRow,
)
from legengine.intake.case import Case
from legengine.intake.easy import easy_sessions
from legengine.intake.endurance import endurance_row
from legengine.intake.phases import PhasePlan
from legengine.intake.rows import frequency_of
from legengine.reckoning.past import sessions_inside

EIGHTHS: Final = 8
"""Units of volume in one effective set."""


def week_of(
    case: Case,
    plan: PhasePlan,
    number: int,
    kind: WeekKind,
    volume: Mapping[str, VolumeRow],
    past: Past,
    rest_hours: int,
    begin: dt.date,
) -> Week:
    """A week of a phase, with what exceptions, a break or the past leave of it."""
    frequency = frequency_of(case, plan.phase)
    here = [slot for slot in case.slots if slot.week == number and begin <= slot.start.date()]
    over = {session.start.date() for session in sessions_inside(past, case.first_day(number))}
    cut = bool(over) or any(s.week == number and s.start.date() < begin for s in case.slots)
    reduced = number in case.touched or cut
    days = len({slot.start.date() for slot in here} | over)
    low, high = frequency.sessions
    if case.profile.wishes.sessions_per_week is not None:
        high = max(low, min(high, case.profile.wishes.sessions_per_week))
    lighter = kind == "deload" and case.protocol.deload is not None
    percent = case.protocol.deload.sets_percent if lighter and case.protocol.deload else 100
    short = plan.easing is not None and number < plan.first_week + plan.easing.weeks
    if reduced:
        percent = percent * min(high, days) // high
        low, high = 0, min(high, days)
    crowded = any(
        slot.start - session.start < dt.timedelta(hours=rest_hours)
        for session in past.sessions
        for slot in here
    )
    pinned = any(pin.date in {slot.start.date() for slot in here} for pin in case.pins)
    endurance = endurance_row(plan.phase, case.subject)
    asked = endurance.week_minutes if endurance else (0, 0)
    times, minutes = case.endurance.get(number, (0, 0))
    if times:
        asked = (times * minutes, times * minutes)
    return Week(
        number=number,
        index=plan.weeks_done + number - plan.first_week + 1,
        start=case.first_day(number),
        kind=kind,
        volume={
            group: Volume(
                floor=0 if lighter or short else row.floor * EIGHTHS,
                aim_low=row.aim[0] * EIGHTHS * percent // 100,
                aim_high=row.aim[1] * EIGHTHS,
                cap=row.cap * EIGHTHS,
                session_cap=row.session_cap * EIGHTHS,
                sources=row.sources,
            )
            for group, row in volume.items()
        },
        sessions=(low, high),
        endurance_minutes=asked,
        easy_sessions=easy_sessions(frequency, days, case.profile.wishes.sessions_per_week),
        endurance=(times, minutes),
        regular=not reduced and not crowded and not pinned,
        reduced=reduced,
    )
