"""Edits of the block style of YAML, where the indentation is the bracket."""

from __future__ import annotations

import re
from typing import Any

from legengine.intake.text.layout import (
    Edit,
    Entry,
    Node,
    begins_line,
    column,
    line_start,
    newline_of,
    next_line,
)
from legengine.intake.text.literals import key_text, literal


def add_key(text: str, root: Node, node: Node, key: str, value: Any) -> list[Edit]:
    """Add a key with its value behind the last key of a mapping."""
    lines = _pair_lines(key, value, _Steps.of(text, root))
    return _add_lines(text, node, lines)


def add_item(text: str, root: Node, node: Node, value: Any) -> list[Edit]:
    """Add an item at the end of a list, laid out like the one before it."""
    last = list(node.entries.values())[-1]
    if isinstance(value, dict) and value and last.node.style == "block" and last.node.is_mapping:
        steps = _Steps.of(text, root)
        lines = [line for key, part in value.items() for line in _pair_lines(key, part, steps)]
        gap = text[last.anchor : last.node.start]
        gap = gap if gap.isspace() and "\n" not in gap else " "
        indent = " " * (1 + len(gap))
        lines = [f"-{gap}{lines[0]}", *(indent + line for line in lines[1:])]
    else:
        lines = [f"- {literal(value, 'yaml')}"]
    return _add_lines(text, node, lines)


def remove_entry(text: str, entry_of_node: Entry | None, node: Node, entry: Entry) -> list[Edit]:
    """Take an entry out with its lines; the last one leaves an empty mapping or list behind."""
    entries = list(node.entries.values())
    if len(entries) == 1:
        return replace(text, entry_of_node, node, "{}" if node.is_mapping else "[]")
    if begins_line(text, entry.start):
        return [Edit(line_start(text, entry.start), next_line(text, entry.end), "")]
    following = entries[entries.index(entry) + 1]
    return [Edit(entry.start, following.start, "")]


def replace(text: str, entry: Entry | None, node: Node, written: str) -> list[Edit]:
    """Write one line in place of a block; ``entry`` is what holds it."""
    start = line_start(text, node.start)
    if entry is None:
        return [Edit(start, next_line(text, node.end), written + newline_of(text))]
    if start == line_start(text, entry.anchor):
        return [Edit(node.start, node.end, written)]
    return [
        Edit(entry.anchor, entry.anchor, f" {written}"),
        Edit(start, next_line(text, node.end), ""),
    ]


class _Steps:
    """How far the text indents a mapping in a mapping, and a list in a mapping."""

    def __init__(self, mapping: int, dash: int) -> None:
        self.mapping = mapping
        self.dash = dash

    @classmethod
    def of(cls, text: str, root: Node) -> _Steps:
        mappings: list[int] = []
        dashes: list[int] = []
        for node in root.walk():
            if node.style != "block" or not node.is_mapping:
                continue
            for entry in node.entries.values():
                if entry.node.style == "block" and entry.node.entries:
                    first = next(iter(entry.node.entries.values()))
                    step = column(text, first.start) - column(text, entry.start)
                    (mappings if entry.node.is_mapping else dashes).append(step)
        mapping = min(mappings, default=2)
        return cls(mapping, min(dashes, default=mapping))


def _pair_lines(key: str, value: Any, steps: _Steps) -> list[str]:
    """A key with its value: mappings and lists of mappings as blocks, all else on one line."""
    name = key_text(key, "yaml")
    if isinstance(value, dict) and value:
        inside = [line for part, below in value.items() for line in _pair_lines(part, below, steps)]
        return [name.rstrip(), *(" " * steps.mapping + line for line in inside)]
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        items = [f"{' ' * steps.dash}- {literal(part, 'yaml')}" for part in value]
        return [name.rstrip(), *items]
    return [name + literal(value, "yaml")]


def _add_lines(text: str, node: Node, lines: list[str]) -> list[Edit]:
    """Write lines behind the last entry of a block, and behind comments that belong to it."""
    newline = newline_of(text)
    last = list(node.entries.values())[-1]
    indent = column(text, last.start)
    offset = next_line(text, last.end)
    deeper = re.compile(rf"[ ]{{{indent + 1},}}#[^\r\n]*(?:\r\n|\n|\r|$)")
    while match := deeper.match(text, offset):
        offset = match.end()
    block = newline.join(" " * indent + line for line in lines)
    open_end = offset > 0 and text[offset - 1] not in "\r\n"
    return [Edit(offset, offset, newline + block if open_end else block + newline)]
