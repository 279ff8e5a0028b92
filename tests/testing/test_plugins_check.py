"""``legengine plugins check``: one line a check, an exit code, JSON, a filter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from legengine.cli.app import run

Project = Callable[..., Path]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*args: object) -> tuple[int, str, str]:
        code = run(["plugins", "check", *map(str, args)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


Check = Callable[..., tuple[int, str, str]]


def test_an_installed_plugin(check: Check) -> None:
    code, out, err = check("legs", "-k", "library", "-k", "loads")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "ok       plugin: loads",
        "ok       library legs: says what it is",
        "ok       library legs: loads",
        "ok       library legs: fits the others",
        "ok       library legs: words",
        "ok       library legs: pictures",
        "ok       library legs: translations",
        "ok       library legs: reachable",
        "",
        "8 checks: 8 ok",
    ]


def test_a_folder_that_fails(check: Check, project: Project, plain: str) -> None:
    folder = project(plain.replace('".plain"', '".md"'))
    code, out, _ = check(folder, "-k", "suffixes", "-k", "options")
    assert code == 5
    assert out.splitlines() == [
        "ok       format plain: options",
        "failed   format plain: suffixes",
        (
            "         '.md' is a suffix of the format 'markdown' too: a file with it could not be "
            "written without -f; choose another"
        ),
        "",
        "2 checks: 1 failed, 1 ok",
    ]


def test_json(check: Check, project: Project, plain: str) -> None:
    code, out, _ = check(project("print('noise')\n" + plain), "--json", "-k", "plugin:")
    data = json.loads(out)
    assert code == 5
    assert data["ok"] is False
    verdicts = {each["id"]: each["verdict"] for each in data["checks"]}
    assert verdicts["plugin: prints nothing"] == "failed"
    assert verdicts["plugin: loads"] == "ok"
    assert {"id", "about", "verdict", "reason"} == set(data["checks"][0])


def test_an_unknown_name(check: Check) -> None:
    code, out, err = check("formatz")
    assert (code, out) == (2, "")
    assert "'formatz' is no installed plugin, no module and no path" in err
    assert "did you mean 'formats'" in err


def test_words_that_no_check_has(check: Check) -> None:
    code, out, err = check("legs", "-k", "nothing like this")
    assert (code, out) == (2, "")
    assert "no check has any of these words" in err


def test_a_path_where_nothing_is(check: Check, tmp_path: Path) -> None:
    code, _, err = check(tmp_path / "gone")
    assert code == 2
    assert "no path" in err
