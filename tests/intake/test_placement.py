"""Placement: the global list in its order, each pattern by its test, local deficits, starts."""

from __future__ import annotations

from typing import Any

import pytest

from legengine.assess import report
from legengine.assess.catalogue import catalogue
from legengine.hooks.registry import Registry
from legengine.intake import facts, patterns, placement
from legengine.intake.facts import facts_of
from legengine.intake.placement import ENTRY_LEVEL, Start, place
from tests.assess.people import person

LIBRARY = Registry.create().library()
PROTOCOL = Registry.create().sound_protocol("leg-restoration")
TRAINED = {"trained_weeks": 60}
POST_CAST = {
    "chair_stand_30s": 21,
    "heel_raise": {"left": 27, "right": 6},
    "single_leg_stance_s": {"left": 45, "right": 14},
}


def placed(age: int = 45, **changes: Any) -> Start:
    profile = person(age, **changes)
    return place(profile, facts_of(profile))


def measured(age: int = 45, sex: str = "male", **tests: Any) -> Start:
    return placed(age, sex=sex, assessments=tests)


def cleared(**fields: Any) -> dict[str, Any]:
    return {"by": "surgeon", "on": "2026-11-20", **fields}


# --- the global list -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "entry", "level", "said"),
    [
        ({"clearance": cleared(protected=True)}, "protected", 1, "protected phase"),
        ({"clearance": cleared(weight_bearing="PWB")}, "protected", 1, "limits weight bearing"),
        ({"clearance": cleared(weight_bearing="TTWB")}, "protected", 1, "limits weight bearing"),
        ({"clearance": cleared(weight_bearing="NWB")}, "protected", 1, "limits weight bearing"),
        ({"clearance": cleared(weight_bearing="WBAT")}, "foundation", 2, "not been passed"),
        ({"conditions": ["weight_bearing_pwb"]}, "protected", 1, "a condition limits"),
        ({"conditions": ["weight_bearing_wbat"]}, "foundation", 2, "not been passed"),
        ({"pain": {"knee": {"worst": 5, "rest": 4}}}, "protected", 1, "pain at rest"),
        ({"pain": {"knee": {"worst": 5, "rest": 3}}}, "foundation", 2, "not been passed"),
        ({"assessments": {"chair_stands_hands_reps": 4}}, "protected", 1, "stands with"),
        ({"assessments": {"chair_stands_hands_reps": 5}}, "foundation", 2, "not been passed"),
        ({"assessments": {"sppb": 6}}, "foundation", 1, "SPPB gives 6"),
        ({"assessments": {"gait_speed_m_s": 0.49}}, "foundation", 1, "0.49 m/s"),
        ({"assessments": {"gait_speed_m_s": 0.5}}, "foundation", 2, "not been passed"),
        ({"age": 60, "assessments": {"sppb": 9}}, "foundation", 2, "SPPB of 9"),
        ({"age": 60, "assessments": {"chair_stand_30s": 13}}, "foundation", 2, "below 14"),
        ({"age": 60, "assessments": {"chair_stand_30s": 14}}, "foundation", 2, "not been passed"),
        ({"age": 60, "assessments": {"timed_up_and_go_s": 12}}, "foundation", 2, "up and go"),
        ({"age": 60, "assessments": {"tandem_stance_s": 9.9}}, "foundation", 2, "tandem"),
        ({"assessments": {"chair_squat_reps": 14}}, "foundation", 2, "14 chair squats"),
        ({"assessments": {"sit_to_stand_1min": 33}}, "foundation", 2, "lowest quarter"),
        ({"history": {"weeks_inactive": 4}}, "foundation", 2, "4 weeks without"),
        ({"assessments": {"foundation_exit": "pass"}}, "introduction", 3, "new to loads"),
        (
            {"assessments": {"foundation_exit": "pass"}, "experience": {"trained_weeks": 8}},
            "goal", 4, "8 or more weeks",
        ),
        (
            {
                "goal": "power",
                "assessments": {"foundation_exit": "pass", "strength_exit": "pass"},
                "experience": TRAINED,
            },
            "power", 5, "strength phase's exit",
        ),
        (
            {
                "goal": "strength",
                "assessments": {"foundation_exit": "pass", "strength_exit": "pass"},
                "experience": TRAINED,
            },
            "goal", 4, "8 or more weeks",
        ),
        ({"assessments": {"foundation_exit": "not_passed"}}, "foundation", 2, "not been passed"),
    ],
)  # fmt: skip
def test_the_global_rules(changes: dict[str, Any], entry: str, level: int, said: str) -> None:
    start = placed(**changes)
    assert (start.entry, start.level) == (entry, level)
    assert said in start.reasons[0].text
    assert start.reasons[0].text.startswith(f"Level {level}:")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"clearance": cleared(protected=True), "assessments": {"sppb": 3}}, "protected"),
        ({"age": 80, "assessments": {"sppb": 5, "timed_up_and_go_s": 15}}, "SPPB gives 5"),
        (
            {"age": 70, "assessments": {"chair_stand_30s": 3, "foundation_exit": "pass"}},
            "3 chair stands",
        ),
        (
            {"history": {"weeks_inactive": 9}, "assessments": {"foundation_exit": "pass"}},
            "9 weeks without",
        ),
        (
            {"history": {"weeks_inactive": 9}, "assessments": POST_CAST, "experience": TRAINED},
            "9 weeks without",
        ),
    ],
)
def test_the_first_rule_that_holds_decides(changes: dict[str, Any], said: str) -> None:
    assert said in placed(**changes).reasons[0].text


def test_frailty_asks_for_someone_beside() -> None:
    start = measured(80, sppb=6)
    assert start.frail
    assert any("someone beside you" in reason.text for reason in start.reasons)
    assert not measured(80, sppb=7).frail
    walk = {"side_by_side_s": 10, "semi_tandem_s": 10, "tandem_s": 10, "five_stands_s": 10}
    assert measured(80, sppb={**walk, "gait_4m_s": 9}).frail  # 0.44 m/s, although 9 points
    assert not measured(80, sppb={**walk, "gait_4m_s": 4}).frail


def test_all_that_fails_in_an_older_person_is_told() -> None:
    text = measured(70, chair_stand_30s=9, timed_up_and_go_s=14).reasons[0].text
    assert "9 chair stands" in text
    assert "timed up and go" in text


# --- patterns ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "tests", "pattern", "level", "begins"),
    [
        (45, {"chair_stand_30s": 0}, "squat", 1, "sts_high_hands"),
        (45, {"chair_stand_30s": 4}, "squat", 1, "chair_squat_high"),
        (45, {"chair_stand_30s": 5}, "squat", 2, "chair_squat"),
        (45, {"chair_stand_30s": 14}, "squat", 2, "chair_squat"),
        (45, {"chair_stand_30s": 15}, "squat", 2, "bodyweight_squat"),
        (72, {"chair_stand_30s": 11}, "squat", 2, "chair_squat"),
        (72, {"chair_stand_30s": 12}, "squat", 2, "bodyweight_squat"),
        (45, {"chair_stand_30s": 20, "bodyweight_squat_reps": 15}, "squat", 3, "goblet_squat"),
        (45, {"chair_stand_30s": 20, "bodyweight_squat_reps": 14}, "squat", 2, "bodyweight_squat"),
        (45, {"single_leg_stance_s": (4.9, 9)}, "lunge", 1, "step_up_low"),
        (45, {"single_leg_stance_s": (5, 9)}, "lunge", 2, "split_squat_supported"),
        (45, {"single_leg_stance_s": (20, 30)}, "lunge", 3, "step_up"),
        (45, {"single_leg_stance_s": (9, 9)}, "balance", 2, "single_leg_balance_supported"),
        (45, {"single_leg_stance_s": (10, 45)}, "balance", 2, "single_leg_balance"),
        (45, {"single_leg_stance_s": (30, 45)}, "balance", 3, "single_leg_balance_arms"),
        (45, {"tandem_stance_s": 9}, "balance", 1, "semi_tandem_stance"),
        (45, {"tandem_stance_s": 9, "single_leg_stance_s": (12, 12)}, "balance", 1,
         "semi_tandem_stance"),
        (45, {"heel_raise": (0, 9)}, "plantarflexion", 1, "calf_raise_supported"),
        (45, {"heel_raise": (1, 30)}, "plantarflexion", 2, "calf_raise_bw"),
        (45, {"heel_raise": (11, 30)}, "plantarflexion", 2, "calf_raise_bw"),
        (45, {"heel_raise": (12, 30)}, "plantarflexion", 3, "calf_raise_step"),
        (45, {"heel_raise": (19, 30)}, "plantarflexion", 3, "calf_raise_step"),
        (45, {"heel_raise": (20, 30)}, "plantarflexion", 3, "calf_raise_single"),
        (45, {"glute_bridge_reps": 9}, "hip_extension", 1, "glute_bridge"),
        (45, {"glute_bridge_reps": 15}, "hip_extension", 3, "single_leg_bridge"),
        (45, {}, "hinge", 1, "hip_hinge_drill"),
    ],
)  # fmt: skip
def test_each_pattern_has_its_own_level_and_beginning(
    age: int, tests: dict[str, Any], pattern: str, level: int, begins: str
) -> None:
    given = {
        name: {"left": value[0], "right": value[1]} if isinstance(value, tuple) else value
        for name, value in tests.items()
    }
    start = measured(age, **given)
    assert start.patterns[pattern] == level
    assert start.starts[pattern] == begins


@pytest.mark.parametrize(
    ("age", "sex", "raises", "begins"),
    [
        (45, "female", 9, "calf_raise_bw"),
        (45, "female", 10, "calf_raise_step"),  # 0.4 of 25
        (85, "male", 7, "calf_raise_step"),  # 0.7 of 10
        (85, "male", 8, "calf_raise_single"),
    ],
)
def test_the_shares_of_the_norm_are_exact(age: int, sex: str, raises: int, begins: str) -> None:
    start = measured(age, sex, heel_raise={"left": raises, "right": raises})
    assert start.starts["plantarflexion"] == begins


def test_what_a_pattern_begins_with_exists_at_its_level_and_in_the_foundation() -> None:
    known = {exercise.id: exercise for exercise in LIBRARY.exercises}
    for stands in (0, 4, 10, 20):
        for seconds in (2, 9, 15, 45):
            for raises in (0, 5, 15, 30):
                for bridges in (5, 12, 20):
                    start = measured(
                        chair_stand_30s=stands,
                        single_leg_stance_s={"left": seconds, "right": seconds},
                        heel_raise={"left": raises, "right": raises},
                        glute_bridge_reps=bridges,
                    )
                    for pattern, exercise in start.starts.items():
                        assert known[exercise].pattern == pattern
                        assert known[exercise].level == start.patterns[pattern]
                        assert "foundation" in known[exercise].phases


def test_the_weaker_side_sets_the_level_for_both() -> None:
    uneven = measured(heel_raise={"left": 6, "right": 27})
    (why,) = (r.text for r in uneven.reasons if "Calf" in r.text)
    assert uneven.patterns["plantarflexion"] == 2
    assert "the left side sets the level for both (limb symmetry 22 %)" in why
    even = measured(heel_raise={"left": 27, "right": 30})
    assert not any("sets the level" in reason.text for reason in even.reasons)
    limit = measured(heel_raise={"left": 27, "right": 24})  # 89 %
    assert any("the right side sets the level" in reason.text for reason in limit.reasons)


def test_every_reason_names_sources_that_are_cited() -> None:
    cited = {**catalogue().sources, **LIBRARY.sources, **PROTOCOL.sources}
    cited |= {"m:NSCA19b": ""}  # checked below
    for start in (
        measured(80, sppb=5, chair_stand_30s=3, single_leg_stance_s={"left": 3, "right": 9}),
        placed(assessments={**POST_CAST, "glute_bridge_reps": 12}, experience=TRAINED),
        placed(clearance=cleared(weight_bearing="NWB")),
        measured(70, timed_up_and_go_s=15, heel_raise={"left": 3, "right": 3}),
    ):
        for reason in start.reasons:
            assert reason.sources
            assert set(reason.sources) <= cited.keys(), reason
    assert "m:NSCA19b" in {**LIBRARY.sources, **PROTOCOL.sources}


# --- local deficits ------------------------------------------------------------------------


def test_a_casted_ankle_leaves_the_rest_of_the_body_on_loads() -> None:
    start = placed(assessments=POST_CAST, experience=TRAINED)
    assert (start.entry, start.level) == ("introduction", 3)
    assert "only the right leg is behind" in start.reasons[0].text
    assert start.stages == {"balance": "foundation", "plantarflexion": "foundation"}
    assert (start.patterns["balance"], start.patterns["plantarflexion"]) == (2, 2)
    assert sum("exercises of the foundation only" in r.text for r in start.reasons) == 2


def test_one_pattern_may_be_behind_on_both_sides() -> None:
    tests = {**POST_CAST, "heel_raise": {"left": 6, "right": 6}}
    tests["single_leg_stance_s"] = {"left": 45, "right": 45}
    start = placed(assessments=tests, experience=TRAINED)
    assert start.stages == {"plantarflexion": "foundation"}
    assert "every test that fails is of the calves" in start.reasons[0].text


@pytest.mark.parametrize(
    "changes",
    [
        {"experience": {"trained_weeks": 7}},
        {"pain": {"ankle": {"worst": 4}}},
        {"assessments": {**POST_CAST, "chair_stand_30s": 14}},
        {"assessments": {**POST_CAST, "glute_bridge_reps": 14}},
        {"assessments": {**POST_CAST, "single_leg_stance_s": {"left": 14, "right": 45}}},
        {"assessments": {**POST_CAST, "foundation_exit": "not_passed"}},
        {"assessments": {key: POST_CAST[key] for key in ("chair_stand_30s", "heel_raise")}},
        {
            "assessments": {
                **POST_CAST,
                "heel_raise": {"left": 27, "right": 27},
                "single_leg_stance_s": {"left": 45, "right": 45},
            }
        },
    ],
    ids=str,
)
def test_what_is_not_local_starts_with_the_foundation(changes: dict[str, Any]) -> None:
    start = placed(**{"assessments": POST_CAST, "experience": TRAINED, **changes})
    assert start.entry == "foundation"
    assert not start.stages


def test_limits_are_those_of_the_tests() -> None:
    tests = {test.id: [mark.value for mark in test.marks] for test in catalogue().tests}
    assert placement.FRAIL_SPPB in tests["sppb"]
    assert placement.OLDER_SPPB in tests["sppb"]
    assert tests["gait_speed_m_s"][0] == placement.FRAIL_SPEED
    assert placement.OLDER_TUG_S == facts.TUG_FLAG_S == tests["timed_up_and_go_s"][1]
    assert [facts.TANDEM_FLAG_S] == tests["tandem_stance_s"] == tests["four_stage_balance"]
    assert placement.OLDER_TANDEM_S == patterns.TANDEM_S == facts.TANDEM_FLAG_S
    assert tests["single_leg_stance_s"][1] == facts.STANCE_FLAG_S_FROM_50
    assert placement.OLDER_AGE == report.OLDER
    assert placement.FRAIL_SPPB == report.FRAIL_SPPB


def test_levels_of_the_entries_rise() -> None:
    assert list(ENTRY_LEVEL.values()) == [1, 2, 3, 4, 5]
