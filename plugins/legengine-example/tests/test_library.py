"""The exercises are there, together with all others."""

from __future__ import annotations

from legengine.testing import sealed_registry

from legengine_example import plugin
from legengine_example.library import load


def test_the_exercises_fit_into_the_library() -> None:
    mine = {exercise.id for exercise in load().exercises}
    assert mine <= {exercise.id for exercise in sealed_registry(plugin).library().exercises}
    assert len(mine) == 2


def test_each_has_a_picture_and_is_said_in_german() -> None:
    library = sealed_registry(plugin).library()
    for exercise in load().exercises:
        assert library.pictures[exercise.id]
        assert library.translations["de"][exercise.name] != exercise.name
