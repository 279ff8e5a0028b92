"""What a little more would bring: tried changes, solved again, told honestly."""

from __future__ import annotations

import datetime as dt
import threading
from functools import cache
from typing import Any

import pytest

from legengine import Engine, LimitError, NoScheduleError, Program, profile_from_data
from legengine.advise.gains import gains, told
from legengine.domain.change import Change
from legengine.domain.findings import Conflict
from legengine.domain.gains import Gain, Gains
from legengine.intake.changes import changed_profile
from legengine.pipeline import Pipeline

PROFILE: dict[str, Any] = {
    "person": {"age": 34, "sex": "female", "mass": "68 kg"},
    "cause": "disuse",
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "places": {"home": {"equipment": ["chair", "mat", "wall", "counter"]}},
    "availability": [
        {"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 25},
        {"days": ["sun"], "start": "10:00", "minutes": 240},
    ],
    "weeks": 2,
}
DATES = {"today": dt.date(2026, 11, 23), "start": dt.date(2026, 11, 30)}


@cache
def engine() -> Engine:
    return Engine()


@cache
def program() -> Program:
    return engine().generate(profile_from_data(PROFILE), **DATES)


@cache
def found() -> Gains:
    return engine().gains(program())


def of(kind: str) -> list[Gain]:
    return [gain for gain in found().gains if gain.kind == kind]


def test_every_free_weekday_is_tried_like_the_first_entry() -> None:
    assert sorted(gain.summary for gain in of("day")) == [
        "Saturday too, 18:00, 25 min",
        "Thursday too, 18:00, 25 min",
        "Tuesday too, 18:00, 25 min",
    ]


def test_ten_minutes_are_tried_as_far_as_a_profile_may_say_them() -> None:
    assert [gain.summary for gain in of("minutes")] == [
        "35 min in place of 25 (Monday, Wednesday, Friday)"
    ]
    assert of("minutes")[0].change == Change("set", ("availability", 0, "minutes"), 35)


def test_items_are_those_that_open_an_exercise() -> None:
    assert of("item")
    for gain in of("item"):
        richer = changed_profile(program().profile, [gain.change])
        opened = open_exercises(richer) - open_exercises(program().profile)
        assert len(opened) == gain.unlocks > 0


def open_exercises(profile: Any) -> set[str]:
    case = engine().pipeline.open(profile, **DATES).case
    from legengine.domain.problem import Past
    from legengine.intake.compile import compile_phase

    rules = engine().pipeline.constraints
    problem = compile_phase(case, case.plans[0], Past())
    return {
        id
        for id, exercise in problem.exercises.items()
        if all(rule.admits(problem, exercise, problem.slots[0]) is None for rule in rules)
    }


def test_no_more_are_tried_than_said_and_the_rest_is_counted() -> None:
    assert len(found().gains) == 12
    assert found().untried > 0


def test_a_gain_is_the_difference_of_two_real_programs() -> None:
    gain = found().gains[0]
    assert gain.verdict == "better"
    richer = engine().generate(changed_profile(program().profile, [gain.change]), **DATES)
    for name, change in gain.levels.items():
        before = sum(
            level.value for p in program().phases for level in p.solve.levels if level.name == name
        )
        after = sum(
            level.value for p in richer.phases for level in p.solve.levels if level.name == name
        )
        assert change == after - before, name


def test_the_most_useful_comes_first() -> None:
    verdicts = [gain.verdict == "better" for gain in found().gains]
    assert verdicts == sorted(verdicts, reverse=True)


def test_where_nothing_is_gained_nothing_is_claimed() -> None:
    for gain in found().gains:
        assert told(gain).startswith("nothing") == (gain.verdict != "better"), gain
        assert gain.proven or "not proven" in told(gain) or gain.verdict == "worse"


def test_a_change_after_which_no_schedule_exists_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made, solve, calls = program(), Pipeline.solve, []

    def only_once(self: Pipeline, *args: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise NoScheduleError(Conflict("foundation", (), minimal=False, confirmed=True))
        return solve(self, *args)

    monkeypatch.setattr(Pipeline, "solve", only_once)
    (gain,) = gains(engine().pipeline, made, most=1).gains
    assert told(gain) == "nothing: no schedule would hold all rules"


def test_gains_can_be_cancelled() -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(LimitError):
        engine().gains(program(), cancel=cancel)
