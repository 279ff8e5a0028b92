"""Effective sets against floor, caps, growth and deload; sets of an item against its dose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from legengine.domain.margin import Margin, Side, amount
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.checks.volume import RULE
from legengine.verify.credit import EIGHTHS
from legengine.verify.facts import Facts, Session, facts_of
from legengine.verify.margins.words import spoken, weekday


def margins(problem: Problem, schedule: Schedule) -> Iterator[Margin]:
    """Items, then sessions, then weeks, then what changes from week to week."""
    facts = facts_of(problem, schedule)
    yield from _doses(facts)
    for week, sessions in facts.weeks:
        for session in sessions:
            yield from _session(facts, week, session)
    for week, credit in facts.week_credits:
        yield from _week(problem, week, facts.whole_week_credit(week, credit))
    yield from _growth(facts)
    yield from _deload(facts)


def _doses(facts: Facts) -> Iterator[Margin]:
    for work in facts.works:
        dose = work.dose
        if dose is None:
            continue
        name, week = work.exercise.id, work.slot.week
        who, when = work.exercise.name, f"on {weekday(work.slot.start)}"
        limits: tuple[tuple[str, Side, int], ...] = (
            ("dose_min", "at least", dose.sets_min),
            ("dose_max", "at most", dose.sets_max),
        )
        for clause, side, limit in limits:
            yield Margin(
                RULE, clause, name, work.where, week, who, when, work.sets, side, limit, "sets"
            )


def _session(facts: Facts, week: Week, session: Session) -> Iterator[Margin]:
    credit, day = facts.credit(session), weekday(session.slot.start)
    for group in facts.problem.groups:
        row = week.volume.get(group)
        if row is not None:
            yield _sets(
                "session_cap",
                group,
                f"{session.slot.id} {group}",
                week,
                f"on {day}",
                credit.get(group, 0),
                "at most",
                row.session_cap,
            )


def _week(problem: Problem, week: Week, credit: Mapping[str, int]) -> Iterator[Margin]:
    for group in problem.groups:
        row = week.volume.get(group)
        if row is None:
            continue
        where, now = f"week {week.number} {group}", credit.get(group, 0)
        if not week.reduced:
            yield _sets("floor", group, where, week, "in a week", now, "at least", row.floor)
        yield _sets("cap", group, where, week, "in a week", now, "at most", row.cap)


def _growth(facts: Facts) -> Iterator[Margin]:
    problem = facts.problem
    growth = problem.growth
    last: Mapping[str, int] | None = None
    for week, credit in facts.week_credits:
        if week.kind != "build" or week.reduced:
            continue
        for group in problem.groups:
            if last is None and group not in problem.past.volume:
                continue
            before = problem.past.volume[group] if last is None else last.get(group, 0)
            rise = max(growth.sets * EIGHTHS, growth.percent * before // 100)
            yield _sets(
                "growth",
                group,
                f"week {week.number} {group}",
                week,
                f"in a week after one of {amount(before / EIGHTHS, 'sets')}",
                credit.get(group, 0),
                "at most",
                before + rise,
            )
        last = credit


def _deload(facts: Facts) -> Iterator[Margin]:
    past = facts.problem.past
    known = past.volume if past.under_way else {}
    last: Mapping[str, int] | None = None
    for week, here in facts.week_credits:
        if week.kind == "build":
            last = last if week.reduced else here
            continue
        credit = facts.whole_week_credit(week, here)
        for group in facts.problem.groups:
            if last is None and group not in known:
                continue
            yield _sets(
                "deload",
                group,
                f"week {week.number} {group}",
                week,
                "in the lighter week, against the one before",
                credit.get(group, 0),
                "at most",
                known[group] if last is None else last.get(group, 0),
            )


def _sets(
    clause: str,
    group: str,
    where: str,
    week: Week,
    when: str,
    found: int,
    side: Side,
    required: int,
) -> Margin:
    """A margin in effective sets, from eighths."""
    sets, limit = found / EIGHTHS, required / EIGHTHS
    number, who = week.number, spoken(group)
    return Margin(RULE, clause, group, where, number, who, when, sets, side, limit, "sets")
