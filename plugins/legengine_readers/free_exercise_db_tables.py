"""How the words of free-exercise-db are taken: explicit tables, and what stands in for the rest.

Nothing here is guessed from prose beyond words that stand in these tables. Where the set is silent
or contradicts itself, the exercise is left out, or the strictest value holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from legengine.domain.vocabulary import Pattern

LOADS: Final = frozenset({
    "barbell", "cable_machine", "dumbbell", "kettlebell", "resistance_band",
    "calf_machine_seated", "calf_machine_standing", "hack_squat_machine", "leg_curl_machine",
    "leg_extension_machine", "leg_press_machine", "abduction_machine", "adduction_machine",
})  # fmt: skip
"""Items that load the body: two at once can't be reckoned as one load."""

LEG_MUSCLES: Final = {
    "abductors": "gluteus_medius",
    "adductors": "adductors",
    "calves": "gastrocnemius",
    "glutes": "gluteus_maximus",
    "hamstrings": "hamstrings",
    "quadriceps": "quadriceps",
}
TRUNK_MUSCLES: Final = {"abdominals": "core", "lower back": "erectors"}
MUSCLES: Final = LEG_MUSCLES | TRUNK_MUSCLES
"""Word of the set to a muscle of legengine; the other words are muscles of the upper body."""

CLOSED: Final = {
    "cardio": "cardio, for which the set gives no effort and no minutes",
    "olympic weightlifting": "Olympic lifts, which no text can teach",
    "plyometrics": "jumps and throws, whose landings nobody rated",
    "strongman": "strongman events",
}
"""Categories that are never opened, and why."""

FAST: Final = (
    "clean", "drop", "explosive", "hop", "jerk", "jump", "plyo", "slam", "snatch", "speed",
    "sprint", "swing", "throw",
)  # fmt: skip
"""Words of a name that tell of a fast movement, whatever the category says."""

EQUIPMENT: Final[dict[str, tuple[str, ...]]] = {
    "bands": ("resistance_band",),
    "barbell": ("barbell", "plates"),
    "body only": (),
    "cable": ("cable_machine",),
    "dumbbell": ("dumbbell",),
    "exercise ball": ("stability_ball",),
    "kettlebells": ("kettlebell",),
}
"""What each word of the set needs; a machine is taken by its name, and other words are refused."""

TRUNK_EQUIPMENT: Final = frozenset({"body only", "cable", "exercise ball"})
"""What trunk work is taken with: a bar over the trunk is no exercise for coming back."""

UNLOADED: Final = frozenset({"body only", "exercise ball"})
"""Equipment that loads nothing."""

NAMED_MACHINES: Final = (
    ("calf press on the leg press", "leg_press_machine"),
    ("leg press", "leg_press_machine"),
    ("hack squat", "hack_squat_machine"),
    ("leg extension", "leg_extension_machine"),
    ("lying leg curl", "leg_curl_machine"),
    ("seated leg curl", "leg_curl_machine"),
    ("seated calf raise", "calf_machine_seated"),
    ("standing calf raise", "calf_machine_standing"),
    ("thigh abductor", "abduction_machine"),
    ("thigh adductor", "adduction_machine"),
)
"""Words of a name to the machine that is meant; the first that matches. "Machine" alone is none."""

NO_ITEM: Final = (
    "bosu", "chain", "chin up", "chinup", "decline", "landmine", "parallel bar", "preacher",
    "pull up bar", "pulldown machine", "pullup bar", "smith", "suspension",
)  # fmt: skip
"""Words of a name or a text that mean a thing for which legengine has no word: refused."""

ALSO_NEEDS: Final = (
    ("ankle cuff", "ankle_strap"),
    ("ankle strap", "ankle_strap"),
    ("anchor", "anchor"),
    ("attachment point", "anchor"),
    ("band", "resistance_band"),
    ("bench", "bench"),
    ("board", "step_low"),
    ("block", "step_low"),
    ("box", "box"),
    ("chair", "chair"),
    ("column", "anchor"),
    ("dumbbell", "dumbbell"),
    ("elevated platform", "box"),
    ("exercise ball", "stability_ball"),
    ("hands and knees", "mat"),
    ("kettlebell", "kettlebell"),
    ("kneel", "mat"),
    ("kneeling", "mat"),
    ("lay", "mat"),
    ("lie", "mat"),
    ("lying", "mat"),
    ("mat", "mat"),
    ("on the floor", "mat"),
    ("partner", "partner"),
    ("pole", "anchor"),
    ("post", "anchor"),
    ("prone", "mat"),
    ("rack", "rack"),
    ("raised platform", "box"),
    ("rear foot elevated", "bench"),
    ("solid object", "counter"),
    ("spotter", "partner"),
    ("stable object", "counter"),
    ("sturdy object", "counter"),
    ("sturdy surface", "counter"),
    ("supine", "mat"),
    ("wall", "wall"),
)
"""Words of a name or a text that mean a further item: the set stores one kind only."""

MOVEMENTS: Final[tuple[tuple[tuple[str, ...], Pattern, frozenset[str]], ...]] = (
    (("calf raise", "calf press"), "plantarflexion", frozenset({"calves"})),
    (("hip adduction", "thigh adductor"), "hip_adduction", frozenset({"adductors"})),
    (
        ("hip abduction", "monster walk", "thigh abductor"),
        "hip_abduction",
        frozenset({"abductors"}),
    ),
    (("leg extension",), "knee_extension", frozenset({"quadriceps"})),
    (("leg curl", "hamstring curl"), "knee_flexion", frozenset({"hamstrings"})),
    (
        ("glute bridge", "hip bridge", "hip extension", "hip lift", "hip thrust", "butt lift",
         "kickback", "leg lift"),
        "hip_extension",
        frozenset({"glutes"}),
    ),
    (
        ("lunge", "split squat", "step up"),
        "lunge",
        frozenset({"glutes", "hamstrings", "quadriceps"}),
    ),
    (
        ("deadlift", "good morning", "pull through", "rack pull"),
        "hinge",
        frozenset({"glutes", "hamstrings", "lower back"}),
    ),
    (("leg press", "squat"), "squat", frozenset({"quadriceps"})),
    (
        ("crunch", "dead bug", "heel toucher", "pallof press", "plank", "side bridge", "sit up"),
        "core",
        frozenset({"abdominals"}),
    ),
)  # fmt: skip
"""Words of a name, the movement that they mean, and the main muscles that this movement can have.

The first row that matches holds. A name without a movement, or with a main muscle that contradicts
it ("Cable Hip Adduction" of the quadriceps), is left out.
"""

ONE_SIDED: Final = (
    "alternating", "cross body", "kickback", "leg lift", "lunge", "oblique", "one leg",
    "one legged", "one arm", "pallof press", "side", "single leg", "split squat", "step up",
)  # fmt: skip
"""Words of a name that mean one side after the other."""

ONE_SIDED_PATTERNS: Final = frozenset({"hip_abduction", "hip_adduction", "hip_extension"})
"""Patterns that a band or a cable works on one side at a time."""

HARD: Final = ("on a dumbbell", "overhead", "pistol", "plate mover", "sissy")
ON_ONE_LEG: Final = ("one leg", "one legged", "single leg")
STANDING_LIFTS: Final = frozenset({"hinge", "squat"})
"""Lifts that only tests could open, and the set has none: end ranges, unsteady ground, one leg."""

COMPOUND: Final = frozenset({"hinge", "lunge", "squat"})
ON_THE_BACK: Final = frozenset({"lunge", "squat"})
"""Patterns for which a barbell comes from a rack."""


@dataclass(frozen=True, slots=True)
class Default:
    """A value that stands in for what the set does not say: a design default [D]."""

    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field}: {self.value} [D]: {self.reason}"


ANGLE: Final = 160
WEIGHT_BEARING: Final = 100
HOLD_S: Final = 20
STRETCH_S: Final = 30

DEFAULTS: Final = (
    Default("vetted", "false", "nobody rated what it does to a sore, weak or healing body"),
    Default(
        "phases",
        "strength, power",
        "the set knows no early stage, so none is opened before the exit tests",
    ),
    Default(
        "level",
        "beginner 3, intermediate 4, expert 5",
        "its levels say how hard a lift is for a healthy visitor of a gym",
    ),
    Default("knee_flexion", f"{ANGLE} degrees", "the strictest value, as none is given"),
    Default("hip_flexion", f"{ANGLE} degrees", "the strictest value, as none is given"),
    Default("range_adjustable", "false", "nobody says that a shorter range is still the exercise"),
    Default(
        "weight_bearing", f"{WEIGHT_BEARING} percent", "as on one leg, the most without a landing"
    ),
    Default("position", "unknown", "the set gives none"),
    Default("impact", "none", "whatever its name or category calls fast is left out"),
    Default("tags", "none", "an empty list is no all-clear: vetted closes in the place of tags"),
    Default("progressions", "none", "the set has no ladders"),
    Default(
        "gates",
        "those of the bundled library for barbells and for one-legged work",
        "the set has no conditions of entry, and the same movement needs the same tests",
    ),
    Default("dose_kind", "repetitions; hold where force is static", "the set gives no dose"),
    Default("hold_seconds", f"{HOLD_S}, a stretch {STRETCH_S}", "as in the bundled library"),
    Default("seconds_per_rep", "4", "a slow repetition, as in the bundled library"),
    Default(
        "laterality",
        "each for one-sided words of the name and for lunges, else both",
        "the set has no sides; one side at a time takes the longer time",
    ),
    Default(
        "setup_seconds", "15 unloaded, 120 with a barbell, else 60", "the longer side of usual"
    ),
    Default(
        "rest_seconds",
        "compound 120, with a barbell 180; isolation 75; trunk 45; stretch 10",
        "the longer side of what the bundled library has",
    ),
    Default(
        "equipment",
        "plates with a barbell; a rack too for squats and lunges; a mat for lying down",
        "the set stores one kind only",
    ),
)
"""Everything that the importer fills in, with the reason of each."""
