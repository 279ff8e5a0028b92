"""Volume: effective sets a week and a session, sets of an exercise, growth and deload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem, Week
from legengine.domain.schedule import Schedule
from legengine.verify.credit import EIGHTHS, sets_text
from legengine.verify.facts import Facts, Session, facts_of

RULE = "volume"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Sets of every item, then the sessions and weeks of every group."""
    facts = facts_of(problem, schedule)
    yield from _sets(facts)
    for week, sessions in facts.weeks:
        for session in sessions:
            yield from _session(facts, week, session)
    for week, credit in facts.week_credits:
        yield from _week(facts, week, credit)
    yield from _growth(facts)
    yield from _deload(facts)


def _sets(facts: Facts) -> Iterator[Violation]:
    for work in facts.works:
        dose = work.dose
        if dose is not None and not dose.sets_min <= work.sets <= dose.sets_max:
            required = f"{dose.sets_min} to {dose.sets_max} sets"
            yield Violation(RULE, work.where, required, str(work.sets))


def _session(facts: Facts, week: Week, session: Session) -> Iterator[Violation]:
    credit = facts.credit(session)
    for group in facts.problem.groups:
        row = week.volume.get(group)
        if row is not None and credit.get(group, 0) > row.session_cap:
            yield Violation(
                RULE,
                f"{session.slot.id} {group}",
                f"at most {sets_text(row.session_cap)} a session",
                sets_text(credit[group]),
            )


def _week(facts: Facts, week: Week, credit: Mapping[str, int]) -> Iterator[Violation]:
    over = _over(facts, week)
    for group in facts.problem.groups:
        row = week.volume.get(group)
        if row is None:
            continue
        floor = 0 if week.reduced else row.floor
        here = credit.get(group, 0)
        total = here + over.get(group, 0)
        if total < floor or (total > row.cap and here):
            yield Violation(
                RULE,
                f"week {week.number} {group}",
                f"{sets_text(floor)} to {sets_text(row.cap)}",
                sets_text(total),
            )


def _over(facts: Facts, week: Week) -> dict[str, int]:
    """What the sessions of a week that are over gave."""
    return facts.whole_week_credit(week, {})


def _growth(facts: Facts) -> Iterator[Violation]:
    problem = facts.problem
    last: Mapping[str, int] | None = None
    for week, credit in facts.week_credits:
        if week.kind != "build" or week.reduced:
            continue
        for group in problem.groups:
            if last is None and group not in problem.past.volume:
                continue
            before = problem.past.volume[group] if last is None else last.get(group, 0)
            now = credit.get(group, 0)
            rise = max(problem.growth.sets * EIGHTHS * 100, problem.growth.percent * before)
            if 100 * now > 100 * before + rise:
                yield Violation(
                    RULE,
                    f"week {week.number} {group}",
                    f"growth from {sets_text(before)} by at most {problem.growth.sets} sets"
                    f" or {problem.growth.percent} %",
                    sets_text(now),
                )
        last = credit


def _deload(facts: Facts) -> Iterator[Violation]:
    problem = facts.problem
    known = problem.past.volume if problem.past.under_way else {}
    last: Mapping[str, int] | None = None
    for week, credit in facts.week_credits:
        if week.kind == "build":
            last = last if week.reduced else credit
            continue
        over = _over(facts, week)
        for group in problem.groups:
            if last is None and group not in known:
                continue
            here = credit.get(group, 0)
            before = known[group] if last is None else last.get(group, 0)
            now = here + over.get(group, 0)
            if now > before and here:
                yield Violation(
                    RULE,
                    f"week {week.number} {group}",
                    f"at most {sets_text(before)} in a deload week",
                    sets_text(now),
                )
