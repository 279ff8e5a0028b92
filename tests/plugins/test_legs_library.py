"""The built-in leg library: complete, consistent, and closed where its conditions say so."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml

from legengine.domain.exercise import Condition, Exercise, LibraryData
from legengine.domain.facts import FACTS
from legengine.domain.vocabulary import IMPACTS, MUSCLES

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "plugins" / "legengine_legs" / "data"
SHARED = Path(os.environ.get("LEGENGINE_SHARED", ROOT.parent / "shared"))
EVIDENCE = SHARED / "design" / "evidence.md"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


EXERCISE_FILES = sorted((DATA / "exercises").glob("*.json"))
LIBRARY = LibraryData.model_validate(
    {
        "exercises": [entry for path in EXERCISE_FILES for entry in read(path)],
        "gates": read(DATA / "gates.json"),
        "conditions": read(DATA / "conditions.json"),
        **read(DATA / "vocabulary.json"),
    }
)
EXERCISES = {exercise.id: exercise for exercise in LIBRARY.exercises}
CONDITIONS = {condition.id: condition for condition in LIBRARY.conditions}

# The rows of the seed inventory that name an exercise.
SEED_ROWS: dict[str, str] = {
    "S40": "glute_bridge",
    "S41": "wall_sit",
    "S42": "calf_raise_bw",
    "S43": "bird_dog",
    "S44": "standing_march",
    "S45": "single_leg_balance",
    "S46": "single_leg_balance_eyes_closed",
    "S47": "single_leg_balance_arms",
    "S48": "chair_squat",
    "S61": "barbell_squat",
    "S62": "db_squat",
    "S63": "goblet_squat",
    "S64": "bodyweight_squat",
    "S65": "lunge_forward",
    "S66": "lunge_reverse",
    "S67": "lunge_walking",
    "S68": "deadlift_conventional",
    "S69": "rdl_db rdl_barbell",
    "S70": "deadlift_sumo",
    "S72": "leg_press",
    "S73": "step_up",
    "S74": "leg_curl_machine",
    "S75": "ball_curl",
    "S76": "leg_extension",
    "S77": "calf_raise_db",
    "S78": "calf_raise_machine",
    "S79": "kickback_cable",
    "S80": "kickback_machine",
    "S81": "hip_abd_cable",
    "S82": "hip_abd_machine",
    "S88": "pistol_squat",
    "S89": "single_leg_rdl",
    "S90": "box_jump",
    "S91": "broad_jump",
    "S94": "leg_swings",
    "S95": "hip_circles",
    "S96": "deep_squat_hold",
    "S97": "ankle_df_stretch",
    "S100": "static_hamstring_stretch",
    "S101": "static_hip_flexor_stretch",
    "S103": "walking",
    "S104": "cycling",
    "S105": "swimming",
    "S119": "foam_rolling",
}

# Which exercises a condition closes: golden lists of the evidence base.
EXCLUDED: dict[str, str] = {
    "acute_knee_flexion_pain_4_5_cap60": """
        pistol_squat deadlift_conventional deadlift_sumo reverse_nordic ball_curl ankle_hops
        squat_jump box_jump broad_jump single_leg_hop deep_squat_hold quad_stretch
    """,
    "hip_replacement_posterior_strict_cap90": """
        chair_squat_hands chair_squat bodyweight_squat leg_press leg_press_single
        goblet_squat db_squat barbell_squat front_squat hack_squat single_leg_box_squat
        pistol_squat chair_squat_fast lunge_walking lunge_lateral step_up_loaded rdl_barbell
        deadlift_conventional reverse_nordic hip_abd_machine side_lying_add
        adduction_machine copenhagen_long seated_march dead_bug broad_jump leg_swings
        hip_circles deep_squat_hold hip_flexor_stretch_edge quad_stretch cycling
        recumbent_stepper
    """,
    "osteoporosis_vertebral_fracture": """
        barbell_squat front_squat hack_squat deadlift_conventional deadlift_sumo
        single_leg_rdl back_extension_45 ankle_hops squat_jump box_jump broad_jump
        single_leg_hop
    """,
    "balance_impairment": """
        barbell_squat front_squat single_leg_box_squat pistol_squat lunge_reverse
        lunge_forward lunge_walking lunge_lateral bulgarian_split_squat step_up_loaded
        rdl_barbell deadlift_conventional deadlift_sumo single_leg_rdl march_banded
        single_leg_balance_arms single_leg_balance_eyes_closed single_leg_balance_foam
        heel_walk toe_walk backward_walk four_square_step star_reach box_jump single_leg_hop
    """,
    "cannot_floor_transfer_no_bed": """
        glute_bridge single_leg_bridge long_lever_bridge prone_hip_ext kickback_quad
        straight_leg_raise reverse_nordic prone_curl_band ball_curl slider_curl
        nordic_assisted nordic clamshell clamshell_band side_lying_abd side_lying_add
        copenhagen_short copenhagen_long bird_dog_leg_only bird_dog dead_bug plank
        side_plank_knees static_hip_flexor_stretch foam_rolling
    """,
    "neuropathy_feet": """
        calf_raise_step calf_raise_single calf_raise_db calf_raise_machine
        calf_raise_single_loaded single_leg_balance_eyes_closed single_leg_balance_foam
        toe_walk snap_down heel_drop_stamp ankle_hops squat_jump box_jump broad_jump
        single_leg_hop
    """,
    "novice_uncoached": """
        barbell_squat front_squat deadlift_conventional deadlift_sumo rdl_barbell
    """,
}

# Which exercises stay open on the affected side, endurance work aside; each adds to the last.
WEIGHT_BEARING: dict[str, str] = {
    "NWB_allowed": """
        prone_hip_ext quad_set straight_leg_raise short_arc_quad seated_knee_ext
        leg_extension prone_curl_band leg_curl_machine ankle_pumps seated_toe_raise
        band_dorsiflexion ankle_eversion_band clamshell clamshell_band side_lying_abd
        hip_abd_machine adductor_squeeze side_lying_add adduction_machine seated_march
        dead_bug side_plank_knees static_hamstring_stretch hip_flexor_stretch_edge
        heel_slide foam_rolling
    """,
    "TTWB_adds": """
        seated_heel_raise
    """,
    "PWB_adds": """
        sts_high_hands chair_squat_hands chair_squat_high chair_squat mini_squat_supported
        wall_slide wall_sit_45 wall_sit bodyweight_squat leg_press hip_hinge_drill
        glute_bridge hip_thrust_bw calf_raise_supported calf_raise_bw calf_raise_bent
        tib_raise_wall stand_side_by_side ankle_df_stretch calf_stretch
    """,
}

# --- the rules, in few words -------------------------------------------------------------------


def over(cap: int | None, angle: int, exercise: Exercise, strict: bool) -> bool:
    """Whether a cap closes an exercise: a shorter range helps down to half of the angle."""
    if cap is None or angle <= cap:
        return False
    return strict or not exercise.range_adjustable or cap < 0.5 * angle


def is_open(
    exercise: Exercise,
    condition: Condition,
    *,
    pain: int | None = None,
    without: Iterable[str] = (),
) -> bool:
    if exercise.id in condition.exclude_exercises:
        return False
    gone = {*condition.drop_equipment, *without}
    ways = [set(way) for way in exercise.equipment if not gone & set(way)]
    allowed = exercise.id in condition.allow_exercises
    if not allowed and set(exercise.tags) & set(condition.exclude_tags):
        waivers = {*condition.waived_by_equipment, *condition.waived_by_support}
        ways = [way for way in ways if way & waivers]
    knee_caps = [condition.knee_flexion_max]
    if exercise.weight_bearing > 0:
        knee_caps.append(condition.knee_flexion_max_weight_bearing)
    if (by_pain := condition.knee_flexion_max_by_pain) and pain is not None:
        low, middle, high = by_pain.pain_0_3, by_pain.pain_4_5, by_pain.pain_6_10
        knee_caps.append(low if pain <= 3 else middle if pain <= 5 else high)
    level_max = condition.level_max or 5
    axial_max = condition.axial_level_max or 5
    impact_max = condition.impact_max or "high"
    mass_max = condition.weight_bearing_max
    return (
        bool(ways)
        and exercise.position not in condition.exclude_positions
        and not any(over(c, exercise.knee_flexion, exercise, condition.strict) for c in knee_caps)
        and not over(condition.hip_flexion_max, exercise.hip_flexion, exercise, condition.strict)
        and (mass_max is None or exercise.weight_bearing <= mass_max)
        and exercise.level <= level_max
        and ("axial_load" not in exercise.tags or exercise.level <= axial_max)
        and IMPACTS.index(exercise.impact) <= IMPACTS.index(impact_max)
        and (
            allowed
            or not condition.no_external_load
            or exercise.resistance != "external"
            or exercise.weight_bearing == 0
        )
    )


def closed(condition: str, **context: Any) -> set[str]:
    """Return what a condition closes among the exercises whose equipment is there anyway."""
    gone = set(context.get("without", ()))
    return {
        exercise.id
        for exercise in LIBRARY.exercises
        if any(not gone & set(way) for way in exercise.equipment)
        and not is_open(exercise, CONDITIONS[condition], **context)
    }


# --- the catalogue -----------------------------------------------------------------------------


def test_there_are_enough_exercises_and_every_id_is_used_once() -> None:
    ids = [exercise.id for exercise in LIBRARY.exercises]
    assert len(ids) >= 120
    assert len(ids) == len(set(ids))
    assert len({exercise.name for exercise in LIBRARY.exercises}) == len(ids)


def test_each_file_holds_one_pattern_and_every_pattern_has_one() -> None:
    for path in EXERCISE_FILES:
        assert {entry["pattern"] for entry in read(path)} == {path.stem}
    assert len(EXERCISE_FILES) == 16


def test_links_resolve_have_no_cycle_and_never_lead_to_a_lower_level() -> None:
    graph = {exercise.id: exercise.progressions for exercise in LIBRARY.exercises}
    for source, targets in graph.items():
        assert len(targets) == len(set(targets))
        for target in targets:
            assert target in EXERCISES, f"{source} -> {target}"
            assert EXERCISES[target].level >= EXERCISES[source].level, f"{source} -> {target}"
    tuple(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("row", SEED_ROWS)
def test_every_exercise_of_the_seed_is_there(row: str) -> None:
    named = {exercise.id for exercise in LIBRARY.exercises if row in exercise.sources}
    assert named == set(SEED_ROWS[row].split())


def test_a_record_is_dosed_in_one_way() -> None:
    for exercise in LIBRARY.exercises:
        timed = exercise.dose_kind in ("hold", "duration")
        assert (exercise.hold_seconds > 0) is timed, exercise.id
        assert (exercise.seconds_per_rep > 0) is not timed, exercise.id


def test_every_exercise_is_open_in_some_phase_and_works_a_muscle() -> None:
    for exercise in LIBRARY.exercises:
        assert exercise.phases, exercise.id
        assert exercise.primary, exercise.id
        assert {*exercise.primary, *exercise.secondary} <= set(MUSCLES), exercise.id


def test_a_machine_that_stands_in_is_an_easy_machine() -> None:
    stand_ins = [exercise for exercise in LIBRARY.exercises if exercise.machine_substitute]
    assert stand_ins
    for exercise in stand_ins:
        assert exercise.level <= 2
        assert exercise.resistance == "external"
        assert all("machine" in item for way in exercise.equipment for item in way)


@pytest.mark.parametrize("tag", ["impact_low", "impact_mod", "impact_high"])
def test_impact_tags_say_what_the_impact_class_says(tag: str) -> None:
    impact = {"impact_low": "low", "impact_mod": "moderate", "impact_high": "high"}[tag]
    for exercise in LIBRARY.exercises:
        if tag in exercise.tags:
            assert exercise.impact == impact, exercise.id
        elif exercise.pattern != "endurance":
            assert exercise.impact != impact, exercise.id


# --- words -------------------------------------------------------------------------------------


def sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?:\s|$)", text))


@pytest.mark.parametrize("exercise", LIBRARY.exercises, ids=lambda exercise: exercise.id)
def test_instruction_and_cues_are_real(exercise: Exercise) -> None:
    assert 110 <= len(exercise.instruction) <= 480
    assert 2 <= sentences(exercise.instruction) <= 4
    assert exercise.instruction[0].isupper()
    assert exercise.instruction.endswith(".")
    assert 2 <= len(exercise.cues) <= 4
    assert len(set(exercise.cues)) == len(exercise.cues)
    assert all(1 < len(cue.split()) < 8 for cue in exercise.cues)
    assert any(re.search("feel|squeeze|tighten", cue, re.IGNORECASE) for cue in exercise.cues)
    assert (exercise.instruction + "".join(exercise.cues)).isascii()


def test_no_instruction_is_used_twice() -> None:
    texts = [exercise.instruction for exercise in LIBRARY.exercises]
    assert len(texts) == len(set(texts))


def test_numbers_in_an_instruction_come_from_the_record() -> None:
    for exercise in LIBRARY.exercises:
        known = set(re.findall(r"\d+", exercise.name))
        known |= {str(exercise.knee_flexion), str(exercise.hip_flexion)}
        said = set(re.findall(r"\d+", exercise.instruction + " ".join(exercise.cues)))
        assert said <= known, f"{exercise.id}: {sorted(said - known)}"


# --- vocabulary --------------------------------------------------------------------------------


def test_tags_are_explained_and_none_is_spare() -> None:
    used = {tag for exercise in LIBRARY.exercises for tag in exercise.tags}
    named = {tag for condition in LIBRARY.conditions for tag in condition.exclude_tags}
    assert used | named <= set(LIBRARY.tags)
    reserved = {"spine_flex_load", "spine_rot_load"}
    assert set(LIBRARY.tags) - used == reserved


def test_equipment_is_explained_and_none_is_spare() -> None:
    used = {item for exercise in LIBRARY.exercises for way in exercise.equipment for item in way}
    assert used <= set(LIBRARY.equipment)
    assert set(LIBRARY.equipment) == used
    for condition in LIBRARY.conditions:
        for items in (
            condition.drop_equipment,
            condition.waived_by_equipment,
            condition.waived_by_support,
        ):
            assert set(items) <= used, condition.id


def test_sets_of_equipment_hold_known_items() -> None:
    for name, items in LIBRARY.equipment_sets.items():
        assert name not in LIBRARY.equipment
        assert len(items) == len(set(items)), name
        assert set(items) <= set(LIBRARY.equipment), name
    assert LIBRARY.equipment_sets["home_basics"] == ("chair", "wall", "counter", "mat")


def test_a_full_gym_is_enough_for_all_that_is_lifted_there() -> None:
    gym = set(LIBRARY.equipment_sets["full_gym"])
    elsewhere = {
        exercise.id
        for exercise in LIBRARY.exercises
        if not any(set(way) <= gym for way in exercise.equipment)
    }
    assert elsewhere == {
        "chair_squat_hands",
        "hip_flexor_stretch_edge",
        "stair_climbing",
        "swimming",
        "water_walking",
    }


def test_sources_are_known_and_none_is_spare() -> None:
    cited = [record.sources for record in LIBRARY.exercises]
    cited += [record.sources for record in LIBRARY.gates]
    cited += [record.sources for record in LIBRARY.conditions]
    assert all(cited)
    used = {key for keys in cited for key in keys}
    assert used == set(LIBRARY.sources)
    for key, citation in LIBRARY.sources.items():
        if re.fullmatch(r"S\d+", key):
            assert citation.startswith(f"seed inventory row {key}: ")
        elif key != "D":
            assert "https://" in citation or "citation:" in citation, key


# --- gates -------------------------------------------------------------------------------------


def test_gates_ask_for_facts_and_guard_exercises() -> None:
    ids = [gate.id for gate in LIBRARY.gates]
    assert len(ids) == len(set(ids))
    for gate in LIBRARY.gates:
        assert gate.opens, gate.id
        assert set(gate.opens) <= set(EXERCISES), gate.id
        assert gate.needs, gate.id
        for need in gate.needs:
            assert need.fact in FACTS, f"{gate.id}: {need.fact}"
            assert (need.at_least is None) is not (need.at_most is None), f"{gate.id}: {need.fact}"
            assert need.text
            assert need.text not in FACTS


def test_what_a_gate_guards_is_never_a_first_exercise() -> None:
    guarded = {exercise for gate in LIBRARY.gates for exercise in gate.opens}
    for name in guarded:
        assert EXERCISES[name].level >= 3, name
        assert "protected" not in EXERCISES[name].phases, name
    starters = {"glute_bridge", "wall_sit", "calf_raise_bw", "bird_dog", "chair_squat"}
    ordinary = {"bodyweight_squat", "goblet_squat", "split_squat", "lunge_reverse", "step_up"}
    assert not guarded & (starters | ordinary)


def test_all_jumps_are_behind_a_gate() -> None:
    guarded = {exercise for gate in LIBRARY.gates for exercise in gate.opens}
    jumps = {exercise.id for exercise in LIBRARY.exercises if exercise.pattern == "plyometric"}
    assert jumps - guarded == {"heel_drop_stamp"}


def test_long_jumps_ask_for_at_least_what_small_ones_ask_for() -> None:
    gates = {gate.id: {need.fact: need for need in gate.needs} for gate in LIBRARY.gates}
    for fact, need in gates["plyo"].items():
        harder = gates["plyo2"][fact]
        if need.at_least is not None:
            assert harder.at_least is not None
            assert harder.at_least >= need.at_least
        else:
            assert harder.at_most == need.at_most


# --- conditions --------------------------------------------------------------------------------


def test_conditions_name_exercises_and_tags_that_exist() -> None:
    ids = [condition.id for condition in LIBRARY.conditions]
    assert len(ids) == len(set(ids))
    positions = {exercise.position for exercise in LIBRARY.exercises}
    for condition in LIBRARY.conditions:
        named = (
            *condition.exclude_exercises,
            *condition.allow_exercises,
            *condition.prefer,
        )
        assert set(named) <= set(EXERCISES), condition.id
        assert set(condition.exclude_tags) <= set(LIBRARY.tags), condition.id
        assert set(condition.exclude_positions) <= positions, condition.id
        assert condition.summary.endswith("."), condition.id


def test_a_condition_does_not_prefer_what_it_closes() -> None:
    for condition in LIBRARY.conditions:
        for name in condition.prefer:
            assert is_open(EXERCISES[name], condition), f"{condition.id}: {name}"


ORACLES: dict[str, Callable[[], set[str]]] = {
    "acute_knee_flexion_pain_4_5_cap60": lambda: closed("acute_knee_flexion_pain", pain=5),
    "hip_replacement_posterior_strict_cap90": lambda: closed("hip_replacement_posterior"),
    "osteoporosis_vertebral_fracture": lambda: closed("osteoporosis_vertebral_fracture"),
    "balance_impairment": lambda: closed("balance_impairment"),
    "cannot_floor_transfer_no_bed": lambda: closed("cannot_floor_transfer", without=["bed"]),
    "neuropathy_feet": lambda: closed("neuropathy_feet"),
    "novice_uncoached": lambda: closed("novice_uncoached"),
}


@pytest.mark.parametrize("case", EXCLUDED)
def test_a_condition_closes_exactly_what_the_rules_close(case: str) -> None:
    assert ORACLES[case]() == set(EXCLUDED[case].split())


def test_a_bed_opens_floor_exercises_again() -> None:
    opened = closed("cannot_floor_transfer", without=["bed"]) - closed("cannot_floor_transfer")
    assert "glute_bridge" in opened
    assert "plank" not in opened


@pytest.mark.parametrize("grade", ["nwb", "ttwb", "pwb"])
def test_weight_bearing_opens_exactly_what_the_rules_open(grade: str) -> None:
    grades = {"nwb": 1, "ttwb": 2, "pwb": 3}[grade]
    expected = {name for text in list(WEIGHT_BEARING.values())[:grades] for name in text.split()}
    strength = {e.id for e in LIBRARY.exercises if e.pattern != "endurance"}
    assert strength - closed(f"weight_bearing_{grade}") == expected


def test_weight_as_tolerated_closes_only_jumps() -> None:
    jumps = {exercise.id for exercise in LIBRARY.exercises if exercise.weight_bearing > 100}
    assert closed("weight_bearing_wbat") == jumps


def test_more_pain_never_opens_an_exercise() -> None:
    low, middle, high = (closed("acute_knee_flexion_pain", pain=pain) for pain in (3, 5, 6))
    assert low < middle < high


def test_the_kneecap_condition_caps_the_closed_chain_only() -> None:
    out = closed("patellofemoral_pain")
    assert not out & {"leg_extension", "seated_knee_ext", "leg_curl_machine"}
    assert {"pistol_squat", "deadlift_conventional", "ball_curl", "squat_jump"} <= out
    condition = CONDITIONS["patellofemoral_pain"]
    assert condition.open_chain_knee_extension_range == (90, 45)
    asked = {need.patterns: need.at_least for need in condition.weekly_at_least}
    assert asked == {("hip_abduction",): 4, ("hip_extension", "hinge"): 3}


# --- against the evidence that the data was lifted from ----------------------------------------

PATTERNS = {
    "hip_ext": "hip_extension",
    "knee_ext": "knee_extension",
    "knee_flex": "knee_flexion",
    "hip_abd": "hip_abduction",
    "hip_add": "hip_adduction",
    "hip_flex": "hip_flexion",
    "plyo": "plyometric",
    "cardio": "endurance",
}
MUSCLE_NAMES = {
    "quads": "quadriceps",
    "glute_max": "gluteus_maximus",
    "glute_med": "gluteus_medius",
}
DOSE_KINDS = {"hold": "hold", "distance": "distance", "time": "duration"}
RESISTANCES = {"ext": "external", "bw_ext": "optional"}
PHASES = ("protected", "foundation", "strength", "power")


def evidence() -> dict[str, Any]:
    if not EVIDENCE.is_file():
        pytest.skip(f"{EVIDENCE} is not there")
    found: dict[str, Any] = {}
    for block in re.findall(r"```yaml\n(.*?)```", EVIDENCE.read_text(encoding="utf-8"), re.DOTALL):
        document = yaml.safe_load(block)
        if isinstance(document, dict):
            found.update(document)
    return found


WITH_CUFFS = {
    "seated_knee_ext", "straight_leg_raise", "standing_leg_curl", "standing_hip_abd",
    "side_lying_abd", "standing_hip_ext",
}  # fmt: skip
"""Open-chain moves that the evidence loads optionally; an ankle weight is one more way."""


def test_every_record_says_what_the_evidence_says() -> None:
    rows = {row["id"]: row for row in evidence()["exercises"]}
    assert set(rows) == set(EXERCISES)
    for exercise in LIBRARY.exercises:
        row = rows[exercise.id]
        resistance = "external" if exercise.id == "sled_push" else "bodyweight"
        ways = tuple(() if way == ["none"] else tuple(way) for way in row["eq"])
        cuffed = tuple((*way, "ankle_weight") for way in ways if exercise.id in WITH_CUFFS)
        expected = {
            "name": row["name"],
            "pattern": PATTERNS.get(row["pat"], row["pat"]),
            "primary": tuple(MUSCLE_NAMES.get(m, m) for m in row["pri"]),
            "secondary": tuple(MUSCLE_NAMES.get(m, m) for m in row["sec"]),
            "equipment": (*ways, *cuffed),
            "laterality": {"bi": "both", "uni": "each", "alt": "alternating"}[row["lat"]],
            "dose_kind": DOSE_KINDS.get(row["load"], "repetitions"),
            "resistance": RESISTANCES.get(row["load"], resistance),
            "level": row["lvl"],
            "phases": tuple(PHASES[phase] for phase in row["ph"]),
            "machine_substitute": row.get("sub1", False),
            "progressions": tuple(row["prog"]),
            "tags": tuple(row["tags"]),
            "knee_flexion": row["kd"],
            "hip_flexion": row["hd"],
            "range_adjustable": row["adj"],
            "weight_bearing": row["wb"],
            "position": row["pos"],
            "impact": row["imp"],
            "seconds_per_rep": row["spr"],
            "hold_seconds": row.get("hold", 0),
            "setup_seconds": row["setup"],
            "rest_seconds": row["rest"],
        }
        assert {key: getattr(exercise, key) for key in expected} == expected, exercise.id


def test_regressions_are_the_inverse_of_progressions() -> None:
    for row in evidence()["exercises"]:
        inverse = {e.id for e in LIBRARY.exercises if row["id"] in e.progressions}
        assert inverse == set(row["reg"]), row["id"]


def test_the_lists_in_this_file_are_those_of_the_evidence() -> None:
    found = evidence()
    assert {case: text.split() for case, text in EXCLUDED.items()} == found["oracle_excluded"]
    assert {case: text.split() for case, text in WEIGHT_BEARING.items()} == found[
        "oracle_allowed_by_weight_bearing"
    ]


def test_every_condition_and_gate_of_the_evidence_is_there() -> None:
    found = evidence()
    expected = set(found["conditions"]) - {"weight_bearing"}
    expected |= {f"weight_bearing_{grade}" for grade in ("nwb", "ttwb", "pwb", "wbat")}
    screening_adds = {"no_impact", "no_jumps", "frail"}
    assert set(CONDITIONS) == expected | screening_adds
    for name, rule in found["conditions"].items():
        if name != "weight_bearing":
            assert set(CONDITIONS[name].exclude_tags) == set(rule.get("exclude_tags", ())), name
            assert CONDITIONS[name].hip_flexion_max == rule.get("cap_hd"), name
            assert CONDITIONS[name].strict is rule.get("strict", False), name
            assert CONDITIONS[name].rpe_max == rule.get("rpe_max"), name
            assert CONDITIONS[name].hold_seconds_max == rule.get("isometric_hold_max_s"), name
    left_to_levels = {"bodyweight_squat", "goblet"}
    gates = {name.removeprefix("G-") for name in found["gates"]}
    assert {gate.id for gate in LIBRARY.gates} == gates - left_to_levels
