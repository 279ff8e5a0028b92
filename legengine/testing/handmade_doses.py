"""Ten prescriptions made by hand: every block, every kind of dose, loads, words, ranges."""

from __future__ import annotations

from typing import Any

from legengine.domain.program import Reason

CATALOGUE: dict[str, dict[str, Any]] = {
    "leg_swings": {
        "name": "Leg swings, front to back",
        "block": "warm_up", "pattern": "mobility", "laterality": "each",
        "dose_kind": "repetitions", "sets": 1, "reps": 10, "rest_s": 0, "seconds": 75,
        "equipment": ("counter",),
        "instruction": "Hold the counter, swing one leg loosely forward and back",
        "cues": ("stand tall", "let the leg hang"),
        "reasons": (Reason(text="Loosens the hips before loaded work", sources=("S128",)),),
    },
    "single_leg_balance": {
        "name": "Single-leg balance at the counter",
        "block": "balance", "pattern": "balance", "laterality": "each",
        "dose_kind": "hold", "sets": 2, "hold_s": 20, "rest_s": 20, "rpe": (3, 5),
        "seconds": 135, "equipment": ("counter",),
        "instruction": "Stand on one leg, fingertips on the counter",
        "cues": ("look at one spot", "soft knee"),
        "reasons": (Reason(text="You hold 12 s on one leg; 20 s is needed", sources=("WHO20",)),),
    },
    "chair_squat": {
        "name": "Chair squat (slow sit-to-stand, no hands)",
        "block": "compound", "pattern": "squat", "laterality": "both",
        "dose_kind": "repetitions", "sets": 3, "reps": 10, "reps_range": (10, 15),
        "rest_s": 60, "rir": (4, 6), "rpe": (4, 6), "tempo": "2-1-2", "seconds": 285,
        "equipment": ("chair",), "range_note": "only down to 60 degrees of knee bend",
        "instruction": "Sit down slowly, touch the seat, stand up without your hands",
        "cues": ("knees over the toes", "push the floor away", "don't drop"),
        "reasons": (
            Reason(text="The foundation for rising from any seat", sources=("S48", "S137")),
            Reason(text="The range is shortened because of your knee", sources=("D",)),
        ),
    },
    "bird_dog": {
        "name": "Bird-dog",
        "block": "trunk", "pattern": "core", "laterality": "alternating",
        "dose_kind": "repetitions", "sets": 2, "reps": 12, "rest_s": 45, "rpe": (4, 6),
        "seconds": 200, "equipment": ("mat",),
        "instruction": "On hands and knees, reach one arm forward and the other leg back",
        "cues": ("level pelvis", "long neck"),
        "reasons": (Reason(text="A stable trunk for one-legged work", sources=("S44",)),),
    },
    "calf_raise": {
        "name": "Calf raise with support",
        "block": "isolation", "pattern": "plantarflexion", "laterality": "both",
        "dose_kind": "repetitions", "sets": 2, "reps": 12, "reps_range": (10, 15),
        "rest_s": 45, "rir": (4, 6), "tempo": "2-1-2", "seconds": 170,
        "equipment": ("counter",), "instruction": "Rise onto your toes, pause, lower slowly",
        "cues": ("weight on the big toe",),
        "reasons": (Reason(text="Your single-leg raises are 40 % of the norm", sources=("S42",)),),
    },
    "march": {
        "name": "Marching on the spot or walking",
        "block": "endurance", "pattern": "endurance", "laterality": "alternating",
        "dose_kind": "duration", "sets": 2, "minutes": 8, "rest_s": 0, "rpe": (3, 5),
        "seconds": 495, "instruction": "Keep a pace at which you can talk but not sing",
        "cues": (), "reasons": (Reason(text="Begins your endurance", sources=("WHO20",)),),
    },
    "hamstring_stretch": {
        "name": "Seated hamstring stretch",
        "block": "cool_down", "pattern": "mobility", "laterality": "each",
        "dose_kind": "hold", "sets": 2, "hold_s": 30, "rest_s": 5, "seconds": 140,
        "equipment": ("chair",), "instruction": "One heel forward, lean from the hips",
        "cues": ("flat back",), "reasons": (Reason(text="Two days a week keep length"),),
    },
    "goblet_squat": {
        "name": "Goblet squat",
        "block": "compound", "pattern": "squat", "laterality": "both",
        "dose_kind": "repetitions", "sets": 3, "reps": 10, "reps_range": (8, 12),
        "rest_s": 120, "rir": (3, 4), "load_kg": 8.0, "percent_1rm": 62.5, "warmup_sets": 1,
        "tempo": "2-0-2", "seconds": 480, "equipment": ("dumbbell",),
        "instruction": "Hold the dumbbell at your chest, squat between your heels, stand up",
        "cues": ("elbows inside the knees", "whole foot on the floor"),
        "reasons": (Reason(text="Follows the chair squat on its ladder", sources=("S63",)),),
    },
    "split_squat": {
        "name": "Split squat with hand support",
        "block": "compound", "pattern": "lunge", "laterality": "each",
        "dose_kind": "repetitions", "sets": 2, "reps": 8, "rest_s": 90, "rir": (3, 4),
        "load_text": "no weight until 3 x 12 is easy, then one light dumbbell",
        "seconds": 260, "equipment": ("counter",),
        "instruction": "Long step, lower the rear knee towards the floor, rise",
        "cues": ("front heel down",),
        "reasons": (Reason(text="One leg at a time evens out your sides", sources=("S68",)),),
    },
    "farmer_walk": {
        "name": "Farmer's walk",
        "block": "trunk", "pattern": "core", "laterality": "both",
        "dose_kind": "distance", "sets": 2, "metres": 20, "rest_s": 60, "load_kg": 12.25,
        "rpe": (5, 6), "seconds": 150, "equipment": ("dumbbell", "floor_lane"),
        "instruction": "Carry a dumbbell in each hand and walk tall",
        "cues": ("short steps",), "reasons": (Reason(text="Grip, trunk and gait together"),),
    },
}  # fmt: skip
"""Exercise to the fields of its prescription."""
