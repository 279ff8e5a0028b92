"""Which language is spoken, and how a text is said in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol


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

    def sentence(self, text: str) -> str:
        """A finished sentence of a program or of a library."""
        ...


class _English:
    code = "en"

    def phrase(self, text: str) -> str:
        return text

    def counted(self, count: int, one: str, many: str) -> str:
        return one if count == 1 else many

    def sentence(self, text: str) -> str:
        return text


ENGLISH: Final[Language] = _English()
"""The language of the code and of the documents: every text as it stands."""

_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def spoken_language() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


@contextmanager
def speaking(language: Language, mass_unit: str = "kg") -> Iterator[None]:  # noqa: ARG001
    """Speak a language until the end of the block; for this thread or task alone."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def tr(text: str, **values: object) -> str:
    """A text of the code in the language that is spoken; ``{name}`` takes a value."""
    phrase = _spoken.get().phrase(text)
    return phrase.format(**values) if values else phrase


def trn(count: int, one: str, many: str, **values: object) -> str:
    """A text with a count, in the right plural form; ``{count}`` is the count."""
    return _spoken.get().counted(count, one, many).format(count=count, **values)


def said(text: str) -> str:
    """A finished sentence of a program, or a text of a library, in the language spoken."""
    return _spoken.get().sentence(text)
