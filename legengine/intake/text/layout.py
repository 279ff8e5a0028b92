"""Where each value of a text begins and ends: the offsets that edits need.

Only texts that were read before are laid out, so nothing here judges syntax.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from legengine.documents.positions import DataPath


@dataclass(slots=True)
class Node:
    """A value: from ``start`` up to ``end``, an offset behind its last character."""

    start: int
    end: int
    style: Literal["scalar", "flow", "block"] = "scalar"
    is_mapping: bool = False
    entries: dict[str | int, Entry] = field(default_factory=dict)

    def at(self, path: DataPath) -> Node | None:
        """The value at a path below this one."""
        entry = self.entry(path)
        return entry.node if entry else None if path else self

    def entry(self, path: DataPath) -> Entry | None:
        """The entry at a path below this value."""
        node, entry = self, None
        for part in path:
            if part not in node.entries:
                return None
            entry = node.entries[part]
            node = entry.node
        return entry

    def walk(self) -> Iterator[Node]:
        """This value and everything inside."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [entry.node for entry in node.entries.values()]


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list.

    ``start`` is where the key, the dash or else the item begins; ``anchor`` is the offset behind
    the colon or the dash, where a value can be written.
    """

    start: int
    anchor: int
    node: Node

    @property
    def end(self) -> int:
        """The offset behind the entry."""
        return max(self.node.end, self.anchor)


class Edit(NamedTuple):
    """Write ``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def edited(text: str, edits: list[Edit]) -> str:
    """The text with the edits made; they must not overlap."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


_LINE_END: Final = re.compile(r"\r\n|\n|\r")


def newline_of(text: str) -> str:
    """The line end that the text uses first."""
    match = _LINE_END.search(text)
    return match[0] if match else "\n"


def line_start(text: str, offset: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of an offset ends, before its line end."""
    match = _LINE_END.search(text, offset)
    return match.start() if match else len(text)


def next_line(text: str, offset: int) -> int:
    """Where the line after an offset begins."""
    match = _LINE_END.search(text, offset)
    return match.end() if match else len(text)


def column(text: str, offset: int) -> int:
    """How many characters stand before an offset on its line."""
    return offset - line_start(text, offset)


def begins_line(text: str, offset: int) -> bool:
    """Whether only blanks stand before an offset on its line."""
    return not text[line_start(text, offset) : offset].strip()


class _Layers:
    """Collects keys and values of a stream into nodes."""

    def __init__(self, entry: Callable[[Node, tuple[int, int] | None, Node], Entry]) -> None:
        self._entry = entry
        self._open: list[Node] = []
        self._keys: list[tuple[str, int, int] | None] = []
        self.root = Node(0, 0)

    @property
    def wants_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._keys[-1] is None

    @property
    def complete(self) -> bool:
        return not self._open

    def key(self, name: str, start: int, end: int) -> None:
        self._keys[-1] = (name, start, end)

    def add(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        holder, key = self._open[-1], self._keys[-1]
        name = key[0] if key else len(holder.entries)
        holder.entries[name] = self._entry(holder, key[1:] if key else None, node)
        self._keys[-1] = None

    def open(self, node: Node) -> None:
        self.add(node)
        self._open.append(node)
        self._keys.append(None)

    def close(self, end: int) -> None:
        """End the innermost container: behind its bracket, or else with its last entry."""
        node = self._open.pop()
        self._keys.pop()
        if node.style == "flow":
            node.end = end
        else:
            node.end = max((entry.end for entry in node.entries.values()), default=node.start)


def yaml_layout(text: str) -> Node:
    """Lay out a YAML text."""
    import yaml

    def entry(holder: Node, key: tuple[int, int] | None, node: Node) -> Entry:
        if key is not None:
            colon = re.compile(r"(?:\s|#[^\n]*)*:").match(text, key[1])
            return _anchored(Entry(key[0], colon.end() if colon else key[1], node))
        if holder.style == "flow":
            return Entry(node.start, node.start, node)
        dash = holder.start if not holder.entries else _dash(text, holder, node.start)
        return _anchored(Entry(dash, dash + 1, node))

    layers = _Layers(entry)
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
    for event in events:
        name = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            style: Literal["flow", "block"] = "flow" if event.flow_style else "block"
            layers.open(Node(start, end, style, name == "MappingStartEvent"))
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            layers.close(end)
        elif name == "ScalarEvent" and layers.wants_key:
            layers.key(event.value, start, end)
        elif name == "ScalarEvent":
            layers.add(Node(start, start + len(text[start:end].rstrip())))
    return layers.root


def _anchored(entry: Entry) -> Entry:
    """Give a value that isn't there the place where it could be."""
    if entry.node.style == "scalar" and entry.node.start == entry.node.end:
        entry.node.start = entry.node.end = entry.anchor
    return entry


def _dash(text: str, holder: Node, item: int) -> int:
    """The dash of an item stands in the column of the first one."""
    indent = column(text, holder.start)
    start = line_start(text, item)
    while start and not (start + indent < item and text[start + indent] == "-"):
        start = line_start(text, start - 1)
    return start + indent


class Syntax(NamedTuple):
    """The lexemes of JSON, or of the inline tables and arrays of TOML."""

    lexeme: re.Pattern[str]
    separator: str
    key: Callable[[str], str]


def _toml_key(lexeme: str) -> str:
    import tomllib

    return str(next(iter(tomllib.loads(f"{lexeme} = 0")))) if lexeme[0] in "\"'" else lexeme


JSON: Final = Syntax(
    re.compile(r'\s+|"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\]:,"]++'), ":", json.loads
)
TOML: Final = Syntax(
    re.compile(
        r"\s+|#[^\n]*"
        r'|(?s:"""(?:\\.|[^"\\]|"(?!""))*+"{3,5})'
        r"|(?s:'''(?:[^']|'(?!''))*+'{3,5})"
        r'|"(?:[^"\\]|\\.)*+"|\'[^\']*+\''
        r"|\d{4}-\d\d-\d\d \d[\d:.+Zz-]*"
        r"|[{}\[\],=]|[^\s{}\[\],=\"'#]++"
    ),
    "=",
    _toml_key,
)


def flow_layout(text: str, syntax: Syntax, offset: int = 0) -> Node:
    """Lay out the one value that begins at an offset, in JSON or the inline syntax of TOML."""
    layers = _Layers(lambda _, key, node: Entry(key[0] if key else node.start, node.start, node))
    for match in syntax.lexeme.finditer(text, offset):
        lexeme, start, end = match[0], match.start(), match.end()
        if lexeme[0] == "#" or lexeme.isspace() or lexeme in (",", syntax.separator):
            continue
        if lexeme in "{[":
            layers.open(Node(start, end, "flow", lexeme == "{"))
        elif lexeme in "}]":
            layers.close(end)
        elif layers.wants_key:
            layers.key(syntax.key(lexeme), start, end)
        else:
            layers.add(Node(start, end))
        if layers.complete:
            break
    return layers.root


def is_own_line(text: str, entry: Entry) -> bool:
    """Whether an entry of a bracketed value has its lines for itself."""
    after = text[entry.end : line_end(text, entry.end)].lstrip()
    alone = not after or after[0] == "#" or re.fullmatch(r",\s*(#.*)?", after) is not None
    return alone and begins_line(text, entry.start)
