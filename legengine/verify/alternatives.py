"""Equipment alternatives: what a place offers and what phase and conditions leave of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from legengine.domain.exercise import Condition, Exercise
from legengine.domain.problem import Eligibility, PlaceFacts, Problem
from legengine.verify.limits import unloaded
from legengine.verify.standing import held

Alternative = tuple[str, ...]

LOAD_ITEMS: Final = frozenset(
    {
        "abduction_machine",
        "adduction_machine",
        "ankle_weight",
        "barbell",
        "cable_machine",
        "calf_machine_seated",
        "calf_machine_standing",
        "dumbbell",
        "hack_squat_machine",
        "kettlebell",
        "kickback_machine",
        "leg_curl_machine",
        "leg_extension_machine",
        "leg_press_machine",
        "mini_band",
        "plates",
        "resistance_band",
        "sled",
        "trap_bar",
    }
)
"""Items whose purpose is to load the body from outside."""

ON_PLATES: Final = frozenset({"plates", "trap_bar"})
"""Items that carry what the barbell's list says."""


def shown(alternative: Alternative) -> str:
    """An alternative for a person."""
    return " + ".join(alternative) if alternative else "no equipment"


def at_place(exercise: Exercise, place: PlaceFacts) -> tuple[Alternative, ...]:
    """The alternatives that the place has whole, with a load where one is needed."""
    return tuple(
        alternative
        for alternative in exercise.equipment
        if place.equipment.issuperset(alternative) and _has_load(exercise, alternative, place)
    )


def _has_load(exercise: Exercise, alternative: Alternative, place: PlaceFacts) -> bool:
    if exercise.resistance != "external":
        return True
    listed = loads_listed(alternative, place)
    return not listed or any(listed.values())


def loads_listed(alternative: Iterable[str], place: PlaceFacts) -> dict[str, tuple[float, ...]]:
    """The loads that a place lists for the items of an alternative, by item.

    Machines share one list, and so does all that plates go on.
    """
    listed: dict[str, tuple[float, ...]] = {}
    for item in alternative:
        shared = "machine" if "machine" in item else "barbell" if item in ON_PLATES else item
        loads = place.loads.get(item, place.loads.get(shared))
        if loads is not None:
            listed[item] = loads
    return listed


def loads_body(exercise: Exercise, alternative: Alternative) -> bool:
    """Whether an alternative loads the exercise from outside."""
    if exercise.resistance == "optional":
        return any(item in LOAD_ITEMS for item in alternative)
    return exercise.resistance == "external"


def in_phase(
    exercise: Exercise, alternatives: Iterable[Alternative], eligibility: Eligibility
) -> tuple[Alternative, ...]:
    """The alternatives that a phase without external load leaves."""
    return tuple(
        alternative
        for alternative in alternatives
        if eligibility.external_load or not loads_body(exercise, alternative)
    )


def refusals(
    exercise: Exercise, alternative: Alternative, conditions: Iterable[Condition]
) -> Iterator[str]:
    """Why the conditions refuse one alternative; nothing where it is acceptable to all."""
    held = set(alternative)
    for condition in conditions:
        waived = held.intersection(condition.waived_by_equipment) or held.intersection(
            condition.waived_by_support
        )
        if not waived and exercise.id not in condition.allow_exercises:
            for tag in exercise.tags:
                if tag in condition.exclude_tags:
                    yield f"tag {tag} ({condition.id})"
        for item in alternative:
            if item in condition.drop_equipment:
                yield f"{item} dropped ({condition.id})"
        loaded = exercise.resistance != "bodyweight" and LOAD_ITEMS.intersection(alternative)
        if loaded and unloaded(condition, exercise):
            yield f"no external load ({condition.id})"


def acceptable(
    exercise: Exercise, alternatives: Iterable[Alternative], conditions: Iterable[Condition]
) -> tuple[Alternative, ...]:
    """The alternatives that are acceptable to all conditions at once."""
    conditions = tuple(conditions)
    return tuple(
        alternative
        for alternative in alternatives
        if next(refusals(exercise, alternative, conditions), None) is None
    )


def usable(problem: Problem, exercise: Exercise, place: str) -> tuple[Alternative, ...]:
    """The alternatives that place, phase and conditions leave together, in the library's order."""
    left = in_phase(exercise, at_place(exercise, problem.places[place]), problem.eligibility)
    return acceptable(exercise, left, held(problem.eligibility))


def chosen(problem: Problem, exercise: Exercise, place: str) -> Alternative | None:
    """The first alternative that is usable at a place."""
    return next(iter(usable(problem, exercise, place)), None)
