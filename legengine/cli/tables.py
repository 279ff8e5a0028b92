"""Plain tables and paragraphs for people; nothing is cut off where a program may be reading."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from itertools import zip_longest

from legengine.cli import standard_output
from legengine.cli.standard_output import stream

NARROW = 60
"""Below this width an entry takes several lines."""

_LEAST = 8
"""No column that is wrapped is narrower than this."""


def terminal_width() -> int | None:
    """The width of the terminal (or ``COLUMNS``); ``None`` where the output goes elsewhere."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given) > 0:
        return max(20, int(given))
    if not stream().isatty():
        return None
    with suppress(OSError, ValueError):
        return max(20, os.get_terminal_size(stream().fileno()).columns)
    return 80


def use_colour() -> bool:
    """Whether escape codes are welcome on standard output."""
    return (
        stream().isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "") != "dumb"
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Aligned columns; the last one takes what is left, and may be cut."""
    if width is not None and width < NARROW:
        return "\n".join(_stacked(row, width) for row in rows)
    cells = [tuple(heads), *map(tuple, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = []
    for row in cells:
        line = "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
        lines.append(line if width is None else _cut(line, width))
    return "\n".join(lines)


def wrapped_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], width: int | None, indent: str = ""
) -> str:
    """Aligned columns in which long cells go on in the next line; nothing is cut."""
    cells = [tuple(heads), *map(tuple, rows)]
    sizes = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    if width is not None:
        if width < NARROW:
            return "\n".join(_stacked(row, width) for row in rows)
        room = min(width, 100) - len(indent) - 2 * (len(heads) - 1)
        while sum(sizes) > room and max(sizes) > _LEAST:
            sizes[sizes.index(max(sizes))] -= 1
    lines = []
    for row in cells:
        columns = [
            textwrap.wrap(cell, size, break_on_hyphens=False) or [""]
            for cell, size in zip(row, sizes, strict=True)
        ]
        for parts in zip_longest(*columns, fillvalue=""):
            line = "  ".join(part.ljust(size) for part, size in zip(parts, sizes, strict=True))
            lines.append((indent + line).rstrip())
    return "\n".join(lines)


def _stacked(row: Sequence[str], width: int) -> str:
    """The first cell by itself, the last one wrapped under it, the others in one line."""
    first, *middle, last = row
    lines = [first, *wrapped(last, width, "  ").splitlines()]
    between = "  ".join(cell for cell in middle if cell)
    return "\n".join([*lines, *wrapped(between, width, "  ").splitlines()])


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def wrapped(text: str, width: int | None, indent: str = "") -> str:
    """A paragraph, wrapped to at most 100 columns on a terminal."""
    if width is None:
        return indent + text
    return textwrap.fill(
        text,
        min(width, 100),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def hanging(head: str, text: str, width: int | None) -> str:
    """A text with something in front, under which it goes on."""
    if width is None:
        return head + text
    return textwrap.fill(
        text,
        min(width, 100),
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


def bullet(text: str, width: int | None) -> str:
    """A text as an entry of a list."""
    return hanging("  - ", text, width)


def fields(pairs: Sequence[tuple[str, str]], width: int | None) -> str:
    """Names with their values; empty values are left out."""
    lines = []
    for name, value in pairs:
        if not value:
            continue
        line = f"{name}: {value}"
        if width is None:
            lines.append(line)
        else:
            lines.append(textwrap.fill(line, min(width, 100), subsequent_indent="  "))
    return "\n".join(lines)


def show(text: str) -> None:
    """Print to standard output."""
    standard_output.show(text)
