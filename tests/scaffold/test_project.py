"""New projects: whole, by rule from the example, refused where they can't be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from legengine.errors import InputError, InternalError
from legengine.hooks.inspection import KINDS
from legengine.scaffold import project as scaffold
from legengine.scaffold.project import MODULES, make_project, names_of, project_files, template

ALL = tuple(MODULES)


def test_the_kinds_are_those_of_the_hooks() -> None:
    from legengine.cli.plugins_new import KINDS as OFFERED

    assert set(ALL) == set(KINDS) == set(scaffold.CONTRACTS) == set(OFFERED)


@pytest.mark.parametrize("number", [1, 2, len(ALL)])
def test_a_project_holds_what_its_kinds_need_and_nothing_else(number: int) -> None:
    names = names_of("my-knees")
    for kinds in combinations(ALL, number):
        files = project_files(names, kinds)
        modules = {
            Path(name).stem
            for name in files
            if name.startswith("legengine_my_knees/") and name.endswith(".py")
        }
        assert modules == {"__init__", "plugin", *(MODULES[kind] for kind in kinds)}
        tree = ast.parse(files["legengine_my_knees/plugin.py"])
        hooks = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
        assert sorted(hooks) == sorted(f"legengine_{kind}" for kind in kinds)
        assert ("legengine_my_knees/data/protocol.json" in files) == ("protocols" in kinds)


def test_nothing_of_the_example_is_left() -> None:
    for name, data in project_files(names_of("my-knees"), ALL).items():
        words = re.findall(r"\w*[Ee]xample(?!s)\w*", f"{name}\n{data.decode()}")
        assert words == [] or name == "LICENSE", (name, words)
        assert "only here" not in data.decode()


@pytest.mark.parametrize("name", ["knees", "my-knees", "x1"])
def test_the_code_is_clean_and_well_typed(name: str, tmp_path: Path) -> None:
    project = make_project(names_of(name), ALL, tmp_path, author='Ada "A" \\ Lovelace')
    data = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert data["project"]["authors"] == [{"name": 'Ada "A" \\ Lovelace'}]
    assert data["project"]["entry-points"]["legengine"] == {
        name: f"legengine_{name.replace('-', '_')}.plugin"
    }
    for command in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
        found = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=project,
            capture_output=True,
            text=True,
            check=False,
        )
        if "No module named" in found.stderr:
            pytest.skip(f"{command[0]} is not installed")
        assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("My Knees", "lower-case letters, digits and single '-'; 'my-knees' would do)"),
        ("9", "can't be the name of a plugin (lower-case letters, digits and single '-')"),
        ("a--b", "'a-b' would do"),
        ("../evil", "'evil' would do"),
        ("x" * 41, "can't be the name"),
        ("legs", "a plugin 'legs' is installed already"),
    ],
)  # fmt: skip
def test_a_name_that_can_not_be_is_refused(name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        names_of(name, {"legs"})
    assert message in str(caught.value)


def test_the_beginning_of_a_distributions_name_may_be_given() -> None:
    assert names_of("legengine-knees") == names_of("knees")


def test_nothing_is_overwritten_and_nothing_is_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = names_of("knees")
    project = make_project(names, ["formats"], tmp_path)
    (project / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="is there already; nothing was written"):
        make_project(names, ["formats"], tmp_path)
    assert (project / "mine.txt").read_text() == "mine"

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="can't be written: No space left on device"):
        make_project(names_of("hips"), ["formats"], tmp_path)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["legengine-knees"]


def test_the_template_is_in_the_package_or_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (template() / "pyproject.toml").is_file()
    monkeypatch.setattr(scaffold, "files", lambda _: tmp_path)
    monkeypatch.setattr(scaffold, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    with pytest.raises(InternalError, match="the template of plugins is missing"):
        template()
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "pyproject.toml").write_text("")
    assert template() == tmp_path / "example"
