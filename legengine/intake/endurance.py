"""Endurance over the weeks of a program: sessions, minutes of each, and the doses they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from legengine.domain.problem import Dose
from legengine.domain.protocol import EnduranceRamp, EnduranceRow, Phase
from legengine.intake.phases import PhasePlan
from legengine.intake.suits import Subject, fits

PARTS = 2
"""A session's minutes are dosed in so many equal parts, of which a session holds one or all."""

Load = tuple[int, int]
"""Sessions a week, minutes of each."""


def endurance_row(phase: Phase, subject: Subject) -> EnduranceRow | None:
    """The phase's row for this person."""
    return next((row for row in phase.endurance if fits(row.when, subject)), None)


def endurance_weeks(plans: Sequence[PhasePlan], subject: Subject) -> dict[int, Load]:
    """Week to its load, where the phases have a ramp.

    Minutes grow from week to week; lighter weeks stay where the last one was. Another session is
    added where a phase begins and the longest session is reached. Exceptions change nothing, so
    that a change of one week leaves the others as they are.
    """
    loads: dict[int, Load] = {}
    last: Load | None = None
    for plan in plans:
        row = endurance_row(plan.phase, subject)
        ramp = row.ramp if row else None
        if ramp is None:
            last = None
            continue
        for week in range(plan.first_week, plan.first_week + plan.weeks):
            if last is None:
                last = (ramp.sessions[0], _in_parts(ramp.minutes[0]))
            elif week == plan.first_week:
                last = _next_phase(ramp, last)
            elif week not in plan.deload_weeks:
                last = _longer(ramp, last)
            loads[week] = last
    return loads


def _longer(ramp: EnduranceRamp, load: Load) -> Load:
    """The same sessions, each longer by the step, as far as growth, top and aim allow."""
    sessions, minutes = load
    reach = min(
        minutes + ramp.step_minutes,
        minutes * (100 + ramp.growth_percent) // 100,
        ramp.minutes[1],
        ramp.aim[0] // sessions,
    )
    return sessions, max(minutes, _in_parts(reach))


def _next_phase(ramp: EnduranceRamp, load: Load) -> Load:
    """One more session, each a little shorter, where they are as long as they get."""
    sessions, minutes = load
    total = sessions * minutes
    more = sessions + 1
    shared = _in_parts(total * (100 + ramp.growth_percent) // 100 // more)
    full = minutes >= ramp.minutes[1] and total < ramp.aim[0] and more <= ramp.sessions[1]
    if full and shared >= ramp.minutes[0] and more * shared <= ramp.aim[0]:
        return more, shared
    return _longer(ramp, (min(sessions, ramp.sessions[1]), min(minutes, ramp.minutes[1])))


def _in_parts(minutes: int) -> int:
    return max(PARTS, minutes - minutes % PARTS)


def ramped(
    weekly: Sequence[Dose], weeks: range, loads: Mapping[int, Load], sources: Sequence[str]
) -> tuple[Dose, ...]:
    """The doses of endurance work with the minutes of their weeks, in parts of a session."""
    return tuple(
        replace(
            dose,
            sets_min=1,
            sets_max=PARTS,
            unit_s=60 * loads[week][1] // PARTS,
            sources=tuple(dict.fromkeys((*dose.sources, *sources))),
        )
        for week, dose in zip(weeks, weekly, strict=True)
    )
