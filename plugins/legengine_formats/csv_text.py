"""The rows of a table of sets, and how they are written so that no cell is ever a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from legengine.domain.findings import SEVERITIES, Referral
from legengine.domain.program import Prescription, Program
from legengine.language import said
from legengine_formats import wording
from legengine_formats.clean import clean_text
from legengine_formats.csv_format import CsvOptions
from legengine_formats.dated import Dated, sessions_of
from legengine_formats.sets import OneSet, sets_of

Cell = str | int | float | None

COLUMNS: Final = (
    "program",
    "phase",
    "week",
    "week_kind",
    "date",
    "start",
    "place",
    "session",
    "session_kind",
    "order",
    "part",
    "exercise",
    "name",
    "set_kind",
    "set",
    "side",
    "reps",
    "reps_low",
    "reps_high",
    "seconds",
    "metres",
    "minutes",
    "load_kg",
    "percent_1rm",
    "rpe_low",
    "rpe_high",
    "rir_low",
    "rir_high",
    "rest_s",
    "tempo",
    "load_note",
    "note",
)
"""Never translated; new columns are added at the end."""

FINDING_COLUMNS: Final = (
    "document",
    "screened_on",
    "severity",
    "rule",
    "noticed",
    "why",
    "action",
    "sources",
)

DELIMITERS: Final = {"comma": ",", "semicolon": ";"}

_RISKY: Final = re.compile("(^|[;,|])( *)(?='*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r])")
"""The beginning of a cell, here or where another delimiter is expected, before what a spreadsheet
may take for a formula; the full-width signs too, since some turn them into the others."""

_DEFUSED: Final = re.compile("(^|[;,|])( *)'(?='*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r])")


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before its sign.

    ``fused`` takes it away again; any other text stays as it is.
    """
    return _RISKY.sub(r"\1\2'", text)


def fused(text: str) -> str:
    """What a defused text was before."""
    return _DEFUSED.sub(r"\1\2", text)


def rows_of(program: Program, week: int | None = None) -> Iterator[Mapping[str, Cell]]:
    """One row a set, in order of time.

    Raises:
        InputError: the week isn't there.
    """
    for dated in sessions_of(program, week):
        for order, item in enumerate(dated.session.prescriptions, start=1):
            common = _session_cells(program, dated) | _item_cells(item) | {"order": order}
            for one in sets_of(item):
                yield common | _set_cells(item, one)


def _session_cells(program: Program, dated: Dated) -> dict[str, Cell]:
    start = dated.session.start
    return {
        "program": program.title,
        "phase": dated.phase.id,
        "week": dated.week.number,
        "week_kind": dated.week.kind,
        "date": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "place": dated.session.place,
        "session": dated.number,
        "session_kind": dated.session.kind,
    }


def _item_cells(item: Prescription) -> dict[str, Cell]:
    rpe_low, rpe_high = item.rpe or (None, None)
    rir_low, rir_high = item.rir or (None, None)
    return {
        "part": item.block,
        "exercise": item.exercise,
        "name": said(item.name),
        "percent_1rm": item.percent_1rm,
        "rpe_low": rpe_low,
        "rpe_high": rpe_high,
        "rir_low": rir_low,
        "rir_high": rir_high,
        "rest_s": item.rest_s,
        "tempo": item.tempo,
        "load_note": said(item.load_text),
        "note": wording.note_text(item),
    }


def _set_cells(item: Prescription, one: OneSet) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"set_kind": one.kind, "set": one.number, "side": one.side}
    if one.kind == "warm_up":
        lighter = ("percent_1rm", "rpe_low", "rpe_high", "rir_low", "rir_high")
        return cells | dict.fromkeys(lighter)
    low, high = item.reps_range or (None, None)
    return cells | {
        "reps": one.reps,
        "reps_low": low,
        "reps_high": high,
        "seconds": one.hold_s,
        "metres": one.metres,
        "minutes": one.minutes,
        "load_kg": one.load_kg,
    }


def rows_of_referral(referral: Referral) -> Iterator[Mapping[str, Cell]]:
    """One row a finding, the gravest first."""
    findings = sorted(referral.findings, key=lambda item: SEVERITIES.index(item.severity))
    for item in findings:
        yield {
            "document": "referral" if referral.refuses else "screening",
            "screened_on": clean_text(referral.screened_on),
            "severity": item.severity,
            "rule": clean_text(item.rule),
            "noticed": said(clean_text(item.noticed)),
            "why": said(clean_text(item.why)),
            "action": said(clean_text(item.action)),
            "sources": clean_text(" ".join(item.sources)),
        }


def csv_text(
    columns: Sequence[str], rows: Iterable[Mapping[str, Cell]], options: CsvOptions
) -> str:
    """The table with a header, CRLF at the end of every row."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=DELIMITERS[options.delimiter], lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column), options) for column in columns])
    return ("\ufeff" if options.bom else "") + page.getvalue()


def _cell(value: Cell, options: CsvOptions) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text.replace(".", ",") if options.decimal == "comma" else text
