"""The command line: the only part that prints, reads the clock, takes signals and exits."""

from __future__ import annotations

from legengine.cli.app import main

__all__ = ["main"]
