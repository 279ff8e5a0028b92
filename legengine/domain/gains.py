"""What a little more of something would bring: one more day, ten minutes, one more item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from legengine.domain.change import Change
from legengine.domain.why import Effect

Verdict = Literal["better", "the same", "worse", "no schedule", "not found in time"]


@dataclass(frozen=True, slots=True)
class Gain:
    """One change of the profile, and what the best program after it does better."""

    kind: Literal["day", "minutes", "item"]
    summary: str
    """The change for a person: ``Thursday at 18:00 too, 30 min at home``."""
    change: Change
    unlocks: int
    """How many more exercises it opens."""
    verdict: Verdict
    """By the first level of the objective that differs; the order among equals doesn't count."""
    proven: bool
    """Whether both programs are proven best down to that level."""
    sessions: int
    """Sessions more in the whole program."""
    effects: tuple[Effect, ...]
    levels: Mapping[str, int]
    """Change of every level of the objective; below 0 is better."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "kind": self.kind,
            "summary": self.summary,
            "change": self.change.as_data(),
            "unlocks": self.unlocks,
            "verdict": self.verdict,
            "proven": self.proven,
            "sessions": self.sessions,
            "effects": [each.as_data() for each in self.effects],
            "levels": dict(self.levels),
        }


@dataclass(frozen=True, slots=True)
class Gains:
    """What was tried, the most useful first."""

    gains: tuple[Gain, ...]
    untried: int
    """Changes that were thought of and not tried, because enough were."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "document": "gains",
            "tried": len(self.gains),
            "untried": self.untried,
            "gains": [gain.as_data() for gain in self.gains],
        }
