"""Frequency: sessions, rest days, days in a row, an exercise's and an exposure's times a week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.checks.rest_interval import hours_text
from legengine.verify.facts import Facts, Session, facts_of, trained

RULE = "frequency"
WEEK_DAYS = 7


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Week by week, then day by day."""
    facts = facts_of(problem, schedule)
    for week, sessions in facts.weeks:
        over = [past for past in facts.over(week) if not past.easy]
        training = trained(sessions)
        yield from _sessions(week, len(training), len(over))
        yield from _easy_sessions(facts, week, len(sessions) - len(training))
        if training:
            days = {session.day for session in training} | {each.start.date() for each in over}
            yield from _rest_days(problem, week, days)
        yield from _exercises(facts, week, sessions)
        yield from _exposures(facts, week, sessions)
    yield from _one_a_day([session.day for session in facts.sessions])
    yield from _session_gap(problem, [session.slot.start for session in facts.training])
    yield from _in_a_row(problem, [session.day for session in facts.training])


def _sessions(week: Week, here: int, over: int) -> Iterator[Violation]:
    fewest, most = week.sessions
    if week.reduced:
        fewest = 0
    number = here + over
    if number < fewest or (number > most and here):
        required = f"{fewest} to {most} sessions"
        yield Violation(RULE, f"week {week.number}", required, str(number))


def _easy_sessions(facts: Facts, week: Week, here: int) -> Iterator[Violation]:
    number = here + sum(past.easy for past in facts.over(week))
    if here and number > week.easy_sessions:
        required = f"at most {week.easy_sessions} easy sessions"
        yield Violation(RULE, f"week {week.number}", required, str(number))


def _rest_days(problem: Problem, week: Week, days: Collection[dt.date]) -> Iterator[Violation]:
    rest = WEEK_DAYS - len(days)
    least = problem.frequency.rest_days_min
    if rest < least:
        yield Violation(RULE, f"week {week.number}", f"at least {least} rest days", str(rest))


def _exercises(facts: Facts, week: Week, sessions: tuple[Session, ...]) -> Iterator[Violation]:
    most = facts.problem.frequency.exercise_max
    times = Counter(work.exercise.id for session in sessions for work in session.works)
    over = Counter(exercise for session in facts.over(week) for exercise in session.exercises)
    for exercise, here in sorted(times.items()):
        number = here + over[exercise]
        if number > most:
            where = f"week {week.number} {exercise}"
            yield Violation(RULE, where, f"at most {most} times a week", str(number))


def _exposures(facts: Facts, week: Week, sessions: tuple[Session, ...]) -> Iterator[Violation]:
    problem = facts.problem
    fewest, most = problem.frequency.exposures
    own = problem.frequency.exposures_of
    if week.reduced or week.kind == "deload":
        fewest, own = 0, {}
    times = Counter(group for session in sessions for group in facts.exposures(session))
    over = Counter(group for session in facts.over(week) for group in session.exposures)
    for group in problem.groups:
        if group not in week.volume or week.volume[group].floor <= 0:
            continue
        number = times[group] + over[group]
        least = max(fewest, own.get(group, 0))
        if number < least or (number > most and times[group]):
            required = f"{least} to {most} exposures"
            yield Violation(RULE, f"week {week.number} {group}", required, str(number))


def _one_a_day(days: Iterable[dt.date]) -> Iterator[Violation]:
    for day, number in sorted(Counter(days).items()):
        if number > 1:
            yield Violation(RULE, day.isoformat(), "at most one session a day", str(number))


def _session_gap(problem: Problem, starts: Iterable[dt.datetime]) -> Iterator[Violation]:
    hours = problem.frequency.session_gap_hours
    ours = set(starts)
    everyone = sorted(ours | training_before(problem))
    for earlier, later in pairwise(everyone):
        if not ours.isdisjoint((earlier, later)) and later - earlier < dt.timedelta(hours=hours):
            where = f"{later:%Y-%m-%dT%H:%M}"
            required = f"{hours} h from session to session"
            yield Violation(RULE, where, required, hours_text(later - earlier))


def _in_a_row(problem: Problem, days: Iterable[dt.date]) -> Iterator[Violation]:
    ours = set(days)
    longest = problem.frequency.consecutive_days_max
    for run in runs_of_days(ours | {start.date() for start in training_before(problem)}):
        if len(run) > longest and not ours.isdisjoint(run):
            where = f"{run[0]} to {run[-1]}"
            yield Violation(RULE, where, f"at most {longest} days in a row", str(len(run)))


def training_before(problem: Problem) -> set[dt.datetime]:
    """When the training sessions began that are over."""
    return {past.start for past in problem.past.sessions if not past.easy}


def runs_of_days(days: Iterable[dt.date]) -> Iterator[list[dt.date]]:
    """Days that follow each other, run by run."""
    run: list[dt.date] = []
    for day in sorted(days):
        if run and day - run[-1] != dt.timedelta(days=1):
            yield run
            run = []
        run.append(day)
    if run:
        yield run
