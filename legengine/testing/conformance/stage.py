"""What the tiny problems of one rule have in common: real exercises, slots that its words name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.exercise import Exercise, LibraryData
from legengine.domain.problem import Past, PastSession, Problem, Slot
from legengine.domain.vocabulary import MUSCLE_GROUPS, MUSCLES, PHASE_NAMES
from legengine.testing import tiny
from legengine.testing.conformance.words import Spoken, spoken

EVENING: Final = dt.time(18)


@dataclass(frozen=True, slots=True)
class Trial:
    """A problem on which a rule or a wish is tried."""

    thought: str
    """What is special about it, for messages: ``two days, three exercises``."""
    problem: Problem


@dataclass(frozen=True, slots=True)
class Stage:
    """What the problems of one rule have in common: the library, its options, their words."""

    library: LibraryData
    name: str
    options: BaseModel

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """Exercises by id."""
        return {each.id: each for each in self.library.exercises}

    @property
    def said(self) -> Spoken:
        """The words of the options."""
        return spoken(self.options)

    def slots(self, *days: int) -> tuple[Slot, ...]:
        """Evenings by their day from the first Monday; times and places that the options name.

        A named time is tried on a named day and on another one; a named place on every second.
        """
        said = self.said
        times = said.times or [EVENING]
        found = []
        for number, day in enumerate(days):
            date = tiny.MONDAY + dt.timedelta(days=day)
            moment = dt.datetime.combine(date, times[number % len(times)])
            place = said.places[0] if said.places and number % 2 == 0 else "home"
            found.append(tiny.slot(moment.isoformat(timespec="minutes"), place=place))
        return tuple(sorted(found, key=lambda slot: slot.start))

    def days(self, *plain: int) -> tuple[int, ...]:
        """The days, with those that the options name in front."""
        named = [day + 7 * week for week in (0, 1) for day in self.said.days]
        others = [day for day in plain if day not in named]
        if not named:
            return plain
        # One day that is named, one that isn't; the named one again a week later.
        mixed = [named[0], *others[:1], *named[1:], *others[1:]]
        return tuple(sorted(dict.fromkeys(mixed[: len(plain)])))

    def problem(
        self, cast: Sequence[str], slots: tuple[Slot, ...], sets: tuple[int, int], **fields: Any
    ) -> Problem:
        """A problem of these exercises that forbids nothing by itself."""
        held = [self.exercises[id] for id in cast]
        muscles = {muscle for each in held for muscle in (*each.primary, *each.secondary)}
        groups = tuple(g for g in MUSCLE_GROUPS if g in {MUSCLES[m] for m in muscles})
        weeks = range(1, max(slot.week for slot in slots) + 1)
        volume = {group: tiny.volume() for group in groups}
        items = tuple(sorted(self.library.equipment))
        plain: dict[str, Any] = {
            "slots": slots,
            "weeks": tuple(tiny.week(number, volume=volume) for number in weeks),
            "doses": {id: tiny.dose(sets_min=sets[0], sets_max=sets[1]) for id in cast},
            "groups": groups,
            "muscle_groups": MUSCLES,
            "rest_hours": dict.fromkeys(groups, 0),
            "places": {place: tiny.place(*items) for place in {slot.place for slot in slots}},
            "eligibility": {"phases": PHASE_NAMES},
            "settings": {self.name: self.options},
        }
        return tiny.problem(*held, **(plain | fields))


def session_before(stage: Stage, cast: Sequence[str], days: int) -> Past:
    """A session that held all exercises, some days before the first Monday."""
    groups = {MUSCLES[m] for id in cast for m in stage.exercises[id].primary}
    moment = dt.datetime.combine(tiny.MONDAY - dt.timedelta(days=days), EVENING)
    session = PastSession(
        moment,
        exposures=frozenset(groups),
        exercises=frozenset(cast),
        credit=dict.fromkeys(sorted(groups), 3 * tiny.SET),
    )
    return Past(sessions=(session,), exercises=frozenset(cast), begun=frozenset(cast))


__all__ = ["Stage", "Trial", "session_before"]
