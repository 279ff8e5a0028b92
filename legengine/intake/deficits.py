"""A local deficit: every failing test of the foundation belongs to one limb or one pattern.

The rest of the body may go on to loads; the patterns behind stay at the foundation's exercises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from legengine.assess.norms import chair_stand_cut, heel_raise_norm, single_leg_stance_pass
from legengine.domain.profile import Pair, Profile
from legengine.intake.patterns import spoken

TRAINED_WEEKS: Final = 8
PAIN_MOST: Final = 3
SET_OF_15: Final = 15
WALL_SIT_S: Final = 30
NORM_SHARE: Final = 0.4
"""What the foundation's exit asks for (evidence 6, [D])."""


@dataclass(frozen=True, slots=True)
class Deficit:
    """The patterns behind, and why."""

    patterns: tuple[str, ...]
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Failed:
    pattern: str
    sides: frozenset[str]
    """Empty where the test has no sides."""


def local_deficit(profile: Profile, facts: Mapping[str, float]) -> Deficit | None:
    """The deficit of a trained person whose failing tests belong to one limb or one pattern.

    Chair stand, heel raise and single-leg stance have to be known: what wasn't measured can't be
    called sound.
    """
    tests = profile.assessments
    known = (tests.chair_stand_30s, tests.heel_raise, tests.single_leg_stance_s)
    if (
        profile.experience.trained_weeks < TRAINED_WEEKS
        or tests.foundation_exit is not None
        or None in known
        or facts.get("worst_pain", 0) > PAIN_MOST
    ):
        return None
    failed = tuple(_failed(profile, facts))
    patterns = tuple(sorted({each.pattern for each in failed}))
    sides = {side for each in failed for side in each.sides}
    if failed and all(each.sides for each in failed) and len(sides) == 1:
        why = f"only the {sides.pop()} leg is behind; its patterns start at their own level"
        return Deficit(patterns, why, ("HEEL", "UPST", "D"))
    if len(patterns) == 1:
        why = f"every test that fails is of {spoken(patterns[0])}, which starts at its own level"
        return Deficit(patterns, why, ("D",))
    return None


def _failed(profile: Profile, facts: Mapping[str, float]) -> Iterator[_Failed]:
    """The foundation's exit tests that are known to fail."""
    age, sex, tests = profile.person.age, profile.person.sex, profile.assessments
    for fact, pattern, least in (
        ("chair_stand_30s", "squat", chair_stand_cut(age, sex)),
        ("chair_squat_reps", "squat", SET_OF_15),
        ("wall_sit_s", "squat", WALL_SIT_S),
        ("glute_bridge_reps", "hip_extension", SET_OF_15),
    ):
        if facts.get(fact, least) < least:
            yield _Failed(pattern, frozenset())
    for pair, pattern, least in (
        (tests.heel_raise, "plantarflexion", NORM_SHARE * heel_raise_norm(age, sex)),
        (tests.single_leg_stance_s, "balance", single_leg_stance_pass(age)),
    ):
        if pair is not None and (sides := _sides_below(pair, least)):
            yield _Failed(pattern, sides)


def _sides_below(pair: Pair, least: float) -> frozenset[str]:
    return frozenset(side for side in ("left", "right") if getattr(pair, side) < least)
