"""A place must hold one of an exercise's alternatives whole, with a load that the dose can use."""

from __future__ import annotations

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.reckoning.eligibility import alternatives_at
from legengine.solve.constraints import posts_nothing as post  # noqa: F401

NAME = "equipment"


def admits(problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
    """Close the exercise where the place lacks every alternative."""
    if alternatives_at(exercise, problem.places[slot.place]):
        return None
    return Label.of(NAME, exercise=exercise.id, place=slot.place)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with what would be needed."""
    exercise = problem.exercises[label.get("exercise")]
    ways = " or ".join(" + ".join(items) for items in exercise.equipment if items)
    return f"{exercise.name} needs {ways}, which {label.get('place')} does not have"
