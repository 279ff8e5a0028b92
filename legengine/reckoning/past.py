"""What the part of a program that is over leaves behind for what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

from legengine.domain.problem import Past, PastSession, Problem, Slot, Week
from legengine.domain.schedule import Item, Schedule
from legengine.reckoning.credit import SET, set_credit
from legengine.reckoning.sessions import is_easy_session

KEPT_SESSIONS: Final = 14
"""Sessions that are remembered: two weeks of daily training, longer than any rest interval."""

WEEK: Final = dt.timedelta(days=7)


def past_of(
    problem: Problem, schedule: Schedule, before: Past, broken: Collection[int] = ()
) -> Past:
    """The sessions, the volume of the last whole build week, the exercises.

    ``broken`` numbers weeks that did not come as they were planned: nothing is measured by them.
    """
    slots = {slot.id: slot for slot in problem.slots}
    sessions = [
        _session(problem, slots[id], items)
        for id, items in schedule.by_slot().items()
        if id in slots
    ]
    weekly: dict[int, dict[str, int]] = {}
    for session in sessions:
        total = weekly.setdefault(
            slots[f"{session.start:%Y-%m-%dT%H:%M}"].week, dict.fromkeys(problem.groups, 0)
        )
        for group in total:
            total[group] += session.credit.get(group, 0)
    ordinary = [
        week.number
        for week in problem.weeks
        if week.number in weekly and week.number not in broken and _ordinary(problem, week)
    ]
    done = frozenset(item.exercise for item in schedule.items) | before.begun
    over = problem.until is None
    volume = weekly[ordinary[-1]] if ordinary else before.volume
    if over and problem.stage == "protected":
        volume = {}  # Work far from any effort is no measure for the load that comes next.
    return Past(
        sessions=tuple((*before.sessions, *sessions)[-KEPT_SESSIONS:]),
        volume=volume,
        exercises=done if over else before.exercises,
        under_way=not over and (bool(ordinary) or before.under_way),
        begun=frozenset() if over else done,
    )


def sessions_inside(past: Past, first_day: dt.date) -> list[PastSession]:
    """The sessions of the week of a first day that are over."""
    return [
        session for session in past.sessions if first_day <= session.start.date() < first_day + WEEK
    ]


def training_inside(past: Past, first_day: dt.date) -> list[PastSession]:
    """The training sessions of the week of a first day that are over."""
    return [session for session in sessions_inside(past, first_day) if not session.easy]


def credit_inside(past: Past, week: Week, group: str) -> int:
    """Eighths of a set that a group got in a week from the sessions that are over."""
    return sum(session.credit.get(group, 0) for session in sessions_inside(past, week.start))


def _ordinary(problem: Problem, week: Week) -> bool:
    whole = problem.until is None or week.start + WEEK <= problem.until
    return week.kind == "build" and not week.reduced and whole


def _session(problem: Problem, slot: Slot, items: Collection[Item]) -> PastSession:
    credit = _credit(problem, slot, items)
    held = [problem.exercises[item.exercise] for item in items]
    return PastSession(
        start=slot.start,
        exposures=frozenset(group for group, eighths in credit.items() if eighths >= SET),
        exercises=frozenset(item.exercise for item in items),
        credit=credit,
        easy=is_easy_session(problem.week(slot.week), held),
        endurance_s=sum(
            item.sets * problem.dose(item.exercise, slot.week).unit_s
            for item in items
            if problem.exercises[item.exercise].block == "endurance"
            and item.exercise in problem.doses
        ),
    )


def _credit(problem: Problem, slot: Slot, items: Collection[Item]) -> Mapping[str, int]:
    total: dict[str, int] = {}
    for item in items:
        if item.exercise not in problem.doses:
            continue
        one_set = set_credit(
            problem.exercises[item.exercise],
            problem.dose(item.exercise, slot.week),
            problem.muscle_groups,
        )
        for group, eighths in one_set.items():
            total[group] = total.get(group, 0) + item.sets * eighths
    return total
