"""What both halves of a rule say of every assignment of a problem, asked once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from legengine.domain.findings import Label, Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Constraint, Objective
from legengine.solve.flat import FlatModel
from legengine.testing.agreement import MOST_ASSIGNMENTS, Asked, Completion, Items, assignments
from legengine.testing.conformance.check import CheckFailed
from legengine.testing.conformance.stage import Trial


@dataclass(frozen=True, slots=True)
class Case:
    """One assignment, and what both halves say of it."""

    items: Items
    allowed: bool
    """By the rows."""
    violations: tuple[Violation, ...]
    closed: bool = False
    """Whether an exercise in it has no column: ``admits`` closed it."""

    @property
    def agreed(self) -> bool:
        """Whether both halves say the same."""
        return self.allowed == (not self.violations)


class Halves:
    """Both halves of a rule, or of several, on one problem."""

    def __init__(self, trial: Trial, rules: Sequence[Constraint]) -> None:
        self.trial = trial
        self.problem = trial.problem
        self.rules = tuple(rules)

    @cached_property
    def asked(self) -> Asked:
        """The model of the rules alone."""
        return Asked(self.problem, self.rules)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every assignment that the columns can say, with what both halves say of it.

        Raises:
            CheckFailed: the problem has too many assignments.
        """
        return tuple(self._cases())

    def _cases(self) -> Iterator[Case]:
        free: Asked | None = None
        for items in every_assignment(self.trial):
            fixed = self.asked.fixed(items)
            closed = fixed is None and self.closes(items)
            if fixed is None and not closed:
                continue  # weeks that are decided once can't differ
            allowed = fixed is not None and self.asked.search.complete(fixed) is not None
            violations = tuple(self.check(items))
            if not allowed and not violations:
                # What the columns themselves can't hold is not the rule's doing.
                free = free or Asked(self.problem, ())
                if not free.allows(items):
                    continue
            yield Case(items, allowed, violations, closed)

    def check(self, items: Items) -> Iterator[Violation]:
        """What the checker halves find in an assignment."""
        schedule = Schedule(items)
        for rule in self.rules:
            yield from rule.check(self.problem, schedule)

    def closes(self, items: Items) -> bool:
        """Whether a filter closed an exercise of an assignment."""
        pick = self.asked.builder.pick
        return any(pick(item.slot, item.exercise) is None for item in items)

    def without(self, rule: str) -> FlatModel:
        """The model without the rows that carry a label of a rule."""
        model = self.asked.model
        kept = {
            key: row
            for key, row in model.rows.items()
            if not any(label.rule == rule for label in row.labels)
        }
        empty = [
            row for row in model.empty_rows if not any(label.rule == rule for label in row.labels)
        ]
        return replace(model, rows=kept, empty_rows=empty)

    def forbidding(self, items: Items) -> tuple[Label, ...]:
        """Labels of which each, left out, lets an assignment through; the first is enough."""
        fixed = self.asked.fixed(items)
        model = self.asked.model
        if fixed is None:
            return ()
        found = []
        for label in model.labels():
            rows = {key: row for key, row in model.rows.items() if label not in row.labels}
            empty = [row for row in model.empty_rows if label not in row.labels]
            left = Completion(replace(model, rows=rows, empty_rows=empty))
            if left.complete(fixed) is not None:
                found.append(label)
        return tuple(found)


def every_assignment(trial: Trial) -> Iterator[Items]:
    """Every assignment of a trial's problem.

    Raises:
        CheckFailed: there are too many.
    """
    try:
        yield from assignments(trial.problem)
    except ValueError as error:
        raise CheckFailed(
            f"{trial.thought} is too large to look at every schedule of it: {error}; give fewer "
            f"slots, exercises or sets (at most {MOST_ASSIGNMENTS} combinations)"
        ) from error


def score_and_least(trial: Trial, wish: Objective, most: int) -> Iterator[tuple[Items, int, int]]:
    """Assignments with the score of a wish and the least that its model half charges."""
    asked = Asked(trial.problem, (), (wish,))
    terms = dict(asked.model.level_terms(wish.level))
    for number, items in enumerate(every_assignment(trial)):
        if number >= most:
            return
        least = asked.least(items, terms)
        if least is not None:
            yield items, wish.score(trial.problem, Schedule(items)), least


def readable(problem: Problem, items: Items) -> str:
    """A schedule for a message: ``Mon 30 Nov 18:00 (home): 2 x goblet_squat, 1 x wall_sit``."""
    if not items:
        return "an empty schedule"
    places = {slot.id: slot.place for slot in problem.slots}
    parts = []
    for slot, held in Schedule(items).by_slot().items():
        moment = f"{dt.datetime.fromisoformat(slot):%a %-d %b %H:%M}"
        each = ", ".join(
            f"{item.sets} x {item.exercise}" + (" and 1 more on the weak side" * item.extra)
            for item in held
        )
        parts.append(f"{moment} ({places[slot]}): {each}")
    return "; ".join(parts)


def smallest_items(several: Sequence[Items]) -> Items:
    """The assignment with the fewest items and sets: the easiest to understand."""
    return min(several, key=_size)


def _size(items: Items) -> tuple[int, int, Items]:
    return (len(items), sum(item.sets for item in items), items)


def smallest(cases: Sequence[Case]) -> Case:
    """The case with the fewest items and sets."""
    return min(cases, key=lambda case: _size(case.items))


__all__ = [
    "Case",
    "Halves",
    "every_assignment",
    "readable",
    "score_and_least",
    "smallest",
    "smallest_items",
]
