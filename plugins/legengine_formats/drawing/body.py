"""The shapes of a figure: trunk, head, and limbs that are told apart by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from legengine_formats.drawing.shapes import Shape, blob, box_of, chain, line, ring
from legengine_formats.drawing.skeleton import RADII, SIDES, Figure
from legengine_formats.drawing.vectors import Camera, Flat, Vector, middle, out_of, plus

LAYER: Final = 10
"""Where the figure lies between the things behind it and those in front."""

_LEG: Final = ("hip", "knee", "ankle")
_FOOT: Final = ("heel", "foot", "toes")
_ARM: Final = ("shoulder", "elbow", "hand")
_TRUNK: Final = 8.0
_SUNK: Final = 6.0
"""An arm that lies along the trunk is in front of it."""
_THICK: Final = {"shoulder": 5.8, "hip": 8.6, "knee": 6.0}


def shapes_of(figure: Figure, camera: Camera) -> list[Shape]:
    """Everything of a figure, each part with how near it is."""
    shapes = [_trunk(figure, camera), *_head(figure, camera)]
    nearer = max(SIDES, key=lambda side: (camera.near(figure.joints[f"{side}_hip"]), side))
    for side in SIDES:
        look = "near" if side == nearer else "far"
        shapes.append(_leg(figure, camera, side, look))
        shapes.append(_arm(figure, camera, side, look))
    return shapes


def _shape(look: str, data: str, points: list[Flat], thick: float, depth: float) -> Shape:
    return Shape(look, data, box_of(points, thick), depth, LAYER)


def _trunk(figure: Figure, camera: Camera) -> Shape:
    corner = [figure.joints[f"{side}_{at}"] for at in ("shoulder", "hip") for side in SIDES]
    waist = figure.joints["waist"]
    flat = [camera.flat(point) for point in corner]
    middle_of = camera.flat(waist)
    if figure.straight:
        data = blob(flat, _TRUNK)
    else:
        data = blob([*flat[:2], middle_of], _TRUNK) + blob([middle_of, *flat[2:]], _TRUNK)
    return _shape("trunk", data, flat, _TRUNK, camera.near(middle(*corner)) - _SUNK)


def _head(figure: Figure, camera: Camera) -> list[Shape]:
    at, frame = figure.joints["head"], figure.head
    r = RADII["head"]
    hair = plus(at, out_of(frame, -2.8, 2.4))
    neck = plus(figure.joints["shoulders"], out_of(figure.trunk, 0, 2))
    points = [camera.flat(point) for point in (neck, at, hair)]
    skull = chain([(points[0], 5.0), (points[1], 5.0)]) + ring(points[1], r)
    depth = camera.near(middle(at, figure.joints["neck"]))
    behind = camera.near(hair) - camera.near(at)
    shapes = [
        _shape(
            "hair", ring(points[2], r - 0.2), points[2:], r, depth + (0.03 if behind > 1 else -0.01)
        ),
    ]
    nose = plus(at, out_of(frame, r - 0.2, -1.5))
    facing = camera.near(nose) - camera.near(at)
    tip = camera.flat(nose)
    if facing < 4:
        skull += ring(tip, 2.2)
    else:
        shapes.append(_shape("nose", ring(tip, 1.8), [tip], 2, depth + 0.02))
    shapes.append(_shape("skin", skull, points, r, depth))
    eyes = [plus(at, out_of(frame, 8.6, 2, 4.2 * sign)) for sign in SIDES.values()]
    seen = [eye for eye in eyes if camera.near(eye) - camera.near(at) > 3]
    if seen and figure.eyes_closed:
        lids = [[camera.flat(plus(eye, out_of(frame, 0, 0, z))) for z in (-2, 2)] for eye in seen]
        data = "".join(line(lid) for lid in lids)
        shapes.append(replace(_shape("lid", data, lids[0], 1, depth + 0.015), width=1.2))
    elif seen:
        flat = [camera.flat(eye) for eye in seen]
        shapes.append(
            _shape("eye", "".join(ring(eye, 1.2) for eye in flat), flat, 1, depth + 0.015)
        )
    return shapes


def _along(
    figure: Figure, camera: Camera, side: str, names: tuple[str, ...]
) -> list[tuple[Flat, float]]:
    return [
        (camera.flat(figure.joints[f"{side}_{name}"]), _THICK.get(name, RADII[name]))
        for name in names
    ]


def _leg(figure: Figure, camera: Camera, side: str, look: str) -> Shape:
    leg = _along(figure, camera, side, _LEG)
    foot = _along(figure, camera, side, _FOOT)
    depth = _depth(figure, camera, side, ("knee", "ankle", "hip"))
    return _shape(look, chain(leg) + chain(foot), [at for at, _ in leg + foot], 6, depth)


def _arm(figure: Figure, camera: Camera, side: str, look: str) -> Shape:
    arm = _along(figure, camera, side, _ARM)
    data = chain(arm) + ring(arm[-1][0], RADII["hand"] + 0.7)
    depth = _depth(figure, camera, side, ("shoulder", "elbow", "hand"))
    return _shape(look, data, [at for at, _ in arm], 6, depth)


def _depth(figure: Figure, camera: Camera, side: str, names: tuple[str, ...]) -> float:
    points: list[Vector] = [figure.joints[f"{side}_{name}"] for name in names]
    return camera.near(middle(*points))


__all__ = ["LAYER", "shapes_of"]
