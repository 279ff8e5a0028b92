"""Every rule replayed on a finished schedule with what is left of it, one module a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Constraint
from legengine.verify.facts import studied
from legengine.verify.margins import (
    coverage,
    endurance,
    frequency,
    rest_interval,
    stretching,
    structure,
    time,
    volume,
    wishes,
)


def margins_of(
    problem: Problem, schedule: Schedule, constraints: Sequence[Constraint]
) -> Iterator[Margin]:
    """The margins of every rule that measures some, by the name of the rule."""
    schedule = studied(schedule)
    for constraint in sorted(constraints, key=lambda constraint: constraint.name):
        measure = getattr(constraint, "margins", None)
        if measure is not None:
            yield from measure(problem, schedule)


__all__ = [
    "coverage",
    "endurance",
    "frequency",
    "margins_of",
    "rest_interval",
    "stretching",
    "structure",
    "time",
    "volume",
    "wishes",
]
