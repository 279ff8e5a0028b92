"""Standard output, kept for what legengine itself prints.

Plugins are other people's code: what one prints, or a program that it starts, must not come
between the lines of a document. From the first plugin on, everything that isn't printed through
this module goes to standard error.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

import click


class _Kept:
    """What was kept when the first plugin was loaded."""

    stream: TextIO | None = None
    """Where data are printed meanwhile."""
    before: TextIO = sys.stdout
    """What standard output was."""


def stream() -> TextIO:
    """Where data are printed."""
    return sys.stdout if _Kept.stream is None else _Kept.stream


def show(text: str, *, newline: bool = True) -> None:
    """Print text for whoever reads the data."""
    click.echo(text, file=stream(), nl=newline)


def show_bytes(content: bytes) -> None:
    """Print bytes."""
    stream().buffer.write(content)


def keep_from_plugins() -> None:
    """From now on, what others print goes to standard error."""
    if _Kept.stream is not None:
        return
    before = sys.stdout
    before.flush()
    _Kept.before = _Kept.stream = before
    if _is_real(before, 1) and _is_real(sys.stderr, 2):
        # A program that a plugin starts, or its C code, knows nothing of sys.stdout.
        _Kept.stream = os.fdopen(os.dup(1), "w", encoding=before.encoding, errors=before.errors)
        os.dup2(2, 1)
    sys.stdout = sys.stderr


def give_back() -> None:
    """Make standard output what it was before plugins were loaded."""
    kept, before = _Kept.stream, _Kept.before
    if kept is None:
        return
    _Kept.stream = None
    sys.stdout = before
    if kept is before:
        return
    with suppress(OSError):
        before.flush()  # what others still held back
    try:
        kept.flush()
    finally:
        os.dup2(kept.fileno(), 1)
        with suppress(OSError):
            kept.close()


def _is_real(stream: TextIO, number: int) -> bool:
    with suppress(OSError, ValueError):
        return stream.fileno() == number
    return False
