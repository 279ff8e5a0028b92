"""Why a session or an exercise is not as it was: the rule that closed it, or that moved it along.

What is closed is told by the rule that closes it. For anything else the change is undone on paper,
in every session that has it, and the checker says which rule would be broken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from legengine.advise.planned import Ahead
from legengine.advise.telling import broken
from legengine.domain.event import Event
from legengine.domain.problem import Problem, Slot
from legengine.domain.profile import Profile
from legengine.domain.program import Prescription, Session
from legengine.domain.schedule import Item, Schedule
from legengine.domain.vocabulary import WEEKDAYS
from legengine.hooks.contracts import Constraint
from legengine.intake.calendar import exception_on
from legengine.solve.closing import closed_by
from legengine.verify.checker import check_schedule

Repeat = tuple[str, int, dt.time, int, int]
"""An exercise, its weekday and hour, its sets before and after: the same change in other weeks."""


@dataclass(slots=True)
class Reasons:
    """Finds reasons, each once."""

    profile: Profile
    events: Sequence[Event]
    ahead: Sequence[Ahead]
    constraints: Sequence[Constraint]
    _moved_along: dict[tuple[str, Repeat], str] = field(default_factory=dict)

    # --- sessions ------------------------------------------------------------------------------

    def gone(self, session: Session) -> str:
        """Why a session is no longer there."""
        day = session.start.date()
        for event in self.events:
            if day == event.missed or (event.moved and event.moved[0] == day):
                return event.words
        if all(slot.start.date() != day for part in self.ahead for slot in part.problem.slots):
            return self._no_opportunity(day)
        part = self._part(session.start)
        if part is None:
            return self._any_event()
        back = [item for item in part.reference.items if item.slot[:10] == day.isoformat()]
        return self._undone(part, remove=(), add=back) or self._any_event()

    def added(self, session: Session) -> str:
        """Why there is a session that wasn't planned."""
        part = self._part(session.start)
        if part is None:
            return self._any_event()
        slot = _slot_id(session.start)
        extra = [item for item in part.schedule.items if item.slot == slot]
        return self._undone(part, remove=extra, add=()) or self._any_event()

    def moved(self, before: Session, now: Session) -> str:
        """Why a session is on another day, or otherwise framed."""
        for event in self.events:
            if event.moved and event.moved[0] == before.start.date():
                return event.words
        if (before.start, before.place, before.slot_minutes) == (
            now.start,
            now.place,
            now.slot_minutes,
        ):
            return self._any_event()
        change = exception_on(self.profile, now.start.date())
        return change.reason if change is not None and change.reason else self._any_event()

    def _no_opportunity(self, day: dt.date) -> str:
        change = exception_on(self.profile, day)
        if change is not None and change.off:
            return change.reason or f"{day:%a} {day} is off"
        weekday = WEEKDAYS[day.weekday()]
        if all(weekday not in entry.days for entry in self.profile.availability):
            return f"you don't train on {day:%A}s any more"
        return self._any_event()

    # --- exercises -----------------------------------------------------------------------------

    def exercise(self, start: dt.datetime, id: str) -> str:
        """Why an exercise came, went, or has other sets."""
        for event in self.events:
            if event.swapped is not None and id in event.swapped:
                return event.words
        part = self._part(start)
        if part is None:
            return self._any_event()
        slot = next(slot for slot in part.problem.slots if slot.start == start)
        closed = self.closed(part.problem, id, slot)
        if closed:
            return closed
        before, after = _sets(part.reference), _sets(part.schedule)
        repeat = _repeat(id, slot, before, after)
        if repeat not in self._known(part):
            alike = [
                each for each in part.problem.slots if _repeat(id, each, before, after) == repeat
            ]
            ids = {each.id for each in alike}
            self._moved_along[part.problem.phase, repeat] = (
                self._undone(
                    part,
                    remove=[i for i in part.schedule.items if i.exercise == id and i.slot in ids],
                    add=[i for i in part.reference.items if i.exercise == id and i.slot in ids],
                )
                or self._pinned(start.date(), id)
                or "chosen again with what changed in this session"
            )
        return self._moved_along[part.problem.phase, repeat]

    def _known(self, part: Ahead) -> set[Repeat]:
        return {repeat for phase, repeat in self._moved_along if phase == part.problem.phase}

    def closed(self, problem: Problem, id: str, slot: Slot) -> str:
        """The sentence of the rule that closes an exercise in a slot, or nothing."""
        exercise = problem.exercises.get(id)
        if exercise is None:
            return f"no library holds {id}"
        return closed_by(problem, exercise, slot, self.constraints)

    def dosed(self, old: Prescription, new: Prescription) -> str:
        """What is written otherwise about an exercise that stays with its sets."""
        if (turned := _turned(old, new)) is not None:
            return turned
        if old.equipment != new.equipment:
            return "with " + (", ".join(new.equipment) or "no equipment")
        if old.range_note != new.range_note:
            return new.range_note or "in its full range again"
        if old.load_kg != new.load_kg:
            load = "no fixed load" if new.load_kg is None else f"{new.load_kg:g} kg"
            return f"{load}, as its progress goes on from what comes before"
        return "its dose goes on from what comes before"

    # --- undoing -------------------------------------------------------------------------------

    def _undone(self, part: Ahead, *, remove: Iterable[Item], add: Iterable[Item]) -> str:
        """Which rule would be broken without the change."""
        items = (set(part.schedule.items) - set(remove)) | set(add)
        found = check_schedule(
            part.problem, Schedule(tuple(sorted(items))), self.constraints
        ).violations
        if not found:
            return ""
        first = broken(found[0], part.problem)
        return f"moved along to keep {first.rule.replace('_', ' ')} ({first.sentence} without it)"

    def _pinned(self, day: dt.date, id: str) -> str:
        pinned = any(pin.date == day and pin.exercise == id for pin in self.profile.pins)
        return "pinned" if pinned else ""

    def _part(self, start: dt.datetime) -> Ahead | None:
        day = start.date()
        return next(
            (
                part
                for part in self.ahead
                if any(slot.start.date() == day for slot in part.problem.slots)
            ),
            None,
        )

    def _any_event(self) -> str:
        return "; ".join(event.words for event in self.events) or "the profile changed"


def _turned(old: Prescription, new: Prescription) -> str | None:
    """What changed between the sides of an exercise that stays with its sets."""
    if old.extra != new.extra:
        side = (new.sides or old.sides)[0].side
        return f"{new.extra} more on the {side}, the weak side, instead of {old.extra}"
    if [dose.side for dose in old.sides] == [dose.side for dose in new.sides]:
        return None
    return f"the {new.sides[0].side} side begins" if new.sides else "both sides alike"


def _slot_id(start: dt.datetime) -> str:
    return f"{start:%Y-%m-%dT%H:%M}"


def _sets(schedule: Schedule) -> Mapping[tuple[str, str], int]:
    return {(item.slot, item.exercise): item.sets for item in schedule.items}


def _repeat(
    id: str, slot: Slot, before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]
) -> Repeat:
    key = (slot.id, id)
    return id, slot.start.weekday(), slot.start.time(), before.get(key, 0), after.get(key, 0)
