"""A finished program laid open for questions: replayed rules, and what a change would do.

Nothing here solves: every answer comes from the checker, in about two milliseconds a change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from legengine.advise.telling import SOFT_COVERAGE, broken, effect
from legengine.domain.exercise import Exercise
from legengine.domain.findings import CheckReport, Violation
from legengine.domain.margin import Margin
from legengine.domain.problem import Problem, Slot
from legengine.domain.program import Bind, Program
from legengine.domain.schedule import Item, Schedule
from legengine.domain.why import Break, Closed, Effect, Moved, WhatIf
from legengine.errors import InputError
from legengine.hooks.contracts import OBJECTIVE_LEVELS, Constraint, Objective
from legengine.pipeline import Pipeline
from legengine.verify.binds import binds_of
from legengine.verify.checker import check_schedule
from legengine.verify.facts import studied
from legengine.verify.margins import margins_of
from legengine.verify.scores import wished_rows
from legengine.verify.sides import extra_most


@dataclass(frozen=True, slots=True)
class Change:
    """Items that go and items that come."""

    gone: frozenset[Item]
    new: frozenset[Item] = frozenset()


class PhaseAnalysis:
    """One phase of a program with everything that questions about it need."""

    def __init__(
        self,
        number: int,
        problem: Problem,
        schedule: Schedule,
        constraints: Sequence[Constraint],
        objectives: Sequence[Objective],
    ) -> None:
        self.number = number
        """From 1."""
        self.problem = problem
        self.schedule = studied(schedule)
        self._constraints = sorted(constraints, key=lambda rule: rule.name)
        level = OBJECTIVE_LEVELS.index
        self._objectives = sorted(objectives, key=lambda wish: (level(wish.level), wish.name))

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """Slots by id."""
        return {slot.id: slot for slot in self.problem.slots}

    @cached_property
    def sessions(self) -> Mapping[Slot, tuple[Item, ...]]:
        """Used slots in order of time, each with its items."""
        return {self.slots[id]: items for id, items in self.schedule.by_slot().items()}

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The penalty of every wish."""
        return self._scores(self.schedule)

    @cached_property
    def margins(self) -> tuple[Margin, ...]:
        """Every rule replayed with its slack."""
        return tuple(margins_of(self.problem, self.schedule, self._constraints))

    @cached_property
    def binds(self) -> tuple[Bind, ...]:
        """What sets the limits, as the program tells it."""
        return binds_of(self.problem, self.schedule, self._constraints)

    def repeats(self, slot: Slot) -> tuple[Slot, ...]:
        """The same opportunity in all regular weeks, which hold the same; else the slot alone."""
        regular = {week.number for week in self.problem.weeks if week.regular}
        if slot.week not in regular:
            return (slot,)
        return tuple(
            other for other in self.sessions if other.week in regular and _same(slot, other)
        )

    def items_at(self, slots: Iterable[Slot], exercise: str | None = None) -> frozenset[Item]:
        """The items of some sessions, or of one exercise in them."""
        return frozenset(
            item
            for slot in slots
            for item in self.sessions.get(slot, ())
            if exercise in (None, item.exercise)
        )

    def placed(
        self, exercise: str, slots: Iterable[Slot], like: int, extra: int = 0
    ) -> frozenset[Item]:
        """An exercise in some sessions with so many sets, as far as each week's dose allows.

        ``extra`` sets of the weak side go with it where it may have them.
        """
        items = set()
        moving = self.problem.exercises[exercise]
        for slot in slots:
            dose = self.problem.dose(exercise, slot.week)
            sets = min(max(like, dose.sets_min), dose.sets_max)
            most = extra_most(self.problem, moving, self.problem.week(slot.week))
            items.add(Item(slot.id, exercise, sets, min(extra, most)))
        return frozenset(items)

    def closed(self, exercise: Exercise, slots: Sequence[Slot]) -> Closed | None:
        """The first rule that closes an exercise in one of some slots of the same place."""
        for rule in self._constraints:
            by_place = getattr(rule, "filters_by_place", False)
            for slot in slots[:1] if by_place else slots:
                label = rule.admits(self.problem, exercise, slot)
                if label is not None:
                    return Closed(slot.place, rule.name, rule.describe(label, self.problem))
        return None

    def after(self, change: Change) -> Schedule:
        """The schedule with a change made."""
        kept = [item for item in self.schedule.items if item not in change.gone]
        return studied(Schedule(tuple(sorted((*kept, *change.new)))))

    def broken(self, schedule: Schedule) -> tuple[Break, ...]:
        """What a schedule breaks: the first violation of each rule, by the name of the rule."""
        first: dict[str, Violation] = {}
        for violation in check_schedule(self.problem, schedule, self._constraints).violations:
            first.setdefault(violation.rule, violation)
        return tuple(broken(violation, self.problem) for violation in first.values())

    def effects(self, schedule: Schedule) -> tuple[Effect, ...]:
        """Which wishes a schedule serves better or worse than the program does."""
        pairs = zip(self._objectives, self.scores, self._scores(schedule), strict=True)
        return tuple(
            effect(wish, now - before, self._rows(wish, schedule, now - before))
            for wish, before, now in pairs
            if now != before
        )

    def _rows(self, wish: Objective, schedule: Schedule, change: int) -> tuple[str, ...]:
        """The wishes for sessions and weeks that moved the way that all together did."""
        if wish.name != SOFT_COVERAGE:
            return ()
        now = wished_rows(self.problem, schedule)
        return tuple(
            row.summary.rstrip(".")
            for row in self.problem.coverage
            if row.id in now and (now[row.id] - self._wished[row.id]) * change > 0
        )

    @cached_property
    def _wished(self) -> Mapping[str, int]:
        return wished_rows(self.problem, self.schedule)

    def moved(self, schedule: Schedule) -> tuple[Moved, ...]:
        """The limits of which another schedule leaves more or less."""
        others = {each.key: each for each in margins_of(self.problem, schedule, self._constraints)}
        found = []
        for margin in self.margins:
            other = others.get(margin.key)
            if other is None and not margin.found:
                continue  # nothing was counted where nothing is left to count
            if other is None or (other.found, other.required) != (margin.found, margin.required):
                found.append(Moved(margin, None if other is None else other.slack))
        return tuple(found)

    def what_if(
        self, change: Change, start: dt.datetime, exercise: str = "", instead_of: str = ""
    ) -> WhatIf:
        """What a change breaks, and which wishes it serves better or worse."""
        schedule = self.after(change)
        effects = self.effects(schedule)
        levels: dict[str, int] = dict.fromkeys(OBJECTIVE_LEVELS, 0)
        for each in effects:
            levels[each.level] += each.change
        slot = start.isoformat(timespec="minutes")
        sets = next((item.sets for item in change.new if item.slot == slot), 0)
        name = self.problem.exercises[exercise].name if exercise else ""
        return WhatIf(
            exercise, name, instead_of, start, sets, self.broken(schedule), effects, levels
        )

    def _scores(self, schedule: Schedule) -> tuple[int, ...]:
        return tuple(wish.score(self.problem, schedule) for wish in self._objectives)


def _same(one: Slot, other: Slot) -> bool:
    """Weekday, time and place: what the rules take for the same opportunity."""
    return (one.start.weekday(), one.start.time(), one.place) == (
        other.start.weekday(),
        other.start.time(),
        other.place,
    )


def analyse(pipeline: Pipeline, program: Program) -> tuple[PhaseAnalysis, ...]:
    """The phases of a program, ready for questions.

    Raises:
        InputError: the program breaks rules, or names something unknown.
    """
    refuse_broken(pipeline.check(program))
    read = pipeline.read_back(program)
    # The rest of a phase that was revised is the same phase.
    numbers = accumulate(int(problem.since is None) for problem, _ in read)
    return tuple(
        PhaseAnalysis(number, problem, schedule, pipeline.constraints, pipeline.objectives)
        for number, (problem, schedule) in zip(numbers, read, strict=True)
    )


def refuse_broken(report: CheckReport) -> None:
    """Refuse questions about a program that breaks rules.

    Raises:
        InputError: it does; the first violation is named.
    """
    if report.violations:
        number = len(report.violations)
        rules = "a rule" if number == 1 else f"rules in {number} places"
        raise InputError(
            f"the program breaks {rules}, so there is nothing to explain; first: "
            f"{report.violations[0]} ('legengine check' tells all)"
        )
