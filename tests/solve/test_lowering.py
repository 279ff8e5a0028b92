"""The native lowering and the one through the public API say the same."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legengine.domain.findings import Label
from legengine.solve.flat import UNBOUNDED, FlatModel, value_of
from legengine.solve.native import NativeModel, Search, lower
from legengine.solve.public import PublicModel

SEARCH = Search(deterministic_limit=10, wall_limit_s=30)
LABELS = [Label.of("a"), Label.of("b"), None]


@st.composite
def models(draw: st.DrawFn) -> FlatModel:
    model = FlatModel()
    for index in range(draw(st.integers(2, 6))):
        model.column(f"x{index}", 0, draw(st.integers(1, 4)))
    columns = st.integers(0, len(model.names) - 1)
    for _ in range(draw(st.integers(1, 6))):
        terms = draw(st.lists(st.tuples(columns, st.integers(-4, 4)), min_size=1, max_size=4))
        low = draw(st.one_of(st.just(-UNBOUNDED), st.integers(-8, 8)))
        high = draw(st.one_of(st.just(UNBOUNDED), st.integers(-8, 8)))
        if low <= high:
            model.add(draw(st.sampled_from(LABELS)), terms, low, high)
    model.penalise(draw(st.lists(st.tuples(columns, st.integers(-5, 5)), min_size=1)), "volume")
    return model


@settings(max_examples=60, deadline=None)
@given(models())
def test_both_lowerings_find_the_same_optimum(model: FlatModel) -> None:
    terms = model.level_terms("volume")
    answers = []
    for kind in (NativeModel, PublicModel):
        lowered = kind(model)
        lowered.minimise([column for column, _ in terms], [factor for _, factor in terms])
        answers.append(lowered.solve(SEARCH))
    native, public = answers
    assert native.outcome == public.outcome
    if native.values:
        assert not model.broken_rows(native.values)
        assert not model.broken_rows(public.values)
        assert value_of(terms, native.values) == value_of(terms, public.values)
        assert native.bound == public.bound


@settings(max_examples=40, deadline=None)
@given(models())
def test_both_lowerings_switch_the_same_rows(model: FlatModel) -> None:
    first = len(model.names)
    switches = {str(label): first + index for index, label in enumerate(LABELS[:2])}
    outcomes = []
    for kind in (NativeModel, PublicModel):
        lowered = kind(model, switches=switches)
        lowered.assume(list(switches.values()))
        answer = lowered.solve(SEARCH)
        outcomes.append(answer.outcome)
        assert set(answer.core) <= set(switches.values())
    assert outcomes[0] == outcomes[1]


def test_rows_added_later_bind_and_hints_are_taken() -> None:
    model = FlatModel()
    x, y = model.column("x", 0, 9), model.column("y", 0, 9)
    model.add(None, [(x, 1), (y, 1)], 5, UNBOUNDED)
    for kind in (NativeModel, PublicModel):
        lowered = kind(model)
        lowered.minimise([x], [1])
        assert lowered.solve(SEARCH).values[x] == 0
        lowered.add_row([y], [1], 3)
        lowered.hint([9, 0])
        lowered.minimise([x], [1])
        assert lowered.solve(SEARCH).values[x] == 2


def test_without_the_native_helper_the_public_api_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: object, flat: FlatModel, *, switches: dict[str, int] | None = None) -> None:
        raise ImportError("no cp_model_helper")

    monkeypatch.setattr(NativeModel, "__init__", gone)
    model = FlatModel()
    model.column("x", 0, 1)
    assert isinstance(lower(model), PublicModel)


def test_a_stop_ends_a_long_search_at_once() -> None:
    model = FlatModel()
    count = 60
    columns = [model.column(f"x{index}", 0, 1) for index in range(count)]
    for shift in range(40):
        terms = [(column, (7919 * (shift + 3) * (column + 1)) % 97 + 1) for column in columns]
        total = sum(factor for _, factor in terms)
        model.add(None, terms, total // 2, total // 2)
    stop = threading.Event()
    answers = []
    search = Search(deterministic_limit=1000, wall_limit_s=60, stop=stop)
    thread = threading.Thread(target=lambda: answers.append(NativeModel(model).solve(search)))
    thread.start()
    time.sleep(0.2)
    stop.set()
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert answers[0].outcome in ("unknown", "infeasible", "optimal")


@settings(max_examples=30, deadline=None)
@given(models())
def test_both_lowerings_tell_what_they_find_and_find_the_same(model: FlatModel) -> None:
    terms = [(column, abs(factor)) for column, factor in model.level_terms("volume")]
    for kind in (NativeModel, PublicModel):
        answers = []
        for on_news in (None, told := []):
            lowered = kind(model)
            lowered.minimise([column for column, _ in terms], [factor for _, factor in terms])
            tell = None if on_news is None else lambda *news: told.append(news)
            answers.append(lowered.solve(replace(SEARCH, on_news=tell)))
        assert answers[0] == answers[1]
        values = [value for value, _ in told if value is not None]
        assert values == sorted(values, reverse=True)
        assert [bound for _, bound in told] == sorted(bound for _, bound in told)
        if answers[0].values:
            assert values[-1] == value_of(terms, answers[0].values)


@pytest.mark.parametrize("kind", [NativeModel, PublicModel])
def test_what_the_listener_raises_comes_out_of_the_solve(kind: type) -> None:
    model = FlatModel()
    columns = [model.column(f"x{index}", 0, 9) for index in range(9)]
    model.add(None, [(column, 1) for column in columns], 20, UNBOUNDED)

    def tell(value: int | None, bound: int) -> None:
        raise KeyboardInterrupt

    lowered = kind(model)
    lowered.minimise(columns, [1] * len(columns))
    with pytest.raises(KeyboardInterrupt):
        lowered.solve(replace(SEARCH, on_news=tell))
    assert lowered.solve(SEARCH).outcome == "optimal"
