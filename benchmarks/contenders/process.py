"""A contender in a process of its own, which answers for many people."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing.connection import Connection

from cases import engine_of, first_problem, people, profile
from measure import peak_mb

from contenders import Log, Run, Task
from legengine.domain.problem import Problem
from legengine.engine import Engine
from legengine.errors import LimitError, NoScheduleError


@dataclass(frozen=True)
class Case:
    """Which problem is meant: each process makes it for itself, before the watch runs."""

    size: int
    seed: int
    person: int
    weeks: int


@cache
def engine(size: int) -> Engine:
    return engine_of(size)


def problem_of(case: Case) -> Problem:
    line: Iterator[dict[str, object]] = people(case.seed)
    data = next(data for index, data in enumerate(line) if index == case.person)
    return first_problem(engine(case.size), profile(data, weeks=case.weeks))


class Worker:
    """The far end of a process that plans."""

    def __init__(self, name: str) -> None:
        self.name = name
        start = multiprocessing.get_context("spawn")
        self._near, far = start.Pipe()
        self._process = start.Process(target=_serve, args=(name, far), daemon=True)
        self._process.start()
        far.close()

    def plan(self, case: Case, limit_s: float) -> Run | None:
        """Let it plan; ``None`` where it says that there is no schedule."""
        self._near.send((case, limit_s))
        answer: Run | None = self._near.recv()
        return answer

    def close(self) -> float:
        """End it: its peak memory in MB."""
        self._near.send(None)
        peak: float = self._near.recv()
        self._process.join()
        return peak


def _serve(name: str, pipe: Connection) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # HiGHS greets on it
    plan = import_module(f"contenders.{name}").plan
    while (request := pipe.recv()) is not None:
        case, limit_s = request
        registry = engine(case.size).registry
        task = Task(
            problem=problem_of(case),
            rules=tuple(registry.constraints.values()),
            objectives=tuple(registry.objectives.values()),
            limit_s=limit_s,
        )
        log = Log()
        try:
            with suppress(LimitError):
                plan(task, log)
            pipe.send(log.finish())
        except NoScheduleError:
            pipe.send(None)
    pipe.send(peak_mb())
