"""The least amounts by which rules must give way so that a schedule exists.

The same rows as ever; the rows of a few labels may be missed by whole units (minutes, sets,
sessions), and the sum of what the units cost is made as small as it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from legengine.domain.findings import Label
from legengine.errors import LimitError
from legengine.solve.flat import UNBOUNDED, FlatModel, Row
from legengine.solve.native import Answer, Search, lower

TRIES: Final[tuple[tuple[float, bool], ...]] = ((0.1, False), (0.3, True))
"""Limit and proving: clauses first, then the linear relaxation from the best that they found."""


@dataclass(frozen=True, slots=True)
class Slack:
    """Something that may give way: by how much at most, and what a unit costs."""

    name: str
    matches: Callable[[Label], bool]
    """The labels whose rows give way together."""
    side: Literal["low", "high"]
    """Which bound gives way: a minimum that is lowered, or a maximum that is raised."""
    unit: int
    """What one unit is in the numbers of the row: 60 for a minute, 8 for a set."""
    most: int
    cost: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """How far each thing gives way in the cheapest way found."""

    units: dict[str, int]
    cost: int
    least: bool
    """Whether nothing cheaper exists was proven."""


def least_amounts(
    model: FlatModel, slacks: Sequence[Slack], search: Search
) -> Amounts | Literal["impossible", "unknown"]:
    """Find the cheapest amounts that let the rows hold; "impossible" where even the most can't."""
    elastic = FlatModel(names=[*model.names], lows=[*model.lows], highs=[*model.highs])
    elastic.empty_rows = [label for label in model.empty_rows if not _slack_of(label, slacks)]
    if elastic.empty_rows:
        return "impossible"
    columns = {slack.name: elastic.column(slack.name, 0, slack.most) for slack in slacks}
    for row in model.rows.values():
        for label in row.labels or (None,):
            _add(elastic, row, label, _slack_of(label, slacks), columns)
    for label in model.empty_rows:
        # A row without columns asks for work that nobody can do: its whole amount has to go.
        slack = _slack_of(label, slacks)
        if slack is not None:
            elastic.add(None, [(columns[slack.name], 1)], slack.most, slack.most)
    answer = _cheapest(elastic, slacks, columns, search)
    if answer.outcome == "infeasible":
        return "impossible"
    if not answer.values:
        return "unknown"
    units = {name: answer.values[column] for name, column in columns.items()}
    cost = sum(slack.cost * units[slack.name] for slack in slacks)
    return Amounts(units, cost, least=answer.outcome == "optimal" or answer.bound >= cost)


def _cheapest(
    elastic: FlatModel, slacks: Sequence[Slack], columns: dict[str, int], search: Search
) -> Answer:
    native = lower(elastic)
    native.minimise([columns[s.name] for s in slacks], [s.cost for s in slacks])
    best = Answer("unknown", (), 0, 0.0)
    for limit, proving in TRIES:
        if best.values:
            native.hint(best.values)
        answer = native.solve(
            replace(search, workers=1, subsolvers=(), deterministic_limit=limit, proving=proving)
        )
        if search.stop is not None and search.stop.is_set():
            raise LimitError("cancelled while the smallest change was being looked for")
        bound = max(best.bound, answer.bound)
        best = replace(answer if answer.values or not best.values else best, bound=bound)
        if answer.outcome in ("optimal", "infeasible"):
            return answer
    return best


def _slack_of(label: Label | None, slacks: Sequence[Slack]) -> Slack | None:
    if label is None:
        return None
    return next((slack for slack in slacks if slack.matches(label)), None)


def _add(
    elastic: FlatModel, row: Row, label: Label | None, slack: Slack | None, columns: dict[str, int]
) -> None:
    """The row as it is, or with room on the side that may give way."""
    terms = [*zip(row.columns, row.factors, strict=True)]
    if slack is None:
        elastic.add(label, terms, row.low, row.high)
        return
    giving = (columns[slack.name], slack.unit if slack.side == "low" else -slack.unit)
    if row.low > -UNBOUNDED:
        room = [giving] if slack.side == "low" else []
        elastic.add(label, [*terms, *room], row.low, UNBOUNDED)
    if row.high < UNBOUNDED:
        room = [giving] if slack.side == "high" else []
        elastic.add(label, [*terms, *room], -UNBOUNDED, row.high)
