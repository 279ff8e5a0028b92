"""legengine: training programs for restoring leg strength, chosen by a constraint solver.

>>> from legengine import Engine, Profile
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from legengine.advise.advancing import Advance
    from legengine.advise.replanning import Replan
    from legengine.domain.change import Change
    from legengine.domain.event import Event
    from legengine.domain.explanation import Explanation, Relaxation
    from legengine.domain.findings import CheckReport, Conflict, Referral, Violation
    from legengine.domain.gains import Gains
    from legengine.domain.margin import Margin
    from legengine.domain.profile import Profile
    from legengine.domain.program import Program
    from legengine.domain.results import Results
    from legengine.domain.why import WhyReport
    from legengine.engine import Engine, Progress, SolveOptions
    from legengine.errors import (
        InputError,
        InternalError,
        LegengineError,
        LimitError,
        NoScheduleError,
        PluginError,
        ReferralError,
    )
    from legengine.hooks.contracts import RenderOptions
    from legengine.intake.reader import profile_from_data, read_profile
    from legengine.intake.results import read_results, results_from_data
    from legengine.intake.screen import ScreeningResult

logging.getLogger("legengine").addHandler(logging.NullHandler())

_HOMES = {
    "Advance": "legengine.advise.advancing",
    "Change": "legengine.domain.change",
    "CheckReport": "legengine.domain.findings",
    "Conflict": "legengine.domain.findings",
    "Engine": "legengine.engine",
    "Event": "legengine.domain.event",
    "Explanation": "legengine.domain.explanation",
    "Gains": "legengine.domain.gains",
    "InputError": "legengine.errors",
    "InternalError": "legengine.errors",
    "LegengineError": "legengine.errors",
    "LimitError": "legengine.errors",
    "Margin": "legengine.domain.margin",
    "NoScheduleError": "legengine.errors",
    "PluginError": "legengine.errors",
    "Profile": "legengine.domain.profile",
    "Program": "legengine.domain.program",
    "Progress": "legengine.engine",
    "Referral": "legengine.domain.findings",
    "ReferralError": "legengine.errors",
    "Relaxation": "legengine.domain.explanation",
    "Replan": "legengine.advise.replanning",
    "RenderOptions": "legengine.hooks.contracts",
    "Results": "legengine.domain.results",
    "ScreeningResult": "legengine.intake.screen",
    "SolveOptions": "legengine.engine",
    "Violation": "legengine.domain.findings",
    "WhyReport": "legengine.domain.why",
    "profile_from_data": "legengine.intake.reader",
    "read_profile": "legengine.intake.reader",
    "read_results": "legengine.intake.results",
    "results_from_data": "legengine.intake.results",
}
"""Public names are imported when they are asked for: the solver is heavy, an error is not."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'legengine' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})


__all__ = [
    "Advance",
    "Change",
    "CheckReport",
    "Conflict",
    "Engine",
    "Event",
    "Explanation",
    "Gains",
    "InputError",
    "InternalError",
    "LegengineError",
    "LimitError",
    "Margin",
    "NoScheduleError",
    "PluginError",
    "Profile",
    "Program",
    "Progress",
    "Referral",
    "ReferralError",
    "Relaxation",
    "RenderOptions",
    "Replan",
    "Results",
    "ScreeningResult",
    "SolveOptions",
    "Violation",
    "WhyReport",
    "profile_from_data",
    "read_profile",
    "read_results",
    "results_from_data",
]
