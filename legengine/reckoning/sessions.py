"""Which sessions are easy ones."""

from __future__ import annotations

from collections.abc import Iterable

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Week
from legengine.domain.vocabulary import EASY_BLOCKS


def is_easy_session(week: Week, exercises: Iterable[Exercise]) -> bool:
    """Whether a session of a week that has room for easy ones holds easy blocks only."""
    return bool(week.easy_sessions) and all(each.block in EASY_BLOCKS for each in exercises)
