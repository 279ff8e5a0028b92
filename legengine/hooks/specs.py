"""The hooks that a plugin may implement: registration only, no order, no first result.

Each returns a sequence of objects of ``legengine.hooks.contracts``. A hook implementation takes
no arguments and is marked with ``legengine.hooks.hookimpl``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pluggy

from legengine.hooks.contracts import (
    Constraint,
    ExerciseLibrary,
    Format,
    LibraryReader,
    Objective,
    ProgressionPolicy,
    ProtocolPlugin,
    ScreeningRule,
)

PROJECT: Final = "legengine"
"""The entry-point group and the name of the hook markers."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def legengine_exercises() -> Sequence[ExerciseLibrary]:  # type: ignore[empty-body]
    """Exercise libraries."""


@hookspec
def legengine_readers() -> Sequence[LibraryReader]:  # type: ignore[empty-body]
    """Readers of library files."""


@hookspec
def legengine_protocols() -> Sequence[ProtocolPlugin]:  # type: ignore[empty-body]
    """Protocols."""


@hookspec
def legengine_constraints() -> Sequence[Constraint]:  # type: ignore[empty-body]
    """Rules that must hold."""


@hookspec
def legengine_objectives() -> Sequence[Objective]:  # type: ignore[empty-body]
    """Wishes on a level of the objective."""


@hookspec
def legengine_progressions() -> Sequence[ProgressionPolicy]:  # type: ignore[empty-body]
    """Progression policies."""


@hookspec
def legengine_screenings() -> Sequence[ScreeningRule]:  # type: ignore[empty-body]
    """Screening rules."""


@hookspec
def legengine_formats() -> Sequence[Format]:  # type: ignore[empty-body]
    """Output formats."""
