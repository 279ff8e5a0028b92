"""How far a schedule is from another one, as levels of the objective over the same model.

First the changed sessions, then the exercises added to or taken from a session, then the changed
sets of the exercises that stay. Sets of an exercise that comes or goes are not counted: how much
of it there has to be is for the levels below to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from legengine.domain.problem import Pin, Slot
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Column
from legengine.reckoning.sessions import is_easy_session
from legengine.reckoning.time import item_time
from legengine.solve.builder import Builder

DISTANCE: Final = ("changed_sessions", "changed_exercises", "changed_sets")
"""The levels of the distance, in their order."""

Held = Mapping[str, tuple[int, int]]
"""Exercise to its sets, and those more on the weak side."""

Keep = Literal["sessions", "quality"]
"""What comes first: as few changes as can be, or wishes and volume as good as can be."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The schedule from which as little as possible is to change."""

    schedule: Schedule
    keep: Keep = "sessions"


def post_distance(builder: Builder, reference: Schedule) -> None:
    """State the distance; slots that share their columns are counted with their number."""
    wanted = _by_slot(reference)
    alike: dict[tuple[object, ...], list[Slot]] = {}
    for slot in builder.slots():
        before = wanted.get(slot.id, {})
        columns = tuple(
            (builder.pick(slot.id, id), builder.sets(slot.id, id), builder.extra_set(slot.id, id))
            for id in builder.exercises(slot.id)
        )
        key = (builder.used(slot.id), builder.easy(slot.id), columns, tuple(sorted(before.items())))
        alike.setdefault(key, []).append(slot)
    for slots in alike.values():
        _Distance(builder, slots[0].id, len(slots)).state(wanted.get(slots[0].id, {}))


def standing(builder: Builder, reference: Schedule) -> dict[Column, int]:
    """The columns of all sessions that need not change by themselves, as they were.

    The others have to change in every schedule. Where there is a schedule in which nothing else
    does, no other changes fewer sessions, and every schedule that changes as few leaves these
    sessions as they were: the search for the least change may be narrowed to it.
    """
    wanted = _by_slot(reference)
    fixed: dict[Column, int] = {}
    for slot in builder.slots():
        before = wanted.get(slot.id, {})
        if _has_to_change(builder, slot, before):
            continue
        easy = _is_easy(builder, slot, before)
        fixed[builder.used(slot.id)] = int(bool(before) and not easy)
        if (column := builder.easy(slot.id)) is not None:
            fixed[column] = int(easy)
        for id in builder.exercises(slot.id):
            pick, sets = builder.pick(slot.id, id), builder.sets(slot.id, id)
            if pick is not None and sets is not None:
                held, more = before.get(id, (0, 0))
                fixed[pick] = int(id in before)
                fixed[sets] = held
                if (extra := builder.extra_set(slot.id, id)) is not None:
                    fixed[extra] = more
    return fixed


def _has_to_change(builder: Builder, slot: Slot, before: Held) -> bool:
    """Whether what a slot held can't be there any more: closed, another dose, too long, a pin."""
    problem = builder.problem
    if not before.keys() <= set(builder.exercises(slot.id)):
        return True
    for id, (sets, more) in before.items():
        dose = problem.dose(id, slot.week)
        if not dose.sets_min <= sets <= dose.sets_max:
            return True
        if more and builder.extra_set(slot.id, id) is None:
            return True
    frame = problem.structure
    seconds = frame.warm_up_s + frame.cool_down_s + frame.change_s * (len(before) - 1)
    seconds += sum(
        item_time(problem.exercises[id], problem.dose(id, slot.week)).seconds(sets, more)
        for id, (sets, more) in before.items()
    )
    if before and seconds > 60 * slot.minutes:
        return True
    alone = sum(other.start.date() == slot.start.date() for other in builder.slots()) == 1
    return alone and any(
        pin.date == slot.start.date() and not _keeps_pin(pin, before) for pin in problem.pins
    )


def _is_easy(builder: Builder, slot: Slot, before: Held) -> bool:
    problem = builder.problem
    held = [problem.exercises[id] for id in before]
    return bool(held) and is_easy_session(problem.week(slot.week), held)


def _keeps_pin(pin: Pin, before: Held) -> bool:
    if not pin.exercise:
        return bool(before)
    there = before.get(pin.exercise)
    return there is not None and pin.sets in (None, there[0])


def _by_slot(reference: Schedule) -> Mapping[str, Held]:
    held: dict[str, dict[str, tuple[int, int]]] = {}
    for item in reference.items:
        held.setdefault(item.slot, {})[item.exercise] = (item.sets, item.extra)
    return held


@dataclass(frozen=True, slots=True)
class _Distance:
    """The distance of one session, times the sessions that are decided with it."""

    builder: Builder
    slot: str
    times: int

    def state(self, before: Held) -> None:
        """Compare what the slot holds with what it held before."""
        changed = self.builder.flag(f"changed {self.slot}")
        self._count(changed, "changed_sessions")
        for id in self.builder.exercises(self.slot):
            pick, sets = self.builder.pick(self.slot, id), self.builder.sets(self.slot, id)
            if pick is None or sets is None:
                continue
            if id in before:
                self._stays(id, changed, pick, sets, before[id])
            else:
                self.builder.require(None, [(pick, 1), (changed, -1)], high=0)
                self._count(pick, "changed_exercises")
        for _ in before.keys() - set(self.builder.exercises(self.slot)):
            self.builder.require(None, [(changed, 1)], low=1)
            self._count(self.builder.number("certain", 1, 1), "changed_exercises")

    def _stays(
        self, id: str, changed: Column, pick: Column, sets: Column, before: tuple[int, int]
    ) -> None:
        builder = self.builder
        gone = builder.flag(f"gone {self.slot} {id}")
        builder.require(None, [(pick, 1), (gone, 1)], low=1, high=1)
        builder.require(None, [(gone, 1), (changed, -1)], high=0)
        self._count(gone, "changed_exercises")
        held, more = before
        self._moves(f"moved {self.slot} {id}", changed, pick, sets, held)
        extra = builder.extra_set(self.slot, id)
        if extra is not None:
            self._moves(f"moved extra {self.slot} {id}", changed, pick, extra, more)
        elif more:
            builder.require(None, [(pick, 1), (changed, -1)], high=0)
            self.builder.model.penalise([(pick, more * self.times)], "changed_sets")

    def _moves(self, name: str, changed: Column, pick: Column, now: Column, before: int) -> None:
        """By how much a number differs from before, where the exercise stays."""
        builder = self.builder
        most = max(before, builder.model.highs[now])
        moved = builder.number(name, 0, most)
        builder.require(None, [(now, 1), (pick, -before), (moved, -1)], high=0)
        builder.require(None, [(now, -1), (pick, before), (moved, -1)], high=0)
        builder.require(None, [(moved, 1), (changed, -most)], high=0)
        self._count(moved, "changed_sets")

    def _count(self, column: Column, level: str) -> None:
        self.builder.model.penalise([(column, self.times)], level)
