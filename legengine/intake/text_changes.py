"""Makes changes in the text of a document and keeps everything else as it stands.

What a change means is said once, in ``changed_data``: the text follows the difference between the
data before and after. What is written is read again, and has to say what the data say.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from legengine.documents.positions import DataPath, dotted, odd_character
from legengine.documents.reading import KINDS, Document, Kind, parse_document
from legengine.domain.change import Change
from legengine.errors import InputError, InternalError
from legengine.intake.changes import changed_data
from legengine.intake.text import blocks, brackets, tables
from legengine.intake.text.layout import (
    JSON,
    Edit,
    Node,
    begins_line,
    edited,
    flow_layout,
    line_start,
    newline_of,
    yaml_layout,
)
from legengine.intake.text.literals import key_text, literal, restyled

_MAX_EDITS: Final = 1000
"""More single edits than any change needs: beyond, text and data do not come together."""


def changed_text(document: Document, changes: Sequence[Change], *, kind: Kind | None = None) -> str:
    """The text of a document with the changes made: comments, quotes, order and layout are kept.

    ``kind`` is the format, where the suffix of ``document.source`` does not tell it.

    Raises:
        InputError: a change names a place that isn't there, or a value that the format can't hold.
        InternalError: the changed text would not say what the changed data say.
    """
    kind = kind or KINDS[PurePath(document.source).suffix.lower()]
    text, data = document.text, document.data
    for change in changes:
        wanted = changed_data(data, [_in_words_of(kind, change)])
        text = _rewritten(text, data, wanted, kind)
        data = wanted
    return text


class _Difference(NamedTuple):
    """A value that is to stand at a path, or (``gone``) what stands there and should not."""

    path: DataPath
    value: Any = None
    gone: bool = False


def _rewritten(text: str, data: Any, wanted: Any, kind: Kind) -> str:
    """Edit the text until it says what is wanted."""
    edits = 0
    while (difference := _first_difference(data, wanted, ())) is not None:
        edits += 1
        if edits > _MAX_EDITS:
            raise InternalError(f"the text can't be brought to say {dotted(difference.path)}")
        text = edited(text, _edits(text, difference, kind))
        try:
            data = _data_of(text, kind)
        except InputError as error:
            raise InternalError(
                f"writing {dotted(difference.path)} breaks the text: {error}"
            ) from None
    return text


def _data_of(text: str, kind: Kind) -> Any:
    """What a text says; between two edits, a TOML text may say nothing."""
    if kind == "toml" and tables.is_empty(text):
        return {}
    return parse_document(text, kind=kind, source="the changed text").data


def _first_difference(data: Any, wanted: Any, path: DataPath) -> _Difference | None:
    """The first thing to put, to add or to remove."""
    if isinstance(data, dict) and isinstance(wanted, dict):
        for key in data:
            if key not in wanted:
                return _Difference((*path, key), gone=True)
        for key, value in wanted.items():
            if key not in data:
                return _Difference((*path, key), value)
        return _difference_inside(((*path, key), data[key], wanted[key]) for key in wanted)
    if isinstance(data, list) and isinstance(wanted, list):
        if len(wanted) == len(data):
            return _difference_inside(
                ((*path, index), *pair) for index, pair in enumerate(zip(data, wanted, strict=True))
            )
        if len(wanted) > len(data) and _same(data, wanted[: len(data)]):
            return _Difference((*path, len(data)), wanted[len(data)])
        if len(wanted) < len(data) and (left_out := _left_out(data, wanted)) is not None:
            return _Difference((*path, left_out), gone=True)
    return None if _same(data, wanted) else _Difference(path, wanted)


def _difference_inside(pairs: Iterable[tuple[DataPath, Any, Any]]) -> _Difference | None:
    found = (_first_difference(data, wanted, path) for path, data, wanted in pairs)
    return next((difference for difference in found if difference is not None), None)


def _left_out(data: list[Any], wanted: list[Any]) -> int | None:
    """The last entry that is not wanted, if leaving entries out is all there is to do."""
    waiting = list(wanted)
    last = None
    for index in range(len(data) - 1, -1, -1):
        if waiting and _same(data[index], waiting[-1]):
            waiting.pop()
        elif last is None:
            last = index
    return None if waiting else last


def _same(one: Any, other: Any) -> bool:
    """Equal, and of the same types: 1 is not true, nor 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def _in_words_of(kind: Kind, change: Change) -> Change:
    """The change with its value as a text of this format gives it back."""
    return Change(change.action, change.path, _as_read(change.value, kind))


def _as_read(value: Any, kind: Kind) -> Any:
    if bad := odd_character(value):
        raise InputError(bad.message)
    if isinstance(value, dict):
        return {str(_as_read(key, kind)): _as_read(part, kind) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_read(part, kind) for part in value]
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date) and kind == "json":
        return value.isoformat()
    return value


def _edits(text: str, difference: _Difference, kind: Kind) -> list[Edit]:
    """The edits that make one difference."""
    path, value, gone = difference
    if kind == "toml":
        return tables.remove(text, path) if gone else tables.put(text, path, value)
    root = yaml_layout(text) if kind == "yaml" else flow_layout(text, JSON)
    holder, entry = root.at(path[:-1]), root.entry(path)
    if holder is None or (gone and entry is None):
        raise InternalError(f"can't find {dotted(path)} in the text")
    if entry is None:
        return _add(text, root, holder, path[-1], value, kind)
    if gone:
        if holder.style == "flow":
            return brackets.remove_entry(text, holder, entry)
        return blocks.remove_entry(text, root.entry(path[:-1]), holder, entry)
    node, written = entry.node, literal(value, kind)
    if node.style == "block":
        return blocks.replace(text, entry, node, written)
    if node.start == node.end:
        return [Edit(entry.anchor, entry.anchor, f" {written}")]
    return [Edit(node.start, node.end, restyled(written, text[node.start : node.end]))]


def _add(text: str, root: Node, holder: Node, key: str | int, value: Any, kind: Kind) -> list[Edit]:
    """Write a new entry at the end of a mapping or list."""
    if holder.style == "block" and isinstance(key, str):
        return blocks.add_key(text, root, holder, key, value)
    if holder.style == "block":
        return blocks.add_item(text, root, holder, value)
    name = "" if isinstance(key, int) else key_text(key, kind)
    written = literal(value, kind)
    if kind == "json":
        written = _json_value(text, root, holder, value)
        name = name.rstrip() if _is_compact(text) else name
    return brackets.add_entry(text, holder, name + written)


def _json_value(text: str, root: Node, holder: Node, value: Any) -> str:
    """A new value on one line, or over lines where the text writes every value so."""
    if _is_compact(text):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    firsts = [next(iter(node.entries.values())).start for node in root.walk() if node.entries]
    if not holder.entries or not all(begins_line(text, start) for start in firsts):
        return literal(value, "json")
    indent = text[line_start(text, start := next(iter(holder.entries.values())).start) : start]
    step = text[line_start(text, start := next(iter(root.entries.values())).start) : start]
    lines = json.dumps(value, ensure_ascii=False, indent=step).split("\n")
    return (newline_of(text) + indent).join(lines)


def _is_compact(text: str) -> bool:
    """Whether a JSON text has no blanks behind its colons."""
    return '": ' not in text and '":' in text
