"""The last sheet: effective sets of each muscle, week by week, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from legengine.domain.program import ProgramWeek
from legengine.language import tr
from legengine_formats import wording
from legengine_formats.sheet.page import Page, reference
from legengine_formats.sheet.week import DONE, Filled

SAME: Final = 1e-9
"""Effective sets are eighths: what differs by less is the same."""


def volume_sheet(page: Page, weeks: Sequence[ProgramWeek], filled: Sequence[Filled]) -> None:
    """Write the sheet: what is planned, what is done, and the aims."""
    groups = list(dict.fromkeys(line.group for week in weeks for line in week.volume))
    page.columns((24, *(10 for _ in weeks)))
    page.sheet.set_landscape()
    page.sheet.fit_to_pages(1, 0)
    page.sheet.freeze_panes(1, 1)
    page.title(tr("Effective sets a muscle a week"))
    if all(sheet.known for sheet in filled):
        _block(page, tr("Planned"), groups, weeks, filled, done=False)
        _block(page, tr("Done"), groups, weeks, filled, done=True)
    else:
        _numbers(page, groups, weeks)
    _aims(page, groups, weeks)
    for text in (
        tr("A set counts in full for a muscle that does the work and by half for one that helps."),
        tr("A set that ends far from the limit, or that is held, counts half of that."),
    ):
        page.text(0, text, "quiet_line")
        page.row += 1
    page.sheet.print_area(0, 0, page.row - 1, max(1, len(weeks)))


def _head(page: Page, title: str, weeks: Sequence[ProgramWeek]) -> None:
    page.text(0, title, "head")
    for column, week in enumerate(weeks, start=1):
        page.text(column, tr("Week {n}", n=week.number), "head")
    page.row += 1


def _volume_of(week: ProgramWeek, group: str) -> float | None:
    return next((line.sets for line in week.volume if line.group == group), None)


def _block(
    page: Page,
    title: str,
    groups: Sequence[str],
    weeks: Sequence[ProgramWeek],
    filled: Sequence[Filled],
    *,
    done: bool,
) -> None:
    _head(page, title, weeks)
    for group in groups:
        page.text(0, wording.spoken(group), "name")
        for column, (week, sheet) in enumerate(zip(weeks, filled, strict=True), start=1):
            planned = _volume_of(week, group)
            if planned is None:
                page.text(column, "", "cell")
            elif done:
                page.formula(column, _done(sheet, group), 0)
            else:
                page.formula(column, _planned(sheet, group, planned), planned)
        page.row += 1
    page.skip()


def _span(sheet: Filled, column: int) -> str:
    first = xl_rowcol_to_cell(sheet.first, column, row_abs=True, col_abs=True)
    last = xl_rowcol_to_cell(sheet.last, column, row_abs=True, col_abs=True)
    return reference(sheet.sheet, first, last)


def _planned(sheet: Filled, group: str, planned: float) -> str:
    """The sum of what the sets give; sessions before the first of this file come on top."""
    total = f"=SUM({_span(sheet, sheet.columns[group])})"
    before = planned - sheet.planned[group]
    return total if abs(before) < SAME else f"{total}+({before:.3f})"


def _done(sheet: Filled, group: str) -> str:
    """The same of the sets that were done: more than 0 is written beside them."""
    done, credit = _span(sheet, DONE), _span(sheet, sheet.columns[group])
    return f'=SUMIF({done},">0",{credit})'


def _numbers(page: Page, groups: Sequence[str], weeks: Sequence[ProgramWeek]) -> None:
    """What is planned as numbers, where nobody says what a set gives."""
    _head(page, tr("Planned"), weeks)
    for group in groups:
        page.text(0, wording.spoken(group), "name")
        for column, week in enumerate(weeks, start=1):
            planned = _volume_of(week, group)
            if planned is None:
                page.text(column, "", "cell")
            else:
                page.number(column, planned, "sum")
        page.row += 1
    page.text(
        0, tr("What is done isn't counted: the exercises' muscles aren't known."), "quiet_line"
    )
    page.skip(2)


def _aims(page: Page, groups: Sequence[str], weeks: Sequence[ProgramWeek]) -> None:
    _head(page, tr("Aim"), weeks)
    for group in groups:
        page.text(0, wording.spoken(group), "name")
        for column, week in enumerate(weeks, start=1):
            line = next((line for line in week.volume if line.group == group), None)
            page.text(column, "" if line is None else wording.span(*line.aim), "cell")
        page.row += 1
    page.skip()
