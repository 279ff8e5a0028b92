"""Everything that a drawing shows: the figure at its start and end, equipment, floor and arrows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from legengine.domain.picture import Drawing, Prop
from legengine.domain.postures import positions
from legengine_formats.drawing.arrows import arrows_of
from legengine_formats.drawing.body import LAYER, shapes_of
from legengine_formats.drawing.equipment import shapes_of_prop
from legengine_formats.drawing.shapes import Box, Shape, around, ellipse
from legengine_formats.drawing.skeleton import Figure, figure_of
from legengine_formats.drawing.vectors import Camera, Flat, dot

MARGIN: Final = 6.0
ASPECT: Final = 4 / 3
SMALLEST: Final = 150.0
"""A drawing is at least as wide, in centimetres, so that a figure isn't drawn too large (``D``)."""

_APART: Final = 14.0
"""Between the start and the end, in centimetres."""
_LYING: Final = ("mat-top", "water-top", "line")
"""What shows where the floor is by itself."""


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together, the furthest first, and how far they are moved."""

    name: str
    shapes: tuple[Shape, ...]
    by: Flat = (0.0, 0.0)
    ghost: bool = False
    """Whether it is drawn pale."""

    @property
    def box(self) -> Box:
        """The edges around it, where it has been moved to."""
        left, top, right, bottom = around(shape.box for shape in self.shapes)
        x, y = self.by
        return (left + x, top + y, right + x, bottom + y)


def scene(drawing: Drawing) -> tuple[Group, ...]:
    """All that a drawing shows, in the order in which it is painted."""
    camera = Camera.of(drawing.view)
    start, end = positions(drawing)
    first = figure_of(start)
    last = None if end is None else figure_of(end)
    if last is None:
        groups = [Group("hold", _shapes(drawing.props, first, camera, "start"))]
    elif drawing.layout == "overlaid":
        groups = _overlaid(drawing, first, last, camera)
    else:
        groups = _apart(drawing, first, last, camera)
    groups = [group for group in groups if group.shapes]
    under, over = arrows_of(drawing, first, last, camera)
    by = groups[-1].by
    floor = _floor(groups, camera)
    if under:
        groups.insert(0, Group("under", under, by))
    if floor:
        groups.insert(0, Group("floor", floor))
    if over:
        groups.append(Group("arrows", over, by))
    return tuple(groups)


def _overlaid(drawing: Drawing, first: Figure, last: Figure, camera: Camera) -> list[Group]:
    """The start pale behind the end; what stands still is drawn once."""
    still = [prop for prop in drawing.props if prop.only == "both" and not _held(prop)]
    moving = [prop for prop in drawing.props if prop not in still]
    fixed = _shapes(still, last, camera, "end", body=False)
    return [
        Group("still", tuple(shape for shape in fixed if shape.layer < LAYER)),
        Group("start", _shapes(moving, first, camera, "start"), ghost=True),
        Group("end", _shapes(moving, last, camera, "end")),
        Group("still", tuple(shape for shape in fixed if shape.layer >= LAYER)),
    ]


def _apart(drawing: Drawing, first: Figure, last: Figure, camera: Camera) -> list[Group]:
    """The start to the left of the end, or above it."""
    one = Group("start", _shapes(drawing.props, first, camera, "start"))
    two = Group("end", _shapes(drawing.props, last, camera, "end"))
    right, down = one.box[2] - two.box[0] + _APART, one.box[3] - two.box[1] + _APART
    by = (right, 0.0) if drawing.layout == "beside" else (0.0, down)
    return [one, Group("end", two.shapes, by)]


def _held(prop: Prop) -> bool:
    """Whether it goes along with a joint."""
    return isinstance(prop.at, str) or any(isinstance(point, str) for point in prop.to)


def _shapes(
    props: Iterable[Prop], figure: Figure, camera: Camera, when: str, *, body: bool = True
) -> tuple[Shape, ...]:
    shapes = shapes_of(figure, camera) if body else []
    for prop in props:
        if prop.only in ("both", when):
            shapes += shapes_of_prop(prop, figure, camera)
    return tuple(sorted(shapes, key=lambda shape: (shape.layer, round(shape.depth, 3))))


def _floor(groups: Iterable[Group], camera: Camera) -> tuple[Shape, ...]:
    """A shade on the floor under each figure; those that meet are one."""
    groups = tuple(groups)
    looks = {shape.look for group in groups for shape in group.shapes}
    if looks & {*_LYING} or dot(camera.towards, (0, 1, 0)) > 0.5:
        return ()
    level = camera.flat((0, 0, 0))[1]
    spans: list[Box] = []
    for group in groups:
        left, _, right, _ = group.box
        y = level + group.by[1]
        span: Box = (left - 2, y - 3, right + 2, y + 5)
        if spans and spans[-1][1] == span[1] and span[0] < spans[-1][2]:
            spans[-1] = around([spans[-1], span])
        else:
            spans.append(span)
    return tuple(Shape("ground", ellipse(span), span) for span in spans)


def page_of(drawing: Drawing, groups: Iterable[Group]) -> Box:
    """The edges of the page: around everything, and of one shape for all drawings."""
    if drawing.focus is not None:
        figure = figure_of(positions(drawing)[0])
        x, y = Camera.of(drawing.view).flat(figure.joints[drawing.focus.joint])
        half = drawing.focus.width / 2
        return (x - half, y - half / ASPECT, x + half, y + half / ASPECT)
    left, top, right, bottom = around(group.box for group in groups)
    wide, high = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    width = max(wide, high * ASPECT, SMALLEST)
    height = width / ASPECT
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    return (x, y, x + width, y + height)


__all__ = ["Group", "page_of", "scene"]
