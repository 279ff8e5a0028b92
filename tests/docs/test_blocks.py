"""Every fenced block of the pages is run or checked.

``console`` blocks are run, and what they show is compared with what they print; a line ``...``
stands for any lines, and inside a line for any text. ``python`` blocks of a page share one
namespace. ``yaml``, ``toml`` and ``json`` blocks are profiles, or parts of one. The comment above a
block may say:

- ``file: NAME``: the block is written to a file, which later blocks of the page use;
- ``data: NAME``: so too; it is something else than a profile;
- ``exit code: N``: the last command of the block ends so;
- ``output``: what the Python block before printed;
- ``not run: needs a network``: only for lines that install;
- ``picture``: a drawing.

``LEGENGINE_UPDATE_DOCS=1`` renews shown output instead of comparing it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from legengine.intake.reader import profile_from_data
from tests.docs.blocks import PAGES, ROOT, Block, Command, blocks, commands, difference, renewed

LANGUAGES = {"python", "console", "yaml", "toml", "json", "text", "sh"}
MARKS = {"", "file", "data", "exit code", "output", "not run", "picture"}
NOT_RUN = "needs a network"
UPDATE = os.environ.get("LEGENGINE_UPDATE_DOCS") == "1"
RENEW = "LEGENGINE_UPDATE_DOCS=1 python -m pytest tests/docs renews it"

SHORTEST: dict[str, Any] = {
    "person": {"age": 34, "sex": "female"},
    "cause": "disuse",
    "places": {"home": {"equipment": ["chair"]}},
    "availability": [{"days": "mon", "start": "18:00", "minutes": 30}],
}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@each_page
def test_the_blocks_of_a_page(page: Path, desk: Path) -> None:
    reader = Reader(page, desk)
    for block in blocks(page):
        reader.take(block)
    if reader.updates:
        reader.update()


@each_page
def test_blocks_are_of_a_known_kind(page: Path) -> None:
    for block in blocks(page):
        where = f"{page.name}:{block.line}"
        assert block.language in LANGUAGES, where
        assert block.mark in MARKS, where
        if block.language == "text":
            assert block.mark in ("output", "picture"), where


@each_page
def test_only_installing_is_not_run(page: Path) -> None:
    for block in blocks(page):
        where = f"{page.name}:{block.line}"
        if block.language == "sh":
            assert block.mark == "not run", where
        if block.mark == "not run":
            assert block.value == NOT_RUN, where
            for line in block.lines:
                installs = "pip install" in line or line.startswith("git clone ")
                assert installs or not line, f"{where}: {line}"


class Reader:
    """Works through a page as a reader would, in one directory."""

    def __init__(self, page: Path, desk: Path) -> None:
        self.page = page
        self.desk = desk
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.printed = ""
        self.updates: list[tuple[Command, list[str]]] = []

    def take(self, block: Block) -> None:
        if block.mark in ("not run", "picture"):
            return
        if block.mark in ("file", "data"):
            path = self.desk / block.value
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        match block.language:
            case "console":
                self.console(block)
            case "python" if block.mark != "file":
                self.python(block)
            case "text":
                assert self.printed == block.text, self.where(block.line)
            case "yaml" | "toml" | "json" if block.mark != "data":
                self.data(block)

    def where(self, line: int) -> str:
        return f"{self.page.name}:{line}"

    def console(self, block: Block) -> None:
        asked = commands(block)
        for command in asked:
            expected = int(block.value) if block.mark == "exit code" and command is asked[-1] else 0
            done = subprocess.run(
                ["bash", "-c", command.command],
                cwd=self.desk,
                env=environment(self.desk),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            where = self.where(command.line)
            assert done.returncode == expected, f"{where}: {command.command}\n{done.stdout}"
            missing = difference(command.shown, done.stdout)
            if missing and UPDATE:
                self.updates.append((command, renewed(command.shown, done.stdout)))
            else:
                told = f"{where}: the real output isn't as shown; {RENEW}"
                assert not missing, f"{told}\n{missing}\n---\n{done.stdout}"

    def python(self, block: Block) -> None:
        # Blank lines in front make tracebacks point at the line of the page.
        code = compile("\n" * block.line + block.text, str(self.page), "exec")
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(code, self.names)
        self.printed = out.getvalue()

    def data(self, block: Block) -> None:
        where = self.where(block.line)
        if block.language == "yaml":
            data = yaml.safe_load(block.text)
        elif block.language == "toml":
            data = tomllib.loads(block.text)
        else:
            data = json.loads(block.text)
        if isinstance(data, Mapping) and "project" in data:
            assert "legengine" in data["project"]["entry-points"], where
        else:
            profile_from_data({**SHORTEST, **data})

    def update(self) -> None:
        lines = self.page.read_text(encoding="utf-8").splitlines()
        for command, shown in reversed(self.updates):
            lines[command.line : command.line + len(command.shown)] = shown
        self.page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def environment(desk: Path) -> dict[str, str]:
    """A plain one, so that the output doesn't depend on whose machine it is."""
    scripts = Path(sys.executable).parent
    return {
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}",
        "HOME": str(desk),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "LEGENGINE_NO_AUTOLOAD": "1",
    }


def test_an_elision_stands_for_any_lines() -> None:
    real = "a\nb\nc\nd\n"
    good: Iterator[list[str]] = iter(
        [
            ["a", "b", "c", "d"],
            ["...", "c", "..."],
            ["a", "...", "d"],
            ["..."],
            ["a", "...", "b", "..."],
        ]
    )
    assert not any(difference(shown, real) for shown in good)
    for bad in (
        ["a"],
        ["...", "c"],
        ["b", "..."],
        ["...", "c", "...", "b", "..."],
        ["...", "x", "..."],
    ):
        assert difference(bad, real), bad
    assert renewed(["...", "b", "x", "..."], real) == ["...", "b", "c", "d", "..."]
    assert renewed(["...", "b", "..."], "a\nb\n\nc\n") == ["...", "b", "..."]
