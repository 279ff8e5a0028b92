"""The page as a file: valid, inert whatever a profile says, and the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from legengine.domain.picture import Drawing, Pose
from legengine.domain.program import Prescription, Program
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.testing.conformance.formats import HOSTILE
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.html import HtmlOptions
from legengine_formats.html.hand_over import log_key

from .html_pages import HTML, STILL, Made, by_class, page, sample_page, text_of, tree
from .programs import NAMES, altered

# --- a valid file --------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_valid_html(name: str, made: Made) -> None:
    root = tree(page(made(name)))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    links = {each.get("href", "") for each in root.iter("a")}
    assert links
    assert all(link.startswith("#") and link[1:] in ids for link in links)
    named = [
        name
        for each in root.iter()
        for attribute in ("aria-labelledby", "aria-describedby", "for")
        for name in each.get(attribute, "").split()
    ]
    assert set(named) <= set(ids)


@pytest.mark.parametrize("own", [HtmlOptions(), STILL], ids=["interactive", "still"])
def test_nothing_in_a_page_is_outside_it_and_its_policy_names_what_may_run(
    own: HtmlOptions,
) -> None:
    root = tree(page(sample_program("uneven"), own))
    scripts = [each for each in root.iter("script") if each.get("type") is None]
    assert bool(scripts) == own.interactive
    policy = next(
        each.get("content", "")
        for each in root.iter("meta")
        if each.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(part.split(maxsplit=1) for part in policy.split("; "))
    assert rules["default-src"] == "'none'"
    styles = list(root.iter("style"))
    assert rules["style-src"].split() == [hash_of(each) for each in styles]
    assert rules["script-src"].split() == [hash_of(each) for each in scripts] or not scripts
    assert scripts or rules["script-src"] == "'none'"
    for each in root.iter():
        assert not {"src", "style", "srcset", "action", "formaction"} & set(each.keys()), each.tag
        assert not any(name.startswith("on") for name in each.attrib), each.tag
    assert not {"link", "iframe", "object", "embed", "base", "img", "form"} & {
        str(each.tag) for each in root.iter()
    }
    assert "url(" not in "".join(each.text or "" for each in styles)


def hash_of(element: Element) -> str:
    digest = hashlib.sha256((element.text or "").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_same_program_gives_the_same_page() -> None:
    assert page(sample_program("phases")) == page(sample_program("phases"))


def test_headings_are_in_order() -> None:
    root = tree(sample_page("phases"))
    levels = [int(each.tag[1]) for each in root.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_week_alone_is_that_week_with_its_exercises() -> None:
    program = sample_program("phases")
    root = tree(page(program, week=5))
    week = next(week for phase in program.phases for week in phase.weeks if week.number == 5)
    assert [each.get("id") for each in by_class(root, "week")] == ["w5"]
    assert len(by_class(root, "session")) == len(week.sessions)
    exercises = {item.exercise for session in week.sessions for item in session.prescriptions}
    assert {each.get("data-e") for each in by_class(root, "how")} == exercises
    with pytest.raises(InputError, match="no week 99"):
        page(program, week=99)


def test_a_referral_is_a_page_without_script_and_without_exercise() -> None:
    root = tree(HTML.referral(handmade_referral("emergency"), RenderOptions()))
    assert not list(root.iter("script"))
    assert "EMERGENCY" in text_of(next(root.iter("h1")))
    assert not by_class(root, "session")


def test_what_is_not_valid_is_told_at_the_top() -> None:
    program = sample_program("short")
    check = program.check.model_copy(update={"ok": False, "violations": ("too much",)})
    root = tree(page(program.model_copy(update={"check": check})))
    top = next(root.iter("header"))
    assert any("NOT VALID" in text_of(each) for each in by_class(top, "tone-warning"))


# --- pictures ------------------------------------------------------------------------------


def drawn(own: HtmlOptions) -> str:
    """A page where every exercise has a picture."""
    return page(sample_program("short"), own, picture=lambda id: Drawing(end=Pose()))


def test_a_picture_is_drawn_once_however_often_its_exercise_comes() -> None:
    root = tree(drawn(HtmlOptions()))
    pictures = by_class(root, "picture")
    assert len(pictures) == len(by_class(root, "how"))
    for how, picture in zip(by_class(root, "how"), pictures, strict=True):
        svg = next(iter(picture))
        assert svg.get("id") == f"p{how.get('id')}"
        titles = {each.get("id"): each.text for each in svg.iter() if each.get("id")}
        assert titles[svg.get("aria-labelledby")] == text_of(next(how.iter("h3")))


def test_pictures_may_be_left_out_and_may_move() -> None:
    assert not by_class(tree(drawn(HtmlOptions(pictures=False))), "picture")
    still, moving = (drawn(HtmlOptions(animation=moves)) for moves in (False, True))
    assert "lp-moves" not in still
    assert "@keyframes" not in still
    assert moving.count("@keyframes lp-a") == 1
    assert moving.count("prefers-reduced-motion") > still.count("prefers-reduced-motion")
    assert len(list(tree(moving).iter("style"))) == 1


# --- hostile texts -------------------------------------------------------------------------

NASTY = (
    "</title></style></script><script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "]]><!--<!DOCTYPE x>--><svg onload=alert(1)>",
    '=HYPERLINK("http://x")\r\n+1',
    "\u202eabc\u202c \u0000\u001b[31m\ufffe \U0001f9b5",
)


@pytest.mark.parametrize("text", [*HOSTILE.values(), *NASTY])
def test_whatever_a_person_wrote_is_text_and_nothing_else(text: str) -> None:
    program = everywhere(text)
    root = tree(page(program))
    assert {str(each.tag) for each in root.iter()} <= {
        str(each.tag) for each in tree(page(everywhere("plain"))).iter()
    }
    assert "49" not in text_of(next(root.iter("h1")))
    assert not any(name.startswith("on") for each in root.iter() for name in each.attrib)
    handed = json.loads(next(e.text or "" for e in root.iter("script") if e.get("id") == "handed"))
    assert set(handed) == {"key", "unit", "language", "words"}


def everywhere(text: str) -> Program:
    """A program that says the text wherever it may."""
    program = handmade_program(title=text or " ", place=text or " ")

    def spoil(number: int, item: Prescription) -> Prescription:
        changes = {
            "name": text,
            "instruction": text,
            "cues": (text,),
            "load_text": text,
            "tempo": text,
            "range_note": text,
            "equipment": (text,),
            "exercise": text or "x",
        }
        return item.model_copy(update=changes)

    return altered(program, spoil, title=text, summary=text, notes=(text,))


# --- the key of the log --------------------------------------------------------------------


def test_the_log_of_a_program_is_that_of_its_replanned_successor() -> None:
    assert log_key(sample_program("short")) == log_key(sample_program("replanned"))
    assert log_key(sample_program("short")) != log_key(sample_program("phases"))
    assert re.fullmatch("[0-9a-f]{16}", log_key(sample_program("short")))
