"""What the tests say: results against the norms, tests to do, the outcome table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.domain.program import HomeTest, Outcome, Program, Reading
from legengine_formats import wording
from legengine_formats.blocks import Block, Entries, Entry, Paragraph, Row, Section, Table

VERDICTS: Final = {
    "below": "below usual",
    "usual": "usual",
    "above": "above usual",
    "unrated": "",
}


def sections(program: Program, *, full: bool) -> Iterator[Section]:
    """The sections of a program; on a short page without norms and outcomes."""
    tests = program.assessments
    if tests.readings:
        entries = tuple(_reading(reading, full=full) for reading in tests.readings)
        yield Section("Your tests", (Entries(entries, tight=not full),))
    if tests.missing:
        entries = tuple(_missing(test, full=full) for test in tests.missing)
        yield Section("Tests that would help", (Entries(entries, tight=not full),))
    if full and tests.outcomes:
        yield Section("What to measure again", tuple(_outcomes(program)))


def result(reading: Reading) -> str:
    """The result with its unit: ``left 27, right 6 raises``."""
    if reading.value is not None:
        return f"{wording.number(reading.value)} {reading.unit}"
    left, right = (wording.number(side or 0) for side in (reading.left, reading.right))
    return f"left {left}, right {right} {reading.unit}"


def _reading(reading: Reading, *, full: bool) -> Entry:
    said = VERDICTS[reading.verdict]
    first = f"{result(reading)}{': ' if said else ''}{said}"
    lines = [first, *map(wording.sentence, reading.says)]
    if not full:
        return Entry(reading.name, ("; ".join((first, *reading.says)),))
    if reading.norm:
        lines.append(wording.sentence(f"norm: {reading.norm}"))
    lines.append(f"Sources: {wording.keys_text(reading.sources)}")
    return Entry(reading.name, tuple(lines))


def _missing(test: HomeTest, *, full: bool) -> Entry:
    lines = [wording.sentence(test.why), *test.how]
    if test.equipment and full:
        lines.append(f"With: {wording.listing(test.equipment)}.")
    return Entry(test.name, tuple(lines))


def _outcomes(program: Program) -> Iterator[Block]:
    tests = program.assessments
    dates = [wording.day_text(day, year=True) for day in tests.review_dates]
    yield Paragraph(
        "Measure on the first day and then at each date, in the same way, and write it down."
    )
    heads = ("Test", "Change that counts", *dates)
    rows = tuple(
        Row((*_head(row), _start(row), *([""] * (len(dates) - 1)))) for row in tests.outcomes
    )
    entries = tuple(
        Entry(
            row.name,
            (f"start: {_start(row) or 'to be measured'}; counts: {row.counts}",),
        )
        for row in tests.outcomes
    )
    yield Table(heads, rows, Entries(entries, tight=True))
    keys = dict.fromkeys(key for row in tests.outcomes for key in row.sources)
    names = f" Questionnaires that may be added: {wording.listing(tests.questionnaires)}."
    added = names if tests.questionnaires else ""
    yield Paragraph(
        f"Dates: {wording.listing(dates)}.{added} Sources: {wording.keys_text(tuple(keys))}"
    )


def _head(row: Outcome) -> tuple[str, str]:
    return f"{row.name} ({row.unit})", row.counts


def _start(row: Outcome) -> str:
    return "" if row.start is None else wording.number(row.start)
