"""Text that is safe to print: no control character, no escape sequence, one line."""

from __future__ import annotations

import re
from typing import Any, Final, TypeVar, cast

from pydantic import BaseModel

_T = TypeVar("_T")

_SEQUENCES: Final = re.compile(
    r"(?:\x1b\]|\x9d).*?(?:\x07|\x1b\\|\x9c|$)"  # operating system commands, with their text
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f]).*?(?:\x1b\\|\x9c|$)"  # device control and the like
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # colours, cursor movements
    r"|\x1b[ -/]*[0-~]?",  # what is left of escapes
    re.DOTALL,
)
_SPACES: Final = re.compile(r"[\s\x00-\x1f]+")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Invisible, but part of how some scripts are written."""


def clean_text(text: str) -> str:
    """Return the text on one line, without anything that a terminal could take for an order."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = _SPACES.sub(" ", _SEQUENCES.sub("", text))
    kept = (character if character.isprintable() else _stand_in(character) for character in text)
    return " ".join("".join(kept).split())


def _stand_in(character: str) -> str:
    if character in _JOINERS:
        return character
    return "?" if "\ud800" <= character <= "\udfff" else ""


def cleaned(value: _T) -> _T:
    """The same value with every string inside it cleaned: models, tuples, lists, mappings."""
    return cast("_T", _cleaned(value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, BaseModel):
        changes = {}
        for name, old in value:
            new = _cleaned(old)
            if new is not old:
                changes[name] = new
        return value.model_copy(update=changes) if changes else value
    if isinstance(value, tuple | list):
        items = [_cleaned(item) for item in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else type(value)(items)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    return value
