"""All that a plugin author imports: the marker, the contracts and the data loaders."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legengine.hooks.contracts import (
        API_VERSION,
        OBJECTIVE_LEVELS,
        OLDEST_API_VERSION,
        Column,
        Constraint,
        DoseRequest,
        ExerciseLibrary,
        Files,
        Format,
        LibraryContents,
        LibraryReader,
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


def __getattr__(name: str) -> Any:
    # Finding plugins by their metadata must not pay for pydantic: names come when asked for.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "specs" if name == "hookimpl" else "contracts"
    return getattr(import_module(f"{__name__}.{home}"), name)


__all__ = [
    "API_VERSION",
    "OBJECTIVE_LEVELS",
    "OLDEST_API_VERSION",
    "Column",
    "Constraint",
    "DoseRequest",
    "ExerciseLibrary",
    "Files",
    "Format",
    "LibraryContents",
    "LibraryReader",
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
