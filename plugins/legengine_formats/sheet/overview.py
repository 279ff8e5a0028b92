"""The first sheet: what the program is, when to stop, how to fill in, and the way to each week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from legengine.domain.program import Program, ProgramPhase, ProgramWeek
from legengine.language import said, tr
from legengine_formats import overview, sections, training, wording
from legengine_formats.blocks import Bullets, Document, Entries, Entry
from legengine_formats.sheet.page import Page
from legengine_formats.status import check_line
from legengine_formats.stopping import stop_signs

WIDTHS: Final = (26, 92)


def overview_sheet(
    page: Page,
    program: Program,
    title: str,
    weeks: Sequence[tuple[tuple[ProgramPhase, ProgramWeek], str]],
) -> None:
    """Write the sheet of a program."""
    _layout(page)
    page.title(title)
    if weeks:
        last = overview.last_day(weeks[-1][0][1])
        first = wording.day_text(weeks[0][0][1].start, year=True)
        until = wording.day_text(last, year=True)
        page.line(tr("{first} to {last}", first=first, last=until))
    line = check_line(program)
    page.text(0, line.text, "warning_line" if line.tone == "warning" else "quiet_line")
    page.skip(2)
    page.section(tr("Stop signs"), (Bullets(stop_signs(program)),))
    page.section(tr("How to fill in"), (Bullets(_how_to_fill()),))
    page.section(tr("Road map"), (_road_map(program),))
    _links(page, weeks)
    page.section(tr("How to read it"), sections.legend(program))
    page.sheet.print_area(0, 0, max(page.row - 1, 1), 1)


def referral_sheet(page: Page, document: Document) -> None:
    """Write the sheet of a referral."""
    _layout(page)
    page.title(document.title)
    page.skip()
    page.section("", document.lead)
    for section in document.sections:
        page.section(section.title, section.blocks)
    page.sheet.print_area(0, 0, max(page.row - 1, 1), 1)


def _layout(page: Page) -> None:
    page.columns(WIDTHS)
    page.sheet.fit_to_pages(1, 0)
    page.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.sheet.hide_gridlines(2)


def _how_to_fill() -> tuple[str, ...]:
    return (
        tr("Each week has a sheet. A row is a set: write what you did into the yellow cells."),
        tr("Done: repetitions, seconds, metres or minutes, as the dose counts them; 0: left out."),
        tr("Reps left: how many more you could still have done well."),
        tr("Pain: from 0, none, to 10, the worst there is."),
        tr("The last sheet counts the effective sets of each muscle, planned and done."),
    )


def _road_map(program: Program) -> Entries:
    """Each phase: when, how often, its focus, and everything that ends it."""
    entries = []
    for number, phase in enumerate(program.phases, start=1):
        lines = [training.week_numbers(phase), training.lengths_of(phase.weeks)]
        if phase.provisional:
            lines.append(tr("Provisional: it begins when the phase before is passed."))
        lines.append(wording.told(phase.summary))
        if phase.exit:
            lines.append(tr("Move on when:"))
            lines += [f"- {wording.told(text)}" for text in phase.exit]
        title = f"{number}. {said(phase.title)}"
        entries.append(Entry(title, tuple(line for line in lines if line)))
    return Entries(tuple(entries))


def _links(page: Page, weeks: Sequence[tuple[tuple[ProgramPhase, ProgramWeek], str]]) -> None:
    page.line(tr("Weeks"), "heading")
    for (phase, week), name in weeks:
        inside = name.replace("'", "''")
        page.sheet.write_url(
            page.row, 0, f"internal:'{inside}'!A1", page.styles["link"], string=name
        )
        parts = [
            wording.days_between(week.start, overview.last_day(week)),
            said(phase.title),
            overview.sessions_a_week([week]),
        ]
        if week.kind == "deload":
            parts.append(tr("lighter week"))
        page.text(1, ", ".join(parts), "cell")
        page.row += 1
    page.skip()
