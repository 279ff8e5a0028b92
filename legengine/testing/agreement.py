"""Every assignment of a tiny problem, asked of both halves of a rule.

The model half is asked without a solver: the decision columns of an assignment are fixed, and a
complete search over the columns that are left says whether the rows can hold.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence

from legengine.domain.problem import Problem
from legengine.domain.schedule import Item, Schedule
from legengine.domain.vocabulary import EASY_BLOCKS
from legengine.hooks.contracts import Constraint, Objective
from legengine.rules import CONSTRAINTS
from legengine.solve.builder import Builder
from legengine.solve.flat import FlatModel, Row
from legengine.solve.solver import build_model
from legengine.verify.checker import check_schedule

RULES: dict[str, Constraint] = {rule.name: rule for rule in CONSTRAINTS}
MOST_ASSIGNMENTS = 20_000

Items = tuple[Item, ...]


def assignments(problem: Problem) -> Iterator[Items]:
    """Every choice of exercises and sets for every dated slot, whatever the rules say."""
    cells: list[list[Item | None]] = []
    for slot in problem.slots:
        for id in problem.exercises:
            sets = range(1, 2)
            if id in problem.doses:
                dose = problem.dose(id, slot.week)
                sets = range(dose.sets_min, dose.sets_max + 1)
            one_sided = problem.exercises[id].laterality == "each"
            extras = (0, 1) if one_sided and problem.asymmetry is not None else (0,)
            items = [Item(slot.id, id, number, extra) for number in sets for extra in extras]
            cells.append([None, *items])
    size = 1
    for cell in cells:
        size *= len(cell)
    if size > MOST_ASSIGNMENTS:
        raise ValueError(f"{size} assignments are too many; at most {MOST_ASSIGNMENTS}")
    for chosen in itertools.product(*cells):
        yield tuple(sorted(item for item in chosen if item is not None))


def accepted_by_checker(problem: Problem, rules: Sequence[Constraint]) -> set[Items]:
    """The assignments in which no rule finds a violation."""
    return {
        items
        for items in assignments(problem)
        if not check_schedule(problem, Schedule(items), rules).violations
    }


def accepted_by_model(problem: Problem, rules: Sequence[Constraint]) -> set[Items]:
    """The assignments that the rows of the rules allow, whatever the other columns have to be."""
    asked = Asked(problem, rules)
    return {items for items in assignments(problem) if asked.allows(items)}


class Asked:
    """A model that is asked about one assignment after the other."""

    def __init__(
        self,
        problem: Problem,
        rules: Sequence[Constraint],
        objectives: Sequence[Objective] = (),
    ) -> None:
        self.problem = problem
        self.builder, _ = build_model(problem, rules, objectives, widen=True)
        self.model: FlatModel = self.builder.model
        self.search = Completion(self.model)

    def fixed(self, items: Items) -> dict[int, int] | None:
        """The decision columns of an assignment; ``None`` where the columns can't say it."""
        return fixed_columns(self.builder, self.problem, items)

    def allows(self, items: Items) -> bool:
        """Whether some values of the other columns keep every row."""
        fixed = self.fixed(items)
        return fixed is not None and self.search.complete(fixed) is not None

    def least(self, items: Items, terms: Mapping[int, int]) -> int | None:
        """The least value of an expression over all values of the other columns."""
        fixed = self.fixed(items)
        return None if fixed is None else self.search.least(fixed, terms)


def fixed_columns(builder: Builder, problem: Problem, items: Items) -> dict[int, int] | None:
    """Picks, sets and uses as an assignment has them; ``None`` where columns are shared or gone.

    Slots that share a column can't differ, and a column that a filter closed can't be chosen.
    """
    chosen = {(item.slot, item.exercise): item.sets for item in items}
    more = {(item.slot, item.exercise): item.extra for item in items}
    fixed: dict[int, int] = {}
    for slot in problem.slots:
        held = [problem.exercises[id].block for at, id in chosen if at == slot.id]
        column = builder.easy(slot.id)
        easy = column is not None and bool(held) and set(held) <= set(EASY_BLOCKS)
        wanted = [(builder.used(slot.id), int(bool(held) and not easy))]
        if column is not None:
            wanted.append((column, int(easy)))
        for id in problem.exercises:
            number = chosen.get((slot.id, id), 0)
            pick, sets = builder.pick(slot.id, id), builder.sets(slot.id, id)
            if pick is None or sets is None:
                if number:
                    return None
                continue
            wanted.append((pick, int(number > 0)))
            wanted.append((sets, number))
            extra = builder.extra_set(slot.id, id)
            if extra is not None:
                wanted.append((extra, more.get((slot.id, id), 0)))
            elif more.get((slot.id, id)):
                return None
        for column, value in wanted:
            if fixed.setdefault(column, value) != value:
                return None
    return fixed


class Completion:
    """A complete search: bounds are propagated, then the first open column is tried."""

    def __init__(self, model: FlatModel) -> None:
        self.model = model
        self.rows = list(model.rows.values())
        self.rows_of: dict[int, list[Row]] = {}
        for row in self.rows:
            for column in row.columns:
                self.rows_of.setdefault(column, []).append(row)

    def complete(self, fixed: Mapping[int, int]) -> list[int] | None:
        """Values of all columns that keep every row, or ``None`` where there are none."""
        return next(self._solutions(fixed), None)

    def least(self, fixed: Mapping[int, int], terms: Mapping[int, int]) -> int | None:
        """The least value of an expression: best first over the columns that are open."""
        start = self._start(fixed)
        if start is None:
            return None
        # Of equal floors the deepest box comes first.
        number = itertools.count(step=-1)
        queue = [(self._floor(start, terms), next(number), start)]
        while queue:
            bound, _, (lows, highs) = heapq.heappop(queue)
            column = next((c for c in range(len(lows)) if lows[c] != highs[c]), None)
            if column is None:
                return bound
            middle = (lows[column] + highs[column]) // 2
            for low, high in ((lows[column], middle), (middle + 1, highs[column])):
                box = ([*lows], [*highs])
                box[0][column], box[1][column] = low, high
                if self._propagate(*box, self.rows_of.get(column, [])):
                    heapq.heappush(queue, (self._floor(box, terms), next(number), box))
        return None

    @staticmethod
    def _floor(box: tuple[list[int], list[int]], terms: Mapping[int, int]) -> int:
        lows, highs = box
        return sum(f * (lows[c] if f > 0 else highs[c]) for c, f in terms.items())

    def _start(self, fixed: Mapping[int, int]) -> tuple[list[int], list[int]] | None:
        if self.model.empty_rows:
            return None
        lows, highs = [*self.model.lows], [*self.model.highs]
        for column, value in fixed.items():
            if not lows[column] <= value <= highs[column]:
                return None
            lows[column] = highs[column] = value
        return (lows, highs) if self._propagate(lows, highs, self.rows) else None

    def _solutions(self, fixed: Mapping[int, int]) -> Iterator[list[int]]:
        start = self._start(fixed)
        stack = [] if start is None else [start]
        while stack:
            lows, highs = stack.pop()
            column = next((c for c in range(len(lows)) if lows[c] != highs[c]), None)
            if column is None:
                yield lows
                continue
            for value in range(lows[column], highs[column] + 1):
                box = ([*lows], [*highs])
                box[0][column] = box[1][column] = value
                if self._propagate(*box, self.rows_of.get(column, [])):
                    stack.append(box)

    def _propagate(self, lows: list[int], highs: list[int], rows: Sequence[Row]) -> bool:
        """Narrow the bounds until no row narrows them more; false where a row can't hold."""
        waiting = list(rows)
        while waiting:
            row = waiting.pop()
            least = most = 0
            for column, factor in zip(row.columns, row.factors, strict=True):
                low, high = factor * lows[column], factor * highs[column]
                least += min(low, high)
                most += max(low, high)
            if least > row.high or most < row.low:
                return False
            if least >= row.low and most <= row.high:
                continue
            for column, factor in zip(row.columns, row.factors, strict=True):
                low, high = lows[column], highs[column]
                if low == high:
                    continue
                size = abs(factor)
                up, down = row.high - least, most - row.low
                if factor < 0:
                    up, down = down, up
                # what is left above the least value of this column, and below the most
                new_high = min(high, low + up // size) if up < size * (high - low) else high
                new_low = max(low, high - down // size) if down < size * (high - low) else low
                if new_low > new_high:
                    return False
                if (new_low, new_high) != (low, high):
                    lows[column], highs[column] = new_low, new_high
                    waiting += self.rows_of[column]
                    least = most = 0
                    for other, by in zip(row.columns, row.factors, strict=True):
                        one, two = by * lows[other], by * highs[other]
                        least += min(one, two)
                        most += max(one, two)
        return True
