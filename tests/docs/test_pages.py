"""What the pages say about the code is so."""

from __future__ import annotations

import inspect
import os
import re
import tomllib
from pathlib import Path

import pytest

import legengine.errors as errors
from legengine.cli.app import COMMANDS
from legengine.cli.reference import main, reference, undocumented
from legengine.errors import LegengineError
from legengine.hooks.inspection import HOOKS
from tests.docs.blocks import PAGES, ROOT, blocks

ALL = (*PAGES, ROOT / "CHANGELOG.md")
each_page = pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.relative_to(ROOT)))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- the profile reference -----------------------------------------------------------------


def test_the_profile_reference_is_what_the_models_say() -> None:
    written = reference().rstrip("\n") + "\n"
    assert text("docs/profile.md") == written, (
        "renew: python -m legengine.cli.reference docs/profile.md"
    )


def test_every_field_has_a_meaning_and_every_meaning_a_field() -> None:
    assert undocumented() == []


def test_the_reference_is_printed_or_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "profile.md"
    assert main([str(page)]) == 0
    assert main([]) == 0
    assert capsys.readouterr().out == page.read_text(encoding="utf-8")
    assert main(["a", "b"]) == 2


def test_the_shortest_profile_makes_a_program(desk: Path) -> None:
    from legengine.cli.app import run

    (shortest,) = (block for block in blocks(ROOT / "docs/profile.md") if block.language == "yaml")
    assert len(shortest.lines) <= 10
    (desk / "shortest.yaml").write_text(shortest.text, encoding="utf-8")
    asked = ["generate", "shortest.yaml", "--today", "2026-11-23", "-q", "-o", "program.json"]
    assert run(asked) == 0


# --- errors --------------------------------------------------------------------------------


def test_every_error_is_told_with_its_code_and_exit_code() -> None:
    row = re.compile(r"^\| `([a-z-]+)` \| `(\w+)` \| (\d) \| \S.* \| \S.* \|$", re.MULTILINE)
    told = {(code, name, int(ends)) for code, name, ends in row.findall(text("docs/errors.md"))}
    classes = {
        (kind.code, name, kind.exit_code)
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, LegengineError)
    }
    assert told == classes
    assert len({code for code, _, _ in classes}) == len(classes)


def test_every_exit_code_is_told() -> None:
    from legengine.cli import app

    told = {int(code) for code in re.findall(r"^\| (\d+) \|", text("docs/errors.md"), re.MULTILINE)}
    kinds = (kind for _, kind in inspect.getmembers(errors, inspect.isclass))
    raised = {kind.exit_code for kind in kinds if issubclass(kind, LegengineError)}
    assert told == {0, *raised, app.INTERRUPTED, app.READER_GONE, app.TERMINATED}


# --- names, links, paths -------------------------------------------------------------------


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.exists(), target
        if anchor:
            assert anchor in anchors(other), target


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        "".join(c for c in head.lower().replace(" ", "-") if c.isalnum() or c in "-_")
        for head in heads
    }


@each_page
def test_paths_exist(page: Path) -> None:
    folders = "legengine|plugins|tests|docs|schemas|examples|benchmarks"
    for path in re.findall(
        rf"(?<![\w/.])((?:{folders})/[\w/.-]*)", page.read_text(encoding="utf-8")
    ):
        assert (ROOT / path.rstrip(".")).exists(), path


@each_page
def test_modules_exist(page: Path) -> None:
    for name in re.findall(r"`(legengine(?:\.[a-z_]+)+)`", page.read_text(encoding="utf-8")):
        place = ROOT.joinpath(*name.split("."))
        assert place.is_dir() or place.with_suffix(".py").exists(), name


@each_page
def test_commands_exist(page: Path) -> None:
    content = page.read_text(encoding="utf-8")
    for name in re.findall(r"(?:`|\$ )(?:python -m )?legengine ([a-z]+)", content):
        assert name in COMMANDS, name


def test_every_page_is_in_the_index() -> None:
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\((\w+\.md)\)", text("docs/README.md"))) == pages


def test_the_plugin_page_names_every_hook() -> None:
    told = re.findall(r"^\| `(legengine_\w+)` \|", text("docs/plugins.md"), re.MULTILINE)
    assert sorted(told) == sorted(HOOKS)


def test_the_architecture_names_every_import_contract() -> None:
    tools = tomllib.loads(text("pyproject.toml"))["tool"]
    contracts = [contract["name"] for contract in tools["importlinter"]["contracts"]]
    part = text("docs/architecture.md").partition("## Import contracts")[2].partition("##")[0]
    assert re.findall(r"^- (.*)$", part, re.MULTILINE) == contracts


# --- commands that a reader copies ---------------------------------------------------------


with_gate = pytest.mark.skipif(not (ROOT / ".ci/run").exists(), reason="not a clone")


@with_gate
def test_the_gate_runs_the_test_command_of_the_readme() -> None:
    (_, tests) = (block for block in blocks(ROOT / "README.md") if block.mark == "not run")
    (command,) = tests.lines
    make, install, run = command.split(" && ")
    gate = text(".ci/run")
    assert make in gate
    assert install.replace("[test]", "[dev]") in gate
    assert run in gate


@with_gate
def test_the_gate_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_extras_that_are_named_exist() -> None:
    extras = tomllib.loads(text("pyproject.toml"))["project"]["optional-dependencies"]
    for page in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"\.\[(\w+)\]", text(page))) <= extras.keys()
