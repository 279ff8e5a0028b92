"""A plugin in a folder: its metadata, how it is imported, whether it is the same everywhere."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from legengine.errors import InputError
from legengine.hooks.registry import Registry
from legengine.testing import checks_of
from legengine.testing.conformance import plugin as plugin_checks_module
from tests.testing.good import squat

Project = Callable[..., Path]

BEFORE = ("loads", "contract", "metadata", "names", "imports", "prints")
"""What is asked of a plugin as a whole, but for the slowest."""


def failed(folder: Path, *words: str) -> dict[str, str]:
    outcomes = [
        check.outcome()
        for check in checks_of(folder)
        if not words or any(word in check.id for word in words)
    ]
    return {each.id: each.reason for each in outcomes if each.verdict == "failed"}


@pytest.mark.parametrize("src", [False, True])
def test_a_sound_folder_passes_everything(project: Project, src: bool) -> None:
    outcomes = [check.outcome() for check in checks_of(project(src=src))]
    assert {each.id: each.reason for each in outcomes if each.verdict != "ok"} == {}
    assert "plugin: same everywhere" in {each.id for each in outcomes}


def test_a_module_in_a_file_is_checked_without_a_distribution(
    tmp_path: Path, plain: str, project: Project
) -> None:
    file = tmp_path / "plain_in_a_file.py"
    file.write_text(plain, encoding="utf-8")
    outcomes = [check.outcome() for check in checks_of(file)]
    assert {each.id for each in outcomes if each.verdict != "ok"} == {"plugin: metadata"}


def test_a_package_is_checked_by_its_folder_or_its_name(
    tmp_path: Path, plain: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plain_package"
    folder.mkdir()
    (folder / "__init__.py").write_text(plain, encoding="utf-8")
    assert "format plain: suffixes" in {check.id for check in checks_of(folder)}
    monkeypatch.chdir(tmp_path)
    assert "format plain: suffixes" in {check.id for check in checks_of("plain_package")}


METADATA = {
    "another name": ({"name": "my-legs"}, "call it 'legengine-...'"),
    "no dependency": ({"dependencies": '["pydantic"]'}, "it doesn't depend on legengine"),
    "no version": ({"version": ""}, "its distribution says no version"),
    "an odd entry": ({"entry": "My.Plugin"}, "its entry point is called 'My.Plugin'"),
}


@pytest.mark.parametrize("wrong", METADATA)
def test_wrong_metadata(project: Project, wrong: str) -> None:
    changes, message = METADATA[wrong]
    found = failed(project(**changes), *BEFORE)
    assert set(found) == {"plugin: metadata"}
    assert message in found["plugin: metadata"]


def test_a_plugin_that_prints(project: Project, plain: str) -> None:
    found = failed(project("print('hello there')\n" + plain))
    assert set(found) == {"plugin: prints nothing"}
    assert "it prints 'hello there' while it is imported" in found["plugin: prints nothing"]


def test_a_plugin_that_writes_past_python(project: Project, plain: str) -> None:
    found = failed(project("import os\nos.write(1, b'low')\n" + plain), "prints")
    assert "it prints 'low'" in found["plugin: prints nothing"]


def test_a_plugin_that_prints_while_it_is_used(project: Project, plain: str) -> None:
    text = plain.replace(
        "        return referral.summary()",
        "        print('done')\n        return referral.summary()",
    )
    found = failed(project(text))
    assert set(found) == {"plugin: prints nothing"}
    assert "it prints 'done' while it is used" in found["plugin: prints nothing"]


def test_a_plugin_that_loads_something_heavy(project: Project, plain: str) -> None:
    found = failed(project("import ortools\n" + plain))
    assert set(found) == {"plugin: imports light"}
    assert "loads ortools: import what is heavy inside the method" in str(found)


def test_a_plugin_that_takes_long_to_import(
    project: Project, plain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plugin_checks_module, "IMPORT_SECONDS", 0.05)
    found = failed(project("import time\ntime.sleep(0.2)\n" + plain), "imports")
    assert set(found) == {"plugin: imports light"}
    assert "at most 0.05 s are fine" in str(found)


def test_a_plugin_that_depends_on_the_hash_seed(project: Project, plain: str) -> None:
    text = plain.replace(
        '''+ "-\\n"''', '''+ "-".join({"one", "two", "three", "four", "five"}) + "\\n"'''
    )
    assert text != plain
    found = failed(project(text))
    assert set(found) == {"plugin: same everywhere"}
    assert "format plain says something else in another process" in str(found)


def test_a_plugin_that_says_no_contract(project: Project, plain: str) -> None:
    found = failed(project(plain.replace("LEGENGINE_API = 1", "")), *BEFORE)
    assert set(found) == {"plugin: says its contract"}
    assert "add LEGENGINE_API = 1" in str(found)


BROKEN = {
    "an import error": ("import no_such_module_", "No module named 'no_such_module_'"),
    "a syntax error": ("def (", "SyntaxError"),
    "no hook": ("x = 1", "it implements no hook"),
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_plugin_that_cannot_be_loaded(project: Project, wrong: str) -> None:
    text, message = BROKEN[wrong]
    found = failed(project(text))
    assert set(found) == {"plugin: loads"}
    assert message in found["plugin: loads"]
    assert "plugin 'plain' of legengine-plain 0.1" in found["plugin: loads"]


@pytest.mark.skipif(
    "libraries" not in inspect.signature(Registry.create).parameters,
    reason="this registry reads no libraries from files",
)
def test_a_file_of_exercises_is_checked_like_a_plugin(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    entry = squat().model_dump(mode="json")
    file.write_text(json.dumps({"exercises": [entry]}), encoding="utf-8")
    outcomes = {each.id: each for each in (check.outcome() for check in checks_of(file))}
    assert not [each for each in outcomes.values() if each.verdict in ("failed", "warning")]
    assert "library mine: fits the others" in outcomes
    file.write_text(json.dumps({"exercises": [entry | {"tags": ["no_tag"]}]}), encoding="utf-8")
    assert "no_tag" in str(failed(file))


def test_a_folder_with_two_plugins(project: Project, plain: str) -> None:
    folder = project()
    other = plain.replace('"plain"', '"other"').replace('".plain"', '".other"')
    (folder / "other_under_test.py").write_text(other, encoding="utf-8")
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('other = "other_under_test"\n')
    checks = checks_of(folder)
    assert len({check.id for check in checks}) == len(checks)
    assert {check.id for check in checks if "suffixes" in check.id} == {
        "other: format other: suffixes",
        "plain: format plain: suffixes",
    }
    assert not failed(folder, "suffixes", "names", "loads")


def test_a_project_file_that_is_no_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pyproject.toml:1"):
        checks_of(tmp_path)


def test_an_entry_point_with_a_dot_needs_quotes(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[project.entry-points.legengine]\na.b = "m"\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match="put a name with a dot into quotes"):
        checks_of(tmp_path)


def test_a_folder_without_a_plugin(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match="declares no entry point of the group 'legengine'"):
        checks_of(tmp_path)


def test_an_unknown_name_is_guessed() -> None:
    with pytest.raises(InputError, match="did you mean 'formats'"):
        checks_of("formatz")
