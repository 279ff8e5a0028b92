"""The rest days of the document: their place in the week, what they hold, how the minutes grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.program import ProgramWeek, RestDay, RestItem
from legengine.verify.alternatives import acceptable
from legengine.verify.checks.endurance import RULE
from legengine.verify.limits import body_limits, restriction_limits
from legengine.verify.unvetted import unvetted_limits

DAYS = 7


def check_rest_days(problem: Problem, week: Week, there: ProgramWeek) -> Iterator[Violation]:
    """The rest days of a printed week; what lies before the problem's first day is over."""
    where = f"week {week.number}"
    yield from _dates(where, week, there)
    minutes = sum(
        item.minutes or 0
        for day in there.rest_days
        for item in day.items
        if item.kind == "endurance"
    )
    if there.endurance_minutes_rest != minutes:
        required = f"{minutes} min of endurance on rest days"
        yield Violation(RULE, where, required, f"{there.endurance_minutes_rest} min printed")
    total, most = there.endurance_minutes_planned + minutes, week.endurance[0] * week.endurance[1]
    if minutes and total > most:
        required = f"at most {most} min of endurance, rest days included"
        yield Violation(RULE, where, required, f"{total} min")
    for day in there.rest_days:
        if problem.since is not None and day.date < problem.since:
            continue
        for item in day.items:
            yield from _item(problem, week, day, item)


def _dates(where: str, week: Week, there: ProgramWeek) -> Iterator[Violation]:
    dates = [day.date for day in there.rest_days]
    inside = {week.start + dt.timedelta(days=offset) for offset in range(DAYS)}
    busy = {session.start.date() for session in there.sessions}
    for date in dates:
        if date not in inside:
            yield Violation("calendar", where, "rest days inside the week", str(date))
        if date in busy:
            yield Violation("calendar", where, "no session on a rest day", str(date))
    if any(later <= earlier for earlier, later in pairwise(dates)):
        yield Violation("calendar", where, "rest days in order", ", ".join(map(str, dates)))
    if dates and len(busy.union(dates) & inside) == DAYS:
        yield Violation("calendar", where, "a day with nothing on it", "none")


def _item(problem: Problem, week: Week, day: RestDay, item: RestItem) -> Iterator[Violation]:
    where = f"{day.date} {item.exercise}"
    exercise, ramp = problem.exercises.get(item.exercise), problem.ramp
    if exercise is None or exercise.id not in problem.doses or ramp is None:
        yield Violation(RULE, where, "an exercise with a dose, in a phase with a ramp", "none")
        return
    dose = problem.dose(exercise.id, week.number)
    yield from _closed(problem, where, exercise)
    if item.kind == "endurance":
        if exercise.block != "endurance":
            yield Violation(RULE, where, "an endurance exercise", exercise.block)
        if not 0 < (item.minutes or 0) <= week.endurance[1]:
            yield Violation(RULE, where, f"1 to {week.endurance[1]} min", f"{item.minutes} min")
        if item.rpe != dose.rpe:
            yield Violation(RULE, where, f"effort {dose.rpe}", f"effort {item.rpe}")
        return
    if (exercise.block, exercise.dose_kind) != ("cool_down", "hold"):
        yield Violation(RULE, where, "a stretch or rolling on a day of recovery", exercise.block)
    low, high = ramp.recovery_hold_s
    if not low <= (item.hold_s or 0) <= high:
        yield Violation(RULE, where, f"{low} to {high} s", f"{item.hold_s} s")
    if item.rpe is None or item.rpe[1] > ramp.recovery_rpe_max:
        yield Violation(RULE, where, f"effort at most {ramp.recovery_rpe_max}", f"{item.rpe}")


def _closed(problem: Problem, where: str, exercise: Exercise) -> Iterator[Violation]:
    """What conditions, restrictions and the placement close is closed on rest days too."""
    body = problem.eligibility
    limits = [*restriction_limits(exercise, body, problem.muscle_groups)]
    for condition in body.conditions:
        limits += body_limits(condition, exercise, body.pain)
    limits += unvetted_limits(exercise, problem)
    for limit in limits:
        yield Violation("contraindication", where, limit.required, limit.found)
    if not acceptable(exercise, exercise.equipment, body.conditions):
        required = "an alternative acceptable to all conditions"
        yield Violation("contraindication", where, required, "none")
    most = min(body.level_max, problem.placement.level_of(exercise.pattern))
    if exercise.level > most:
        yield Violation("phase_access", where, f"level at most {most}", f"level {exercise.level}")
    if not set(exercise.phases) & set(body.phases):
        yield Violation("phase_access", where, "an exercise of the phase", ", ".join(body.phases))
    if {exercise.id, exercise.pattern} & body.never:
        yield Violation("wishes", where, "never", "there")


def check_growth(problems: Sequence[Problem], *, revised: bool) -> Iterator[Violation]:
    """From week to week the minutes grow by the ramp's share at most, across phases too.

    In a revised program the weeks before and after a revision were reckoned apart.
    """
    before: tuple[Problem, Week] | None = None
    for problem in problems:
        ramp = problem.ramp
        for week in problem.weeks:
            asked = week.endurance[0] * week.endurance[1]
            same = before is not None and (before[0] is problem or not revised)
            if ramp is not None and before is not None and same and before[0].ramp is not None:
                sessions, minutes = before[1].endurance
                most = sessions * minutes * (100 + ramp.growth_percent) // 100
                if asked > most:
                    where = f"week {week.number}"
                    yield Violation(RULE, where, f"at most {most} min asked for", f"{asked} min")
            elif ramp is not None and before is None and problem.since is None:
                first = ramp.minutes[0] * ramp.sessions[0]
                if asked > first:
                    required = f"{first} min asked for at first"
                    yield Violation(RULE, f"week {week.number}", required, f"{asked} min")
            before = problem, week
