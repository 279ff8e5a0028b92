"""The words that the engine itself knows: patterns, muscles, blocks, goals, weekdays.

Equipment, restriction tags and exercise names belong to libraries and are therefore not listed
here. Muscle groups are extensible: a library may map further muscles to further groups.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, Literal

Pattern = Literal[
    "squat",
    "lunge",
    "hinge",
    "hip_extension",
    "knee_extension",
    "knee_flexion",
    "plantarflexion",
    "dorsiflexion",
    "hip_abduction",
    "hip_adduction",
    "hip_flexion",
    "core",
    "balance",
    "plyometric",
    "mobility",
    "endurance",
]
"""What a movement does; coverage, placement and dose rules speak in these words."""

Block = Literal[
    "warm_up",
    "power",
    "balance",
    "compound",
    "isolation",
    "trunk",
    "endurance",
    "cool_down",
]
"""The part of a session that an exercise belongs to."""

BLOCKS: Final[tuple[Block, ...]] = (
    "warm_up",
    "power",
    "balance",
    "compound",
    "isolation",
    "trunk",
    "endurance",
    "cool_down",
)
"""The blocks in the order in which a session holds them (rule "structure")."""

STRENGTHENING_BLOCKS: Final[tuple[Block, ...]] = ("power", "compound", "isolation")
"""The blocks whose sets are work for a muscle: they count as volume and as exposure."""

EASY_BLOCKS: Final[tuple[Block, ...]] = ("warm_up", "balance", "endurance", "cool_down")
"""The blocks of an easy session: mobility, balance, endurance, stretching."""

PhaseName = Literal["protected", "foundation", "strength", "power"]
"""The stages of restoring strength for which an exercise is open (seed phases 0 to 3)."""

PHASE_NAMES: Final[tuple[PhaseName, ...]] = ("protected", "foundation", "strength", "power")

Laterality = Literal["both", "each", "alternating"]
"""Both legs together; one leg and then the other; legs alternate inside the set."""

DoseKind = Literal["repetitions", "hold", "distance", "duration"]
"""What a set is counted in: repetitions, seconds held, metres, or continuous minutes."""

Resistance = Literal["bodyweight", "external", "optional"]
"""Whether an exercise is loaded from outside: never, always, or where the dose wants it."""

Impact = Literal["none", "low", "moderate", "high"]
IMPACTS: Final[tuple[Impact, ...]] = ("none", "low", "moderate", "high")

Goal = Literal["function", "strength", "hypertrophy", "power", "endurance"]
Cause = Literal[
    "disuse",
    "ageing",
    "injury",
    "surgery",
    "nutrition",
    "neuro",
    "msk",
    "systemic",
    "unknown",
]

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

MUSCLE_GROUPS: Final[tuple[str, ...]] = (
    "quadriceps",
    "hamstrings",
    "glutes",
    "hip_abductors",
    "adductors",
    "hip_flexors",
    "calves",
    "tibialis_anterior",
    "trunk",
)
"""The muscle groups of the built-in library, in the order in which reports list them."""

MUSCLES: Final[dict[str, str]] = {
    "quadriceps": "quadriceps",
    "hamstrings": "hamstrings",
    "gluteus_maximus": "glutes",
    "gluteus_medius": "hip_abductors",
    "adductors": "adductors",
    "hip_flexors": "hip_flexors",
    "gastrocnemius": "calves",
    "soleus": "calves",
    "tibialis_anterior": "tibialis_anterior",
    "peroneals": "peroneals",
    "erectors": "trunk",
    "core": "trunk",
    "foot_intrinsics": "foot",
}
"""Muscle to muscle group. A set credits a group once, by its best credited member."""


REGIONS: Final[tuple[str, ...]] = (
    "ankle",
    "buttock",
    "calf",
    "foot",
    "groin",
    "hamstring",
    "heel",
    "hip",
    "knee",
    "lower_back",
    "shin",
    "thigh",
    "toe",
    "upper_back",
    "wrist",
)
"""Body regions for which a profile may report pain."""

PARQ_PAGE_1: Final[tuple[str, ...]] = (
    "heart_condition_or_high_bp",
    "chest_pain_rest_daily_or_exertion",
    "dizziness_balance_loss_or_blackout_12mo",
    "other_chronic_condition",
    "medication_for_chronic_condition",
    "bone_joint_soft_tissue_problem_12mo",
    "told_supervised_only",
)
"""The items of page 1 of the PAR-Q+, in its order. The form is copyrighted: never reprinted."""


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known words that look like ``word``, best first."""
    return tuple(get_close_matches(word.lower(), sorted(known), n=3, cutoff=0.6))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint such as ``did you mean 'counter'?``, or a short list of what is known."""
    words = sorted(known)
    close = nearest(word, words)
    if close:
        return "did you mean " + " or ".join(f"'{match}'" for match in close) + "?"
    shown = ", ".join(words[:12]) + (", ..." if len(words) > 12 else "")
    return f"known: {shown}" if words else ""
