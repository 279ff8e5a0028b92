"""People, programs and referrals to try a plugin on.

Programs are made by the engine, checked like any other, and kept for the life of the process: the
first costs a second or two, the next nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, Final

from legengine.domain.change import Change
from legengine.domain.findings import Referral, Severity
from legengine.domain.profile import Profile
from legengine.domain.program import Program
from legengine.domain.vocabulary import did_you_mean
from legengine.intake.reader import profile_from_data
from legengine.testing.handmade import handmade_referral
from legengine.testing.people import PEOPLE

TODAY: Final = dt.date(2026, 11, 23)
"""The date of screening of every sample."""

START: Final = dt.date(2026, 11, 30)
"""The first day of every sample: a Monday."""


def sample_data(person: str = "beginner", **changes: Any) -> dict[str, Any]:
    """A valid profile as a file would hold it; ``changes`` are its fields, ``None`` leaves one out.

    ``person`` is one of ``PEOPLE``: beginner, older, trained, uneven, enduring.

    Raises:
        KeyError: there is no such person.
    """
    if person not in PEOPLE:
        raise KeyError(f"there is no sample person '{person}': {did_you_mean(person, PEOPLE)}")
    data = deepcopy(PEOPLE[person]) | changes
    return {field: value for field, value in data.items() if value is not None}


def sample_profile(person: str = "beginner", **changes: Any) -> Profile:
    """The same as a ``Profile``.

    Raises:
        InputError: the changes don't make a valid profile.
        KeyError: there is no such person.
    """
    return profile_from_data(sample_data(person, **changes))


def _made(person: str, **changes: Any) -> Program:
    from legengine.testing.registries import engine_with

    return engine_with().generate(sample_profile(person, **changes), today=TODAY, start=START)


def _replanned() -> Program:
    from legengine.testing.registries import engine_with

    since = START + dt.timedelta(weeks=1)
    changes = [Change("set", ("availability", 0, "minutes"), 40)]
    return engine_with().replan(sample_program("short"), changes, since=since, today=since).program


PROGRAMS: Final[Mapping[str, Callable[[], Program]]] = {
    "short": lambda: _made("beginner"),
    "phases": lambda: _made("beginner", weeks=6),
    "uneven": lambda: _made("uneven"),
    "endurance": lambda: _made("enduring"),
    "replanned": _replanned,
}
"""What ``sample_program`` makes: two weeks; two phases; legs that differ; endurance work with rest
days; one that was re-planned after its first week."""


@cache
def sample_program(kind: str = "short") -> Program:
    """A program that the engine made for a sample person, with the bundled plugins alone.

    ``kind`` is one of ``PROGRAMS``. It is made once in a process; this imports OR-Tools.

    Raises:
        KeyError: there is no such kind.
    """
    if kind not in PROGRAMS:
        raise KeyError(f"there is no sample program '{kind}': {did_you_mean(kind, PROGRAMS)}")
    return PROGRAMS[kind]()


def sample_referral(severity: Severity = "emergency") -> Referral:
    """A referral with three findings, of the severity that is asked for."""
    return handmade_referral(severity)


__all__ = [
    "PEOPLE",
    "PROGRAMS",
    "START",
    "TODAY",
    "sample_data",
    "sample_profile",
    "sample_program",
    "sample_referral",
]
