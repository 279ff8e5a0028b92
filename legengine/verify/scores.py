"""The terms of the objective, re-derived from the schedule; zero is best."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.checks.endurance import asked_seconds, endurance_seconds_of, over_seconds
from legengine.verify.credit import CREDITING, EIGHTHS
from legengine.verify.facts import facts_of, trained
from legengine.verify.sides import free_lift
from legengine.verify.tally import tallies

SESSION_MISSING = 5
PREFERRED_MISSING = 2
EVENNESS_STEP_S = 600
MINUTES_STEP_S = 300


def _steps(amount: int, step: int) -> int:
    """How many whole steps hold an amount, rounded up; none below zero."""
    return -(-max(0, amount) // step)


def soft_coverage(problem: Problem, schedule: Schedule) -> int:
    """Missing and surplus items of the coverage rows that are wishes, by priority."""
    return sum(wished_rows(problem, schedule).values())


def wished_rows(problem: Problem, schedule: Schedule) -> dict[str, int]:
    """The penalty of each coverage row that is a wish, by the row's id."""
    facts = facts_of(problem, schedule)
    return {
        row.id: row.priority
        * sum(tally.missing(row) + tally.surplus(row) for tally in tallies(facts, row))
        for row in problem.coverage
        if not row.required
    }


def sessions_wish(problem: Problem, schedule: Schedule) -> int:
    """Sessions below the number that is wished for, or below the most that the week allows."""
    wish = problem.preferences.sessions_wish
    facts = facts_of(problem, schedule)
    return SESSION_MISSING * sum(
        max(0, (week.sessions[1] if wish is None else wish) - len(trained(sessions)) - over)
        for week, sessions in facts.weeks
        for over in (sum(not past.easy for past in facts.over(week)),)
    )


def preferred_absent(problem: Problem, schedule: Schedule) -> int:
    """Preferred exercises that come nowhere in the phase."""
    there = {work.exercise.id for work in facts_of(problem, schedule).works}
    wanted = problem.preferences.prefer & set(problem.exercises)
    return PREFERRED_MISSING * len(wanted - there)


def volume(problem: Problem, schedule: Schedule) -> int:
    """Whole sets by which the weeks of the groups lie outside their aims."""
    facts = facts_of(problem, schedule)
    total = 0
    for week, here in facts.week_credits:
        credit = facts.whole_week_credit(week, here)
        for group in problem.groups:
            row = week.volume.get(group)
            if row is not None:
                now = credit.get(group, 0)
                total += _steps(row.aim_low - now, EIGHTHS) + _steps(now - row.aim_high, EIGHTHS)
    return total


def misfit(problem: Problem, schedule: Schedule) -> int:
    """The misfit of the exercise of every item."""
    return sum(misfit_of(problem, work.exercise) for work in facts_of(problem, schedule).works)


def misfit_of(problem: Problem, exercise: Exercise) -> int:
    """How badly an exercise fits the level, the goal and the person's likes."""
    likes = problem.preferences
    below = problem.placement.level_of(exercise.pattern) - exercise.level
    misfit = 0
    paced = exercise.block == "endurance"
    if below >= 3 and not paced:
        misfit += 2
    elif below == 2 and not paced:
        misfit += 1
    serves = not likes.goal_patterns or exercise.pattern in likes.goal_patterns
    if exercise.block in CREDITING and not serves:
        misfit += 1
    if free_lift(problem, exercise):
        misfit += 1
    names = {exercise.id, exercise.pattern}
    if names & likes.avoid:
        misfit += 3
    if names & likes.prefer or exercise.id in likes.starters:
        misfit -= 1
    return max(0, misfit)


def endurance_missing(problem: Problem, schedule: Schedule) -> int:
    """Halves of a session's minutes of endurance work that the sessions of the weeks lack."""
    if problem.ramp is None:
        return 0
    facts = facts_of(problem, schedule)
    total = 0
    for week, sessions in facts.weeks:
        half = 30 * week.endurance[1]
        if week.reduced or not half:
            continue
        held = sum(map(endurance_seconds_of, sessions)) + over_seconds(facts, week)
        total += _steps(asked_seconds(week) - held, half)
    return total


def rest_wish(problem: Problem, schedule: Schedule) -> int:
    """Pairs of sessions that are closer than the wished rest."""
    hours = problem.preferences.rest_wish_hours
    if hours is None:
        return 0
    starts = [session.slot.start for session in facts_of(problem, schedule).training]
    wish = dt.timedelta(hours=hours)
    return sum(later - earlier < wish for earlier, later in combinations(starts, 2))


def continuity(problem: Problem, schedule: Schedule) -> int:
    """Different exercises, and once more the strengthening ones that come at the wrong time.

    Those are the ones that the phase before used too; where the phase itself began in an earlier
    document, those that are new in it.
    """
    exercises = {work.exercise.id: work.exercise for work in facts_of(problem, schedule).works}
    strengthening = {name for name, each in exercises.items() if each.block in CREDITING}
    begun = problem.past.begun if problem.since is None else frozenset()
    wrong = strengthening - begun if begun else strengthening & problem.past.exercises
    return len(exercises) + len(wrong)


def evenness(problem: Problem, schedule: Schedule) -> int:
    """Ten-minute steps beyond ten minutes between the longest and the shortest training session."""
    facts = facts_of(problem, schedule)
    total = 0
    for _, sessions in facts.weeks:
        lengths = [facts.seconds(session) for session in trained(sessions)]
        if lengths:
            beyond = max(lengths) - min(lengths) - EVENNESS_STEP_S
            total += _steps(beyond, EVENNESS_STEP_S)
    return total


def minutes(problem: Problem, schedule: Schedule) -> int:
    """Five-minute steps of all sessions of a week together."""
    facts = facts_of(problem, schedule)
    return sum(
        _steps(sum(facts.seconds(session) for session in sessions), MINUTES_STEP_S)
        for _, sessions in facts.weeks
    )


def canonical(problem: Problem, schedule: Schedule) -> int:
    """Rank of the exercise times position of the slot in its week, for items and sets more."""
    rank = {name: number for number, name in enumerate(sorted(problem.exercises), start=1)}
    position: dict[str, int] = {}
    seen: dict[int, int] = {}
    for slot in sorted(problem.slots, key=lambda slot: slot.start):
        seen[slot.week] = seen.get(slot.week, 0) + 1
        position[slot.id] = seen[slot.week]
    return sum(
        (1 + work.extra) * rank[work.exercise.id] * position[work.slot.id]
        for work in facts_of(problem, schedule).works
    )
