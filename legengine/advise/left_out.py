"""Why an exercise is not in a program: closed by a rule, or open and something else was better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legengine.advise.analysis import Change, PhaseAnalysis
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Slot
from legengine.domain.why import Closed, LeftOut, WhatIf


def left_out(phase: PhaseAnalysis, slots: Sequence[Slot], id: str) -> LeftOut:
    """An exercise that none of some sessions holds: what closes it, or how it could come in."""
    exercise = phase.problem.exercises[id]
    closed: dict[str, Closed] = {}
    open_slots: list[Slot] = []
    for slot in slots or phase.problem.slots:
        shut = phase.closed(exercise, phase.repeats(slot) or (slot,))
        if shut is None:
            open_slots.append(slot)
        else:
            closed.setdefault(shut.place, shut)
    for slot in open_slots:
        closed.pop(slot.place, None)
    ways = sorted(_ways(phase, open_slots, exercise), key=_best_first)
    return LeftOut(
        phase.number, phase.problem.title, id, exercise.name, tuple(closed.values()), tuple(ways)
    )


def _best_first(way: WhatIf) -> tuple[object, ...]:
    return (len(way.breaks), way.cost, way.start, way.instead_of)


def _ways(phase: PhaseAnalysis, slots: Sequence[Slot], exercise: Exercise) -> Iterator[WhatIf]:
    """In place of each comparable exercise of each weekday, and beside them."""
    seen: set[Slot] = set()
    for slot in slots:
        if slot in seen:
            continue
        together = phase.repeats(slot)
        seen.update(together)
        for item in phase.sessions[slot]:
            other = phase.problem.exercises[item.exercise]
            if comparable(exercise, other):
                gone = phase.items_at(together, item.exercise)
                new = phase.placed(exercise.id, together, item.sets, item.extra)
                yield phase.what_if(Change(gone, new), slot.start, exercise.id, other.name)
        new = phase.placed(exercise.id, together, 0)
        yield phase.what_if(Change(frozenset(), new), slot.start, exercise.id)


def comparable(one: Exercise, other: Exercise) -> bool:
    """Whether one could stand where the other does: the same part of a session or movement."""
    return one.block == other.block or one.pattern == other.pattern
