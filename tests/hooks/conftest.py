from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

Install = Callable[..., Path]
Module = Callable[..., ModuleType]

GOOD = """
from legengine.hooks import NoOptions, hookimpl

class Paper:
    name = "paper"
    summary = "Writes on paper."
    suffixes = (".paper",)
    options = NoOptions
    def program(self, program, options): return "p"
    def referral(self, referral, options): return "r"

@hookimpl
def legengine_formats():
    return [Paper()]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a distribution with entry points and modules on the path, as pip would."""
    before = set(sys.modules)
    count = 0

    def make(
        distribution: str,
        version: str = "1.0",
        plugins: Mapping[str, str] | None = None,
        modules: Mapping[str, str] | None = None,
        group: str = "legengine",
        requires: Sequence[str] = (),
    ) -> Path:
        nonlocal count
        count += 1
        folder = tmp_path / f"site{count}"
        info = folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
            + "".join(f"Requires-Dist: {each}\n" for each in requires)
            + "\nName: no\n"
        )
        lines = [f"[{group}]", *(f"{key} = {value}" for key, value in (plugins or {}).items())]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
        for name, text in (modules or {}).items():
            (folder / f"{name}.py").write_text(textwrap.dedent(text))
        monkeypatch.syspath_prepend(str(folder))
        return folder

    yield make
    for name in set(sys.modules) - before:
        if not name.startswith("legengine"):
            del sys.modules[name]


@pytest.fixture
def module() -> Module:
    """A plugin module that exists only in memory."""

    def make(text: str = GOOD, name: str = "plugin_under_test", **names: object) -> ModuleType:
        result = ModuleType(name)
        vars(result).update(names)
        exec(textwrap.dedent(text), vars(result))
        return result

    return make


@pytest.fixture
def good() -> str:
    return GOOD
