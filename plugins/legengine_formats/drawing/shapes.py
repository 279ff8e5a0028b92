"""Flat shapes of a drawing: rounded limbs, faces, rings and lines, as SVG path data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin, sqrt

from legengine_formats.drawing.vectors import Flat

Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge."""


def number(value: float) -> str:
    """A length to a tenth, without what says nothing: ``12``, ``.5``, ``-.5``."""
    text = f"{value:.1f}".removesuffix(".0")
    if text in ("-0", "0"):
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def numbers(*values: float) -> str:
    """Lengths as path data: a minus sign parts them as well as a blank."""
    return " ".join(number(value) for value in values).replace(" -", "-")


@dataclass(frozen=True, slots=True)
class Shape:
    """Something to draw, in centimetres to the right and down."""

    look: str
    """The class of its colours: ``near``, ``prop`` ..."""
    data: str
    box: Box
    """Left, top, right and bottom edge, with half of a line's width."""
    depth: float = 0
    layer: int = 0
    width: float = 0
    """Of a line; 0: a filled shape."""

    def put(self, *, depth: float, layer: int) -> Shape:
        """The same shape, nearer or further."""
        return replace(self, depth=depth, layer=layer)


def box_of(points: Iterable[Flat], margin: float = 0) -> Box:
    """The edges around points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def around(
    boxes: Iterable[Box],
) -> Box:
    """The edges around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def ring(centre: Flat, radius: float) -> str:
    """A circle, in the same sense as the limbs so that what overlaps is one."""
    x, y = centre
    r, d = number(radius), number(2 * radius)
    return f"M{numbers(x - radius, y)}a{r} {r} 0 0 1 {d} 0a{r} {r} 0 0 1-{d} 0Z"


def ellipse(box: Box) -> str:
    """The ellipse that touches the edges of a box."""
    wide, high = box[2] - box[0], box[3] - box[1]
    radii = f"{number(wide / 2)} {number(high / 2)}"
    start = numbers(box[0], (box[1] + box[3]) / 2)
    return f"M{start}a{radii} 0 0 1 {number(wide)} 0a{radii} 0 0 1-{number(wide)} 0z"


def limb(first: Flat, second: Flat, wide: float, narrow: float) -> str:
    """Two circles and what lies between them."""
    long = hypot(second[0] - first[0], second[1] - first[1])
    if long <= abs(wide - narrow) + 0.05:
        return ring(first, wide) if wide >= narrow else ring(second, narrow)
    x, y = (second[0] - first[0]) / long, (second[1] - first[1]) / long
    sine = (wide - narrow) / long
    cosine = sqrt(1 - sine * sine)
    # The normals at which a common tangent touches both circles.
    up = (x * sine + y * cosine, y * sine - x * cosine)
    down = (x * sine - y * cosine, y * sine + x * cosine)
    one = (first[0] + up[0] * wide, first[1] + up[1] * wide)
    two = (second[0] + up[0] * narrow, second[1] + up[1] * narrow)
    three = (second[0] + down[0] * narrow, second[1] + down[1] * narrow)
    four = (first[0] + down[0] * wide, first[1] + down[1] * wide)
    near, far = number(wide), number(narrow)
    large = int(wide > narrow)
    return _relative(
        one,
        ("l", two),
        (f"a{far} {far} 0 {1 - large} 1 ", three),
        ("l", four),
        (f"a{near} {near} 0 {large} 1 ", one),
    )


def _relative(start: Flat, *steps: tuple[str, Flat]) -> str:
    """A closed path of short numbers: each step from where the last one ended on the page."""
    x, y = round(start[0], 1), round(start[1], 1)
    data = [f"M{numbers(x, y)}"]
    for command, to in steps:
        by = (round(to[0] - x, 1), round(to[1] - y, 1))
        data.append(command + numbers(*by))
        x, y = x + by[0], y + by[1]
    return "".join(data) + "z"


def chain(points: Sequence[tuple[Flat, float]]) -> str:
    """Limbs one after another, each point with its radius."""
    return "".join(limb(one[0], two[0], one[1], two[1]) for one, two in pairwise(points))


def hull(points: Sequence[Flat]) -> list[Flat]:
    """The outermost of some points, clockwise on the page."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(run: Iterable[Flat]) -> list[Flat]:
        kept: list[Flat] = []
        for point in run:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(first: Flat, second: Flat, third: Flat) -> float:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (
        third[0] - first[0]
    )


def blob(points: Sequence[Flat], radius: float) -> str:
    """Everything within a distance of the space between points."""
    edge = hull([(round(x, 2), round(y, 2)) for x, y in points])
    if len(edge) == 1:
        return ring(edge[0], radius)
    if len(edge) == 2:
        return limb(edge[0], edge[1], radius, radius)
    arc = f"a{number(radius)} {number(radius)} 0 0 1 "
    corners: list[Flat] = []
    for one, two in zip(edge, edge[1:] + edge[:1], strict=True):
        long = hypot(two[0] - one[0], two[1] - one[1])
        x, y = (two[1] - one[1]) / long * radius, -(two[0] - one[0]) / long * radius
        corners += [(one[0] + x, one[1] + y), (two[0] + x, two[1] + y)]
    steps = [("l" if at % 2 else arc, to) for at, to in enumerate(corners)][1:]
    return _relative(corners[0], *steps, (arc, corners[0]))


def face(points: Sequence[Flat]) -> str:
    """A polygon."""
    return _relative(points[0], *(("l", point) for point in points[1:]))


def line(points: Sequence[Flat]) -> str:
    """A line through points."""
    return "M" + "L".join(numbers(*point) for point in points)


def disc(centre: Flat, radius: float, tilted: Flat, flatness: float) -> str:
    """A circle seen from the side: ``tilted`` is where its axis points, on the page."""
    angle = atan2(tilted[1], tilted[0]) + pi / 2
    x, y = radius * cos(angle), radius * sin(angle)
    radii = f"{number(radius)} {number(max(radius * flatness, 0.6))} {number(degrees(angle))}"
    one = numbers(centre[0] - x, centre[1] - y)
    two = numbers(centre[0] + x, centre[1] + y)
    return f"M{one}A{radii} 0 1 {two}A{radii} 0 1 {one}Z"


__all__ = [
    "Box",
    "Shape",
    "around",
    "blob",
    "box_of",
    "chain",
    "disc",
    "ellipse",
    "face",
    "hull",
    "limb",
    "line",
    "number",
    "numbers",
    "ring",
]
