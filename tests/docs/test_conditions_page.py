"""The page of the conditions is what the library says."""

from __future__ import annotations

from pathlib import Path

import pytest

from legengine.cli.conditions_page import DOSES, bundled, main, page
from tests.docs.blocks import ROOT


def test_the_page_is_what_the_library_says() -> None:
    written = (ROOT / "docs" / "conditions.md").read_text(encoding="utf-8")
    assert written == page(bundled()), (
        "renew: python -m legengine.cli.conditions_page docs/conditions.md"
    )


def test_every_condition_has_one_row_and_every_row_has_all_cells() -> None:
    rows = [line for line in page(bundled()).splitlines() if line.startswith("| `")]
    assert len(rows) == len(bundled())
    assert all(row.count(" | ") == 5 for row in rows)


def test_every_number_of_a_dose_row_is_on_the_page() -> None:
    text = page(bundled())
    for condition in bundled():
        for row in condition.doses:
            (said,) = {
                part
                for part in text.split("| ")
                for part in part.split("; ")
                if part.startswith(f"{row.id}: ")
            }
            spans = [value for name, value in row if name in DOSES and value is not None]
            for low, high in spans:
                assert (f"{low}-{high}" if low != high else str(low)) in said, row.id


def test_the_page_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "page.md"
    assert main([str(target)]) == 0
    assert main([]) == 0
    assert capsys.readouterr().out == target.read_text(encoding="utf-8")
    assert main(["a", "b"]) == 2
