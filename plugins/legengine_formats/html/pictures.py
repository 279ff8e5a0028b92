"""The pictures of a page: each drawn once, their colours said once in the style sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from legengine.domain.picture import Picture
from legengine_formats.drawing.svg import CROSSFADE, svg_of
from legengine_formats.html.views import HowView

_LOOK: Final = re.compile(
    r' class="(lp-[a-z-]+)"((?: (?:fill|stroke|paint-order)[a-z-]*="[^"<>{};]*")+)'
)
"""A class of a drawing with the colours that stand beside it."""


def drawn(
    how: Iterable[HowView], picture: Callable[[str], Picture | None], *, animated: bool
) -> tuple[dict[str, str], str]:
    """The SVG of every exercise that has a picture, by its id, and the style that they share.

    Each has the id ``p`` and its exercise's anchor, by which sessions show it again.
    """
    found: dict[str, str] = {}
    for item in how:
        figure = picture(item.id)
        if figure is not None:
            id = f"p{item.anchor}"
            svg = svg_of(figure, title=item.name, ids=id, animated=animated)
            svg = svg.replace(CROSSFADE, "").replace(' xmlns="http://www.w3.org/2000/svg"', "")
            found[item.id] = svg.replace("<svg ", f'<svg id="{id}" ', 1)
    looks = _shared(found.values())
    lean = {id: _LOOK.sub(lambda match: _without(match, looks), svg) for id, svg in found.items()}
    rules = "".join(f".{name}{{{_as_css(said)}}}\n" for name, said in sorted(looks.items()))
    fade = CROSSFADE.removeprefix("<style>").removesuffix("</style>") if animated else ""
    return lean, rules + fade


def _shared(drawings: Iterable[str]) -> dict[str, str]:
    """Classes that look the same wherever they are."""
    looks: dict[str, set[str]] = {}
    for svg in drawings:
        for name, said in _LOOK.findall(svg):
            looks.setdefault(name, set()).add(said)
    return {name: said.pop() for name, said in looks.items() if len(said) == 1}


def _without(match: re.Match[str], looks: dict[str, str]) -> str:
    return f' class="{match[1]}"' if looks.get(match[1]) == match[2] else match[0]


def _as_css(attributes: str) -> str:
    return ";".join(
        f"{name}:{value}" for name, value in re.findall(r'([a-z-]+)="([^"]*)"', attributes)
    )
