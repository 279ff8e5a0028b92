"""Where the numbers of a program come from: each with its row and its sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = int | float | str


@dataclass(frozen=True, slots=True)
class Origin:
    """A row that says what a number may be, with its sources."""

    row: str
    """Such as ``leg-restoration / foundation / doses / compound (from 65 years)``."""
    sources: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    because: str = ""
    """What chose the number within the row, or moved it, where there is more to say."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One number, or one text with numbers in it, and where it comes from."""

    path: str
    """In the document, such as ``phases[0].weeks[1].sessions[0].prescriptions[2].rest_s``."""
    field: str
    value: Value
    origin: Origin
    phase: int = 0
    """Number of the phase from 1; 0 where it belongs to none."""
    week: int = 0
    session: dt.date | None = None
    exercise: str = ""
    about: str = ""
    """The muscle group, where the number is about one."""

    @property
    def within(self) -> bool:
        """Whether the number lies within the limits of its row."""
        low, high = self.origin.low, self.origin.high
        if isinstance(self.value, str):
            return True
        return (low is None or low <= self.value) and (high is None or self.value <= high)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        origin = self.origin
        return {
            "path": self.path,
            "value": self.value,
            "about": self.about or self.exercise,
            "row": origin.row,
            "low": origin.low,
            "high": origin.high,
            "because": origin.because,
            "sources": list(origin.sources),
        }


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a program, in the order of the document."""

    traces: tuple[Trace, ...]
    sources: Mapping[str, str]
    """Key to citation, for every key that a trace names."""
    unknown: tuple[str, ...] = ()
    """Places of numbers of which nobody knows where they come from."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "document": "numbers",
            "traces": [trace.as_data() for trace in self.traces],
            "sources": dict(self.sources),
            "unknown": list(self.unknown),
        }
