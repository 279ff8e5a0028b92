"""The page in a real browser: sessions, sets, the timer, pictures, hostile texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from legengine.domain.picture import Drawing, Pose
from legengine.domain.program import Program
from legengine.hooks import RenderOptions
from legengine.testing.samples import sample_program
from legengine_formats.html import HtmlFormat, HtmlOptions

from .html_browsing import (
    SECOND_DAY,
    Open,
    downloaded,
    html,
    kept,
    planned_session,
    rows_of,
    shown,
)

HOSTILE_TEXTS = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>",
    "=HYPERLINK(1)|a|b",
    "'; alert(1); '${alert(1)}`\\",
    "\u05e9\u05dc\u05d5\u05dd \U0001f9b5\U0001f3fd" + "w" * 200,
)


# --- which session -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-20T08:00:00", "Next session: Mon 30 Nov"),
        ("2026-11-30T23:30:00", "Today's session: Mon 30 Nov"),
        ("2027-06-01T08:00:00", "Last session:"),
    ],
)
def test_the_day_of_the_device_chooses_the_session(open_page: Open, day: str, told: str) -> None:
    page = open_page(html(), clock=day).page
    assert page.locator("#next-session").inner_text().startswith(told)
    assert shown(page).count() == 1
    assert page.locator(".week.current").count() == 1


def test_a_week_and_a_session_at_a_time_and_back(open_page: Open) -> None:
    page = open_page(html("phases"), clock=SECOND_DAY).page
    page.get_by_role("link", name="Next week", exact=True).click()
    page.wait_for_selector("#w2.current")
    assert page.locator(".week.current h3").inner_text() == "Week 2 of 6"
    assert page.evaluate("document.activeElement.textContent") == "Week 2 of 6"
    last = page.locator(".week.current .days a").last
    last.click()
    page.wait_for_selector(f"{last.get_attribute('href')}.current")
    assert last.get_attribute("aria-current") == "true"
    assert f"#{shown(page).get_attribute('id')}" == last.get_attribute("href")
    page.go_back()
    page.go_back()
    page.wait_for_selector("#w1.current")
    page.get_by_text("All weeks").click()
    page.get_by_role("link", name="Week 5 of 6").click()
    page.wait_for_selector("#w5.current")
    assert page.locator(".week:visible").count() == 1
    assert page.locator(".week.current h3").inner_text() == "Week 5 of 6"
    assert open_page(html("phases"), at="#s3-2").page.locator("#s3-2").is_visible()


# --- ticking -------------------------------------------------------------------------------


def test_what_is_ticked_and_written_is_there_after_a_reload(open_page: Open) -> None:
    page = open_page(html("uneven"), clock=SECOND_DAY).page
    session = shown(page)
    first = session.locator(".set input[type=checkbox]").first
    first.check()
    session.locator(".set:not(.set-head)").nth(1).locator("input[type=number]").first.fill("7")
    session.locator(".set:not(.set-head)").nth(1).get_by_role("checkbox").check()
    session.get_by_text("Pain and note").first.click()
    session.locator(".more[open] select").select_option("3")
    session.locator(".more[open] input").fill("a bit stiff")
    session.get_by_label("Pain in this session").select_option("2")
    session.get_by_label("Note on this session").fill('first line\nsecond, "quoted"')
    session.get_by_label("Note on this session").blur()
    before = kept(page)
    assert session.locator(".progress").inner_text().startswith("Sets done: 2 of")
    page.reload()
    session = shown(page)
    assert kept(page) == before
    assert session.locator(".progress").inner_text().startswith("Sets done: 2 of")
    assert session.locator(".set.done").count() == 2
    assert session.locator(".set input[type=checkbox]").first.is_checked()
    second = session.locator(".set:not(.set-head)").nth(1)
    assert second.locator("input[type=number]").first.input_value() == "7"
    assert session.locator(".more[open] select").input_value() == "3"
    assert session.get_by_label("Note on this session").input_value().startswith("first line\n")
    session.locator(".set input[type=checkbox]").first.uncheck()
    assert len(kept(page)["sets"]) == 1


def test_a_tick_alone_is_kept(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    shown(page).locator(".set input[type=checkbox]").first.check()
    page.reload()
    assert shown(page).locator(".set input[type=checkbox]").first.is_checked()
    assert shown(page).locator(".done-on input").input_value() == "2026-12-02"


def test_numbers_wait_for_their_tick(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    field = shown(page).get_by_label("Reps, Set 1,").first
    field.fill("6")
    field.blur()
    page.get_by_role("button", name="Download my log").click()
    assert "nothing to download" in page.locator("#message").inner_text()
    page.reload()
    assert shown(page).get_by_label("Reps, Set 1,").first.input_value() == "6"
    shown(page).locator(".set:not(.set-head)", has=page.get_by_label("Reps, Set 1,")).first.locator(
        "input[type=checkbox]"
    ).check()
    assert [row["reps"] for row in downloaded(page)] == ["6"]


def test_legs_that_differ_are_ticked_side_by_side(open_page: Open) -> None:
    program = sample_program("uneven")
    page = open_page(html("uneven"), clock=SECOND_DAY).page
    session = planned_session(program, page)
    rows = [
        [row.inner_text().strip() for row in each.locator(".tick").all()]
        for each in shown(page).locator(".sets").all()
    ]
    assert any(item.sides for item in session.prescriptions)
    for item, found in zip(session.prescriptions, rows, strict=True):
        if item.sides:
            wanted = [
                f"{number} {dose.side}"
                for number in range(1, max(dose.sets for dose in item.sides) + 1)
                for dose in item.sides
                if number <= dose.sets
            ]
        else:
            sets = 1 if item.minutes is not None else item.sets
            wanted = [str(number) for number in range(1, sets + 1)]
        assert found == wanted


def test_a_number_that_can_not_be_is_not_kept(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    field = shown(page).get_by_label("Reps, Set 1,").first
    field.fill("-3")
    field.blur()
    assert field.get_attribute("aria-invalid") == "true"
    assert "from 0 to" in page.locator("#message").inner_text()
    assert kept(page).get("sets", {}) == {}
    field.fill("9")
    field.blur()
    assert field.get_attribute("aria-invalid") == "false"


# --- the timer -----------------------------------------------------------------------------


def rested(page: Any) -> tuple[Any, int]:
    """An exercise with rest and several sets, and its seconds of rest."""
    exercise = (
        shown(page).locator(".ex:has(.set:nth-child(3))").filter(has=page.locator(".set input"))
    )
    for each in exercise.all():
        seconds = int(each.get_attribute("data-rest"))
        if seconds >= 30 and "," not in each.locator(".tick").first.inner_text():
            return each, seconds
    raise AssertionError("no exercise rests between its sets")


def test_rest_begins_with_a_tick_counts_down_and_says_so(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    exercise, seconds = rested(page)
    timer, left = page.locator("#timer"), page.locator("#timer-left")
    assert timer.is_hidden()
    exercise.get_by_role("checkbox").first.check()
    clock = f"{seconds // 60}:{seconds % 60:02}"
    assert timer.is_visible()
    assert left.inner_text() == clock
    assert page.locator("#timer-says").text_content() == f"Rest: {clock}"
    page.clock.run_for(5000)
    assert left.inner_text() == f"{(seconds - 5) // 60}:{(seconds - 5) % 60:02}"
    page.get_by_role("button", name="+15 s").click()
    assert left.inner_text() == f"{(seconds + 10) // 60}:{(seconds + 10) % 60:02}"
    page.clock.run_for((seconds + 10 - 9) * 1000)
    assert page.locator("#timer-says").text_content() == "10 seconds of rest left"
    page.clock.run_for(10000)
    assert page.locator("#timer-says").text_content() == "Rest is over: next set"
    assert left.inner_text() == "0:00"
    page.get_by_role("button", name="Skip").click()
    assert timer.is_hidden()


def test_no_rest_after_the_last_set_and_none_after_taking_back(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    exercise, _ = rested(page)
    boxes = exercise.get_by_role("checkbox").all()
    boxes[0].check()
    assert page.locator("#timer").is_visible()
    boxes[0].uncheck()
    assert page.locator("#timer").is_hidden()
    for box in boxes:
        box.check()
    assert page.locator("#timer").is_hidden()


def test_rest_waits_for_the_other_side(open_page: Open) -> None:
    page = open_page(html("uneven"), clock=SECOND_DAY).page
    program = planned_session(sample_program("uneven"), page)
    place = next(
        index
        for index, item in enumerate(program.prescriptions)
        if item.sides and item.sides[0].sets > 1
    )
    boxes = shown(page).locator(".ex").nth(place).get_by_role("checkbox")
    boxes.nth(0).check()
    assert page.locator("#timer").is_hidden()
    boxes.nth(1).check()
    assert page.locator("#timer").is_visible()


def test_a_sleeping_page_is_right_when_it_wakes(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    exercise, _ = rested(page)
    exercise.get_by_role("checkbox").first.check()
    page.clock.fast_forward("30:00")
    page.clock.run_for(500)
    assert page.locator("#timer-left").inner_text() == "0:00"


# --- hostile texts -------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_run_nothing_and_break_nothing(
    open_page: Open, tmp_path: Path, text: str
) -> None:
    page = open_page(HtmlFormat().program(saying(text), RenderOptions()), clock=SECOND_DAY).page
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.title() != "owned"
    shown(page).locator(".set input[type=checkbox]").first.check()
    shown(page).get_by_text("How and why").first.click()
    shown(page).locator(".more[open] .body").wait_for()
    before = kept(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my log").click()
    rows = rows_of(Path(waiting.value.path()).read_bytes())
    exercise = planned_session(saying(text), page).prescriptions[0].exercise
    assert rows[0]["exercise"] == ("'" if exercise[0] in "=+-@" else "") + exercise
    page.evaluate("localStorage.clear()")
    page.reload()
    page.locator("#import-file").set_input_files(waiting.value.path())
    page.wait_for_selector(".set.done")
    assert kept(page) == before


def saying(text: str) -> Program:
    """The short program with a text as the title, and in every place, name and id."""
    data = sample_program("short").model_dump(mode="json")
    data["title"] = text
    for phase in data["phases"]:
        phase["title"] = text
        for week in phase["weeks"]:
            for session in week["sessions"]:
                session["place"] = text
                for number, item in enumerate(session["prescriptions"]):
                    item.update(name=text, instruction=text, tempo=text, load_text=text)
                    item["exercise"] = f"{text}{number}"
    return Program.model_validate(data)


# --- pictures ------------------------------------------------------------------------------


def test_a_session_shows_its_pictures_and_how_it_is_done(open_page: Open) -> None:
    own = HtmlOptions(animation=True)
    options = RenderOptions(own=own, picture=lambda id: Drawing(end=Pose()))
    page = open_page(HtmlFormat().program(sample_program("short"), options), clock=SECOND_DAY).page
    exercises = shown(page).locator(".ex")
    assert shown(page).locator(".thumb").count() == exercises.count()
    drawn = "document.querySelector('.session.current .thumb use').getBoundingClientRect().width"
    assert page.evaluate(drawn) > 20
    exercises.first.get_by_text("How and why").click()
    how = exercises.first.locator(".more[open] .body")
    how.wait_for()
    item = planned_session(sample_program("short"), page).prescriptions[0]
    assert item.instruction[:40] in how.inner_text()
    assert how.locator("svg").is_visible()
    assert how.locator(".why li").count() == len(item.reasons)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))


# --- without a script ----------------------------------------------------------------------


@pytest.mark.parametrize("own", [{"interactive": False}, {}], ids=["still", "script refused"])
def test_without_script_every_session_is_there_to_read(
    open_page: Open, own: dict[str, bool]
) -> None:
    text = HtmlFormat().program(sample_program("short"), RenderOptions(own=HtmlOptions(**own)))
    page = open_page(text, java_script_enabled=False).page
    sessions = page.locator(".session")
    assert sessions.count() == sum(
        len(week.sessions) for phase in sample_program("short").phases for week in phase.weeks
    )
    assert all(each.is_visible() for each in sessions.all())
    assert not page.locator("button:visible").count()
