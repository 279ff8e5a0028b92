"""What conditions and gates close, by both halves of the rules, against golden lists.

The lists are those of the evidence base, and they are held in ``tests/plugins``; here the model's
filters and the checker have to say exactly the same, over the whole library.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from legengine.domain.exercise import Need
from legengine.domain.problem import Problem
from legengine.domain.vocabulary import IMPACTS, MUSCLES
from legengine.hooks.registry import Registry
from legengine.reckoning.eligibility import closing_condition, range_caps, usable_alternatives
from legengine.reckoning.standing import standing
from legengine.testing import tiny
from legengine.testing.agreement import RULES
from legengine.verify.checks import contraindication
from tests.plugins.test_legs_library import EXCLUDED, WEIGHT_BEARING

LIBRARY = Registry.create().library()
BY_ID = {condition.id: condition for condition in LIBRARY.conditions}
EXERCISES = {exercise.id: exercise for exercise in LIBRARY.exercises}
EQUIPMENT = tuple(sorted(LIBRARY.equipment))
GENTLE = tiny.dose(sets_min=2, sets_max=2, reps_min=10, reps=10, rest_s=120, rir=(5, 6), hold_s=5)
CONTRAINDICATION = RULES["contraindication"]


def someone(
    *conditions: str,
    without: tuple[str, ...] = (),
    facts: dict[str, float] | None = None,
    pain: dict[str, int] | None = None,
    weeks: int = 1,
    **body: Any,
) -> Problem:
    """A person with conditions at a place that has everything but some items."""
    facts = facts or {}
    named = [BY_ID[name] for name in conditions]
    return tiny.problem(
        *LIBRARY.exercises,
        slots=(tiny.slot(tiny.MON, place="full"),),
        weeks=(tiny.week(1),),
        places={"full": tiny.place(*(item for item in EQUIPMENT if item not in without))},
        doses={exercise.id: GENTLE for exercise in LIBRARY.exercises},
        muscle_groups=MUSCLES,
        rest_hours=dict.fromkeys(tiny.GROUPS, 48),
        eligibility={
            "conditions": standing(named, facts, 1, weeks),
            "facts": facts,
            "pain": pain or {},
            "phases": ("protected", "foundation", "strength", "power"),
            "weeks": weeks,
            **body,
        },
    )


def closed_by_model(made: Problem) -> set[str]:
    (slot,) = made.slots
    return {
        id
        for id, exercise in made.exercises.items()
        if CONTRAINDICATION.admits(made, exercise, slot) is not None
    }


def closed_by_checker(made: Problem) -> set[str]:
    (slot,) = made.slots
    return {
        id
        for id in made.exercises
        if list(contraindication.check(made, tiny.schedule(f"{slot.id} {id} 2")))
    }


def closed(made: Problem) -> set[str]:
    """What both halves close; they have to agree."""
    found = closed_by_model(made)
    assert found == closed_by_checker(made)
    return found


CASES: dict[str, Problem] = {
    "acute_knee_flexion_pain_4_5_cap60": someone("acute_knee_flexion_pain", pain={"knee": 4}),
    "hip_replacement_posterior_strict_cap90": someone("hip_replacement_posterior"),
    "osteoporosis_vertebral_fracture": someone("osteoporosis_vertebral_fracture"),
    "balance_impairment": someone("balance_impairment"),
    "cannot_floor_transfer_no_bed": someone("cannot_floor_transfer", without=("bed",)),
    "neuropathy_feet": someone("neuropathy_feet"),
    "novice_uncoached": someone("novice_uncoached"),
}


@pytest.mark.parametrize("case", EXCLUDED)
def test_both_halves_close_exactly_the_list(case: str) -> None:
    made = CASES[case]
    there = {
        id
        for id, exercise in EXERCISES.items()
        if any(made.places["full"].equipment.issuperset(way) for way in exercise.equipment)
    }
    assert closed(made) & there == set(EXCLUDED[case].split())


@pytest.mark.parametrize("grade", ["nwb", "ttwb", "pwb"])
def test_both_halves_leave_exactly_the_list_under_limited_weight(grade: str) -> None:
    grades = {"nwb": 1, "ttwb": 2, "pwb": 3}[grade]
    expected = {name for text in list(WEIGHT_BEARING.values())[:grades] for name in text.split()}
    strength = {id for id, exercise in EXERCISES.items() if exercise.pattern != "endurance"}
    assert strength - closed(someone(f"weight_bearing_{grade}")) == expected


# --- stages --------------------------------------------------------------------------------------

OPEN_CHAIN = {"leg_extension", "leg_extension_single", "seated_knee_ext", "short_arc_quad"}


@pytest.mark.parametrize(
    ("weeks", "graft", "out"),
    [
        (None, None, OPEN_CHAIN),
        (3, 0, OPEN_CHAIN),
        (4, 0, {"short_arc_quad"}),
        (4, 1, {"short_arc_quad", "leg_extension", "leg_extension_single"}),
        (11, None, {"short_arc_quad", "leg_extension", "leg_extension_single"}),
        (12, 1, {"short_arc_quad"}),
    ],
)
def test_after_a_new_ligament_open_chains_open_by_weeks_and_graft(
    weeks: int | None, graft: int | None, out: set[str]
) -> None:
    given = {"weeks_since_event": weeks, "hamstring_graft": graft}
    facts = {name: float(value) for name, value in given.items() if value is not None}
    assert closed(someone("acl_reconstruction", facts=facts)) & OPEN_CHAIN == out


@pytest.mark.parametrize(("weeks", "held"), [(None, True), (7, True), (8, False)])
def test_the_closed_chain_cap_ends_at_week_8(weeks: int | None, held: bool) -> None:
    facts = {} if weeks is None else {"weeks_since_event": float(weeks)}
    out = closed(someone("acl_reconstruction", facts=facts))
    assert ("pistol_squat" in out) is held


@pytest.mark.parametrize(("symmetry", "held"), [(None, True), (89.9, True), (90.0, False)])
def test_jumps_after_a_new_ligament_wait_for_even_legs(symmetry: float | None, held: bool) -> None:
    facts = {} if symmetry is None else {"limb_symmetry": symmetry}
    assert ("squat_jump" in closed(someone("acl_reconstruction", facts=facts))) is held


@pytest.mark.parametrize(
    ("week", "weeks", "held"), [(None, 1, True), (15, 1, False), (14, 2, False), (15, 2, True)]
)
def test_lying_positions_close_in_a_phase_that_reaches_week_16(
    week: int | None, weeks: int, held: bool
) -> None:
    facts = {} if week is None else {"pregnancy_week": float(week)}
    out = closed(someone("pregnancy", facts=facts, weeks=weeks))
    lying = {id for id, each in EXERCISES.items() if each.position in ("supine", "prone")}
    assert (lying <= out) is held
    assert held or not lying & out - {"copenhagen_short"}


def test_a_stage_that_the_model_forgets_is_found_by_the_checker() -> None:
    condition = BY_ID["acl_reconstruction"]
    made = someone()
    forgotten = tiny.replace(
        made, eligibility=tiny.replace(made.eligibility, conditions=(condition,))
    )
    assert "leg_extension" not in closed_by_model(forgotten)
    assert "leg_extension" in closed_by_checker(forgotten)


def test_groin_pain_above_its_limit_leaves_the_easier_levers() -> None:
    long_levers = {"copenhagen_short", "copenhagen_long"}
    assert not closed(someone("adductor_groin_pain", pain={"groin": 3}))
    assert closed(someone("adductor_groin_pain", pain={"groin": 4})) == long_levers
    assert closed(someone("adductor_groin_pain")) == long_levers


def test_with_sciatica_a_straight_knee_bends_the_hip_to_60_degrees() -> None:
    out = closed(someone("sciatica_stable_cleared"))
    for id, exercise in EXERCISES.items():
        straight = exercise.knee_flexion == 0 and exercise.hip_flexion > 60
        if straight and not exercise.range_adjustable:
            assert id in out
        elif "nerve_tension" not in exercise.tags:
            assert id not in out, id


# --- gates ---------------------------------------------------------------------------------------


def _just(need: Need, *, missed: bool) -> float:
    """A value at the bound, or one step beyond it."""
    step = 0.01 if need.fact.endswith(("body_mass", "index")) else 1
    if need.at_least is not None:
        return need.at_least - step if missed else need.at_least
    assert need.at_most is not None
    return need.at_most + step if missed else need.at_most


NEEDS = [(gate.id, need.fact) for gate in LIBRARY.gates for need in gate.needs]
EITHER = [(gate.id, group) for gate in LIBRARY.gates for group in gate.either]


def _gate(id: str) -> Any:
    return next(gate for gate in LIBRARY.gates if gate.id == id)


def _gated_out(id: str, facts: dict[str, float], *conditions: str, **body: Any) -> set[str]:
    made = someone(*conditions, facts=facts, gates=LIBRARY.gates, **body)
    (slot,) = made.slots
    rule = RULES["phase_access"]
    model, checker = set(), set()
    for exercise in _gate(id).opens:
        if rule.admits(made, EXERCISES[exercise], slot) is not None:
            model.add(exercise)
        if list(rule.check(made, tiny.schedule(f"{slot.id} {exercise} 2"))):
            checker.add(exercise)
    assert model == checker
    return model


def _shown(id: str) -> dict[str, float]:
    gate = _gate(id)
    needs = [*gate.needs, *(group[0] for group in gate.either)]
    facts = {need.fact: _just(need, missed=False) for need in needs}
    return {"age": 40.0, **facts}


@pytest.mark.parametrize("id", [gate.id for gate in LIBRARY.gates])
def test_a_gate_opens_where_every_need_is_just_met(id: str) -> None:
    assert _gated_out(id, _shown(id)) == set()


@pytest.mark.parametrize(("id", "fact"), NEEDS)
def test_a_gate_stays_shut_where_one_need_is_just_missed_or_not_known(id: str, fact: str) -> None:
    need = next(need for need in _gate(id).needs if need.fact == fact)
    everything = set(_gate(id).opens)
    assert _gated_out(id, _shown(id) | {fact: _just(need, missed=True)}) == everything
    unknown = {name: value for name, value in _shown(id).items() if name != fact}
    assert _gated_out(id, unknown) == everything


@pytest.mark.parametrize(("id", "group"), EITHER, ids=[id for id, _ in EITHER])
def test_of_a_group_any_one_need_opens_the_gate(id: str, group: tuple[Need, ...]) -> None:
    names = {need.fact for need in group}
    rest = {name: value for name, value in _shown(id).items() if name not in names}
    assert len(group) > 1
    for need in group:
        assert _gated_out(id, rest | {need.fact: _just(need, missed=False)}) == set()
        assert _gated_out(id, rest | {need.fact: _just(need, missed=True)})
    assert _gated_out(id, rest) == set(_gate(id).opens)


@pytest.mark.parametrize(
    ("age", "out"), [(64, set()), (65, {"pistol_squat"}), (None, {"pistol_squat"})]
)
def test_from_65_on_a_pistol_squat_only_by_choice(age: int | None, out: set[str]) -> None:
    facts = {name: value for name, value in _shown("pistol").items() if name != "age"}
    facts |= {} if age is None else {"age": float(age)}
    assert _gated_out("pistol", facts) == out
    assert _gated_out("pistol", facts, always=("pistol_squat",)) == set()


CLOSED_BY = [(gate.id, name) for gate in LIBRARY.gates for name in gate.closed_by]


@pytest.mark.parametrize(("id", "condition"), CLOSED_BY)
def test_a_condition_keeps_a_gate_shut_whatever_is_shown(id: str, condition: str) -> None:
    assert _gated_out(id, _shown(id), condition) == set(_gate(id).opens)


# --- relations -----------------------------------------------------------------------------------


def _open(made: Problem) -> set[str]:
    return set(made.exercises) - closed_by_model(made)


PAIRS = [(one, other) for one in sorted(BY_ID) for other in sorted(BY_ID) if one < other]


def test_a_further_condition_never_opens_an_exercise() -> None:
    alone = {name: _open(someone(name)) for name in BY_ID}
    whole = _open(someone())
    for name, left in alone.items():
        assert left <= whole, name
    for one, other in PAIRS[::3]:
        both = _open(someone(one, other))
        assert both <= alone[one] & alone[other], (one, other)


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_more_pain_never_raises_level_impact_or_bend(name: str) -> None:
    bands = [
        someone(name, pain=dict.fromkeys(("knee", "groin", "hamstring"), score))
        for score in (2, 4, 6)
    ]
    for less, more in pairwise(bands):
        before, after = _open(less), _open(more)
        assert after <= before
        for rank in (_level, _impact):
            assert max(map(rank, after), default=0) <= max(map(rank, before), default=0)
        for id in after:
            assert _bend(more, id) <= _bend(less, id)


def _level(id: str) -> int:
    return EXERCISES[id].level


def _impact(id: str) -> int:
    return IMPACTS.index(EXERCISES[id].impact)


def _bend(made: Problem, id: str) -> int:
    caps = [cap.degrees for cap in range_caps(made, EXERCISES[id]) if cap.joint == "knee"]
    return min(caps, default=EXERCISES[id].knee_flexion)


def test_a_condition_that_takes_loads_leaves_no_way_with_a_load() -> None:
    made = someone("weight_bearing_pwb")
    for id in _open(made):
        exercise = EXERCISES[id]
        if exercise.resistance == "optional" and exercise.weight_bearing > 0:
            for way in usable_alternatives(made, exercise, "full"):
                assert not {"dumbbell", "kettlebell", "barbell"} & set(way), id
    assert closing_condition(made, EXERCISES["leg_press"]) == ""
