"""Charts over the weeks, as shapes: where bars, bands, lines and letters stand.

The unit is a pixel of a phone 360 wide. Colours are classes of the style sheet, and every chart has
its numbers as a table and one sentence that says what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from legengine_formats.wording import number

WIDTH: Final = 320
HEIGHT: Final = 124
LEFT, RIGHT, TOP, BOTTOM = 34, 6, 10, 22
INNER_W: Final = WIDTH - LEFT - RIGHT
INNER_H: Final = HEIGHT - TOP - BOTTOM
LETTER_W: Final = 22
"""What the number of a week takes, with air."""


CROWDED: Final = 10
"""Weeks that are narrower get smaller points."""

BEHIND: Final = ("aim", "grid")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    w: float
    h: float
    look: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, as the path of an SVG."""

    path: str
    look: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line."""

    x: float
    y: float
    look: str
    r: float = 3.4


@dataclass(frozen=True, slots=True)
class Letters:
    """A short text."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"]
    look: str = "tick"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a chart, for those who can't or don't want to see it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart."""

    title: str
    says: str
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    letters: tuple[Letters, ...]
    numbers: Numbers
    width: int = WIDTH
    height: int = HEIGHT

    def shapes(self, *, behind: bool) -> tuple[tuple[str, str], ...]:
        """Boxes and lines as ``(look, path)``, one path a look; the grid and the aim lie behind."""
        paths: dict[str, str] = {}
        for box in self.boxes:
            outline = f"M{box.x:g} {box.y:g}h{box.w:g}v{box.h:g}h{-box.w:g}z"
            paths[box.look] = paths.get(box.look, "") + outline
        for stroke in self.strokes:
            paths[stroke.look] = paths.get(stroke.look, "") + stroke.path
        return tuple((look, path) for look, path in paths.items() if (look in BEHIND) == behind)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a week: a band that is aimed at, and what may not be left."""

    aim: tuple[float, float] | None = None
    floor: float | None = None
    cap: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A value a week, from one or several layers."""

    weeks: tuple[int, ...]
    layers: tuple[tuple[float, ...], ...]
    limits: tuple[Limits, ...]
    lighter: frozenset[int] = frozenset()
    """Numbers of the lighter weeks."""


def _round(value: float) -> float:
    return round(value, 1)


class _Plane:
    """Where a week and a value lie."""

    def __init__(self, weeks: Sequence[int], low: float, high: float) -> None:
        self.low, self.high = low, high
        self.step = INNER_W / max(1, len(weeks))
        self.weeks = weeks

    def left(self, index: int) -> float:
        return _round(LEFT + index * self.step)

    def middle(self, index: int) -> float:
        return _round(LEFT + (index + 0.5) * self.step)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _round(TOP + INNER_H * (1 - share))

    def scale(self, step: float) -> list[Letters]:
        ticks = []
        value = math.ceil(self.low / step) * step
        while value <= self.high + step / 1000:
            ticks.append(Letters(LEFT - 5, self.y(value) + 4, number(value), "end"))
            value += step
        return ticks

    def grid(self, step: float) -> list[Stroke]:
        value, found = math.ceil(self.low / step) * step, []
        while value <= self.high + step / 1000:
            found.append(Stroke(f"M{LEFT} {self.y(value):g}H{WIDTH - RIGHT}", "grid"))
            value += step
        return found

    def numbers(self) -> list[Letters]:
        every = max(1, math.ceil(LETTER_W / self.step))
        return [
            Letters(self.middle(index), HEIGHT - 7, str(week), "middle")
            for index, week in enumerate(self.weeks)
            if index % every == 0
        ]


def nice_step(most: float) -> float:
    """A round distance for at most five marks: 1, 2, 5 times a power of ten, or 2.5."""
    rough = max(most, 1e-9) / 4
    if 2 < rough <= 2.5:
        return 5.0 if most >= 10 else 2.5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)


def bars(title: str, says: str, series: Series, numbers: Numbers) -> Chart:
    """Bars from zero; layers on top of each other; limits as a band and as lines."""
    totals = [sum(values) for values in zip(*series.layers, strict=True)] or [0.0]
    edges = [edge for limit in series.limits for edge in _edges(limit)]
    most = max(*totals, *edges, 1.0)
    step = nice_step(most)
    plane = _Plane(series.weeks, 0, math.ceil(most / step) * step)
    boxes = _bands(series, plane)
    width = _round(max(2.0, min(plane.step * 0.62, 26)))
    heights = [0.0] * len(series.weeks)
    for layer, values in enumerate(series.layers, start=1):
        for index, value in enumerate(values):
            if value <= 0:
                continue
            low, high = heights[index], heights[index] + value
            heights[index] = high
            lighter = " lighter" if series.weeks[index] in series.lighter else ""
            boxes.append(
                Box(
                    _round(plane.middle(index) - width / 2),
                    plane.y(high),
                    width,
                    _round(plane.y(low) - plane.y(high)),
                    f"bar layer-{layer}{lighter}",
                )
            )
    strokes = [*plane.grid(step), *_limit_lines(series, plane)]
    letters = [*plane.scale(step), *plane.numbers()]
    return Chart(title, says, tuple(boxes), tuple(strokes), (), tuple(letters), numbers)


def _edges(limit: Limits) -> list[float]:
    found = [limit.floor or 0.0, limit.cap or 0.0]
    return found + ([limit.aim[1]] if limit.aim else [])


def _bands(series: Series, plane: _Plane) -> list[Box]:
    """The aimed-at range; neighbouring weeks with the same one share a rectangle."""
    found: list[Box] = []
    last: tuple[float, float] | None = None
    for index, limit in enumerate(series.limits):
        if limit.aim is None:
            last = None
            continue
        low, high = limit.aim
        if limit.aim == last:
            box = found.pop()
            width = _round(plane.left(index + 1) - box.x)
            found.append(Box(box.x, box.y, width, box.h, box.look))
        else:
            height = max(2.0, _round(plane.y(low) - plane.y(high)))
            found.append(Box(plane.left(index), plane.y(high), _round(plane.step), height, "aim"))
        last = limit.aim
    return found


def _limit_lines(series: Series, plane: _Plane) -> list[Stroke]:
    found = []
    for look in ("floor", "cap"):
        path, last = "", None
        for index in range(len(series.weeks)):
            value = getattr(series.limits[index], look)
            if not value:
                last = None
                continue
            y = plane.y(value)
            if last is None:
                path += f"M{plane.left(index):g} {y:g}"
            elif y != last:
                path += f"V{y:g}"
            following = series.limits[index + 1] if index + 1 < len(series.limits) else None
            if following is None or getattr(following, look) != value:
                path += f"H{plane.left(index + 1):g}"
            last = y
        if path:
            found.append(Stroke(path, look))
    return found


def line(
    title: str,
    says: str,
    weeks: Sequence[int],
    values: Sequence[float | None],
    lighter: frozenset[int],
    numbers: Numbers,
) -> Chart:
    """A line of points; where a week has none the line is broken."""
    there = [value for value in values if value is not None]
    low, high = min(there, default=0.0), max(there, default=1.0)
    step = nice_step(max(high - low, high / 4, 1))
    bottom = max(0.0, math.floor(low / step) * step - (step if low == high else 0))
    plane = _Plane(weeks, bottom, max(math.ceil(high / step) * step, bottom + step))
    path, joined = "", False
    dots = []
    for index, value in enumerate(values):
        if value is None:
            joined = False
            continue
        x, y = plane.middle(index), plane.y(value)
        path += f"{'L' if joined else 'M'}{x:g} {y:g}"
        joined = True
        look = "dot lighter" if weeks[index] in lighter else "dot"
        dots.append(Dot(x, y, look, 3.4 if plane.step > CROWDED else 1.8))
    strokes = (*plane.grid(step), Stroke(path, "growth"))
    letters = (*plane.scale(step), *plane.numbers())
    return Chart(title, says, (), strokes, tuple(dots), letters, numbers)
