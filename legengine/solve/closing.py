"""Which rule closes an exercise in a slot, and pins that no schedule can keep because of it."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem, Slot
from legengine.errors import Fault, InputError
from legengine.hooks.contracts import Constraint


def closed_by(
    problem: Problem, exercise: Exercise, slot: Slot, constraints: Sequence[Constraint]
) -> str:
    """The sentence of the first rule that closes an exercise in a slot, or nothing."""
    for rule in sorted(constraints, key=lambda rule: rule.name):
        label = rule.admits(problem, exercise, slot)
        if label is not None:
            return rule.describe(label, problem)
    return ""


def refuse_closed_pins(problem: Problem, constraints: Sequence[Constraint]) -> None:
    """Say which rule closes an exercise that is pinned.

    Raises:
        InputError: a pinned exercise is closed in every slot of its day.
    """
    faults = []
    for pin in problem.pins:
        exercise = problem.exercises.get(pin.exercise)
        slots = [slot for slot in problem.slots if slot.start.date() == pin.date]
        if exercise is None:
            continue
        closing = [closed_by(problem, exercise, slot, constraints) for slot in slots]
        if closing and all(closing):
            faults.append(
                Fault(f"'{exercise.id}' is pinned on {pin.date}, and {closing[0]}", "pins")
            )
    if faults:
        raise InputError(faults)
