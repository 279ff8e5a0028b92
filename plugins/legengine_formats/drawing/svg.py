"""Writes a picture as one SVG element: simple paths that need no style sheet and no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Final

from legengine.domain.picture import Image, Picture
from legengine_formats.drawing.scene import Group, page_of, scene
from legengine_formats.drawing.shapes import Shape, number, numbers

EDGE: Final = "#26364d"

LOOKS: Final[dict[str, str]] = {
    "near": 'fill="#3f7cc4"',
    "trunk": 'fill="#5d93d3"',
    "far": 'fill="#a9c1de"',
    "skin": 'fill="#e3b38f"',
    "hair": 'fill="#6b4a35"',
    "nose": 'fill="#c98f69" stroke="none"',
    "eye": f'fill="{EDGE}" stroke="none"',
    "lid": 'fill="none"',
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
    "weight": 'fill="#5a6474"',
    "disc": 'fill="#5a6474" fill-opacity=".75"',
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
"""The colours of each class, told apart on light and dark; a page may set others: ``.lp-near``."""

_OUTLINED: Final = ("near", "far", "weight", "ball")
"""What keeps its outline where it lies over its like."""

_ROOT: Final = (
    f'stroke="{EDGE}" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"'
    ' paint-order="stroke"'
)
_GHOST: Final = ' opacity=".4"'

CROSSFADE: Final = (
    "<style>@media(prefers-reduced-motion:no-preference){"
    ".lp-moves .lp-start{animation:lp-a 4s ease-in-out infinite}"
    ".lp-moves .lp-end{animation:lp-b 4s ease-in-out infinite}}"
    "@keyframes lp-a{0%,30%,100%{opacity:1}50%,80%{opacity:.2}}"
    "@keyframes lp-b{0%,30%,100%{opacity:.15}50%,80%{opacity:1}}</style>"
)


def svg_of(picture: Picture, *, title: str, ids: str = "", animated: bool = False) -> str:
    """A picture as an SVG element that can stand in a page or in a file.

    ``title`` is its text alternative. ``ids`` begins the ids in it, which have to be unique in a
    page. ``animated`` fades from the start to the end and back, unless the reader wants less
    motion. An image file is set into the element as it is.
    """
    name = escape(f"{ids}-title")
    label = f' aria-labelledby="{name}"' if ids else ""
    text = f'<title id="{name}">' if ids else "<title>"
    moves = animated and not isinstance(picture, Image) and picture.end is not None
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lp{" lp-moves" if moves else ""}"'
        f' role="img"{label}'
    )
    title = f"{text}{escape(title)}</title>"
    if isinstance(picture, Image):
        href = escape(f"data:{picture.media_type};base64,{picture.data}")
        size = 'width="200" height="150"'
        return f'{start} viewBox="0 0 200 150">{title}<image {size} href="{href}"/></svg>'
    groups = scene(picture)
    left, top, right, bottom = page_of(picture, groups)
    box = numbers(left, top, right - left, bottom - top)
    fading = CROSSFADE if moves else ""
    return f'{start} viewBox="{box}" {_ROOT}>{title}{fading}{"".join(_written(groups))}</svg>'


def _written(groups: Iterable[Group]) -> Iterator[str]:
    for group in groups:
        moved = f' transform="translate({numbers(*group.by)})"' if any(group.by) else ""
        yield f'<g class="lp-{group.name}"{moved}{_GHOST if group.ghost else ""}>'
        for (look, width, _), run in groupby(group.shapes, key=_alike):
            data = "".join(shape.data for shape in run)
            wide = f' stroke-width="{number(width)}"' if width else ""
            yield f'<path class="lp-{look}" {LOOKS[look]}{wide} d="{data}"/>'
        yield "</g>"


def _alike(shape: Shape) -> tuple[str, float, str]:
    """What may be one path."""
    return shape.look, shape.width, shape.data if shape.look in _OUTLINED else ""


__all__ = ["svg_of"]
