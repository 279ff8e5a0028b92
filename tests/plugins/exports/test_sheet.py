"""The workbook, read by openpyxl and calculated anew by LibreOffice where there is one."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from legengine.domain.program import Prescription, Program, Session
from legengine.engine import Engine
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.sheet.format import SheetFormat, SheetOptions

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

HEADS = 2
DONE = 9
PAIN = 12
LAST_SHOWN = 13


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def written(engine: Engine, program: Program, **render: Any) -> bytes:
    found = engine.render(program, "xlsx", **render)
    assert isinstance(found, bytes)
    return found


def opened(data: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def weeks(book: Any) -> list[Any]:
    return [sheet for sheet in book if re.fullmatch(r"Week \d+", sheet.title)]


def texts(sheet: Any, row: int) -> list[str]:
    cells = [sheet.cell(row, column).value for column in range(1, LAST_SHOWN + 1)]
    return ["" if value is None else str(value) for value in cells]


def sessions_in(sheet: Any) -> Iterator[list[list[str]]]:
    """The rows of each session: between its band and the empty row after it."""
    rows: list[list[str]] | None = None
    for row in range(HEADS + 1, sheet.max_row + 2):
        cells = texts(sheet, row)
        if cells[0].startswith("Session "):
            rows = [cells]
        elif rows is not None and not any(cells):
            yield rows
            rows = None
        elif rows is not None:
            rows.append(cells)


def sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


# --- doses ---------------------------------------------------------------------------------


def test_the_doses_read_back_equal_the_programs(engine: Engine, program: Program) -> None:
    book = opened(written(engine, program))
    found = [rows for sheet in weeks(book) for rows in sessions_in(sheet)]
    assert len(found) == len(sessions(program))
    for (band, *rows), session in zip(found, sessions(program), strict=True):
        assert f"{session.start:%H:%M}" in band[0]
        assert str(session.start.day) in band[0]
        blocks: list[list[list[str]]] = []
        for row in rows:
            if row[0]:
                blocks.append([])
            blocks[-1].append(row)
        assert [block[0][0] for block in blocks] == [item.name for item in session.prescriptions]
        for block, item in zip(blocks, session.prescriptions, strict=True):
            same_dose(block, item)


def same_dose(rows: list[list[str]], item: Prescription) -> None:
    light = [row for row in rows if row[1].startswith("lighter")]
    work = rows[len(light) :]
    assert len(light) == item.warmup_sets
    assert not any(row[2] or row[3] for row in light)
    expected: list[tuple[str, str, str]] = []
    if item.dose_kind == "duration":
        expected.append(("1", f"{item.minutes} min", load(item.load_kg)))
    elif item.sides:
        for dose in item.sides:
            told = amount(item, dose.reps, dose.hold_s)
            expected += [
                (f"{n} {dose.side}", told, load(dose.load_kg)) for n in range(1, dose.sets + 1)
            ]
        if len({row[1:] for row in expected}) == 1 and len(expected) == 2 * item.sets:
            expected.sort(key=lambda row: int(row[0].split()[0]))
    else:
        tail = {"each": " each side", "alternating": " in all", "both": ""}[item.laterality]
        told = amount(item, item.reps, item.hold_s)
        told = told + tail if told else ""
        expected += [(str(n), told, load(item.load_kg)) for n in range(1, item.sets + 1)]
    assert [tuple(row[1:4]) for row in work] == expected
    effort = rows[0][4]
    assert not item.rpe or f"{text_of(item.rpe)} of 10" in effort
    assert not item.rir or f"{text_of(item.rir)} reps left" in effort
    assert rows[0][6] == item.tempo
    assert not item.load_text or item.load_text in rows[0][7]


def text_of(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}-{pair[1]}"


def amount(item: Prescription, reps: int | None, hold_s: int | None) -> str:
    parts = [str(reps) if reps else "", f"{hold_s} s" if hold_s else ""]
    parts.append(f"{item.metres} m" if item.metres else "")
    return ", ".join(part for part in parts if part)


def load(kilograms: float | None) -> str:
    return "" if kilograms is None else f"{kilograms:.2f}".rstrip("0").rstrip(".") + " kg"


def test_loads_come_in_pounds_where_that_is_the_unit(engine: Engine) -> None:
    book = opened(written(engine, handmade_program(), mass_unit="lb"))
    cells = {str(cell.value) for row in book["Week 4"].iter_rows() for cell in row}
    assert "Load done (lb)" in cells
    assert "27 lb" in cells
    assert not any(cell.endswith(" kg") for cell in cells)


# --- formulas ------------------------------------------------------------------------------


def volumes(program: Program) -> dict[tuple[int, str], float]:
    return {
        (week.number, line.group.replace("_", " ")): line.sets
        for phase in program.phases
        for week in phase.weeks
        for line in week.volume
    }


def block(sheet: Any, title: str) -> dict[tuple[int, str], Any]:
    """The cells of a block of the volume sheet by week and muscle."""
    (top,) = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == title]
    found = {}
    row = top + 1
    while sheet.cell(row, 1).value:
        for column in range(2, sheet.max_column + 1):
            head = sheet.cell(top, column).value
            if head and sheet.cell(row, column).value not in (None, ""):
                key = (int(head.removeprefix("Week ")), sheet.cell(row, 1).value)
                found[key] = sheet.cell(row, column)
        row += 1
    return found


def total(book: Any, formula: str) -> float:
    """What a sum over a range comes to, worked out from the cells."""
    match = re.fullmatch(r"=SUM\('([^']+)'!([$A-Z0-9]+:[$A-Z0-9]+)\)(?:\+\(([-.\d]+)\))?", formula)
    assert match, formula
    cells = [cell.value for row in book[match[1]][match[2].replace("$", "")] for cell in row]
    return sum(value for value in cells if value is not None) + float(match[3] or 0)


def test_planned_volume_is_a_formula_that_comes_to_the_programs(engine: Engine) -> None:
    for kind in ("short", "phases", "uneven", "endurance", "replanned"):
        program = sample_program(kind)
        data = written(engine, program)
        book, values = opened(data), opened(data, values=True)
        cells = block(book["Volume"], "Planned")
        assert set(cells) == set(volumes(program))
        cached = block(values["Volume"], "Planned")
        for key, sets in volumes(program).items():
            assert "+" not in cells[key].value
            assert total(book, cells[key].value) == pytest.approx(sets)
            assert cached[key].value == pytest.approx(sets)


def test_sessions_before_the_first_of_the_file_count_in_its_first_week(engine: Engine) -> None:
    """As in a program that goes on from another: its volume is that of the whole week."""
    program = sample_program("short")
    phase = program.phases[0]
    week = phase.weeks[0]
    line = week.volume[0]
    more = (line.model_copy(update={"sets": line.sets + 1.5}), *week.volume[1:])
    weeks_of = (week.model_copy(update={"volume": more}), *phase.weeks[1:])
    continued = program.model_copy(
        update={"phases": (phase.model_copy(update={"weeks": weeks_of}),)}
    )
    book = opened(written(engine, continued))
    cells = block(book["Volume"], "Planned")
    key = (week.number, line.group.replace("_", " "))
    assert cells[key].value.endswith("+(1.500)")
    assert total(book, cells[key].value) == pytest.approx(line.sets + 1.5)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't there")
def test_another_program_calculates_the_same_and_counts_what_is_filled_in(
    engine: Engine, tmp_path: Path
) -> None:
    program = sample_program("uneven")
    book = opened(written(engine, program))
    for sheet in weeks(book)[:1]:
        for row in range(HEADS + 1, sheet.max_row + 1):
            if sheet.cell(row, 2).value and not str(sheet.cell(row, 2).value).startswith("light"):
                sheet.cell(row, DONE).value = 5
    book.save(tmp_path / "filled.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), "filled.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    again = openpyxl.load_workbook(tmp_path / "out" / "filled.xlsx", data_only=True)
    planned, done = (block(again["Volume"], title) for title in ("Planned", "Done"))
    for key, sets in volumes(program).items():
        assert planned[key].value == pytest.approx(sets)
        assert done[key].value == pytest.approx(sets if key[0] == 1 else 0)


def test_without_the_muscles_of_the_exercises_the_programs_numbers_stand() -> None:
    program = sample_program("short")
    book = opened(SheetFormat().program(program, RenderOptions()))
    cells = block(book["Volume"], "Planned")
    assert {key: cell.value for key, cell in cells.items()} == pytest.approx(volumes(program))
    texts_there = {row[0].value for row in book["Volume"].iter_rows()}
    assert "Done" not in texts_there
    assert any("isn't counted" in str(text) for text in texts_there)


# --- layout --------------------------------------------------------------------------------


def test_every_sheet_is_ready_to_print_and_to_fill_in(engine: Engine) -> None:
    program = sample_program("phases")
    book = opened(written(engine, program))
    assert [sheet.title for sheet in book] == [
        "Overview", *(f"Week {n}" for n in range(1, program.weeks + 1)), "Volume",
    ]  # fmt: skip
    for sheet in weeks(book):
        assert sheet.freeze_panes == "B3"
        assert sheet.print_title_rows == "$1:$2"
        assert str(sheet.print_area).endswith(f"$A$1:$M${sheet.max_row}")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.column_dimensions["N"].hidden
        breaks = len(sheet.row_breaks.brk)
        assert breaks == len(list(sessions_in(sheet))) - 1


def test_what_is_filled_in_is_checked(engine: Engine) -> None:
    sheet = weeks(opened(written(engine, sample_program("short"))))[0]
    by_column = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in sheet.data_validations.dataValidation
    }
    assert set(by_column) == {"I", "J", "K", "L"}
    pain = by_column["L"]
    assert pain.operator in (None, "between")  # left out, it is "between"
    assert (pain.type, pain.formula1, pain.formula2) == ("whole", "0", "10")
    assert pain.allowBlank
    assert pain.showErrorMessage


def test_a_year_of_weeks_fits(engine: Engine) -> None:
    program = handmade_program()
    phase = program.phases[0]
    many = tuple(phase.weeks[0].model_copy(update={"number": number}) for number in range(1, 53))
    year = program.model_copy(
        update={"weeks": 52, "phases": (phase.model_copy(update={"weeks": many}),)}
    )
    book = opened(written(engine, year))
    assert len(weeks(book)) == 52
    links = [cell.hyperlink.location for row in book["Overview"] for cell in row if cell.hyperlink]
    assert links == [f"'Week {number}'!A1" for number in range(1, 53)]


def test_one_week_alone_and_a_week_that_is_not_there() -> None:
    book = opened(SheetFormat().program(handmade_program(), RenderOptions(week=2)))
    assert [sheet.title for sheet in weeks(book)] == ["Week 2"]
    with pytest.raises(InputError, match="no week 9"):
        SheetFormat().program(handmade_program(), RenderOptions(week=9))


# --- bytes and texts -----------------------------------------------------------------------


def test_the_same_program_gives_the_same_bytes_at_any_time(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(engine, sample_program("short"))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert written(engine, sample_program("short")) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}
    assert opened(first).properties.created == dt.datetime(2026, 11, 23)


def test_no_text_of_a_person_becomes_a_formula_or_a_link(hostile_program: Program) -> None:
    book = opened(SheetFormat().program(hostile_program, RenderOptions()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(cell.hyperlink.location for cell in cells if cell.hyperlink)
    found = [str(cell.value) for cell in cells if "HYPERLINK" in str(cell.value)]
    assert any(text.startswith('=HYPERLINK("http://x","y") BEGIN:VEVENT') for text in found)
    assert not any(sign in text for text in found for sign in "\x00\x07\x1b\u202e")


@pytest.mark.parametrize("text", ["a" * 40, "x[y]:*?/\\", "'quoted'", "", "History"])
def test_names_of_sheets_are_such_as_a_workbook_may_have(text: str) -> None:
    from legengine_formats.sheet.book import sheet_names

    names = sheet_names([text, text, text.upper()], taken=["Overview"])
    assert len({name.lower() for name in names}) == 3
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'" != name[-1]
        assert name.lower() != "history"


def test_a_referral_is_one_sheet_without_any_exercise() -> None:
    book = opened(SheetFormat().referral(handmade_referral(), RenderOptions()))
    (sheet,) = book
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "EMERGENCY" in said
    assert "see your doctor this week" in said.lower()


def test_letter_paper_where_it_is_asked_for() -> None:
    options = RenderOptions(own=SheetOptions(paper="letter"))
    book = opened(SheetFormat().program(handmade_program(), options))
    assert {sheet.page_setup.paperSize for sheet in book} == {1}


def test_a_head_is_as_high_as_its_whole_words_need(engine: Engine) -> None:
    book = opened(written(engine, sample_program("short"), language="de"))
    sheet = next(sheet for sheet in book if sheet.title.startswith("Woche "))
    head = sheet.cell(2, 10)
    assert head.value == "Last gemacht (kg)"
    assert head.alignment.wrap_text
    assert sheet.row_dimensions[2].height == 45
