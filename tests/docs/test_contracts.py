"""What the contract pages say is what the code says; every hook has an example that runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from legengine.cli.contract_pages import PAGES, main, renewed, signature_of
from legengine.hooks import specs
from legengine.hooks.inspection import KINDS
from tests.docs.blocks import ROOT, blocks

FOLDER = ROOT / "docs" / "contracts"


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_what_the_code_says(page: str) -> None:
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    assert text == renewed(text, page), (
        "renew: python -m legengine.cli.contract_pages docs/contracts"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_hook_has_its_signature_and_an_example_that_runs(kind: str) -> None:
    page = FOLDER / f"{kind}.md"
    assert f"`{signature_of(getattr(specs, f'legengine_{kind}'))}`" in page.read_text(
        encoding="utf-8"
    )
    python = [block.text for block in blocks(page) if block.language == "python" and not block.mark]
    assert any(f"def legengine_{kind}(" in text for text in python)
    assert any("Engine(plugins=[" in text for text in python)


@pytest.mark.parametrize("kind", KINDS)
def test_every_hook_is_told_when_it_is_called(kind: str) -> None:
    told = getattr(specs, f"legengine_{kind}").__doc__ or ""
    assert "Called once for each engine" in told


def test_every_page_is_linked_from_the_plugin_page() -> None:
    text = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    assert [page for page in PAGES if f"(contracts/{page}.md" not in text] == []
    assert {file.stem for file in FOLDER.glob("*.md")} == set(PAGES)


def test_the_pages_of_a_folder_are_renewed(tmp_path: Path) -> None:
    for page in PAGES:
        shutil.copy(FOLDER / f"{page}.md", tmp_path)
    stale = tmp_path / "constraints.md"
    stale.write_text(stale.read_text(encoding="utf-8").replace("- `admits(", "- `allows("))
    assert main([str(tmp_path)]) == 0
    assert stale.read_bytes() == (FOLDER / "constraints.md").read_bytes()
    assert main([]) == 2


def test_the_messages_of_the_failure_page_are_those_of_the_code() -> None:
    """Each literal part of a message stands in the code; what varies is shown as an ellipsis."""
    code = "".join(
        file.read_text(encoding="utf-8")
        for folder in ("hooks", "verify")
        for file in sorted((ROOT / "legengine" / folder).glob("*.py"))
    )
    # Messages run over several literals: quotes, prefixes and line ends between them go.
    flat = re.sub(r'"\s*\n?\s*f?"', "", code)
    page = (ROOT / "docs" / "plugin_failures.md").read_text(encoding="utf-8")
    told = page.partition("## While it is loaded")[2]
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", told, re.MULTILINE)
    messages = [row for row in rows if row not in ("you see", "---")]
    lost = [
        part
        for message in messages
        for part in (piece.strip(" '") for piece in message.split("…"))
        if part and part not in flat
    ]
    assert len(messages) > 25
    assert lost == []


def test_every_fixture_is_told() -> None:
    from legengine.testing import pytest_plugin

    page = (ROOT / "docs" / "plugin_testing.md").read_text(encoding="utf-8")
    fixtures = [name for name in pytest_plugin.__all__ if name.startswith("legengine_")]
    told = re.findall(r"^\| `(legengine_\w+)` \|", page, re.MULTILINE)
    assert sorted(told) == sorted(fixtures)


def test_every_name_of_the_kit_is_told() -> None:
    import legengine.testing as kit

    pages = "".join(
        (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        for name in ("plugin_testing", "plugin_tutorial")
    )
    inner = {"Check", "CheckFailed", "CheckSkipped", "CheckWarning", "PROGRAMS"}
    inner |= {"ThrowAwayPlugin", "handmade_program", "handmade_referral"}
    assert [name for name in kit.__all__ if name not in pages and name not in inner] == []
