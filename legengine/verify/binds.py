"""What sets the limits of a phase: the rules that are tight, as few sentences as tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from legengine.domain.margin import Margin, amount
from legengine.domain.problem import Problem
from legengine.domain.program import Bind
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Constraint
from legengine.verify.facts import Facts, facts_of, studied
from legengine.verify.margins import margins_of

ORDER: Final = ("time", "rest_interval", "frequency", "volume")
"""Rules in the order in which a person can act on them; others follow, coverage at the end."""

NEVER_TOLD: Final = frozenset(
    {
        ("frequency", "a_day"),
        ("frequency", "easy_max"),
        ("structure", "easy_min"),
        ("structure", "easy_focus"),
        ("volume", "dose_min"),
        ("volume", "dose_max"),
        ("wishes", "always"),
    }
)
"""Limits that are met exactly as a matter of course."""

ROOM_FOR_MORE: Final = frozenset(
    {
        ("frequency", "sessions_max"),
        ("frequency", "rest_days"),
        ("frequency", "in_a_row"),
    }
)
"""Limits that hold nothing back where every day that the person has is used."""

TIMES_A_WEEK: Final = frozenset({("frequency", "exercise"), ("frequency", "exposures_max")})
"""Limits that hold nothing back where there are no more sessions than that."""


def binds_of(
    problem: Problem, schedule: Schedule, constraints: Sequence[Constraint]
) -> tuple[Bind, ...]:
    """The tight rules of a phase that are worth telling, equal ones together over the weeks."""
    schedule = studied(schedule)
    facts = facts_of(problem, schedule)
    tight = [
        margin
        for margin in margins_of(problem, schedule, constraints)
        if margin.tight and _worth_telling(facts, margin)
    ]
    return tuple(sorted(_sentences(tight), key=_order))


def _worth_telling(facts: Facts, margin: Margin) -> bool:
    limit = (margin.rule, margin.clause)
    if limit in NEVER_TOLD or not margin.required:
        return False
    if limit in ROOM_FOR_MORE:
        return margin.week in _weeks_with_room(facts)
    if limit in TIMES_A_WEEK:
        return _sessions_in(facts, margin.week) > margin.required
    return True


def _weeks_with_room(facts: Facts) -> set[int]:
    """Weeks in which a day is left that has no training session."""
    used = {session.day for session in facts.training}
    return {slot.week for slot in facts.problem.slots if slot.start.date() not in used}


def _sessions_in(facts: Facts, number: int) -> int:
    return sum(session.slot.week == number for session in facts.training)


Kind = tuple[str, str]
"""Rule and clause."""


def _sentences(tight: Iterable[Margin]) -> Iterator[Bind]:
    """Equal limits told once: over weeks, then over those they are about, then over days."""
    weeks: dict[tuple[Kind, str, str, str], set[int]] = {}
    for margin in tight:
        key = ((margin.rule, margin.clause), margin.when, _limit(margin), margin.who)
        weeks.setdefault(key, set()).add(margin.week)
    whos: dict[tuple[Kind, str, str, tuple[int, ...]], list[str]] = {}
    for (kind, when, limit, who), numbers in weeks.items():
        # rows of coverage are sentences of their own
        same = f"{limit}{who}" if kind[0] == "coverage" else limit
        whos.setdefault((kind, when, same, tuple(sorted(numbers))), []).append(who)
    whens: dict[tuple[Kind, str, str, tuple[int, ...]], list[str]] = {}
    for (kind, when, limit, together), names in whos.items():
        whens.setdefault((kind, _listing(names), limit, together), []).append(when)
    for (kind, who, limit, together), moments in whens.items():
        when = _listing(moments)
        if kind[0] == "coverage":
            text = f"{who} ({when})" if when else who
        else:
            text = f"{who} {when}".rstrip() + f": {limit}"
        yield Bind(rule=kind[0], sentence=text, weeks=together)


def _limit(margin: Margin) -> str:
    text = amount(margin.required, margin.unit)
    if margin.unit == "min":
        return f"all {text} taken"
    return f"{text}, the {'least' if margin.side == 'at least' else 'most'} allowed"


def _order(bind: Bind) -> tuple[object, ...]:
    place = ORDER.index(bind.rule) if bind.rule in ORDER else len(ORDER)
    return (bind.rule == "coverage", place, bind.rule, bind.weeks, bind.sentence)


def _listing(words: Sequence[str]) -> str:
    """``a, b and c``; the empty ones are left out."""
    said = [word for word in dict.fromkeys(words) if word]
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
