"""The shapes of equipment: boxes, lines and weights, by the kind of a prop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from legengine.domain.picture import Prop, PropKind
from legengine_formats.drawing.body import LAYER
from legengine_formats.drawing.shapes import Shape, box_of, disc, face, limb, line, ring
from legengine_formats.drawing.skeleton import Figure
from legengine_formats.drawing.vectors import (
    UPRIGHT,
    Camera,
    Frame,
    Vector,
    cross,
    dot,
    middle,
    out_of,
    plus,
    turned,
    unit,
)

FRONT: Final = 20
"""The layer of what is drawn over the figure."""
BACK: Final = 0


def shapes_of_prop(prop: Prop, figure: Figure, camera: Camera) -> list[Shape]:
    """What a prop looks like beside a figure in its pose."""
    shapes = list(_KINDS[prop.kind](prop, figure, camera))
    if prop.front:
        return [shape.put(depth=shape.depth, layer=FRONT) for shape in shapes]
    return shapes


def place(figure: Figure, at: tuple[float, ...] | str | None, offset: tuple[float, ...]) -> Vector:
    """A point of a prop, or of an arrow, in the room."""
    by = (offset[0], offset[1], offset[2] if len(offset) > 2 else 0)
    if isinstance(at, str):
        return plus(figure.joints[at], by)
    given = at or (0, 0)
    return plus((given[0], given[1], given[2] if len(given) > 2 else 0), by)


def _at(prop: Prop, figure: Figure) -> Vector:
    return place(figure, prop.at, prop.offset)


def _size(prop: Prop, *usual: float) -> tuple[float, ...]:
    given = prop.size or ()
    return (*given, *usual[len(given) :])


def _frame(prop: Prop) -> Frame:
    return turned(turned(UPRIGHT, 1, prop.turn), 2, prop.pitch)


# --- boxes -----------------------------------------------------------------------------------

_FACES: Final = (("top", 1, 1), ("front", 0, 1), ("side", 2, 1), ("front", 0, -1), ("side", 2, -1))


def _block(
    camera: Camera, foot: Vector, frame: Frame, size: tuple[float, ...], look: str = "prop"
) -> Iterator[Shape]:
    """The faces of a box that are seen; ``foot`` is the middle of its lower face."""
    centre = plus(foot, frame[1], size[1] / 2)
    for name, axis, sign in _FACES:
        if dot(frame[axis], camera.towards) * sign < 0.02:
            continue
        one, two = (frame[other] for other in range(3) if other != axis)
        a, b = (size[other] / 2 for other in range(3) if other != axis)
        at = plus(centre, frame[axis], sign * size[axis] / 2)
        corners = [
            plus(plus(at, one, i * a), two, j * b) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        flat = [camera.flat(corner) for corner in corners]
        yield Shape(f"{look}-{name}", face(flat), box_of(flat, 0.5), camera.near(centre), BACK)


def _box(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    yield from _block(camera, _at(prop, figure), _frame(prop), _size(prop, 40, 30, 40))


def _mat(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    foot = plus(_at(prop, figure), (0, -3, 0))
    yield from _block(camera, foot, _frame(prop), _size(prop, 190, 3, 60), "mat")


def _bed(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    long, high, wide = _size(prop, 190, 45, 70)
    foot = plus(_at(prop, figure), (0, -high, 0))
    yield from _legs(camera, foot, (long, high - 16, wide))
    yield from _block(camera, plus(foot, (0, high - 16, 0)), _frame(prop), (long, 16, wide), "mat")


def _wall(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    yield from _block(camera, _at(prop, figure), _frame(prop), _size(prop, 5, 185, 70), "wall")


def _legs(camera: Camera, foot: Vector, size: tuple[float, ...]) -> Iterator[Shape]:
    """Four legs under a seat or a top, as lines."""
    for x in (-0.44, 0.44):
        for z in (-0.42, 0.42):
            low = plus(foot, (x * size[0], 0, z * size[2]))
            yield _stroke(camera, [low, plus(low, (0, size[1], 0))], "frame", 3.5)


def _chair(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A chair that faces along x; ``size`` is depth, height of the seat and width."""
    foot, (deep, high, wide) = _at(prop, figure), _size(prop, 42, 44, 42)
    frame = turned(UPRIGHT, 1, prop.turn)
    for x in (-0.44, 0.44):
        for z in (-0.44, 0.44):
            low = plus(foot, out_of(frame, x * deep, 0, z * wide))
            top = high + 44 if x < 0 else high - 3
            yield _stroke(camera, [low, plus(low, (0, top, 0))], "frame", 3.5)
    seat = plus(foot, (0, high - 5, 0))
    yield from _block(camera, seat, frame, (deep, 5, wide))
    back = plus(foot, out_of(frame, -0.46 * deep, high + 22, 0))
    yield from _block(camera, back, frame, (4, 20, wide))
    if prop.kind == "armchair":
        for z in (-0.5, 0.5):
            one = plus(foot, out_of(frame, -0.44 * deep, high + 20, z * wide))
            two = plus(foot, out_of(frame, 0.4 * deep, high + 20, z * wide))
            down = plus(foot, out_of(frame, 0.4 * deep, high - 3, z * wide))
            yield _stroke(camera, [one, two, down], "frame", 3.5)


def _bench(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    long, high, wide = _size(prop, 40, 42, 110)
    foot = _at(prop, figure)
    yield from _legs(camera, foot, (long, high - 8, wide))
    yield from _block(
        camera, plus(foot, (0, high - 8, 0)), turned(UPRIGHT, 1, prop.turn), (long, 8, wide), "pad"
    )


def _counter(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    long, high, wide = _size(prop, 40, 92, 90)
    frame = turned(UPRIGHT, 1, prop.turn)
    yield from _block(camera, _at(prop, figure), frame, (long - 4, high - 5, wide - 4), "wall")
    top = plus(_at(prop, figure), (0, high - 5, 0))
    yield from _block(camera, top, frame, (long, 5, wide))


def _stairs(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """Steps that go up along x; ``size`` is the depth, height and width of one."""
    deep, high, wide = _size(prop, 28, 18, 60)
    foot = _at(prop, figure)
    for step in (3, 2, 1):
        at = plus(foot, (deep * (step - 1) + deep / 2, 0, 0))
        yield from _block(camera, at, UPRIGHT, (deep, high * step, wide))


# --- lines -----------------------------------------------------------------------------------


def _stroke(
    camera: Camera, points: list[Vector], look: str, width: float, layer: int = BACK
) -> Shape:
    flat = [camera.flat(point) for point in points]
    depth = camera.near(middle(*points))
    return Shape(look, line(flat), box_of(flat, width / 2), depth, layer, width)


def _line_of(
    look: str, width: float, layer: int = BACK
) -> Callable[[Prop, Figure, Camera], Iterator[Shape]]:
    def draw(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
        first = _at(prop, figure)
        rest = [
            place(figure, point, prop.offset if isinstance(point, str) else (0, 0))
            for point in prop.to
        ]
        shape = _stroke(camera, [first, *rest], look, _size(prop, width)[0], layer)
        yield shape.put(depth=shape.depth + (3 if layer else 0), layer=layer)

    return draw


def _column(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """The tower of a cable machine, with the pulley at the height of ``to``."""
    wide, high, deep = _size(prop, 16, 190, 30)
    yield from _block(camera, _at(prop, figure), UPRIGHT, (wide, high, deep), "wall")


# --- round things ----------------------------------------------------------------------------


def _ball(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    (radius,) = _size(prop, 28)[:1]
    at = _at(prop, figure)
    flat = camera.flat(at)
    yield Shape("ball", ring(flat, radius), box_of([flat], radius), camera.near(at), BACK)


def _roller(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A cylinder across; ``size`` is its radius and its width."""
    radius, wide = _size(prop, 7, 40)[:2]
    yield from _cylinder(camera, _at(prop, figure), _frame(prop)[2], radius, wide, "pad", BACK)


def _cylinder(
    camera: Camera, at: Vector, axis: Vector, radius: float, wide: float, look: str, layer: int
) -> Iterator[Shape]:
    if dot(axis, camera.towards) < 0:
        axis = plus((0, 0, 0), axis, -1)
    one, two = plus(at, axis, -wide / 2), plus(at, axis, wide / 2)
    a, b = camera.flat(one), camera.flat(two)
    box = box_of([a, b], radius)
    # A rounded bar is told from a ball by its nearer end.
    yield Shape(look, limb(a, b, radius, radius), box, camera.near(at), layer)
    if abs(dot(axis, camera.towards)) > 0.3:
        yield _disc(camera, two, axis, radius, f"{look}-end", layer)


def _disc(camera: Camera, at: Vector, axis: Vector, radius: float, look: str, layer: int) -> Shape:
    flat = camera.flat(at)
    tilted = (dot(axis, camera.right), -dot(axis, camera.up))
    data = disc(flat, radius, tilted, abs(dot(axis, camera.towards)))
    return Shape(look, data, box_of([flat], radius), camera.near(at), layer)


def _wheel(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A thin wheel or disc that stands along x."""
    (radius,) = _size(prop, 24)[:1]
    yield _disc(camera, _at(prop, figure), _frame(prop)[2], radius, "wheel", BACK)


def _plate(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A foot plate; ``size`` is its thickness, height and width, its middle is ``at``."""
    size = _size(prop, 5, 44, 50)
    frame = _frame(prop)
    foot = plus(_at(prop, figure), frame[1], -size[1] / 2)
    yield from _block(camera, foot, frame, size)


def _dumbbell(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    at, axis = _at(prop, figure), _frame(prop)[0]
    ends = [plus(at, axis, 11 * sign) for sign in (-1, 1)]
    depth = camera.near(at) + 6
    bar = _stroke(camera, ends, "frame", 3, LAYER)
    yield bar.put(depth=depth, layer=LAYER)
    for end in ends:
        a, b = (camera.flat(plus(end, axis, step)) for step in (-3.5, 3.5))
        yield Shape("weight", limb(a, b, 6, 6), box_of([a, b], 6), depth + 0.1, LAYER)


def _kettlebell(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    at = _at(prop, figure)
    centre, depth = plus(at, (0, -14, 0)), camera.near(at) + 6
    points = [plus(at, out_of(_frame(prop), x, y)) for x, y in ((-7, -9), (-5, 1), (5, 1), (7, -9))]
    yield _stroke(camera, points, "frame", 3, LAYER).put(depth=depth, layer=LAYER)
    flat = camera.flat(centre)
    yield Shape("weight", ring(flat, 9.5), box_of([flat], 9.5), depth + 0.1, LAYER)


def _bar(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A barbell across the figure; ``size`` is the radius of its plates and its length."""
    radius, long = _size(prop, 18, 130)[:2]
    at, axis = _at(prop, figure), _frame(prop)[2]
    ends = [plus(at, axis, sign * long / 2) for sign in (-1, 1)]
    depth = camera.near(at)
    yield _stroke(camera, ends, "frame", 3, LAYER).put(depth=depth + 5, layer=LAYER)
    for end in ends:
        near = camera.near(end) > depth
        plate = _disc(camera, plus(end, axis, -8 if near else 8), axis, radius, "disc", LAYER)
        yield plate.put(depth=plate.depth, layer=FRONT if near else BACK)


def _cuff(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A cuff around a limb: it lies on the shin, a little above the ankle."""
    at = _at(prop, figure)
    name = prop.at if isinstance(prop.at, str) else ""
    side = name.partition("_")[0]
    knee, ankle = figure.joints.get(f"{side}_knee", at), figure.joints.get(f"{side}_ankle", at)
    along = unit(plus(knee, ankle, -1), (0, 1, 0))
    across = cross(along, camera.towards)
    a, b = (camera.flat(plus(plus(at, along, 7), across, step)) for step in (-5, 5))
    yield Shape("cuff", line([a, b]), box_of([a, b], 4), camera.near(at) + 30, LAYER, 7)


def _water(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """Water up to a height, over the figure; ``size`` is its length, height and width."""
    long, high, wide = _size(prop, 220, 110, 60)
    foot = _at(prop, figure)
    for shape in _block(camera, foot, UPRIGHT, (long, high, wide), "water"):
        yield shape.put(depth=shape.depth, layer=FRONT)


def _rail(prop: Prop, figure: Figure, camera: Camera) -> Iterator[Shape]:
    """A handrail along x; ``size`` is its length and height."""
    long, high = _size(prop, 80, 90)[:2]
    foot, frame = _at(prop, figure), _frame(prop)
    low = [plus(foot, (x * long * frame[0][0], x * long * frame[0][1], 0)) for x in (-0.5, 0.5)]
    up = [plus(point, (0, high, 0)) for point in low]
    yield _stroke(camera, [low[0], up[0], up[1], low[1]], "frame", 4)


_KINDS: Final[Mapping[PropKind, Callable[[Prop, Figure, Camera], Iterator[Shape]]]] = {
    "armchair": _chair,
    "ball": _ball,
    "band": _line_of("band", 3.2, LAYER),
    "bar": _bar,
    "bed": _bed,
    "bench": _bench,
    "box": _box,
    "cable": _line_of("cable", 1.8, LAYER),
    "chair": _chair,
    "column": _column,
    "counter": _counter,
    "cuff": _cuff,
    "dumbbell": _dumbbell,
    "frame": _line_of("frame", 5),
    "kettlebell": _kettlebell,
    "line": _line_of("line", 2.5),
    "mat": _mat,
    "pad": _roller,
    "plate": _plate,
    "rail": _rail,
    "roller": _roller,
    "stairs": _stairs,
    "step": _box,
    "stick": _line_of("stick", 3, LAYER),
    "towel": _line_of("towel", 5, LAYER),
    "wall": _wall,
    "water": _water,
    "wheel": _wheel,
}


__all__ = ["place", "shapes_of_prop"]
