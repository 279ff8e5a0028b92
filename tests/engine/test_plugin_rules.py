"""A rule that a third party brings takes part, and is named where it fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from legengine import Engine, NoScheduleError, PluginError, profile_from_data
from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from legengine.hooks import Constraint, NoOptions, hookimpl

PROFILE: dict[str, Any] = {
    "person": {"age": 34, "sex": "female", "mass": "68 kg"},
    "cause": "disuse",
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "places": {"home": {"equipment": ["home_basics"]}},
    "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
    "weeks": 2,
}
DATES = {"today": dt.date(2026, 11, 23), "start": dt.date(2026, 11, 30)}


class AtMost:
    """An exercise comes in at most so many sessions of the phase."""

    name = "at_most"
    summary = "an exercise comes rarely"
    options = NoOptions

    def __init__(self, most: int, broken: str = "") -> None:
        self.most, self.broken = most, broken

    def admits(self, problem: Any, exercise: Any, slot: Any) -> None:
        if self.broken == "admits":
            raise ValueError("admits went wrong")

    def post(self, builder: Any, problem: Any) -> None:
        if self.broken == "post":
            raise ValueError("post went wrong")
        for week in problem.weeks:
            picks = [
                (pick, 1)
                for slot in builder.slots(week.number)
                for id in builder.exercises(slot.id)
                if problem.exercises[id].pattern == "squat"
                and (pick := builder.pick(slot.id, id)) is not None
            ]
            builder.require(Label.of(self.name), picks, high=self.most)

    def check(self, problem: Any, schedule: Any) -> Iterable[Violation]:
        if self.broken == "check":
            raise ValueError("check went wrong")
        return ()

    def margins(self, problem: Any, schedule: Any) -> Iterable[Margin]:
        if self.broken == "margins":
            raise ValueError("margins went wrong")
        for week in problem.weeks:
            slots = {slot.id for slot in problem.slots if slot.week == week.number}
            squats = sum(
                item.slot in slots and problem.exercises[item.exercise].pattern == "squat"
                for item in schedule.items
            )
            yield Margin(
                rule="at_most",
                clause="",
                about="",
                where=f"week {week.number}",
                week=week.number,
                who="squats",
                when="in a week",
                found=squats,
                side="at most",
                required=self.most,
                unit="",
            )

    def describe(self, label: Label, problem: Any) -> str:
        return f"at most {self.most} squats a week"


def engine_with(rule: AtMost) -> Engine:
    def legengine_constraints() -> Sequence[Constraint]:
        return (rule,)

    plugin = SimpleNamespace(legengine_constraints=hookimpl(legengine_constraints))
    return Engine(plugins=[("third-party", plugin)])


def test_a_third_party_rule_binds() -> None:
    free = Engine().generate(profile_from_data(PROFILE), **DATES)
    bound = engine_with(AtMost(1)).generate(profile_from_data(PROFILE), **DATES)

    def squats(program: Any) -> list[int]:
        return [
            sum(p.pattern == "squat" for s in week.sessions for p in s.prescriptions)
            for phase in program.phases
            for week in phase.weeks
        ]

    assert max(squats(free)) > 1
    assert max(squats(bound)) <= 1


def test_a_third_party_rule_tells_where_it_sets_the_limits() -> None:
    program = engine_with(AtMost(2)).generate(profile_from_data(PROFILE), **DATES)
    binds = [bind for phase in program.phases for bind in phase.binds if bind.rule == "at_most"]
    assert binds
    assert {bind.sentence for bind in binds} == {"squats in a week: 2, the most allowed"}


def test_a_third_party_rule_is_named_in_a_conflict() -> None:
    wanting = {**PROFILE, "wishes": {"always": ["squat"]}}
    with pytest.raises(NoScheduleError) as caught:
        engine_with(AtMost(0)).generate(profile_from_data(wanting), **DATES)
    rules = {member.label.rule for member in caught.value.conflict.members}
    assert rules == {"at_most", "wishes"}
    assert "at most 0 squats a week" in str(caught.value)


@pytest.mark.parametrize("half", ["admits", "post", "check", "margins"])
def test_a_rule_that_raises_is_named(half: str) -> None:
    with pytest.raises(PluginError) as caught:
        engine_with(AtMost(9, broken=half)).generate(profile_from_data(PROFILE), **DATES)
    message = str(caught.value)
    assert "'at_most'" in message
    assert "third-party" in message
    assert f"{half} went wrong" in message


def test_an_unknown_body_region_is_an_error() -> None:
    from legengine import InputError

    sore = {**PROFILE, "pain": {"kne": {"worst": 6, "assessed": True}}}
    with pytest.raises(InputError, match=r"unknown body region 'kne'.*did you mean 'knee'"):
        Engine().generate(profile_from_data(sore), **DATES)
