"""Something that happens to a running program: what it changes, and how to say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from legengine.domain.change import Change


@dataclass(frozen=True, slots=True)
class Event:
    """A missed session, a day that is gone, a new pain: changes of the profile and in words."""

    words: str
    """A clause that can follow "because": "Thu 2026-12-03 is off"."""
    changes: tuple[Change, ...] = ()
    missed: dt.date | None = None
    """A day before the re-planning whose session did not take place."""
    moved: tuple[dt.date, dt.datetime] | None = None
    """From which day, and to when, a session is moved."""
    swapped: tuple[str, str] | None = None
    """The exercise that goes, and the one that comes in its place."""
