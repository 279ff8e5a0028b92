"""Sentences of a program in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from legengine.language.speaking import spoken_language
from legengine.language.units import masses_in

_unknown: ContextVar[dict[str, int] | None] = ContextVar("unknown", default=None)


def said(text: str) -> str:
    """A finished sentence of a program, or a text of a library, in the language spoken.

    What the language doesn't know stays as it is; ``noting_unknown`` tells what that was. Masses
    in kilograms are told in the unit that is spoken.
    """
    whole, unknown = spoken_language().sentence(text)
    noted = _unknown.get()
    if noted is not None:
        for part in unknown:
            noted[part] = noted.get(part, 0) + 1
    return masses_in(whole)


@contextmanager
def noting_unknown() -> Iterator[dict[str, int]]:
    """Note what ``said`` had to leave in English within the block: text to how often."""
    found: dict[str, int] = {}
    token = _unknown.set(found)
    try:
        yield found
    finally:
        _unknown.reset(token)
