"""The entry point of the bundled readers."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.hooks import LibraryReader, hookimpl
from legengine_readers.free_exercise_db import FreeExerciseDb
from legengine_readers.native import NativeReader

LEGENGINE_API = 1


@hookimpl
def legengine_readers() -> Sequence[LibraryReader]:
    """The readers of this plugin, by name."""
    return (FreeExerciseDb(), NativeReader())
