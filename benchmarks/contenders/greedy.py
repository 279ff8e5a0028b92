"""A greedy planner, as training apps have it: session by session, the best score first.

It takes the first days of the week, covers in each session what a session asks for, then fills it
with the exercise that scores best until the minutes, the places or the muscles' weekly targets are
used up. It filters as the engine does (equipment, restrictions, level), keeps to the minutes and
counts the sets of the week. Like the planners it stands for, it looks at one session at a time:
it does not know of rest intervals, of how often a muscle or an exercise comes in a week, of what a
week asks as a whole, nor of growth from week to week, and it never takes a choice back. Later
weeks repeat the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from contenders import Log, Task
from legengine.domain.problem import Problem, Slot
from legengine.domain.protocol import CoverageRow
from legengine.domain.schedule import Item
from legengine.reckoning.credit import SET, set_credit
from legengine.reckoning.time import item_time
from legengine.solve.candidates import find_candidates
from legengine.solve.constraints.coverage import matches
from legengine.solve.constraints.structure import WORK_BLOCKS
from legengine.solve.objectives.misfit import misfit

REPEATED = 2
"""What an exercise loses for each time it already stands in the week."""


def plan(task: Task, log: Log) -> None:
    open_at = find_candidates(task.problem, task.rules, widen=True).by_slot
    items: list[Item] = []
    for week in task.problem.weeks:
        items += _Week(task.problem, week.number, open_at).fill()
    plan = tuple(sorted(items))
    log.found(lambda: plan)


class _Week:
    """A week that is being filled."""

    def __init__(self, problem: Problem, number: int, open_at: dict[str, tuple[str, ...]]) -> None:
        self._problem, self._number, self._open = problem, number, open_at
        self._week = problem.week(number)
        self._short = {name: volume.aim_low for name, volume in self._week.volume.items()}
        """Eighths of a set that each muscle still lacks."""
        self._room = {name: volume.aim_high for name, volume in self._week.volume.items()}
        self._times = dict.fromkeys(problem.exercises, 0)
        """How often each exercise stands in the week."""

    def fill(self) -> Iterator[Item]:
        slots = [slot for slot in self._problem.slots if slot.week == self._number]
        for slot in slots[: self._week.sessions[1]]:
            yield from self._session(slot)

    def _session(self, slot: Slot) -> list[Item]:
        session: dict[str, int] = {}
        for row in self._problem.coverage:
            if row.per == "session":
                self._cover(slot, row, session)
        while (best := self._best(slot, session)) is not None:
            self._add(best, session)
        return [Item(slot.id, id, sets) for id, sets in session.items()]

    def _cover(self, slot: Slot, row: CoverageRow, session: dict[str, int]) -> None:
        exercises = self._problem.exercises
        while sum(matches(row, exercises[id]) for id in session) < row.at_least:
            fitting = [id for id in self._fitting(slot, session) if matches(row, exercises[id])]
            if not fitting:
                return
            self._add(max(fitting, key=self._score), session)

    def _best(self, slot: Slot, session: dict[str, int]) -> str | None:
        """The exercise that scores best and still trains a muscle that lacks sets."""
        useful = [id for id in self._fitting(slot, session) if self._need(id) > 0]
        return max(useful, key=self._score, default=None)

    def _fitting(self, slot: Slot, session: dict[str, int]) -> list[str]:
        """What is open, not there yet, and fits the frame and the minutes of the session."""
        frame, exercises = self._problem.structure, self._problem.exercises
        work = sum(exercises[id].block in WORK_BLOCKS for id in session)
        left = slot.minutes * 60 - self._seconds(session)
        if len(session) >= frame.items_max:
            return []
        return [
            id
            for id in self._open[slot.id]
            if id not in session
            and (exercises[id].block not in WORK_BLOCKS or work < frame.work_items[1])
            and self._item_seconds(id, self._sets(id)) <= left
            and self._has_room(id)
        ]

    def _has_room(self, id: str) -> bool:
        """Whether the muscles' weekly sets allow it."""
        sets = self._sets(id)
        return all(self._room.get(m, 0) >= sets * credit for m, credit in self._credit(id).items())

    def _score(self, id: str) -> tuple[int, str]:
        """Sets that muscles lack, less misfit and repetition; the name breaks ties."""
        exercise = self._problem.exercises[id]
        lost = misfit(self._problem, exercise) + REPEATED * self._times[id]
        return self._need(id) - SET * lost, id

    def _need(self, id: str) -> int:
        sets = self._sets(id)
        return sum(min(self._short.get(m, 0), sets * c) for m, c in self._credit(id).items())

    def _add(self, id: str, session: dict[str, int]) -> None:
        session[id] = self._sets(id)
        self._times[id] += 1
        for muscle, credit in self._credit(id).items():
            for left in (self._short, self._room):
                if muscle in left:
                    left[muscle] = max(0, left[muscle] - session[id] * credit)

    def _sets(self, id: str) -> int:
        """The middle of the dose."""
        dose = self._problem.dose(id, self._number)
        return (dose.sets_min + dose.sets_max) // 2

    def _credit(self, id: str) -> dict[str, int]:
        dose = self._problem.dose(id, self._number)
        return set_credit(self._problem.exercises[id], dose, self._problem.muscle_groups)

    def _item_seconds(self, id: str, sets: int) -> int:
        time = item_time(self._problem.exercises[id], self._problem.dose(id, self._number))
        return time.seconds(sets) + self._problem.structure.change_s

    def _seconds(self, session: dict[str, int]) -> int:
        frame = self._problem.structure
        fixed = frame.warm_up_s + frame.cool_down_s - frame.change_s
        return fixed + sum(self._item_seconds(id, sets) for id, sets in session.items())
