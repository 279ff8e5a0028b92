"""What an exercise is called on a watch: a category, and a name of it where one means the same.

The table is ours, by what each exercise is; its words are those of the fit-tool package.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from legengine.domain.program import Prescription
from legengine.domain.vocabulary import Pattern

CATEGORIES: Final[dict[Pattern, str]] = {
    "squat": "squat",
    "lunge": "lunge",
    "hinge": "deadlift",
    "hip_extension": "hip_raise",
    "knee_extension": "unknown",
    "knee_flexion": "leg_curl",
    "plantarflexion": "calf_raise",
    "dorsiflexion": "unknown",
    "hip_abduction": "hip_stability",
    "hip_adduction": "hip_stability",
    "hip_flexion": "leg_raise",
    "core": "core",
    "balance": "unknown",
    "plyometric": "plyo",
    "mobility": "warm_up",
    "endurance": "cardio",
}
"""Where the table doesn't hold an exercise: its own title, under the category of its pattern."""


class WatchName(NamedTuple):
    """A category with the name in it, as words; ``None``: no name means the same."""

    category: str
    name: str | None


@cache
def table() -> dict[str, tuple[str | None, ...]]:
    """Exercise to category, name, and the name where it is loaded if that is another."""
    text = files("legengine_formats.fit").joinpath("names.json").read_text("utf-8")
    return {exercise: tuple(words) for exercise, words in json.loads(text).items()}


def watch_name(item: Prescription) -> WatchName:
    """What a watch calls the exercise."""
    words = table().get(item.exercise)
    if words is None:
        return WatchName(CATEGORIES.get(item.pattern, "unknown"), None)  # type: ignore[call-overload]
    loaded = bool(item.load_kg or item.load_text or item.percent_1rm)
    return WatchName(str(words[0]), words[2] if loaded and len(words) > 2 else words[1])
