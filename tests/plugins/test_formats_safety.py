"""Hostile texts reach no page raw, tables stay tables, a referral holds no exercise."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from legengine.domain.findings import REFUSALS, Severity
from legengine.domain.program import Program, Reason
from legengine.hooks import Format, RenderOptions
from legengine.testing.handmade import CATALOGUE, handmade_program, handmade_referral
from legengine_formats.clean import clean_text
from legengine_formats.layout import cell_width
from legengine_formats.markdown import escape
from legengine_formats.plugin import legengine_formats

markdown_it = pytest.importorskip("markdown_it")

FORMATS: dict[str, Format] = {item.name: item for item in legengine_formats()}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = (
    "Legs \x1b[31mred\x1b[0m \x1b]0;owned\x07|a`b`|<img src=x>\r\n# head\n- *x* _y_ \u202egnp "
    "\x9b2J [a](javascript:b) ~~z~~ $1$ &amp; \\"
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def render(name: str, program: Program, **options: Any) -> str:
    text = FORMATS[name].program(program, RenderOptions(**options))
    assert isinstance(text, str)
    return text


def hostile(title: str, place: str) -> Program:
    program = handmade_program(title=title, place=place or "home")
    item = program.phases[0].weeks[0].sessions[0].prescriptions[0]
    bad = item.model_copy(update={"name": title or "x", "instruction": place, "cues": (title,)})
    phase = program.phases[0]
    week = phase.weeks[0]
    session = week.sessions[0].model_copy(update={"prescriptions": (bad,), "place": place})
    weeks = (week.model_copy(update={"sessions": (session,)}), *phase.weeks[1:])
    return program.model_copy(
        update={
            "phases": (phase.model_copy(update={"weeks": weeks}), program.phases[1]),
            "placement": (Reason(text=place, sources=(title,)),),
            "sources": {title or "x": place},
        }
    )


def printable(text: str) -> bool:
    return all(character.isprintable() or character in "\n\u200c\u200d" for character in text)


# --- cleaning ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain words", "plain words"),
        ("  two\n lines\t", "two lines"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jgone", "gone"),
        ("\x1bPq#0\x1b\\sixel", "sixel"),
        ("bell\x07 back\x08space \x7f", "bell back space"),
        ("right \u202eto left", "right to left"),
        ("para\u2029graph\u00a0space", "para graph space"),
        ("\U0001f468\u200d\U0001f467", "\U0001f468\u200d\U0001f467"),
        ("half \ud800 pair", "half ? pair"),
        ("\x1b", ""),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_is_printable_and_settled(raw: str) -> None:
    clean = clean_text(raw)
    assert printable(clean)
    assert "\n" not in clean
    assert clean_text(clean) == clean


@given(title=TEXTS, place=TEXTS, width=st.integers(40, 130))
@example(title=HOSTILE, place=HOSTILE, width=40)
@example(title="\u6f22\u5b57" * 40, place="\u0645" * 90, width=41)
@settings(max_examples=40, deadline=None)
def test_nothing_raw_reaches_a_page(title: str, place: str, width: int) -> None:
    program = hostile(title, place)
    plain = render("terminal", program, width=width)
    assert printable(plain)
    assert all(cell_width(line) <= width for line in plain.splitlines())
    assert printable(render("markdown", program))
    text = render("json", program)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", text)
    assert Program.model_validate_json(text) == program


def test_colours_are_the_only_escapes_on_a_coloured_page() -> None:
    text = render("terminal", hostile(HOSTILE, HOSTILE), width=80, colour=True)
    assert printable(COLOURS.sub("", text))
    assert "[bold]x" in render("terminal", handmade_program(title="[bold]x"), colour=True)


# --- Markdown ------------------------------------------------------------------------------


def columns(line: str) -> int:
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1


@given(title=TEXTS, place=TEXTS)
@example(title=HOSTILE, place=HOSTILE)
@example(title="a|b", place="\\|")
@example(title="---", place="1. one")
@settings(max_examples=60, deadline=None)
def test_markdown_stays_well_formed(title: str, place: str) -> None:
    text = render("markdown", hostile(title, place))
    width = 0
    for line in text.splitlines():
        if line.startswith("|"):
            width = width or columns(line)
            assert columns(line) == width
        else:
            width = 0
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(text)
    assert not [token for token in tokens if token.type.startswith(("html", "code", "fence", "hr"))]
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {
        "text",
        "strong_open",
        "strong_close",
        "link_open",
        "link_close",
        "text_special",
    }
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings.count("h1") == 1
    plain = render("markdown", handmade_program())
    assert text.count("\n## ") == plain.count("\n## ")


@given(TEXTS)
@example(HOSTILE)
@settings(max_examples=200, deadline=None)
def test_escaped_text_reads_as_it_was_written(raw: str) -> None:
    clean = clean_text(raw)
    html = markdown_it.MarkdownIt("commonmark").enable("table").parseInline(escape(clean))
    shown = "".join(child.content for token in html for child in token.children or ())
    assert shown == clean


def test_addresses_of_sources_are_links() -> None:
    text = render("markdown", handmade_program())
    assert "<https://www.who.int/publications/i/item/9789240015128>" in text
    assert "<https://example.org/know_when_to_stop>\\|x" in text


# --- referrals -----------------------------------------------------------------------------


def referral(name: str, severity: Severity = "emergency", **options: Any) -> str:
    text = FORMATS[name].referral(handmade_referral(severity), RenderOptions(**options))
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("name", ["terminal", "markdown"])
@pytest.mark.parametrize("colour", [False, True])
def test_an_emergency_comes_first(name: str, colour: bool) -> None:
    text = " ".join(COLOURS.sub("", referral(name, colour=colour)).split())
    order = ["EMERGENCY", "Call the emergency number", "Chest pain now", "It can be the heart"]
    order += ["New numbness", "You take an anticoagulant", "No exercise program was made"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "does not diagnose" in text
    assert "2026-01-02" in text


@pytest.mark.parametrize("severity", sorted(REFUSALS))
@pytest.mark.parametrize("name", ["terminal", "markdown"])
@pytest.mark.parametrize("colour", [False, True])
def test_a_referral_holds_no_exercise_and_no_target(
    name: str, severity: Severity, colour: bool
) -> None:
    text = COLOURS.sub("", referral(name, severity, colour=colour)).lower()
    words = [entry["name"].split()[0].lower() for entry in CATALOGUE.values()]
    words += ["squat", "reps", "sets", "protein", "stretch", "kg"]
    for word in words:
        assert not re.search(rf"\b{word}s?\b", text), word
    assert not re.search(r"\d x \d", text)


def test_a_referral_in_json_is_its_data() -> None:
    assert json.loads(referral("json")) == handmade_referral().as_data()
    assert referral("json").endswith("}\n")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_referral_fits_the_page(width: int) -> None:
    assert all(len(line) <= width for line in referral("terminal", width=width).splitlines())
