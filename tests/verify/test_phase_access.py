from itertools import product

import pytest

from legengine.domain.exercise import Need
from legengine.domain.problem import Placement
from legengine.solve.constraints.phase_access import admits
from legengine.testing.tiny import MON, condition, exercise, found, gate, place, problem, schedule
from legengine.verify.checks.phase_access import check


def _check(moving=None, items=(), placement=None, **eligibility):
    moving = moving or exercise()
    there = problem(
        moving,
        places={"home": place(*items)},
        eligibility=eligibility,
        placement=placement or Placement(level=5, levels={}),
    )
    return found(check(there, schedule(f"{MON} squat")))


def test_the_exercise_belongs_to_a_phase_that_is_open():
    assert _check(exercise(phases=("strength", "foundation"))) == []
    assert _check(exercise(phases=("strength",))) == [
        (f"{MON} squat", "one of foundation", "strength")
    ]
    assert _check(exercise(phases=("strength",)), phases=("foundation", "strength")) == []
    assert len(_check(exercise(phases=()))) == 1


@pytest.mark.parametrize(("level", "wrong"), [(3, 0), (4, 1)])
def test_level_of_the_phase(level, wrong):
    assert len(_check(exercise(level=level), level_max=3)) == wrong


@pytest.mark.parametrize(("level", "wrong"), [(3, 0), (4, 1)])
def test_level_of_the_person(level, wrong):
    assert len(_check(exercise(level=level), placement=Placement(3, {"lunge": 5}))) == wrong


@pytest.mark.parametrize(("level", "wrong"), [(2, 0), (3, 1)])
def test_level_of_the_person_for_the_pattern(level, wrong):
    assert len(_check(exercise(level=level), placement=Placement(5, {"squat": 2}))) == wrong


class TestAPatternThatStaysAtAnEarlierStage:
    kept = Placement(level=5, levels={}, stages={"squat": "foundation"})

    def test_its_exercises_of_that_stage_stay_open(self):
        both = ("strength", "foundation")
        moving = exercise(phases=("foundation",))
        assert _check(moving, placement=self.kept, phases=both) == []
        assert _check(exercise(phases=both), placement=self.kept, phases=both) == []

    def test_its_later_exercises_are_closed(self):
        wrong = _check(exercise(phases=("strength",)), placement=self.kept, phases=("strength",))
        assert wrong == [
            (f"{MON} squat", "an exercise of the foundation stage for squat", "strength")
        ]

    def test_its_loads_are_closed(self):
        loaded = exercise(resistance="external", equipment=(("dumbbell",),))
        assert _check(loaded, ("dumbbell",), placement=self.kept) == [
            (f"{MON} squat", "no external load for squat", "resistance external")
        ]

    def test_other_patterns_go_on(self):
        other = Placement(level=5, levels={}, stages={"lunge": "foundation"})
        assert _check(exercise(phases=("strength",)), placement=other, phases=("strength",)) == []


class TestExternalLoad:
    loaded = exercise(resistance="external", equipment=(("dumbbell",),))
    optional = exercise(resistance="optional", equipment=((), ("dumbbell",)))
    heavy = exercise(resistance="optional", equipment=(("dumbbell",),))

    def test_what_needs_a_load_is_open_in_a_phase_with_loads(self):
        assert _check(self.loaded, ("dumbbell",)) == []

    def test_what_needs_a_load_is_closed_in_a_phase_without(self):
        assert _check(self.loaded, ("dumbbell",), external_load=False) == [
            (f"{MON} squat", "no external load", "resistance external")
        ]

    def test_what_may_be_loaded_stays_where_it_can_be_done_without(self):
        assert _check(self.optional, ("dumbbell",), external_load=False) == []
        assert len(_check(self.heavy, ("dumbbell",), external_load=False)) == 1
        assert _check(self.heavy, ("dumbbell",)) == []

    def test_bodyweight_alternatives_may_hold_any_other_item(self):
        held = exercise(resistance="optional", equipment=(("counter",), ("counter", "dumbbell")))
        assert _check(held, ("counter", "dumbbell"), external_load=False) == []

    def test_the_bodyweight_alternative_has_to_be_at_the_place(self):
        held = exercise(resistance="optional", equipment=(("counter",), ("dumbbell",)))
        assert len(_check(held, ("dumbbell",), external_load=False)) == 1

    def test_a_band_that_helps_is_no_load(self):
        helped = exercise(resistance="bodyweight", equipment=(("resistance_band",),))
        assert _check(helped, ("resistance_band",), external_load=False) == []


class TestGates:
    @pytest.mark.parametrize(
        ("facts", "wrong"),
        [
            ({"wall_sit_s": 29.9}, 1),
            ({"wall_sit_s": 30}, 0),
            ({"wall_sit_s": 60}, 0),
            ({"wall_sit_s": 60.1}, 1),
            ({}, 1),
        ],
    )
    def test_needs(self, facts, wrong):
        assert len(_check(gates=(gate(),), facts=facts)) == wrong

    def test_how_it_is_told(self):
        assert _check(gates=(gate(),)) == [
            (
                f"{MON} squat",
                "gate gate: wall_sit_s at least 30 and at most 60",
                "wall_sit_s not known",
            )
        ]

    def test_a_fact_that_is_zero_is_known(self):
        need = Need(fact="effusion", at_most=0, text="dry")
        assert _check(gates=(gate(needs=(need,)),), facts={"effusion": 0}) == []

    def test_a_gate_guards_only_what_it_opens(self):
        assert _check(gates=(gate(opens=("lunge",)),)) == []

    def test_every_gate_and_every_need_counts(self):
        two = (
            Need(fact="wall_sit_s", at_least=30, text="hold"),
            Need(fact="age", at_least=18, text="grown"),
        )
        assert len(_check(gates=(gate(needs=two),), facts={"wall_sit_s": 30})) == 1
        assert len(_check(gates=(gate(), gate(id="other")), facts={"wall_sit_s": 5})) == 2

    def test_a_condition_may_shut_a_gate(self):
        shut = {"gates": (gate(closed_by=("acl",)),), "facts": {"wall_sit_s": 30}}
        assert _check(**shut, conditions=(condition("acl"),)) == [
            (f"{MON} squat", "gate gate: not under acl", "acl")
        ]
        assert _check(**shut, conditions=(condition("sore"),)) == []
        assert _check(**shut) == []


def test_a_dose_row_is_needed():
    there = problem(exercise(), doses={"squat": None})
    assert found(check(there, schedule(f"{MON} squat"))) == [(f"{MON} squat", "a dose row", "none")]


def test_a_pattern_that_is_ahead_has_more_stages():
    ahead = {"squat": ("foundation", "strength")}
    strong = exercise(phases=("strength",))
    assert _check(strong, ahead=ahead) == []
    assert _check(exercise(phases=("power",)), ahead=ahead) == [
        (f"{MON} squat", "one of foundation, strength", "power")
    ]
    other = exercise(phases=("strength",), pattern="lunge")
    assert _check(other, ahead=ahead) == [(f"{MON} squat", "one of foundation", "strength")]


def test_the_model_opens_the_same_stages():
    ahead = {"squat": ("foundation", "strength")}
    for phases, pattern in product(
        [("strength",), ("power",), ("foundation",)], ["squat", "hinge"]
    ):
        moving = exercise(phases=phases, pattern=pattern)
        there = problem(
            moving,
            places={"home": place()},
            eligibility={"ahead": ahead},
            placement=Placement(level=5, levels={}),
        )
        closed = admits(there, moving, there.slots[0]) is not None
        assert closed == bool(found(check(there, schedule(f"{MON} squat"))))
