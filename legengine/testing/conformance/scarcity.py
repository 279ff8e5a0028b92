"""Tiny problems in which something is scarce, for rules that read their limits from the problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from legengine.domain.problem import Pin, PlaceFacts, Problem
from legengine.domain.protocol import Growth
from legengine.testing import tiny
from legengine.testing.conformance.stage import Stage, Trial, session_before


def scarcities(stage: Stage, cast: Sequence[str], *, whole: bool = True) -> Iterator[Trial]:
    """Problems of which each has too little of something.

    Without ``whole`` only those come in which every exercise stays open.
    """
    yield Trial("time, rest and volume are scarce", _limited(stage, cast))
    problem = stage.problem(cast, stage.slots(*stage.days(0, 2)), (1, 2))
    if any(stage.exercises[id].laterality == "each" for id in cast):
        uneven = tiny.asymmetry(50, extra_sets_session=1)
        yield Trial("one set more on the weak side", replace(problem, asymmetry=uneven))
    if any(stage.exercises[id].block == "endurance" for id in cast):
        yield Trial("minutes of endurance work are scarce", _short_of_breath(problem))
    if any(stage.exercises[id].block == "cool_down" for id in cast):
        row = tiny.stretching(before_max_s=10, session_max_s=20, week_max_s=40)
        yield Trial("stretches are short", replace(problem, stretching=row))
    if whole:
        yield Trial("a day is pinned", _pinned(problem, cast))
        yield Trial("the person can't or won't", _closed(stage, problem, cast))
        yield Trial("the place is empty", replace(problem, places=_empty(problem)))


def _limited(stage: Stage, cast: Sequence[str]) -> Problem:
    """Little rest, volume, time and room, after a session; wishes that cost something."""
    slots = tuple(replace(slot, minutes=20) for slot in stage.slots(*stage.days(0, 1)))
    problem = stage.problem(cast, slots, (1, 2), past=session_before(stage, cast, 1))
    volume = {
        group: tiny.volume(aim_low=8, aim_high=12, cap=20, session_cap=12)
        for group in problem.groups
    }
    lead = stage.exercises[cast[0]]
    return replace(
        problem,
        weeks=tuple(replace(week, volume=volume, sessions=(1, 1)) for week in problem.weeks),
        rest_hours=dict.fromkeys(problem.groups, 48),
        growth=Growth(sets=1, percent=10, sources=("D",)),
        structure=tiny.structure(work_items=(1, 1), items_max=1),
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
    )


def _short_of_breath(problem: Problem) -> Problem:
    """One session of five minutes a week, and ten that are wished for."""
    weeks = (replace(w, endurance=(1, 5), endurance_minutes=(10, 20)) for w in problem.weeks)
    return replace(problem, weeks=tuple(weeks), ramp=tiny.ramp())


def _pinned(problem: Problem, cast: Sequence[str]) -> Problem:
    first = problem.slots[0].start.date()
    return replace(problem, pins=(Pin(first, cast[0], 2), Pin(problem.slots[-1].start.date())))


def _closed(stage: Stage, problem: Problem, cast: Sequence[str]) -> Problem:
    """Tags that a body can't, levels that it has not reached, words that the person refuses."""
    tags = frozenset(tag for id in cast[:1] for tag in stage.exercises[id].tags)
    body = replace(
        problem.eligibility,
        exclude_tags=tags,
        exclude_patterns=frozenset() if tags else frozenset({stage.exercises[cast[0]].pattern}),
        never=frozenset(cast[1:]),
        level_max=1,
        phases=("protected",),
        external_load=False,
    )
    return replace(problem, eligibility=body)


def _empty(problem: Problem) -> dict[str, PlaceFacts]:
    return {name: tiny.place() for name in problem.places}


__all__ = ["scarcities"]
