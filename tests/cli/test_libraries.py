"""Library files on the command line: named by a profile, given by a flag, found by a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.test_files import exercise, written

PROFILE = """\
schema_version: 1
person: {age: 34, sex: female, mass: 68 kg}
cause: disuse
screening: {red_flags: none, parq_page1: all_no}
places: {home: {equipment: [home_basics]}}
availability: [{days: [mon, wed, fri], start: "18:00", minutes: 30}]
weeks: 2
wishes: {always: [hall_march]}
"""
DAYS = ("--today", "2026-11-23", "--start", "2026-11-30", "-q")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "legengine", "--no-autoload", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    (tmp_path / "p.yaml").write_text(PROFILE + "libraries: [hall.yaml]\n")
    return tmp_path


def test_a_profile_names_a_library_beside_it(folder: Path) -> None:
    (folder / "below").mkdir()
    done = run(folder / "below", "generate", "../p.yaml", *DAYS, "-o", "program.json")
    assert done.returncode == 0, done.stderr
    program = json.loads((folder / "below" / "program.json").read_text())
    assert "hall_march" in json.dumps(program["phases"])

    # The program lies elsewhere: the library is not beside it.
    done = run(folder / "below", "check", "program.json")
    assert done.returncode == 2
    assert "profile.libraries[0].path: no such file or folder: 'hall.yaml'" in done.stderr
    assert "--library PATH says where it is" in done.stderr
    for command in (["check", "program.json"], ["explain", "program.json"]):
        done = run(folder / "below", "--library", "../hall.yaml", *command)
        assert done.returncode == 0, done.stderr


def test_a_library_is_given_on_the_command_line(folder: Path) -> None:
    (folder / "p.yaml").write_text(PROFILE)
    done = run(folder, "--library", "hall.yaml", "generate", "p.yaml", *DAYS, "-o", "program.json")
    assert done.returncode == 0, done.stderr
    done = run(folder, "check", "program.json")
    assert done.returncode == 2
    assert "the program was made with the library 'hall' (give it: --library PATH" in done.stderr
    done = run(folder, "--library", "hall.yaml", "exercises", "hall_march")
    assert "Hall March" in done.stdout
    done = run(folder, "--library", "hall.yaml", "plugins", "list", "--load", "--json")
    (row,) = (row for row in json.loads(done.stdout) if row["name"] == "hall")
    assert (row["state"], row["provides"]) == ("file", {"exercises": ["hall"]})
    done = run(folder, "--library", "hall.yaml", "plugins", "list", "--requirements")
    assert "# hall.yaml: a file or folder, given by --library" in done.stdout


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("libraries: [hal.yaml]", "p.yaml:9:13: libraries[0].path: no such file or folder"),
        (
            "libraries: [{path: hall.yaml, reader: legengin}]",
            "p.yaml:9:39: libraries[0].reader: there is no library reader 'legengin'",
        ),
        (
            "libraries: [{path: hall.yaml, options: {fast: 1}}]",
            "p.yaml:9:41: libraries[0].options.fast: unknown option 'fast'",
        ),
    ],
)
def test_what_is_wrong_points_at_the_line_of_the_profile(
    line: str, message: str, folder: Path
) -> None:
    (folder / "p.yaml").write_text(f"{PROFILE}{line}\n")
    for command in ("generate", "explain", "screen"):
        done = run(folder, command, "p.yaml")
        assert done.returncode == 2
        assert message in done.stderr
        assert "Traceback" not in done.stderr


def test_a_wrong_library_points_at_its_own_line(folder: Path) -> None:
    written(folder / "hall.yaml", {"exercises": [exercise(level=9)]})
    done = run(folder, "generate", "p.yaml", *DAYS)
    assert done.returncode == 2
    assert "hall.yaml:" in done.stderr
    assert "must be at most 5, got 9" in done.stderr
    done = run(folder, "generate", "p.yaml", *DAYS, "--json")
    (problem,) = json.loads(done.stderr)["problems"]
    assert problem["source"].endswith("hall.yaml")
    assert problem["line"] > 1
