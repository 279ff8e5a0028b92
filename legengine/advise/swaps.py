"""Other exercises in the place of one, ranked; none is solved for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from legengine.advise.analysis import Change, PhaseAnalysis
from legengine.advise.replanning import (
    Replan,
    Request,
    draft_of,
    refuse_broken,
    refuse_outside,
    replan,
)
from legengine.advise.why import find_session, ranked
from legengine.domain.event import Event
from legengine.domain.problem import Slot
from legengine.domain.program import Program
from legengine.domain.schedule import Item
from legengine.domain.vocabulary import did_you_mean
from legengine.domain.why import WhatIf
from legengine.errors import Fault, InputError
from legengine.history import stretches
from legengine.pipeline import Pipeline

SHOWN_WAYS = 3
"""How many replacements an error names."""


@dataclass(frozen=True, slots=True)
class Swap:
    """An exercise in some sessions of a phase, with everything that could be there instead."""

    phase: str
    """Its title."""
    exercise: str
    name: str
    days: tuple[dt.date, ...]
    ways: tuple[WhatIf, ...]
    """The best first; those that break a rule are at the end."""

    @property
    def good(self) -> tuple[WhatIf, ...]:
        """The ways that keep every rule."""
        return tuple(way for way in self.ways if way.keeps_rules)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "phase": self.phase,
            "exercise": self.exercise,
            "days": [day.isoformat() for day in self.days],
            "ways": [way.as_data() for way in self.ways],
        }


def swaps(
    pipeline: Pipeline,
    program: Program,
    exercise: str,
    *,
    since: dt.date,
    session: dt.date | None = None,
    today: dt.date | None = None,
) -> Swap:
    """What could be in the place of an exercise from a day on.

    With ``session`` in that session and those after it on the same weekday, hour and place of the
    phase, else in every session of the first phase from ``since`` on that has it.

    Raises:
        InputError: the program breaks rules, the day lies outside it, or the exercise is not there.
    """
    phase, slots = _place(pipeline, program, exercise, since, session, today)
    return _swap(phase, slots, exercise)


def swapped(
    pipeline: Pipeline,
    program: Program,
    exercise: str,
    other: str,
    *,
    since: dt.date,
    session: dt.date | None = None,
    today: dt.date | None = None,
) -> Replan:
    """The program with one exercise in the place of another, and everything else as it was.

    Raises:
        InputError: as ``swaps``; or the other exercise is closed there, or breaks a rule.
    """
    phase, slots = _place(pipeline, program, exercise, since, session, today)
    known = phase.problem.exercises
    if other not in known:
        hint = did_you_mean(other, known)
        raise InputError([Fault(f"unknown exercise '{other}'", "with", hint=hint)])
    swap = _swap(phase, slots, exercise)
    way = next((way for way in swap.ways if way.exercise == other), None)
    if way is None or not way.keeps_rules:
        raise InputError([Fault(_refusal(phase, slots, other, way), "with", hint=_hint(swap))])
    change = _change(phase, slots, exercise, other)
    words = f"{known[other].name} takes the place of {known[exercise].name}"
    request = Request(
        program.profile,
        since,
        (Event(words, swapped=(exercise, other)),),
        gone=change.gone,
        new=change.new,
    )
    return replan(pipeline, program, request, today=today)


def _place(
    pipeline: Pipeline,
    program: Program,
    exercise: str,
    since: dt.date,
    session: dt.date | None,
    today: dt.date | None,
) -> tuple[PhaseAnalysis, list[Slot]]:
    """The phase and the sessions in which the exercise is to be replaced."""
    request = Request(program.profile, since)
    refuse_outside(program, request)
    refuse_broken(pipeline.check(program), "the program")
    ahead = _ahead(pipeline, program, request, today)
    if session is not None:
        phase, slot = find_session(ahead, session)
        if phase.items_at([slot], exercise):
            return phase, _repeats(phase, slot, exercise)
        there = {item.exercise for item in phase.sessions[slot]}
        message = f"'{exercise}' is not in the session on {session:%a} {session}"
    else:
        for phase in ahead:
            slots = [slot for slot in phase.sessions if phase.items_at([slot], exercise)]
            if slots:
                return phase, slots
        there = {item.exercise for phase in ahead for item in phase.schedule.items}
        message = f"'{exercise}' is in no session from {since} on"
    raise InputError([Fault(message, "exercise", hint=did_you_mean(exercise, there))])


def _repeats(phase: PhaseAnalysis, first: Slot, exercise: str) -> list[Slot]:
    """A session and those after it on the same weekday, hour and place that have the exercise."""
    same = (first.start.weekday(), first.start.time(), first.place)
    return [
        slot
        for slot in phase.sessions
        if slot.start >= first.start
        and (slot.start.weekday(), slot.start.time(), slot.place) == same
        and phase.items_at([slot], exercise)
    ]


def _ahead(
    pipeline: Pipeline, program: Program, request: Request, today: dt.date | None
) -> list[PhaseAnalysis]:
    """What lies ahead of a day, laid open for questions."""
    opened = pipeline.open(
        request.profile,
        today=today or request.since,
        start=program.start,
        before=program.before,
    )
    draft = draft_of(program, request, opened)
    return [
        PhaseAnalysis(
            stretch.plan.order + 1,
            stretch.problem,
            schedule,
            pipeline.constraints,
            pipeline.objectives,
        )
        for stretch, schedule in stretches(draft, pipeline.cases(draft))
        if not stretch.over
    ]


def _swap(phase: PhaseAnalysis, slots: Sequence[Slot], exercise: str) -> Swap:
    there = {item.exercise for slot in slots for item in phase.sessions[slot]}
    places = {slot.place: slot for slot in slots}
    name = phase.problem.exercises[exercise].name
    ways = [
        phase.what_if(_change(phase, slots, exercise, id), slots[0].start, id, name)
        for id, other in phase.problem.exercises.items()
        if id not in there and all(phase.closed(other, [slot]) is None for slot in places.values())
    ]
    days = tuple(slot.start.date() for slot in slots)
    return Swap(phase.problem.title, exercise, name, days, ranked(ways))


def _change(phase: PhaseAnalysis, slots: Sequence[Slot], exercise: str, other: str) -> Change:
    """The other exercise in the place of the first, with its sets where the dose allows it."""
    gone = phase.items_at(slots, exercise)
    new: set[Item] = set()
    for item in gone:
        new |= phase.placed(other, [phase.slots[item.slot]], item.sets, item.extra)
    return Change(gone, frozenset(new))


def _refusal(phase: PhaseAnalysis, slots: Sequence[Slot], other: str, way: WhatIf | None) -> str:
    if way is not None:
        return f"'{other}' there breaks a rule: {way.breaks[0].sentence}"
    for slot in slots:
        closed = phase.closed(phase.problem.exercises[other], [slot])
        if closed is not None:
            return f"'{other}' is closed there: {closed.sentence}"
    return f"'{other}' is in one of these sessions already"


def _hint(swap: Swap) -> str:
    good = [way.exercise for way in swap.good[:SHOWN_WAYS]]
    return "these keep every rule: " + ", ".join(good) if good else "nothing keeps every rule"
