"""What conditions and restrictions close or limit, apart from the equipment that is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from legengine.domain.exercise import Condition, Exercise, PainCaps
from legengine.domain.problem import Dose, Eligibility
from legengine.domain.vocabulary import IMPACTS
from legengine.verify.standing import held


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that is over what a condition or restriction allows."""

    required: str
    found: str


@dataclass(frozen=True, slots=True)
class Range:
    """The range of motion that is left, in degrees; ``None`` where nothing shortens it."""

    knee: int | None
    hip: int | None

    @property
    def shortened(self) -> bool:
        """Whether any cap is below the standard form."""
        return self.knee is not None or self.hip is not None


def cap_by_pain(caps: PainCaps, pain: Mapping[str, int]) -> int:
    """The cap in degrees for the pain of the region; without a score the worst is taken."""
    score = pain.get(caps.region, 10)
    if score <= 3:
        return caps.pain_0_3
    return caps.pain_4_5 if score <= 5 else caps.pain_6_10


def knee_caps(condition: Condition, exercise: Exercise, pain: Mapping[str, int]) -> list[int]:
    """The caps on knee flexion that a condition puts on an exercise."""
    caps = [condition.knee_flexion_max]
    if condition.knee_flexion_max_by_pain is not None:
        caps.append(cap_by_pain(condition.knee_flexion_max_by_pain, pain))
    if exercise.weight_bearing > 0:
        caps.append(condition.knee_flexion_max_weight_bearing)
    return [cap for cap in caps if cap is not None]


def hip_caps(condition: Condition, exercise: Exercise) -> list[int]:
    """The caps on hip flexion that a condition puts on an exercise."""
    caps = [condition.hip_flexion_max]
    if exercise.knee_flexion == 0:
        caps.append(condition.hip_flexion_max_knee_straight)
    return [cap for cap in caps if cap is not None]


def range_left(exercise: Exercise, eligibility: Eligibility) -> Range:
    """The range that the smallest caps and margins of all conditions leave."""
    knee: list[int] = []
    hip: list[int] = []
    for condition in held(eligibility):
        knee += knee_caps(condition, exercise, eligibility.pain)
        hip += hip_caps(condition, exercise)
        if condition.hip_flexion_margin is not None:
            hip.append(condition.hip_flexion_margin)
    return Range(_shorter(knee, exercise.knee_flexion), _shorter(hip, exercise.hip_flexion))


def _shorter(caps: Iterable[int], angle: int) -> int | None:
    return min((cap for cap in caps if cap < angle), default=None)


def angle_limits(
    condition: Condition, exercise: Exercise, pain: Mapping[str, int]
) -> Iterator[Limit]:
    """Angles over a cap that no shorter range may meet."""
    for joint, angle, caps in (
        ("knee", exercise.knee_flexion, knee_caps(condition, exercise, pain)),
        ("hip", exercise.hip_flexion, hip_caps(condition, exercise)),
    ):
        for cap in caps:
            if angle <= cap:
                continue
            if exercise.range_adjustable and not condition.strict and 2 * cap >= angle:
                continue
            yield Limit(f"{joint} flexion at most {cap} degrees", f"{angle} degrees")


def body_limits(
    condition: Condition, exercise: Exercise, pain: Mapping[str, int]
) -> Iterator[Limit]:
    """What a condition closes because of the exercise itself, whatever the equipment."""
    if exercise.id in condition.exclude_exercises:
        yield Limit("not this exercise", exercise.id)
    if exercise.position in condition.exclude_positions:
        yield Limit(f"not {exercise.position}", exercise.position)
    for words in condition.exclude_combinations:
        if all(word == exercise.pattern or word in exercise.tags for word in words):
            yield Limit("not together: " + " and ".join(words), exercise.id)
    accepted = condition.pain_limit
    if accepted is not None and exercise.id in accepted.closes_above:
        score = pain.get(accepted.region)
        if score is None or score > accepted.score:
            found = "not known" if score is None else str(score)
            yield Limit(f"{accepted.region} pain of at most {accepted.score}", found)
    arc = arc_left(condition, exercise)
    if arc is not None and exercise.knee_flexion <= min(arc):
        yield Limit(f"bent beyond {min(arc)} degrees", f"{exercise.knee_flexion} degrees")
    if condition.impact_max is not None and IMPACTS.index(exercise.impact) > IMPACTS.index(
        condition.impact_max
    ):
        yield Limit(f"impact at most {condition.impact_max}", exercise.impact)
    share = condition.weight_bearing_max
    if share is not None and exercise.weight_bearing > share:
        yield Limit(f"weight bearing at most {share} %", f"{exercise.weight_bearing} %")
    if condition.level_max is not None and exercise.level > condition.level_max:
        yield Limit(f"level at most {condition.level_max}", f"level {exercise.level}")
    axial = condition.axial_level_max
    if axial is not None and "axial_load" in exercise.tags and exercise.level > axial:
        yield Limit(f"level at most {axial} under axial load", f"level {exercise.level}")
    if exercise.resistance == "external" and unloaded(condition, exercise):
        yield Limit("no external load", "needs an external load")
    yield from angle_limits(condition, exercise, pain)


def unloaded(condition: Condition, exercise: Exercise) -> bool:
    """Whether a condition takes the external load from an exercise."""
    if exercise.id in condition.allow_exercises:
        return False
    if condition.no_external_load and exercise.weight_bearing > 0:
        return True
    return not set(condition.unloaded_tags).isdisjoint(exercise.tags)


def arc_left(condition: Condition, exercise: Exercise) -> tuple[int, int] | None:
    """The arc, in degrees, that a condition leaves of an open-chain knee extension."""
    open_chain = any(tag.startswith("okc_knee_ext") for tag in exercise.tags)
    return condition.open_chain_knee_extension_range if open_chain else None


def share_of_mass(exercise: Exercise, eligibility: Eligibility) -> int | None:
    """The external load in percent of body mass that the conditions allow at most."""
    shares = [
        condition.load_share.percent_of_body_mass
        for condition in held(eligibility)
        if condition.load_share and exercise.id in condition.load_share.exercises
    ]
    return min(shares, default=None)


def effort_limits(condition: Condition, exercise: Exercise, dose: Dose) -> Iterator[Limit]:
    """What the dose of a week asks beyond a condition's limits of effort."""
    longest = condition.hold_seconds_max
    sustained = exercise.dose_kind == "hold" and "isometric_sustained" in exercise.tags
    if longest is not None and sustained and dose.hold_s > longest:
        yield Limit(f"holds at most {longest} s", f"{dose.hold_s} s")
    effort = highest_effort(dose.rpe, dose.rir)
    if condition.rpe_max is not None and effort is not None and effort > condition.rpe_max:
        yield Limit(f"effort at most {condition.rpe_max}", f"effort {effort}")
    percent = condition.percent_1rm_max
    if percent is not None and dose.percent_1rm is not None and dose.percent_1rm[1] > percent:
        yield Limit(f"at most {percent} % of 1RM", f"{dose.percent_1rm[1]} %")


def highest_effort(rpe: tuple[int, int] | None, rir: tuple[int, int] | None) -> int | None:
    """The highest effort on the 0-10 scale; ten less the repetitions in reserve without it."""
    if rpe is not None:
        return rpe[1]
    return None if rir is None else 10 - rir[0]


def restriction_limits(
    exercise: Exercise, eligibility: Eligibility, muscle_groups: Mapping[str, str]
) -> Iterator[Limit]:
    """What the profile's own restrictions close."""
    for tag in exercise.tags:
        if tag in eligibility.exclude_tags:
            yield Limit(f"no tag {tag}", tag)
    if exercise.pattern in eligibility.exclude_patterns:
        yield Limit(f"no {exercise.pattern}", exercise.pattern)
    for muscle in exercise.primary:
        if muscle_groups.get(muscle) in eligibility.spare_muscles:
            yield Limit(f"{muscle_groups[muscle]} spared", f"primary muscle {muscle}")
