"""Which labels cannot hold together: an assumption core, confirmed, shrunk by deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legengine.domain.findings import Conflict, ConflictMember, Label
from legengine.domain.problem import Problem
from legengine.errors import LimitError
from legengine.hooks.contracts import Constraint
from legengine.solve.flat import FlatModel
from legengine.solve.native import LoweredModel, Search, lower

SHRINK_LIMIT = 40
"""Solves that the shrinking may take; beyond, the conflict is sufficient but perhaps not least."""

DAYS = ("sessions_min", "session_gap", "rest_days", "consecutive_days", "one_session_a_day")
"""What frequency labels about days and sessions are about."""

UNWILLING = ("wishes", "time", "frequency", "volume", "coverage", "structure", "rest_interval")
"""Rules that are tried for removal last stand last: what the person said survives longest."""


def find_conflict(
    problem: Problem, constraints: Sequence[Constraint], model: FlatModel, search: Search
) -> Conflict:
    """Name labels that can't hold together.

    Raises:
        LimitError: a limit ran out before the infeasibility was confirmed.
    """
    empty = sorted({label for label in model.empty_rows if label is not None})
    if empty:
        return _conflict(problem, constraints, empty[:1], minimal=True)
    labels = model.labels()
    # Days and sessions alone explain more than muscles do: they are tried first.
    about_days = [
        label for label in labels if label.rule == "frequency" and label.get("what") in DAYS
    ]
    if _infeasible(model, about_days, search):
        core = about_days
    else:
        core = _core(model, labels, search) or labels
    if not _infeasible(model, core, search):
        core = labels
        if not _infeasible(model, core, search):
            raise LimitError(
                f"phase '{problem.phase}' seems to have no schedule, but the limit ran out "
                "before this was confirmed"
            )
    core, minimal = _shrink(model, core, search)
    return _conflict(problem, constraints, core, minimal=minimal)


def _switched(model: FlatModel, labels: Sequence[Label]) -> tuple[LoweredModel, dict[str, int]]:
    """The same rows, each behind the switch of its label."""
    first = len(model.names)
    switches = {str(label): first + index for index, label in enumerate(labels)}
    return lower(model, switches=switches), switches


def _core(model: FlatModel, labels: Sequence[Label], search: Search) -> list[Label]:
    """A sufficient set of labels, by assumptions, without an objective."""
    native, switches = _switched(model, labels)
    native.assume(list(switches.values()))
    answer = native.solve(replace(search, workers=1, subsolvers=()))
    if answer.outcome != "infeasible":
        return []
    named = set(answer.core)
    return [label for label in labels if switches[str(label)] in named]


def _infeasible(model: FlatModel, labels: Sequence[Label], search: Search) -> bool:
    """Whether the rows of these labels alone can't hold, by a plain solve of other settings."""
    kept = set(labels)
    part = FlatModel(names=model.names, lows=model.lows, highs=model.highs)
    part.rows = {
        key: row
        for key, row in model.rows.items()
        if not row.labels or kept.intersection(row.labels)
    }
    native = lower(part)
    plain = replace(search, workers=1, subsolvers=(), seed=search.seed + 1, quick=False)
    return native.solve(plain).outcome == "infeasible"


def _shrink(model: FlatModel, core: Sequence[Label], search: Search) -> tuple[list[Label], bool]:
    """Drop members one by one while the rest still collides; say whether all were tried."""
    order = {rule: index for index, rule in enumerate(reversed(UNWILLING))}
    kept = sorted(core, key=lambda label: (order.get(label.rule, -1), label))
    for tries, label in enumerate(list(kept)):
        if tries == SHRINK_LIMIT:
            return sorted(kept), False
        rest = [other for other in kept if other != label]
        if rest and _infeasible(model, rest, search):
            kept = rest
    return sorted(kept), True


def _conflict(
    problem: Problem, constraints: Sequence[Constraint], labels: Sequence[Label], *, minimal: bool
) -> Conflict:
    rules = {constraint.name: constraint for constraint in constraints}
    members = tuple(
        ConflictMember(label, rules[label.rule].describe(label, problem)) for label in labels
    )
    return Conflict(problem.phase, members, minimal=minimal, confirmed=True)
