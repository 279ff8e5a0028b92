"""Runs long work in a thread, so that signals are heard and progress is shown."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn, TextIO, TypeVar

if TYPE_CHECKING:
    from legengine.engine import Progress

THREAD_NAME: Final = "legengine-solve"
PATIENCE_S: Final = 10.0
"""How long a stop waits for the work to end."""

_POLL_S = 0.05
_QUIET_S = 0.5

T = TypeVar("T")


class Terminated(BaseException):
    """SIGTERM came."""


def run(
    work: Callable[[threading.Event, Callable[[Progress], None]], T],
    *,
    progress: bool,
    best: bool = False,
) -> T:
    """Run ``work(cancel, on_progress)`` in a thread and return what it returns.

    An interrupt sets ``cancel`` and is raised once the work has ended; a second one doesn't wait.
    With ``best``, work that is cancelled returns the best that there is: an interrupt is raised
    only where there is nothing yet.
    """
    cancel, done = threading.Event(), threading.Event()
    results: list[T] = []
    failures: list[BaseException] = []
    line = ProgressLine(sys.stderr, enabled=progress)

    def body() -> None:
        try:
            results.append(work(cancel, line.note))
        except BaseException as error:  # handed on to the caller's thread
            failures.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=body, name=THREAD_NAME, daemon=True)
    with _terminable():
        try:
            thread.start()
            while not done.wait(_POLL_S):
                line.draw()
        except (KeyboardInterrupt, Terminated) as signalled:
            cancel.set()
            line.clear()
            wanted = best and isinstance(signalled, KeyboardInterrupt)
            if wanted:
                line.say("stopping with the best program so far; Ctrl-C again ends at once")
            done.wait(PATIENCE_S)
            if not wanted or not done.is_set() or _is_cancelled(failures):
                raise
        finally:
            line.clear()
    thread.join()
    if failures:
        raise failures[0]
    return results[0]


def _is_cancelled(failures: list[BaseException]) -> bool:
    from legengine.errors import LimitError

    return any(isinstance(failure, LimitError) for failure in failures)


@contextmanager
def _terminable() -> Iterator[None]:
    """Turn SIGTERM into an exception of the main thread."""

    def terminate(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
        raise Terminated

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class ProgressLine:
    """One line on a terminal that says what is going on, after half a second."""

    def __init__(self, stream: TextIO, *, enabled: bool) -> None:
        self._stream = stream
        self._enabled = enabled and stream.isatty()
        self._start = time.monotonic()
        self._latest: Progress | None = None
        self._shown = ""

    def note(self, progress: Progress) -> None:
        """Keep the latest news; called from the worker's thread."""
        self._latest = progress

    def draw(self) -> None:
        """Show the latest news."""
        seconds = time.monotonic() - self._start
        if not self._enabled or seconds < _QUIET_S:
            return
        text = f"{described(self._latest)}, {seconds:.0f} s"
        if text != self._shown:
            self._shown = text
            self._write(f"\r\x1b[2K{text}")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._shown = ""
            self._write("\r\x1b[2K")

    def say(self, text: str) -> None:
        """Say something that stays."""
        if self._enabled:
            self._write(f"legengine: {text}\n")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._enabled = False


def described(progress: Progress | None) -> str:
    """What is going on, in a few words."""
    if progress is None:
        return "working"
    text = f"phase {progress.index} of {progress.phases} ({progress.phase}): {progress.level}"
    if progress.value is not None:
        text += f" {progress.value}"
        if progress.bound is not None:
            text += f", at best {progress.bound}"
    return text
