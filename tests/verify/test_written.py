"""A session of the finished document, line by line."""

import datetime as dt

import pytest

from legengine.testing.tiny import (
    MON,
    SQUAT,
    WED,
    condition,
    dose,
    exercise,
    found,
    place,
    problem,
    schedule,
    slot,
    week,
)
from legengine.verify import check_program
from tests.verify.papers import change, document

STRETCH = exercise("stretch", block="cool_down", dose_kind="hold")
BIKE = exercise("bike", block="endurance", dose_kind="duration")
CARRY = exercise("carry", block="trunk", dose_kind="distance")
DOSE = dose(sets_min=1, sets_max=3, reps_min=8, reps=12, rest_s=60, warmup_sets=1, rpe=(6, 8))
THERE = problem(
    SQUAT,
    STRETCH,
    BIKE,
    CARRY,
    weeks=[week(1)],
    slots=(slot(MON, minutes=35), slot(WED)),
    doses=dict.fromkeys(("squat", "stretch", "bike", "carry"), DOSE),
)
PLAN = schedule(f"{MON} squat 2", f"{MON} carry 1", f"{MON} bike 3", f"{MON} stretch 1")
PAPER = document((THERE, PLAN))
SESSION = "phases.0.weeks.0.sessions.0"
SQUAT_LINE, CARRY_LINE, BIKE_LINE, STRETCH_LINE = (
    f"{SESSION}.prescriptions.{number}" for number in range(4)
)


def _paper(changes):
    paper = PAPER
    for path, value in changes.items():
        paper = change(paper, path, value)
    return paper


def _wrong(changes, rule="dose", there=THERE):
    return [each for each in check_program([there], _paper(changes)) if each.rule == rule]


def test_the_document_is_right():
    assert check_program([THERE], PAPER) == ()


class TestSeconds:
    @pytest.mark.parametrize(
        ("path", "value", "seconds"),
        [
            (f"{SQUAT_LINE}.reps", 11, 30 + 2 * 33 + 60),
            (f"{SQUAT_LINE}.rest_s", 59, 30 + 2 * 36 + 59),
            (f"{SQUAT_LINE}.warmup_sets", 1, 30 + 2 * 36 + 60 + 18 + 45),
            (f"{SQUAT_LINE}.sets", 1, 30 + 36),
            (f"{BIKE_LINE}.minutes", 14, 30 + 840),
            (f"{STRETCH_LINE}.hold_s", 19, 30 + 19),
        ],
    )
    def test_a_line_takes_what_its_dose_as_written_takes(self, path, value, seconds):
        wrong = _wrong({path: value}, "time")
        assert wrong[0].required == f"{seconds} s"
        # the session is told as well, and both are right again with the right seconds
        old = PAPER.phases[0].weeks[0].sessions[0].prescriptions[int(path.split(".")[-2])].seconds
        mended = {
            path: value,
            f"{path.rpartition('.')[0]}.seconds": seconds,
            f"{SESSION}.seconds": PAPER.phases[0].weeks[0].sessions[0].seconds + seconds - old,
        }
        assert len(wrong) == 2
        assert _wrong(mended, "time") == []

    def test_the_session_is_the_sum_with_its_frame(self):
        assert [each.where for each in _wrong({f"{SESSION}.seconds": 1}, "time")] == [MON]

    @pytest.mark.parametrize(("minutes", "wrong"), [(29, 0), (28, 1)])
    def test_a_session_fits_its_slot(self, minutes, wrong):
        # 480 + (30 + 72 + 60) + (30 + 30) + (30 + 900) + (30 + 20) + 3 x 20 = 1742 s
        there = problem(
            SQUAT,
            STRETCH,
            BIKE,
            CARRY,
            weeks=[week(1)],
            slots=(slot(MON, minutes=minutes),),
            doses=dict.fromkeys(THERE.doses, DOSE),
        )
        paper = document((there, PLAN))
        assert paper.phases[0].weeks[0].sessions[0].seconds == 1742
        # 29 min are 1740 s: two seconds fewer have to be written
        shorter = {
            f"{STRETCH_LINE}.hold_s": 18,
            f"{STRETCH_LINE}.seconds": 48,
            f"{SESSION}.seconds": 1740,
        }
        for path, value in shorter.items():
            paper = change(paper, path, value)
        assert len(check_program([there], paper)) == wrong

    def test_the_slot_has_the_minutes_that_the_person_gave(self):
        wrong = _wrong({f"{SESSION}.slot_minutes": 36}, "time")
        assert found(wrong) == [(MON, "35 min given", "36 min")]


@pytest.mark.parametrize(
    ("path", "right", "outside"),
    [
        (f"{SQUAT_LINE}.reps", (8, 12), (7, 13, None)),
        (f"{STRETCH_LINE}.hold_s", (1, 20), (0, 21, None)),
        (f"{BIKE_LINE}.minutes", (1, 15), (0, 16, None)),
        (f"{CARRY_LINE}.metres", (1, 20), (0, 21, None)),
        (f"{SQUAT_LINE}.sets", (1, 3), (4,)),
        (f"{SQUAT_LINE}.rest_s", (0, 60), (-1, 61)),
        (f"{SQUAT_LINE}.warmup_sets", (0, 1), (-1, 2)),
        (f"{SQUAT_LINE}.reps_range", (None, (8, 12), (9, 12)), ((7, 12), (8, 13), (8, 11))),
        (f"{SQUAT_LINE}.rir", ((2, 3),), ((1, 3), (2, 4), None)),
        (f"{SQUAT_LINE}.rpe", ((6, 8),), ((6, 7), (5, 8), None)),
        (f"{SQUAT_LINE}.hold_s", (None,), (10,)),
        (f"{STRETCH_LINE}.reps", (None,), (10,)),
    ],
)
def test_the_dose(path, right, outside):
    for value in right:
        assert _wrong({path: value}) == []
    for value in outside:
        assert len(_wrong({path: value})) == 1


def test_a_distance_may_be_left_open():
    there = problem(CARRY, weeks=[week(1)], doses={"carry": dose(metres=0)})
    paper = document((there, schedule(f"{MON} carry")))
    assert len(check_program([there], paper)) == 1, "no metres are not 0 metres"
    path = f"{SESSION}.prescriptions.0.metres"
    assert check_program([there], change(paper, path, None)) == ()


def test_a_range_of_repetitions_holds_those_written():
    assert _wrong({f"{SQUAT_LINE}.reps_range": (8, 10), f"{SQUAT_LINE}.reps": 10}) == []
    assert len(_wrong({f"{SQUAT_LINE}.reps_range": (10, 12), f"{SQUAT_LINE}.reps": 9})) == 1


class TestPercent:
    """Ten repetitions with 2-3 in reserve: 100 / (1 + 12.5 / 30) = 70.6 %, +/- 3.5."""

    def _count(self, percent, **more):
        changes = {f"{SQUAT_LINE}.reps": 10, f"{SQUAT_LINE}.percent_1rm": percent}
        changes |= {f"{SQUAT_LINE}.{name}": value for name, value in more.items()}
        return len([each for each in _wrong(changes) if "1RM" in each.required])

    @pytest.mark.parametrize(
        ("percent", "wrong"), [(67.0, 1), (67.2, 0), (74.0, 0), (74.1, 1), (None, 0)]
    )
    def test_it_fits_repetitions_and_effort(self, percent, wrong):
        assert self._count(percent) == wrong

    def test_without_reserve_it_is_read_from_the_effort(self):
        # effort 6-8 leaves 2-4: 100 / (1 + 13 / 30) = 69.8 %, +/- 4
        assert self._count(73.7, rir=None) == 0
        assert self._count(73.8, rir=None) == 1

    def test_without_any_effort_there_is_nothing_to_compare(self):
        assert self._count(20.0, rir=None, rpe=None) == 0

    def _dosed(self, percent, kind="build", conditions=(), **fields):
        there = problem(
            SQUAT,
            weeks=[week(1, kind=kind)],
            doses={"squat": dose(**fields)},
            eligibility={"conditions": conditions},
        )
        paper = document((there, schedule(f"{MON} squat")))
        return found(check_program([there], change(paper, f"{SQUAT_LINE}.percent_1rm", percent)))

    def test_power_work_is_lighter_on_purpose(self):
        assert self._dosed(50.0, role="power") == []
        assert len(self._dosed(50.0)) == 1

    def test_a_deload_week_may_be_lighter_but_not_heavier(self):
        assert self._dosed(50.0, kind="deload") == []
        assert len(self._dosed(75.0, kind="deload")) == 1

    def test_conditions_cap_it(self):
        sore = condition(percent_1rm_max=70)
        assert self._dosed(70.0, conditions=(sore,)) == []
        assert self._dosed(70.5, conditions=(sore,)) == [
            (f"{MON} squat", "at most 70 % of 1RM (sore)", "70.5 %")
        ]


class TestFacts:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("block", "isolation"),
            ("pattern", "lunge"),
            ("laterality", "each"),
            ("dose_kind", "hold"),
        ],
    )
    def test_they_are_those_of_the_library(self, field, value):
        wrong = _wrong({f"{SQUAT_LINE}.{field}": value}, "structure")
        assert [each.required.split()[0] for each in wrong] == [field]

    def test_blocks_come_in_order(self):
        wrong = _wrong({f"{SESSION}.prescriptions": lambda lines: lines[::-1]}, "structure")
        assert len(wrong) == 3
        assert wrong[0].required == "endurance before cool_down"

    def test_the_order_inside_a_block_is_free(self):
        there = problem(weeks=[week(1)])
        paper = document((there, schedule(f"{MON} bridge", f"{MON} squat")))
        swapped = change(paper, f"{SESSION}.prescriptions", lambda lines: lines[::-1])
        assert check_program([there], swapped) == ()

    def test_the_exercise_is_known(self):
        unknown = {f"{SQUAT_LINE}.exercise": "jump"}
        assert [each.where for each in _wrong(unknown, "structure")] == [f"{MON} jump"]
        assert _wrong(unknown, "time") == [], "what is not known has no seconds"

    def test_the_slot_is_known(self):
        wrong = _wrong({f"{SESSION}.start": dt.datetime(2026, 11, 30, 17)}, "structure")
        assert found(wrong) == [("2026-11-30T17:00", "a slot of the problem", "unknown slot")]

    def test_the_place_is_that_of_the_slot(self):
        wrong = _wrong({f"{SESSION}.place": "gym"}, "equipment")
        assert found(wrong) == [(MON, "at home", "at gym")]


class TestRange:
    def _wrong(self, note="", **caps):
        there = problem(SQUAT, weeks=[week(1)], eligibility={"conditions": (condition(**caps),)})
        paper = document((there, schedule(f"{MON} squat")))
        return found(check_program([there], change(paper, f"{SQUAT_LINE}.range_note", note)))

    def test_a_cap_that_shortens_is_told(self):
        assert self._wrong(knee_flexion_max=90) == []
        assert self._wrong(knee_flexion_max=89) == [
            (
                f"{MON} squat",
                "a note: knee flexion at most 89 degrees",
                "no range note",
            )
        ]
        assert self._wrong("knee no further than 89 degrees", knee_flexion_max=89) == []
        assert len(self._wrong("knee no further than 90 degrees", knee_flexion_max=89)) == 1

    def test_the_hip_too(self):
        assert self._wrong(hip_flexion_max=80) == []
        assert len(self._wrong(hip_flexion_max=79)) == 1


class TestLoad:
    def _wrong(
        self, kg=None, text="", items=("dumbbell",), eligibility=None, rule="load", **fields
    ):
        moving = exercise(**({"resistance": "optional", "equipment": ((), ("dumbbell",))} | fields))
        there = problem(
            moving,
            weeks=[week(1)],
            places={"home": place("dumbbell", "ankle_weight", dumbbell=(4.0, 6.0))},
            eligibility=eligibility,
        )
        paper = document((there, schedule(f"{MON} squat")))
        for name, value in (("load_kg", kg), ("load_text", text), ("equipment", items)):
            paper = change(paper, f"{SQUAT_LINE}.{name}", value)
        return [each.found for each in check_program([there], paper) if rule in (each.rule, None)]

    def test_it_is_one_that_the_place_lists(self):
        assert self._wrong(6.0, rule=None) == []
        assert self._wrong(5.0) == ["5 kg"]

    def test_where_nothing_is_listed_any_load_will_do(self):
        assert self._wrong(5.0, items=("ankle_weight",)) == []

    def test_bodyweight_has_none(self):
        assert self._wrong(4.0, resistance="bodyweight") == ["4 kg"]
        assert self._wrong(text="by feel", resistance="bodyweight") == ["by feel"]
        assert self._wrong(resistance="bodyweight") == []

    def test_a_phase_without_external_load_has_none(self):
        assert self._wrong(4.0, eligibility={"external_load": False}) == ["4 kg"]
        assert self._wrong(eligibility={"external_load": False}) == []

    def test_a_condition_may_forbid_it_on_exercises_that_bear_weight(self):
        sore = {"conditions": (condition(no_external_load=True),)}
        assert self._wrong(4.0, eligibility=sore) == ["4 kg"]
        assert self._wrong(4.0, eligibility=sore, weight_bearing=0) == []
        allowing = {"conditions": (condition(no_external_load=True, allow_exercises=("squat",)),)}
        assert self._wrong(4.0, eligibility=allowing) == []

    def test_the_equipment_is_an_alternative_that_is_usable(self):
        for items in ((), ("dumbbell",), ("ankle_weight",)):
            assert self._wrong(items=items, rule="equipment") == []
        assert self._wrong(items=("barbell",), rule="equipment") == ["barbell"]
        dropped = {"conditions": (condition(drop_equipment=("dumbbell",)),)}
        assert self._wrong(eligibility=dropped, rule="equipment") == ["dumbbell"]
        assert self._wrong(items=(), eligibility=dropped, rule="equipment") == []
