"""Tiny problems of real exercises, made for the words of a rule's options; each has one thought.

Nothing but the rule that is tried limits them, except in the last, where everything is scarce.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.exercise import Exercise, LibraryData
from legengine.domain.problem import Past, PastSession, Problem, Slot
from legengine.domain.protocol import Growth
from legengine.domain.vocabulary import EASY_BLOCKS, MUSCLE_GROUPS, MUSCLES, PHASE_NAMES
from legengine.testing import tiny
from legengine.testing.conformance.words import Spoken, casts_for, spoken

EVENING: Final = dt.time(18)
SETS_TRIED: Final = ((3, 4), (6, 7), (10, 11), (16, 17))
"""Ranges of sets for rules that bite late, tried until one does."""


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


def trials_for(library: LibraryData, name: str, options: BaseModel) -> Iterator[Trial]:
    """The problems on which a rule with these options is tried, the plain ones first."""
    stage = Stage(library, name, options)
    casts = casts_for(stage.said, stage.exercises)
    first = casts[0]
    two = first[:2]
    yield Trial("two days", stage.problem(first, stage.slots(*stage.days(0, 1)), (1, 2)))
    yield Trial(
        "three days of a week", stage.problem(two, stage.slots(*stage.days(0, 2, 3)), (1, 2))
    )
    yield _across(stage, two)
    yield _regular(stage, two)
    for cast in casts[1:]:
        yield Trial("other exercises", stage.problem(cast, stage.slots(*stage.days(0, 1)), (1, 2)))
    yield from _one_sided(stage, casts)
    yield from _gentle(stage, casts)


def later_trials(library: LibraryData, name: str, options: BaseModel) -> Iterator[Trial]:
    """More of them, for a rule that nothing broke so far: more sets, and everything scarce."""
    stage = Stage(library, name, options)
    casts = casts_for(stage.said, stage.exercises)
    for sets in SETS_TRIED:
        yield Trial(
            f"{sets[0]} or {sets[1]} sets",
            stage.problem(casts[0][:2], stage.slots(*stage.days(0, 1)), sets),
        )
    for cast in casts:
        yield scarce(stage, cast[:2])


def small_trials(library: LibraryData, name: str, options: BaseModel) -> Iterator[Trial]:
    """Problems with few assignments, for what costs more to ask: wishes, and all rules at once."""
    stage = Stage(library, name, options)
    for cast in casts_for(stage.said, stage.exercises):
        two = cast[:2]
        yield Trial("two days", stage.problem(two, stage.slots(*stage.days(0, 2)), (1, 2)))
        yield scarce(stage, two)


def given_trials(
    problems: Iterable[Problem] | Mapping[str, Problem], name: str, options: BaseModel
) -> Iterator[Trial]:
    """The problems that an author gives, with these options unless they have their own."""
    named = (
        problems.items()
        if isinstance(problems, Mapping)
        else ((f"problem {number} of yours", each) for number, each in enumerate(problems, start=1))
    )
    for thought, problem in named:
        settings = (
            problem.settings
            if name in problem.settings
            else {
                **problem.settings,
                name: options,
            }
        )
        yield Trial(thought, replace(problem, settings=settings))


def _across(stage: Stage, cast: Sequence[str]) -> Trial:
    """The end of a week and the beginning of the next, after a session on the day before."""
    before = _session_before(stage, cast, 1)
    slots = stage.slots(0, 6, 7)
    return Trial(
        "across two weeks, after a session", stage.problem(cast, slots, (1, 2), past=before)
    )


def _session_before(stage: Stage, cast: Sequence[str], days: int) -> Past:
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


def _regular(stage: Stage, cast: Sequence[str]) -> Trial:
    """Two weeks that are decided once."""
    days = stage.days(0, 3)[:2]
    first = [day % 7 for day in days]
    slots = stage.slots(*sorted({*first, *(day + 7 for day in first)}))
    if stage.said.times or stage.said.places:
        # The same opportunity in both weeks, or they are not equal.
        half = slots[: len(slots) // 2]
        again = [replace(s, start=s.start + dt.timedelta(weeks=1), week=2) for s in half]
        slots = (*half, *again)
    problem = stage.problem(cast, slots, (1, 2))
    weeks = tuple(replace(week, regular=True) for week in problem.weeks)
    return Trial("two equal weeks", replace(problem, weeks=weeks))


def _one_sided(stage: Stage, casts: Sequence[Sequence[str]]) -> Iterator[Trial]:
    """One leg weaker than the other, where an exercise works the legs one by one."""
    for cast in casts:
        each = [id for id in cast if stage.exercises[id].laterality == "each"]
        if each:
            others = [id for id in cast if id != each[0]][:1]
            slots = stage.slots(*stage.days(0, 2))
            uneven = tiny.asymmetry(50)
            problem = stage.problem((each[0], *others), slots, (1, 2), asymmetry=uneven)
            yield Trial("one leg weaker", problem)
            return


def _gentle(stage: Stage, casts: Sequence[Sequence[str]]) -> Iterator[Trial]:
    """Room for easy sessions, where an exercise is gentle enough for one."""
    for cast in casts:
        easy = [id for id in cast if stage.exercises[id].block in EASY_BLOCKS]
        if easy:
            others = [id for id in cast if id not in easy][:1]
            problem = stage.problem((easy[0], *others), stage.slots(*stage.days(0, 2)), (1, 2))
            weeks = tuple(replace(week, easy_sessions=1) for week in problem.weeks)
            yield Trial("room for easy sessions", replace(problem, weeks=weeks))
            return


def scarce(stage: Stage, cast: Sequence[str]) -> Trial:
    """Everything that a problem can limit is limited: rest, volume, time, frequency, words."""
    slots = stage.slots(*stage.days(0, 1))
    problem = stage.problem(cast, slots, (1, 2), past=_session_before(stage, cast, 1))
    volume = {
        group: tiny.volume(aim_low=8, aim_high=12, cap=20, session_cap=12)
        for group in problem.groups
    }
    lead = stage.exercises[cast[0]]
    return Trial(
        "everything scarce",
        replace(
            problem,
            weeks=tuple(
                replace(week, volume=volume, sessions=(1, 1), regular=False)
                for week in problem.weeks
            ),
            rest_hours=dict.fromkeys(problem.groups, 48),
            growth=Growth(sets=1, percent=10, sources=("D",)),
            structure=tiny.structure(work_items=(1, 1), items_max=1),
            slots=tuple(replace(slot, minutes=20) for slot in slots),
            coverage=(
                tiny.row(id="lead", patterns=(lead.pattern,), at_least=2, required=True),
                tiny.row(id="wish", patterns=(lead.pattern,), at_least=1, required=False),
            ),
            preferences=replace(
                problem.preferences,
                prefer=frozenset({cast[0]}),
                avoid=frozenset(cast[1:]),
                sessions_wish=2,
                rest_wish_hours=72,
            ),
        ),
    )


__all__ = [
    "Stage",
    "Trial",
    "given_trials",
    "later_trials",
    "scarce",
    "small_trials",
    "trials_for",
]
