"""Edits of values in brackets: JSON, the flow style of YAML, the inline values of TOML."""

from __future__ import annotations

import re

from legengine.intake.text.layout import (
    Edit,
    Entry,
    Node,
    begins_line,
    is_own_line,
    line_end,
    line_start,
    newline_of,
    next_line,
)


def add_entry(text: str, node: Node, written: str) -> list[Edit]:
    """Add an entry at the end, laid out like the one before it."""
    entries = list(node.entries.values())
    if not entries:
        inside = text[node.start + 1 : node.end - 1]
        end = node.start + 1 if inside.strip() else node.end - 1
        return [Edit(node.start + 1, end, written)]
    last = entries[-1]
    comma = _comma(text, last)
    if not begins_line(text, last.start) or last.start == node.start + 1:
        return [Edit(last.end, last.end, _gap(text, entries) + written)]
    indent = text[line_start(text, last.start) : last.start]
    line = f"{newline_of(text)}{indent}{written}"
    if not is_own_line(text, last):
        return [Edit(last.end, last.end, f",{line}")]
    if comma is not None:
        end = line_end(text, comma)
        return [Edit(end, end, f"{line},")]
    end = line_end(text, last.end)
    if end == last.end:
        return [Edit(end, end, f",{line}")]
    return [Edit(last.end, last.end, ","), Edit(end, end, line)]


def remove_entry(text: str, node: Node, entry: Entry) -> list[Edit]:
    """Take an entry out, with its comma and, where it has its lines for itself, with these."""
    entries = list(node.entries.values())
    index = entries.index(entry)
    comma = _comma(text, entry)
    own = is_own_line(text, entry)
    start = line_start(text, entry.start)
    end = next_line(text, comma or entry.end)
    if len(entries) == 1:
        rest = text[node.start + 1 : start] + text[end : node.end - 1]
        if own and rest.strip():
            return [Edit(start, end, "")]
        return [Edit(node.start + 1, node.end - 1, "")]
    if index + 1 < len(entries):
        return [Edit(start, end, "") if own else Edit(entry.start, entries[index + 1].start, "")]
    before = entries[index - 1]
    if not own:
        return [Edit(before.end, entry.end, "")]
    removed = [Edit(start, end, "")]
    if comma is None and (needless := _comma(text, before)) is not None:
        removed.append(Edit(needless, needless + 1, ""))
    return removed


def _comma(text: str, entry: Entry) -> int | None:
    """Where the comma behind an entry stands."""
    match = re.compile(r"(?:\s|#[^\n]*)*,").match(text, entry.end)
    return match.end() - 1 if match else None


def _gap(text: str, entries: list[Entry]) -> str:
    """What stands between the last two entries, if they share a line."""
    if len(entries) > 1:
        gap = text[entries[-2].end : entries[-1].start]
        if not re.search(r"[\r\n#]", gap):
            return gap
    return ", "
