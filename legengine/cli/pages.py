"""Pages of the docs that are made from data: written to a file, or printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def write_page(module: str, page: Callable[[], str], arguments: Sequence[str]) -> int:
    """Write a page to the file that the arguments name, or print it; the exit code."""
    if len(arguments) > 1:
        print(f"usage: python -m legengine.cli.{module} [FILE]", file=sys.stderr)
        return 2
    text = page()
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0
