"""The page as a file: valid, complete, inert whatever a profile says, and the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from html5lib.constants import E as PARSE_ERRORS

from legengine.domain.picture import Drawing, Pose
from legengine.domain.program import Prescription, Program
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.testing.conformance.formats import HOSTILE
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import PROGRAMS, sample_program
from legengine_formats.html import HtmlFormat, HtmlOptions
from legengine_formats.html.hand_over import log_key

from .programs import NAMES

HTML = HtmlFormat()
Made = Callable[[str], Program]
KINDS = tuple(PROGRAMS)
STILL = HtmlOptions(interactive=False)


def page(program: Program, own: HtmlOptions | None = None, **options: Any) -> str:
    return HTML.program(program, RenderOptions(own=own, **options))


@cache
def sample_page(kind: str) -> str:
    return page(sample_program(kind))


def tree(text: str) -> Element:
    """The page as html5lib reads it; where that finds anything wrong, it is told."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    found: Element = parser.parse(text)
    wrong = [(place, PARSE_ERRORS[code] % values) for place, code, values in parser.errors]
    assert wrong == []
    return found


def by_class(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


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


# --- what it says --------------------------------------------------------------------------

Dose = tuple[str, int, float, str]
"""Side, sets, amount of a set, unit."""


def doses(text: str) -> list[Dose]:
    """A dose as a reader takes it: ``right 4 x 12, then left 3 x 12``."""
    if whole := re.fullmatch(r"(\d+) min", text):
        return [("", 1, float(whole[1]), "min")]
    found = []
    for part in text.split(", then "):
        match = re.match(r"(?:(left|right) )?(\d+) x (\d+)(?: (s|min|m)\b)?(?: (\d+) s\b)?", part)
        assert match, text
        side, sets, amount, unit, seconds = match.groups()
        if unit == "min":
            amount, unit = str(int(amount) * 60 + int(seconds or 0)), "s"
        found.append((side or "", int(sets), float(amount), unit or "reps"))
    return found


def asked(item: Prescription) -> list[Dose]:
    """The same from the program itself."""
    if item.dose_kind == "duration":
        return [("", 1, float(item.minutes or 0), "min")]
    unit = {"repetitions": "reps", "hold": "s", "distance": "m"}[item.dose_kind]

    def amount(reps: int | None, hold_s: int | None) -> float:
        values = {"reps": reps, "s": hold_s, "m": item.metres}
        return float(values[unit] or 0)

    if not item.sides:
        return [("", item.sets, amount(item.reps, item.hold_s), unit)]
    each = [(dose.side, dose.sets, amount(dose.reps, dose.hold_s), unit) for dose in item.sides]
    equal = len({dose[1:] for dose in each}) == 1
    return [("", *each[0][1:])] if equal else [(str(dose[0]), *dose[1:]) for dose in each]


@pytest.mark.parametrize("name", NAMES)
def test_the_doses_read_back_are_those_of_the_program(name: str, made: Made) -> None:
    program = made(name)
    root = tree(page(program))
    articles = by_class(root, "session")
    sessions = [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]
    assert [each.get("data-start") for each in articles] == [
        session.start.isoformat(timespec="minutes") for session in sessions
    ]
    how = {f"#{each.get('id')}": each for each in by_class(root, "how")}
    for article, session in zip(articles, sessions, strict=True):
        shown = by_class(article, "ex")
        assert len(shown) == len(session.prescriptions)
        for element, item in zip(shown, session.prescriptions, strict=True):
            place = how[next(element.iter("a")).get("href", "")]
            assert place.get("data-e") == item.exercise
            assert text_of(next(element.iter("h6"))) == item.name
            assert doses(text_of(by_class(element, "dose")[0])) == asked(item)
            assert plan_of(element) == planned(item)
            facts = facts_of(element)
            if item.load_kg is not None:
                assert float(facts["Load"].split(" kg")[0]) == pytest.approx(item.load_kg, abs=0.01)
            if item.rir:
                low, high = item.rir
                left = f"{low} reps left" if low == high else f"{low}-{high} reps left"
                assert left in facts["Effort"]
            assert int(element.get("data-rest", "")) == item.rest_s
            boxes = sum(1 for each in by_class(element, "paper")[0].iter("i"))
            sides = [dose.sets for dose in item.sides]
            assert boxes == (1 if item.minutes is not None else sum(sides) or item.sets)


def facts_of(element: Element) -> dict[str, str]:
    names, values = ([text_of(each) for each in element.iter(tag)] for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def plan_of(element: Element) -> list[tuple[str, ...]]:
    return [tuple(entry.split(",")) for entry in element.get("data-plan", "").split(";")]


def planned(item: Prescription) -> list[tuple[str, ...]]:
    def cells(*values: object) -> tuple[str, ...]:
        return tuple("" if value is None else str(value) for value in values)

    held = item.dose_kind == "hold"
    if item.minutes is not None:
        return [cells("", 1, None, item.minutes * 60, None, item.load_kg)]
    if not item.sides:
        hold = item.hold_s if held else None
        return [cells("", item.sets, item.reps, hold, item.metres, item.load_kg)]
    return [
        cells(
            dose.side,
            dose.sets,
            dose.reps,
            dose.hold_s if held else None,
            item.metres,
            item.load_kg if dose.load_kg is None else dose.load_kg,
        )
        for dose in item.sides
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_exercise_is_told_once_with_every_reason_of_the_program(kind: str) -> None:
    program = sample_program(kind)
    root = tree(sample_page(kind))
    items = [
        item
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]
    how = {each.get("data-e"): each for each in by_class(root, "how")}
    assert set(how) == {item.exercise for item in items}
    text = text_of(root)
    for instruction in {item.instruction for item in items if item.instruction}:
        assert text.count(instruction.strip().rstrip(".")) == 1
    for element, item in zip(by_class(root, "ex"), items, strict=True):
        wanted = element.get("data-why", "").split()
        reasons = {
            each.get("data-y"): text_of(each).rstrip(".").lower()
            for each in how[item.exercise].iter("li")
            if each.get("data-y")
        }
        assert [reasons[number] for number in wanted or reasons] == [
            reason.text.strip().rstrip(".").lower() for reason in item.reasons
        ]


def test_the_charts_hold_the_numbers_of_the_program() -> None:
    program = sample_program("phases")
    root = tree(sample_page("phases"))
    charts = {text_of(next(each.iter("figcaption"))): each for each in by_class(root, "chart")
              if list(each.iter("figcaption"))}  # fmt: skip
    weeks = [week for phase in program.phases for week in phase.weeks]
    for entry in weeks[0].volume:
        name = entry.group.replace("_", " ").capitalize()
        rows = list(charts[name].iter("tr"))[1:]
        shown = [float(text_of(list(row)[1]) or 0) for row in rows]
        sets = [
            next((each.sets for each in week.volume if each.group == entry.group), 0.0)
            for week in weeks
        ]
        assert shown == pytest.approx(sets, abs=0.01)
    for chart in by_class(root, "chart"):
        svg = next(chart.iter("{http://www.w3.org/2000/svg}svg"))
        parts = {str(each.tag).rsplit("}")[-1]: each for each in svg.iter()}
        assert (parts["title"].text or "").strip()
        assert (parts["desc"].text or "").strip()


def test_bars_are_as_high_as_their_numbers() -> None:
    from legengine_formats.html.charts import Limits, Numbers, Series, bars

    values = (2.0, 4.0, 8.0)
    series = Series((1, 2, 3), (values,), (Limits((2, 6), 1, 8),) * 3, frozenset({2}))
    chart = bars("t", "d", series, Numbers((), ()))
    heights = [box.h for box in chart.boxes if box.look.startswith("bar")]
    assert heights == pytest.approx([heights[2] * value / 8 for value in values], abs=0.11)
    top = next(letters.y for letters in chart.letters if letters.text == "8") - 4
    ground = next(letters.y for letters in chart.letters if letters.text == "0") - 4
    assert heights[2] == pytest.approx(ground - top, abs=0.11)
    assert [box.look for box in chart.boxes if box.look != "aim"] == [
        "bar layer-1",
        "bar layer-1 lighter",
        "bar layer-1",
    ]
    assert sum(box.look == "aim" for box in chart.boxes) == 1


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

    def spoil(item: Prescription) -> Prescription:
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

    phases = tuple(
        phase.model_copy(
            update={
                "title": text,
                "summary": text,
                "notes": (text,),
                "weeks": tuple(
                    week.model_copy(
                        update={
                            "sessions": tuple(
                                session.model_copy(
                                    update={
                                        "prescriptions": tuple(map(spoil, session.prescriptions))
                                    }
                                )
                                for session in week.sessions
                            )
                        }
                    )
                    for week in phase.weeks
                ),
            }
        )
        for phase in program.phases
    )
    return program.model_copy(update={"phases": phases})


# --- the key of the log --------------------------------------------------------------------


def test_the_log_of_a_program_is_that_of_its_replanned_successor() -> None:
    assert log_key(sample_program("short")) == log_key(sample_program("replanned"))
    assert log_key(sample_program("short")) != log_key(sample_program("phases"))
    assert re.fullmatch("[0-9a-f]{16}", log_key(sample_program("short")))
