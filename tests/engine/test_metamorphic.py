"""What a change of the input must, or must not, change in the answer."""

from __future__ import annotations

import copy
import datetime as dt
from functools import cache
from typing import Any

import pytest

from legengine import Engine, NoScheduleError, Program, profile_from_data

TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HOME: dict[str, Any] = {
    "person": {"age": 41, "sex": "male", "mass": "82 kg"},
    "cause": "disuse",
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "places": {"home": {"equipment": ["mat", "chair", "wall", "counter"]}},
    "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 35}],
    "weeks": 4,
}


@cache
def engine() -> Engine:
    return Engine()


def changed(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(HOME), **fields}


def generate(data: dict[str, Any], start: dt.date = START) -> Program:
    return engine().generate(profile_from_data(data), today=TODAY, start=start)


def doses(program: Program) -> list[tuple[str, int, int | None, int | None]]:
    return [
        (item.exercise, item.sets, item.reps, item.hold_s)
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]


def without_profile(program: Program) -> dict[str, Any]:
    data = program.model_dump(mode="json")
    del data["profile"]
    del data["provenance"]["profile_hash"]
    return data


@pytest.mark.parametrize(
    "fields",
    [
        {"availability": [{"days": DAYS[:6], "start": "18:00", "minutes": 35}]},
        {"availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 75}]},
        {"places": {"home": {"equipment": ["full_gym"]}}},
    ],
    ids=["days", "minutes", "equipment"],
)
def test_more_room_never_takes_the_schedule_away(fields: dict[str, Any]) -> None:
    assert generate(changed(**fields)).check.ok


@pytest.mark.parametrize(
    "restriction",
    [
        {"knee_flexion_max": 60},
        {"exclude_tags": ["floor_transfer"]},
        {"exclude_patterns": ["balance"]},
        {"hip_flexion_max": 40},
    ],
)
def test_a_restriction_never_opens_an_exercise(restriction: dict[str, Any]) -> None:
    def eligible(data: dict[str, Any]) -> set[str]:
        profile = profile_from_data(data)
        case = engine().pipeline.open(profile, today=TODAY, start=START).case
        from legengine.domain.problem import Past
        from legengine.intake.compile import compile_phase
        from legengine.rules import CONSTRAINTS
        from legengine.solve.candidates import find_candidates

        problem = compile_phase(case, case.plans[0], Past())
        found = find_candidates(problem, CONSTRAINTS, widen=True)
        return {name for open_here in found.by_slot.values() for name in open_here}

    assert eligible(changed(restrictions=restriction)) < eligible(HOME)


def test_the_order_of_the_input_changes_nothing() -> None:
    places = {"home": {"equipment": ["counter", "wall", "mat", "chair"]}}
    days = [
        {"days": ["fri"], "start": "18:00", "minutes": 35},
        {"days": ["wed", "mon"], "start": "18:00", "minutes": 35},
    ]
    shuffled = dict(reversed(changed(places=places, availability=days).items()))
    assert without_profile(generate(shuffled)) == without_profile(generate(HOME))


def test_shifting_all_days_shifts_the_schedule_and_no_dose() -> None:
    later = changed(availability=[{"days": ["tue", "thu", "sat"], "start": "18:00", "minutes": 35}])
    before, after = generate(HOME), generate(later, START + dt.timedelta(days=1))
    assert doses(after) == doses(before)
    starts = [
        [s.start for phase in made.phases for week in phase.weeks for s in week.sessions]
        for made in (before, after)
    ]
    assert starts[1] == [moment + dt.timedelta(days=1) for moment in starts[0]]


def test_more_pain_never_raises_level_or_impact() -> None:
    from legengine.hooks.registry import Registry

    facts = {item.id: item for item in Registry.create().library().exercises}

    def hardest(score: int) -> tuple[int, int]:
        sore = changed(
            conditions=["acute_knee_flexion_pain"],
            pain={"knee": {"worst": score, "assessed": True}},
        )
        used = {facts[name] for name, *_ in doses(generate(sore))}
        return max(item.level for item in used), max(item.knee_flexion for item in used)

    mild, strong = hardest(2), hardest(5)
    assert strong[0] <= mild[0]
    assert strong[1] <= mild[1]


def test_a_day_that_is_taken_away_is_never_missed_in_silence() -> None:
    with pytest.raises(NoScheduleError, match="you can train on Monday, Wednesday"):
        generate(changed(availability=[{"days": ["mon", "wed"], "start": "18:00", "minutes": 35}]))
