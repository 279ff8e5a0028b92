"""One module a rule, each with ``check(problem, schedule)``; the names are those of the rules."""

from __future__ import annotations

from legengine.verify.checks import (
    contraindication,
    coverage,
    endurance,
    equipment,
    frequency,
    phase_access,
    rest_interval,
    sides,
    stretching,
    structure,
    time,
    volume,
    wishes,
)

__all__ = [
    "contraindication",
    "coverage",
    "endurance",
    "equipment",
    "frequency",
    "phase_access",
    "rest_interval",
    "sides",
    "stretching",
    "structure",
    "time",
    "volume",
    "wishes",
]
