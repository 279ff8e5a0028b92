"""Standard people: profiles as a file would hold them, each for one thing that differs."""

from __future__ import annotations

from typing import Any, Final

_FULL_GYM: Final[dict[str, Any]] = {
    "equipment": ["full_gym"],
    "loads": {
        "dumbbell": {"from": "2 kg", "to": "40 kg", "step": "2 kg"},
        "bar": "20 kg",
        "plates": ["25 kg", "20 kg", "20 kg", "15 kg", "10 kg", "5 kg", "2.5 kg", "1.25 kg"],
        "machine": {"from": "5 kg", "to": "250 kg", "step": "5 kg"},
    },
}
_NO_SIGNS: Final[dict[str, Any]] = {"red_flags": "none", "parq_page1": "all_no"}

PEOPLE: Final[dict[str, dict[str, Any]]] = {
    "beginner": {
        "title": "Back on my feet",
        "person": {"age": 34, "sex": "female", "mass": "68 kg", "height": "170 cm"},
        "cause": "disuse",
        "goal": "function",
        "history": {"weeks_inactive": 40},
        "screening": _NO_SIGNS,
        "assessments": {
            "chair_stand_30s": 18,
            "single_leg_stance_s": {"left": 45, "right": 45},
            "heel_raise": {"left": 10, "right": 11},
        },
        "places": {"home": {"equipment": ["home_basics"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 30}],
        "start": "2026-11-30",
        "weeks": 2,
    },
    "older": {
        "title": "Steady at home",
        "person": {"age": 78, "sex": "female", "mass": "66 kg", "height": "160 cm"},
        "cause": "ageing",
        "goal": "function",
        "history": {"weeks_inactive": 12},
        "screening": {**_NO_SIGNS, "falls_12_months": 1},
        "assessments": {
            "chair_stand_30s": 9,
            "timed_up_and_go_s": 13.5,
            "gait_speed_m_s": 0.9,
            "tandem_stance_s": 7,
            "single_leg_stance_s": {"left": 4, "right": 6},
            "heel_raise": {"left": 6, "right": 8},
        },
        "places": {
            "home": {
                "equipment": ["home_bands", "chair_arms", "bed", "floor_lane", "ankle_weight"],
                "loads": {"ankle_weight": {"from": "0.5 kg", "to": "4 kg", "step": "0.5 kg"}},
            }
        },
        "availability": [{"days": ["mon", "wed", "fri"], "start": "10:00", "minutes": 35}],
        "protocol": "falls-prevention-home",
        "start": "2026-11-30",
        "weeks": 2,
    },
    "trained": {
        "title": "A block for strength",
        "person": {"age": 34, "sex": "male", "mass": "82 kg", "height": "183 cm"},
        "cause": "disuse",
        "goal": "strength",
        "screening": _NO_SIGNS,
        "assessments": {
            "chair_stand_30s": 28,
            "single_leg_stance_s": {"left": 45, "right": 45},
            "heel_raise": {"left": 28, "right": 28},
            "foundation_exit": "pass",
            "goblet_squat_reps": 15,
            "one_rep_max_kg": {"barbell_squat": 110, "leg_press": 190, "rdl_barbell": 105},
        },
        "experience": {"trained_weeks": 90, "strength_weeks": 30, "coached": True},
        "places": {"gym": _FULL_GYM},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 75}],
        "protocol": "gym-strength-block",
        "start": "2026-11-30",
        "weeks": 2,
    },
    "uneven": {
        "title": "After the cast",
        "person": {"age": 45, "sex": "male", "mass": "84 kg", "height": "181 cm"},
        "cause": "injury",
        "goal": "hypertrophy",
        "history": {"affected_side": "right", "immobilised_weeks": 6, "weeks_since_event": 10},
        "clearance": {"by": "orthopaedic surgeon", "on": "2026-11-09", "weight_bearing": "FWB"},
        "screening": _NO_SIGNS,
        "pain": {"ankle": {"worst": 2, "assessed": True}},
        "assessments": {
            "chair_stand_30s": 21,
            "heel_raise": {"left": 27, "right": 6},
            "knee_to_wall_cm": {"left": 11, "right": 4},
            "single_leg_stance_s": {"left": 45, "right": 14},
        },
        "places": {"gym": _FULL_GYM, "home": {"equipment": ["home_bands", "stairs_rail"]}},
        "availability": [
            {"days": ["mon", "thu"], "start": "18:30", "minutes": 60, "place": "gym"},
            {"days": ["tue"], "start": "07:00", "minutes": 40, "place": "home"},
        ],
        "start": "2026-11-30",
        "weeks": 2,
    },
    "enduring": {
        "title": "Up the hill again",
        "person": {"age": 52, "sex": "female", "mass": "70 kg", "height": "172 cm"},
        "cause": "disuse",
        "goal": "endurance",
        "history": {"weeks_inactive": 26},
        "screening": _NO_SIGNS,
        "assessments": {
            "chair_stand_30s": 18,
            "single_leg_stance_s": {"left": 40, "right": 38},
            "heel_raise": {"left": 20, "right": 19},
        },
        "places": {"home": {"equipment": ["home_bands", "stairs_rail"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 50}],
        "start": "2026-11-30",
        "weeks": 2,
    },
}
"""Name to the data of a valid profile of two weeks, whose first day is ``samples.START``."""
