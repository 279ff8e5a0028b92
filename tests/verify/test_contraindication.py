import pytest

from legengine.domain.exercise import PainCaps
from legengine.testing.tiny import (
    ELIGIBILITY,
    MON,
    MON2,
    condition,
    dose,
    exercise,
    found,
    place,
    problem,
    schedule,
)
from legengine.verify.checks.contraindication import check
from legengine.verify.limits import range_left


def _check(moving, *conditions, items=("box", "counter", "bed"), doses=None, **eligibility):
    there = problem(
        moving,
        places={"home": place(*items)},
        doses={moving.id: doses or dose()},
        eligibility={"conditions": conditions} | eligibility,
    )
    return found(check(there, schedule(f"{MON} {moving.id}")))


def test_without_conditions_everything_is_open():
    assert _check(exercise(tags=("impact",), knee_flexion=150)) == []


class TestTags:
    def test_a_tag_closes(self):
        assert _check(exercise(tags=("deep",)), condition(exclude_tags=("deep",))) == [
            (
                f"{MON} squat",
                "an alternative acceptable to all conditions",
                "no equipment: tag deep (sore)",
            )
        ]

    def test_another_tag_does_not(self):
        assert _check(exercise(tags=("deep",)), condition(exclude_tags=("impact",))) == []

    def test_an_allowed_exercise_stays_open(self):
        sore = condition(exclude_tags=("deep",), allow_exercises=("squat",))
        assert _check(exercise(tags=("deep",)), sore) == []
        assert len(_check(exercise("lunge", tags=("deep",)), sore)) == 1

    def test_what_one_condition_allows_another_may_close(self):
        allowing = condition("a", exclude_tags=("deep",), allow_exercises=("squat",))
        closing = condition("b", exclude_tags=("deep",))
        assert len(_check(exercise(tags=("deep",)), allowing, closing)) == 1

    @pytest.mark.parametrize("field", ["waived_by_equipment", "waived_by_support"])
    def test_a_tag_is_waived_by_an_item_of_the_alternative_used(self, field):
        sore = condition(exclude_tags=("floor",), **{field: ("bed",)})
        moving = exercise(tags=("floor",), equipment=(("bed",), ()))
        assert _check(moving, sore) == []
        assert len(_check(moving, sore, items=())) == 1

    @pytest.mark.parametrize("field", ["waived_by_equipment", "waived_by_support"])
    def test_an_item_at_the_place_that_is_not_used_waives_nothing(self, field):
        sore = condition(exclude_tags=("floor",), **{field: ("bed",)})
        assert len(_check(exercise(tags=("floor",), equipment=((),)), sore)) == 1

    def test_a_waiver_is_for_tags_only(self):
        sore = condition(exclude_positions=("standing",), waived_by_support=("counter",))
        assert len(_check(exercise(equipment=(("counter",),)), sore)) == 1

    def test_a_restriction_of_the_profile_has_no_waiver(self):
        moving = exercise(tags=("floor",), equipment=(("bed",),))
        sore = condition(exclude_tags=("floor",), waived_by_equipment=("bed",))
        assert _check(moving, sore, exclude_tags=frozenset({"floor"})) == [
            (f"{MON} squat", "no tag floor", "floor")
        ]
        assert _check(moving, sore, exclude_tags=frozenset({"impact"})) == []


class TestAlternatives:
    def test_a_dropped_item_leaves_the_other_alternative(self):
        sore = condition(drop_equipment=("bed",))
        assert _check(exercise(equipment=(("bed",), ("box",))), sore) == []
        assert len(_check(exercise(equipment=(("bed",), ("box",))), sore, items=("bed",))) == 1

    def test_one_alternative_has_to_be_good_for_both_conditions(self):
        """The bed waives the tag of the one and is dropped by the other."""
        first = condition("a", exclude_tags=("floor",), waived_by_equipment=("bed",))
        second = condition("b", drop_equipment=("bed",))
        moving = exercise(tags=("floor",), equipment=(("bed",), ()))
        assert _check(moving, first) == []
        assert _check(moving, second) == []
        assert _check(moving, first, second) == [
            (
                f"{MON} squat",
                "an alternative acceptable to all conditions",
                "bed: bed dropped (b); no equipment: tag floor (a)",
            )
        ]

    def test_an_alternative_that_holds_both_items_is_good_for_both(self):
        first = condition("a", exclude_tags=("floor",), waived_by_equipment=("bed",))
        second = condition("b", exclude_tags=("floor",), waived_by_support=("counter",))
        moving = exercise(tags=("floor",), equipment=(("bed",), ("counter",)))
        assert len(_check(moving, first, second)) == 1
        both = exercise(tags=("floor",), equipment=(("bed", "counter"),))
        assert _check(both, first, second) == []

    def test_the_phase_and_the_conditions_have_to_agree_on_one_alternative(self):
        """Without external load only the bed is left, and the condition drops it."""
        moving = exercise(resistance="optional", equipment=(("bed",), ("dumbbell",)))
        sore = condition(drop_equipment=("bed",))
        items = ("bed", "dumbbell")
        assert _check(moving, sore, items=items) == []
        assert _check(moving, items=items, external_load=False) == []
        assert len(_check(moving, sore, items=items, external_load=False)) == 1


class TestNoExternalLoad:
    def test_it_closes_what_needs_a_load_and_bears_weight(self):
        needs = {"resistance": "external", "equipment": (("box",),)}
        sore = condition(no_external_load=True)
        assert len(_check(exercise(weight_bearing=1, **needs), sore)) == 1
        assert _check(exercise(weight_bearing=0, **needs), sore) == []

    @pytest.mark.parametrize("resistance", ["optional", "bodyweight"])
    def test_it_leaves_what_needs_none(self, resistance):
        assert _check(exercise(resistance=resistance), condition(no_external_load=True)) == []

    def test_it_leaves_what_is_allowed(self):
        sore = condition(no_external_load=True, allow_exercises=("squat",))
        assert _check(exercise(resistance="external"), sore) == []


@pytest.mark.parametrize(
    ("fields", "rule", "wrong"),
    [
        ({}, {"exclude_exercises": ("squat",)}, 1),
        ({}, {"exclude_exercises": ("lunge",)}, 0),
        ({"position": "supine"}, {"exclude_positions": ("supine",)}, 1),
        ({"position": "standing"}, {"exclude_positions": ("supine",)}, 0),
        ({"impact": "low"}, {"impact_max": "low"}, 0),
        ({"impact": "moderate"}, {"impact_max": "low"}, 1),
        ({"impact": "high"}, {"impact_max": "moderate"}, 1),
        ({"weight_bearing": 50}, {"weight_bearing_max": 50}, 0),
        ({"weight_bearing": 51}, {"weight_bearing_max": 50}, 1),
        ({"weight_bearing": 1}, {"weight_bearing_max": 0}, 1),
        ({"level": 2}, {"level_max": 2}, 0),
        ({"level": 3}, {"level_max": 2}, 1),
        ({"level": 4}, {"axial_level_max": 3}, 0),
        ({"level": 3, "tags": ("axial_load",)}, {"axial_level_max": 3}, 0),
        ({"level": 4, "tags": ("axial_load",)}, {"axial_level_max": 3}, 1),
    ],
)
def test_the_body(fields, rule, wrong):
    assert len(_check(exercise(**fields), condition(**rule))) == wrong


def test_what_is_closed_by_id_is_not_allowed_by_id():
    sore = condition(exclude_exercises=("squat",), allow_exercises=("squat",))
    assert len(_check(exercise(), sore)) == 1


def test_restrictions_close_patterns_and_spared_groups():
    assert len(_check(exercise(), exclude_patterns=frozenset({"squat"}))) == 1
    assert _check(exercise(), exclude_patterns=frozenset({"lunge"})) == []
    assert _check(exercise(), spare_muscles=frozenset({"quadriceps"})) == [
        (f"{MON} squat", "quadriceps spared", "primary muscle quadriceps")
    ]


def test_a_spared_group_is_meant_with_its_muscles_and_not_as_a_secondary():
    calf = exercise(primary=("soleus",), secondary=("hamstrings",))
    assert len(_check(calf, spare_muscles=frozenset({"calves"}))) == 1
    assert _check(calf, spare_muscles=frozenset({"hamstrings"})) == []


class TestAngles:
    @pytest.mark.parametrize(
        ("cap", "adjustable", "strict", "wrong"),
        [
            (90, True, False, 0),
            (90, False, True, 0),
            (89, True, False, 0),
            (89, False, False, 1),
            (89, True, True, 1),
            (45, True, False, 0),
            (44, True, False, 1),
        ],
    )
    @pytest.mark.parametrize("joint", ["knee_flexion", "hip_flexion"])
    def test_over_a_cap(self, joint, cap, adjustable, strict, wrong):
        other = "hip_flexion" if joint == "knee_flexion" else "knee_flexion"
        moving = exercise(**{joint: 90, other: 0, "range_adjustable": adjustable})
        sore = condition(**{f"{joint}_max": cap, "strict": strict})
        assert len(_check(moving, sore)) == wrong

    def test_half_of_an_odd_angle_is_exact(self):
        moving = exercise(knee_flexion=91)
        assert len(_check(moving, condition(knee_flexion_max=45))) == 1
        assert _check(moving, condition(knee_flexion_max=46)) == []

    @pytest.mark.parametrize(
        ("pain", "cap"), [(0, 90), (3, 90), (4, 60), (5, 60), (6, 45), (10, 45), (None, 45)]
    )
    def test_caps_by_pain(self, pain, cap):
        caps = PainCaps(region="knee", pain_0_3=90, pain_4_5=60, pain_6_10=45)
        sore = condition(knee_flexion_max_by_pain=caps, strict=True)
        score = {"hip": 0} | ({} if pain is None else {"knee": pain})
        assert _check(exercise(knee_flexion=cap), sore, pain=score) == []
        assert len(_check(exercise(knee_flexion=cap + 1), sore, pain=score)) == 1

    def test_the_cap_under_weight_bearing(self):
        sore = condition(knee_flexion_max_weight_bearing=60, strict=True)
        assert len(_check(exercise(knee_flexion=61, weight_bearing=1), sore)) == 1
        assert _check(exercise(knee_flexion=60, weight_bearing=1), sore) == []
        assert _check(exercise(knee_flexion=61, weight_bearing=0), sore) == []

    def test_the_smallest_cap_counts(self):
        wide, narrow = condition("a", knee_flexion_max=80), condition("b", knee_flexion_max=44)
        assert [each[1] for each in _check(exercise(), wide, narrow)] == [
            "knee flexion at most 44 degrees (b)"
        ]

    def test_the_strict_condition_is_strict_for_its_own_cap_only(self):
        wide = condition("a", knee_flexion_max=90, strict=True)
        narrow = condition("b", knee_flexion_max=60)
        assert _check(exercise(), wide, narrow) == []

    def test_what_is_left_of_the_range(self):
        def left(*conditions):
            eligible = ELIGIBILITY.__class__(
                **{name: getattr(ELIGIBILITY, name) for name in ELIGIBILITY.__dataclass_fields__}
                | {"conditions": conditions}
            )
            span = range_left(exercise(knee_flexion=90, hip_flexion=80), eligible)
            return span.knee, span.hip, span.shortened

        assert left() == (None, None, False)
        assert left(condition(knee_flexion_max=90, hip_flexion_max=80)) == (None, None, False)
        assert left(condition(knee_flexion_max=89)) == (89, None, True)
        assert left(condition(hip_flexion_max=79)) == (None, 79, True)
        assert left(condition(knee_flexion_max=70), condition("b", knee_flexion_max=60)) == (
            60,
            None,
            True,
        )


class TestEffort:
    hold = exercise(dose_kind="hold", tags=("isometric_sustained",))

    @pytest.mark.parametrize(("seconds", "wrong"), [(15, 0), (16, 1)])
    def test_sustained_holds(self, seconds, wrong):
        sore = condition(hold_seconds_max=15)
        assert len(_check(self.hold, sore, doses=dose(hold_s=seconds))) == wrong

    def test_other_holds_and_other_work_may_last(self):
        sore = condition(hold_seconds_max=15)
        long = dose(hold_s=16)
        assert _check(exercise(dose_kind="hold"), sore, doses=long) == []
        assert _check(exercise(tags=("isometric_sustained",)), sore, doses=long) == []

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"rpe": (5, 7)}, 0),
            ({"rpe": (5, 8)}, 1),
            ({"rpe": (5, 7), "rir": (1, 2)}, 0),
            ({"rpe": None, "rir": (3, 4)}, 0),
            ({"rpe": None, "rir": (2, 4)}, 1),
            ({"rpe": None, "rir": None}, 0),
        ],
    )
    def test_effort(self, fields, wrong):
        assert len(_check(exercise(), condition(rpe_max=7), doses=dose(**fields))) == wrong

    @pytest.mark.parametrize(("percent", "wrong"), [((50, 60), 0), ((50, 61), 1), (None, 0)])
    def test_percent(self, percent, wrong):
        sore = condition(percent_1rm_max=60)
        assert len(_check(exercise(), sore, doses=dose(percent_1rm=percent))) == wrong

    def test_every_week_has_its_own_dose(self):
        there = problem(
            self.hold,
            doses={"squat": (dose(hold_s=15), dose(hold_s=16))},
            eligibility={"conditions": (condition(hold_seconds_max=15),)},
        )
        plan = schedule(f"{MON} squat", f"{MON2} squat")
        assert [each.where for each in check(there, plan)] == [f"{MON2} squat"]
