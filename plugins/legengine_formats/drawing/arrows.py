"""Arrows that say what moves where."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Final

from legengine.domain.picture import Arrow, Drawing, Joint
from legengine_formats.drawing.equipment import place
from legengine_formats.drawing.shapes import Shape, box_of, face, line, numbers
from legengine_formats.drawing.skeleton import Figure, between
from legengine_formats.drawing.vectors import Camera, Flat, Vector, length, minus, plus

STEPS: Final = 8
"""Into how many parts the way of a joint is cut."""
LEAST: Final = 5.0
"""A way that is shorter, in centimetres, gets no arrow of its own (``D``)."""
WIDTH: Final = 2.6

_FOLLOWED: Final[dict[Joint, float]] = {
    "pelvis": 0.6,
    "right_knee": 1,
    "left_knee": 1,
    "right_foot": 1,
    "left_foot": 1,
    "right_heel": 0.9,
    "left_heel": 0.9,
    "right_hand": 6,
    "left_hand": 6,
    "head": 3,
}
"""The joints that an arrow may follow; the larger the number, the further it has to move."""

_BEHIND: Final = (-18.0, 0.0)
"""The way of the pelvis is drawn behind the body, where it is seen."""


def arrows_of(
    drawing: Drawing, first: Figure, last: Figure | None, camera: Camera
) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """The arrows that lie on the floor, and those over the figure."""
    arrows = drawing.arrows
    if arrows is None:
        arrows = () if last is None else _usual(first, last)
    under: list[Shape] = []
    over: list[Shape] = []
    for arrow in arrows:
        flat = [camera.flat(point) for point in _way(arrow, first, last)]
        (under if arrow.under else over).extend(_shapes(flat, both=arrow.both))
    return tuple(under), tuple(over)


def _usual(first: Figure, last: Figure) -> tuple[Arrow, ...]:
    """The way of the joint that moves furthest; hands count where nothing else moves."""
    ways = {name: length(minus(last.joints[name], first.joints[name])) for name in _FOLLOWED}
    best = max(_FOLLOWED, key=lambda name: round(ways[name] / _FOLLOWED[name], 1))
    if ways[best] < LEAST:
        return ()
    return (Arrow(joint=best, offset=_BEHIND if best == "pelvis" else (0, 0)),)


def _way(arrow: Arrow, first: Figure, last: Figure | None) -> list[Vector]:
    if arrow.points or arrow.joint is None or last is None:
        figure = last or first
        base = (0, 0, 0) if arrow.joint is None else figure.joints[arrow.joint]
        return [plus(base, place(figure, point, arrow.offset)) for point in arrow.points]
    steps = (step / STEPS for step in range(STEPS + 1))
    return [place(between(first, last, step), arrow.joint, arrow.offset) for step in steps]


def _shapes(points: Sequence[Flat], *, both: bool) -> list[Shape]:
    kept = list(points[:1])
    kept += (point for point in points[1:] if _far(kept[0], point) > 0.8)
    if len(kept) < 2:
        return []
    heads = [_head(kept[-2], kept[-1])]
    if both:
        heads.append(_head(kept[1], kept[0]))
    edges = box_of([point for head in heads for point in head])
    return [
        Shape("arrow", _smooth(kept), box_of(kept, WIDTH / 2), width=WIDTH),
        Shape("head", "".join(face(head) for head in heads), edges),
    ]


def _far(one: Flat, two: Flat) -> float:
    return hypot(two[0] - one[0], two[1] - one[1])


def _smooth(points: Sequence[Flat]) -> str:
    """A line that goes by its points without corners."""
    if len(points) > STEPS:
        half = points[len(points) // 2]
        first, last = points[0], points[-1]
        control = [2 * half[at] - (first[at] + last[at]) / 2 for at in (0, 1)]
        return f"M{numbers(*first)}Q{numbers(*control)} {numbers(*last)}"
    if len(points) == 2:
        return line(points)
    data = [f"M{numbers(*points[0])}"]
    for at, point in enumerate(points[1:-1], start=1):
        after = points[at + 1]
        halfway = ((point[0] + after[0]) / 2, (point[1] + after[1]) / 2)
        end = after if at == len(points) - 2 else halfway
        data.append(f"Q{numbers(*point)} {numbers(*end)}")
    return "".join(data)


def _head(before: Flat, tip: Flat) -> list[Flat]:
    long = _far(before, tip)
    x, y = (tip[0] - before[0]) / long, (tip[1] - before[1]) / long
    point = (tip[0] + 6 * x, tip[1] + 6 * y)
    return [
        point,
        (point[0] - 10 * x - 5 * y, point[1] - 10 * y + 5 * x),
        (point[0] - 10 * x + 5 * y, point[1] - 10 * y - 5 * x),
    ]


__all__ = ["arrows_of"]
