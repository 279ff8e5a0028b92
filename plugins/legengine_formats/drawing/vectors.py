"""Vectors in space, turns about axes, and the camera that looks at them."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import Final

from legengine.domain.picture import View

Vector = tuple[float, float, float]
Frame = tuple[Vector, Vector, Vector]
"""Where the own x (forwards), y (up) and z (to the right) of a part point."""
Flat = tuple[float, float]

UPRIGHT: Final[Frame] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))

_VIEWS: Final[dict[View, tuple[float, float]]] = {
    "side": (18, 7),
    "front": (72, 7),
    "quarter": (45, 12),
    "back": (-50, 10),
    "above": (25, 40),
    "front_above": (72, 40),
}
"""How far the camera goes round to the front, and how high it stands, in degrees (``D``)."""


def plus(first: Vector, second: Vector, times: float = 1) -> Vector:
    """The first vector and so many times the second."""
    return (
        first[0] + times * second[0],
        first[1] + times * second[1],
        first[2] + times * second[2],
    )


def minus(first: Vector, second: Vector) -> Vector:
    """From the second point to the first."""
    return plus(first, second, -1)


def dot(first: Vector, second: Vector) -> float:
    """The inner product."""
    return first[0] * second[0] + first[1] * second[1] + first[2] * second[2]


def cross(first: Vector, second: Vector) -> Vector:
    """The outer product."""
    return (
        first[1] * second[2] - first[2] * second[1],
        first[2] * second[0] - first[0] * second[2],
        first[0] * second[1] - first[1] * second[0],
    )


def length(vector: Vector) -> float:
    """How long it is."""
    return sqrt(dot(vector, vector))


def unit(vector: Vector, otherwise: Vector = (1, 0, 0)) -> Vector:
    """Of length one; ``otherwise`` where the vector is nothing."""
    long = length(vector)
    return otherwise if long < 1e-6 else plus((0, 0, 0), vector, 1 / long)


def middle(*points: Vector) -> Vector:
    """The mean of points."""
    total: Vector = (0, 0, 0)
    for point in points:
        total = plus(total, point, 1 / len(points))
    return total


def about(vector: Vector, axis: Vector, degrees: float) -> Vector:
    """The vector turned about an axis of length one, anticlockwise against it."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    turned = plus(plus((0, 0, 0), vector, c), cross(axis, vector), s)
    return plus(turned, axis, dot(axis, vector) * (1 - c))


def turned(frame: Frame, axis: int, degrees: float) -> Frame:
    """A frame turned about one of its own axes."""
    x, y, z = (about(each, frame[axis], degrees) for each in frame)
    return (x, y, z)


def out_of(frame: Frame, x: float = 0, y: float = 0, z: float = 0) -> Vector:
    """A vector of the frame's own coordinates in those of the room."""
    return plus(plus(plus((0, 0, 0), frame[0], x), frame[1], y), frame[2], z)


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks from far away: lines that are parallel stay so."""

    right: Vector
    up: Vector
    towards: Vector

    @classmethod
    def of(cls, view: View) -> Camera:
        """The camera of a view."""
        round, high = (radians(degrees) for degrees in _VIEWS[view])
        towards = (sin(round) * cos(high), sin(high), cos(round) * cos(high))
        right = (cos(round), 0.0, -sin(round))
        return cls(right, cross(towards, right), towards)

    def flat(self, point: Vector) -> Flat:
        """Where a point is seen: to the right, and down."""
        return dot(point, self.right), -dot(point, self.up)

    def near(self, point: Vector) -> float:
        """How near a point is; the larger, the nearer."""
        return dot(point, self.towards)


__all__ = [
    "UPRIGHT",
    "Camera",
    "Flat",
    "Frame",
    "Vector",
    "about",
    "cross",
    "dot",
    "length",
    "middle",
    "minus",
    "out_of",
    "plus",
    "turned",
    "unit",
]
