"""The command line: the only part that prints, reads the clock, takes signals and exits."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave the process, quietly even where it has hardly begun."""
    try:
        from legengine.cli.app import main as run_and_leave

        run_and_leave()
    except KeyboardInterrupt:
        sys.exit(130)


__all__ = ["main"]
