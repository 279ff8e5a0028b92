"""Answers to "why this?": what a choice does for a program, and what others would cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from legengine.domain.margin import Margin


@dataclass(frozen=True, slots=True)
class Break:
    """A rule that a change would break, with the first place where it does."""

    rule: str
    sentence: str

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {"rule": self.rule, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Effect:
    """A wish that a change serves better or worse."""

    wish: str
    level: str
    change: int
    """Of the penalty; above 0 is worse."""
    sentence: str
    """Empty where it only settles the order among equals."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "wish": self.wish,
            "level": self.level,
            "change": self.change,
            "sentence": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change of one weekday of a phase, and what it would do. Nothing is solved for it."""

    exercise: str
    """What comes in; empty where something only goes."""
    name: str
    instead_of: str
    """The name of what goes; empty where something is added."""
    start: dt.datetime
    """The session in which it is done first."""
    sets: int
    """In that session; 0 where something only goes."""
    breaks: tuple[Break, ...]
    effects: tuple[Effect, ...]
    """In the order of the objective."""
    levels: Mapping[str, int]
    """Change of every level of the objective, in their order."""

    @property
    def keeps_rules(self) -> bool:
        """Whether no rule is broken."""
        return not self.breaks

    @property
    def cost(self) -> tuple[int, ...]:
        """Sorts what serves the wishes best first."""
        return tuple(self.levels.values())

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "exercise": self.exercise,
            "name": self.name,
            "instead_of": self.instead_of,
            "start": self.start.isoformat(timespec="minutes"),
            "sets": self.sets,
            "keeps_rules": self.keeps_rules,
            "breaks": [each.as_data() for each in self.breaks],
            "effects": [each.as_data() for each in self.effects],
            "levels": dict(self.levels),
        }


@dataclass(frozen=True, slots=True)
class Moved:
    """A limit near which something stands: what is left with it, and what would be without."""

    margin: Margin
    without: float | None
    """The slack without it; ``None`` where nothing is left to measure."""

    @property
    def needed(self) -> bool:
        """Whether the limit would be broken without it."""
        return self.without is not None and self.without < 0 <= self.margin.slack

    @property
    def used_up(self) -> bool:
        """Whether it takes up the last of what a limit allows."""
        return self.margin.tight and (self.without is None or self.without > self.margin.slack)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        left = None if self.without is None else round(self.without, 3)
        return {**self.margin.as_data(), "slack_without": left}


@dataclass(frozen=True, slots=True)
class ItemWhy:
    """Why an exercise is in a session: what needs it, what it uses up, what else could be there."""

    phase: int
    title: str
    start: dt.datetime
    place: str
    exercise: str
    name: str
    sets: int
    repeats: tuple[dt.date, ...]
    """Days on which the same is done, this one included."""
    margins: tuple[Moved, ...]
    """Every limit that would move without it, in all weeks."""
    without: WhatIf
    alternatives: tuple[WhatIf, ...]
    """Every other exercise that is open there; those that keep the rules first, the best first."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "phase": self.phase,
            "title": self.title,
            "start": self.start.isoformat(timespec="minutes"),
            "place": self.place,
            "exercise": self.exercise,
            "name": self.name,
            "sets": self.sets,
            "repeats": [day.isoformat() for day in self.repeats],
            "margins": [each.as_data() for each in self.margins],
            "without": self.without.as_data(),
            "alternatives": [each.as_data() for each in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class SessionItem:
    """An exercise of a session with the shortest answer to why it is there."""

    exercise: str
    name: str
    sets: int
    because: str

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "exercise": self.exercise,
            "name": self.name,
            "sets": self.sets,
            "because": self.because,
        }


@dataclass(frozen=True, slots=True)
class SessionWhy:
    """Why a session is where it is and as it is."""

    phase: int
    title: str
    start: dt.datetime
    place: str
    items: tuple[SessionItem, ...]
    margins: tuple[Moved, ...]
    """Every limit that would move without the session, in all weeks."""
    without: WhatIf
    """The same weekday left free in all weeks that repeat it."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "phase": self.phase,
            "title": self.title,
            "start": self.start.isoformat(timespec="minutes"),
            "place": self.place,
            "items": [each.as_data() for each in self.items],
            "margins": [each.as_data() for each in self.margins],
            "without": self.without.as_data(),
        }


@dataclass(frozen=True, slots=True)
class Closed:
    """A rule that keeps an exercise out of a place."""

    place: str
    rule: str
    sentence: str

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {"place": self.place, "rule": self.rule, "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why an exercise is not in a phase, or not in a session of it."""

    phase: int
    title: str
    exercise: str
    name: str
    closed: tuple[Closed, ...]
    """One for each place that it is closed at."""
    ways: tuple[WhatIf, ...]
    """Single changes that would put it in, where it is open; the best first."""

    @property
    def open(self) -> bool:
        """Whether some place is open for it."""
        return bool(self.ways)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "phase": self.phase,
            "title": self.title,
            "exercise": self.exercise,
            "name": self.name,
            "closed": [each.as_data() for each in self.closed],
            "ways": [each.as_data() for each in self.ways],
        }


@dataclass(frozen=True, slots=True)
class WhyReport:
    """The answers to one question about a program."""

    sessions: tuple[SessionWhy, ...] = ()
    items: tuple[ItemWhy, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "document": "why",
            "sessions": [each.as_data() for each in self.sessions],
            "items": [each.as_data() for each in self.items],
            "left_out": [each.as_data() for each in self.left_out],
        }
