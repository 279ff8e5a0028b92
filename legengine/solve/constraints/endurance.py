"""Minutes of endurance work: never more in a week than its place in the ramp."""

from __future__ import annotations

from math import gcd
from typing import Final

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Week
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.reckoning.past import sessions_inside
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME: Final = "endurance"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """One row for each week; weeks that differ in their minutes only give the same row."""
    if problem.ramp is None:
        return
    for week in problem.weeks:
        terms = seconds(builder, problem, week)
        unit = gcd(*(factor for _, factor in terms)) or 1
        left = max(seconds_left(problem, week), 0) // unit
        shared = [(column, factor // unit) for column, factor in terms]
        builder.require(Label.of(NAME, week=week.number), shared, high=left)


def seconds(builder: ModelBuilder, problem: Problem, week: Week) -> list[tuple[Column, int]]:
    """Seconds of endurance work in the sessions of a week, as terms."""
    return [
        (sets, problem.dose(id, week.number).unit_s)
        for slot in builder.slots(week.number)
        for id in builder.exercises(slot.id)
        if problem.exercises[id].block == "endurance"
        and (sets := builder.sets(slot.id, id)) is not None
    ]


def seconds_left(problem: Problem, week: Week) -> int:
    """Seconds that the week asks for and that its sessions that are over did not hold."""
    sessions, minutes = week.endurance
    over = sum(session.endurance_s for session in sessions_inside(problem.past, week.start))
    return 60 * sessions * minutes - over


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the minutes."""
    sessions, minutes = problem.week(int(label.get("week"))).endurance
    return f"week {label.get('week')} takes at most {sessions * minutes} minutes of endurance work"
