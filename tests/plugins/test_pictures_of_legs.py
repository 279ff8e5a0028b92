"""The drawings of the leg library: one for each exercise, of a body that people have."""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, atan2, degrees
from pathlib import Path

import pytest

from legengine.domain.picture import Drawing, Pose
from legengine.domain.postures import positions
from legengine.hooks.library import load_library
from legengine_formats.drawing.scene import page_of, scene
from legengine_formats.drawing.skeleton import SIDES, Figure, contact, figure_of
from legengine_formats.drawing.vectors import Vector, dot, minus, plus, unit

DATA = Path(__file__).resolve().parents[2] / "plugins" / "legengine_legs" / "data"
LIBRARY = load_library(DATA)
EXERCISES = {exercise.id: exercise for exercise in LIBRARY.exercises}

each_picture = pytest.mark.parametrize("name", sorted(LIBRARY.pictures))

STILL = frozenset(
    {"calf_stretch", "deep_squat_hold", "foam_rolling", "hip_flexor_stretch_edge", "plank"}
    | {"quad_set", "quad_stretch", "static_hamstring_stretch", "wall_sit", "wall_sit_45"}
    | {"adductor_squeeze", "stand_side_by_side", "semi_tandem_stance", "tandem_stance"}
    | {"single_leg_balance", "single_leg_balance_supported", "single_leg_balance_foam"}
    | {"single_leg_balance_eyes_closed"}
)
"""Held for a time: a single position shows all of it."""

JOINTS = {"knee": (0, 155), "ankle": (-70, 45), "elbow": (0, 158), "hip": (-40, 145)}
"""Degrees that healthy joints reach with help, flexion and pulling up the toes positive (D)."""

SUNK = 4.0
"""How far, in centimetres, round limbs may sink into what they lie on."""


def drawing(name: str) -> Drawing:
    picture = LIBRARY.pictures[name]
    assert isinstance(picture, Drawing)
    return picture


def poses(name: str) -> Iterator[tuple[Pose, Figure]]:
    for pose in positions(drawing(name)):
        if pose is not None:
            yield pose, figure_of(pose)


def test_every_exercise_has_a_drawing() -> None:
    assert set(LIBRARY.pictures) == set(EXERCISES)
    assert all(isinstance(picture, Drawing) for picture in LIBRARY.pictures.values())


def test_what_moves_has_an_end_and_what_is_held_has_none() -> None:
    assert {name for name in LIBRARY.pictures if drawing(name).end is None} == STILL
    assert all(EXERCISES[name].dose_kind == "hold" for name in STILL)


@pytest.mark.parametrize("name", sorted(set(LIBRARY.pictures) - STILL))
def test_the_end_is_another_position_than_the_start(name: str) -> None:
    (_, first), (_, last) = poses(name)
    moved = max(
        dot(way, way) ** 0.5
        for joint in first.joints
        for way in [minus(last.joints[joint], first.joints[joint])]
    )
    assert moved > 4


@each_picture
def test_hands_and_feet_are_where_the_pose_puts_them(name: str) -> None:
    for _, figure in poses(name):
        far = {limb: round(off, 1) for limb, off in figure.reached.items() if off > 1}
        assert not far


@each_picture
def test_joints_stay_within_what_people_can_do(name: str) -> None:
    for _, figure in poses(name):
        for side in SIDES:
            for joint, angle in angles(figure, side).items():
                low, high = JOINTS[joint]
                assert low - 1 <= angle <= high + 1, (side, joint)


@each_picture
def test_nothing_of_the_body_is_in_the_floor(name: str) -> None:
    for _, figure in poses(name):
        joint, height = contact(figure, "lowest")
        assert height > -SUNK, joint


@each_picture
def test_who_stands_stands_on_the_floor_or_on_something(name: str) -> None:
    off_the_ground = {"ankle_hops", "squat_jump"}
    stood_on = {"box", "step", "bench", "stairs", "mat", "bed", "chair", "armchair", "frame"}
    stood_on |= {"plate", "wheel", "water"}
    kinds = {prop.kind for prop in drawing(name).props}
    for _, figure in poses(name):
        if not kinds & stood_on and name not in off_the_ground:
            assert contact(figure, "lowest")[1] < 2


@each_picture
def test_what_rests_on_something_lies_there(name: str) -> None:
    for pose, figure in poses(name):
        if pose.rest is not None:
            _, height = contact(figure, pose.rest.part)
            assert height == pytest.approx(pose.rest.y, abs=0.01)


@each_picture
def test_all_of_it_is_on_the_page(name: str) -> None:
    picture = drawing(name)
    groups = scene(picture)
    left, top, right, bottom = page_of(picture, groups)
    assert (right - left) / (bottom - top) == pytest.approx(4 / 3)
    if picture.focus is None:
        for group in groups:
            a, b, c, d = group.box
            assert left <= a
            assert top <= b
            assert c <= right
            assert d <= bottom


def test_the_equipment_of_an_exercise_is_in_its_drawing() -> None:
    shown = {
        "chair": {"chair", "armchair", "box", "counter"},
        "chair_arms": {"armchair", "chair"},
        "counter": {"counter", "frame", "wall"},
        "wall": {"wall", "counter", "mat", "chair", "frame"},
        "resistance_band": {"band"},
        "mini_band": {"band"},
        "barbell": {"bar"},
        "dumbbell": {"dumbbell", "kettlebell"},
        "stability_ball": {"ball"},
        "foam_roller": {"roller"},
        "cable_machine": {"cable"},
        "pool": {"water"},
        "box": {"box", "bench", "chair"},
        "bench": {"bench", "box"},
        "step_low": {"box"},
    }
    lacking = []
    for name, exercise in EXERCISES.items():
        kinds = {prop.kind for prop in drawing(name).props}
        if () in exercise.equipment or not exercise.equipment:
            continue
        fits = any(
            all(not shown.get(item) or kinds & shown[item] for item in alternative)
            for alternative in exercise.equipment
        )
        if not fits:
            lacking.append(name)
    assert lacking == []


def angles(figure: Figure, side: str) -> dict[str, float]:
    """The angles of joints, measured at the figure; flexion positive."""
    at = {name.removeprefix(f"{side}_"): point for name, point in figure.joints.items()}
    thigh, shank = minus(at["knee"], at["hip"]), minus(at["ankle"], at["knee"])
    forwards, down = dot(thigh, figure.trunk[0]), -dot(thigh, figure.trunk[1])
    return {
        "knee": between(thigh, shank),
        "ankle": 90 - between(plus((0, 0, 0), shank, -1), minus(at["foot"], at["heel"])),
        "elbow": between(minus(at["elbow"], at["shoulder"]), minus(at["hand"], at["elbow"])),
        "hip": degrees(atan2(forwards, down)),
    }


def between(one: Vector, two: Vector) -> float:
    return degrees(acos(max(-1.0, min(1.0, dot(unit(one), unit(two))))))
