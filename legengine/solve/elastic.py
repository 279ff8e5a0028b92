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
from legengine.solve.inquiry import asking
from legengine.solve.native import Answer, Search, lower

LIMIT: Final = 0.3
"""Work units for the proof that no cheaper amounts do; most take a tenth of it."""


def _none(label: Label) -> bool:
    return not label.rule


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
    waives: Callable[[Label], bool] = _none
    """Minimums that no longer hold once it has given way entirely."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How far each thing gives way in the cheapest way found."""

    units: dict[str, int]
    cost: int
    least: bool
    """Whether nothing cheaper exists was proven."""
    solution: tuple[int, ...]
    """The columns of a schedule that holds with these amounts."""


def least_amounts(
    model: FlatModel, slacks: Sequence[Slack], search: Search
) -> Amounts | Literal["impossible", "unknown"]:
    """Find the cheapest amounts that let the rows hold; "impossible" where even the most can't."""
    elastic = FlatModel(names=[*model.names], lows=[*model.lows], highs=[*model.highs])
    columns = {slack.name: elastic.column(slack.name, 0, slack.most) for slack in slacks}
    gone = {}
    for slack in slacks:
        if slack.waives is not _none:
            gone[slack.name] = elastic.column(f"{slack.name} gone", 0, 1)
            elastic.add(
                None, [(gone[slack.name], slack.most), (columns[slack.name], -1)], -UNBOUNDED, 0
            )
    for row in (*model.rows.values(), *model.empty_rows):
        for label in row.labels or (None,):
            room = [] if label is None else _room(label, row, slacks, columns, gone)
            _add(elastic, row, label, room)
    if elastic.empty_rows:
        return "impossible"
    answer = _cheapest(elastic, slacks, columns, search)
    if answer.outcome == "infeasible":
        return "impossible"
    if not answer.values:
        return "unknown"
    units = {name: answer.values[column] for name, column in columns.items()}
    cost = sum(slack.cost * units[slack.name] for slack in slacks)
    proven = answer.outcome == "optimal" or answer.bound >= cost
    return Amounts(units, cost, proven, answer.values[: len(model.names)])


def _cheapest(
    elastic: FlatModel, slacks: Sequence[Slack], columns: dict[str, int], search: Search
) -> Answer:
    native = lower(elastic)
    native.minimise([columns[s.name] for s in slacks], [s.cost for s in slacks])
    answer = native.solve(replace(asking(search, LIMIT), first_solution=False))
    if search.stopped:
        raise LimitError("cancelled while the smallest change was being looked for")
    return answer


def _room(
    label: Label,
    row: Row,
    slacks: Sequence[Slack],
    columns: dict[str, int],
    gone: dict[str, int],
) -> list[tuple[int, int]]:
    """What a rule's row may be missed by, as terms: minimums from below, maximums from above."""
    terms = []
    for slack in slacks:
        if slack.matches(label):
            sign = 1 if slack.side == "low" else -1
            terms.append((columns[slack.name], sign * slack.unit))
        if slack.name in gone and slack.waives(label) and row.low > 0:
            terms.append((gone[slack.name], row.low))
    return terms


def _add(
    elastic: FlatModel, row: Row, label: Label | None, room: Sequence[tuple[int, int]]
) -> None:
    """The row with its room; a row with two bounds gives way on one side only."""
    terms = [*zip(row.columns, row.factors, strict=True)]
    below = [term for term in room if term[1] > 0]
    above = [term for term in room if term[1] < 0]
    if not room:
        elastic.add(label, terms, row.low, row.high)
        return
    if row.low > -UNBOUNDED:
        elastic.add(label, [*terms, *below], row.low, UNBOUNDED)
    if row.high < UNBOUNDED:
        elastic.add(label, [*terms, *above], -UNBOUNDED, row.high)
