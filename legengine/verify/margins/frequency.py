"""Sessions, rest days, days in a row, times of an exercise and exposures against their limits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from legengine.domain.margin import Margin, Side
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.checks.frequency import RULE, WEEK_DAYS, runs_of_days, training_before
from legengine.verify.facts import Facts, Session, facts_of, trained
from legengine.verify.margins.words import spoken, weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Week by week, then day by day."""
    facts = facts_of(problem, schedule)
    for week, sessions in facts.weeks:
        yield from _sessions(facts, week, sessions)
        yield from _exercises(facts, week, sessions)
        yield from _exposures(facts, week, sessions)
    every = {session.day: session.slot.week for session in facts.sessions}
    weeks = {session.day: session.slot.week for session in facts.training}
    times = Counter(session.day for session in facts.sessions)
    for day, number in sorted(times.items()):
        when, where = f"on {weekday(day)}", day.isoformat()
        yield Margin(
            RULE, "a_day", "", where, every[day], "sessions", when, number, "at most", 1, ""
        )
    yield from _session_gap(facts)
    yield from _in_a_row(problem, weeks)


def _sessions(facts: Facts, week: Week, sessions: tuple[Session, ...]) -> Iterator[Margin]:
    problem = facts.problem
    over = [past for past in facts.over(week) if not past.easy]
    training = trained(sessions)
    fewest, most = week.sessions
    held = len(training) + len(over)
    days = {session.day for session in training} | {each.start.date() for each in over}
    rest = WEEK_DAYS - len(days)
    limits: list[tuple[str, str, int, Side, int]] = [
        ("sessions_max", "sessions", held, "at most", most),
        ("rest_days", "days without a session", rest, "at least", problem.frequency.rest_days_min),
    ]
    if not week.reduced:
        limits.insert(0, ("sessions_min", "sessions", held, "at least", fewest))
    if week.easy_sessions:
        easy = len(sessions) - len(training) + sum(past.easy for past in facts.over(week))
        limits.append(("easy_max", "easy sessions", easy, "at most", week.easy_sessions))
    where, number = f"week {week.number}", week.number
    for clause, who, found, side, limit in limits:
        yield Margin(RULE, clause, "", where, number, who, "in a week", found, side, limit, "")


def _exercises(facts: Facts, week: Week, sessions: tuple[Session, ...]) -> Iterator[Margin]:
    problem = facts.problem
    most = problem.frequency.exercise_max
    times = Counter(work.exercise.id for session in sessions for work in session.works)
    over = Counter(exercise for session in facts.over(week) for exercise in session.exercises)
    for exercise, here in sorted(times.items()):
        number = here + over[exercise]
        yield Margin(
            RULE,
            "exercise",
            exercise,
            f"week {week.number} {exercise}",
            week.number,
            problem.exercises[exercise].name,
            "in a week",
            number,
            "at most",
            most,
            "times",
        )


def _exposures(facts: Facts, week: Week, sessions: tuple[Session, ...]) -> Iterator[Margin]:
    problem = facts.problem
    row = problem.frequency
    fewest, most = row.exposures
    times = Counter(group for session in sessions for group in facts.exposures(session))
    times.update(group for session in facts.over(week) for group in session.exposures)
    asked = not week.reduced and week.kind != "deload"
    for group in problem.groups:
        if group not in week.volume or week.volume[group].floor <= 0:
            continue
        sides: list[tuple[str, Side, int]] = [("exposures_max", "at most", most)]
        if asked:
            least = max(fewest, row.exposures_of.get(group, 0))
            sides.insert(0, ("exposures_min", "at least", least))
        for clause, side, limit in sides:
            yield Margin(
                RULE,
                clause,
                group,
                f"week {week.number} {group}",
                week.number,
                spoken(group),
                "trained in a week",
                times[group],
                side,
                limit,
                "times",
            )


def _session_gap(facts: Facts) -> Iterator[Margin]:
    hours = facts.problem.frequency.session_gap_hours
    if not hours:
        return
    weeks = {session.slot.start: session.slot.week for session in facts.training}
    everyone = sorted(weeks.keys() | training_before(facts.problem))
    for earlier, later in pairwise(everyone):
        if earlier in weeks or later in weeks:
            yield Margin(
                RULE,
                "session_gap",
                "",
                later.isoformat(timespec="minutes"),
                weeks.get(later) or weeks[earlier],
                "session to session",
                f"from {weekday(earlier)} to {weekday(later)}",
                (later - earlier).total_seconds() / 3600,
                "at least",
                hours,
                "h",
            )


def _in_a_row(problem: Problem, weeks: dict[dt.date, int]) -> Iterator[Margin]:
    longest = problem.frequency.consecutive_days_max
    past = {start.date() for start in training_before(problem)}
    for run in runs_of_days(weeks.keys() | past):
        ours = [day for day in run if day in weeks]
        if ours:
            yield Margin(
                RULE,
                "in_a_row",
                "",
                f"{run[0]} to {run[-1]}",
                weeks[ours[0]],
                "training days in a row",
                "",
                len(run),
                "at most",
                longest,
                "",
            )
