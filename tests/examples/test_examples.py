"""Every example makes a program that the checker and the schema accept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from legengine.cli.app import run

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").iterdir())
DATES = ("--today", "2026-11-23", "--start", "2026-11-30")


def test_there_are_examples_in_every_format() -> None:
    assert len(EXAMPLES) >= 6
    assert {path.suffix for path in EXAMPLES} == {".yaml", ".toml", ".json"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_makes_a_program_that_passes(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "program.json"
    assert run(["generate", str(path), *DATES, "-q", "-o", str(out)]) == 0, capsys.readouterr()
    capsys.readouterr()
    assert run(["check", str(out)]) == 0
    assert capsys.readouterr().out.startswith("every rule holds")

    program = json.loads(out.read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "schemas/program.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(program)
    assert program["check"]["ok"]
    assert not any(phase["solve"]["wall_clock_struck"] for phase in program["phases"])
    assert all(session["prescriptions"] for session in sessions(program))


def sessions(program: dict) -> list[dict]:
    return [
        session
        for phase in program["phases"]
        for week in phase["weeks"]
        for session in week["sessions"]
    ]
