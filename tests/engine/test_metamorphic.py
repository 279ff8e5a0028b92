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


# --- left and right -------------------------------------------------------------------------------

OTHER = {"left": "right", "right": "left"}
WEAK: dict[str, Any] = {
    "history": {"affected_side": "left", "immobilised_weeks": 3},
    "assessments": {
        "heel_raise": {"left": 8, "right": 24},
        "single_leg_stance_s": {"left": 45, "right": 12},
    },
}


def mirrored(data: Any) -> Any:
    """The same with left and right changed over, in fields, values and sentences."""
    if isinstance(data, dict):
        return {OTHER.get(name, name): mirrored(value) for name, value in data.items()}
    if isinstance(data, list):
        return [mirrored(item) for item in data]
    if isinstance(data, str):
        return " ".join(_turned(word) for word in data.split(" "))
    return data


def _turned(word: str) -> str:
    for side, other in OTHER.items():
        if word.strip(".,:") == side:
            return word.replace(side, other)
    return word


def numbers_of_sides(data: dict[str, Any]) -> dict[str, Any]:
    """Without the sentences that tell the results of both sides, which stand in a fixed order."""
    data["placement"] = [why for why in data["placement"] if "limb symmetry" not in why["text"]]
    return data


@pytest.mark.parametrize("goal", ["function", "strength"])
def test_left_and_right_changed_over_mirror_the_program(goal: str) -> None:
    weak = changed(**copy.deepcopy(WEAK), goal=goal)
    before, after = generate(weak), generate(changed(**mirrored(WEAK), goal=goal))
    one, other = numbers_of_sides(without_profile(before)), numbers_of_sides(without_profile(after))

    assert {side.side for item in _items(before) for side in item.sides} == {"left", "right"}
    assert sum(item.extra for item in _items(before)) > 0
    assert mirrored(one) == other
    assert one != other


def _items(program: Program) -> list[Any]:
    return [
        item
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]


@pytest.mark.parametrize("raises", [(20, 20), (20, 18)])
def test_equal_legs_have_no_sides_and_change_nothing(raises: tuple[int, int]) -> None:
    """With and without a test that finds the legs alike; the worse side alone places."""
    left, right = raises
    alike = {"heel_raise": {"left": left, "right": right}}
    even = {"heel_raise": {"left": right, "right": right}}
    tested, plain = generate(changed(assessments=alike)), generate(changed(assessments=even))

    assert all(item.sides == () for item in _items(tested))
    assert {item.laterality for item in _items(tested)} > {"each"}
    assert tested.phases == plain.phases
