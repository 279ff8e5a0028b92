"""Levels "volume", "preference", "continuity", "evenness", "minutes" and "canonical"."""

from __future__ import annotations

import datetime as dt

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.reckoning.credit import SET
from legengine.reckoning.past import credit_inside
from legengine.solve.constraints.coverage import any_of
from legengine.solve.objectives.misfit import misfit

EVENNESS_STEP_S = 600
MINUTES_STEP_S = 300


def post_volume(builder: ModelBuilder, problem: Problem) -> None:
    """Whole sets by which a group's week lies outside its aim."""
    for number, weeks in builder.distinct_weeks():
        week = problem.week(number)
        for group in sorted(week.volume):
            volume = week.volume[group]
            credits = [
                term for slot in builder.slots(number) for term in builder.credit(slot.id, group)
            ]
            label = Label.of("volume_aim", muscle=group, week=number)
            over = credit_inside(problem.past, week, group)
            most = -(-(volume.aim_low - over) // SET)
            if most > 0:
                below = builder.number(f"below {group} {number}", 0, most)
                builder.require(None, [*credits, (below, SET)], low=volume.aim_low - over)
                builder.penalise(label, [(below, weeks)], "volume")
            room = max(-(-(max(volume.cap, over) - volume.aim_high) // SET), 0)
            if room:
                above = builder.number(f"above {group} {number}", 0, 10 * room)
                builder.require(None, [*credits, (above, -SET)], high=volume.aim_high - over)
                builder.penalise(label, [(above, weeks)], "volume")


def post_misfit(builder: ModelBuilder, problem: Problem) -> None:
    """For every item, how badly its exercise fits."""
    costs = {id: misfit(problem, problem.exercises[id]) for id in problem.exercises}
    for number, weeks in builder.distinct_weeks():
        for slot in builder.slots(number):
            for id in builder.exercises(slot.id):
                pick = builder.pick(slot.id, id)
                if costs[id] and pick is not None:
                    label = Label.of("misfit", exercise=id)
                    builder.penalise(label, [(pick, costs[id] * weeks)], "preference")


def post_rest_wish(builder: ModelBuilder, problem: Problem) -> None:
    """1 for each pair of sessions that is closer than the wished rest."""
    wish = problem.preferences.rest_wish_hours
    if wish is None:
        return
    rest = dt.timedelta(hours=wish)
    slots = builder.slots()
    for index, slot in enumerate(slots):
        for later in slots[index + 1 :]:
            if later.start - slot.start >= rest:
                break
            first, second = builder.used(slot.id), builder.used(later.id)
            close = builder.flag(f"close {first} {second}")
            builder.require(None, [(first, 1), (second, 1), (close, -1)], high=1)
            builder.penalise(Label.of("rest_wish"), [(close, 1)], "preference")


def post_continuity(builder: ModelBuilder, problem: Problem) -> None:
    """Different exercises, and strengthening ones that the phase before used too.

    A phase that goes on in a new document keeps its exercises: there the new ones cost more.
    """
    columns: dict[str, set[Column]] = {}
    for slot in builder.slots():
        for id in builder.exercises(slot.id):
            pick = builder.pick(slot.id, id)
            if pick is not None:
                columns.setdefault(id, set()).add(pick)
    for id in sorted(columns):
        again = id in problem.past.exercises
        if problem.since is None and problem.past.begun:
            again = id not in problem.past.begun
        strengthening = problem.exercises[id].block in STRENGTHENING_BLOCKS
        some = any_of(builder, sorted(columns[id]))
        label = Label.of("continuity", exercise=id)
        builder.penalise(label, [(some, 2 if again and strengthening else 1)], "continuity")


def post_evenness(builder: ModelBuilder, problem: Problem) -> None:
    """Ten-minute steps by which the sessions of a week differ beyond ten minutes."""
    for week in problem.weeks:
        slots = builder.slots(week.number)
        most = max((slot.minutes * 60 for slot in slots), default=0)
        steps = max(-(-(most - EVENNESS_STEP_S) // EVENNESS_STEP_S), 0)
        if len(slots) < 2 or not steps:
            continue
        lengths = [(slot.id, list(builder.seconds(slot.id, week.number))) for slot in slots]
        # Weeks of equal doses give the same rows; the name makes them share the columns too.
        same = str([(builder.used(slot), seconds) for slot, seconds in lengths])
        longest = builder.number(f"longest {same}", 0, most)
        shortest = builder.number(f"shortest {same}", 0, most)
        for slot, seconds in lengths:
            easy = builder.easy(slot)
            aside = [] if easy is None else [(easy, -most)]
            builder.require(None, [*seconds, (longest, -1), *aside], high=0)
            below = [(column, -factor) for column, factor in seconds]
            builder.require(None, [*below, (shortest, 1), (builder.used(slot), most)], high=most)
        uneven = builder.number(f"uneven {same}", 0, steps)
        builder.require(
            None,
            [(longest, 1), (shortest, -1), (uneven, -EVENNESS_STEP_S)],
            high=EVENNESS_STEP_S,
        )
        builder.penalise(Label.of("evenness", week=week.number), [(uneven, 1)], "evenness")


def post_minutes(builder: ModelBuilder, problem: Problem) -> None:
    """Five-minute steps of all sessions of a week together, for every week's own doses."""
    for week in problem.weeks:
        slots = builder.slots(week.number)
        seconds = [term for slot in slots for term in builder.seconds(slot.id, week.number)]
        if not seconds:
            continue
        most = -(-sum(slot.minutes for slot in slots) * 60 // MINUTES_STEP_S)
        # Weeks of equal doses give the same row; the name makes them share the column too.
        steps = builder.number(f"minutes {sorted(seconds)}", 0, most)
        builder.require(None, [*seconds, (steps, -MINUTES_STEP_S)], high=0)
        builder.penalise(Label.of("minutes", week=week.number), [(steps, 1)], "minutes")


def post_canonical(builder: ModelBuilder, problem: Problem) -> None:
    """A fixed order among equals: early exercises by id in early slots, and sets more there."""
    rank = {id: index for index, id in enumerate(sorted(problem.exercises), start=1)}
    for number, weeks in builder.distinct_weeks():
        for position, slot in enumerate(builder.slots(number), start=1):
            for id in builder.exercises(slot.id):
                pick = builder.pick(slot.id, id)
                extra = builder.extra_set(slot.id, id)
                terms = [
                    (column, rank[id] * position * weeks)
                    for column in (pick, extra)
                    if column is not None
                ]
                builder.penalise(Label.of("canonical"), terms, "canonical")
