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
    """Exercise libraries.

    Called once for each engine, when plugins are loaded; ``load`` of each library is called when
    the exercises are first needed. All libraries are merged into one and used unasked: two
    exercises of one id stop every program, and so does a library that can't be loaded.
    """


@hookspec
def legengine_readers() -> Sequence[LibraryReader]:  # type: ignore[empty-body]
    """Readers of library files.

    Called once for each engine, when plugins are loaded. A reader is used where a file or folder
    is given as a library (``--library``, ``libraries`` of a profile, ``Engine(libraries=...)``)
    and it recognises it, or is named.
    """


@hookspec
def legengine_protocols() -> Sequence[ProtocolPlugin]:  # type: ignore[empty-body]
    """Protocols.

    Called once for each engine, when plugins are loaded; ``load`` is called when a profile names
    the protocol. Two of one name are an error once that name is asked for.
    """


@hookspec
def legengine_constraints() -> Sequence[Constraint]:  # type: ignore[empty-body]
    """Rules that must hold.

    Called once for each engine, when plugins are loaded. Every rule holds in every program,
    unasked: in solving, checking, explaining and re-planning. Two of one name stop every program.
    """


@hookspec
def legengine_objectives() -> Sequence[Objective]:  # type: ignore[empty-body]
    """Wishes on a level of the objective.

    Called once for each engine, when plugins are loaded. Every wish counts in every program,
    unasked. A wish may not have the name of a rule, because ``rules`` of a profile sets both.
    """


@hookspec
def legengine_progressions() -> Sequence[ProgressionPolicy]:  # type: ignore[empty-body]
    """Progression policies.

    Called once for each engine, when plugins are loaded. A policy is used where the protocol or
    the profile (``progression``) names it.
    """


@hookspec
def legengine_screenings() -> Sequence[ScreeningRule]:  # type: ignore[empty-body]
    """Screening rules.

    Called once for each engine, when plugins are loaded. Every rule is asked before every
    program, unasked; a rule that fails ends in an error and no program.
    """


@hookspec
def legengine_formats() -> Sequence[Format]:  # type: ignore[empty-body]
    """Output formats.

    Called once for each engine, when plugins are loaded. A format is used where it is asked for,
    by name or by the suffix of a file. If it fails, the other formats are still written.
    """
