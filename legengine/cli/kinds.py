"""The kinds of what plugins provide, as a person names them."""

from __future__ import annotations

from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError
from legengine.hooks.inspection import KINDS, Kind


def kind_named(word: str) -> Kind | None:
    """The kind of a word, ``constraints`` or ``constraint``; ``None``: it is none."""
    return next((kind for kind in KINDS if word in (kind, kind.removesuffix("s"))), None)


def read_kind(word: str, flag: str) -> Kind:
    """The kind that a flag names.

    Raises:
        InputError: it is none; with the nearest.
    """
    kind = kind_named(word)
    if kind is None:
        raise InputError(
            [Fault(f"there is no kind '{word}'", flag, hint=did_you_mean(word, KINDS))]
        )
    return kind
