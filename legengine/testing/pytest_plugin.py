"""Fixtures for the tests of a plugin; pytest finds them where legengine is installed.

This module is imported at the start of every run of pytest in the environment, also of projects
that have nothing to do with legengine. It imports nothing but pytest; what a fixture needs is
imported when the fixture is used.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from legengine.domain.problem import Problem
    from legengine.domain.program import Program
    from legengine.engine import Engine
    from legengine.hooks.registry import Registry


@dataclass(frozen=True)
class CommandRun:
    """What the command line did."""

    code: int
    out: str
    err: str

    def expect(self, code: int = 0) -> CommandRun:
        """The same, after a look at the exit code; what was printed is told where it differs."""
        __tracebackhide__ = True
        if self.code != code:
            pytest.fail(f"legengine ended with {self.code}, not {code}\n{self.out}{self.err}")
        return self


@pytest.fixture
def legengine_registry() -> Callable[..., Registry]:
    """Make a registry: ``legengine_registry(my_plugin)``; the bundled plugins are in it.

    What else is installed is not looked for. See ``legengine.testing.sealed_registry``.
    """
    from legengine.testing.registries import sealed_registry

    return sealed_registry


@pytest.fixture
def legengine_engine() -> Callable[..., Engine]:
    """Make an engine: ``legengine_engine(my_plugin)``; the bundled plugins are in it.

    What else is installed is not looked for. See ``legengine.testing.engine_with``.
    """
    from legengine.testing.registries import engine_with

    return engine_with


@pytest.fixture
def legengine_problem() -> Problem:
    """A tiny problem that forbids nothing: two weeks, three evenings each, three exercises.

    ``legengine.testing.tiny`` makes others.
    """
    from legengine.testing import tiny

    return tiny.problem()


@pytest.fixture
def legengine_program() -> Program:
    """A checked program of two weeks, made by the engine once in a run.

    ``legengine.testing.sample_program`` makes others.
    """
    from legengine.testing.samples import sample_program

    return sample_program()


@pytest.fixture
def legengine_cli(tmp_path: Path) -> Callable[..., CommandRun]:
    """Run the command line in a process and a folder of its own: ``legengine_cli("check", "x")``.

    What comes back has ``code``, ``out`` and ``err``; ``.expect(0)`` fails with what was printed.
    ``given`` is a mapping of file names to texts that are written into the folder before.
    """

    def run(*args: object, given: dict[str, str] | None = None, timeout: float = 300) -> CommandRun:
        for name, text in (given or {}).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        path = os.pathsep.join([str(Path.cwd()), *(p for p in sys.path if p)])
        done = subprocess.run(  # noqa: S603 - the interpreter itself, without a shell
            [sys.executable, "-m", "legengine", *map(str, args)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return CommandRun(done.returncode, done.stdout, done.stderr)

    return run


__all__ = [
    "CommandRun",
    "legengine_cli",
    "legengine_engine",
    "legengine_problem",
    "legengine_program",
    "legengine_registry",
]
