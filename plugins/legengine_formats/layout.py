"""Plain text in columns: widths as a terminal counts them, wrapping, columns that fit a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from unicodedata import combining, east_asian_width

GAP: Final = 2
"""Spaces between columns."""

_LEAST: Final = 6
_WORD: Final = 16
_GLUE: Final = re.compile(r"(?<=\d) (?=(?:s|m|min|h|kg|cm|%|x \d)(?![a-z]))|(?<=\d x) (?=\d)")
"""Where a line must not end: 3 x 12, 30 s, 8 kg."""


def cell_width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if combining(character) or character in "\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Wrap at spaces; a word that is longer than a line is cut. At least one line comes back."""
    lines: list[str] = []
    line, used, empty = first, cell_width(first), True
    for word in _words(text):
        for piece in _pieces(word, max(2, width - cell_width(rest))):
            size = cell_width(piece)
            if not empty and used + 1 + size > width:
                lines.append(line)
                line, used, empty = rest, cell_width(rest), True
            elif empty and used + size > width and line != rest:
                lines.append(line.rstrip())
                line, used = rest, cell_width(rest)
            line, used = (
                (line + piece, used + size) if empty else (line + " " + piece, used + 1 + size)
            )
            empty = False
    lines.append(line.rstrip() if empty else line)
    return lines


def _words(text: str) -> list[str]:
    glued = _GLUE.sub("\0", " ".join(text.split()))
    return [word.replace("\0", " ") for word in glued.split()]


def _pieces(word: str, width: int) -> list[str]:
    if cell_width(word) <= width:
        return [word]
    pieces, piece, used = [], "", 0
    for character in word:
        size = _character_width(character)
        if used + size > width:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + size
    return [*pieces, piece]


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with spaces up to a width."""
    space = " " * max(0, width - cell_width(text))
    return space + text if right else text + space


def fit(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Widths of columns that fit a page, the widest shrunk first; ``None`` where none do."""
    columns = list(zip(*rows, strict=True))
    widths = [max(cell_width(cell) for cell in column) for column in columns]
    least = [
        max(min(wide, _LEAST), *(_longest_word(cell) for cell in column))
        for wide, column in zip(widths, columns, strict=True)
    ]
    room = width - GAP * (len(columns) - 1)
    while sum(widths) > room:
        spare = [(wide, index) for index, wide in enumerate(widths) if wide > least[index]]
        if not spare:
            return None
        widths[max(spare)[1]] -= 1
    return widths


def _longest_word(cell: str) -> int:
    return min(_WORD, max((cell_width(word) for word in _words(cell)), default=0))


def table_line(cells: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> list[str]:
    """One row of a table as lines."""
    wrapped = [wrap(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in wrapped)
    found = []
    for number in range(height):
        parts = [
            pad(lines[number] if number < len(lines) else "", wide, right=index in right)
            for index, (lines, wide) in enumerate(zip(wrapped, widths, strict=True))
        ]
        found.append((" " * GAP).join(parts).rstrip())
    return found
