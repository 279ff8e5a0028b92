"""How the page looks and whom it lets in: narrow, dark, without a mouse, on paper, read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine.hooks import RenderOptions
from legengine.testing.handmade import handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.html import HtmlFormat, HtmlOptions

Open = Callable[..., Any]
DAY = "2026-12-02T09:00:00"


@cache
def html(kind: str = "phases", large_type: bool = False) -> str:
    own = HtmlOptions(large_type=large_type)
    return HtmlFormat().program(sample_program(kind), RenderOptions(own=own))


@cache
def referral() -> str:
    return HtmlFormat().referral(handmade_referral("emergency"), RenderOptions())


PAGES: dict[str, Callable[[], str]] = {"program": html, "referral": referral}

EVERYTHING_OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"

CONTRAST = r"""() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("script, .away")) continue;
    const style = getComputedStyle(element);
    const inSvg = element.closest("svg");
    const ink = light(rgba(inSvg ? style.fill : style.color));
    const paper = light(behind(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    found.push([node.data.trim().slice(0, 40), Math.round(ratio * 100) / 100]);
  }
  return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", PAGES)
def test_every_text_stands_out_from_what_is_behind_it(
    open_page: Open, which: str, scheme: str
) -> None:
    page = open_page(PAGES[which](), clock=DAY, color_scheme=scheme).page
    page.evaluate(EVERYTHING_OPEN)
    if which == "program":
        page.locator(".session.current .set input[type=checkbox]").first.check()
    texts = page.evaluate(CONTRAST)
    assert len(texts) > (100 if which == "program" else 10)
    assert [text for text in texts if text[1] < 4.5] == []


def test_the_dark_page_is_dark_and_paper_is_white(open_page: Open) -> None:
    page = open_page(html(), color_scheme="dark").page
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert max(map(int, re.findall(r"\d+", page.evaluate(background)))) < 40
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(background) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("which", [*PAGES, "large"])
def test_a_phone_needs_no_scrolling_to_the_side(open_page: Open, which: str) -> None:
    text = html(large_type=True) if which == "large" else PAGES[which]()
    page = open_page(text, clock=DAY, viewport={"width": 360, "height": 740}).page
    page.evaluate(EVERYTHING_OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((each) =>
          each.checkVisibility() && !each.closest(".scroll, .away, svg")
          && each.getBoundingClientRect().right > 360.5)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert wide == []


def test_a_long_word_of_a_person_breaks(open_page: Open) -> None:
    program = sample_program("short").model_copy(update={"title": "w" * 300})
    page = open_page(HtmlFormat().program(program, RenderOptions())).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_a_thumb_hits_is_large_enough(open_page: Open) -> None:
    page = open_page(html(), clock=DAY).page
    small = page.evaluate(
        """() => [...document.querySelectorAll(
          "button, select, .days a, .turn a, label.tick, .set input[type=number]")]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 39.5)
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert small == []


# --- without a mouse, read aloud -----------------------------------------------------------


def test_a_session_can_be_done_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page(html(), clock=DAY).page
    reached: list[str] = []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => {
              const at = document.activeElement;
              const ring = getComputedStyle(at);
              return [at.type ?? at.tagName, at.checkVisibility(),
                ring.outlineStyle, ring.outlineWidth];
            }"""
        )
        reached.append(where[0])
        assert where[1:] == [True, "solid", "3px"], where
        if where[0] == "checkbox":
            break
    assert reached[-1] == "checkbox"
    page.keyboard.press("Space")
    assert page.locator(".session.current .set.done").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "number"


def test_no_focus_is_lost_on_what_is_not_shown(open_page: Open) -> None:
    page = open_page(html(), clock=DAY).page
    hidden = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
          .filter((each) => !each.checkVisibility() && each.tabIndex >= 0
            && each.getClientRects().length > 0 && !each.closest("details:not([open])"))
          .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert hidden == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", PAGES)
def test_axe_finds_nothing(open_page: Open, which: str, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.base", reason="axe-playwright-python is not installed"
    )
    page = open_page(PAGES[which](), clock=DAY, color_scheme=scheme).page
    page.evaluate(EVERYTHING_OPEN)
    page.evaluate(axe.AXE_FILE_PATH.read_text(encoding="utf-8") + "; undefined")
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        (each["id"], each["help"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in result["violations"]
    ]
    assert found == []


def test_the_parts_of_a_page_have_names(open_page: Open) -> None:
    page = open_page(html(), clock=DAY).page
    spoken = page.locator("body").aria_snapshot()
    for landmark in ("- banner:", "- main:", 'navigation "Parts of this page"'):
        assert landmark in spoken
    for region in ("Stop signs", "Train", "Road map", "Progress", "Your log"):
        assert f'region "{region}"' in spoken
    unnamed = re.findall(r"- (?:checkbox|spinbutton|combobox|textbox|button|link)(?=$|:)", spoken)
    assert unnamed == []
    assert re.search(r'checkbox "Set 1 of .+ done"', spoken)


def test_nothing_moves_for_those_who_asked_for_rest(open_page: Open) -> None:
    moving = """() => [getComputedStyle(document.documentElement).scrollBehavior,
      getComputedStyle(document.querySelector(".set")).transitionDuration]"""
    page = open_page(html(), clock=DAY, reduced_motion="reduce").page
    assert page.evaluate(moving) == ["auto", "0s"]
    page = open_page(html(), clock=DAY, reduced_motion="no-preference").page
    assert page.evaluate(moving)[0] == "smooth"


# --- paper ---------------------------------------------------------------------------------


def test_paper_has_every_session_and_no_button(open_page: Open, tmp_path: Path) -> None:
    page = open_page(html(), clock=DAY).page
    page.locator(".session.current .set input[type=checkbox]").first.check()
    page.emulate_media(media="print")
    sessions = page.locator(".session")
    weeks = [week for phase in sample_program("phases").phases for week in phase.weeks]
    assert sessions.count() == sum(len(week.sessions) for week in weeks)
    assert all(each.is_visible() for each in sessions.all())
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    assert page.locator("nav:visible").count() == 0
    assert page.locator(".session .paper i:visible").count() > 100
    file = tmp_path / "page.pdf"
    file.write_bytes(page.pdf(prefer_css_page_size=True))
    assert file.read_bytes().startswith(b"%PDF")
    count = len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))
    assert len(weeks) <= count <= sessions.count() + 12


def test_what_is_closed_on_the_screen_is_open_on_paper_and_closed_after(open_page: Open) -> None:
    page = open_page(html(), clock=DAY).page
    closed = page.locator("details:not([open])").count()
    assert closed > 10
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == closed


def test_a_week_can_be_printed_alone(open_page: Open) -> None:
    page = open_page(html(), clock=DAY).page
    page.evaluate("window.print = () => { window.printed = document.documentElement.className }")
    page.get_by_role("button", name="Print this week").click()
    assert "only-week" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator(".week:visible").count() == 1
    assert page.locator("#stop").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".week:visible").count() == 6
