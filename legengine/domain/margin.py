"""How far a schedule is from breaking a rule."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Side = Literal["at least", "at most"]


class Margin(NamedTuple):
    """One thing that a rule counts in a schedule, beside its limit."""

    rule: str
    clause: str
    """Which limit of the rule; a rule with several names each."""
    about: str
    """A muscle group, an exercise, a coverage row, or empty."""
    where: str
    """Session, week or day, as in the violation that a broken limit gives."""
    week: int
    """Number of the week in the program, from 1."""
    who: str
    """What is counted, for a person: ``glutes``, ``sessions``."""
    when: str
    """Where it is counted, without the week: ``on Monday``, ``in a week``; may be empty."""
    found: float
    side: Side
    required: float
    unit: str
    """``h``, ``min``, or a plural such as ``sets``; empty where the subject says it."""

    @property
    def subject(self) -> str:
        """``glutes on Monday``."""
        return f"{self.who} {self.when}".rstrip()

    @property
    def slack(self) -> float:
        """What is left, in the unit; 0 is tight, below 0 is broken."""
        left = self.found - self.required if self.side == "at least" else self.required - self.found
        return round(left, 6)

    @property
    def tight(self) -> bool:
        """Whether nothing is left; of minutes, whether less than a whole one is."""
        return 0 <= self.slack < 1 if self.unit == "min" else self.slack == 0

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes it the same limit in another schedule."""
        return (self.rule, self.clause, self.about, self.where, self.side)

    @property
    def sentence(self) -> str:
        """What is there and what the limit is: ``glutes on Monday: 4 sets, at most 6 sets``."""
        found, required = amount(self.found, self.unit), amount(self.required, self.unit)
        return f"{self.subject}: {found}, {self.side} {required}"

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "rule": self.rule,
            "clause": self.clause,
            "about": self.about,
            "where": self.where,
            "week": self.week,
            "found": round(self.found, 3),
            "side": self.side,
            "required": round(self.required, 3),
            "unit": self.unit,
            "slack": round(self.slack, 3),
            "sentence": self.sentence,
        }


def amount(value: float, unit: str) -> str:
    """A value with its unit: ``47 h 59 min``, ``29 min 40 s``, ``1 set``, ``6.5 sets``."""
    parts = {"h": "min", "min": "s"}
    if unit in parts:
        whole, rest = divmod(round(60 * value), 60)
        return f"{whole} {unit} {rest} {parts[unit]}" if rest else f"{whole} {unit}"
    return f"{value:g} {unit[:-1] if value == 1 else unit}".rstrip()
