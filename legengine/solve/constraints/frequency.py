"""Sessions a week, days in a row, how often an exercise or an exposure comes."""

from __future__ import annotations

import datetime as dt

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.reckoning.past import sessions_inside, training_inside
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "frequency"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State every clause of the rule."""
    row = problem.frequency
    by_date: dict[dt.date, list[Column]] = {}
    easy_by_date: dict[dt.date, list[Column]] = {}
    for slot in builder.slots():
        by_date.setdefault(slot.start.date(), []).append(builder.used(slot.id))
        if (easy := builder.easy(slot.id)) is not None:
            easy_by_date.setdefault(slot.start.date(), []).append(easy)
    for date, columns in by_date.items():
        every = [*columns, *easy_by_date.get(date, ())]
        builder.at_most_one(Label.of(NAME, what="one_session_a_day"), every)
    _session_gap(builder, problem)
    _consecutive(builder, problem, by_date)
    for number, _ in builder.distinct_weeks():
        week = problem.week(number)
        slots = builder.slots(number)
        used = [(builder.used(slot.id), 1) for slot in slots]
        gone = len(training_inside(problem.past, week.start))
        low, high = week.sessions
        label = Label.of(NAME, what="sessions", week=number)
        if not week.reduced:
            builder.require(Label.of(NAME, what="sessions_min", week=number), used, low=low)
        builder.require(label, used, high=max(high - gone, 0))
        label = Label.of(NAME, what="rest_days", week=number)
        builder.require(label, used, high=max(7 - row.rest_days_min - gone, 0))
        _easy_sessions(builder, problem, number)
        _exercises(builder, problem, number)
        _exposures(builder, problem, number)


def _easy_sessions(builder: ModelBuilder, problem: Problem, number: int) -> None:
    """No more easy sessions than the week has room for."""
    week = problem.week(number)
    easy = [
        (column, 1)
        for slot in builder.slots(number)
        if (column := builder.easy(slot.id)) is not None
    ]
    gone = sum(session.easy for session in sessions_inside(problem.past, week.start))
    label = Label.of(NAME, what="easy_sessions", week=number)
    builder.require(label, easy, high=max(week.easy_sessions - gone, 0))


def _session_gap(builder: ModelBuilder, problem: Problem) -> None:
    """No two sessions closer than the phase's gap, in and across weeks and after the past."""
    gap = dt.timedelta(hours=problem.frequency.session_gap_hours)
    label = Label.of(NAME, what="session_gap")
    slots = builder.slots()
    for index, slot in enumerate(slots):
        training = (past for past in problem.past.sessions if not past.easy)
        if any(slot.start - past.start < gap for past in training):
            builder.require(label, [(builder.used(slot.id), 1)], high=0)
        near = [later for later in slots[index + 1 :] if later.start - slot.start < gap]
        builder.at_most_one(label, [builder.used(entry.id) for entry in (slot, *near)])


def _consecutive(
    builder: ModelBuilder, problem: Problem, by_date: dict[dt.date, list[Column]]
) -> None:
    """No run of training days longer than allowed; days before the phase count as they were."""
    longest = problem.frequency.consecutive_days_max
    past = {session.start.date() for session in problem.past.sessions if not session.easy}
    label = Label.of(NAME, what="consecutive_days")
    first = min(by_date, default=problem.start) - dt.timedelta(days=longest)
    last = max(by_date, default=problem.start)
    day = first
    while day <= last:
        window = [day + dt.timedelta(days=offset) for offset in range(longest + 1)]
        gone = sum(date in past for date in window)
        terms = [(column, 1) for date in window for column in by_date.get(date, ())]
        if terms and gone + len([date for date in window if date in by_date]) > longest:
            builder.require(label, terms, high=longest - gone)
        day += dt.timedelta(days=1)


def _exercises(builder: ModelBuilder, problem: Problem, number: int) -> None:
    slots = builder.slots(number)
    over = sessions_inside(problem.past, problem.week(number).start)
    for id in sorted({id for slot in slots for id in builder.exercises(slot.id)}):
        most = problem.frequency.exercise_max - sum(id in session.exercises for session in over)
        picks = [pick for slot in slots if (pick := builder.pick(slot.id, id)) is not None]
        if len(picks) > most:
            builder.require(
                Label.of(NAME, what="exercise", exercise=id),
                [(pick, 1) for pick in picks],
                high=max(most, 0),
            )


def _exposures(builder: ModelBuilder, problem: Problem, number: int) -> None:
    week = problem.week(number)
    low, high = problem.frequency.exposures
    over = sessions_inside(problem.past, week.start)
    for group in problem.groups:
        volume = week.volume.get(group)
        if volume is None or not volume.floor:
            continue
        exposed = [
            (column, 1)
            for slot in builder.slots(number)
            if (column := builder.exposure(slot.id, group)) is not None
        ]
        if not week.reduced and week.kind == "build":
            least = max(low, problem.frequency.exposures_of.get(group, 0))
            builder.require(
                Label.of(NAME, what="exposures_min", muscle=group, week=number), exposed, low=least
            )
        left = high - sum(group in session.exposures for session in over)
        builder.require(
            Label.of(NAME, what="exposures_max", muscle=group, week=number),
            exposed,
            high=max(left, 0),
        )


def _open_days(problem: Problem, number: int) -> str:
    days = [slot.start.strftime("%A") for slot in problem.slots if slot.week == number]
    return f"you can train on {', '.join(days)}" if days else "you can't train on any day"


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the numbers."""
    row = problem.frequency
    number = int(label.get("week", str(problem.weeks[0].number)))
    low, high = problem.week(number).sessions
    muscle = label.get("muscle").replace("_", " ")
    least = max(row.exposures[0], row.exposures_of.get(label.get("muscle"), 0))
    return {
        "session_gap": f"sessions start at least {row.session_gap_hours} h apart",
        "one_session_a_day": "at most one session a day",
        "sessions_min": (
            f"week {number} asks for at least {low} sessions; {_open_days(problem, number)}"
        ),
        "sessions": f"week {number} allows at most {high} sessions",
        "easy_sessions": (
            f"week {number} has room for {problem.week(number).easy_sessions} easy sessions"
        ),
        "rest_days": f"week {number} keeps at least {row.rest_days_min} days without a session",
        "consecutive_days": f"at most {row.consecutive_days_max} training days in a row",
        "exercise": f"{label.get('exercise')} comes at most {row.exercise_max} times a week",
        "exposures_min": f"{muscle} are trained at least {least} times in week {number}",
        "exposures_max": f"{muscle} are trained at most {row.exposures[1]} times in week {number}",
    }[label.get("what")]
