"""An exercise library: a folder of JSON files beside this module."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from legengine.hooks import ExerciseLibrary

if TYPE_CHECKING:
    from legengine.domain.exercise import LibraryData


def load() -> LibraryData:
    """Read and check the files; links may lead to the exercises of other libraries."""
    from legengine.hooks.library import load_library

    return load_library(files(__package__) / "data" / "library", extends=True)


LIBRARY = ExerciseLibrary(
    name="example",
    summary="two exercises that need a wall or a chair, with pictures and German",
    load=load,
)
