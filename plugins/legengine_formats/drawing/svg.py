"""Writes a drawing as SVG: the start, the end, what moves where, and the equipment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from typing import Final

from legengine.domain.picture import Arrow, Drawing, Image, Joint, Picture, Prop
from legengine.domain.postures import positions
from legengine_formats.drawing.body import LAYER, shapes_of
from legengine_formats.drawing.equipment import place, shapes_of_prop
from legengine_formats.drawing.shapes import Shape, around, box_of, face, line, number, numbers
from legengine_formats.drawing.skeleton import Figure, between, figure_of
from legengine_formats.drawing.vectors import Camera, Flat, Vector, dot, length, minus, plus

MARGIN: Final = 6.0
ASPECT: Final = 4 / 3
SMALLEST: Final = 150.0
"""A drawing is at least as wide, in centimetres, so that a figure isn't drawn too large."""

LOOKS: Final[dict[str, str]] = {
    "near": 'fill="#3f7cc4"',
    "trunk": 'fill="#5d93d3"',
    "far": 'fill="#a9c1de"',
    "skin": 'fill="#e3b38f"',
    "hair": 'fill="#6b4a35"',
    "nose": 'fill="#c98f69" stroke="none"',
    "lid": 'fill="none" stroke="#26364d"',
    "eye": 'fill="#26364d" stroke="none"',
    "prop-top": 'fill="#c8cdd4"',
    "prop-front": 'fill="#a3abb6"',
    "prop-side": 'fill="#b5bcc6"',
    "pad-top": 'fill="#7f8a98"',
    "pad-front": 'fill="#656f7d"',
    "pad-side": 'fill="#727d8b"',
    "pad": 'fill="#727d8b"',
    "pad-end": 'fill="#8f99a6"',
    "mat-top": 'fill="#9fc7b4"',
    "mat-front": 'fill="#7ba792"',
    "mat-side": 'fill="#8bb7a2"',
    "wall-top": 'fill="#dde0e5"',
    "wall-front": 'fill="#c3c8d0"',
    "wall-side": 'fill="#d0d4da"',
    "water-top": 'fill="#9fd0ea" fill-opacity=".5" stroke="#5aa9d6"',
    "water-front": 'fill="#5aa9d6" fill-opacity=".4" stroke="#5aa9d6"',
    "water-side": 'fill="#5aa9d6" fill-opacity=".45" stroke="#5aa9d6"',
    "ball": 'fill="#d9a6c2"',
    "weight": 'fill="#4a5361"',
    "disc": 'fill="#4a5361" fill-opacity=".75"',
    "wheel": 'fill="#c8cdd4" fill-opacity=".6"',
    "frame": 'fill="none" stroke="#6b7380"',
    "line": 'fill="none" stroke="#6b7380" stroke-dasharray="6 5"',
    "cable": 'fill="none" stroke="#6b7380"',
    "stick": 'fill="none" stroke="#a06a2c"',
    "towel": 'fill="none" stroke="#c98b8b"',
    "band": 'fill="none" stroke="#e0791a"',
    "cuff": 'fill="none" stroke="#4a5361"',
    "arrow": 'fill="none" stroke="#d0302f"',
    "head": 'fill="#d0302f" stroke="none"',
    "ground": 'fill="#8a93a0" fill-opacity=".25" stroke="none"',
}
"""The colours of each class; a page may set others by ``.lp-near {fill: ...}``."""

_APART: Final = ("near", "far", "weight", "ball")
EDGE: Final = "#26364d"
CROSSFADE: Final = (
    "<style>@media(prefers-reduced-motion:no-preference){"
    ".lp-moves .lp-start{animation:lp-a 4s ease-in-out infinite}"
    ".lp-moves .lp-end{animation:lp-b 4s ease-in-out infinite}}"
    "@keyframes lp-a{0%,30%,100%{opacity:1}50%,80%{opacity:.2}}"
    "@keyframes lp-b{0%,30%,100%{opacity:.15}50%,80%{opacity:1}}</style>"
)


def svg_of(picture: Picture, *, title: str, ids: str = "", animated: bool = False) -> str:
    """A picture as an inline SVG element.

    ``title`` is its text alternative, ``ids`` begins the ids in it, which have to be unique in a
    page. ``animated`` fades from the start to the end and back, unless reduced motion is wanted.
    An image file is set into the element as it is.
    """
    head = _head(title, ids)
    if isinstance(picture, Image):
        href = f"data:{picture.media_type};base64,{picture.data}"
        return f'{head[0]} viewBox="0 0 200 150"{head[1]}<image width="200" height="150" href="{escape(href)}"/></svg>'
    drawing = scene(picture)
    left, top, right, bottom = frame_of(drawing, picture)
    box = f' viewBox="{numbers(left, top, right - left, bottom - top)}"'
    moves = animated and picture.end is not None
    first = head[0].replace('class="lp"', 'class="lp lp-moves"') if moves else head[0]
    return f"{first}{box}{head[1]}{CROSSFADE if moves else ''}{''.join(_body(drawing))}</svg>"


def _head(title: str, ids: str) -> tuple[str, str]:
    start = '<svg xmlns="http://www.w3.org/2000/svg" class="lp" role="img"'
    if not ids:
        return start, f"><title>{escape(title)}</title>"
    name = escape(f"{ids}-t")
    return f'{start} aria-labelledby="{name}"', f'><title id="{name}">{escape(title)}</title>'


# --- the scene -------------------------------------------------------------------------------

Group = tuple[str, Flat, list[Shape]]
"""Its class, how far it is moved, and what is in it, the furthest first."""


def scene(drawing: Drawing) -> list[Group]:
    """All that a drawing shows, in the order in which it is painted."""
    camera = Camera.of(drawing.view)
    start, end = positions(drawing)
    first = figure_of(start)
    if end is None:
        groups: list[Group] = [("hold", (0, 0), _with_props(drawing.props, first, camera, "start"))]
        return _with_ground([*groups, *_arrows(drawing, first, None, camera, (0, 0))], camera)
    last = figure_of(end)
    if drawing.layout == "overlaid":
        still = [prop for prop in drawing.props if not _moves(prop) and prop.only == "both"]
        moving = [prop for prop in drawing.props if prop not in still]
        fixed = _with_props(still, last, camera, "end", body=False)
        behind = [shape for shape in fixed if shape.layer < LAYER]
        over = [shape for shape in fixed if shape.layer >= LAYER]
        groups = [
            ("still", (0, 0), behind),
            ("start", (0, 0), _with_props(moving, first, camera, "start")),
            ("end", (0, 0), _with_props(moving, last, camera, "end")),
            ("still", (0, 0), over),
        ]
        groups = [group for group in groups if group[2]]
        return _with_ground([*groups, *_arrows(drawing, first, last, camera, (0, 0))], camera)
    one = _with_props(drawing.props, first, camera, "start")
    two = _with_props(drawing.props, last, camera, "end")
    a, b = around(shape.box for shape in one), around(shape.box for shape in two)
    if drawing.layout == "beside":
        by = (a[2] - b[0] + 14, 0.0)
    else:
        by = (0.0, a[3] - b[1] + 12)
    groups = [("start", (0, 0), one), ("end", by, two)]
    return _with_ground([*groups, *_arrows(drawing, first, last, camera, by)], camera)


def _moves(prop: Prop) -> bool:
    return isinstance(prop.at, str) or any(isinstance(point, str) for point in prop.to)


def _with_props(
    props: Iterable[Prop], figure: Figure, camera: Camera, when: str, *, body: bool = True
) -> list[Shape]:
    shapes = shapes_of(figure, camera) if body else []
    for prop in props:
        if prop.only in ("both", when):
            shapes += shapes_of_prop(prop, figure, camera)
    return sorted(shapes, key=lambda shape: (shape.layer, round(shape.depth, 3)))


def _with_ground(groups: list[Group], camera: Camera) -> list[Group]:
    """A shade on the floor under each figure that stands or sits, and arrows on it."""
    under = [group for group in groups if group[0] == "under"]
    groups = under + [group for group in groups if group[0] != "under"]
    looks = {shape.look for _, _, shapes in groups for shape in shapes}
    if looks & {"mat-top", "water-top", "line"} or dot(camera.towards, (0, 1, 0)) > 0.5:
        return groups
    grounds: list[Shape] = []
    for name, by, shapes in groups:
        if name not in ("start", "end", "hold", "still"):
            continue
        box = around(shape.box for shape in shapes)
        level = camera.flat((0, 0, 0))[1]
        left, right = box[0] + by[0] - 2, box[2] + by[0] + 2
        points = [(left, level + by[1] - 3), (right, level + by[1] + 5)]
        grounds.append(Shape("ground", "", box_of(points), 0, 0))
    spans: dict[float, tuple[float, float, float, float]] = {}
    for ground in grounds:
        key = ground.box[1]
        same = [at for at in spans if abs(at - key) < 1 and _meet(spans[at], ground.box)]
        if same:
            spans[same[0]] = around([spans[same[0]], ground.box])
        else:
            spans[key + len(spans) * 1e-6] = ground.box
    flat = [Shape("ground", _ellipse(box), box, 0, 0) for _, box in sorted(spans.items())]
    return [("floor", (0, 0), flat), *groups]


def _meet(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[2] and two[0] < one[2]


def _ellipse(box: tuple[float, float, float, float]) -> str:
    rx, ry = number((box[2] - box[0]) / 2), number((box[3] - box[1]) / 2)
    wide = number(box[2] - box[0])
    y = (box[1] + box[3]) / 2
    return f"M{numbers(box[0], y)}a{rx} {ry} 0 0 1 {wide} 0a{rx} {ry} 0 0 1-{wide} 0Z"


# --- arrows ----------------------------------------------------------------------------------

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
STEPS: Final = 8
LEAST: Final = 5.0
"""A way that is shorter, in centimetres, gets no arrow."""


def _arrows(
    drawing: Drawing, first: Figure, last: Figure | None, camera: Camera, by: Flat
) -> list[Group]:
    arrows = drawing.arrows
    if arrows is None:
        arrows = () if last is None else _usual(first, last)
    groups: list[Group] = []
    for name, under in (("under", True), ("arrows", False)):
        shapes: list[Shape] = []
        for arrow in arrows:
            if arrow.under == under:
                points = _way(arrow, first, last)
                shapes += _arrow([camera.flat(point) for point in points], arrow.both)
        if shapes:
            groups.append((name, by, shapes))
    return groups


def _usual(first: Figure, last: Figure) -> tuple[Arrow, ...]:
    """The way of the joint that moves furthest; hands count where nothing else moves."""
    ways = {name: length(minus(last.joints[name], first.joints[name])) for name in _FOLLOWED}
    best = max(_FOLLOWED, key=lambda name: round(ways[name] / _FOLLOWED[name], 1))
    if ways[best] < LEAST:
        return ()
    return (Arrow(joint=best, offset=(-18, 0) if best == "pelvis" else (0, 0)),)


def _way(arrow: Arrow, first: Figure, last: Figure | None) -> list[Vector]:
    if arrow.points or arrow.joint is None or last is None:
        figure = last or first
        base = (0, 0, 0) if arrow.joint is None else figure.joints[arrow.joint]
        return [plus(base, place(figure, point, arrow.offset)) for point in arrow.points]
    steps = (step / STEPS for step in range(STEPS + 1))
    return [place(between(first, last, step), arrow.joint, arrow.offset) for step in steps]


def _arrow(points: Sequence[Flat], both: bool) -> list[Shape]:
    if len(points) < 2:
        return []
    kept = [points[0]]
    for point in points[1:]:
        if _far(kept[-1], point) > 0.8:
            kept.append(point)
    if len(kept) < 2:
        return []
    heads = [_arrow_head(kept[-2], kept[-1])]
    if both:
        heads.append(_arrow_head(kept[1], kept[0]))
    return [
        Shape("arrow", _smooth(kept), box_of(kept, 2), 0, 0, 2.6),
        Shape(
            "head",
            "".join(face(head) for head in heads),
            box_of([p for h in heads for p in h]),
            0,
            0,
        ),
    ]


def _far(one: Flat, two: Flat) -> float:
    return length((two[0] - one[0], two[1] - one[1], 0))


def _smooth(points: Sequence[Flat]) -> str:
    """A line that goes by its points without corners."""
    if len(points) == STEPS + 1:
        half = points[STEPS // 2]
        first, last = points[0], points[-1]
        control = [2 * half[at] - (first[at] + last[at]) / 2 for at in (0, 1)]
        return f"M{numbers(*first)}Q{numbers(*control)} {numbers(*last)}"
    if len(points) < 3:
        return line(points)
    data = [f"M{numbers(*points[0])}"]
    for at, point in enumerate(points[1:-1], start=1):
        after = points[at + 1]
        last = at == len(points) - 2
        end = after if last else ((point[0] + after[0]) / 2, (point[1] + after[1]) / 2)
        data.append(f"Q{numbers(*point)} {numbers(*end)}")
    return "".join(data)


def _arrow_head(before: Flat, tip: Flat) -> list[Flat]:
    long = _far(before, tip)
    x, y = (tip[0] - before[0]) / long, (tip[1] - before[1]) / long
    point = (tip[0] + 6 * x, tip[1] + 6 * y)
    return [
        point,
        (point[0] - 10 * x - 5 * y, point[1] - 10 * y + 5 * x),
        (point[0] - 10 * x + 5 * y, point[1] - 10 * y - 5 * x),
    ]


# --- writing ---------------------------------------------------------------------------------


def frame_of(groups: Iterable[Group], drawing: Drawing) -> tuple[float, float, float, float]:
    """The edges of the page: around everything, in one shape for all drawings."""
    if drawing.focus is not None:
        figure = figure_of(positions(drawing)[0])
        x, y = Camera.of(drawing.view).flat(figure.joints[drawing.focus.joint])
        half = drawing.focus.width / 2
        return (x - half, y - half / ASPECT, x + half, y + half / ASPECT)
    boxes = [
        (box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1])
        for _, by, shapes in groups
        for box in (around(shape.box for shape in shapes),)
    ]
    left, top, right, bottom = around(boxes)
    wide, high = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
    width = max(wide, high * ASPECT, SMALLEST)
    height = width / ASPECT
    x = (left + right - width) / 2
    y = bottom + MARGIN - height if high < height else top - MARGIN
    y = (top + bottom - height) / 2 if high < height else y
    return (x, y, x + width, y + height)


def _body(groups: Iterable[Group]) -> Iterable[str]:
    for name, by, shapes in groups:
        moved = f' transform="translate({numbers(*by)})"' if any(by) else ""
        ghost = ' opacity=".35"' if name == "start" and _overlaid(groups) else ""
        yield (
            f'<g class="lp-{name}"{moved}{ghost} stroke="{EDGE}" stroke-width="1.6"'
            ' stroke-linejoin="round" stroke-linecap="round" paint-order="stroke">'
        )
        for (look, width, _), run in groupby(shapes, key=_alike):
            data = "".join(shape.data for shape in run)
            wide = f' stroke-width="{number(width)}"' if width else ""
            yield f'<path class="lp-{look}" {LOOKS[look]}{wide} d="{data}"/>'
        yield "</g>"


def _alike(shape: Shape) -> tuple[str, float, str]:
    """What may be one path: but limbs keep their outlines."""
    own = shape.data if shape.look in _APART else ""
    return shape.look, shape.width, own


def _overlaid(groups: Iterable[Group]) -> bool:
    return not any(name == "end" and any(by) for name, by, _ in groups)


__all__ = ["frame_of", "scene", "svg_of"]
