"""Questions about which labels of a model can hold together; every answer is a plain solve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from legengine.domain.findings import Label
from legengine.errors import LimitError
from legengine.solve.flat import FlatModel
from legengine.solve.native import Search, lower

QUICK: Final = 0.15
"""Work units for one answer; nearly all take a tenth of it (measured in benchmarks/)."""

PATIENT: Final = 0.6
"""Work units for the question on which everything else depends."""


def asking(search: Search, limit: float) -> Search:
    """The search that answers whether rules can hold: no objective, any solution will do."""
    return replace(
        search,
        workers=1,
        subsolvers=(),
        first_solution=True,
        by_relaxation=False,
        deterministic_limit=limit,
    )


class Inquiry:
    """Asks a model of the rules alone. Answers are remembered; the work is bounded."""

    def __init__(self, model: FlatModel, search: Search, *, budget: float = 1.5) -> None:
        self.model = model
        self.budget = budget
        """Work units that all answers together may cost."""
        self._search = search
        self._known: dict[frozenset[Label], bool | None] = {}
        self._never = frozenset(label for row in model.empty_rows for label in row.labels)

    def collide(self, labels: Iterable[Label], *, patient: bool = False) -> bool | None:
        """Whether the rows of these labels can't hold; ``None`` where a limit ran out."""
        asked = frozenset(labels)
        if asked & self._never:
            return True
        if asked not in self._known:
            limit = min(PATIENT if patient else QUICK, self.budget)
            self._known[asked] = self._ask(asked, limit) if self.budget > 0 else None
        return self._known[asked]

    def _ask(self, asked: frozenset[Label], limit: float) -> bool | None:
        search = asking(self._search, limit)
        answer = lower(part(self.model, asked)).solve(search)
        if search.stopped:
            raise LimitError("cancelled while a conflict was being explained")
        self.budget -= answer.deterministic_time
        return None if answer.outcome == "unknown" else answer.outcome == "infeasible"

    def confirm(self, labels: Iterable[Label]) -> bool:
        """Whether a second solve with other settings agrees that the labels collide."""
        asked = frozenset(labels)
        if asked & self._never:
            return True
        native, patient = lower(part(self.model, asked)), asking(self._search, PATIENT)
        others = (
            replace(patient, by_relaxation=True, seed=2),
            replace(patient, quick=False, seed=3),
        )
        return any(native.solve(search).outcome == "infeasible" for search in others)

    def core(self, labels: Sequence[Label]) -> list[Label]:
        """Labels that suffice for a conflict, by assumptions; empty where none was proven."""
        first = len(self.model.names)
        switches = {str(label): first + index for index, label in enumerate(labels)}
        native = lower(part(self.model, frozenset(labels)), switches=switches)
        native.assume(list(switches.values()))
        search = replace(asking(self._search, QUICK), first_solution=False)
        answer = native.solve(search)
        self.budget -= answer.deterministic_time
        named = set(answer.core) if answer.outcome == "infeasible" else set()
        return [label for label in labels if switches[str(label)] in named]


def part(model: FlatModel, labels: frozenset[Label]) -> FlatModel:
    """The rows of these labels and the structure, over the same columns."""
    result = FlatModel(names=model.names, lows=model.lows, highs=model.highs)
    for key, row in model.rows.items():
        if not row.labels:
            result.rows[key] = row
        elif kept := tuple(label for label in row.labels if label in labels):
            result.rows[key] = replace(row, labels=kept)
    return result
