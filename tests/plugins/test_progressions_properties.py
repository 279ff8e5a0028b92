"""What no plan of any policy may do, over random phases."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legengine.domain.protocol import DoseRow
from legengine.hooks import LoadPlan
from legengine_progressions.effort import reserve
from legengine_progressions.loads import percent_for
from legengine_progressions.sources import SOURCES
from tests.plugins.test_progressions_cases import MOVE, POLICIES, Case

racks = st.lists(
    st.integers(1, 160).map(lambda quarters: quarters / 2), min_size=1, max_size=25, unique=True
).map(lambda loads: tuple(sorted(loads)))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    low = draw(st.integers(1, 15))
    rir = draw(st.one_of(st.none(), st.sampled_from([(0, 1), (1, 3), (2, 2), (4, 6)])))
    row = DoseRow(
        sets=draw(st.sampled_from([(1, 1), (2, 3), (3, 5)])),
        reps=(low, low + draw(st.integers(0, 8))),
        hold_s=(10, 45),
        minutes=(5, 20),
        metres=(3, 6),
        rir=rir,
        percent_1rm=draw(st.sampled_from([None, (30, 60), (66, 77), (75, 86)])),
        rest_s=(30, 150),
        sources=("D",),
    )
    weeks = draw(st.integers(1, 12))
    plan = st.builds(
        LoadPlan,
        reps=st.integers(0, 25),
        hold_s=st.integers(0, 60),
        rest_s=st.integers(0, 200),
        load_kg=st.one_of(st.none(), st.integers(1, 200).map(lambda halves: halves / 2)),
        load_text=st.sampled_from(["", "start here"]),
        knee_flexion_max=st.one_of(st.none(), st.integers(30, 120)),
    )
    return Case(
        policy=draw(st.sampled_from(sorted(POLICIES.values(), key=lambda policy: policy.name))),
        exercise=MOVE.model_copy(
            update={
                "resistance": draw(st.sampled_from(["external", "optional", "bodyweight"])),
                "dose_kind": draw(
                    st.sampled_from(["repetitions"] * 4 + ["hold", "distance", "duration"])
                ),
                "pattern": draw(st.sampled_from(["squat", "hinge", "plyometric", "core"])),
                "hold_seconds": draw(st.sampled_from([0, 20, 600])),
                "level": draw(st.integers(1, 5)),
            }
        ),
        role=draw(st.sampled_from(["compound", "isolation", "trunk", "power", "warm_up"])),
        row=row,
        weeks=weeks,
        deloads=draw(st.sampled_from([(), (4,), (1,), (3, 4), (6,)])),
        experience=draw(st.sampled_from(["novice", "intermediate", "advanced"])),
        goal=draw(st.sampled_from(["function", "strength", "endurance"])),
        available=draw(st.one_of(st.just(()), racks)),
        item=draw(
            st.sampled_from(
                ["", "dumbbell", "barbell", "leg_press_machine", "resistance_band", "ankle_weight"]
            )
        ),
        mass=draw(st.one_of(st.none(), st.integers(40, 150))),
        maximum=draw(st.one_of(st.none(), st.integers(5, 200))),
        cap=draw(st.sampled_from([None, 40, 60])),
        knee_cap=draw(st.sampled_from([None, 0, 45, 60, 90, 120])),
        before=draw(st.one_of(st.none(), plan)),
        options=None,
    )


@given(cases())
def test_what_no_plan_may_do(chosen: Case) -> None:
    for request, plan in chosen.walk():
        dose, previous = request.dose, request.previous
        # Within the dose, which is the time base.
        assert dose.reps_min <= plan.reps <= dose.reps
        assert plan.hold_s <= dose.hold_s
        assert plan.rest_s == dose.rest_s
        # One sentence with known sources.
        assert plan.reason
        assert not plan.reason.endswith(".")
        assert plan.sources
        assert set(plan.sources) <= set(SOURCES)
        if plan.load_kg is not None:
            assert chosen.exercise.resistance != "bodyweight"
            assert not chosen.available or plan.load_kg in chosen.available
            if chosen.cap is not None and chosen.maximum is not None:
                assert plan.load_kg <= chosen.cap / 100 * chosen.maximum + 1e-6
            if previous is not None and previous.load_kg is not None and not previous.load_text:
                cuff = chosen.item == "ankle_weight"  # a step of half a kilogram (m:OTAGOb)
                most = previous.load_kg + 0.5 if cuff else previous.load_kg * 1.10
                assert plan.load_kg <= most + 1e-6
                assert not cuff or plan.load_kg <= 8
                if request.kind == "deload":
                    assert plan.load_kg <= previous.load_kg + 1e-6
        if plan.percent_1rm is not None:
            assert plan.load_kg is not None
            assert chosen.maximum is not None
            assert plan.percent_1rm == pytest.approx(100 * plan.load_kg / chosen.maximum, abs=0.1)
            assert abs(plan.percent_1rm - percent_for(plan.reps, reserve(dose))) <= 3
        if plan.knee_flexion_max is not None:
            assert chosen.knee_cap is not None
            assert plan.knee_flexion_max <= min(chosen.knee_cap, chosen.exercise.knee_flexion)


@given(cases())
def test_plans_are_pure(chosen: Case) -> None:
    for request, plan in chosen.walk():
        kept = copy.deepcopy(request)
        assert chosen.policy.load(request) == plan
        assert request == kept
    assert chosen.plans() == chosen.plans()


@given(cases())
def test_a_load_needs_a_word_where_no_number_is_known(chosen: Case) -> None:
    for _, plan in chosen.walk():
        loaded = chosen.exercise.resistance == "external" and (
            chosen.exercise.dose_kind == "repetitions"
            and chosen.role != "warm_up"
            and chosen.exercise.pattern != "plyometric"
        )
        if loaded and plan.load_kg is None:
            assert plan.load_text
