"""What a condition or restriction closes is not chosen, in no week."""

from __future__ import annotations

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.reckoning.eligibility import (
    NOT_VETTED,
    alternatives_at,
    closing_condition,
    open_in_phase,
    refusing_condition,
)
from legengine.reckoning.unvetted import closes_unvetted
from legengine.solve.constraints import posts_nothing as post  # noqa: F401

NAME = "contraindication"


def admits(problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
    """Close the exercise where a condition closes it, or refuses every alternative there."""
    closed_by = closing_condition(problem, exercise)
    if not closed_by:
        conditions = problem.eligibility.conditions
        there = alternatives_at(exercise, problem.places[slot.place]) or exercise.equipment
        refusals = [
            refusing_condition(conditions, exercise, alternative)
            for alternative in open_in_phase(problem, exercise, there) or there
        ]
        if not refusals or None in refusals:
            return None
        closed_by = next(condition.id for condition in refusals if condition is not None)
    return Label.of(NAME, condition=closed_by, exercise=exercise.id)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the condition, or with what is known beside an exercise's own risks."""
    exercise = problem.exercises[label.get("exercise")]
    name = exercise.name
    if label.get("condition") == NOT_VETTED:
        known = closes_unvetted(problem, exercise)
        return f"{name} is closed: its risks aren't known, and the profile has {known}"
    return f"{name} is closed by {label.get('condition').replace('_', ' ')}"
