"""What the tests say: results against the norms, tests to do, the outcome table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.domain.program import HomeTest, Outcome, Program, Reading
from legengine.language import marked, said, tr
from legengine_formats import wording
from legengine_formats.blocks import Block, Entries, Entry, Paragraph, Row, Section, Table

VERDICTS: Final = {
    "below": marked("below usual"),
    "usual": marked("usual"),
    "above": marked("above usual"),
    "unrated": "",
}


def sections(program: Program, *, full: bool) -> Iterator[Section]:
    """The sections of a program; on a short page without norms and outcomes."""
    tests = program.assessments
    if tests.readings:
        entries = tuple(_reading(reading, full=full) for reading in tests.readings)
        yield Section(tr("Your tests"), (Entries(entries, tight=not full),))
    if tests.missing:
        entries = tuple(_missing(test, full=full) for test in tests.missing)
        yield Section(tr("Tests that would help"), (Entries(entries, tight=not full),))
    if full and tests.outcomes:
        yield Section(tr("What to measure again"), tuple(_outcomes(program)))


def result(reading: Reading) -> str:
    """The result with its unit: ``left 27, right 6 raises``."""
    if reading.value is not None:
        return f"{wording.number(reading.value)} {said(reading.unit)}"
    left, right = (wording.number(side or 0) for side in (reading.left, reading.right))
    unit = said(reading.unit)
    return tr("left {left}, right {right} {unit}", left=left, right=right, unit=unit)


def _reading(reading: Reading, *, full: bool) -> Entry:
    verdict = VERDICTS[reading.verdict]
    first = f"{result(reading)}: {tr(verdict)}" if verdict else result(reading)
    if not full:
        return Entry(said(reading.name), ("; ".join((first, *map(said, reading.says))),))
    lines = [first, *map(wording.told, reading.says)]
    if reading.norm:
        lines.append(wording.sentence(tr("Norm: {norm}", norm=said(reading.norm))))
    lines.append(tr("Sources: {keys}", keys=wording.keys_text(reading.sources)))
    return Entry(said(reading.name), tuple(lines))


def _missing(test: HomeTest, *, full: bool) -> Entry:
    lines = [wording.told(test.why), *map(said, test.how)]
    if test.equipment and full:
        lines.append(tr("With: {things}.", things=wording.listing(map(said, test.equipment))))
    return Entry(said(test.name), tuple(lines))


def _outcomes(program: Program) -> Iterator[Block]:
    tests = program.assessments
    dates = [wording.day_text(day, year=True) for day in tests.review_dates]
    yield Paragraph(
        tr("Measure on the first day and then at each date, in the same way, and write it down.")
    )
    heads = (tr("Test"), tr("Change that counts"), *dates)
    rows = tuple(
        Row((*_head(row), _start(row), *([""] * (len(dates) - 1)))) for row in tests.outcomes
    )
    entries = tuple(
        Entry(
            said(row.name),
            (
                tr(
                    "start: {start}; counts: {change}",
                    start=_start(row) or tr("to be measured"),
                    change=said(row.counts),
                ),
            ),
        )
        for row in tests.outcomes
    )
    yield Table(heads, rows, Entries(entries, tight=True))
    keys = dict.fromkeys(key for row in tests.outcomes for key in row.sources)
    lines = [tr("Dates: {dates}.", dates=wording.listing(dates))]
    if tests.questionnaires:
        names = wording.listing(tests.questionnaires)
        lines.append(tr("Questionnaires that may be added: {names}.", names=names))
    lines.append(tr("Sources: {keys}", keys=wording.keys_text(tuple(keys))))
    yield Paragraph(" ".join(lines))


def _head(row: Outcome) -> tuple[str, str]:
    return f"{said(row.name)} ({said(row.unit)})", said(row.counts)


def _start(row: Outcome) -> str:
    return "" if row.start is None else wording.number(row.start)
