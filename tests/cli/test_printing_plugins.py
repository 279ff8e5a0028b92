"""What a plugin prints never comes between the lines of what legengine prints."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Legengine, Module
from .sources import PRINTING, PROFILE

CLI = Path(__file__).parents[2] / "legengine" / "cli"
WHEN = ("--today", "2026-11-23")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "printing_plugin.py").write_text(PRINTING)
    (tmp_path / "p.yaml").write_text(PROFILE)
    return tmp_path


def run(folder: Path, *args: object) -> tuple[int, str, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "legengine", "--plugin", "printing_plugin", *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_a_program_is_valid_json(folder: Path) -> None:
    code, out, err = run(folder, "generate", "p.yaml", *WHEN, "--json")
    assert (code, json.loads(out)["document"]) == (0, "program")
    said = ("at import", "in a hook", "in post", "in check", "past Python", "from a child")
    assert all(text in err for text in said)


def test_a_page_is_only_the_page(folder: Path) -> None:
    code, out, err = run(folder, "generate", "p.yaml", *WHEN, "-f", "loud")
    assert (code, out) == (0, "the page\n")
    assert "in render" in err


def test_lists_are_valid_json(folder: Path) -> None:
    for args in (
        ("plugins", "list", "--load", "--json"),
        ("plugins", "show", "printing_plugin", "--json"),
        ("exercises", "--json"),
        ("schema", "profile", "--with-plugins"),
    ):
        code, out, _ = run(folder, *args)
        assert (code, bool(json.loads(out))) == (0, True)


def test_standard_output_is_given_back(legengine: Legengine, module: Module) -> None:
    before = sys.stdout
    ran = legengine("--plugin", module(PRINTING), "protocols", "--json")
    assert (ran.code, sys.stdout is before) == (0, True)
    assert json.loads(ran.out)
    assert "in a hook" in ran.err
    assert legengine("--plugin", "no_such_module", "protocols").code == 5
    assert sys.stdout is before


def test_a_reader_that_goes_away(folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [sys.executable, "-m", "legengine", "exercises", "--json"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, "")


def test_every_command_prints_through_the_stream_that_is_kept() -> None:
    """``click.echo`` and ``print`` would go where the words of plugins go."""
    own = {
        "app.py",
        "catalogues.py",
        "contract_pages.py",
        "pages.py",
        "standard_output.py",
    }  # no commands
    wrong = []
    for path in sorted(CLI.rglob("*.py")):
        if path.name in own:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            to_error = any(keyword.arg == "err" for keyword in node.keywords)
            if (name in ("click.echo", "click.secho") and not to_error) or (
                name == "print" or name.startswith("sys.stdout")
            ):
                wrong.append(f"{path.name}:{node.lineno}: use legengine.cli.standard_output.show")
    assert wrong == []
