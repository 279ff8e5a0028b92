"""The flat model: columns, rows with labels, objective levels. It knows no solver.

It can be hashed, pickled, printed and checked, and is lowered by small back ends
(``legengine.solve.native`` to CP-SAT; tests lower the same rows elsewhere).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from legengine.domain.findings import Label
from legengine.hooks.contracts import OBJECTIVE_LEVELS, Column, ObjectiveLevel, Terms

UNBOUNDED = 1 << 40
"""Stands for "no bound" on one side of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """``low <= sum(factor x column) <= high``; a row without labels is structure.

    Two rules may say the same: the row then stands once, with both labels.
    """

    columns: tuple[int, ...]
    factors: tuple[int, ...]
    low: int
    high: int
    labels: tuple[Label, ...]

    def value(self, solution: Sequence[int]) -> int:
        """The left side for a solution."""
        return sum(
            factor * solution[column]
            for column, factor in zip(self.columns, self.factors, strict=True)
        )

    def holds(self, solution: Sequence[int]) -> bool:
        """Whether a solution keeps the row."""
        return self.low <= self.value(solution) <= self.high


@dataclass(slots=True)
class FlatModel:
    """Columns with domains, labelled rows, and what each objective level sums."""

    names: list[str] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    rows: dict[tuple[object, ...], Row] = field(default_factory=dict)
    objective: dict[str, dict[int, int]] = field(
        default_factory=lambda: {level: {} for level in OBJECTIVE_LEVELS}
    )
    """Level to the factors of its columns: the levels of the objective, and those of a distance."""
    empty_rows: list[Row] = field(default_factory=list)
    """Rows without columns that can't hold: each is a conflict by itself."""

    def column(self, name: str, low: int, high: int) -> Column:
        """Add a column."""
        self.names.append(name)
        self.lows.append(low)
        self.highs.append(high)
        return len(self.names) - 1

    def add(self, label: Label | None, terms: Terms, low: int, high: int) -> None:
        """Add a row once; terms of one column are summed, fixed zeros are dropped."""
        factors: dict[int, int] = {}
        for column, factor in terms:
            factors[column] = factors.get(column, 0) + factor
        kept = [(column, factor) for column, factor in factors.items() if factor]
        if not kept:
            if not low <= 0 <= high:
                self.empty_rows.append(Row((), (), low, high, () if label is None else (label,)))
            return
        kept.sort()
        columns = tuple(column for column, _ in kept)
        values = tuple(factor for _, factor in kept)
        key = (columns, values, low, high)
        known = self.rows.get(key)
        if known is None or (known.labels and label is None):
            labels = () if label is None else (label,)
            self.rows[key] = Row(columns, values, low, high, labels)
        elif known.labels and label is not None and label not in known.labels:
            self.rows[key] = Row(columns, values, low, high, (*known.labels, label))

    def penalise(self, terms: Terms, level: str) -> None:
        """Add terms to an objective level."""
        sums = self.objective.setdefault(level, {})
        for column, factor in terms:
            sums[column] = sums.get(column, 0) + factor

    def narrowed(self, fixed: Mapping[Column, int]) -> FlatModel:
        """The same rows with some columns fixed."""
        lows, highs = [*self.lows], [*self.highs]
        for column, value in fixed.items():
            lows[column] = highs[column] = value
        return replace(self, lows=lows, highs=highs)

    def copy(self) -> FlatModel:
        """The model as it is now; what is added later has the same columns before it."""
        return replace(
            self,
            names=[*self.names],
            lows=[*self.lows],
            highs=[*self.highs],
            rows=dict(self.rows),
            empty_rows=[*self.empty_rows],
        )

    def labels(self) -> list[Label]:
        """Every label of a row, sorted."""
        rows = (*self.rows.values(), *self.empty_rows)
        return sorted({label for row in rows for label in row.labels})

    def level_terms(self, level: str) -> list[tuple[Column, int]]:
        """The terms of a level, sorted by column."""
        return sorted((c, f) for c, f in self.objective.get(level, {}).items() if f)

    def broken_rows(self, solution: Sequence[int]) -> list[Row]:
        """The rows that a solution breaks: empty for a feasible one."""
        return [row for row in self.rows.values() if not row.holds(solution)]

    def digest(self) -> str:
        """A hash of the whole model, the same for the same model anywhere."""
        text = hashlib.sha256()
        text.update(repr((self.lows, self.highs)).encode())
        for row in self.rows.values():
            text.update(repr((row.columns, row.factors, row.low, row.high)).encode())
        for level in self.objective:
            text.update(repr(self.level_terms(level)).encode())
        return text.hexdigest()[:16]


def value_of(terms: Iterable[tuple[Column, int]], solution: Sequence[int]) -> int:
    """The value of a linear expression for a solution."""
    return sum(factor * solution[column] for column, factor in terms)


def objective_values(model: FlatModel, solution: Sequence[int]) -> Mapping[ObjectiveLevel, int]:
    """The value of each level for a solution."""
    return {level: value_of(model.objective[level].items(), solution) for level in OBJECTIVE_LEVELS}
