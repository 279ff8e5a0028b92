"""The printed program, read back with pypdf."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from legengine.domain.findings import SEVERITIES
from legengine.domain.program import Program, Session
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats import wording
from legengine_formats.pdf.printed import PdfFormat, PdfOptions

from .programs import NAMES


def printed(program: Program, week: int | None = None, **chosen: object) -> PdfReader:
    options = RenderOptions(own=PdfOptions.model_validate(chosen), week=week)
    return PdfReader(io.BytesIO(PdfFormat().program(program, options)))


def sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def cards(reader: PdfReader) -> list[str]:
    """The text of the pages that are session cards."""
    pages = [plain(page.extract_text()) for page in reader.pages]
    return [text for text in pages if "Pain, 0 none to 10 worst" in text]


@pytest.mark.parametrize("name", NAMES)
def test_every_session_is_a_page_and_holds_its_doses_in_order(
    name: str, made: Callable[[str], Program]
) -> None:
    program = made(name)
    found = cards(printed(program))
    assert len(found) == len(sessions(program))
    for text, session in zip(found, sessions(program), strict=True):
        assert wording.day_text(session.start.date(), year=True) in text
        assert f"{session.minutes} min" in text
        place = 0
        for item in session.prescriptions:
            place = text.index(plain(item.name), place)
            place = text.index(plain(wording.dose_text(item)), place)
            load = wording.load_text(item)
            assert plain(load) in text[place : place + 300 + len(load)]


def test_it_says_when_to_stop_before_the_first_session() -> None:
    program = sample_program("short")
    text = plain(printed(program).pages[0].extract_text())
    (stop,) = [block for block in program.guidance if "stop" in block.title.lower()]
    for line in stop.lines:
        assert plain(line.text) in text


@pytest.mark.parametrize("chosen", [{"cards_only": True}, {"week": 1}])
def test_the_first_page_that_cards_point_to_has_the_stop_signs(chosen: dict[str, Any]) -> None:
    program = sample_program("short")
    pages = [plain(page.extract_text()) for page in printed(program, **chosen).pages]
    assert "see the first page" in pages[1]
    (stop,) = [block for block in program.guidance if "stop" in block.title.lower()]
    for line in stop.lines:
        assert plain(line.text) in pages[0]
    assert "Road map" not in " ".join(pages)


def test_a_week_alone_keeps_the_number_of_its_phase() -> None:
    program = sample_program("phases")
    last = program.phases[-1]
    found = cards(printed(program, week=last.weeks[0].number))
    assert len(program.phases) > 1
    assert all(f"Phase {len(program.phases)}: {last.title}" in text for text in found)


def test_large_letters_keep_a_card_on_its_page() -> None:
    program = sample_program("short")
    small, large = printed(program), printed(program, large_type=True)
    assert len(cards(large)) == len(cards(small)) == len(sessions(program))
    for text in cards(large):
        assert "Notes" in text, "the card went on to a second page"


def test_paper_cards_only_and_one_week() -> None:
    program = sample_program("phases")
    whole, letter = printed(program), printed(program, paper="us-letter", cards_only=True)
    assert [round(float(side)) for side in letter.pages[0].mediabox[2:]] == [612, 792]
    assert len(letter.pages) < len(whole.pages)
    assert "How to do each exercise" not in "".join(page.extract_text() for page in letter.pages)
    week = program.phases[-1].weeks[0]
    assert len(cards(printed(program, week=week.number))) == len(week.sessions)
    with pytest.raises(InputError, match="no week 99"):
        printed(program, week=99)


def test_the_document_is_tagged_titled_and_says_its_language() -> None:
    reader = printed(sample_program("short"))
    root = reader.trailer["/Root"]
    assert isinstance(root, DictionaryObject)
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == sample_program("short").title
    assert reader.metadata.creation_date_raw is None, "a clock got into it"


def test_the_same_bytes_twice() -> None:
    program = sample_program("uneven")
    assert PdfFormat().program(program, RenderOptions()) == PdfFormat().program(
        program, RenderOptions()
    )


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "$x^2$ *bold* _it_ <label> @ref",
        "\\u{41} `raw` // no",
        "]]",
    ],
)
def test_what_a_person_wrote_is_no_markup(text: str) -> None:
    program = handmade_program(title=text, place=text)
    found = plain("".join(page.extract_text() for page in printed(program).pages))
    assert found.count(plain(text)) > len(sessions(program))


def test_a_referral_says_what_to_do() -> None:
    referral = handmade_referral("emergency")
    content = PdfFormat().referral(referral, RenderOptions())
    text = plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
    gravest = min(referral.findings, key=lambda found: SEVERITIES.index(found.severity))
    assert plain(gravest.action).casefold() in text.casefold()
