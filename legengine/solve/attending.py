"""Runs a solve in a thread of its own while the caller's thread looks after it.

What a caller hands in (a cancel token, a callback) is never touched inside the solver's callbacks:
they only queue what happened, and the caller's thread tells it. So an exception of the caller
surfaces as that exception, with the solve stopped and the process alive.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Final, TypeVar

STOP_POLL_S: Final = 0.001
"""Seconds between two looks at the cancel token and at the news."""

BOUND_SLACK: Final = 1e-6
"""The solver tells integer bounds as floats."""

OnNews = Callable[[int | None, int], None]
"""Is told the value of the best solution so far (none yet: ``None``) and the proven bound."""

R = TypeVar("R")


def whole(bound: float) -> int:
    """The integer bound that a float stands for."""
    return ceil(bound - BOUND_SLACK)


@dataclass(slots=True)
class News:
    """What the solver found, in order, until somebody tells it."""

    tell: OnNews
    _value: int | None = None
    _bound: int = 0
    _waiting: deque[tuple[int | None, int]] = field(default_factory=deque)

    def solution(self, value: float, bound: float) -> None:
        """Note a better solution; called in a thread of the solver."""
        self._note(round(value), bound)

    def bound(self, bound: float) -> None:
        """Note a better bound; called in a thread of the solver."""
        self._note(self._value, bound)

    def _note(self, value: int | None, bound: float) -> None:
        # Before anything is proven the bound is a very large negative number, or infinite.
        news = (value, whole(bound) if bound > self._bound else self._bound)
        if news != (self._value, self._bound):
            self._value, self._bound = news
            self._waiting.append(news)

    def pass_on(self) -> None:
        """Tell what is waiting, in the thread of the caller."""
        while self._waiting:
            self.tell(*self._waiting.popleft())


def attended(
    solve: Callable[[], R],
    stop_search: Callable[[], None],
    stop: threading.Event | None,
    news: News | None,
) -> R:
    """What ``solve`` returns; meanwhile a set event stops it, and the news are told here.

    A stop is sent again and again, as the solver loses one that comes too early.
    """
    if stop is None and news is None:
        return solve()
    done = threading.Event()
    answers: list[R] = []
    failures: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(solve())
        except BaseException as error:  # handed on to the caller's thread
            failures.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=work, name="legengine-search", daemon=True)
    thread.start()
    try:
        while not done.wait(STOP_POLL_S):
            if stop is not None and stop.is_set():
                stop_search()
            if news is not None:
                news.pass_on()
    finally:
        # Also where the callback or an interrupt raised: no solve is left behind.
        while not done.wait(STOP_POLL_S):
            stop_search()
        thread.join()
    if failures:
        raise failures[0]
    if news is not None:
        news.pass_on()
    return answers[0]
