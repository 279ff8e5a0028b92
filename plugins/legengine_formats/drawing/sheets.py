"""``python -m legengine_formats.drawing.sheets LIBRARY FOLDER``: a library's pictures to look at.

LIBRARY is the folder of a library, FOLDER gets one SVG file for each pattern of movement, with the
pictures of its exercises by name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from legengine.domain.exercise import LibraryData
from legengine.domain.picture import Picture
from legengine.errors import LegengineError
from legengine.hooks.library import load_library
from legengine_formats.drawing.svg import svg_of

COLUMNS: Final = 3
WIDTH: Final = 200
HEIGHT: Final = 150
CAPTION: Final = 18
"""The height of the line under a picture."""


def sheets_of(library: LibraryData) -> dict[str, str]:
    """The sheets of a library: file name to SVG, one for each pattern that has pictures.

    Raises:
        InputError: what a picture says is wrong.
    """
    cells: dict[str, list[tuple[str, Picture]]] = {}
    for exercise in library.exercises:
        if exercise.id in library.pictures:
            picture = library.pictures[exercise.id]
            cells.setdefault(exercise.pattern, []).append((exercise.name, picture))
    return {
        f"{pattern}.svg": _sheet(pattern.replace("_", " "), cells[pattern])
        for pattern in sorted(cells)
    }


def _sheet(title: str, cells: Sequence[tuple[str, Picture]]) -> str:
    rows = -(-len(cells) // COLUMNS)
    wide, high = COLUMNS * WIDTH, rows * (HEIGHT + CAPTION)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for index, (name, picture) in enumerate(cells):
        x, y = index % COLUMNS * WIDTH, index // COLUMNS * (HEIGHT + CAPTION)
        size = f'x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}"'
        parts.append(svg_of(picture, title=name).replace("<svg ", f"<svg {size} ", 1))
        parts.append(
            f'<text x="{x + WIDTH / 2:g}" y="{y + HEIGHT + 8}" text-anchor="middle"'
            f' font-family="sans-serif" font-size="8">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the sheets; the exit code."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m legengine_formats.drawing.sheets LIBRARY FOLDER\n")
        return 2
    try:
        sheets = sheets_of(load_library(Path(arguments[0]), extends=True))
    except LegengineError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    folder = Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheet in sheets.items():
        (folder / name).write_text(sheet, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
