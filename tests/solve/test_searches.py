"""The searches for wishes and volume: which follow which, and what is told of the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from legengine.errors import LimitError
from legengine.solve import solver
from legengine.solve.climb import Climb, Limits
from legengine.solve.flat import UNBOUNDED, FlatModel
from legengine.solve.native import Answer, Search

UNKNOWN = Answer("unknown", (), 0, 0.3)


def found(value: int, bound: int = 0) -> Answer:
    return Answer("feasible", (value,), bound, 0.3)


class Scripted:
    """A lowered model that answers by a script."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.answers = list(answers)
        self.searches: list[Search] = []
        self.objectives: list[list[int]] = []
        self.hints: list[tuple[int, ...]] = []

    def solve(self, search: Search) -> Answer:
        self.searches.append(search)
        return self.answers.pop(0)

    def minimise(self, columns: list[int], factors: list[int]) -> None:
        self.objectives.append(columns)

    def hint(self, values: tuple[int, ...]) -> None:
        self.hints.append(values)

    def add_row(self, columns: list[int], factors: list[int], high: int) -> None: ...


def climb(*answers: Answer) -> tuple[Climb, Any]:
    model = FlatModel()
    volume = model.column("below", 0, 9)
    model.add(None, [(volume, 1)], 1, UNBOUNDED)
    model.penalise([(volume, 1)], "volume")
    builder: Any = SimpleNamespace(model=model)
    made = Climb("first", builder, Search(0.3, 30.0), Limits())
    script: Any = Scripted(answers)
    made._native = script
    return made, script


def test_a_proof_ends_the_row() -> None:
    made, script = climb(found(7), Answer("optimal", (2,), 2, 0.01))
    assert made.find_schedule()
    assert (made.levels[-1].value, made.levels[-1].status) == (2, "optimal")
    assert [search.first_solution for search in script.searches] == [True, False]


def test_a_broad_search_runs_only_where_nothing_was_found() -> None:
    made, script = climb(UNKNOWN, UNKNOWN, UNKNOWN, found(5), found(3, 1))
    assert made.find_schedule()
    assert [search.proving for search in script.searches] == [False, True, True, False, True]
    assert script.hints[0] == (5,)
    made, script = climb(found(8), UNKNOWN, UNKNOWN, found(3, 1))
    assert made.find_schedule()
    assert [search.proving for search in script.searches] == [False, True, True, True]
    assert (8,) not in script.hints, "the first glance is a poor hint"


def test_the_best_value_and_the_best_bound_of_all_searches_count() -> None:
    made, _ = climb(found(4), found(6, 3), UNKNOWN, Answer("unknown", (), 0, 0.3))
    assert made.find_schedule()
    assert (made.levels[-1].value, made.levels[-1].bound) == (4, 3)


def test_what_the_last_resort_finds_is_not_told_as_proven() -> None:
    made, script = climb(*[UNKNOWN] * 5, Answer("optimal", (9,), 9, 0.1))
    assert made.find_schedule()
    assert script.objectives[-1] == [], "the last resort looks for any schedule"
    assert (made.levels[-1].value, made.levels[-1].status) == (9, "feasible")


def test_without_any_schedule_a_limit_is_no_proof() -> None:
    made, _ = climb(*[UNKNOWN] * 6)
    with pytest.raises(LimitError):
        made.find_schedule()
    made, _ = climb(UNKNOWN, Answer("infeasible", (), 0, 0.1))
    assert not made.find_schedule()


class Lists:
    """Stands for the climbs over the reduced list and then over the whole one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *outcomes: tuple[int, ...] | None) -> None:
        left = iter(outcomes)

        class Climbing:
            stopped = False

            def __init__(self, *_: Any) -> None:
                self.outcome = next(left)

            def find_schedule(self) -> bool:
                if self.outcome is None:
                    raise LimitError("the limit ran out")
                return True

            def reached(self) -> tuple[int, ...]:
                assert self.outcome is not None
                return self.outcome

            def proves_volume(self) -> bool:
                return not self.reached()[-1]

            def improve(self) -> None: ...

        def build(*_: Any, widen: bool, **__: Any) -> Any:
            return None, SimpleNamespace(reduced=not widen)

        monkeypatch.setattr(solver, "Climb", Climbing)
        monkeypatch.setattr(solver, "build_model", build)
        monkeypatch.setattr(solver, "schedule_of", lambda climb, _: climb.reached())

    def solve(self) -> Any:
        problem: Any = SimpleNamespace(phase="first", asymmetry=None)
        return solver.solve(problem, (), ())


def test_a_whole_list_that_takes_too_long_leaves_what_the_reduced_one_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert Lists(monkeypatch, (3, 1), None).solve() == (3, 1)
    with pytest.raises(LimitError):
        Lists(monkeypatch, None, None).solve()


def test_the_better_schedule_of_both_lists_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Lists(monkeypatch, (3, 1), (3, 2)).solve() == (3, 1)
    assert Lists(monkeypatch, (3, 1), (2, 5)).solve() == (2, 5)
    assert Lists(monkeypatch, (3, 0)).solve() == (3, 0), "within the aims: nothing to widen for"
