"""Edits of TOML: tables, arrays of tables, and ``key = value`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from legengine.documents.positions import TOML_BLANK, TOML_KEY, DataPath
from legengine.errors import InternalError
from legengine.intake.text import brackets
from legengine.intake.text.layout import (
    TOML,
    Edit,
    Node,
    flow_layout,
    line_start,
    newline_of,
    next_line,
)
from legengine.intake.text.literals import key_text, literal, restyled, toml_key

_BLANK = re.compile(TOML_BLANK)
_KEY = re.compile(TOML_KEY)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A header, or a key with its value (``node``), and the path that it stands for."""

    path: DataPath
    table: DataPath
    start: int
    end: int
    node: Node | None = None


def is_empty(text: str) -> bool:
    """Whether a text holds no more than comments."""
    return _past_blank(text, 0) == len(text)


def put(text: str, path: DataPath, value: Any) -> list[Edit]:
    """Write a value that is new, or in place of the one that stands there."""
    statements = _statements(text)
    holder, rest = _pair_of(statements, path)
    if holder is None:
        if there := _under(statements, path):
            return _remove_statements(text, there)
        return _add(text, statements, path, value)
    written = literal(value, "toml")
    node = holder.at(rest)
    if node is not None:
        return [Edit(node.start, node.end, restyled(written, text[node.start : node.end]))]
    around = holder.at(rest[:-1])
    if around is None:
        raise InternalError(f"can't find where {path} belongs")
    return brackets.add_entry(text, around, _inline_entry(path[-1], written))


def remove(text: str, path: DataPath) -> list[Edit]:
    """Take out a value: its line, its place in brackets, or its table with all tables in it."""
    statements = _statements(text)
    holder, rest = _pair_of(statements, path)
    if holder is None or not rest:
        return _remove_statements(text, _under(statements, path))
    around, entry = holder.at(rest[:-1]), holder.entry(rest)
    if around is None or entry is None:
        raise InternalError(f"can't find {path}")
    return brackets.remove_entry(text, around, entry)


def _inline_entry(key: str | int, written: str) -> str:
    return written if isinstance(key, int) else key_text(key, "toml") + written


def _statements(text: str) -> list[_Statement]:
    found: list[_Statement] = []
    lengths: dict[DataPath, int] = {}
    table: DataPath = ()
    offset = 0
    while (start := _past_blank(text, offset)) < len(text):
        brackets_open = 2 if text.startswith("[[", start) else int(text[start] == "[")
        names, end = _names(text, start + brackets_open)
        if brackets_open:
            table = _table_path(names, lengths, array=brackets_open == 2)
            found.append(_Statement(table, table, start, end + brackets_open))
        else:
            value = re.compile(r"\s*").match(text, end + 1)
            node = flow_layout(text, TOML, value.end() if value else end + 1)
            found.append(_Statement((*table, *names), table, start, node.end, node))
        offset = next_line(text, found[-1].end)
    return found


def _past_blank(text: str, offset: int) -> int:
    match = _BLANK.match(text, offset)
    return match.end() if match else offset


def _names(text: str, offset: int) -> tuple[list[str], int]:
    """The parts of a dotted key, and the offset behind it."""
    names: list[str] = []
    while match := _KEY.match(text, offset):
        written = text[offset : match.end() - len(match[4])].strip()
        names.append(TOML.key(written))
        offset = match.end()
        if not match[4]:
            break
    return names, offset


def _table_path(names: list[str], lengths: dict[DataPath, int], *, array: bool) -> DataPath:
    path: DataPath = ()
    for number, name in enumerate(names, 1):
        path += (name,)
        if array and number == len(names):
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path += (lengths[path] - 1,)
    return path


def _pair_of(statements: list[_Statement], path: DataPath) -> tuple[Node | None, DataPath]:
    """The value of the line that holds a path, and the rest of the path inside of it."""
    for statement in statements:
        length = len(statement.path)
        if statement.node is not None and path[:length] == statement.path:
            return statement.node, path[length:]
    return None, path


def _under(statements: list[_Statement], path: DataPath) -> list[_Statement]:
    return [entry for entry in statements if entry.path[: len(path)] == path]


def _remove_statements(text: str, statements: list[_Statement]) -> list[Edit]:
    """Take lines out; a table takes the blank lines behind it along."""
    edits = []
    for statement in statements:
        end = next_line(text, statement.end)
        if statements[0].node is None and statement is statements[-1]:
            blank = re.compile(r"(?:[ \t]*\r?\n)*").match(text, end)
            end = blank.end() if blank else end
        edits.append(Edit(line_start(text, statement.start), end, ""))
    return edits


def _add(text: str, statements: list[_Statement], path: DataPath, value: Any) -> list[Edit]:
    """Write a value that no line holds yet."""
    newline = newline_of(text)
    holder, key = path[:-1], path[-1]
    if isinstance(key, int) and not isinstance(value, dict):
        # Only tables fit behind tables: the list is written anew, on one line.
        return _remove_statements(text, _under(statements, holder))
    if isinstance(key, int):
        before = _under(statements, (*holder, key - 1))
        return _add_lines(text, before[-1].end, ["", *_table(holder, value, array=True)])
    section = [entry for entry in statements if entry.table == holder]
    dotted = [entry for entry in _under(statements, holder) if entry.node is not None]
    dotted = [entry for entry in dotted if len(entry.table) < len(holder)]
    if not holder and (blocks := _blocks((key,), value)):
        return _add_lines(text, len(text.rstrip()), ["", *blocks])
    line = key_text(str(key), "toml") + literal(value, "toml")
    if dotted:
        way = "".join(f"{toml_key(str(name))}." for name in holder[len(dotted[-1].table) :])
        return _add_lines(text, dotted[-1].end, [way + line])
    if section:
        return _add_lines(text, section[-1].end, [line])
    if holder:
        first = _under(statements, holder)[0]
        start = line_start(text, first.start)
        return [Edit(start, start, newline.join([_header(holder), line, "", ""]))]
    start = line_start(text, statements[0].start) if statements else 0
    return [Edit(start, start, line + newline * 2)]


def _blocks(path: DataPath, value: Any) -> list[str]:
    """The tables of a value of the top level, if it is made of tables."""
    if isinstance(value, dict) and value:
        return _table(path, value, array=False)
    if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
        tables = [["", *_table(path, part, array=True)] for part in value]
        return [line for table in tables for line in table][1:]
    return []


def _table(path: DataPath, value: Any, *, array: bool) -> list[str]:
    """A table with its header; what has only one table in it needs no header."""
    header = f"[{_header(path)}]" if array else _header(path)
    inner = list(value.items())
    if not array and len(inner) == 1 and isinstance(inner[0][1], dict) and inner[0][1]:
        return _table((*path, inner[0][0]), inner[0][1], array=False)
    return [header, *(key_text(key, "toml") + literal(part, "toml") for key, part in inner)]


def _header(path: DataPath) -> str:
    return f"[{'.'.join(toml_key(name) for name in path if isinstance(name, str))}]"


def _add_lines(text: str, end: int, lines: list[str]) -> list[Edit]:
    """Write lines behind the line of an offset."""
    newline = newline_of(text)
    offset = next_line(text, end)
    block = newline.join(lines)
    open_end = offset > 0 and text[offset - 1] not in "\r\n"
    return [Edit(offset, offset, newline + block if open_end else block + newline)]
