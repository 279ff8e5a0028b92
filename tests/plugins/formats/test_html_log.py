"""The log of the page: given away, read back, refused; and where a browser keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legengine.domain.program import Program
from legengine.hooks import RenderOptions
from legengine.language import ENGLISH, speaking
from legengine.testing.samples import sample_program
from legengine_formats.html import HtmlFormat
from legengine_formats.html.hand_over import log_key

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

DOCS = Path(__file__).parents[3] / "docs"


# --- the log -------------------------------------------------------------------------------


def test_the_log_holds_what_was_ticked_and_nothing_else(open_page: Open) -> None:
    program = sample_program("uneven")
    page = open_page(html("uneven"), clock=SECOND_DAY).page
    session = planned_session(program, page)
    for box in shown(page).locator(".set input[type=checkbox]").all():
        box.check()
    shown(page).get_by_label("Pain in this session").select_option("1")
    rows = downloaded(page)
    assert {row["legengine_log"] for row in rows} == {"1"}
    assert {row["program"] for row in rows} == {log_key(program)}
    assert {row["session"] for row in rows} == {session.start.isoformat(timespec="minutes")}
    assert {row["date"] for row in rows} == {"2026-12-02"}
    found = [
        tuple(row[name] for name in ("exercise", "set", "side", "reps", "seconds", "metres"))
        for row in rows
        if row["set"]
    ]
    wanted = []
    for item in session.prescriptions:
        held = item.dose_kind == "hold"
        if item.minutes is not None:
            wanted.append((item.exercise, "1", "", "", str(item.minutes * 60), ""))
            continue
        sides = sorted(item.sides, key=lambda dose: dose.side)
        each: list[tuple[str, int, int | None, int | None]] = [
            (dose.side, dose.sets, dose.reps, dose.hold_s) for dose in sides
        ] or [("", item.sets, item.reps, item.hold_s)]
        wanted += [
            (
                item.exercise,
                str(number),
                side,
                str(reps or ""),
                str(hold or "") if held else "",
                str(item.metres or ""),
            )
            for number in range(1, max(sets for _, sets, _, _ in each) + 1)
            for side, sets, reps, hold in each
            if number <= sets
        ]
    assert found == wanted
    assert [row["pain"] for row in rows if not row["exercise"]] == ["1"]


NOTES = [
    "=SUM(A1:A9)",
    "+49 30 1234",
    "-1 kg today",
    "@home",
    "'=quoted",
    "'plain apostrophe",
    'comma, "quotes"\nand a line',
    "\uff1dfull width",
    "<b>bold</b> \U0001f9b5 \u05e9\u05dc\u05d5\u05dd",
]


def test_a_log_comes_back_as_it_went_and_no_note_is_a_formula(
    open_page: Open, tmp_path: Path
) -> None:
    opened = open_page(html("phases"), clock=SECOND_DAY)
    page = opened.page
    for box in shown(page).locator(".set input[type=checkbox]").all():
        box.check()
    fields = shown(page).locator(".ex .field input")
    page.evaluate("document.querySelectorAll('.more').forEach(more => more.open = true)")
    for note, field in zip(NOTES, fields.all(), strict=False):
        field.fill(note.replace("\n", " "))
        field.blur()
    shown(page).get_by_label("Note on this session").fill(NOTES[6])
    shown(page).get_by_label("Note on this session").blur()
    before = kept(page)
    rows = downloaded(page)
    notes = [row["note"] for row in rows if row["note"]]
    assert len(notes) >= 5
    assert not any(note[0] in "=+-@\uff1d" for note in notes)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my log").click()
    file = tmp_path / "log.csv"
    waiting.value.save_as(file)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete my entries").click()
    assert kept(page) == {}
    assert shown(page).locator(".set.done").count() == 0
    page.locator("#import-file").set_input_files(file)
    page.wait_for_selector(".set.done")
    assert kept(page) == before
    assert downloaded(page) == rows


def test_as_many_entries_come_back_as_went(open_page: Open, tmp_path: Path) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    for box in shown(page).locator(".set input[type=checkbox]").all()[:2]:
        box.check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my log").click()
    file = tmp_path / "two.csv"
    waiting.value.save_as(file)
    assert len(rows_of(file.read_bytes())) == 2
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("#import-file").set_input_files(file)
    page.wait_for_selector("text=Imported. Entries: 2.")


def test_the_example_of_the_docs_is_a_log(open_page: Open, tmp_path: Path) -> None:
    text = (DOCS / "log.md").read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    text = text.replace("3f1c09a2b4d5e6f7", log_key(sample_program("short")))
    page = open_page(html(), clock=SECOND_DAY).page
    for form in (text, "\ufeff" + text.replace(",", ";").replace("hip; a", "hip, a")):
        file = tmp_path / "example.csv"
        file.write_text(form, encoding="utf-8", newline="\r\n")
        page.once("dialog", lambda dialog: dialog.accept())
        page.locator("#import-file").set_input_files(file)
        page.wait_for_selector("text=Imported. Entries: 6.")
        assert downloaded(page) == rows_of(text.replace("\n", "\r\n").encode())
        assert kept(page)["sessions"]["2026-11-30T10:00"]["note"] == "+ good day"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: "date,weight\n2026-01-01,3\n", "not a log"),
        (lambda text: "", "not a log"),
        (lambda text: text.replace("\r\n1,", "\r\n2,"), "later legengine"),
        (lambda text: text.replace(text.split("\r\n")[1].split(",")[1], "0" * 16), "another"),
        (lambda text: text.replace("2026-12-02,", "02.12.2026,"), "Row 2"),
        (lambda text: text.replace("\r\n1,", '\r\n"1,', 1), "not a log"),
        (lambda text: text.rstrip().removesuffix(",") + "11,x,y\r\n", "can't be read (?)"),
    ],
)
def test_a_file_that_is_no_log_changes_nothing(
    open_page: Open, tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    shown(page).locator(".set input[type=checkbox]").first.check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my log").click()
    text = Path(waiting.value.path()).read_bytes().decode()
    before = kept(page)
    file = tmp_path / "other.csv"
    file.write_bytes(change(text).encode())
    page.locator("#import-file").set_input_files(file)
    page.wait_for_selector("#message.warning")
    assert told in page.locator("#message").inner_text()
    assert kept(page) == before


def test_deleting_asks_first(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    shown(page).locator(".set input[type=checkbox]").first.check()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete my entries").click()
    assert kept(page)["sets"]


def test_loads_in_pounds_are_logged_in_kilograms(open_page: Open) -> None:
    program = with_load(sample_program("short"), 20.4)
    with speaking(ENGLISH, "lb"):
        text = HtmlFormat().program(program, RenderOptions())
    page = open_page(text, clock=SECOND_DAY).page
    exercise = shown(page).locator(".ex[data-loaded]").first
    load = exercise.get_by_label("Load in lb, Set 1").first
    assert float(load.input_value()) == pytest.approx(20.4 / 0.45359237, abs=0.06)
    exercise.get_by_role("checkbox").first.check()
    assert downloaded(page)[0]["load_kg"] == "20.4"
    load.fill("50")
    load.blur()
    assert float(downloaded(page)[0]["load_kg"]) == pytest.approx(50 * 0.45359237, abs=1e-5)
    page.reload()
    assert load.input_value() == "50"


def with_load(program: Program, load_kg: float) -> Program:
    """The program with a load on everything that is counted in repetitions."""
    data = program.model_dump(mode="json")
    for phase in data["phases"]:
        for week in phase["weeks"]:
            for session in week["sessions"]:
                for item in session["prescriptions"]:
                    if item["dose_kind"] == "repetitions":
                        item["load_kg"] = load_kg
    return Program.model_validate(data)


# --- where the browser keeps nothing -------------------------------------------------------


def test_a_full_store_is_told_and_nothing_breaks(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    page.evaluate(
        "void (Storage.prototype.setItem = () => {"
        " throw new DOMException('full', 'QuotaExceededError'); })"
    )
    shown(page).locator(".set input[type=checkbox]").first.check()
    assert "full" in page.locator("#message").inner_text()
    assert shown(page).locator(".set.done").count() == 1
    assert len(downloaded(page)) == 1


def test_a_store_that_is_not_there_is_told(open_page: Open, browser: Any) -> None:
    context = browser.new_context(accept_downloads=True)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    page = open_page(html(), clock=SECOND_DAY, context=context).page
    assert "keeps nothing" in page.locator("#message").inner_text()
    shown(page).locator(".set input[type=checkbox]").first.check()
    assert len(downloaded(page)) == 1
    context.close()


def test_what_is_kept_and_not_understood_is_not_written_over(open_page: Open) -> None:
    page = open_page(html(), clock=SECOND_DAY).page
    shown(page).locator(".set input[type=checkbox]").first.check()
    page.evaluate(
        "for (const name of Object.keys(localStorage)) localStorage.setItem(name, '{\"v\":9}')"
    )
    page.reload()
    assert "can't be read" in page.locator("#message").inner_text()
    shown(page).locator(".set input[type=checkbox]").first.check()
    assert kept(page) == {"v": 9}


def test_two_windows_of_a_page_show_the_same(open_page: Open) -> None:
    first = open_page(html(), clock=SECOND_DAY)
    other = first.page.context.new_page()
    other.clock.install(time=SECOND_DAY)
    other.goto(first.address)
    shown(other).locator(".set input[type=checkbox]").first.check()
    first.page.wait_for_selector(".set.done")
    assert kept(first.page) == kept(other)
