"""Three rules: both halves agree on everything, and a program keeps them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from legengine import NoScheduleError
from legengine.domain.problem import Past, PastSession
from legengine.domain.schedule import Schedule
from legengine.hooks import Constraint
from legengine.testing import START, TODAY, engine_with, sample_profile, tiny
from legengine.testing.agreement import accepted_by_checker, accepted_by_model, assignments

from legengine_example import plugin
from legengine_example.machine_hours import HoursOptions, MachineHours
from legengine_example.never_together import NeverTogether, TogetherOptions
from legengine_example.rolling_sets import RollingOptions, RollingSets

ONE_OR_TWO = tiny.dose(sets_min=1, sets_max=2)
PRESS = tiny.exercise("press", equipment=(("leg_press_machine",), ("kettlebell",)))


def problem(*exercises: Any, starts: tuple[str, ...], settings: Any, **fields: Any) -> Any:
    return tiny.problem(
        *exercises,
        doses={each.id: ONE_OR_TWO for each in exercises},
        slots=tuple(tiny.slot(start) for start in starts),
        weeks=(tiny.week(1), tiny.week(2)),
        settings=settings,
        **fields,
    )


TOGETHER = TogetherOptions(pairs=(("squat", "bridge"), ("knee_flexion", "hip_extension")))
SHORT = RollingOptions(hours=48, most={"quadriceps": 2})
EVENING = {"days": "mon", "from": "17:30", "to": "19:00"}
HOURS = HoursOptions.model_validate({"machines": {"leg_press_machine": [EVENING]}})

CASES: dict[str, tuple[Constraint, Any]] = {
    "never together": (
        NeverTogether(),
        problem(
            tiny.SQUAT, tiny.BRIDGE, tiny.CURL, starts=(tiny.MON,),
            settings={"never_together": TOGETHER},
        ),
    ),
    "over a border of weeks": (
        RollingSets(),
        problem(
            tiny.SQUAT, starts=(tiny.MON, "2026-12-02T19:00", "2026-12-06T18:00", tiny.MON2),
            settings={"rolling_sets": SHORT},
        ),
    ),
    "after what came before": (
        RollingSets(),
        problem(
            tiny.SQUAT, tiny.BRIDGE, starts=(tiny.MON, tiny.WED),
            settings={"rolling_sets": SHORT},
            past=Past(
                sessions=(
                    PastSession(
                        dt.datetime(2026, 11, 29, 18), frozenset({"quadriceps"}),
                        credit={"quadriceps": 12},
                    ),
                )
            ),
        ),
    ),
    "machine hours": (
        MachineHours(),
        problem(
            tiny.SQUAT, PRESS, starts=(tiny.MON, tiny.WED, "2026-12-07T18:30"),
            settings={"machine_hours": HOURS},
            places={"home": tiny.place("leg_press_machine")},
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_both_halves_accept_the_same(case: str) -> None:
    rule, tiny_problem = CASES[case]
    accepted = accepted_by_checker(tiny_problem, [rule])
    assert accepted_by_model(tiny_problem, [rule]) == accepted
    assert 0 < len(accepted) < len(list(assignments(tiny_problem)))


@pytest.mark.parametrize("case", ["over a border of weeks", "after what came before"])
def test_the_margins_are_broken_where_the_check_finds_something(case: str) -> None:
    _, tiny_problem = CASES[case]
    rule = RollingSets()
    for items in assignments(tiny_problem):
        schedule = Schedule(items)
        found = {violation.where for violation in rule.check(tiny_problem, schedule)}
        broken = [m.where for m in rule.margins(tiny_problem, schedule) if m.slack < 0]
        assert found == set(broken)


def test_a_conflict_names_the_rule_and_offers_the_least_that_helps() -> None:
    rules = {"rolling_sets": {"hours": 24, "most": {"calves": 1}}}
    profile = sample_profile(rules=rules, weeks=6)
    engine = engine_with(plugin)
    with pytest.raises(NoScheduleError) as caught:
        engine.generate(profile, today=TODAY, start=START)
    assert "at most 1 set for the calves in any 24 h" in str(caught.value)
    offered = engine.explain(profile, today=TODAY, start=START).relaxations
    milder = [each.sentence for each in offered if each.kind == "milder"]
    assert milder == ["allow 2 sets for the calves in 24 h"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"most": {"calfs": 1}}, "unknown muscle group 'calfs': did you mean 'calves'"),
        ({"most": {"calves": -1}}, "calves: expected 0 sets or more, got -1"),
    ],
)
def test_settings_that_can_not_be_are_refused(options: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RollingOptions.model_validate(options)
    with pytest.raises(ValueError, match="is not after"):
        HoursOptions.model_validate({"machines": {"x": [EVENING | {"to": "17:00"}]}})
