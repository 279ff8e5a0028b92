"""Questions about which labels of a model can hold together; every answer is a plain solve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from legengine.domain.findings import Label
from legengine.errors import LimitError
from legengine.solve.flat import FlatModel
from legengine.solve.native import Search, lower

TRIES: Final[tuple[tuple[float, bool, bool], ...]] = (
    (0.05, False, True),
    (0.15, True, True),
    (0.6, False, True),
)
"""Limit, proving, quick: a search by clauses proves most conflicts at once, and the linear
relaxation finds most schedules that are hard to find (measured in benchmarks/)."""


class Inquiry:
    """Asks a model of the rules alone. Answers are remembered; the work is bounded."""

    def __init__(self, model: FlatModel, search: Search, *, budget: float = 1.5) -> None:
        self.model = model
        self.budget = budget
        """Work units that all answers together may cost."""
        self._search = replace(search, workers=1, subsolvers=(), first_solution=True)
        self._known: dict[frozenset[Label], bool | None] = {}
        self._never = frozenset(label for row in model.empty_rows for label in row.labels)

    def collide(self, labels: Iterable[Label]) -> bool | None:
        """Whether the rows of these labels can't hold; ``None`` where a limit ran out."""
        asked = frozenset(labels)
        if asked & self._never:
            return True
        if asked not in self._known:
            self._known[asked] = self._ask(asked)
        return self._known[asked]

    def _ask(self, asked: frozenset[Label]) -> bool | None:
        native = lower(part(self.model, asked))
        for limit, proving, quick in TRIES:
            if self.budget <= 0:
                return None
            search = replace(
                self._search,
                deterministic_limit=min(limit, self.budget),
                proving=proving,
                quick=quick,
            )
            answer = native.solve(search)
            if search.stop is not None and search.stop.is_set():
                raise LimitError("cancelled while a conflict was being explained")
            self.budget -= answer.deterministic_time
            if answer.outcome != "unknown":
                return answer.outcome == "infeasible"
        return None

    def confirm(self, labels: Iterable[Label]) -> bool:
        """Whether a second solve with other settings agrees that the labels collide."""
        asked = frozenset(labels)
        if asked & self._never:
            return True
        search = replace(self._search, deterministic_limit=1.0, quick=False, proving=False, seed=2)
        return lower(part(self.model, asked)).solve(search).outcome == "infeasible"

    def core(self, labels: Sequence[Label]) -> list[Label]:
        """Labels that suffice for a conflict, by assumptions; empty where none was proven."""
        first = len(self.model.names)
        switches = {str(label): first + index for index, label in enumerate(labels)}
        native = lower(part(self.model, frozenset(labels)), switches=switches)
        native.assume(list(switches.values()))
        for limit, proving, quick in TRIES:
            if self.budget <= 0:
                return []
            search = replace(
                self._search,
                deterministic_limit=min(limit, self.budget),
                proving=proving,
                quick=quick,
                first_solution=False,
            )
            answer = native.solve(search)
            self.budget -= answer.deterministic_time
            if answer.outcome == "infeasible":
                named = set(answer.core)
                return [label for label in labels if switches[str(label)] in named]
        return []


def part(model: FlatModel, labels: frozenset[Label]) -> FlatModel:
    """The rows of these labels and the structure, over the same columns."""
    result = FlatModel(names=model.names, lows=model.lows, highs=model.highs)
    for key, row in model.rows.items():
        if not row.labels:
            result.rows[key] = row
        elif kept := tuple(label for label in row.labels if label in labels):
            result.rows[key] = replace(row, labels=kept)
    return result
