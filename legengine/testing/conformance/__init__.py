"""The conformance suite: what legengine relies on, asked of a plugin one check at a time."""

from __future__ import annotations

from legengine.testing.conformance.check import (
    Check,
    CheckFailed,
    CheckSkipped,
    CheckWarning,
    Outcome,
)
from legengine.testing.conformance.suite import checks_of

__all__ = ["Check", "CheckFailed", "CheckSkipped", "CheckWarning", "Outcome", "checks_of"]
