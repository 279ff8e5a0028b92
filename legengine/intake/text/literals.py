"""How a value is written in YAML, JSON and TOML: on one line, quoted where a reader needs it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from legengine.documents.reading import Kind
from legengine.errors import InputError

_PLAIN: Final = re.compile(r"[A-Za-z](?:[\w./+ -]*[\w+])?|[0-9]+(?:\.[0-9]+)? [a-z]+", re.ASCII)
"""Text that YAML takes for text without quotes, whatever stands around it."""

_YAML_WORDS: Final = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
"""Words that one version of YAML or another takes for something else than text."""

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def literal(value: Any, kind: Kind) -> str:
    """Write a value on one line.

    Raises:
        InputError: the format has no word for the value.
    """
    if isinstance(value, Mapping):
        pairs = ", ".join(
            f"{key_text(key, kind)}{literal(part, kind)}" for key, part in value.items()
        )
        return f"{{{pairs}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(literal(part, kind) for part in value)}]"
    if isinstance(value, str):
        return _TEXTS[kind](value)
    if isinstance(value, (dt.date, dt.time)):
        return _TEXTS[kind](value.isoformat()) if kind == "json" else value.isoformat()
    if value is None and kind == "toml":
        raise InputError("TOML has no word for nothing: remove the value instead")
    return json.dumps(value, allow_nan=False)


def key_text(key: str, kind: Kind) -> str:
    """Write a key with what separates it from its value."""
    if kind == "toml":
        return f"{toml_key(key)} = "
    bare = kind == "yaml" and _PLAIN.fullmatch(key)
    return f"{key if bare else _quoted(key)}: "


def toml_key(key: str) -> str:
    """Write a key of TOML, quoted where it has to be."""
    return key if _BARE.fullmatch(key) else _quoted(key)


def restyled(text: str, old: str) -> str:
    """Keep the single quotes of a text that is replaced."""
    if old[:1] == "'" and re.fullmatch(r'"[^"\'\\]*"', text):
        return f"'{text[1:-1]}'"
    return text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _yaml_text(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS
    return text if plain else _quoted(text)


_TEXTS: Final[Mapping[Kind, Callable[[str], str]]] = {
    "yaml": _yaml_text,
    "json": _quoted,
    "toml": _quoted,
}
