"""The level of each movement pattern, by its own test and the weaker side (evidence 5.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from legengine.assess.norms import chair_stand_cut, symmetry, symmetry_least
from legengine.domain.profile import Pair, Profile

SET_OF_15: Final = 15
BRIDGES_LEAST: Final = 10
FEW_STANDS: Final = 5
LUNGE_S: Final = (5, 20)
BALANCE_S: Final = (10, 30)
TANDEM_S: Final = 10
RAISE_SHARES: Final = (0.4, 0.7)
NEWCOMER_WEEKS: Final = 26
"""Limits of the pattern rules (evidence 5.5, [D])."""


_WORDS: Final = {"plantarflexion": "the calves", "hip_extension": "the hip extension"}


def spoken(pattern: str) -> str:
    """A pattern in words."""
    return _WORDS.get(pattern, f"the {pattern}")


@dataclass(frozen=True, slots=True)
class Placed:
    """A pattern's level, the exercise that it begins with, and why."""

    pattern: str
    level: int
    start: str
    why: str
    sources: tuple[str, ...]


def place_patterns(
    profile: Profile, facts: Mapping[str, float], *, loaded: bool
) -> Iterator[Placed]:
    """Every pattern whose test is known.

    Who starts with loads keeps the general level where the foundation was passed; calf and
    balance are placed by their own tests all the same.
    """
    if not loaded:
        yield from _squat(profile, facts)
        yield from _lunge(profile, facts)
    yield from _balance(profile, facts)
    yield from _calf(profile, facts, loaded=loaded)
    if not loaded:
        yield from _hip_extension(facts)
        yield from _hinge(profile)


def _squat(profile: Profile, facts: Mapping[str, float]) -> Iterator[Placed]:
    stands, squats = facts.get("chair_stand_30s"), facts.get("bodyweight_squat_reps")
    if squats is not None and squats >= SET_OF_15:
        why = f"Squats at level 3: {squats:g} bodyweight squats a set."
        yield Placed("squat", 3, "goblet_squat", why, ("D",))
        return
    if stands is None:
        return
    cut = chair_stand_cut(profile.person.age, profile.person.sex)
    if stands == 0:
        level, start = 1, "sts_high_hands"
    elif stands < FEW_STANDS:
        level, start = 1, "chair_squat_high"
    elif stands < cut:
        level, start = 2, "chair_squat"
    else:
        level, start = 2, "bodyweight_squat"
    why = f"Squats at level {level}: {stands:g} chair stands (norm {cut:g})."
    yield Placed("squat", level, start, why, ("STEADI30", "D"))


def _lunge(profile: Profile, facts: Mapping[str, float]) -> Iterator[Placed]:
    stance = facts.get("single_leg_stance_s")
    if stance is None:
        return
    poor, good = LUNGE_S
    level = 1 if stance < poor else 2 if stance < good else 3
    start = {1: "step_up_low", 2: "split_squat_supported", 3: "step_up"}[level]
    side = _weaker(profile.assessments.single_leg_stance_s)
    why = f"Lunges at level {level}: {stance:g} s on one leg{side}."
    yield Placed("lunge", level, start, why, ("UPST", "D"))


def _balance(profile: Profile, facts: Mapping[str, float]) -> Iterator[Placed]:
    tandem, stance = facts.get("tandem_stance_s"), facts.get("single_leg_stance_s")
    if tandem is not None and tandem < TANDEM_S:
        why = f"Balance at level 1: tandem stance below {TANDEM_S} s."
        yield Placed("balance", 1, "semi_tandem_stance", why, ("STG4", "D"))
        return
    if stance is None:
        return
    poor, good = BALANCE_S
    level = 2 if stance < good else 3
    start = "single_leg_balance_supported" if stance < poor else "single_leg_balance"
    if stance >= good:
        start = "single_leg_balance_arms"
    side = _weaker(profile.assessments.single_leg_stance_s)
    why = f"Balance at level {level}: {stance:g} s on one leg{side}."
    yield Placed("balance", level, start, why, ("UPST", "D"))


def _calf(profile: Profile, facts: Mapping[str, float], *, loaded: bool) -> Iterator[Placed]:
    raises, share = facts.get("heel_raise"), facts.get("heel_raise_norm_share")
    if raises is None or share is None:
        return
    weak, good = RAISE_SHARES
    if raises == 0:
        level, start = 1, "calf_raise_supported"
    elif share < weak:
        level, start = 2, "calf_raise_bw"
    else:
        level, start = 3, "calf_raise_single" if share > good else "calf_raise_step"
    if level == 3 and loaded:
        return
    side = _weaker(profile.assessments.heel_raise)
    why = f"Calf raises at level {level}: {raises:g} on the weaker side ({share:.0%} of the norm)"
    yield Placed("plantarflexion", level, start, f"{why}{side}.", ("HEEL", "D"))


def _hip_extension(facts: Mapping[str, float]) -> Iterator[Placed]:
    bridge = facts.get("glute_bridge_reps")
    if bridge is None:
        return
    level = 1 if bridge < BRIDGES_LEAST else 3 if bridge >= SET_OF_15 else 2
    start = {1: "glute_bridge", 2: "", 3: "single_leg_bridge"}[level]
    why = f"Bridges at level {level}: {bridge:g} a set."
    yield Placed("hip_extension", level, start, why, ("S40", "D"))


def _hinge(profile: Profile) -> Iterator[Placed]:
    if profile.experience.trained_weeks < NEWCOMER_WEEKS:
        why = "Hinges at level 1: new to the movement."
        yield Placed("hinge", 1, "hip_hinge_drill", why, ("S71", "D"))


def _weaker(pair: Pair | None) -> str:
    """Say which side sets the level for both where they differ too much."""
    if pair is None:
        return ""
    index = symmetry(pair.left, pair.right)
    if index >= symmetry_least():
        return ""
    side = "left" if pair.left < pair.right else "right"
    return f"; the {side} side sets the level for both (limb symmetry {index:.0f} %)"
