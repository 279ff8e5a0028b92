"""What a solved phase leaves behind for the next one."""

from __future__ import annotations

from legengine.domain.problem import Past, PastSession, Problem
from legengine.domain.schedule import Schedule
from legengine.reckoning.credit import SET, set_credit


def past_of(problem: Problem, schedule: Schedule, before: Past) -> Past:
    """The exposures of the phase, the volume of its last build week, its exercises."""
    sessions = []
    weekly: dict[int, dict[str, int]] = {}
    slots = {slot.id: slot for slot in problem.slots}
    for id, items in schedule.by_slot().items():
        slot = slots.get(id)
        if slot is None:
            continue
        here = dict.fromkeys(problem.groups, 0)
        for item in items:
            if item.exercise not in problem.doses:
                continue
            credit = set_credit(
                problem.exercises[item.exercise],
                problem.dose(item.exercise, slot.week),
                problem.muscle_groups,
            )
            for group in here:
                here[group] += item.sets * credit.get(group, 0)
        exposed = frozenset(group for group, eighths in here.items() if eighths >= SET)
        sessions.append(PastSession(slot.start, exposed))
        total = weekly.setdefault(slot.week, dict.fromkeys(problem.groups, 0))
        for group, eighths in here.items():
            total[group] += eighths
    ordinary = [
        week.number
        for week in problem.weeks
        if week.kind == "build" and not week.reduced and week.number in weekly
    ]
    return Past(
        sessions=tuple((*before.sessions, *sessions)[-KEPT_SESSIONS:]),
        volume=weekly[ordinary[-1]] if ordinary else before.volume,
        exercises=frozenset(item.exercise for item in schedule.items),
    )


KEPT_SESSIONS = 14
"""Sessions that are remembered: two weeks of daily training, longer than any rest interval."""
