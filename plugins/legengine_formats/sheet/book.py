"""The whole workbook: its sheets in order, what they share, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from legengine.domain.findings import Referral
from legengine.domain.program import Program
from legengine.hooks import RenderOptions
from legengine.language import tr
from legengine_formats.clean import clean_text
from legengine_formats.dated import weeks_of
from legengine_formats.referral import referral_document
from legengine_formats.sheet.format import SheetOptions
from legengine_formats.sheet.overview import overview_sheet, referral_sheet
from legengine_formats.sheet.page import LONGEST, Page
from legengine_formats.sheet.volume import volume_sheet
from legengine_formats.sheet.week import Filled, week_sheet

LONGEST_NAME: Final = 31
"""Letters in the name of a sheet, by the file format."""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")

PAPERS: Final[Mapping[str, int]] = {"a4": 9, "letter": 1}

COLOURS: Final = {"head": "#1F4E5F", "band": "#DCE9EE", "fill": "#FFF9E0", "line": "#B8C4CA"}

STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12, "font_color": COLOURS["head"]},
    "warning": {"text_wrap": True, "bold": True, "font_color": "#9C1C1C"},
    "quiet": {"text_wrap": True, "font_color": "#5A6670"},
    "warning_line": {"bold": True, "font_color": "#9C1C1C"},
    "line": {},
    "quiet_line": {"font_color": "#5A6670"},
    "head": {
        "bold": True,
        "text_wrap": True,
        "font_color": "#FFFFFF",
        "bg_color": COLOURS["head"],
        "border": 1,
        "border_color": COLOURS["line"],
    },
    "band": {"bold": True, "bg_color": COLOURS["band"], "top": 1, "bottom": 1},
    "part": {"italic": True, "font_color": COLOURS["head"]},
    "name": {"bold": True, "text_wrap": True, "border": 1, "border_color": COLOURS["line"]},
    "cell": {"text_wrap": True, "align": "left", "border": 1, "border_color": COLOURS["line"]},
    "light": {
        "text_wrap": True,
        "italic": True,
        "font_color": "#5A6670",
        "border": 1,
        "border_color": COLOURS["line"],
    },
    "fill": {
        "text_wrap": True,
        "bg_color": COLOURS["fill"],
        "border": 1,
        "border_color": COLOURS["line"],
    },
    "credit": {"num_format": "0.###", "font_color": "#5A6670"},
    "sum": {"num_format": "0.0##", "border": 1, "border_color": COLOURS["line"]},
    "share": {"num_format": "0 %", "border": 1, "border_color": COLOURS["line"]},
    "link": {"font_color": "#1F4E9F", "underline": 1, "border": 1, "border_color": COLOURS["line"]},
}
"""Everything is set at the top of its cell; colours print well in grey."""


def program_book(program: Program, options: RenderOptions, own: SheetOptions) -> bytes:
    """The workbook of a cleaned program.

    Raises:
        InputError: the week that is asked for isn't there.
    """
    weeks = list(weeks_of(program, options.week))
    title = program.title or tr("Training program for your legs")
    with _book(title, program.provenance.screened_on) as (book, page):
        names = sheet_names([tr("Overview"), *_week_names(week.number for _, week in weeks)])
        overview = page(names[0], own)
        pages = [page(name, own) for name in names[1:]]
        overview_sheet(overview, program, title, list(zip(weeks, names[1:], strict=True)))
        filled: list[Filled] = [
            week_sheet(sheet, program, phase, week, options)
            for sheet, (phase, week) in zip(pages, weeks, strict=True)
        ]
        if any(week.volume for _, week in weeks):
            (name,) = sheet_names([tr("Volume")], taken=names)
            volume_sheet(page(name, own), [week for _, week in weeks], filled)
    return book.getvalue()


def referral_book(referral: Referral, own: SheetOptions) -> bytes:
    """The workbook of a referral: one sheet."""
    document = referral_document(referral)
    day = dt.date.fromisoformat(clean_text(referral.screened_on))
    with _book(document.title, day) as (book, page):
        (name,) = sheet_names([tr("Read this first")])
        referral_sheet(page(name, own), document)
    return book.getvalue()


def _week_names(numbers: Iterable[int]) -> list[str]:
    return [tr("Week {n}", n=number) for number in numbers]


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names that a workbook may have: short, without its special signs, each once."""
    known = {name.lower() for name in taken} | {"history"}
    found: list[str] = []
    for name in wanted:
        plain = _FORBIDDEN.sub(" ", name).strip(" '")[:LONGEST_NAME] or "-"
        unique, number = plain, 1
        while unique.lower() in known:
            number += 1
            tail = f" {number}"
            unique = plain[: LONGEST_NAME - len(tail)] + tail
        known.add(unique.lower())
        found.append(unique)
    return found


@contextmanager
def _book(title: str, day: dt.date) -> Iterator[tuple[io.BytesIO, Any]]:
    """A workbook in memory, closed at the end, and what makes its pages.

    No text is ever taken for a formula, a number or a link.
    """
    content = io.BytesIO()
    safe = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(content, {"in_memory": True, **safe})
    book.set_properties(
        {
            "title": title[: min(255, LONGEST)],
            "author": "legengine",
            "created": dt.datetime.combine(day, dt.time()),
        }
    )
    styles = {
        name: book.add_format({"valign": "top", **dict(style)}) for name, style in STYLES.items()
    }

    def page(name: str, own: SheetOptions) -> Page:
        sheet = book.add_worksheet(name)
        sheet.set_paper(PAPERS[own.paper])
        return Page(sheet, name, styles)

    yield content, page
    book.close()
