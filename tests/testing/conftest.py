from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Project = Callable[..., Path]

PLAIN = """
from legengine.hooks import NoOptions, hookimpl
LEGENGINE_API = 1

class Plain:
    name = "plain"
    summary = "titles, and nothing else"
    suffixes = (".plain",)
    options = NoOptions

    def program(self, program, options):
        return "".join(c for c in program.title if c.isprintable()) + "-\\n"

    def referral(self, referral, options):
        return referral.summary()

@hookimpl
def legengine_formats():
    return [Plain()]
"""


@pytest.fixture
def plain() -> str:
    """The text of a sound plugin module."""
    return PLAIN


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Write a project folder with one plugin, as an author has it before it is installed."""
    before, path = set(sys.modules), [*sys.path]

    def make(
        text: str = PLAIN,
        *,
        module: str = "plain_under_test",
        name: str = "legengine-plain",
        entry: str = "plain",
        version: str = "0.1",
        dependencies: str = '["legengine>=0.1"]',
        src: bool = False,
    ) -> Path:
        folder = tmp_path / name
        code = folder / "src" if src else folder
        code.mkdir(parents=True)
        (code / f"{module}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        (folder / "pyproject.toml").write_text(
            f'[project]\nname = "{name}"\nversion = "{version}"\ndependencies = {dependencies}\n\n'
            f'[project.entry-points.legengine]\n"{entry}" = "{module}"\n',
            encoding="utf-8",
        )
        return folder

    yield make
    sys.path[:] = path
    for name in set(sys.modules) - before:
        if not name.startswith("legengine"):
            del sys.modules[name]
