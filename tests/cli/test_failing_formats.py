"""A format that fails costs only what it should have written, with the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Legengine, Module
from .sources import FAILING, PROFILE

WHEN = ("--today", "2026-11-23")

FAILURES = {
    "raises": "RuntimeError: out of ink",
    "number": "int",
    "lines": "list",
    "leaves": "SystemExit",
    "halves": "its text can't be written as UTF-8",
}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "p.yaml"
    file.write_text(PROFILE)
    return file


def test_every_other_format_is_written(
    legengine: Legengine, profile: Path, tmp_path: Path, module: Module
) -> None:
    plugin = module(FAILING)
    names = ("json", *FAILURES, "markdown")
    files = [tmp_path / f"plan.{name}" for name in names]
    flags = [
        arg for name, file in zip(names, files, strict=True) for arg in ("-f", name, "-o", file)
    ]
    ran = legengine("--plugin", plugin, "generate", profile, *WHEN, *flags)
    assert (ran.code, ran.out) == (5, "")
    for name, why in FAILURES.items():
        (line,) = [line for line in ran.err.splitlines() if f"format '{name}'" in line]
        assert f"of plugin '{plugin}' given by the caller" in line
        assert why in line
    *_, missing, there = ran.err.splitlines()
    assert missing == f"not written: {', '.join(map(str, files[1:-1]))}"
    assert there == f"written: {files[0]}, {files[-1]}"
    assert sorted(path.name for path in tmp_path.glob("plan*")) == ["plan.json", "plan.markdown"]
    assert "Traceback" not in ran.err


def test_of_alternatives_too(
    legengine: Legengine, profile: Path, tmp_path: Path, module: Module
) -> None:
    where = (
        "-f",
        "raises",
        "-o",
        tmp_path / "plan.bad",
        "-f",
        "json",
        "-o",
        tmp_path / "plan.json",
    )
    args = ("generate", profile, *WHEN, "--alternatives", 2, *where, "--json", "-q")
    ran = legengine("--plugin", module(FAILING), *args)
    assert ran.code == 5
    assert json.loads(ran.out)["found"] == 2
    data = json.loads(ran.err)
    assert data["failed"] == [str(tmp_path / f"plan-{n}.bad") for n in (1, 2)]
    assert data["written"] == [str(tmp_path / f"plan-{n}.json") for n in (1, 2)]
    assert data["message"].count("out of ink") == 1
    assert sorted(path.name for path in tmp_path.glob("plan*")) == ["plan-1.json", "plan-2.json"]


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("command", ["generate", "screen"])
def test_whom_to_see_is_told_all_the_same(
    name: str, command: str, legengine: Legengine, profile: Path, module: Module
) -> None:
    signs = "red_flags: {saddle_numbness: yes}"
    profile.write_text(PROFILE.replace("red_flags: none", signs))
    ran = legengine("--plugin", module(FAILING), command, profile, *WHEN, "-f", name)
    assert "no program: emergency" in ran.out
    assert f"format '{name}'" in ran.err
    assert ran.code == 4
