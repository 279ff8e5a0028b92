"""Which language is spoken, in which unit masses are told, and how a text is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, Protocol

Unit = Literal["kg", "lb"]

_NAME: Final = re.compile(r"\{(\w+)\}")


class Language(Protocol):
    """Says texts in one language."""

    @property
    def code(self) -> str:
        """The language's code: en, de."""
        ...

    def phrase(self, text: str) -> str:
        """A text of the code, with its placeholders in braces."""
        ...

    def counted(self, count: int, one: str, many: str) -> str:
        """The form of a text of the code that goes with a count."""
        ...

    def sentence(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A finished sentence of a program or of a library, and the parts that aren't known."""
        ...


class _English:
    code = "en"

    def phrase(self, text: str) -> str:
        return text

    def counted(self, count: int, one: str, many: str) -> str:
        return one if count == 1 else many

    def sentence(self, text: str) -> tuple[str, tuple[str, ...]]:
        return text, ()


ENGLISH: Final[Language] = _English()
"""The language of the code and of the documents: every text as it stands."""

_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)
_unit: ContextVar[Unit] = ContextVar("unit", default="kg")


def spoken_language() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


def spoken_unit() -> Unit:
    """The unit in which masses are told now."""
    return _unit.get()


@contextmanager
def speaking(language: Language, mass_unit: Unit = "kg") -> Iterator[None]:
    """Speak a language until the end of the block; for this thread or task alone."""
    token, unit_token = _spoken.set(language), _unit.set(mass_unit)
    try:
        yield
    finally:
        _unit.reset(unit_token)
        _spoken.reset(token)


def marked(text: str) -> str:
    """A text of the code that ``tr`` says later; marked so that it gets into the catalogue."""
    return text


def filled(phrase: str, values: Mapping[str, object]) -> str:
    """A phrase with its values: names in braces and nothing else, for it may come from a file."""
    return _NAME.sub(lambda match: str(values.get(match[1], match[0])), phrase)


def tr(text: str, /, **values: object) -> str:
    """A text of the code in the language that is spoken; ``{name}`` takes a value."""
    phrase = _spoken.get().phrase(text)
    return filled(phrase, values) if values else phrase


def trn(count: int, one: str, many: str, /, **values: object) -> str:
    """A text with a count, in the right plural form; ``{count}`` is the count."""
    return filled(_spoken.get().counted(count, one, many), {"count": count} | values)
