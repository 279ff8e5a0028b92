"""Sentences with numbers and names in them, found again by their English.

A template is the English of a sentence with placeholders. ``{name}`` is any text and is said
itself; ``{name:known}`` is one that the language has to know, or the template doesn't fit (a day,
a muscle, several in a row); ``{name:number}`` a number or a range of numbers, ``{name:date}`` a
date; ``{name:field}`` a field of a profile and ``{name:own}`` a person's own word stay as they
are. A template may have two forms, for one and for many: then ``{count:number}`` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")

_DIGITS: Final = frozenset("+-0123456789")

_SHAPES: Final = {
    "number": r"[+-]?\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?",
    "date": r"\d{4}-\d{2}-\d{2}",
    "field": r"[a-z_][\w.\[\]]*",
}
"""What the kinds with a shape of their own look like."""

_KINDS: Final = frozenset({*_SHAPES, "text", "known", "own"})


@dataclass(frozen=True)
class Form:
    """One form of a template."""

    english: str
    pieces: tuple[str, ...] = field(init=False)
    """The literal text around the placeholders."""
    kinds: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        pieces, kinds, end = [], {}, 0
        for match in PLACEHOLDER.finditer(self.english):
            pieces.append(self.english[end : match.start()])
            kinds[match[1]] = match[2] or "text"
            if kinds[match[1]] not in _KINDS:
                raise ValueError(f"'{self.english}': there is no kind '{match[2]}'")
            end = match.end()
        pieces.append(self.english[end:])
        object.__setattr__(self, "pieces", tuple(pieces))
        object.__setattr__(self, "kinds", kinds)

    @property
    def weight(self) -> int:
        """How much of it is fixed: the number of literal characters."""
        return sum(map(len, self.pieces))

    @cached_property
    def longest(self) -> str:
        """The longest literal, for a quick look."""
        return max(self.pieces, key=len)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """What matches the sentence and takes its parts: the first as short as can be, or long."""
        return (self._pattern("?"), self._pattern(""))

    def _pattern(self, lazy: str) -> re.Pattern[str]:
        parts, seen = [re.escape(self.pieces[0])], set()
        for match, piece in zip(PLACEHOLDER.finditer(self.english), self.pieces[1:], strict=True):
            name = match[1]
            if name in seen:
                parts.append(f"(?P={name})")
            else:
                seen.add(name)
                kind = self.kinds[name]
                inside = _SHAPES.get(kind, f".+{lazy}")
                parts.append(f"(?P<{name}>{inside})")
            parts.append(re.escape(piece))
        return re.compile("".join(parts), re.DOTALL)

    def parts_of(self, text: str) -> Iterator[dict[str, str]]:
        """The parts of a sentence by name, in each way in which it can be taken apart."""
        if not text.startswith(self.pieces[0]) or not text.endswith(self.pieces[-1]):
            return
        if self.longest not in text:
            return
        seen: list[dict[str, str]] = []
        for pattern in self.patterns:
            match = pattern.fullmatch(text)
            if match is None:
                return
            if match.groupdict() not in seen:
                seen.append(match.groupdict())
                yield seen[-1]


@dataclass(frozen=True)
class Template:
    """A sentence of the program with placeholders, in one form or in two."""

    one: str
    many: str = ""

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Its forms."""
        return tuple(Form(text) for text in dict.fromkeys((self.one, self.many or self.one)))

    def parts_of(self, text: str) -> Iterator[tuple[Form, dict[str, str]]]:
        """The form that a sentence has, with its parts; nothing where it is another sentence."""
        for form in self.forms:
            for parts in form.parts_of(text):
                yield form, parts


class Index:
    """Templates by the word with which they begin, so that few have to be tried."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self._by_start: dict[str, list[Template]] = {}
        for template in templates:
            for start in dict.fromkeys(map(_start_of, template.forms)):
                self._by_start.setdefault(start, []).append(template)

    def candidates(self, text: str) -> Iterator[Template]:
        """The templates that may fit a text; each once."""
        first = text.split(" ", 1)[0]
        starts = ["#", ""] if first[:1] in _DIGITS else [first.lower(), ""]
        seen: set[int] = set()
        for start in starts:
            for template in self._by_start.get(start, ()):
                if id(template) not in seen:
                    seen.add(id(template))
                    yield template


def _start_of(form: Form) -> str:
    """The first word in small letters, ``#`` for a number, nothing for any text."""
    first, _, rest = form.pieces[0].partition(" ")
    if first and (rest or form.pieces[0].endswith(" ") or len(form.pieces) == 1):
        return "#" if first[0] in _DIGITS else first.lower()
    if not first and form.english.startswith("{"):
        match = PLACEHOLDER.match(form.english)
        return "#" if match and match[2] == "number" else ""
    return ""


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders of a text."""
    return frozenset(match[1] for match in PLACEHOLDER.finditer(text))


def plain(template: str) -> str:
    """A template without the kinds of its placeholders: ``{n}`` in place of ``{n:number}``."""
    return PLACEHOLDER.sub(lambda match: "{" + match[1] + "}", template)


def read_templates(text: str) -> tuple[Template, ...]:
    """The templates of a file: one a line, ``one | many`` where there are two forms.

    Lines that begin with ``#`` are for the translator.
    """
    found = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            one, _, many = line.partition(" | ")
            found.append(Template(one.strip(), many.strip()))
    return tuple(found)
