"""A document as plain text: no colour, no boxes, stacked where the page is narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine_formats.blocks import Block, Bullets, Document, Entries, Entry, Section, Table
from legengine_formats.layout import cell_width, fit, table_line, wrap

STACKED_BELOW: Final = 70
"""Pages narrower than this show entries in place of tables."""

TEXT_WIDTH: Final = 96
"""Running text isn't wider than this, however wide the page is."""

LEAST_WIDTH: Final = 24


def plain_text(document: Document, width: int) -> str:
    """The document on a page of a width in cells."""
    width = max(width, LEAST_WIDTH)
    lines: list[str] = []
    title = wrap(document.title, width)
    rule = "=" * max(map(cell_width, title))
    lines += [rule, *title, rule]
    for block in document.lead:
        lines += _block(block, width, hang="  ")
    for section in document.sections:
        lines += _section(section, width)
    return "\n".join(lines) + "\n"


def _section(section: Section, width: int) -> Iterator[str]:
    yield ""
    if section.level == 1:
        yield ""
    title = wrap(section.title, width)
    yield from title
    yield ("=" if section.level == 1 else "-") * max(map(cell_width, title))
    yield from _blocks(section.blocks, width)


def _blocks(blocks: tuple[Block, ...], width: int) -> Iterator[str]:
    for index, block in enumerate(blocks):
        if index:
            yield ""
        yield from _block(block, width)


def _block(block: Block, width: int, *, hang: str = "") -> Iterator[str]:
    text = min(width, TEXT_WIDTH)
    if isinstance(block, Table):
        yield from _table(block, width)
    elif isinstance(block, Entries):
        yield from _entries(block, text)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from wrap(item, text, first="- ", rest="  ")
    else:
        yield from wrap(block.text, text, rest=hang)


def _table(table: Table, width: int) -> Iterator[str]:
    grouped = any(row.group for row in table.rows)
    indent = "  " if grouped else ""
    room = width - len(indent)
    widths = fit([table.heads, *(row.cells for row in table.rows)], room)
    if width < STACKED_BELOW or widths is None or table.prefer_narrow:
        yield from _entries(table.narrow, min(width, TEXT_WIDTH))
        return
    for line in table_line(table.heads, widths, table.right):
        yield indent + line
    group = ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            yield group
        for line in table_line(row.cells, widths, table.right):
            yield indent + line
        if row.note:
            yield from wrap(
                row.note, min(width, TEXT_WIDTH), first=indent + "  ", rest=indent + "  "
            )


def _entries(block: Entries, width: int) -> Iterator[str]:
    group = ""
    for index, entry in enumerate(block.entries):
        if entry.group != group:
            group = entry.group
            yield group
        elif index and not block.tight:
            yield ""
        yield from _entry(entry, width)


def _entry(entry: Entry, width: int) -> Iterator[str]:
    first, inner = ("- ", "    ") if entry.group else ("", "  ")
    if len(entry.lines) == 1 and not entry.aside:
        yield from wrap(f"{entry.term}: {entry.lines[0]}", width, first=first, rest=inner)
        return
    head = f"{entry.term}: {entry.aside}" if entry.aside else entry.term
    yield from wrap(head, width, first=first, rest="  " if entry.group else "    ")
    for line in entry.lines:
        yield from wrap(line, width, first=inner, rest=inner)
