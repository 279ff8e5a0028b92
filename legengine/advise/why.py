"""Why something is in a program: what needs it, what it uses up, what else could be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from legengine.advise.analysis import Change, PhaseAnalysis
from legengine.advise.left_out import left_out
from legengine.advise.telling import day_text
from legengine.domain.problem import Slot
from legengine.domain.schedule import Item
from legengine.domain.vocabulary import did_you_mean
from legengine.domain.why import ItemWhy, SessionItem, SessionWhy, WhatIf, WhyReport
from legengine.errors import Fault, InputError

NEAREST_DATES = 2


def why(
    phases: Sequence[PhaseAnalysis], *, session: dt.date | None, exercise: str | None
) -> WhyReport:
    """Answer for a session, for an exercise in it, or for an exercise in every phase.

    Raises:
        InputError: there is no session on the date, no such exercise, or nothing is asked.
    """
    if exercise is not None:
        _known(phases, exercise)
    if session is not None:
        phase, slot = find_session(phases, session)
        if exercise is None:
            return WhyReport(sessions=(why_session(phase, slot),))
        return _answer(phase, [slot], exercise)
    if exercise is None:
        raise InputError("ask about a session, an exercise, or both")
    answers = [_answer(phase, list(phase.sessions), exercise) for phase in phases]
    return WhyReport(
        items=tuple(item for answer in answers for item in answer.items),
        left_out=tuple(item for answer in answers for item in answer.left_out),
    )


def _answer(phase: PhaseAnalysis, slots: Sequence[Slot], exercise: str) -> WhyReport:
    """About the first of some sessions that holds the exercise, or why none does."""
    for slot in slots:
        for item in phase.sessions[slot]:
            if item.exercise == exercise:
                return WhyReport(items=(why_item(phase, slot, item),))
    return WhyReport(left_out=(left_out(phase, slots, exercise),))


def _known(phases: Sequence[PhaseAnalysis], exercise: str) -> None:
    known = phases[0].problem.exercises
    if exercise not in known:
        hint = did_you_mean(exercise, known)
        raise InputError([Fault(f"unknown exercise '{exercise}'", "exercise", hint=hint)])


def find_session(phases: Sequence[PhaseAnalysis], day: dt.date) -> tuple[PhaseAnalysis, Slot]:
    """The session on a day, with its phase.

    Raises:
        InputError: there is none; the nearest ones are named.
    """
    every = [(phase, slot) for phase in phases for slot in phase.sessions]
    for phase, slot in every:
        if slot.start.date() == day:
            return phase, slot
    others = {slot.start.date() for _, slot in every}
    days = sorted(others, key=lambda other: (abs(other - day), other))
    near = " and ".join(f"{day_text(other)} ({other})" for other in sorted(days[:NEAREST_DATES]))
    hint = f"the nearest: {near}" if near else "the program has no session"
    missing = f"there is no session on {day_text(day)} ({day})"
    raise InputError([Fault(missing, "session", hint=hint)])


def why_item(phase: PhaseAnalysis, slot: Slot, item: Item) -> ItemWhy:
    """One exercise of a session, with its repeats in the weeks that hold the same."""
    slots = phase.repeats(slot)
    gone = phase.items_at(slots, item.exercise)
    exercise = phase.problem.exercises[item.exercise]
    without = Change(gone)
    return ItemWhy(
        phase=phase.number,
        title=phase.problem.title,
        start=slot.start,
        place=slot.place,
        exercise=item.exercise,
        name=exercise.name,
        sets=item.sets,
        repeats=tuple(other.start.date() for other in slots),
        margins=phase.moved(phase.after(without)),
        without=phase.what_if(without, slot.start, instead_of=exercise.name),
        alternatives=alternatives(phase, slots, item, gone),
    )


def alternatives(
    phase: PhaseAnalysis, slots: Sequence[Slot], item: Item, gone: frozenset[Item]
) -> tuple[WhatIf, ...]:
    """Every exercise that is open there, in place of the item, with its sets where it can."""
    start = phase.slots[item.slot].start
    name = phase.problem.exercises[item.exercise].name
    there = {other.exercise for slot in slots for other in phase.sessions[slot]}
    found = []
    for id, exercise in phase.problem.exercises.items():
        if id not in there and phase.closed(exercise, slots) is None:
            change = Change(gone, phase.placed(id, slots, item.sets, item.extra))
            found.append(phase.what_if(change, start, id, name))
    return ranked(found)


def ranked(ways: Sequence[WhatIf]) -> tuple[WhatIf, ...]:
    """Those that break least first, then those that serve the wishes best."""
    return tuple(sorted(ways, key=lambda way: (len(way.breaks), way.cost, way.exercise)))


def why_session(phase: PhaseAnalysis, slot: Slot) -> SessionWhy:
    """A session: each of its exercises in one line, and what it does for the week."""
    slots = phase.repeats(slot)
    gone = Change(phase.items_at(slots))
    return SessionWhy(
        phase=phase.number,
        title=phase.problem.title,
        start=slot.start,
        place=slot.place,
        items=tuple(_in_short(phase, slot, slots, item) for item in phase.sessions[slot]),
        margins=phase.moved(phase.after(gone)),
        without=phase.what_if(gone, slot.start, instead_of=f"the session on {slot.start:%A}"),
    )


def _in_short(phase: PhaseAnalysis, slot: Slot, slots: Sequence[Slot], item: Item) -> SessionItem:
    change = Change(phase.items_at(slots, item.exercise))
    needed = [each for each in phase.moved(phase.after(change)) if each.needed]
    name = phase.problem.exercises[item.exercise].name
    if needed:
        more = len({(each.margin.rule, each.margin.who) for each in needed}) - 1
        because = needed[0].margin.sentence + (f" (and {more} more)" if more else "")
    else:
        without = phase.what_if(change, slot.start)
        worse = [each.sentence for each in without.effects if each.change > 0 and each.sentence]
        because = f"without it {worse[0]}" if worse else "nothing needs it"
        if without.breaks:
            because = f"without it {without.breaks[0].sentence}"
    return SessionItem(item.exercise, name, item.sets, because)
