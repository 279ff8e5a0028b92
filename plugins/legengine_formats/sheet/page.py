"""One sheet: writes texts as texts, and keeps count of its rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from legengine_formats.blocks import Block, Bullets, Entries, Paragraph, Table

LONGEST: Final = 32_767
"""Letters in a cell, by the file format; what is longer is cut."""

HIGHEST: Final = 409
"""Points that a row may be high, by the file format."""

LINE: Final = 15
"""Points of a line of text."""

TITLE: Final = 24
"""Points of the line of a title."""

FILLED: Final = 0.95
"""How much of a column's width in letters a line of wrapped text fills (D)."""

ONE_LINE: Final = frozenset(
    {"title", "heading", "band", "line", "warning_line", "quiet_line", "credit"}
)
"""Styles whose text runs over the empty cells beside it."""


@dataclass(slots=True)
class Page:
    """A sheet with the row that is written next."""

    sheet: Any
    name: str
    styles: Mapping[str, Any]
    widths: Sequence[float] = ()
    """Of the columns, in letters."""
    row: int = 0
    _lines: dict[int, int] = field(default_factory=dict)

    def columns(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns."""
        self.widths = widths
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def text(self, column: int, text: str, style: str = "text", row: int | None = None) -> None:
        """Write a text into a cell of this row, or of another; it is never a formula."""
        where = self.row if row is None else row
        if text:
            self.sheet.write_string(where, column, text[:LONGEST], self.styles[style])
            if style not in ONE_LINE and column < len(self.widths):
                self._make_room(where, text, self.widths[column])
        else:
            self.sheet.write_blank(where, column, None, self.styles[style])

    def _make_room(self, row: int, text: str, width: float) -> None:
        """A row as high as its longest text needs: not every program that opens a file sees to it.

        A row of one line keeps the height that the program gives it.
        """
        room = max(1.0, width * FILLED)
        lines = sum(_wrapped(part, room) for part in text.split("\n"))
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.sheet.set_row(row, min(HIGHEST, LINE * lines))

    def title(self, text: str) -> None:
        """Write the title of the sheet into a row of its own."""
        self.text(0, text, "title")
        self.sheet.set_row(self.row, TITLE)
        self.row += 1

    def number(self, column: int, value: float, style: str = "cell") -> None:
        """Write a number into a cell of this row."""
        self.sheet.write_number(self.row, column, value, self.styles[style])

    def formula(self, column: int, formula: str, value: float, style: str = "sum") -> None:
        """Write a formula with what it comes to."""
        self.sheet.write_formula(self.row, column, formula, self.styles[style], value)

    def line(self, text: str, style: str = "line") -> None:
        """Write a row of one text."""
        self.text(0, text, style)
        self.row += 1

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.row += rows

    def section(self, heading: str, blocks: Sequence[Block]) -> None:
        """A heading, then its blocks, then an empty row."""
        self.text(0, heading, "heading")
        self.row += 1
        for block in blocks:
            self._block(block)
        self.skip()

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            style = block.tone if block.tone in ("warning", "quiet") else "text"
            self.text(1, block.text, style)
            self.row += 1
        elif isinstance(block, Bullets):
            for item in block.items:
                self.text(1, item)
                self.row += 1
        elif isinstance(block, Table):
            self._block(block.narrow)
        elif isinstance(block, Entries):
            for entry in block.entries:
                self.text(0, entry.term)
                lines = (entry.aside, *entry.lines) if entry.aside else entry.lines
                self.text(1, "\n".join(lines))
                self.row += 1


def _wrapped(text: str, room: float) -> int:
    """Lines that a text needs: words stay whole, save those longer than a line."""
    lines, filled = 1, 0
    for word in text.split(" "):
        if filled and filled + 1 + len(word) > room:
            lines, filled = lines + 1, 0
        filled += len(word) + (1 if filled else 0)
        over = max(0, math.ceil(filled / room) - 1)
        lines, filled = lines + over, filled - math.floor(over * room)
    return lines


def reference(name: str, first: str, last: str) -> str:
    """A range of another sheet: ``'Week 1'!$A$3:$A$9``."""
    quoted = name.replace("'", "''")
    return f"'{quoted}'!{first}:{last}"
