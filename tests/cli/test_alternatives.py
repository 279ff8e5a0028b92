"""``generate --alternatives`` with the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Legengine

EXAMPLE = Path(__file__).parents[2] / "examples" / "beginner-at-home.yaml"
WHEN = ("--today", "2026-11-23")


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """The example, but two weeks long."""
    profile = tmp_path / "short.yaml"
    profile.write_text(EXAMPLE.read_text() + "weeks: 2\n")
    return profile


def test_programs_go_to_numbered_files_and_are_compared(
    legengine: Legengine, short: Path, tmp_path: Path
) -> None:
    files = ("-o", tmp_path / "plan.json", "-o", tmp_path / "plan.md")
    ran = legengine("generate", short, *WHEN, "--alternatives", 3, *files)
    assert ran.code == 0
    names = {path.name for path in tmp_path.iterdir()} - {"short.yaml"}
    assert names == {f"plan-{number}.{kind}" for number in (1, 2, 3) for kind in ("json", "md")}
    assert ran.err.count("wrote ") == 6
    assert "% of 1, " in ran.out
    assert "Program 2. " in ran.out
    assert "Costs " in ran.out
    plain = legengine("generate", short, *WHEN, "-f", "json")
    assert (tmp_path / "plan-1.json").read_text() == plain.out
    for number in (1, 2, 3):
        assert legengine("check", tmp_path / f"plan-{number}.json").code == 0


def test_the_comparison_as_data(legengine: Legengine, short: Path) -> None:
    ran = legengine("generate", short, *WHEN, "--alternatives", 2, "--json")
    data = json.loads(ran.out)
    assert (data["asked"], data["found"]) == (2, 2)
    first, second = data["programs"]
    assert first["shared"] == []
    assert second["shared"][0] <= 0.5
    assert first["levels"]["wishes"] >= 0
    assert set(second["exercises"]) != set(first["exercises"])


@pytest.mark.parametrize("number", ["1", "0", "-2", "10", "two"])
def test_bad_numbers_are_usage_errors(legengine: Legengine, short: Path, number: str) -> None:
    ran = legengine("generate", short, "--alternatives", number)
    assert (ran.code, ran.out) == (2, "")
    assert "--alternatives" in ran.err


@pytest.mark.parametrize("where", [("-f", "json"), ("-o", "-")])
def test_several_programs_do_not_go_to_one_output(
    legengine: Legengine, short: Path, where: tuple[str, str]
) -> None:
    ran = legengine("generate", short, "--alternatives", 2, *where)
    assert (ran.code, ran.out) == (2, "")
    assert "give -o PATH" in ran.err


def test_a_numbered_file_that_exists_is_kept(
    legengine: Legengine, short: Path, tmp_path: Path
) -> None:
    there = tmp_path / "plan-2.json"
    there.write_text("mine")
    ran = legengine("generate", short, "--alternatives", 2, "-o", tmp_path / "plan.json")
    assert ran.code == 2
    assert "plan-2.json: exists already" in ran.err
    assert there.read_text() == "mine"
    assert not (tmp_path / "plan-1.json").exists()
