"""Structure: the frame of a session, the same work in regular weeks, and no nonsense."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.facts import Facts, Session, facts_of

RULE = "structure"

WORK_BLOCKS: Final = frozenset({"power", "balance", "compound", "isolation", "trunk"})
"""The blocks whose items the row ``work_items`` counts."""

EASY_FOCUS: Final = frozenset({"balance", "endurance"})
"""What an easy session is for."""

Opportunity = tuple[int, str, str, str]
"""Weekday, time, place and exercise."""


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Items first, then sessions, then weeks."""
    facts = facts_of(problem, schedule)
    yield from _nonsense(facts)
    yield from _twice(facts)
    for session in facts.sessions:
        yield from _numbers(problem, session)
    yield from _regular_weeks(facts)


def _nonsense(facts: Facts) -> Iterator[Violation]:
    problem = facts.problem
    for item in facts.items:
        where = f"{item.slot} {item.exercise}"
        if item.slot not in facts.slots:
            yield Violation(RULE, where, "a slot of the problem", f"unknown slot {item.slot}")
        if item.exercise not in problem.exercises:
            yield Violation(RULE, where, "a known exercise", f"unknown exercise {item.exercise}")
        elif item.exercise not in problem.doses:
            yield Violation(RULE, where, "a dose in this phase", "no dose")
        if item.sets < 1:
            yield Violation(RULE, where, "at least 1 set", str(item.sets))


def _twice(facts: Facts) -> Iterator[Violation]:
    times = Counter((item.slot, item.exercise) for item in facts.items)
    for (slot, exercise), number in sorted(times.items()):
        if number > 1:
            yield Violation(RULE, f"{slot} {exercise}", "at most once a session", str(number))


def _numbers(problem: Problem, session: Session) -> Iterator[Violation]:
    if session.easy:
        yield from _easy(problem, session)
        return
    row = problem.structure
    fewest, most = row.work_items
    work = sum(work.exercise.block in WORK_BLOCKS for work in session.works)
    if not fewest <= work <= most:
        yield Violation(RULE, session.slot.id, f"{fewest} to {most} work items", str(work))
    if len(session.works) > row.items_max:
        required = f"at most {row.items_max} items"
        yield Violation(RULE, session.slot.id, required, str(len(session.works)))


def _easy(problem: Problem, session: Session) -> Iterator[Violation]:
    fewest, most = problem.structure.easy_items
    where, number = session.slot.id, len(session.works)
    if not fewest <= number <= most:
        yield Violation(RULE, where, f"{fewest} to {most} items of an easy session", str(number))
    if not any(work.exercise.block in EASY_FOCUS for work in session.works):
        yield Violation(RULE, where, "balance or endurance work in an easy session", "none")


def _regular_weeks(facts: Facts) -> Iterator[Violation]:
    regular = [(week, _held(sessions)) for week, sessions in facts.weeks if week.regular]
    if not regular:
        return
    first, model = regular[0]
    for week, held in regular[1:]:
        yield from _difference(first, model, week, held)


def _held(sessions: tuple[Session, ...]) -> set[Opportunity]:
    return {
        (slot.start.weekday(), f"{slot.start:%H:%M}", slot.place, work.exercise.id)
        for session in sessions
        for slot in (session.slot,)
        for work in session.works
    }


def _difference(
    first: Week, model: set[Opportunity], week: Week, held: set[Opportunity]
) -> Iterator[Violation]:
    for opportunity in sorted(model ^ held):
        weekday, time, place, exercise = opportunity
        day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[weekday]
        yield Violation(
            RULE,
            f"week {week.number} {day} {time} {place} {exercise}",
            f"the same exercises as in week {first.number}",
            "missing" if opportunity in model else "added",
        )
