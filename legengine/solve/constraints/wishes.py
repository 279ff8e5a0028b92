"""What the person never wants is closed; what the person always wants comes every week."""

from __future__ import annotations

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.hooks.contracts import ModelBuilder

NAME = "wishes"


def admits(problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
    """Close what the person never wants."""
    if {exercise.id, exercise.pattern} & problem.eligibility.never:
        return Label.of(NAME, what="never", exercise=exercise.id)
    return None


def post(builder: ModelBuilder, problem: Problem) -> None:
    """Ask for what the person always wants, in every week that is not reduced."""
    body = problem.eligibility
    for word in sorted(body.always):
        exercise = problem.exercises.get(word)
        if exercise is not None and not set(exercise.phases) & set(body.phases):
            continue
        for number, _ in builder.distinct_weeks():
            if problem.week(number).reduced:
                continue
            picks = [
                (pick, 1)
                for slot in builder.slots(number)
                for id in builder.exercises(slot.id)
                if word in (id, problem.exercises[id].pattern)
                and (pick := builder.pick(slot.id, id)) is not None
            ]
            builder.require(Label.of(NAME, what="always", word=word), picks, low=1)


def describe(label: Label, problem: Problem) -> str:
    """One sentence."""
    if label.get("what") == "never":
        return f"you never want {label.get('exercise')}"
    return f"you always want {label.get('word')}"
