"""What conditions make of a phase: doses, frequency, rest, coverage, volume, required items."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from legengine.domain.exercise import DoseLimits
from legengine.domain.findings import Label
from legengine.domain.problem import Dose, Past, Problem
from legengine.domain.protocol import DoseRow
from legengine.engine import Engine
from legengine.errors import InputError
from legengine.hooks.registry import Registry
from legengine.intake.compile import compile_phase
from legengine.intake.origins import Origins
from legengine.intake.reader import profile_from_data
from legengine.reckoning.condition_doses import keep_within, rows_of, together

TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
LIBRARY = Registry.create().library()
CONDITIONS = {condition.id: condition for condition in LIBRARY.conditions}
EXERCISES = {exercise.id: exercise for exercise in LIBRARY.exercises}
CLEARED = [*CONDITIONS, "stroke", "parkinson", "multiple_sclerosis"]
DATA: dict[str, Any] = {
    "person": {"age": 45, "sex": "female", "mass": "70 kg"},
    "cause": "disuse",
    "goal": "strength",
    "screening": {
        "red_flags": "none",
        "parq_page1": ["other_chronic_condition"],
        "parq_followup": "all_no",
    },
    "clearance": {"by": "physiotherapist", "on": TODAY, "conditions": CLEARED},
    "places": {"gym": {"equipment": ["full_gym", "bed"]}},
    "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 60}],
    "start": START,
    "weeks": 12,
}


@cache
def engine() -> Engine:
    return Engine()


def compiled(phase: int = 0, **fields: Any) -> Problem:
    profile = profile_from_data({**DATA, **fields})
    made = engine().pipeline.open(profile, today=TODAY, start=None).case
    return compile_phase(made, made.plans[phase], Past())


def with_condition(name: str, phase: int = 0, **fields: Any) -> Problem:
    return compiled(phase, conditions=[name], **fields)


def doses(made: Problem, exercise: str = "goblet_squat") -> Dose:
    return made.doses[exercise][0]


# --- dose rows -----------------------------------------------------------------------------------

ROW = DoseRow(
    sets=(3, 4), reps=(8, 12), rir=(1, 3), percent_1rm=(66, 77), rest_s=(90, 150), sources=("S57",)
)


def kept(exercise: str = "goblet_squat", row: DoseRow = ROW, **limits: Any) -> DoseRow:
    fields = DoseLimits(**({"id": "ROW", "sources": ("D",)} | limits))
    return keep_within(row, EXERCISES[exercise], fields, first_loads=False).row


@pytest.mark.parametrize(
    ("limits", "field", "found"),
    [
        ({"sets": (1, 3)}, "sets", (3, 3)),
        ({"sets": (1, 2)}, "sets", (1, 2)),
        ({"reps": (10, 15)}, "reps", (10, 12)),
        ({"reps": (13, 15)}, "reps", (13, 15)),
        ({"percent_1rm": (50, 70)}, "percent_1rm", (66, 70)),
        ({"percent_1rm": (40, 50)}, "percent_1rm", (40, 50)),
        ({"rest_s": (120, 240)}, "rest_s", (120, 150)),
        ({"rest_s": (160, 240)}, "rest_s", (160, 240)),
        ({"rir": (2, 5)}, "rir", (2, 3)),
        ({"rpe": (4, 6)}, "rir", (4, 6)),
        ({"rpe": (4, 7)}, "rir", (3, 3)),
    ],
)
def test_the_phases_row_is_kept_within_and_the_conditions_wins_where_they_part(
    limits: dict[str, Any], field: str, found: tuple[int, int]
) -> None:
    assert getattr(kept(**limits), field) == found


def test_a_condition_never_asks_for_more_effort_than_the_phase() -> None:
    easy = ROW.model_copy(update={"rir": (4, 6)})
    assert kept(row=easy, rir=(1, 3)).rir == (4, 6)


def test_light_loads_leave_the_reserve_open_but_only_where_there_is_a_load() -> None:
    assert kept(percent_1rm=(40, 50)).rir is None
    assert kept("bodyweight_squat", percent_1rm=(40, 50)) == ROW


def test_a_row_is_for_strengthening_work_and_repetitions_not_for_jumps() -> None:
    assert kept("calf_stretch", sets=(1, 1)) == ROW
    assert kept("squat_jump", reps=(20, 30)) == ROW
    assert kept("squat_jump", sets=(1, 1)).sets == (1, 1)


def test_of_rows_that_part_the_lighter_holds() -> None:
    one = DoseLimits(id="A", percent_1rm=(50, 75), reps=(8, 9), rest_s=(10, 20), sources=("D",))
    other = DoseLimits(id="B", percent_1rm=(30, 40), reps=(10, 15), rest_s=(30, 60), sources=("D",))
    for rows in ((one, other), (other, one)):
        both = together(rows)
        assert both is not None
        assert both.percent_1rm == (30, 40)
        assert both.reps == (10, 15)
        assert both.rest_s == (30, 60)


@pytest.mark.parametrize(
    ("known", "rows"),
    [
        ((), {"MS", "STROKE", "PARKINSON"}),
        (("neuro",), {"MS", "STROKE", "PARKINSON"}),
        (("stroke",), {"STROKE"}),
        (("stroke", "parkinson"), {"STROKE", "PARKINSON"}),
    ],
)
def test_a_known_word_chooses_among_the_rows_of_a_condition(
    known: tuple[str, ...], rows: set[str]
) -> None:
    held = rows_of([CONDITIONS["parkinson_ms_stroke_cleared"]], known)
    assert {row.id for row in held} == rows


# --- a compiled phase ----------------------------------------------------------------------------


def test_diabetes_keeps_repetitions_loads_and_days_apart() -> None:
    made = with_condition("diabetes_t2", 1)
    dose = doses(made)
    assert (dose.reps_min, dose.reps) == (10, 15)
    assert dose.percent_1rm == (60, 70)
    assert made.frequency.consecutive_days_max == 1
    assert compiled().frequency.consecutive_days_max == 2
    assert "ADA16" in made.frequency.sources
    assert "repetitions" not in dose.kept_within
    heavy = with_condition("diabetes_t2", 2)
    assert (doses(heavy).reps_min, doses(heavy).reps) == (10, 12)
    assert "10-12 repetitions in place of the phase's 8-12" in doses(heavy).kept_within
    assert "T2DM" in doses(heavy).kept_within
    assert "ADA16" in doses(heavy).sources


def test_stable_heart_disease_trains_twice_a_week_with_few_light_sets() -> None:
    free, made = compiled(), with_condition("cvd_stable_cleared")
    assert free.weeks[0].sessions == (3, 4)
    assert made.weeks[0].sessions == (2, 2)
    assert set(made.rest_hours.values()) == {48}
    assert doses(made, "bodyweight_squat").sets_max == 2
    loaded = doses(with_condition("cvd_stable_cleared", 1))
    assert loaded.percent_1rm is not None
    assert loaded.percent_1rm[1] <= 60
    asked = {row.id: row.at_least for row in made.coverage}
    assert asked["knee_dominant"] == 2
    floors = {group: volume.floor for group, volume in made.weeks[0].volume.items()}
    assert floors["quadriceps"] == 2 * 8


def test_what_a_condition_asks_for_is_told_as_coming_from_it() -> None:
    profile = profile_from_data({**DATA, "conditions": ["frail"]})
    opened = engine().pipeline.open(profile, today=TODAY, start=None).case
    made = compile_phase(opened, opened.plans[0], Past())
    told = Origins(opened, opened.plans[0], made)
    origin = told.of(Label.of("rest_interval", muscle="quadriceps"))
    assert origin.field == "conditions"
    assert "VIVI" in origin.sources
    assert "VIVI" in made.frequency.sources


def test_an_agreed_minimum_still_counts_under_a_condition() -> None:
    made = with_condition("knee_oa", adjust={"sessions": 2})
    assert made.weeks[0].sessions[0] == 2
    assert made.frequency.exposures_of == {"quadriceps": 2}


def test_a_painful_knee_trains_its_quadriceps_three_times_a_week() -> None:
    made = with_condition("knee_oa", 1)
    assert made.frequency.exposures_of == {"quadriceps": 3}
    assert made.weeks[0].sessions == (3, 3)


@pytest.mark.parametrize(("known", "rest"), [("stroke", 120), ("multiple_sclerosis", 120)])
def test_neurological_conditions_rest_longer(known: str, rest: int) -> None:
    screening = {**DATA["screening"], "known_conditions": [known]}
    dose = doses(compiled(screening=screening), "bodyweight_squat")
    assert dose.rest_s >= rest
    assert dose.rest_s > doses(compiled(), "bodyweight_squat").rest_s


def test_multiple_sclerosis_bounds_the_exercises_of_a_session() -> None:
    screening = {**DATA["screening"], "known_conditions": ["multiple_sclerosis"]}
    assert compiled().structure.work_items == (4, 9)
    assert compiled(screening=screening).structure.work_items == (5, 9)


@pytest.mark.parametrize(
    ("tests", "frail"),
    [
        ({"sppb": 6}, True),
        ({"sppb": 7}, False),
        ({"gait_speed_m_s": 0.49}, True),
        ({"gait_speed_m_s": 0.5}, False),
        ({}, False),
    ],
)
def test_slow_walking_and_a_low_battery_are_frailty(tests: dict[str, Any], frail: bool) -> None:
    made = compiled(assessments=tests)
    assert ("frail" in {each.id for each in made.eligibility.conditions}) is frail


def test_frailty_begins_with_the_lightest_loads() -> None:
    first = with_condition("frail", 1)
    later = with_condition("frail", 2)
    assert first.eligibility.first_loads
    assert not later.eligibility.first_loads
    assert doses(first).percent_1rm == (20, 30)
    later_percent = doses(later).percent_1rm
    assert later_percent is not None
    assert later_percent[1] == 77


# --- required items ------------------------------------------------------------------------------

REQUIRED = ("heel_slide", "quad_set", "straight_leg_raise")


def rows_asked(made: Problem) -> set[str]:
    return {id for row in made.coverage for id in row.exercises if id in REQUIRED and row.required}


@pytest.mark.parametrize(
    ("weeks", "asked"), [(None, True), (3, True), (11, True), (12, False), (40, False)]
)
def test_after_a_knee_replacement_three_exercises_belong_in_every_week_until_week_12(
    weeks: int | None, asked: bool
) -> None:
    history = {} if weeks is None else {"weeks_since_event": weeks}
    made = with_condition("knee_replacement", history=history)
    assert rows_asked(made) == (set(REQUIRED) if asked else set())
    assert all((id in made.doses) or not asked for id in REQUIRED)


def test_weeks_are_counted_on_to_later_phases() -> None:
    history = {"weeks_since_event": 8}
    assert rows_asked(with_condition("knee_replacement", 0, history=history))
    assert not rows_asked(with_condition("knee_replacement", 1, history=history))


def test_what_the_place_can_not_hold_is_not_asked_for() -> None:
    bare = {"gym": {"equipment": ["chair", "counter", "wall"]}}
    assert not rows_asked(with_condition("knee_replacement", places=bare))


def test_kneecap_pain_counts_hinges_as_hip_work() -> None:
    made = with_condition("patellofemoral_pain")
    asked = {row.patterns: row.at_least for row in made.coverage if "patellofemoral" in row.id}
    assert asked == {("hip_abduction",): 4, ("hip_extension", "hinge"): 3}


# --- words ---------------------------------------------------------------------------------------


def test_an_unknown_condition_is_an_error_with_the_nearest_words() -> None:
    with pytest.raises(InputError) as caught:
        compiled(conditions=["patelofemoral_pain", "knee_o"])
    text = str(caught.value)
    assert "unknown condition 'patelofemoral_pain'" in text
    assert "patellofemoral_pain" in text.replace("patelofemoral_pain", "", 1)
    assert "knee_oa" in text


def test_an_unknown_tag_is_an_error_with_the_nearest_words() -> None:
    with pytest.raises(InputError) as caught:
        compiled(restrictions={"exclude_tags": ["deep_kne"]})
    assert "unknown tag 'deep_kne'" in str(caught.value)
    assert "deep_knee" in str(caught.value)
