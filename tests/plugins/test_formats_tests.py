"""Tests on the page: results, norms, what is missing, what is measured again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from legengine.domain.program import Program
from legengine.hooks import Format, RenderOptions
from legengine.testing.handmade import handmade_program
from legengine_formats.plugin import legengine_formats

FORMATS: dict[str, Format] = {item.name: item for item in legengine_formats()}
PROGRAM = handmade_program()


def render(name: str, program: Program = PROGRAM, **options: Any) -> str:
    text = FORMATS[name].program(program, RenderOptions(**options))
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_the_terminal_says_results_and_how_to_do_what_is_missing(width: int, colour: bool) -> None:
    text = " ".join(render("terminal", width=width, colour=colour).split())
    assert "9 stands: below usual" in text
    assert "left 27, right 6.5 raises: below usual" in text
    assert "limb symmetry 24 %: the right side is weaker" in text
    for line in PROGRAM.assessments.missing[0].how:
        assert line in text
    for said in ("norm: usual", "what to measure again", "steadi30"):
        assert said not in text.lower()  # the short page leaves the rest to others


def test_markdown_prints_every_norm_with_its_source() -> None:
    text = render("markdown")
    for reading in PROGRAM.assessments.readings:
        assert reading.norm.split(" (")[0] in text
        assert all(key in text for key in reading.sources)
    assert "With: a chair and a watch." in text


def test_markdown_has_the_outcome_table() -> None:
    text = render("markdown")
    heads = next(line for line in text.splitlines() if line.startswith("| Test | Change"))
    assert "Mon 5 Jan 2026" in heads
    assert "Mon 2 Feb 2026" in heads
    assert "| 30-second chair stand (stands) | 2 stands | 9 |  |" in text
    assert "| Six-minute walk (m) | 20 m |  |  |" in text
    assert "LEFS" in text


def test_json_holds_all_of_it() -> None:
    data = json.loads(render("json"))
    assert Program.model_validate(data).assessments == PROGRAM.assessments


def test_a_program_without_tests_has_no_section_for_them() -> None:
    plain = PROGRAM.model_copy(update={"assessments": type(PROGRAM.assessments)()})
    for name in ("terminal", "markdown"):
        text = render(name, plain)
        for title in ("Your tests", "Tests that would help", "What to measure again"):
            assert title not in text
            assert title in render(name) or (name, title) == ("terminal", "What to measure again")


def test_a_week_alone_has_no_tests() -> None:
    assert "Your tests" not in render("markdown", week=1)
