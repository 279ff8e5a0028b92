"""Violations and changed penalties in words for a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Final

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.why import Break, Effect
from legengine.hooks.contracts import Objective

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")
_WEEK: Final = re.compile(r"^week \d+")


def day_text(day: dt.date) -> str:
    """``Mon 30 Nov``."""
    return f"{day:%a} {day.day} {day:%b}"


def count(number: int, word: str) -> str:
    """``1 set``, ``2 sets``."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def broken(violation: Violation, problem: Problem) -> Break:
    """A violation with days, names and rows as a person knows them."""
    required, found = _dated(violation.required), _dated(violation.found)
    where = _where(violation.where, problem)
    return Break(violation.rule, f"{where}: needs {required}, has {found}")


def _where(where: str, problem: Problem) -> str:
    """``glutes (Wed 2 Dec)`` for ``2026-12-02T18:00 glutes``."""
    moment, week = _MOMENT.match(where), _WEEK.match(where)
    head = moment[0] if moment else week[0] if week else ""
    about = " ".join(_named(word, problem) for word in where[len(head) :].split())
    if not about or not head:
        return about or _dated(head)
    return f"{about} ({_dated(head)})"


def _named(word: str, problem: Problem) -> str:
    if word in problem.exercises:
        return problem.exercises[word].name
    summaries = (row.summary.rstrip(".") for row in problem.coverage if row.id == word)
    return _dated(next(summaries, word.replace("_", " ")))


def _dated(text: str) -> str:
    return _MOMENT.sub(lambda match: day_text(dt.datetime.fromisoformat(match[0])), text)


# --- wishes --------------------------------------------------------------------------------

SOFT_COVERAGE: Final = "soft_coverage"
"""The wish that is made of rows, which are told one by one."""

_EFFECTS: Final[dict[str, Callable[[int, bool], str]]] = {
    SOFT_COVERAGE: lambda size, worse: (
        f"what a session or week should hold is met {_less(worse)} (by {size})"
    ),
    "sessions_wish": lambda size, worse: f"{count(size // 5, 'session')} {_fewer(worse)}",
    "preferred_absent": lambda size, worse: (
        f"{count(size // 2, 'preferred exercise')} {_fewer(worse)}"
    ),
    "weak_side": lambda size, worse: f"{count(size, 'set')} {_fewer(worse)} on the weak side",
    "volume_aim": lambda size, worse: (
        f"{count(size, 'set')} {'further from' if worse else 'nearer to'} the weekly aims"
    ),
    "endurance_missing": lambda size, worse: (
        f"{count(size, 'half session')} of endurance work {_fewer(worse)} in the sessions"
    ),
    "misfit": lambda size, worse: f"fits level, goal or taste {_less(worse)} (by {size})",
    "rest_wish": lambda size, worse: (
        f"{size} {_more(worse)} times that a longer rest would be better"
    ),
    "continuity": lambda size, worse: (
        f"{_more(worse)} different exercises, or ones of the phase before (by {size})"
    ),
    "evenness": lambda size, worse: (
        f"sessions of a week {'less' if worse else 'more'} even in length (by {10 * size} min)"
    ),
    "minutes": lambda size, worse: (
        f"about {5 * size} min {'longer' if worse else 'shorter'} in all"
    ),
    "canonical": lambda size, worse: "",  # noqa: ARG005
}
"""How the engine's own wishes tell a change of their penalty."""


def _less(worse: bool) -> str:
    return "less" if worse else "better"


def _more(worse: bool) -> str:
    return "more" if worse else "fewer"


def _fewer(worse: bool) -> str:
    return "fewer" if worse else "more"


def effect(wish: Objective, change: int, rows: Sequence[str] = ()) -> Effect:
    """A changed penalty with its sentence; a plugin's wish is told by its summary.

    ``rows`` are the wishes for sessions and weeks that moved, where they are known.
    """
    tell = _EFFECTS.get(wish.name)
    worse = change > 0
    if wish.name == SOFT_COVERAGE and rows:
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        sentence = f"{_less(worse)} kept: {rows[0]}{more} (by {abs(change)})"
    elif tell is None:
        sentence = f"{wish.summary}: {'worse' if worse else 'better'} by {abs(change)}"
    else:
        sentence = tell(abs(change), worse)
    return Effect(wish.name, wish.level, change, sentence)
