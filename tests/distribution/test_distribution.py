"""What a third party does, from empty folders, against the wheel: install, make, check, use."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from legengine.scaffold.project import MODULES
from tests.distribution.conftest import ROOT, Installed

DAYS = ("--today", "2026-11-23", "--start", "2026-11-30", "-q")
EXAMPLE = ROOT / "plugins" / "legengine-example"
PROFILE = """\
schema_version: 1
person: {age: 34, sex: female, mass: 68 kg}
cause: disuse
screening: {red_flags: none, parq_page1: all_no}
places: {home: {equipment: [home_basics]}}
availability: [{days: [mon, wed, fri], start: "18:00", minutes: 30}]
weeks: 2
"""


def generated(installed: Installed, folder: Path, more: str, *options: object) -> dict[str, Any]:
    """The program of the profile with some more lines."""
    (folder / "profile.yaml").write_text(PROFILE + more, encoding="utf-8")
    done = installed.run(
        "legengine", *options, "generate", "profile.yaml", *DAYS, "--json", where=folder
    )
    program: dict[str, Any] = json.loads(done.stdout)
    assert program["check"]["ok"]
    return program


def prescriptions(program: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        item
        for phase in program["phases"]
        for week in phase["weeks"]
        for session in week["sessions"]
        for item in session["prescriptions"]
    ]


def test_the_wheel_holds_what_a_user_needs_and_no_more(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert {"legengine/py.typed", "legengine/scaffold/example/pyproject.toml"} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.startswith("legengine")} == set()
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


# --- the example ---------------------------------------------------------------------------


@pytest.fixture
def example(installed: Installed, tmp_path: Path) -> Iterator[Path]:
    """The example distribution, copied and installed with plain pip."""
    copy = tmp_path / "legengine-example"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    installed.install(copy)
    yield copy
    installed.run("pip", "uninstall", "--quiet", "--yes", "legengine-example", code=None)


def test_the_example_passes_its_tests_and_the_conformance_suite(
    installed: Installed, example: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    shutil.copytree(example / "tests", empty / "tests")
    shutil.copy(example / "pyproject.toml", empty)  # the settings of pytest, not the package
    installed.run("pytest", "-q", "-p", "no:cacheprovider", where=empty)
    installed.run("legengine", "plugins", "check", "example", where=empty)
    rules = "rules: {rolling_sets: {hours: 72, most: {quadriceps: 6}}}\n"
    program = generated(installed, empty, "requires: [example]\n" + rules)
    assert program["check"]["checked"]["rolling_sets"] > 0
    assert program["provenance"]["plugins"]["example"] == "legengine-example 0.1.0"


def test_without_the_example_everything_else_works(
    installed: Installed, example: Path, tmp_path: Path
) -> None:
    installed.uninstall("legengine-example")
    generated(installed, tmp_path, "")
    (tmp_path / "profile.yaml").write_text(PROFILE + "requires: [example]\n", encoding="utf-8")
    done = installed.run("legengine", "generate", "profile.yaml", *DAYS, code=2, where=tmp_path)
    assert "profile.yaml:8:" in done.stderr
    assert "plugin 'example' is not installed" in done.stderr


# --- a plugin of each kind, from nothing ---------------------------------------------------


def uses_exercises(installed: Installed, folder: Path) -> None:
    wanted = "my_exercises_wall_sit"
    program = generated(installed, folder, f"wishes: {{always: [{wanted}]}}\n")
    assert wanted in {item["exercise"] for item in prescriptions(program)}


def uses_readers(installed: Installed, folder: Path) -> None:
    (folder / "mine.holds.csv").write_text("id,name,seconds\nmy_hold,My hold,10\n")
    more = "libraries: [mine.holds.csv]\nwishes: {always: [my_hold]}\n"
    program = generated(installed, folder, more)
    assert "my_hold" in {item["exercise"] for item in prescriptions(program)}


def uses_protocols(installed: Installed, folder: Path) -> None:
    program = generated(installed, folder, "protocol: my-protocols\n")
    assert program["protocol"] == "my-protocols"


def uses_constraints(installed: Installed, folder: Path) -> None:
    program = generated(installed, folder, "rules: {my_constraints_rule: {most: 1}}\n")
    assert program["check"]["checked"]["my_constraints_rule"] > 0


def uses_objectives(installed: Installed, folder: Path) -> None:
    def cost(more: str) -> int:
        (phase,) = generated(installed, folder, more)["phases"]
        levels = {level["name"]: level["value"] for level in phase["solve"]["levels"]}
        return int(levels["preference"])

    assert cost("rules: {my_objectives_wish: {item: wall}}\n") != cost("")


def uses_progressions(installed: Installed, folder: Path) -> None:
    program = generated(installed, folder, "progression: my-progressions\n")
    assert "stays as it began" in json.dumps(program)


def uses_screenings(installed: Installed, folder: Path) -> None:
    program = generated(installed, folder, "")
    assert "my_screenings_alone" in {note["rule"] for note in program["screening"]}


def uses_formats(installed: Installed, folder: Path) -> None:
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    asked = ("generate", "profile.yaml", *DAYS, "-o", "plan.my_formats.csv")
    installed.run("legengine", *asked, where=folder)
    assert (folder / "plan.my_formats.csv").read_text().startswith("start,place,exercise,")


USES: dict[str, Callable[[Installed, Path], None]] = {
    "exercises": uses_exercises,
    "readers": uses_readers,
    "protocols": uses_protocols,
    "constraints": uses_constraints,
    "objectives": uses_objectives,
    "progressions": uses_progressions,
    "screenings": uses_screenings,
    "formats": uses_formats,
}


def test_every_kind_is_tried() -> None:
    assert USES.keys() == MODULES.keys()


@pytest.mark.parametrize("kind", USES)
def test_a_new_plugin_works_at_once(kind: str, installed: Installed, tmp_path: Path) -> None:
    name = f"my-{kind}"
    installed.run("legengine", "plugins", "new", name, "--kind", kind, where=tmp_path)
    project = tmp_path / f"legengine-{name}"
    installed.install(project, options=["--no-build-isolation", "--no-deps"])
    try:
        installed.run("pytest", "-q", "-p", "no:cacheprovider", where=project)
        installed.run("legengine", "plugins", "check", name, where=tmp_path)
        USES[kind](installed, tmp_path)
    finally:
        installed.uninstall(f"legengine-{name}")


def test_a_new_plugin_of_all_kinds_works_at_once(installed: Installed, tmp_path: Path) -> None:
    installed.run("legengine", "plugins", "new", "whole", "--kind", "all", where=tmp_path)
    installed.install(tmp_path / "legengine-whole")
    try:
        installed.run("legengine", "plugins", "check", "whole", where=tmp_path)
        generated(installed, tmp_path, "protocol: whole\nprogression: whole\n")
    finally:
        installed.uninstall("legengine-whole")
