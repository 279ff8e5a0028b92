"""Where the joints of a figure are in a pose: angles give places, and places give angles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import acos, sin, sqrt
from typing import Final

from legengine.domain.picture import Arm, Leg, Pose, Rest
from legengine_formats.drawing.vectors import (
    UPRIGHT,
    Frame,
    Vector,
    about,
    cross,
    dot,
    length,
    middle,
    minus,
    out_of,
    plus,
    turned,
    unit,
)

THIGH: Final = 42.0
SHANK: Final = 40.0
SOLE: Final = 8.0
"""From the ankle down to the sole."""
TRUNK: Final = 50.0
"""From the hips to the shoulders."""
UPPER: Final = 28.0
FOREARM: Final = 30.0
"""To the middle of the hand."""
HIPS: Final = 9.0
SHOULDERS: Final = 16.0
BALL: Final = 12.0
"""From the ankle forwards to the ball of the foot."""
TOES: Final = 6.5
HEEL: Final = 4.5
HEAD: Final = 10.5
"""The radius of the head."""

RADII: Final[Mapping[str, float]] = {
    "head": HEAD,
    "shoulder": 7.5,
    "hip": 9.0,
    "knee": 6.0,
    "ankle": 4.2,
    "heel": 3.6,
    "foot": 3.0,
    "toes": 2.4,
    "elbow": 4.2,
    "hand": 3.8,
    "waist": 8.5,
}
"""How thick the figure is at its joints."""

_FOOT_BALL: Final = (BALL, RADII["foot"] - SOLE)
_FOOT_HEEL: Final = (2 - HEEL, RADII["heel"] - SOLE)
"""The middles of the round ends of a foot, from the ankle; a foot that is pitched rolls on them."""

SIDES: Final[Mapping[str, int]] = {"right": 1, "left": -1}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a pose: its joints by name, and how its trunk and its head are turned."""

    joints: Mapping[str, Vector]
    trunk: Frame
    head: Frame
    eyes_closed: bool
    straight: bool
    """Whether the trunk isn't curled."""
    reached: Mapping[str, float]
    """By limb, how far its hand or foot is from the place that the pose gives."""

    def moved(self, by: Vector) -> Figure:
        """The same figure somewhere else."""
        joints = {name: plus(point, by) for name, point in self.joints.items()}
        return replace(self, joints=joints)


def figure_of(pose: Pose) -> Figure:
    """Where the joints of a pose are; every limb is said on its own side (see ``positions``)."""
    base = turned(UPRIGHT, 1, pose.turn or 0)
    body = turned(turned(base, 0, pose.tilt or 0), 2, -(pose.lean or 0))
    pelvis = _pelvis(pose, body, base)
    joints: dict[str, Vector] = {"pelvis": pelvis}
    reached: dict[str, float] = {}
    hips = turned(body, 0, -(pose.hike or 0))
    waist = plus(pelvis, out_of(body, 0, TRUNK * 0.45))
    upper = turned(body, 2, -(pose.curl or 0))
    chest = plus(waist, out_of(upper, 0, TRUNK * 0.55))
    head = turned(upper, 2, -(pose.neck or 0))
    joints |= {
        "waist": waist,
        "shoulders": chest,
        "chest": plus(chest, out_of(upper, 9, -14)),
        "neck": plus(chest, out_of(upper, 0, 8)),
        "head": plus(plus(chest, out_of(upper, 0, 7)), out_of(head, 2.5, 15)),
    }
    for side, sign in SIDES.items():
        joints[f"{side}_hip"] = plus(pelvis, out_of(hips, 0, 0, sign * HIPS))
        joints[f"{side}_shoulder"] = plus(chest, out_of(upper, 0, 0, sign * SHOULDERS))
    for side, sign in SIDES.items():
        leg = (pose.right_leg if sign > 0 else pose.left_leg) or Leg()
        at = joints[f"{side}_hip"]
        found = _leg(leg, at, hips, base, sign)
        if leg.foot is not None:
            reached[f"{side}_leg"] = length(minus(found["ankle"], _ankle(leg, base, sign)))
        joints |= {f"{side}_{name}": point for name, point in found.items()}
        joints[f"{side}_thigh"] = middle(at, found["knee"])
        joints[f"{side}_shin"] = middle(found["knee"], found["ankle"])
    joints["knees"] = middle(joints["right_knee"], joints["left_knee"])
    joints["ankles"] = middle(joints["right_ankle"], joints["left_ankle"])
    joints["feet"] = middle(joints["right_foot"], joints["left_foot"])
    figure = Figure(joints, upper, head, bool(pose.eyes_closed), not pose.curl, reached)
    if pose.rest is not None:
        figure = figure.moved(_to_rest(figure, pose.rest))
    return _with_arms(figure, pose).moved((0, 0, pose.aside or 0))


def _with_arms(figure: Figure, pose: Pose) -> Figure:
    """Hands go to their places once the body is in its own."""
    joints, reached = dict(figure.joints), dict(figure.reached)
    for side, sign in SIDES.items():
        arm = (pose.right_arm if sign > 0 else pose.left_arm) or Arm()
        at = joints[f"{side}_shoulder"]
        target = None if arm.hand is None else _hand(arm, joints, figure.trunk, side)
        if target is None:
            elbow, hand = _swung(arm, at, figure.trunk, sign)
        else:
            elbow, hand = _bent(
                at, target, UPPER, FOREARM, _elbow_pole(arm, at, target, figure, sign)
            )
            reached[f"{side}_arm"] = length(minus(hand, target))
        joints |= {f"{side}_elbow": elbow, f"{side}_hand": hand}
    joints["hands"] = middle(joints["right_hand"], joints["left_hand"])
    return replace(figure, joints=joints, reached=reached)


def _pelvis(pose: Pose, body: Frame, base: Frame) -> Vector:
    """Where the pelvis is; where only its x is given, as high as both feet allow."""
    given = pose.pelvis or (0,)
    x, z = given[0], given[2] if len(given) > 2 else 0.0
    if len(given) > 1:
        return (x, given[1], z)
    heights = []
    for side, sign in SIDES.items():
        leg = (pose.right_leg if side == "right" else pose.left_leg) or Leg()
        if leg.foot is not None:
            hip = out_of(turned(body, 0, -(pose.hike or 0)), 0, 0, sign * HIPS)
            ankle = _ankle(leg, base, sign)
            across = length((x + hip[0] - ankle[0], 0, z + hip[2] - ankle[2]))
            reach = THIGH + SHANK - 0.15
            heights.append(ankle[1] - hip[1] + sqrt(max(0.0, reach**2 - across**2)))
    return (x, min(heights, default=THIGH + SHANK + SOLE), z)


def _foot_frame(leg: Leg, base: Frame, sign: int) -> Frame:
    turned_out = turned(base, 1, -sign * (leg.heading or 0))
    return turned(turned_out, 2, leg.pitch or 0)


def _ankle(leg: Leg, base: Frame, sign: int) -> Vector:
    """The ankle of a foot with a place; a foot that is pitched turns about its ball or heel."""
    given = leg.foot or (0, 0)
    flat = turned(base, 1, -sign * (leg.heading or 0))
    out = given[2] if len(given) > 2 else HIPS
    ankle = (given[0], given[1] + SOLE, sign * out)
    pitch = leg.pitch or 0
    if not pitch:
        return ankle
    ball = pitch < 0 if leg.about is None else leg.about == "ball"
    pivot = _FOOT_BALL if ball else _FOOT_HEEL
    about_it = plus(ankle, out_of(flat, *pivot))
    return minus(about_it, out_of(_foot_frame(leg, base, sign), *pivot))


def _leg(leg: Leg, hip: Vector, hips: Frame, base: Frame, sign: int) -> dict[str, Vector]:
    if leg.foot is None:
        thigh = turned(turned(hips, 2, leg.hip or 0), 0, -sign * (leg.out or 0))
        thigh = turned(thigh, 1, -sign * (leg.twist or 0))
        knee = plus(hip, thigh[1], -THIGH)
        shank = turned(thigh, 2, -(leg.knee or 0))
        ankle = plus(knee, shank[1], -SHANK)
        foot = turned(shank, 2, leg.ankle or 0)
        toes = foot
    else:
        target = _ankle(leg, base, sign)
        foot = _foot_frame(leg, base, sign)
        flat = turned(base, 1, -sign * (leg.heading or 0))
        bent = -75 <= (leg.pitch or 0) < 0 or leg.about == "ball"
        toes = flat if bent else foot
        # The knee goes where the body faces; of a body that faces the floor, where the foot does.
        pole = plus(hips[0], flat[0], max(0.0, -1.2 * hips[0][1]))
        pole = about(pole, unit(minus(target, hip)), sign * (leg.knee_out or 0))
        knee, ankle = _bent(hip, target, THIGH, SHANK, pole)
    ball = plus(ankle, out_of(foot, *_FOOT_BALL))
    return {
        "knee": knee,
        "ankle": ankle,
        "heel": plus(ankle, out_of(foot, *_FOOT_HEEL)),
        "foot": ball,
        "toes": plus(plus(ball, out_of(foot, 0, RADII["toes"] - RADII["foot"])), toes[0], TOES),
    }


def _swung(arm: Arm, at: Vector, trunk: Frame, sign: int) -> tuple[Vector, Vector]:
    upper = turned(turned(trunk, 2, arm.shoulder or 0), 0, -sign * (arm.out or 0))
    upper = turned(upper, 1, -sign * (arm.twist or 0))
    elbow = plus(at, upper[1], -UPPER)
    return elbow, plus(elbow, turned(upper, 2, arm.elbow or 0)[1], -FOREARM)


def _hand(arm: Arm, joints: Mapping[str, Vector], trunk: Frame, side: str) -> Vector:
    sign = SIDES[side]
    if not isinstance(arm.hand, str):
        given = arm.hand or (0, 0)
        return (given[0], given[1], sign * (given[2] if len(given) > 2 else SHOULDERS))
    other = "left" if side == "right" else "right"
    match arm.hand:
        case "hip":
            return plus(joints[f"{side}_hip"], out_of(trunk, 2, 7, sign * 8))
        case "thigh":
            knee, hip = joints[f"{side}_knee"], joints[f"{side}_hip"]
            return plus(plus(hip, minus(knee, hip), 0.72), out_of(trunk, 3, 8, 0))
        case "knee":
            return plus(joints[f"{side}_knee"], out_of(trunk, 5, 5, 0))
        case "ankle":
            return joints[f"{side}_ankle"]
        case "chest":
            return plus(joints["chest"], out_of(trunk, 8, 0, sign * 4))
        case "shoulder":
            return plus(joints[f"{side}_shoulder"], out_of(trunk, 8, 0, sign * 3))
        case "opposite_shoulder":
            return plus(joints[f"{other}_shoulder"], out_of(trunk, 9, -3, sign * 6))
        case "head":
            return plus(joints["head"], out_of(trunk, -6, 2, sign * 10))
        case "neck":
            return plus(joints["neck"], out_of(trunk, -8, -1, sign * 26))


def _elbow_pole(arm: Arm, at: Vector, target: Vector, figure: Figure, sign: int) -> Vector:
    """Elbows go back and down, a little outwards."""
    pole = plus((0, -0.5, 0), out_of(figure.trunk, -0.7, -0.3, sign * 0.35))
    return about(pole, unit(minus(target, at)), -sign * (arm.elbow_out or 0))


def _bent(
    start: Vector, target: Vector, first: float, second: float, pole: Vector
) -> tuple[Vector, Vector]:
    """The middle joint and the end of a limb of two parts that reaches for a place."""
    way = minus(target, start)
    axis = unit(way, (0, -1, 0))
    reach = min(max(length(way), abs(first - second) + 0.1), first + second - 0.05)
    along = (first**2 - second**2 + reach**2) / (2 * reach)
    aside = sqrt(max(0.0, first**2 - along**2))
    across = unit(plus(pole, axis, -dot(pole, axis)), unit(cross(axis, (0, 0, 1))))
    joint = plus(plus(start, axis, along), across, aside)
    return joint, plus(start, axis, reach)


_BONES: Final[tuple[tuple[str, str], ...]] = (
    ("pelvis", "waist"),
    ("waist", "shoulders"),
    ("shoulders", "chest"),
    ("shoulders", "neck"),
    ("neck", "head"),
    *(
        (
            f"{side}_{bone[0]}" if bone[0] not in ("pelvis", "shoulders") else bone[0],
            f"{side}_{bone[1]}",
        )
        for side in SIDES
        for bone in (
            ("pelvis", "hip"),
            ("hip", "knee"),
            ("hip", "thigh"),
            ("knee", "shin"),
            ("knee", "ankle"),
            ("ankle", "heel"),
            ("ankle", "foot"),
            ("foot", "toes"),
            ("shoulders", "shoulder"),
            ("shoulder", "elbow"),
            ("elbow", "hand"),
        )
    ),
)
_PAIRS: Final = {"hands": "hand", "knees": "knee", "ankles": "ankle", "feet": "foot"}


def between(first: Figure, last: Figure, share: float) -> Figure:
    """A figure on the way from one to the other: its bones turn, its pelvis goes straight."""
    joints = {"pelvis": plus(first.joints["pelvis"], _way(first, last, "pelvis"), share)}
    for start, end in _BONES:
        one = minus(first.joints[end], first.joints[start])
        two = minus(last.joints[end], last.joints[start])
        joints[end] = plus(joints[start], _turned_between(one, two, share))
    for both, each in _PAIRS.items():
        joints[both] = middle(joints[f"right_{each}"], joints[f"left_{each}"])
    return replace(last, joints=joints)


def _way(first: Figure, last: Figure, joint: str) -> Vector:
    return minus(last.joints[joint], first.joints[joint])


def _turned_between(one: Vector, two: Vector, share: float) -> Vector:
    cosine = max(-1.0, min(1.0, dot(unit(one), unit(two))))
    angle = acos(cosine)
    if angle < 0.01 or angle > 3.1:
        return plus(one, minus(two, one), share)
    a, b = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
    return plus(plus((0, 0, 0), one, a), two, b)


_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "pelvis": ("right_hip", "left_hip"),
    "shoulders": ("right_shoulder", "left_shoulder"),
    "knees": ("right_knee", "left_knee"),
    "feet": tuple(f"{side}_{part}" for side in SIDES for part in ("heel", "foot")),
    "toes": ("right_foot", "left_foot"),
}


def contact(figure: Figure, part: str) -> tuple[str, float]:
    """The joint of a part that lies lowest, and the height of its lowest point."""
    if part == "lowest":
        names: tuple[str, ...] = tuple(name for name in figure.joints if radius(name))
    elif part in _PARTS:
        names = _PARTS[part]
    elif part.endswith("_foot"):
        names = (part, part.replace("_foot", "_heel"))
    else:
        names = (part,)
    heights = {name: figure.joints[name][1] - radius(name) for name in names}
    lowest = min(heights, key=lambda name: (round(heights[name], 3), name))
    return lowest, heights[lowest]


def radius(joint: str) -> float:
    """How thick the figure is at a joint; 0: it isn't one of its outline."""
    side, _, name = joint.rpartition("_")
    if not side and joint not in ("head", "waist"):
        return 0.0
    return RADII.get(name, 0.0)


def _to_rest(figure: Figure, rest: Rest) -> Vector:
    joint, height = contact(figure, rest.part)
    x = figure.joints["pelvis" if rest.part == "lowest" else joint][0]
    return (rest.x - x, rest.y - height, 0)


__all__ = ["RADII", "SIDES", "Figure", "between", "contact", "figure_of", "radius"]
