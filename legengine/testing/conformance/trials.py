"""Tiny problems of real exercises, made for the words of a rule's options; each has one thought.

Nothing but the rule that is tried limits them; where it never bites there, others follow in which
something is scarce (``scarcity``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pydantic import BaseModel

from legengine.domain.exercise import LibraryData
from legengine.domain.problem import Problem
from legengine.domain.vocabulary import EASY_BLOCKS, STRENGTHENING_BLOCKS
from legengine.testing import tiny
from legengine.testing.conformance.scarcity import scarcities
from legengine.testing.conformance.stage import Stage, Trial, session_before
from legengine.testing.conformance.words import casts_for

SETS_TRIED: Final = ((3, 4), (6, 7), (10, 11), (16, 17))
"""Ranges of sets for rules that bite late, tried until one does."""


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
    yield from _at_named_times(stage, two)
    yield from _with_named_items(stage, first)
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
        yield from scarcities(stage, cast[:2])


def small_trials(
    library: LibraryData, name: str, options: BaseModel, casts: int | None = None
) -> Iterator[Trial]:
    """Problems with few assignments, for what costs more to ask: wishes, and all rules at once.

    ``casts`` is the number of casts that are tried; ``None``: all.
    """
    stage = Stage(library, name, options)
    for cast in casts_for(stage.said, stage.exercises)[:casts]:
        two = cast[:2]
        yield Trial("two days", stage.problem(two, stage.slots(*stage.days(0, 2)), (1, 2)))
        yield from scarcities(stage, two, whole=False)


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
    before = session_before(stage, cast, 1)
    slots = stage.slots(0, 6, 7)
    return Trial(
        "across two weeks, after a session", stage.problem(cast, slots, (1, 2), past=before)
    )


def _at_named_times(stage: Stage, cast: Sequence[str]) -> Iterator[Trial]:
    """One named day, a week apart: at each named time, and half an hour before the last."""
    said = stage.said
    if not said.times:
        return
    day = said.days[0] if said.days else 0
    first = dt.datetime.combine(tiny.MONDAY + dt.timedelta(days=day), said.times[0])
    last = dt.datetime.combine(first.date() + dt.timedelta(weeks=1), said.times[-1])
    before = last + dt.timedelta(weeks=1, minutes=-30)
    place = said.places[0] if said.places else "home"
    slots = tuple(
        tiny.slot(moment.isoformat(timespec="minutes"), place=place)
        for moment in (first, last, before)
    )
    yield Trial("at the named times", stage.problem(cast, slots, (1, 1)))


def _with_named_items(stage: Stage, cast: Sequence[str]) -> Iterator[Trial]:
    """A place that has the named items, and nothing that could stand in for them."""
    named = {word for word in stage.said.words if word in stage.library.equipment}
    if not named:
        return
    instead = {
        item
        for id in cast
        for way in stage.exercises[id].equipment
        if not named & {*way}
        for item in way
    }
    items = sorted({*stage.library.equipment} - (instead - named))
    problem = stage.problem(cast, stage.slots(*stage.days(0, 1)), (1, 2))
    places = {name: tiny.place(*items) for name in problem.places}
    yield Trial("nothing stands in for the named items", replace(problem, places=places))


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
    working = [
        [
            id
            for id in cast
            if stage.exercises[id].laterality == "each"
            and stage.exercises[id].block in STRENGTHENING_BLOCKS
        ]
        for cast in casts
    ]
    for cast, each in zip(casts, working, strict=True):
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


__all__ = [
    "Stage",
    "Trial",
    "given_trials",
    "later_trials",
    "small_trials",
    "trials_for",
]
