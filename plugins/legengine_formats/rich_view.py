"""A document in colour, by rich. Imported only where colours are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Final

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from legengine_formats.blocks import Block, Bullets, Document, Entries, Entry, Section, Table
from legengine_formats.plain import LEAST_WIDTH, STACKED_BELOW, TEXT_WIDTH

TONES: Final = {
    "plain": "",
    "good": "green",
    "notice": "yellow",
    "warning": "bold red",
    "quiet": "dim",
}


def rich_text(document: Document, width: int) -> str:
    """The document with colours on a page of a width in cells."""
    width = max(width, LEAST_WIDTH)
    page = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        force_jupyter=False,
        force_interactive=False,
        color_system="standard",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    with page.capture() as captured:
        page.print(_title(document, width))
        for section in document.sections:
            page.print()
            for part in _section(section, width):
                page.print(part)
    return captured.get()


def _title(document: Document, width: int) -> RenderableType:
    style = "bold red" if document.tone == "warning" else "bold cyan"
    body = RichTable.grid()
    for block in document.lead:
        for part in _block(block, width - 4):
            body.add_row(part)
    return Panel(body, title=Text(document.title, style), border_style=style, width=width)


def _section(section: Section, width: int) -> Iterator[RenderableType]:
    if section.tone == "warning":
        body = RichTable.grid()
        for block in section.blocks:
            for part in _block(block, width - 4):
                body.add_row(part)
        yield Panel(body, title=Text(section.title, "bold red"), border_style="red", width=width)
        return
    if section.level == 1:
        yield Rule(Text(section.title, "bold cyan"), align="left", style="cyan")
    else:
        yield Text(section.title, "bold")
    for index, block in enumerate(section.blocks):
        if index:
            yield ""
        yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[RenderableType]:
    if isinstance(block, Table):
        yield from _table(block, width)
    elif isinstance(block, Entries):
        yield from _entries(block, width)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield _hanging("-", Text(item), width)
    else:
        yield _limited(Text(block.text, TONES[block.tone]), width)


def _limited(text: Text, width: int) -> RenderableType:
    return Padding(text, (0, max(0, width - TEXT_WIDTH), 0, 0))


def _hanging(mark: str, text: Text, width: int) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=len(mark))
    grid.add_column(max_width=min(width, TEXT_WIDTH) - len(mark) - 1, overflow="fold")
    grid.add_row(mark, text)
    return grid


def _table(table: Table, width: int) -> Iterator[RenderableType]:
    if width < STACKED_BELOW or (table.prefer_narrow and width < 110):
        yield from _entries(table.narrow, width)
        return
    view = RichTable(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=False)
    for index, head in enumerate(table.heads):
        view.add_column(
            Text(head),
            justify="right" if index in table.right else "left",
            overflow="fold",
            style="bold" if index == 0 else "",
        )
    group = ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            view.add_row(Text(group, "cyan"))
        cells = [Text(cell) for cell in row.cells]
        if row.note:
            cells[0].append(f"\n{row.note}", "not bold dim")
        view.add_row(*cells)
    yield view


def _entries(block: Entries, width: int) -> Iterator[RenderableType]:
    group = ""
    for index, entry in enumerate(block.entries):
        if entry.group != group:
            group = entry.group
            yield Text(group, "cyan")
        elif index and not block.tight:
            yield ""
        yield from _entry(entry, width)


def _entry(entry: Entry, width: int) -> Iterator[RenderableType]:
    head = Text(entry.term, "bold")
    short = len(entry.lines) == 1 and not entry.aside
    aside = entry.lines[0] if short else entry.aside
    if aside:
        head.append(f": {aside}", "not bold")
    yield _limited(head, width)
    for line in () if short else entry.lines:
        yield Padding(_limited(Text(line), width - 2), (0, 0, 0, 2))
