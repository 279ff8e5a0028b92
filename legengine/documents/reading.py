"""Reads YAML, JSON and TOML into plain data that knows the line and column of everything.

Nothing here knows what a profile is. Every failure is an ``InputError``: a hostile file can neither
run code, nor exhaust the stack, nor grow in memory.
"""

from __future__ import annotations

import datetime as dt
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal

from legengine.documents.positions import (
    MAX_DEPTH,
    MAX_VALUES,
    Builder,
    DataPath,
    Lines,
    Position,
    TomlScan,
    dotted,
    fault_here,
    odd_character,
    show,
)
from legengine.domain.vocabulary import nearest
from legengine.errors import Fault, InputError

Kind = Literal["yaml", "json", "toml"]

KINDS: Final[Mapping[str, Kind]] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
}
"""Suffix to the format that a file is read as."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a file may be that is read."""

    bytes: int
    values: int


PROFILE: Final = Size(bytes=1_000_000, values=MAX_VALUES)
"""A profile has some kilobytes and a few hundred values."""

LIBRARY: Final = Size(bytes=16_000_000, values=1_000_000)
"""A library of a thousand exercises has a megabyte or two, and twenty values an exercise."""

MAX_BYTES: Final = PROFILE.bytes
"""The largest profile that is read."""

_MAX_NUMBER = 100
"""How many characters a number may have; int() refuses some thousands of digits by itself."""


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, and where in its text each of its keys and values stands.

    Data that came from no text has no positions.
    """

    data: Any
    positions: Mapping[DataPath, Position] = field(default_factory=dict)
    source: str = ""
    text: str = ""
    keys: Mapping[DataPath, Position] = field(default_factory=dict)

    def position(self, path: DataPath, *, key: bool = False) -> Position | None:
        """Return where a value (or its key) stands, or else the nearest thing around it."""
        exact = (self.keys, self.positions) if key else (self.positions, self.keys)
        for table in exact:
            if path in table:
                return table[path]
        for length in range(len(path) - 1, -1, -1):
            for table in (self.keys, self.positions):
                if path[:length] in table:
                    return table[path[:length]]
        return None

    def path_of(self, field: str) -> DataPath | None:
        """The path of a field as messages write it; ``None`` where the document hasn't got it."""
        return next((path for path in (*self.positions, *self.keys) if dotted(path) == field), None)


def read_document(path: Path, size: Size = PROFILE) -> Document:
    """Read a YAML, JSON or TOML file, told apart by suffix."""
    source = str(path)
    try:
        raw = _read_bytes(path, size)
    except FileNotFoundError:
        raise InputError([_missing(path)], source=source) from None
    except PermissionError:
        raise InputError("no permission to read this file", source=source) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"can't be read: {reason}", source=source) from None
    text = decoded(raw, source)
    return parse_document(text, kind=KINDS[path.suffix.lower()], source=source, size=size)


def parse_document(
    text: str, *, kind: Kind, source: str, size: Size = PROFILE, lists: bool = False
) -> Document:
    """Parse a text; ``source`` is the name that errors give it, ``lists`` may stand at its top."""
    text = text.removeprefix("\ufeff")
    if bad := odd_character(text):
        raise InputError([fault_here(bad.message, Lines(text).at(bad.offset))], source=source)
    if not text.strip():
        raise InputError("the file is empty", source=source)
    document = _PARSERS[kind](text, source, size)
    if document is None or (kind == "toml" and not document.data):
        raise InputError("the file is empty: it holds only comments", source=source)
    if not isinstance(document.data, (dict, list) if lists else dict):
        wanted = "a list or a mapping" if lists else "a mapping"
        fault = fault_here(
            f"expected {wanted} (names with values) at the top level, got {show(document.data)}",
            document.position(()),
        )
        raise InputError([fault], source=source)
    return document


def _read_bytes(path: Path, most: Size) -> bytes:
    """Read a file, but only once everything that can be known without reading is in order."""
    source = str(path)
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise InputError("is a directory, not a file", source=source)
    if not stat.S_ISREG(status.st_mode):
        raise InputError("is not a regular file", source=source)
    if path.suffix.lower() not in KINDS:
        suffix = f"the suffix {show(path.suffix)}" if path.suffix else "a name without a suffix"
        raise InputError(
            [Fault(f"can't read {suffix}", hint="known: .yaml (or .yml), .json, .toml")],
            source=source,
        )
    size = status.st_size
    if size <= most.bytes:
        with path.open("rb") as file:
            raw = file.read(most.bytes + 1)
        if len(raw) <= most.bytes:
            return raw
        size = len(raw)
    raise too_large(size, most, source)


def too_large(size: int, most: Size, source: str) -> InputError:
    """The error for a file of so many bytes."""
    return InputError(
        f"is too large: {size / 1e6:.1f} MB ({size} bytes), and at most "
        f"{most.bytes / 1e6:.0f} MB ({most.bytes} bytes) is read",
        source=source,
    )


def _missing(path: Path) -> Fault:
    folder = path.parent
    if not folder.is_dir():
        return Fault("no such file", hint=f"there is no directory {str(folder)!r}")
    names: list[str] = []
    with suppress(OSError):
        names = [entry.name for entry in islice(folder.iterdir(), 1000)]
    if path.name in names:
        return Fault("no such file", hint="it is a link to something that isn't there")
    close = nearest(path.name, names)
    return Fault("no such file", hint=f"did you mean {close[0]!r}?" if close else "")


def decoded(raw: bytes, source: str) -> str:
    """The text of a file; UTF-8, and nothing else."""
    if b"\0" in raw:
        raise InputError(
            [Fault("is a binary file, not text", hint="save it as UTF-8 text")], source=source
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        fault = fault_here(
            f"is not UTF-8 text: byte 0x{raw[error.start]:02x}",
            Lines(before).at(len(before)),
            hint="save it as UTF-8 text",
        )
        raise InputError([fault], source=source) from None


def _document(builder: Builder, source: str, text: str) -> Document:
    return Document(builder.finish(), builder.values, source, text, builder.keys)


_YAML_WORDS: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_YAML_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_YAML_FLOAT = re.compile(
    r"[-+]?(?:(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))"
    r"|\.(?:nan|NaN|NAN)"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_YAML_HINTS: Final[Mapping[str, str]] = {
    "mapping values are not allowed": "check the indentation, and quote text that holds ': '",
    "cannot start any token": "indent with spaces, not tabs, and quote text that begins so",
    "did not find expected key": "check the indentation",
    "could not find expected ':'": "check the indentation and the colon after the name",
    "did not find expected ',' or": "a bracket isn't closed, or a comma is missing",
    "unexpected end of stream": "a quote isn't closed",
}


def _parse_yaml(text: str, source: str, size: Size) -> Document | None:
    import yaml

    return _parse_yaml_with(getattr(yaml, "CSafeLoader", yaml.SafeLoader), text, source, size)


def _parse_yaml_with(loader: Any, text: str, source: str, size: Size) -> Document | None:
    import yaml

    lines = Lines(text)
    builder = Builder(lines, source, size.values)
    try:
        # Events, since composing nodes recurses in C and follows aliases.
        if not _build_yaml(yaml.parse(text, Loader=loader), builder):
            return None
    except yaml.MarkedYAMLError as error:
        if loader is not yaml.SafeLoader and "nesting depth" in (error.problem or ""):
            # The C parser reads ahead and gives up before the builder sees level 33; this one
            # reads ahead too, but goes on.
            return _parse_yaml_with(yaml.SafeLoader, text, source, size)
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "can't be read"
        begun = ""
        if mark and error.context and error.context_mark and error.problem:
            line = lines.at(error.context_mark.index).line
            if line != lines.at(mark.index).line:
                begun = f" ({error.context}, begun on line {line})"
        hint = next((hint for key, hint in _YAML_HINTS.items() if key in problem), "")
        fault = fault_here(
            f"not valid YAML: {problem}{begun}", lines.at(mark.index) if mark else None, hint=hint
        )
        raise InputError([fault], source=source) from None
    except yaml.YAMLError as error:
        raise InputError(f"not valid YAML: {error}", source=source) from None
    return _document(builder, source, text)


def _build_yaml(events: Iterator[Any], builder: Builder) -> bool:
    """Feed the builder; tell whether there was anything in the text."""
    documents = 0
    for event in events:
        name = type(event).__name__
        offset = event.start_mark.index
        if name == "AliasEvent" or getattr(event, "anchor", None) is not None:
            raise builder.refuse(
                "anchors and aliases (&name, *name) can't be used", offset, "write the value out"
            )
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise builder.refuse(f"the tag {show(tag)} can't be used", offset, "leave it out")
        if name == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                raise builder.refuse("a second document begins here; one file holds one", offset)
        elif name == "MappingStartEvent":
            builder.open({}, offset)
        elif name == "SequenceStartEvent":
            builder.open([], offset)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            builder.close()
        elif name == "ScalarEvent":
            _build_yaml_scalar(event, builder, offset)
    return documents > 0


def _build_yaml_scalar(event: Any, builder: Builder, offset: int) -> None:
    plain = event.implicit[0]
    if builder.wants_key:
        if plain and event.value == "<<":
            raise builder.refuse("merge keys (<<) can't be used", offset, "write the values out")
        builder.key(event.value, offset)
    else:
        builder.scalar(_typed(event.value, builder, offset) if plain else event.value, offset)


def _typed(text: str, builder: Builder, offset: int) -> Any:
    """Give a plain scalar its type by the core schema of YAML 1.2, and dates theirs."""
    if text in _YAML_WORDS:
        return _YAML_WORDS[text]
    is_int = _YAML_INT.fullmatch(text)
    if is_int or _YAML_FLOAT.fullmatch(text):
        if len(text) > _MAX_NUMBER:
            raise builder.refuse("the number is too long", offset)
        if is_int:
            return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    if _DATE.fullmatch(text):
        # A date that no calendar has stays text, so that the field can refuse it.
        with suppress(ValueError):
            return dt.date.fromisoformat(text)
    return text


# Compiled where they are used, since most runs read no JSON.
_JSON_BRACKET = r'(?s:"(?:[^"\\]|\\.)*+"?|[\[\]{}])'
_JSON_LEXEME = r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|[^\s{}\[\]:,"]++'


def _parse_json(text: str, source: str, size: Size) -> Document:
    import json

    lines = Lines(text)
    builder = Builder(lines, source, size.values)
    _check_json_depth(text, builder)
    try:
        json.loads(text, parse_int=len, parse_float=len, parse_constant=len)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise builder.refuse(message, error.pos) from None
    # From here on the text is known to be JSON: its tokens can be taken as they come.
    for match in re.finditer(_JSON_LEXEME, text):
        lexeme, offset = match[0], match.start()
        if lexeme in "{[":
            builder.open({} if lexeme == "{" else [], offset)
        elif lexeme in "}]":
            builder.close()
        elif lexeme.endswith(("NaN", "Infinity")):
            raise builder.refuse(f"{lexeme} is not a number that JSON has", offset)
        elif lexeme[0] != '"' and len(lexeme) > _MAX_NUMBER:
            raise builder.refuse("the number is too long", offset)
        else:
            value = json.loads(lexeme)
            if builder.wants_key:
                builder.key(value, offset)
            else:
                builder.scalar(value, offset)
    return _document(builder, source, text)


def _check_json_depth(text: str, builder: Builder) -> None:
    """Refuse deep nesting before the parser, which recurses, sees it."""
    depth = 0
    for match in re.finditer(_JSON_BRACKET, text):
        if match[0] in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                raise builder.refuse(f"nested more than {MAX_DEPTH} levels deep", match.start())
        elif match[0] in "}]":
            depth -= 1


_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")

_TOML_HINTS: Final[Mapping[str, str]] = {
    "Expected newline": "text and times of day such as '18:00' need quotes",
    "Invalid value": "text needs quotes",
}


def _parse_toml(text: str, source: str, size: Size) -> Document:
    import tomllib

    scan = TomlScan(text, source)
    try:
        data = tomllib.loads(text)
    except ValueError as error:
        message = str(error)
        if scan.duplicates and message.startswith("Cannot"):
            raise InputError(scan.duplicates, source=source) from None
        position = None
        if match := _TOML_PLACE.search(message):
            message = message[: match.start()]
            end = Lines(text).at(len(text.rstrip()))
            position = Position(int(match[1]), int(match[2])) if match[1] else end
        if message.startswith("Exceeds the limit"):
            message = "a number is too long"
        hint = next((hint for start, hint in _TOML_HINTS.items() if message.startswith(start)), "")
        message = f"not valid TOML: {message[:1].lower()}{message[1:]}"
        fault = fault_here(message, position, hint=hint)
        raise InputError([fault], source=source) from None
    document = Document(data, scan.values, source, text, scan.keys)
    _check_toml(document, size.values)
    return document


def _check_toml(document: Document, most_values: int) -> None:
    """Hold the data to the limits that the builder holds the other formats to."""
    level: list[tuple[DataPath, Any]] = [((), document.data)]
    count = 0
    while level:
        count += len(level)
        below: list[tuple[DataPath, Any]] = []
        for path, value in level:
            message = ""
            names = value if isinstance(value, dict) else (value,)
            bad = next(filter(None, map(odd_character, names)), None)
            if bad:
                message = bad.message
            elif len(path) > MAX_DEPTH:
                message = f"nested more than {MAX_DEPTH} levels deep"
            elif count > most_values:
                message = f"holds more than {most_values} values"
            if message:
                fault = fault_here(message, document.position(path))
                raise InputError([fault], source=document.source)
            if isinstance(value, dict):
                below += (((*path, name), child) for name, child in value.items())
            elif isinstance(value, list):
                below += (((*path, index), child) for index, child in enumerate(value))
        level = below


_PARSERS: Final = {"yaml": _parse_yaml, "json": _parse_json, "toml": _parse_toml}
