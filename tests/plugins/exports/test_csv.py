"""The table of sets, read by the standard library and put into a workbook by another."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from legengine.domain.program import Prescription, Program, Session
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.language import ENGLISH, speaking
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.csv_format import CsvFormat, CsvOptions
from legengine_formats.csv_text import COLUMNS, defused, fused

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def written(program: Program, week: int | None = None, **own: Any) -> str:
    return CsvFormat().program(program, RenderOptions(own=CsvOptions(**own), week=week))


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """Strictly; a row that is too long or too short fails."""
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert header == list(COLUMNS)
    assert all(len(row) == len(header) for row in rows)
    return [dict(zip(header, map(fused, row), strict=True)) for row in rows]


def lines(program: Program) -> Iterator[tuple[int, int, Session, int, Prescription]]:
    for phase in program.phases:
        for week in phase.weeks:
            for number, session in enumerate(week.sessions, start=1):
                for order, item in enumerate(session.prescriptions, start=1):
                    yield week.number, number, session, order, item


def whole(text: str) -> int | None:
    return int(text) if text else None


def real(text: str) -> float | None:
    return float(text) if text else None


def pair(low: str, high: str) -> tuple[int, int] | None:
    return (int(low), int(high)) if low else None


def place(row: dict[str, str]) -> tuple[str, ...]:
    return (row["week"], row["session"], row["order"])


# --- doses ---------------------------------------------------------------------------------


def test_the_doses_read_back_equal_the_programs(program: Program) -> None:
    groups = [list(rows) for _, rows in groupby(read(written(program)), key=place)]
    expected = list(lines(program))
    assert len(groups) == len(expected)
    for rows, (week, number, session, order, item) in zip(groups, expected, strict=True):
        first = rows[0]
        assert place(first) == (str(week), str(number), str(order))
        assert first["date"] + "T" + first["start"] == session.start.isoformat()[:16]
        assert first["place"] == session.place
        assert (first["exercise"], first["name"]) == (item.exercise, item.name)
        assert first["part"] == item.block
        assert {row["tempo"] for row in rows} == {item.tempo}
        assert {row["rest_s"] for row in rows} == {str(item.rest_s)}
        light = [row for row in rows if row["set_kind"] == "warm_up"]
        work = [row for row in rows if row["set_kind"] == "work"]
        assert len(light) == item.warmup_sets
        assert rows == light + work
        assert not any(row["load_kg"] or row["reps"] for row in light)
        same_dose(work, item)


def same_dose(rows: list[dict[str, str]], item: Prescription) -> None:
    for row in rows:
        assert pair(row["rpe_low"], row["rpe_high"]) == item.rpe
        assert pair(row["rir_low"], row["rir_high"]) == item.rir
        assert pair(row["reps_low"], row["reps_high"]) == item.reps_range
        assert real(row["percent_1rm"]) == pytest.approx(item.percent_1rm)
        assert whole(row["metres"]) == item.metres
    if item.dose_kind == "duration":
        (row,) = rows
        assert int(row["minutes"]) == item.minutes
        return
    assert not any(row["minutes"] for row in rows)
    by_side: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_side.setdefault(row["side"], []).append(row)
    if item.sides:
        assert list(by_side) == [dose.side for dose in item.sides]
        doses = [(d.side, d.sets, d.reps, d.hold_s, d.load_kg) for d in item.sides]
    else:
        doses = [(item.laterality, item.sets, item.reps, item.hold_s, item.load_kg)]
    for side, sets, reps, hold_s, load_kg in doses:
        own = by_side[side]
        assert [int(row["set"]) for row in own] == list(range(1, sets + 1))
        assert {whole(row["reps"]) for row in own} == {reps}
        assert {whole(row["seconds"]) for row in own} == {hold_s}
        assert {real(row["load_kg"]) for row in own} == {load_kg}


def test_the_weak_leg_has_rows_of_its_own() -> None:
    rows = read(written(sample_program("uneven")))
    assert {"left", "right"} <= {row["side"] for row in rows}


# --- formulas ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49 170", "'+49 170"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("'=1+1", "''=1+1"),
        ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
        ("a, -b", "a, '-b"),
        ("'quoted'", "'quoted'"),
        ("2-0-2", "2-0-2"),
        ("5 + 5 = 10", "5 + 5 = 10"),
        ("", ""),
    ],
)
def test_a_formula_is_defused_and_nothing_else_is_touched(text: str, safe: str) -> None:
    assert defused(text) == safe
    assert fused(safe) == text


@given(st.text(alphabet=st.sampled_from("a '=+-@;,|\t\r\uff1d\uff20\"1")))
@example("'=")
@example(";;==")
@example("' =")
def test_defusing_is_undone_for_every_text(text: str) -> None:
    safe = defused(text)
    assert fused(safe) == text
    for cell in safe.replace("|", ";").replace(",", ";").split(";"):
        assert not cell.lstrip(" ").startswith(tuple(SIGNS))


def test_no_cell_of_a_hostile_program_is_a_formula(hostile_program: Program) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    text = written(hostile_program)
    assert not any(character in text for character in "\x00\x07\x1b\u202e")
    sheet = openpyxl.Workbook().active
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        assert len(row) == len(COLUMNS)
        sheet.append(row)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert read(text)[0]["place"].startswith('=HYPERLINK("http://x","y") BEGIN')


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't there")
@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_a_spreadsheet_finds_no_formula_whatever_it_takes_for_the_delimiter(
    hostile_program: Program, tmp_path: Path, delimiter: str
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    wicked = hostile_program.model_copy(update={"title": "a;=1+1|=2+3;  =4"})  # needs no quotes
    (tmp_path / "sets.csv").write_text(written(wicked), encoding="utf-8", newline="")
    # The last word has it evaluate formulas.
    filtered = f"CSV:{ord(delimiter)},34,76,1,,0,false,true,false,false,false,0,true"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/home", "--headless",
         f"--infilter={filtered}", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path), str(tmp_path / "sets.csv")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "sets.xlsx")
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > len(COLUMNS)
    assert not [cell.value for cell in cells if cell.data_type == "f"]


# --- how it is written ---------------------------------------------------------------------


def test_rows_end_as_the_standard_says() -> None:
    text = written(handmade_program())
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert not text.startswith("\ufeff")


def test_another_delimiter_a_decimal_comma_and_a_mark() -> None:
    program = handmade_program()
    plain = read(written(program))
    text = written(program, delimiter="semicolon", decimal="comma", bom=True)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    other = read(text.removeprefix("\ufeff"), ";")
    loads = [row["load_kg"] for row in other]
    assert "12,25" in loads
    assert [row["load_kg"] for row in plain] == [load.replace(",", ".") for load in loads]
    assert [row["name"] for row in plain] == [row["name"] for row in other]


def test_a_decimal_comma_between_commas_is_refused() -> None:
    with pytest.raises(ValidationError, match="semicolon"):
        CsvOptions(decimal="comma")


def test_one_week_alone_and_a_week_that_is_not_there() -> None:
    assert {row["week"] for row in read(written(handmade_program(), week=2))} == {"2"}
    with pytest.raises(InputError, match="no week 9"):
        written(handmade_program(), week=9)


def test_loads_are_in_kg_whatever_people_are_shown() -> None:
    program = handmade_program()
    with speaking(ENGLISH, "lb"):
        pounds = written(program)
    assert pounds == written(program)


def test_a_referral_is_a_row_a_finding_and_holds_no_exercise() -> None:
    text = CsvFormat().referral(handmade_referral(), RenderOptions())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["severity"] for row in rows] == ["emergency", "refer", "plan_restricted"]
    assert all(row["action"] and row["document"] == "referral" for row in rows)
