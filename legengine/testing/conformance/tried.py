"""A constraint on the tiny problems that its options lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.findings import Label
from legengine.hooks.contracts import Constraint
from legengine.testing.conformance.check import expect
from legengine.testing.conformance.described import Examined
from legengine.testing.conformance.halves import Halves
from legengine.testing.conformance.trials import given_trials, later_trials, trials_for

SAMPLE: Final = 60
"""Assignments of a problem that are looked at where each look costs more than a check."""


@dataclass
class Tried:
    """A constraint on its problems: with each of its options, whatever they mean."""

    examined: Examined

    @property
    def rule(self) -> Constraint:
        """The constraint itself, not guarded: what it raises is told with its place."""
        rule: Constraint = self.examined.value
        return rule

    @cached_property
    def ordinary(self) -> tuple[tuple[BaseModel, tuple[Halves, ...]], ...]:
        """Options, each with the problems that every rule is tried on."""
        subject, name = self.examined.subject, self.examined.name
        library = subject.loaded.library()
        mine = subject.problems_of(name)
        return tuple(
            (
                options,
                tuple(
                    Halves(trial, (self.rule,))
                    for trial in (
                        *given_trials(mine, name, options),
                        *trials_for(library, name, options),
                    )
                ),
            )
            for options in self.examined.settings()
        )

    @cached_property
    def tried(self) -> tuple[tuple[BaseModel, tuple[Halves, ...]], ...]:
        """The same, with more problems where none of the ordinary ones was forbidden anything."""
        return tuple(
            (options, (*halves, *self._more(options, halves))) for options, halves in self.ordinary
        )

    def _more(self, options: BaseModel, halves: Sequence[Halves]) -> Iterator[Halves]:
        if any(bites_on(each) for each in halves):
            return
        subject, name = self.examined.subject, self.examined.name
        for trial in later_trials(subject.loaded.library(), name, options):
            more = Halves(trial, (self.rule,))
            yield more
            if bites_on(more):
                return

    @cached_property
    def all(self) -> tuple[Halves, ...]:
        """Every problem that it is tried on."""
        return tuple(each for _, halves in self.tried for each in halves)


def bites_on(halves: Halves) -> bool:
    """Whether a rule forbids anything on a problem."""
    return any(not case.allowed or case.violations for case in halves.cases)


def labels_on(rule: Constraint, halves: Halves) -> tuple[Label, ...]:
    """The labels of a problem's rows, then those with which the rule closes exercises."""
    problem = halves.problem
    closing = (
        rule.admits(problem, exercise, slot)
        for exercise in problem.exercises.values()
        for slot in problem.slots
    )
    closed = [label for label in closing if label is not None]
    return tuple(dict.fromkeys([*halves.asked.model.labels(), *closed]))


def few(halves: Halves) -> list[Any]:
    """Some assignments, spread over all, with some that both halves refuse among them."""
    cases = halves.cases
    step = max(1, len(cases) // SAMPLE)
    refused = [case for case in cases if case.violations][: SAMPLE // 4]
    return [case.items for case in (*cases[::step], *refused)]


def in_order(found: Any, method: str) -> None:
    """Fail where a method returns something without an order of its own."""
    expect(
        isinstance(found, Iterable) and not isinstance(found, (set, frozenset, dict, str)),
        f"'{method}' returns {type(found).__name__}: return a list, a tuple or a generator, in an "
        "order that is fixed",
    )


__all__ = ["SAMPLE", "Tried", "bites_on", "few", "in_order", "labels_on"]
