"""The test kit for authors of plugins.

``plugin_checks`` asks a plugin everything that the conformance suite knows, one pytest item a
check. Around it: problems small enough to enumerate (``tiny``), people and programs (``samples``),
registries that never look for what else is installed, and Hypothesis strategies.

Importing this package loads nothing heavy; names come when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legengine.testing import strategies, tiny
    from legengine.testing.conformance import (
        Check,
        CheckFailed,
        CheckSkipped,
        CheckWarning,
        checks_of,
    )
    from legengine.testing.handmade import handmade_program, handmade_referral
    from legengine.testing.pytest_checks import plugin_checks
    from legengine.testing.registries import (
        ThrowAwayPlugin,
        engine_with,
        sealed_registry,
        tmp_plugin,
    )
    from legengine.testing.samples import (
        PEOPLE,
        PROGRAMS,
        START,
        TODAY,
        sample_data,
        sample_profile,
        sample_program,
        sample_referral,
    )

_HOMES = {
    "PEOPLE": "samples",
    "PROGRAMS": "samples",
    "START": "samples",
    "ThrowAwayPlugin": "registries",
    "TODAY": "samples",
    "Check": "conformance",
    "CheckFailed": "conformance",
    "CheckSkipped": "conformance",
    "CheckWarning": "conformance",
    "checks_of": "conformance",
    "engine_with": "registries",
    "handmade_program": "handmade",
    "handmade_referral": "handmade",
    "plugin_checks": "pytest_checks",
    "sample_data": "samples",
    "sample_profile": "samples",
    "sample_program": "samples",
    "sample_referral": "samples",
    "sealed_registry": "registries",
    "tmp_plugin": "registries",
}
_MODULES = ("strategies", "tiny")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


__all__ = [
    "PEOPLE",
    "PROGRAMS",
    "START",
    "TODAY",
    "Check",
    "CheckFailed",
    "CheckSkipped",
    "CheckWarning",
    "ThrowAwayPlugin",
    "checks_of",
    "engine_with",
    "handmade_program",
    "handmade_referral",
    "plugin_checks",
    "sample_data",
    "sample_profile",
    "sample_program",
    "sample_referral",
    "sealed_registry",
    "strategies",
    "tiny",
    "tmp_plugin",
]
