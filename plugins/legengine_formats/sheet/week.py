"""The sheet of a week: its sessions as blocks, a row a set, with columns to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from legengine.domain.program import Prescription, Program, ProgramPhase, ProgramWeek, Session
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS
from legengine.hooks import RenderOptions
from legengine.language import mass, said, spoken_unit, tr
from legengine_formats import rest_days, wording
from legengine_formats.sets import OneSet, sets_of
from legengine_formats.sheet.page import Page

NAME, SET, DOSE, LOAD, EFFORT, REST, TEMPO, NOTE = range(8)
DONE, DONE_LOAD, DONE_RIR, PAIN, REMARK = range(8, 13)
CREDIT: Final = 13
"""First of the hidden columns: what a set gives each muscle group."""

WIDTHS: Final = (30, 9, 17, 10, 25, 8, 8, 34, 8, 10, 8, 8, 24)

HEADS: Final = 2
"""Rows above the first session: the title and the heads of the columns."""


@dataclass(frozen=True, slots=True)
class Filled:
    """Where the sheet of a week holds what is filled in and what it counts for."""

    sheet: str
    first: int
    last: int
    """Rows, from 0, both included."""
    columns: Mapping[str, int]
    """Muscle group to the column with what each set gives it."""
    planned: Mapping[str, float]
    """Muscle group to effective sets, as the rows of this sheet come to."""
    known: bool
    """Whether of every exercise that strengthens is known what a set of it gives."""


def week_sheet(
    page: Page, program: Program, phase: ProgramPhase, week: ProgramWeek, options: RenderOptions
) -> Filled:
    """Write the sheet."""
    groups = [line.group for line in week.volume]
    columns = {group: CREDIT + index for index, group in enumerate(groups)}
    _layout(page, phase, week)
    _heads(page, columns)
    planned = dict.fromkeys(groups, 0.0)
    first = page.row
    breaks = []
    for number, session in enumerate(week.sessions, start=1):
        if number > 1:
            breaks.append(page.row)
        _session(page, number, session, len(program.profile.places) > 1)
        for item in session.prescriptions:
            _exercise(page, item, options, columns, planned)
        page.skip()
    last = max(first, page.row - 2)
    _validated(page, first, last)
    if week.rest_days:
        _rest_days(page, week)
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.print_area(0, 0, max(page.row - 1, HEADS), REMARK)
    known = all(
        options.credit(item)
        for session in week.sessions
        for item in session.prescriptions
        if item.block in STRENGTHENING_BLOCKS
    )
    return Filled(page.name, first, last, columns, planned, known)


def _layout(page: Page, phase: ProgramPhase, week: ProgramWeek) -> None:
    sheet = page.sheet
    page.columns(WIDTHS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.repeat_rows(0, HEADS - 1)
    sheet.freeze_panes(HEADS, 1)
    parts = [tr("Week {n}", n=week.number), said(phase.title)]
    if week.kind == "deload":
        parts.append(tr("lighter week"))
    if phase.provisional:
        parts.append(tr("provisional"))
    page.title(", ".join(parts))


def _heads(page: Page, columns: Mapping[str, int]) -> None:
    heads = (
        tr("Exercise"),
        tr("Set"),
        tr("Dose"),
        tr("Load"),
        tr("Effort"),
        tr("Rest"),
        tr("Tempo"),
        tr("Notes"),
        tr("Done"),
        tr("Load done ({unit})", unit=spoken_unit()),
        tr("Reps left"),
        tr("Pain 0-10"),
        tr("Your notes"),
    )
    for column, head in enumerate(heads):
        page.text(column, head, "head")
    if columns:
        first, last = min(columns.values()), max(columns.values())
        page.sheet.set_column(first, last, 8, None, {"level": 1, "hidden": True})
        page.sheet.set_column(last + 1, last + 1, None, None, {"collapsed": True})
        for group, column in columns.items():
            page.text(column, wording.spoken(group), "head")
    page.row += 1


def _session(page: Page, number: int, session: Session, places: bool) -> None:
    """The band above a session: its number, when, where, how long."""
    day = wording.day_text(session.start.date(), year=True)
    parts = [
        tr("Session {n} (easy)", n=number)
        if session.kind == "easy"
        else tr("Session {n}", n=number),
        tr("{day} at {time}", day=day, time=wording.clock(session.start)),
        wording.minutes_text(session.minutes),
    ]
    if places:
        parts.append(session.place)
    for column in range(REMARK + 1):
        page.text(column, ", ".join(parts) if column == 0 else "", "band")
    page.row += 1


def _exercise(
    page: Page,
    item: Prescription,
    options: RenderOptions,
    columns: Mapping[str, int],
    planned: dict[str, float],
) -> None:
    """A row a set; what holds for all of them stands in the first."""
    credit = options.credit(item)
    for index, one in enumerate(sets_of(item)):
        style = "light" if one.kind == "warm_up" else "cell"
        first = index == 0
        page.text(NAME, said(item.name) if first else "", "name" if first else "cell")
        page.text(SET, _set_text(one), style)
        _dose(page, one, style)
        page.text(LOAD, "" if one.load_kg is None else mass(one.load_kg), style)
        page.text(EFFORT, wording.effort_text(item) if first else "", "cell")
        page.text(REST, wording.rest_text(item) if first else "", "cell")
        page.text(TEMPO, item.tempo if first else "", "cell")
        page.text(NOTE, _note(item) if first else "", "cell")
        for column in (DONE, DONE_LOAD, DONE_RIR, PAIN, REMARK):
            page.text(column, "", "fill")
        share = share_of(item, one)
        for group, column in columns.items():
            sets = share * credit.get(group, 0) / 8
            if sets:
                page.number(column, sets, "credit")
                planned[group] += sets
        page.row += 1


def share_of(item: Prescription, one: OneSet) -> float:
    """How much of a set a row is: a half where a set has a row for each leg.

    What the weak leg does more counts for nothing, as in the volume of the program.
    """
    if one.kind == "warm_up" or one.number > item.sets:
        return 0
    if item.dose_kind == "duration" and item.minutes is not None:
        return item.sets
    return 0.5 if item.sides else 1


def _set_text(one: OneSet) -> str:
    if one.kind == "warm_up":
        return tr("lighter {n}", n=one.number)
    if one.side in ("left", "right"):
        return f"{one.number} {wording.side_name(one.side)}"
    return str(one.number)


def _dose(page: Page, one: OneSet, style: str) -> None:
    """A number where it counts repetitions alone; else a text with its unit."""
    if one.reps and not one.hold_s and one.side in ("both", "left", "right"):
        page.number(DOSE, one.reps, style)
        return
    page.text(DOSE, _dose_text(one), style)


def _dose_text(one: OneSet) -> str:
    parts = [
        str(one.reps) if one.reps else "",
        wording.duration(one.hold_s) if one.hold_s else "",
        tr("{n} m", n=one.metres) if one.metres else "",
        tr("{n} min", n=one.minutes) if one.minutes else "",
    ]
    said_parts = ", ".join(part for part in parts if part)
    if not said_parts or one.minutes:
        return said_parts
    if one.side == "each":
        return tr("{dose} each side", dose=said_parts)
    return tr("{dose} in all", dose=said_parts) if one.side == "alternating" else said_parts


def _note(item: Prescription) -> str:
    """What belongs to the dose beside its numbers: how to find the load, range, tempo aside."""
    notes = [
        wording.range_note(item),
        said(item.load_text),
        wording.percent_text(item),
        wording.range_text(item),
    ]
    return "; ".join(note for note in notes if note)


def _validated(page: Page, first: int, last: int) -> None:
    """What may be filled in; an empty cell always may."""

    def rule(least: float, most: float, kind: str, title: str, message: str) -> dict[str, Any]:
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "ignore_blank": True,
            "error_title": title[:32],
            "error_message": message[:255],
        }

    wrong = tr("Not a possible value")
    done = rule(0, 10_000, "decimal", wrong, tr("What you did of the dose: a number from 0."))
    load = rule(0, 1_000, "decimal", wrong, tr("The load as a number, without its unit."))
    left = rule(0, 20, "decimal", wrong, tr("Repetitions that you could still have done: 0 to 20."))
    pain = rule(0, 10, "integer", wrong, tr("Pain from 0, none, to 10, the worst there is."))
    for column, what in ((DONE, done), (DONE_LOAD, load), (DONE_RIR, left), (PAIN, pain)):
        page.sheet.data_validation(first, column, last, column, what)


def _rest_days(page: Page, week: ProgramWeek) -> None:
    """Below the sessions, on the last printed page."""
    page.text(0, tr("Optional on days without a session"), "heading")
    page.row += 1
    for day in week.rest_days:
        page.text(0, wording.day_text(day.date))
        page.text(1, "; ".join(rest_days.item_text(item) for item in day.items), "quiet_line")
        page.row += 1
