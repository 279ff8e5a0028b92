"""The bundled exercise library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from legengine.hooks import ExerciseLibrary, hookimpl

if TYPE_CHECKING:
    from legengine.domain.exercise import LibraryData

LEGENGINE_API = 1


def load() -> LibraryData:
    """Read and validate the data files beside this module."""
    from legengine.hooks.library import load_library

    return load_library(Path(__file__).parent / "data")


@hookimpl
def legengine_exercises() -> Sequence[ExerciseLibrary]:
    """The leg library."""
    return (
        ExerciseLibrary(
            name="legs",
            summary="144 leg exercises with ladders, gates, conditions and sources",
            load=load,
        ),
    )
