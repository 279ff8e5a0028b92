"""Phase access: the exercise is open in this phase and to this person's level."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from legengine.domain.exercise import Exercise, Need
from legengine.domain.findings import Violation
from legengine.domain.problem import Eligibility, Problem
from legengine.domain.schedule import Schedule
from legengine.verify.alternatives import at_place, in_phase
from legengine.verify.facts import Work, facts_of

RULE = "phase_access"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every item."""
    closed: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for work in facts_of(problem, schedule).works:
        at = (work.exercise.id, work.slot.place)
        if at not in closed:
            closed[at] = tuple(_closed(problem, work))
        for required, found in closed[at]:
            yield Violation(RULE, work.where, required, found)


def _closed(problem: Problem, work: Work) -> Iterator[tuple[str, str]]:
    exercise, eligibility = work.exercise, problem.eligibility
    stages = eligibility.phases
    if exercise.pattern in eligibility.ahead:
        stages = eligibility.ahead[exercise.pattern]
    if not set(exercise.phases) & set(stages) and not _asked_for(exercise, eligibility):
        yield "one of " + ", ".join(stages), ", ".join(exercise.phases) or "no phase"
    there = at_place(exercise, problem.places[work.slot.place]) or exercise.equipment
    if not in_phase(exercise, there, eligibility):
        yield "no external load", f"resistance {exercise.resistance}"
    kept = problem.placement.stages.get(exercise.pattern)
    if kept is not None and kept not in exercise.phases:
        found = ", ".join(exercise.phases) or "no phase"
        yield f"an exercise of the {kept} stage for {exercise.pattern}", found
    if kept is not None and exercise.resistance == "external":
        yield f"no external load for {exercise.pattern}", "resistance external"
    if exercise.level > eligibility.level_max:
        yield f"level at most {eligibility.level_max} in the phase", f"level {exercise.level}"
    placed = problem.placement.level_of(exercise.pattern)
    if exercise.level > placed:
        yield f"level at most {placed} for {exercise.pattern}", f"level {exercise.level}"
    chosen = {*eligibility.always, *problem.preferences.prefer}
    yield from _gates(exercise, eligibility, chosen)
    if work.dose is None:
        yield "a dose row", "none"


def _asked_for(exercise: Exercise, eligibility: Eligibility) -> bool:
    """Whether a condition asks for the very exercise, in whatever phase."""
    return any(
        exercise.id in need.exercises
        for condition in eligibility.conditions
        for need in condition.weekly_at_least
    )


def _gates(
    exercise: Exercise, eligibility: Eligibility, chosen: Collection[str]
) -> Iterator[tuple[str, str]]:
    for gate in eligibility.gates:
        if exercise.id not in gate.opens:
            continue
        for condition in eligibility.conditions:
            if condition.id in gate.closed_by:
                yield f"gate {gate.id}: not under {condition.id}", condition.id
        for need in gate.needs:
            value = eligibility.facts.get(need.fact)
            if not _met(need, value):
                known = "not known" if value is None else f"{value:g}"
                yield f"gate {gate.id}: {_asked(need)}", f"{need.fact} {known}"
        for group in gate.either:
            if not any(_met(need, eligibility.facts.get(need.fact)) for need in group):
                yield f"gate {gate.id}: " + " or ".join(map(_asked, group)), "none of them"
        oldest, age = gate.by_choice_from, eligibility.facts.get("age")
        if oldest is not None and exercise.id not in chosen and (age is None or age >= oldest):
            yield f"gate {gate.id}: from {oldest} years only by choice", "not chosen"


def _met(need: Need, value: float | None) -> bool:
    if value is None:
        return False
    if need.at_least is not None and value < need.at_least:
        return False
    return need.at_most is None or value <= need.at_most


def _asked(need: Need) -> str:
    bounds = [
        f"{word} {bound:g}"
        for word, bound in (("at least", need.at_least), ("at most", need.at_most))
        if bound is not None
    ]
    return " ".join((need.fact, " and ".join(bounds) or "known"))
