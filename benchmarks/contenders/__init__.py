"""Ways to plan the same phase, each in a process of its own, with a log of what it found when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from measure import Span, Watch

from legengine.domain.problem import Problem
from legengine.domain.schedule import Item
from legengine.hooks.contracts import Constraint, Objective

Items = tuple[Item, ...]


@dataclass(frozen=True)
class Level:
    """Wishes and volume, in this order."""

    wishes: int
    volume: int


class Log:
    """What a contender found and proved, and when. Runs from when it is made.

    Solutions are kept as they come and read afterwards, so that the reading costs no one time.
    """

    def __init__(self) -> None:
        self._watch = Watch()
        self._found: list[tuple[Span, Callable[[], Items]]] = []
        self.bounds: list[tuple[Span, Level]] = []
        self.proof: Span | None = None

    def found(self, items: Callable[[], Items]) -> None:
        self._found.append((self._watch.read(), items))

    def now(self) -> Span:
        return self._watch.read()

    def bounded(self, level: Level) -> None:
        self.bounds.append((self._watch.read(), level))

    def proven(self) -> None:
        self.proof = self._watch.read()

    def finish(self) -> Run:
        end = self._watch.read()
        found = [(span, items()) for span, items in self._found]
        return Run(found, self.bounds, self.proof, end)


@dataclass(frozen=True)
class Run:
    """All that one contender did for one person."""

    found: list[tuple[Span, Items]]
    bounds: list[tuple[Span, Level]]
    proof: Span | None
    """When the optimum was proven: of its own objective."""
    end: Span


@dataclass(frozen=True)
class Task:
    """A problem with the rules and wishes, and the seconds on the wall that it may take."""

    problem: Problem
    rules: Sequence[Constraint]
    objectives: Sequence[Objective]
    limit_s: float


Contender = Callable[[Task, Log], None]
