"""Which exercises a phase opens for this person: stage, load, level, gates, a dose row."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.domain.exercise import Exercise, Gate, Need
from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.reckoning.eligibility import Alternative, alternatives_at, asked_for, open_in_phase
from legengine.solve.constraints import posts_nothing as post  # noqa: F401

NAME = "phase_access"


def admits(problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
    """Close what the phase, the placement or a gate closes."""
    body = problem.eligibility
    what = ""
    stages = body.ahead.get(exercise.pattern, body.phases)
    in_stage = set(exercise.phases) & set(stages)
    if not in_stage and exercise.id not in asked_for(body.conditions):
        what = "stage"
    elif not open_in_phase(problem, exercise, _ways(problem, exercise, slot)):
        what = "load"
    elif not _at_stage(problem, exercise):
        what = "pattern"
    elif exercise.level > min(body.level_max, problem.placement.level_of(exercise.pattern)):
        what = "level"
    elif exercise.id not in problem.doses:
        what = "dose"
    else:
        conditions = {condition.id for condition in body.conditions}
        for gate in body.gates:
            if exercise.id not in gate.opens:
                continue
            if conditions.intersection(gate.closed_by) or not _shown(gate, exercise, problem):
                return Label.of(NAME, what="gate", gate=gate.id, exercise=exercise.id)
    return Label.of(NAME, what=what, exercise=exercise.id) if what else None


def _at_stage(problem: Problem, exercise: Exercise) -> bool:
    """Whether a pattern that stays at an earlier stage has the exercise there, unloaded."""
    stage = problem.placement.stages.get(exercise.pattern)
    return stage is None or (stage in exercise.phases and exercise.resistance != "external")


def _ways(problem: Problem, exercise: Exercise, slot: Slot) -> Sequence[Alternative]:
    """The alternatives of the place; all of them where it has none, which equipment tells."""
    return alternatives_at(exercise, problem.places[slot.place]) or exercise.equipment


def _shown(gate: Gate, exercise: Exercise, problem: Problem) -> bool:
    """Whether all that a gate asks for is shown, and the exercise chosen where it has to be."""
    body = problem.eligibility
    wanted = exercise.id in body.always or exercise.id in problem.preferences.prefer
    oldest = gate.by_choice_from
    # An age that is not known counts as old: a gate fails closed.
    if oldest is not None and not wanted and body.facts.get("age", oldest) >= oldest:
        return False
    return all(_met(need, problem) for need in gate.needs) and all(
        any(_met(need, problem) for need in group) for group in gate.either
    )


def _met(need: Need, problem: Problem) -> bool:
    """Whether a need is shown; a fact that is not known fails."""
    value = problem.eligibility.facts.get(need.fact)
    if value is None:
        return False
    if need.at_least is not None and value < need.at_least:
        return False
    return need.at_most is None or value <= need.at_most


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the reason."""
    exercise = problem.exercises[label.get("exercise")]
    allowed = min(problem.eligibility.level_max, problem.placement.level_of(exercise.pattern))
    return {
        "stage": f"{exercise.name} is not for the {problem.stage} stage",
        "load": f"{exercise.name} needs a load, and {problem.title} works without",
        "pattern": f"{exercise.name} waits until the tests of its pattern are passed",
        "level": f"{exercise.name} is level {exercise.level}; level {allowed} is open now",
        "dose": f"{problem.title} has no dose for {exercise.name}",
        "gate": f"{exercise.name} waits for the tests of gate '{label.get('gate')}'",
    }[label.get("what")]
