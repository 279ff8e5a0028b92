"""Words that margins share."""

from __future__ import annotations

import datetime as dt

from legengine.domain.vocabulary import WEEKDAYS

_DAYS = tuple(day.title() for day in WEEKDAYS)


def weekday(moment: dt.date) -> str:
    """``Monday``."""
    return _DAYS[moment.weekday()]


def spoken(identifier: str) -> str:
    """An identifier as words."""
    return identifier.replace("_", " ")
