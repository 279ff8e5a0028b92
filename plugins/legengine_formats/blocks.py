"""What a document says, before it has a layout: sections of paragraphs, lists, entries, tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Tone = Literal["plain", "good", "notice", "warning", "quiet"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with lines that belong to it; ``aside`` stands beside the term where there is room."""

    term: str
    lines: tuple[str, ...] = ()
    aside: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries one below the other; ``tight`` where no empty line is wanted between them."""

    entries: tuple[Entry, ...]
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. A note belongs to the whole row; rows of one group stand together."""

    cells: tuple[str, ...]
    group: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and the entries that a narrow page shows in its place."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    narrow: Entries
    right: frozenset[int] = frozenset()
    """Columns of numbers."""
    prefer_narrow: bool = False
    """Whether entries read better than the table on any page of plain text."""

    def without_empty_columns(self) -> Table:
        """The table without the columns in which no row says anything."""
        kept = [
            index
            for index in range(len(self.heads))
            if index == 0 or any(row.cells[index] for row in self.rows)
        ]
        rows = tuple(
            replace(row, cells=tuple(row.cells[index] for index in kept)) for row in self.rows
        )
        right = frozenset(new for new, old in enumerate(kept) if old in self.right)
        return replace(
            self, heads=tuple(self.heads[index] for index in kept), rows=rows, right=right
        )


Block = Paragraph | Bullets | Entries | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it; level 1 is a part, level 2 lies within one."""

    title: str
    blocks: tuple[Block, ...]
    level: Literal[1, 2] = 1
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what has to be known first, and sections."""

    title: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    tone: Tone = "plain"
