"""How far a schedule is from another one, as levels of the objective over the same model.

First the changed sessions, then the exercises added to or taken from a session, then the changed
sets of the exercises that stay. Sets of an exercise that comes or goes are not counted: how much
of it there has to be is for the levels below to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from legengine.domain.problem import Slot
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Column
from legengine.solve.builder import Builder

DISTANCE: Final = ("changed_sessions", "changed_exercises", "changed_sets")
"""The levels of the distance, in their order."""

Keep = Literal["sessions", "quality"]
"""What comes first: as few changes as can be, or wishes and volume as good as can be."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The schedule from which as little as possible is to change."""

    schedule: Schedule
    keep: Keep = "sessions"


def post_distance(builder: Builder, reference: Schedule) -> None:
    """State the distance; slots that share their columns are counted with their number."""
    wanted: dict[str, dict[str, int]] = {}
    for item in reference.items:
        wanted.setdefault(item.slot, {})[item.exercise] = item.sets
    alike: dict[tuple[object, ...], list[Slot]] = {}
    for slot in builder.slots():
        before = wanted.get(slot.id, {})
        columns = tuple(
            (builder.pick(slot.id, id), builder.sets(slot.id, id))
            for id in builder.exercises(slot.id)
        )
        key = (builder.used(slot.id), columns, tuple(sorted(before.items())))
        alike.setdefault(key, []).append(slot)
    for slots in alike.values():
        _Distance(builder, slots[0].id, len(slots)).state(wanted.get(slots[0].id, {}))


@dataclass(frozen=True, slots=True)
class _Distance:
    """The distance of one session, times the sessions that are decided with it."""

    builder: Builder
    slot: str
    times: int

    def state(self, before: dict[str, int]) -> None:
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

    def _stays(self, id: str, changed: Column, pick: Column, sets: Column, before: int) -> None:
        builder = self.builder
        gone = builder.flag(f"gone {self.slot} {id}")
        builder.require(None, [(pick, 1), (gone, 1)], low=1, high=1)
        builder.require(None, [(gone, 1), (changed, -1)], high=0)
        self._count(gone, "changed_exercises")
        most = max(before, builder.model.highs[sets])
        moved = builder.number(f"moved {self.slot} {id}", 0, most)
        builder.require(None, [(sets, 1), (pick, -before), (moved, -1)], high=0)
        builder.require(None, [(sets, -1), (pick, before), (moved, -1)], high=0)
        builder.require(None, [(moved, 1), (changed, -most)], high=0)
        self._count(moved, "changed_sets")

    def _count(self, column: Column, level: str) -> None:
        self.builder.model.penalise([(column, self.times)], level)
