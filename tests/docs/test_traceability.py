"""Every row of the seed document is done somewhere, and every place that is told exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from legengine.cli import traceability
from legengine.cli.traceability import KINDS, main, page, rows, unresolved
from tests.docs.blocks import ROOT


def test_every_row_has_a_fact_and_a_place() -> None:
    found = rows()
    assert [row.key for row in found] == [f"S{number}" for number in range(1, 140)]
    for row in found:
        assert row.fact, row.key
        assert row.places, row.key
        assert {kind for kind, _ in row.places} <= KINDS.keys()


def test_every_pointer_leads_somewhere() -> None:
    assert unresolved() == []


@pytest.mark.parametrize(
    "pointer",
    [
        "command:screeen",
        "field:history.weeks_inactve",
        "field:cause.why",
        "phase:leg-restoration/foundations",
        "advice:Nutritoin",
        "module:legengine.nowhere",
        "module:legengine.prescribe.guidance:guidances",
        "screening:r99",
        "rule:volumes",
        "policy:lineal",
        "exercise:goblet_squad",
        "condition:knee",
        "wish:S1",
        "S1",
    ],
)
def test_a_pointer_that_leads_nowhere_is_found(
    pointer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traceability, "_data", lambda: {"S1": {"fact": "x", "where": [pointer]}})
    assert unresolved() == [pointer]


def test_what_the_sources_say_is_collected() -> None:
    places = {row.key: row.places for row in rows()}
    assert ("exercise", "chair_squat") in places["S48"]
    assert ("screening", "r01") in places["S13"]
    assert ("gate", "barbell") in places["S64"]
    assert ("advice", "Nutrition") in places["S108"]
    assert ("protocol", "leg-restoration/foundation/doses") in places["S37"]


def test_the_page_is_what_the_product_says() -> None:
    written = (ROOT / "docs/traceability.md").read_text(encoding="utf-8")
    assert written == page(), "renew: python -m legengine.cli.traceability docs/traceability.md"


def test_the_page_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.md"
    assert main([str(file)]) == 0
    assert main([]) == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")
    assert main(["a", "b"]) == 2
