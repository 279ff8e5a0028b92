"""What this plugin hands to legengine. Each object is imported when its hook is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from legengine.hooks import hookimpl

if TYPE_CHECKING:
    from legengine.hooks import (
        Constraint,
        ExerciseLibrary,
        Format,
        LibraryReader,
        Objective,
        ProgressionPolicy,
        ProtocolPlugin,
        ScreeningRule,
    )

LEGENGINE_API = 1


@hookimpl
def legengine_exercises() -> Sequence[ExerciseLibrary]:
    """Exercises that are merged with all others."""
    from legengine_example.library import LIBRARY

    return [LIBRARY]


@hookimpl
def legengine_readers() -> Sequence[LibraryReader]:
    """Readers of files with exercises."""
    from legengine_example.reader import ExampleReader

    return [ExampleReader()]


@hookimpl
def legengine_protocols() -> Sequence[ProtocolPlugin]:
    """Protocols that a profile may choose."""
    from legengine_example.protocol import PROTOCOL

    return [PROTOCOL]


@hookimpl
def legengine_constraints() -> Sequence[Constraint]:
    """Rules that hold in every program."""
    from legengine_example.machine_hours import MachineHours  # only here
    from legengine_example.never_together import NeverTogether  # only here
    from legengine_example.rolling_sets import RollingSets  # only here
    from legengine_example.rule import ExampleRule

    return [
        ExampleRule(),
        MachineHours(),  # only here
        NeverTogether(),  # only here
        RollingSets(),  # only here
    ]


@hookimpl
def legengine_objectives() -> Sequence[Objective]:
    """Wishes that count in every program."""
    from legengine_example.wish import ExampleWish

    return [ExampleWish()]


@hookimpl
def legengine_progressions() -> Sequence[ProgressionPolicy]:
    """Progression policies that a profile or a protocol may name."""
    from legengine_example.policy import ExamplePolicy

    return [ExamplePolicy()]


@hookimpl
def legengine_screenings() -> Sequence[ScreeningRule]:
    """Questions before training."""
    from legengine_example.screening import ExampleScreening

    return [ExampleScreening()]


@hookimpl
def legengine_formats() -> Sequence[Format]:
    """Output formats."""
    from legengine_example.format import ExampleFormat

    return [ExampleFormat()]
