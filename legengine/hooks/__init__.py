"""All that a plugin author imports: the marker, the contracts and the data loaders."""

from __future__ import annotations

from legengine.hooks.contracts import (
    API_VERSION,
    OBJECTIVE_LEVELS,
    Column,
    Constraint,
    DoseRequest,
    ExerciseLibrary,
    Format,
    LoadPlan,
    LoadRequest,
    ModelBuilder,
    NoOptions,
    Objective,
    ObjectiveLevel,
    ProgressionPolicy,
    ProtocolPlugin,
    RenderOptions,
    ScreeningRule,
    Terms,
)
from legengine.hooks.specs import hookimpl

__all__ = [
    "API_VERSION",
    "OBJECTIVE_LEVELS",
    "Column",
    "Constraint",
    "DoseRequest",
    "ExerciseLibrary",
    "Format",
    "LoadPlan",
    "LoadRequest",
    "ModelBuilder",
    "NoOptions",
    "Objective",
    "ObjectiveLevel",
    "ProgressionPolicy",
    "ProtocolPlugin",
    "RenderOptions",
    "ScreeningRule",
    "Terms",
    "hookimpl",
]
