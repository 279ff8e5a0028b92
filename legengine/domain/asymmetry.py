"""How the legs differ, and the numbers by which a program answers; facts, never conclusions."""

from __future__ import annotations

from dataclasses import dataclass

from legengine.domain.profile import Side
from legengine.domain.protocol import AsymmetryRow


@dataclass(frozen=True, slots=True)
class Weakness:
    """The weaker side, and how far it is behind."""

    side: Side
    index: float | None
    """Limb symmetry, weak by strong in percent; ``None`` where only the history says it."""
    test: str
    """The test that shows it, as a field of the assessments, or ``history``."""


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """What is known of the two sides of a person, with the protocol's numbers."""

    limits: AsymmetryRow
    strength: Weakness | None = None
    """By the two-sided strength tests, or by the history where there are none."""
    balance: Weakness | None = None
    """By the one-leg stance: it speaks about balance work only."""
    unused: bool = False
    """Whether a limb was held still so long that it begins anew in this phase."""
