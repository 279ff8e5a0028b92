"""Notes how a plugin behaves while it is loaded: what it prints, what takes long.

Only the command line and the checks of a plugin watch: to catch what is printed changes where the
whole process prints, which is no business of a service with threads.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Final

SLOW_S: Final = 1.0
"""Seconds from which a plugin is told that it keeps people waiting."""

_SHOWN: Final = 60
"""Characters that are shown of what was printed."""


class Watch:
    """Keeps the remarks about one plugin."""

    def __init__(self, *, awake: bool) -> None:
        """``awake=False`` notes nothing and touches nothing."""
        self._awake = awake
        self.remarks: list[str] = []

    @contextmanager
    def importing(self) -> Iterator[None]:
        """While the plugin is imported."""
        yield from self._watched(
            "while it was imported",
            "it took {:.1f} s to be imported; import what is heavy inside the hook or the method "
            "that needs it",
        )

    @contextmanager
    def calling(self, hook: str) -> Iterator[None]:
        """While one of its hooks is called."""
        yield from self._watched(
            f"while hook '{hook}' was called",
            f"hook '{hook}' took {{:.1f}} s; do what is slow in the method that needs it",
        )

    def _watched(self, when: str, slow: str) -> Iterator[None]:
        if not self._awake:
            yield
            return
        said = io.StringIO()
        begun = time.perf_counter()
        try:
            with redirect_stdout(said), redirect_stderr(said):
                yield
        finally:
            took = time.perf_counter() - begun
            if text := " ".join(said.getvalue().split()):
                shown = text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
                self.remarks.append(
                    f"it printed {shown!r} {when}; a plugin must not print: use logging"
                )
            if took >= SLOW_S:
                self.remarks.append(slow.format(took))


__all__ = ["SLOW_S", "Watch"]
