"""Why there is no program, and the smallest changes that would let one exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from legengine.domain.change import Change
from legengine.domain.findings import Conflict


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How many minutes a session of one weekday lacks, all other rules kept."""

    day: str
    minutes: int
    """What the session has."""
    missing: int
    least: bool
    """Whether it was proven that the days together lack no less."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A change of the profile with which a program exists; never of a safety rule."""

    kind: str
    """``minutes``, ``days``, ``volume``, ... or several, joined with ``+``."""
    parts: tuple[str, ...]
    """What to change, a sentence each."""
    changes: tuple[Change, ...]
    cost: int
    """How unwilling a person is taken to be; relaxations are ranked by it [D]."""
    least: bool
    """Whether it was proven that no smaller amount of this kind helps."""

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        *first, last = self.parts
        return f"{', '.join(first)} and {last}" if first else last

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "changes": [change.as_data() for change in self.changes],
            "cost": self.cost,
            "least": self.least,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to "why is there no program?"; without a conflict there is one."""

    conflict: Conflict | None
    shortfalls: tuple[Shortfall, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    tried: int = 0
    """How many changes were tried by solving."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Key to citation, for the keys of the conflict."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "document": "explanation",
            "schedule_exists": self.conflict is None,
            "conflict": None if self.conflict is None else self.conflict.as_data(),
            "shortfalls": [
                {
                    "day": item.day,
                    "minutes": item.minutes,
                    "missing": item.missing,
                    "least": item.least,
                }
                for item in self.shortfalls
            ],
            "relaxations": [item.as_data() for item in self.relaxations],
            "tried": self.tried,
            "sources": dict(self.sources),
        }
