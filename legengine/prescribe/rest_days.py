"""The days without a session: what is left of the endurance minutes, and active recovery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem, Week
from legengine.domain.program import RestDay, RestItem, Session
from legengine.domain.protocol import EnduranceRamp
from legengine.reckoning.eligibility import open_but_for_place, refusing_condition

OUTDOORS: Final = ("outdoor_walk",)
"""What everybody has on a free day, whatever their places hold."""

FREE_DAYS: Final = 1
"""Days of a week on which nothing is asked for at all [D]."""


def rest_days_of(problem: Problem, week: Week, sessions: Iterable[Session]) -> tuple[RestDay, ...]:
    """What the days of a week without a session may hold, in order.

    Nothing in weeks that exceptions touch. The last day without a session stays free.
    """
    ramp = problem.ramp
    if ramp is None or week.reduced:
        return ()
    held = tuple(sessions)
    busy = {session.start.date() for session in held}
    every = [week.start + dt.timedelta(days=offset) for offset in range(7)]
    free = [day for day in every if day not in busy][:-FREE_DAYS]
    minutes = _left_over(week, held)
    mode = next(iter(_modes(problem, week)), None) if minutes else None
    walks = {} if mode is None else _spread(minutes, week.endurance[1], free)
    days = []
    for day in free:
        items = _recovery(problem, week, ramp)
        if mode is not None and day in walks:
            items = [_endurance(problem, week, mode, walks[day])]
        if items:
            days.append(RestDay(date=day, items=tuple(items)))
    return tuple(days)


def _left_over(week: Week, sessions: Iterable[Session]) -> int:
    """Minutes of endurance that the week asks for and its sessions don't hold."""
    times, minutes = week.endurance
    held = sum(
        item.minutes or 0
        for session in sessions
        for item in session.prescriptions
        if item.block == "endurance"
    )
    return max(times * minutes - held, 0)


def _spread(minutes: int, longest: int, free: Sequence[dt.date]) -> dict[dt.date, int]:
    """Minutes on as few days as hold them, none longer than a session's, spread over the week."""
    number = min(-(-minutes // longest), len(free))
    if not number:
        return {}
    minutes = min(minutes, number * longest)
    least, more = divmod(minutes, number)
    chosen = [free[index * len(free) // number] for index in range(number)]
    return {day: least + (index < more) for index, day in enumerate(chosen)}


def _endurance(problem: Problem, week: Week, mode: Exercise, minutes: int) -> RestItem:
    return RestItem(
        kind="endurance",
        exercise=mode.id,
        name=mode.name,
        minutes=minutes,
        rpe=problem.dose(mode.id, week.number).rpe,
    )


def _recovery(problem: Problem, week: Week, ramp: EnduranceRamp) -> list[RestItem]:
    """Rolling where there is a roller, else one gentle stretch, at a low effort."""
    low, high = ramp.recovery_hold_s
    found = []
    for exercise in problem.exercises.values():
        if (exercise.block, exercise.dose_kind) == ("cool_down", "hold") and _open(
            problem, exercise
        ):
            dosed = problem.dose(exercise.id, week.number).hold_s
            found.append((not _rolls(exercise), exercise, max(low, min(dosed, high))))
    found.sort(key=lambda each: (each[0], each[1].level, each[1].id))
    return [
        RestItem(
            kind="recovery",
            exercise=exercise.id,
            name=exercise.name,
            hold_s=hold_s,
            rpe=(1, ramp.recovery_rpe_max),
        )
        for _, exercise, hold_s in found[:1]
    ]


def _rolls(exercise: Exercise) -> bool:
    return any("foam_roller" in alternative for alternative in exercise.equipment)


def _modes(problem: Problem, week: Week) -> list[Exercise]:
    """Endurance exercises that are open, the best liked first, then those that need no place."""
    likes = problem.preferences
    open_modes = [
        exercise
        for exercise in problem.exercises.values()
        if exercise.block == "endurance"
        and exercise.dose_kind == "duration"
        and not {exercise.id, exercise.pattern} & likes.avoid
        and _open(problem, exercise)
        and problem.dose(exercise.id, week.number).unit_s
    ]
    return sorted(
        open_modes,
        key=lambda each: (each.id not in likes.prefer, OUTDOORS not in each.equipment, each.id),
    )


def _open(problem: Problem, exercise: Exercise) -> bool:
    """Whether phase, level, gates, conditions and some equipment leave an exercise."""
    conditions = problem.eligibility.conditions
    return open_but_for_place(problem, exercise) and any(
        refusing_condition(conditions, exercise, alternative) is None
        and (alternative == OUTDOORS or _there(problem, alternative))
        for alternative in exercise.equipment
    )


def _there(problem: Problem, alternative: Sequence[str]) -> bool:
    return any(place.equipment.issuperset(alternative) for place in problem.places.values())


def kept_rest_days(
    problem: Problem, written: Sequence[RestDay], sessions: Iterable[Session], week: Week
) -> tuple[RestDay, ...]:
    """What was written for the rest days of a week that is under way, as far as it still fits."""
    held = tuple(sessions)
    busy = {session.start.date() for session in held}
    left = _left_over(week, held)
    kept = []
    for day in written:
        asked = minutes_on((day,))
        past = problem.since is not None and day.date < problem.since
        if day.date in busy or (asked > left and not past):
            continue
        left = max(left - asked, 0)
        kept.append(day)
    return tuple(kept)


def minutes_on(days: Iterable[RestDay]) -> int:
    """Minutes of endurance work on rest days."""
    return sum(item.minutes or 0 for day in days for item in day.items if item.kind == "endurance")
