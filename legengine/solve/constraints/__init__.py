"""The model half of the built-in rules, a module a rule; ``docs/rules.md`` says what they mean.

Each module has ``admits``, ``post`` and ``describe``; ``legengine.rules`` joins them with the
checker's half.
"""

from __future__ import annotations

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.hooks.contracts import ModelBuilder


def admits_all(problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
    """The filter of a rule that closes nothing."""
    return None


def posts_nothing(builder: ModelBuilder, problem: Problem) -> None:
    """The model half of a rule that only filters."""
