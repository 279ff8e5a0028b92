"""The page of the tests is what their data say."""

from __future__ import annotations

from pathlib import Path

import pytest

from legengine.assess.catalogue import catalogue
from legengine.cli.tests_page import main, page
from tests.docs.blocks import ROOT


def test_the_page_is_what_the_data_say() -> None:
    written = (ROOT / "docs" / "tests.md").read_text(encoding="utf-8")
    assert written == page(), "renew: python -m legengine.cli.tests_page docs/tests.md"


def test_every_test_is_told_with_its_four_lines_and_numbers() -> None:
    text = page()
    for test in catalogue().tests:
        part = text.partition(f"## {test.name}\n")[2].partition("\n## ")[0]
        for number, line in enumerate(test.how, start=1):
            assert f"{number}. {line}" in part
        for norm in test.norms:
            for bands in norm.bands.values():
                for band in bands:
                    assert all(f"{number:g}" in part for number in band[2:])
    for key, citation in catalogue().sources.items():
        assert f"- `{key}`: {citation}" in text


def test_the_page_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "tests.md"
    assert main([str(file)]) == 0
    assert main([]) == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8") == page()
    assert main(["a", "b"]) == 2
