"""Sides: sets more on the weak side only where, and only as many as, the difference allows."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.credit import credit_of_set, sets_text
from legengine.verify.facts import Facts, Session, Work, facts_of
from legengine.verify.sides import bilateral_percent, extra_most

RULE = "sides"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Items, then sessions, then weeks, then the lifts that are limited."""
    facts = facts_of(problem, schedule)
    for week, sessions in facts.weeks:
        works = [work for session in sessions for work in session.works]
        yield from _allowed(problem, week, works)
        yield from _sessions(problem, sessions)
        yield from _share(problem, week, works)
        yield from _maximums(facts, week, sessions)
    yield from _limited(facts)


def _allowed(problem: Problem, week: Week, works: list[Work]) -> Iterator[Violation]:
    for work in works:
        most = extra_most(problem, work.exercise, week)
        if not 0 <= work.extra <= most:
            required = f"at most {most} sets more on the weak side"
            yield Violation(RULE, work.where, required, str(work.extra))


def _sessions(problem: Problem, sessions: tuple[Session, ...]) -> Iterator[Violation]:
    facts = problem.asymmetry
    most = facts.limits.extra_sets_session if facts is not None else 0
    for session in sessions:
        extras = sum(work.extra for work in session.works)
        if extras > most:
            required = f"at most {most} sets more on the weak side in a session"
            yield Violation(RULE, session.slot.id, required, str(extras))


def _share(problem: Problem, week: Week, works: list[Work]) -> Iterator[Violation]:
    """Weak to strong side, of each exercise; all together then keep it too."""
    if problem.asymmetry is None:
        return
    percent = problem.asymmetry.limits.week_percent
    sets: dict[str, list[int]] = {}
    for work in works:
        if work.extra:
            sets.setdefault(work.exercise.id, [0, 0])
    for work in works:
        if work.exercise.id in sets:
            sets[work.exercise.id][0] += work.sets + work.extra
            sets[work.exercise.id][1] += work.sets
    for name, (weak, strong) in sorted(sets.items()):
        if 100 * weak > percent * strong:
            required = f"weak side at most {percent} % of the strong side's {strong} sets"
            yield Violation(RULE, f"week {week.number} {name}", required, str(weak))


def _maximums(facts: Facts, week: Week, sessions: tuple[Session, ...]) -> Iterator[Violation]:
    """The weak side's own sets keep what a muscle may get in a session and in a week."""
    problem = facts.problem
    total = facts.whole_week_credit(week, facts.week_credit(sessions))
    more_in_week: dict[str, int] = {}
    for session in sessions:
        more: dict[str, int] = {}
        for work in session.works:
            if work.extra and work.dose is not None:
                one_set = credit_of_set(work.exercise, work.dose, problem.muscle_groups)
                for group, eighths in one_set.items():
                    more[group] = more.get(group, 0) + work.extra * eighths
        for group, eighths in sorted(more.items()):
            more_in_week[group] = more_in_week.get(group, 0) + eighths
            row = week.volume.get(group)
            weak = facts.credit(session).get(group, 0) + eighths
            if row is not None and weak > row.session_cap:
                required = f"weak side at most {sets_text(row.session_cap)} a session"
                yield Violation(RULE, f"{session.slot.id} {group}", required, sets_text(weak))
    for group, eighths in sorted(more_in_week.items()):
        row = week.volume.get(group)
        weak = total.get(group, 0) + eighths
        if row is not None and weak > row.cap:
            required = f"weak side at most {sets_text(row.cap)}"
            yield Violation(RULE, f"week {week.number} {group}", required, sets_text(weak))


def _limited(facts: Facts) -> Iterator[Violation]:
    for work in facts.works:
        most = bilateral_percent(facts.problem, work.exercise)
        percent = work.dose.percent_1rm if work.dose is not None else None
        if most is not None and percent is not None and percent[1] > most:
            required = f"at most {most} % of 1RM with both legs while they differ so much"
            yield Violation(RULE, work.where, required, f"{percent[1]} %")
