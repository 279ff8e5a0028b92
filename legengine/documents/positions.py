"""Where things stand in a text, and a builder of plain data that remembers it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from legengine.errors import Fault, InputError

DataPath = tuple[str | int, ...]
"""Where a value is in a document: keys and indexes from the top level down."""

MAX_DEPTH: Final = 32
"""How deep mappings and lists may be nested; a profile needs six levels."""

MAX_VALUES: Final = 20_000
"""How many values a document may hold; a profile has a few hundred."""

_PLAIN_NAME = re.compile(r"[\w-]{1,60}")


_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class OddCharacter(NamedTuple):
    """A character that no text should hold, such as one that drives a terminal."""

    message: str
    offset: int


def odd_character(text: Any) -> OddCharacter | None:
    """Find the first control character or half of a surrogate pair, if ``text`` is a text."""
    if not isinstance(text, str) or not (match := _ODD.search(text)):
        return None
    return OddCharacter(f"the character U+{ord(match[0]):04X} can't be used", match.start())


class Position(NamedTuple):
    """A place in a text; both count from 1."""

    line: int
    column: int


class Lines:
    """Turns offsets of one text into lines and columns, as an editor counts them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]

    def at(self, offset: int) -> Position:
        """Return the position of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)


def shorten(text: str, limit: int = 40) -> str:
    """Cut a text that is too long to be shown."""
    return text if len(text) <= limit else text[: limit - 3] + "..."


def show(value: Any) -> str:
    """Show a value in a message: short, on one line, in the words of the file formats."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(shorten(value))
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case int() if value.bit_length() > 128:
            return "a very large number"
        case _:
            return shorten(str(value))


def enumeration(words: Iterable[str], conjunction: str) -> str:
    """Write ``a, b or c``."""
    *most, last = words
    return f"{', '.join(most)} {conjunction} {last}" if most else last


def dotted(path: DataPath) -> str:
    """Write a path as ``availability[0].minutes``."""
    text = ""
    for part in path:
        if isinstance(part, str) and _PLAIN_NAME.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f"[{show(part)}]"
    return text


def fault_here(
    message: str, position: Position | None, *, field: str = "", hint: str = ""
) -> Fault:
    """Make a fault that stands at a position."""
    line, column = position or (None, None)
    return Fault(message, field=field, line=line, column=column, hint=hint)


class _Frame:
    """A mapping or a list that is still open."""

    __slots__ = ("container", "key", "path")

    def __init__(self, container: dict[str, Any] | list[Any], path: DataPath) -> None:
        self.container = container
        self.path = path
        self.key: str | None = None


class Builder:
    """Builds plain data from a stream of openings, keys, scalars and closings.

    It never recurses, so that no nesting can exhaust the stack, and it refuses what is too deep,
    too large or said twice.
    """

    def __init__(self, lines: Lines, source: str, most_values: int = MAX_VALUES) -> None:
        self.root: Any = None
        self._most_values = most_values
        self.values: dict[DataPath, Position] = {}
        self.keys: dict[DataPath, Position] = {}
        self._lines = lines
        self._source = source
        self._stack: list[_Frame] = []
        self._duplicates: list[Fault] = []

    @property
    def wants_key(self) -> bool:
        """Whether the next scalar is the key of a mapping."""
        if not self._stack:
            return False
        frame = self._stack[-1]
        return isinstance(frame.container, dict) and frame.key is None

    def refuse(self, message: str, offset: int, hint: str = "") -> InputError:
        """Make the error that ends the reading at an offset."""
        fault = fault_here(message, self._lines.at(offset), hint=hint)
        return InputError([fault], source=self._source)

    def open(self, container: dict[str, Any] | list[Any], offset: int) -> None:
        """Begin a mapping or a list."""
        if self.wants_key:
            raise self.refuse("a key must be a plain word, not a mapping or a list", offset)
        if len(self._stack) >= MAX_DEPTH:
            raise self.refuse(f"nested more than {MAX_DEPTH} levels deep", offset)
        self._stack.append(_Frame(container, self._add(container, offset)))

    def close(self) -> None:
        """End the innermost mapping or list."""
        self._stack.pop()

    def key(self, name: str, offset: int) -> None:
        """Take the next key of the innermost mapping."""
        self._check_text(name, offset)
        frame = self._stack[-1]
        path = (*frame.path, name)
        position = self._lines.at(offset)
        if path in self.keys:
            self._duplicates.append(duplicate(path, self.keys[path], position))
        else:
            self.keys[path] = position
        frame.key = name

    def scalar(self, value: Any, offset: int) -> None:
        """Take a value that is neither a mapping nor a list."""
        self._add(value, offset)

    def finish(self) -> Any:
        """Return the data; keys that stand twice are refused here, all at once."""
        if self._duplicates:
            raise InputError(self._duplicates, source=self._source)
        return self.root

    def _check_text(self, value: Any, offset: int) -> None:
        if bad := odd_character(value):
            raise self.refuse(bad.message, offset)

    def _add(self, value: Any, offset: int) -> DataPath:
        self._check_text(value, offset)
        if len(self.values) >= self._most_values:
            raise self.refuse(f"holds more than {self._most_values} values", offset)
        path: DataPath = ()
        if not self._stack:
            self.root = value
        else:
            frame = self._stack[-1]
            if isinstance(frame.container, list):
                path = (*frame.path, len(frame.container))
                frame.container.append(value)
            elif frame.key is not None:
                path = (*frame.path, frame.key)
                frame.container[frame.key] = value
                frame.key = None
        self.values[path] = self._lines.at(offset)
        return path


def duplicate(path: DataPath, first: Position, second: Position) -> Fault:
    """Make the fault of a key that stands twice; it names both lines."""
    return fault_here(
        f"duplicate key {show(path[-1])} on line {second.line}: it is already on line {first.line}",
        second,
        field=dotted(path),
    )


# Compiled where they are used, since most runs read no TOML.
TOML_BLANK = r"(?:[ \t\r\n]++|#[^\n]*+)*+"
TOML_KEY = r"""[ \t]*+(?:([A-Za-z0-9_-]++)|"((?:[^"\\\n]|\\.)*+)"|'([^'\n]*+)')[ \t]*+(\.?)"""
_TOML_LEXEME = (
    r'(?s:"""(?:\\.|[^"\\]|"(?!""))*+"{0,5}'
    r"|'''(?:[^']|'(?!''))*+'{0,5}"
    r'|"(?:\\.|[^"\\\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[\]{}=,\n]"
    r"|[^\"'#\[\]{}=,\n]++)"
)


class TomlScan:
    """Finds the keys of a TOML text: table headers, arrays of tables and ``key =`` lines.

    It judges no syntax, since the parser does, and so skips what it can't read. It looks for
    nesting before the parser sees the text, because the parser recurses. What stands inside inline
    tables and arrays has no position of its own.
    """

    def __init__(self, text: str, source: str) -> None:
        self.values: dict[DataPath, Position] = {(): Position(1, 1)}
        self.keys: dict[DataPath, Position] = {}
        self.duplicates: list[Fault] = []
        self._text = text
        self._source = source
        self._lines = Lines(text)
        self._blank = re.compile(TOML_BLANK)
        self._key = re.compile(TOML_KEY)
        self._lexeme = re.compile(_TOML_LEXEME)
        self._said: dict[DataPath, Position] = {}
        self._array_lengths: dict[DataPath, int] = {}
        self._scan()

    def _scan(self) -> None:
        text, pos = self._text, 0
        table: DataPath = ()
        while (pos := self._after_blank(pos)) < len(text):
            start = pos
            brackets = 2 if text.startswith("[[", pos) else int(text[pos] == "[")
            parts, pos = self._read_key(pos + brackets)
            if parts and brackets:
                table = self._enter(parts, start, array=brackets == 2)
            elif parts and text.startswith("=", pos):
                self._record(table, parts, pos + 1)
                pos = self._skip_value(pos + 1)
                continue
            pos = text.find("\n", pos) + 1 or len(text)

    def _after_blank(self, pos: int) -> int:
        match = self._blank.match(self._text, pos)
        return match.end() if match else pos

    def _too_deep(self, offset: int) -> InputError:
        fault = fault_here(f"nested more than {MAX_DEPTH} levels deep", self._lines.at(offset))
        return InputError([fault], source=self._source)

    def _read_key(self, pos: int) -> tuple[list[tuple[str, int]], int]:
        parts: list[tuple[str, int]] = []
        while match := self._key.match(self._text, pos):
            bare, basic, literal, dot = match.groups()
            offset = pos + len(match[0]) - len(match[0].lstrip(" \t"))
            parts.append((bare or literal or _unescape(basic or ""), offset))
            if len(parts) > MAX_DEPTH:
                raise self._too_deep(offset)
            pos = match.end()
            if not dot:
                break
        return parts, pos

    def _enter(self, parts: list[tuple[str, int]], start: int, *, array: bool) -> DataPath:
        path: DataPath = ()
        here = self._lines.at(start)
        for number, (name, offset) in enumerate(parts, 1):
            path += (name,)
            self.keys.setdefault(path, self._lines.at(offset))
            self.values.setdefault(path, here)
            if array and number == len(parts):
                self._array_lengths[path] = self._array_lengths.get(path, 0) + 1
            if path in self._array_lengths:
                path += (self._array_lengths[path] - 1,)
                self.values.setdefault(path, here)
        if not array:
            self._say(path, self._lines.at(parts[-1][1]))
        return path

    def _record(self, table: DataPath, parts: list[tuple[str, int]], pos: int) -> None:
        path = table
        for name, offset in parts:
            path += (name,)
            self.keys.setdefault(path, self._lines.at(offset))
        while self._text.startswith((" ", "\t"), pos):
            pos += 1
        self.values.setdefault(path, self._lines.at(pos))
        self._say(path, self._lines.at(parts[-1][1]))

    def _say(self, path: DataPath, position: Position) -> None:
        first = self._said.setdefault(path, position)
        if first is not position:
            self.duplicates.append(duplicate(path, first, position))

    def _skip_value(self, pos: int) -> int:
        depth = dots = 0
        for match in self._lexeme.finditer(self._text, pos):
            lexeme = match[0]
            if lexeme == "\n" and depth <= 0:
                return match.start()
            if lexeme in ("[", "{"):
                depth += 1
            elif lexeme in ("]", "}"):
                depth -= 1
            # A dotted key of an inline table nests as well, and costs the parser its square.
            dots = 0 if lexeme in ("\n", "=", ",", "[", "{") else dots
            dots += lexeme.count(".") if lexeme[0] not in "\"'#" else 0
            if max(depth, dots) > MAX_DEPTH:
                raise self._too_deep(match.start())
        return len(self._text)


def _unescape(text: str) -> str:
    """Decode a basic TOML string; the parser refuses the ones that can't be decoded."""
    if "\\" not in text:
        return text
    import tomllib

    try:
        return str(tomllib.loads(f'key = "{text}"')["key"])
    except ValueError:
        return text
