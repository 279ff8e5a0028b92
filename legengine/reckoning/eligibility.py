"""Which exercises a body and a place allow, and over which range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from legengine.domain.exercise import Condition, Exercise
from legengine.domain.problem import PlaceFacts, Problem
from legengine.domain.vocabulary import IMPACTS
from legengine.reckoning.unvetted import closes_unvetted

LOADED_BY = {
    "dumbbell": "dumbbell",
    "kettlebell": "kettlebell",
    "ankle_weight": "ankle_weight",
    "barbell": "barbell",
    "trap_bar": "barbell",
    "plates": "barbell",
    "leg_press_machine": "machine",
    "hack_squat_machine": "machine",
    "leg_extension_machine": "machine",
    "leg_curl_machine": "machine",
    "calf_machine_standing": "machine",
    "calf_machine_seated": "machine",
    "abduction_machine": "machine",
    "adduction_machine": "machine",
    "kickback_machine": "machine",
    "cable_machine": "machine",
    "resistance_band": "resistance_band",
    "mini_band": "mini_band",
    "sled": "sled",
}
"""Equipment item that loads the body to the kind of load that a place may list for it."""

Alternative = tuple[str, ...]

NOT_VETTED: Final = "exercise.vetted"
"""What closes an exercise whose risks nobody looked at, for somebody with anything that limits."""


def load_item(alternative: Alternative) -> str:
    """The item of an alternative that carries the load, or an empty string."""
    return next((item for item in alternative if item in LOADED_BY), "")


def has_load(exercise: Exercise, alternative: Alternative, place: PlaceFacts) -> bool:
    """Whether the place has a load for an exercise that needs one."""
    return exercise.resistance != "external" or load_exists(alternative, place)


def load_exists(alternative: Alternative, place: PlaceFacts) -> bool:
    """Whether the place has a load for the items of an alternative; unlisted loads exist."""
    kinds = {LOADED_BY[item] for item in alternative if item in LOADED_BY}
    listed = [place.loads[kind] for kind in sorted(kinds) if kind in place.loads]
    return not listed or any(listed)


def alternatives_at(exercise: Exercise, place: PlaceFacts) -> list[Alternative]:
    """The alternatives that the place has whole, with a load where one is needed."""
    return [
        alternative
        for alternative in exercise.equipment
        if place.equipment.issuperset(alternative) and has_load(exercise, alternative, place)
    ]


def open_in_phase(
    problem: Problem, exercise: Exercise, alternatives: Iterable[Alternative]
) -> list[Alternative]:
    """The alternatives that a phase without external load leaves."""
    if problem.eligibility.external_load:
        return list(alternatives)
    if exercise.resistance == "external":
        return []
    loadable = exercise.resistance == "optional"
    return [
        alternative for alternative in alternatives if not (loadable and load_item(alternative))
    ]


def refusing_condition(
    conditions: Iterable[Condition], exercise: Exercise, alternative: Alternative
) -> Condition | None:
    """The first condition that refuses the exercise with this alternative, or ``None``."""
    for condition in conditions:
        if any(item in alternative for item in condition.drop_equipment):
            return condition
        if _takes_load(condition, exercise) and load_item(alternative):
            return condition
        if _tag_refused(condition, exercise):
            waivers = (*condition.waived_by_equipment, *condition.waived_by_support)
            if not any(item in alternative for item in waivers):
                return condition
    return None


def _tag_refused(condition: Condition, exercise: Exercise) -> bool:
    return exercise.id not in condition.allow_exercises and any(
        tag in condition.exclude_tags for tag in exercise.tags
    )


def _takes_load(condition: Condition, exercise: Exercise) -> bool:
    """Whether a condition takes the external load from an exercise."""
    if exercise.resistance == "bodyweight" or exercise.id in condition.allow_exercises:
        return False
    bears = condition.no_external_load and exercise.weight_bearing > 0
    return bears or any(tag in condition.unloaded_tags for tag in exercise.tags)


def asked_for(conditions: Iterable[Condition]) -> frozenset[str]:
    """Exercises that conditions ask for: open in every phase while they do."""
    return frozenset(
        id
        for condition in conditions
        for need in condition.weekly_at_least
        for id in need.exercises
    )


def closing_condition(problem: Problem, exercise: Exercise) -> str:
    """The condition or restriction that closes an exercise whatever the place, or ``""``."""
    body = problem.eligibility
    if any(tag in body.exclude_tags for tag in exercise.tags):
        return "restrictions.exclude_tags"
    if exercise.pattern in body.exclude_patterns:
        return "restrictions.exclude_patterns"
    if any(problem.muscle_groups[muscle] in body.spare_muscles for muscle in exercise.primary):
        return "restrictions.spare_muscles"
    for condition in body.conditions:
        if _closes(condition, exercise, problem):
            return condition.id
    return NOT_VETTED if closes_unvetted(problem, exercise) else ""


def _closes(condition: Condition, exercise: Exercise, problem: Problem) -> bool:
    if exercise.id in condition.exclude_exercises:
        return True
    if exercise.position in condition.exclude_positions:
        return True
    words = {exercise.pattern, *exercise.tags}
    if any(words.issuperset(together) for together in condition.exclude_combinations):
        return True
    if _too_painful(condition, exercise, problem):
        return True
    bounds = (
        (exercise.weight_bearing, condition.weight_bearing_max),
        (exercise.level, condition.level_max),
        (
            exercise.level if "axial_load" in exercise.tags else 0,
            condition.axial_level_max,
        ),
        (
            IMPACTS.index(exercise.impact),
            None if condition.impact_max is None else IMPACTS.index(condition.impact_max),
        ),
    )
    if any(limit is not None and value > limit for value, limit in bounds):
        return True
    if exercise.resistance == "external" and _takes_load(condition, exercise):
        return True
    arc = open_chain_range(condition, exercise)
    if arc is not None and exercise.knee_flexion <= arc[1]:
        return True
    return any(
        _too_far(angle, cap, strict=condition.strict, adjustable=exercise.range_adjustable)
        for _, angle, cap in _caps(condition, exercise, problem)
    )


def _too_painful(condition: Condition, exercise: Exercise, problem: Problem) -> bool:
    """Whether pain above a condition's limit closes an exercise; unscored pain is the worst."""
    limit = condition.pain_limit
    if limit is None or exercise.id not in limit.closes_above:
        return False
    return problem.eligibility.pain.get(limit.region, 10) > limit.score


def _too_far(angle: int, cap: int, *, strict: bool, adjustable: bool) -> bool:
    return angle > cap and (strict or not adjustable or 2 * cap < angle)


def _caps(condition: Condition, exercise: Exercise, problem: Problem) -> list[tuple[str, int, int]]:
    """Joint, standard angle and cap for every cap of a condition."""
    caps: list[tuple[str, int, int]] = []
    if condition.knee_flexion_max is not None:
        caps.append(("knee", exercise.knee_flexion, condition.knee_flexion_max))
    if condition.knee_flexion_max_by_pain is not None:
        by_pain = condition.knee_flexion_max_by_pain
        # Pain that nobody scored is taken for the worst: a limit fails closed.
        score = problem.eligibility.pain.get(by_pain.region, 10)
        cap = (
            by_pain.pain_0_3
            if score <= 3
            else by_pain.pain_4_5
            if score <= 5
            else by_pain.pain_6_10
        )
        caps.append(("knee", exercise.knee_flexion, cap))
    if condition.knee_flexion_max_weight_bearing is not None and exercise.weight_bearing > 0:
        caps.append(("knee", exercise.knee_flexion, condition.knee_flexion_max_weight_bearing))
    if condition.hip_flexion_max is not None:
        caps.append(("hip", exercise.hip_flexion, condition.hip_flexion_max))
    if condition.hip_flexion_max_knee_straight is not None and exercise.knee_flexion == 0:
        caps.append(("hip", exercise.hip_flexion, condition.hip_flexion_max_knee_straight))
    return caps


OPEN_CHAIN: Final = frozenset({"okc_knee_ext_terminal", "okc_knee_ext_load"})
"""Tags of open-chain knee extensions."""


def open_chain_range(condition: Condition, exercise: Exercise) -> tuple[int, int] | None:
    """From, to in degrees, where a condition narrows an open-chain knee extension."""
    return condition.open_chain_knee_extension_range if OPEN_CHAIN & {*exercise.tags} else None


@dataclass(frozen=True, slots=True)
class RangeCap:
    """A shortened range: the smallest cap below the standard angle of a joint."""

    joint: str
    degrees: int
    condition: str


def range_caps(problem: Problem, exercise: Exercise) -> tuple[RangeCap, ...]:
    """The joints whose range a condition shortens, with the smallest cap or margin of each."""
    smallest: dict[str, RangeCap] = {}
    for condition in problem.eligibility.conditions:
        caps = _caps(condition, exercise, problem)
        if condition.hip_flexion_margin is not None:
            caps.append(("hip", exercise.hip_flexion, condition.hip_flexion_margin))
        for joint, angle, cap in caps:
            known = smallest.get(joint)
            if angle > cap and (known is None or cap < known.degrees):
                smallest[joint] = RangeCap(joint, cap, condition.id)
    return tuple(smallest[joint] for joint in sorted(smallest))


def knee_cap_in_week(problem: Problem, exercise: Exercise, week: int) -> int:
    """The knee flexion that caps allow in a week of the program where pain lets them widen."""
    allowed = exercise.knee_flexion
    for condition in problem.eligibility.conditions:
        wider, weeks = condition.widening, 0
        if wider is not None:
            weeks = max(0, week - wider.from_week + 1) * wider.degrees
        for joint, _, cap in _caps(condition, exercise, problem):
            if joint == "knee":
                allowed = min(allowed, cap + weeks)
    return allowed


def usable_alternatives(problem: Problem, exercise: Exercise, place: str) -> list[Alternative]:
    """The alternatives that the place has, the phase opens and every condition accepts."""
    there = open_in_phase(problem, exercise, alternatives_at(exercise, problem.places[place]))
    return [
        alternative
        for alternative in there
        if refusing_condition(problem.eligibility.conditions, exercise, alternative) is None
    ]


def open_but_for_place(problem: Problem, exercise: Exercise) -> bool:
    """Whether nothing but a place can close the exercise: phase, level, gates, conditions."""
    body = problem.eligibility
    level = min(body.level_max, problem.placement.level_of(exercise.pattern))
    return (
        exercise.id in problem.doses
        and bool(set(exercise.phases) & set(body.phases))
        and exercise.level <= level
        and not {exercise.id, exercise.pattern} & body.never
        and not any(exercise.id in gate.opens for gate in body.gates)
        and not closing_condition(problem, exercise)
    )
