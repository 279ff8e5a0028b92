"""Where a person starts: the phase, and a level for each movement pattern (evidence 5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from legengine.domain.profile import Profile
from legengine.intake.norms import (
    chair_stand_cut,
    heel_raise_norm,
    single_leg_stance_pass,
    sit_to_stand_p25,
)

Entry = Literal["foundation", "introduction", "goal"]
"""The first phase: the foundation, the introduction to load, or the block of the goal."""

ENTRY_LEVEL: Final[dict[Entry, int]] = {"foundation": 2, "introduction": 3, "goal": 4}


@dataclass(frozen=True, slots=True)
class Start:
    """The first phase and the levels that the tests give, with every reason."""

    entry: Entry
    level: int
    patterns: Mapping[str, int]
    reasons: tuple[str, ...]


def place(profile: Profile, facts: Mapping[str, float]) -> Start:
    """Place a person; the first rule that fits decides, then each pattern by its own test."""
    entry, level, why = _entry(profile, facts)
    patterns: dict[str, int] = {}
    reasons = [why]
    for pattern, pattern_level, reason in _pattern_levels(profile, facts, entry):
        patterns[pattern] = pattern_level
        reasons.append(reason)
    return Start(entry, level, patterns, tuple(reasons))


def _entry(profile: Profile, facts: Mapping[str, float]) -> tuple[Entry, int, str]:
    age, tests = profile.person.age, profile.assessments
    cleared = profile.clearance
    if cleared is not None and (cleared.protected or cleared.weight_bearing not in ("FWB", "WBAT")):
        return "foundation", 1, "Level 1: the clearance limits weight bearing."
    if facts.get("rest_pain", 0) >= 4:
        return "foundation", 1, "Level 1: pain at rest is 4 of 10 or more."
    if facts.get("sppb", 12) <= 6 or facts.get("gait_speed_m_s", 9) < 0.5:
        return "foundation", 1, "Level 1: SPPB of 6 or less, or walking below 0.5 m/s."
    if tests.foundation_exit == "pass":
        if profile.experience.trained_weeks >= 8:
            return "goal", 4, "Level 4: foundation tests passed and 8 or more weeks trained."
        return "introduction", 3, "Level 3: foundation tests passed, new to loads."
    if tests.foundation_exit is None and (local := _local_deficit(profile, facts)):
        return "introduction", 3, local
    cut = chair_stand_cut(age, profile.person.sex)
    if age >= 60 and (
        facts.get("chair_stand_30s", cut) < cut
        or facts.get("sppb", 12) <= 9
        or facts.get("timed_up_and_go_s", 0) >= 12
        or facts.get("tandem_stance_s", 60) < 10
    ):
        return "foundation", 2, "Level 2: a test is below the norm for your age."
    if profile.history.weeks_inactive >= 4:
        weeks = profile.history.weeks_inactive
        return "foundation", 2, f"Level 2: {weeks} weeks without training."
    p25 = sit_to_stand_p25(age, profile.person.sex)
    if age < 60 and facts.get("sit_to_stand_1min", p25) < p25:
        return "foundation", 2, "Level 2: the one-minute sit-to-stand is in the lowest quarter."
    return "foundation", 2, "Level 2: the foundation tests have not been passed yet."


def _local_deficit(profile: Profile, facts: Mapping[str, float]) -> str:
    """A trained person whose failing foundation tests all belong to one limb starts loaded."""
    side = profile.history.affected_side
    tests = profile.assessments
    if side is None or profile.experience.trained_weeks < 8:
        return ""
    cut = chair_stand_cut(profile.person.age, profile.person.sex)
    if facts.get("chair_stand_30s", 0) < cut:
        return ""
    norm = heel_raise_norm(profile.person.age, profile.person.sex)
    for pair, need in (
        (tests.heel_raise, 0.4 * norm),
        (tests.single_leg_stance_s, single_leg_stance_pass(profile.person.age)),
    ):
        if pair is None:
            return ""
        sound = pair.right if side == "left" else pair.left
        if sound < need:
            return ""
    return f"Level 3: only the {side} leg is behind; its patterns start at their own level."


def _pattern_levels(
    profile: Profile, facts: Mapping[str, float], entry: Entry
) -> list[tuple[str, int, str]]:
    age, sex = profile.person.age, profile.person.sex
    levels: list[tuple[str, int, str]] = []
    stands = facts.get("chair_stand_30s")
    if stands is not None and entry == "foundation":
        cut = chair_stand_cut(age, sex)
        level = 1 if stands < 5 else 2
        levels.append(
            ("squat", level, f"Squats at level {level}: {stands:g} chair stands (norm {cut:g}).")
        )
    stance = facts.get("single_leg_stance_s")
    if stance is not None:
        if entry == "foundation":
            level = 1 if stance < 5 else 2 if stance < 20 else 3
            levels.append(("lunge", level, f"Lunges at level {level}: {stance:g} s on one leg."))
        level = 2 if stance < 30 else 3
        reason = f"Balance at level {level}: {stance:g} s on one leg."
        if facts.get("tandem_stance_s", 60) < 10:
            level, reason = 1, "Balance at level 1: tandem stance below 10 s."
        levels.append(("balance", level, reason))
    elif facts.get("tandem_stance_s", 60) < 10:
        levels.append(("balance", 1, "Balance at level 1: tandem stance below 10 s."))
    raises, share = facts.get("heel_raise"), facts.get("heel_raise_norm_share")
    if raises is not None and share is not None:
        level = 1 if raises == 0 else 2 if share < 0.4 else 3
        if level < 3 or entry == "foundation":
            side = f"{raises:g} on the weaker side ({share:.0%} of the norm)"
            levels.append(("plantarflexion", level, f"Calf raises at level {level}: {side}."))
    bridge = facts.get("glute_bridge_reps")
    if bridge is not None and entry == "foundation":
        level = 1 if bridge < 10 else 3 if bridge >= 15 else 2
        levels.append(("hip_extension", level, f"Bridges at level {level}: {bridge:g} a set."))
    if entry == "foundation" and profile.experience.trained_weeks < 26:
        levels.append(("hinge", 1, "Hinges at level 1: new to the movement."))
    return levels
