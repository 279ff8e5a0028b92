"""The parts of a page beside training: the words of the other formats, sorted for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legengine.domain.program import Program
from legengine.language import said, tr
from legengine_formats import card, document, sections, tests, training, wording
from legengine_formats.blocks import Block, Bullets, Section


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of the page: sections that open on demand."""

    anchor: str
    title: str
    sections: tuple[Section, ...]
    record: tuple[Section, ...] = ()
    """Those of them that only a complete record needs: not printed."""


def stop_signs(program: Program) -> tuple[str, ...]:
    """The lines about stopping."""
    return tuple(
        line
        for block in document.stop_signs(program)
        if isinstance(block, Bullets)
        for line in block.items
    )


def mind_this(program: Program) -> tuple[Block, ...]:
    """What the screening noticed: it limits what is safe."""
    return sections.screening(program, sources=False) if program.screening else ()


def changed(program: Program) -> tuple[Section, ...]:
    """What changed since the program was made, the latest first, and what tests decided."""
    lines = tuple(
        tr(
            "From {date}: {changes}.",
            date=wording.day_text(revision.on, year=True),
            changes="; ".join(said(change) for change in revision.changes),
        )
        for revision in reversed(program.revisions)
    )
    found = [Section(tr("Changed since it was made"), (Bullets(lines),))] if lines else []
    return (*found, *card.decided(program))


def road_map(program: Program) -> tuple[Block, ...]:
    """Phase by phase, as entries."""
    return training.road_map(program) if program.phases else ()


def text_parts(program: Program, *, week: int | None) -> Iterator[TextPart]:
    """The parts that have something to say; for one week without what is about the program."""
    if week is None:
        yield from _part("tests", tr("Tests"), _tests(program))
    yield from _part("guide", tr("Guidance"), _guidance(program))
    record = _record(program, week)
    found = (*_about(program, week), *record)
    yield TextPart("about", tr("About this program"), found, record)


def _part(anchor: str, title: str, found: tuple[Section, ...]) -> Iterator[TextPart]:
    if found:
        yield TextPart(anchor, title, found)


def _record(program: Program, week: int | None) -> tuple[Section, ...]:
    return tuple(sections.record(program)) if week is None else ()


def _tests(program: Program) -> tuple[Section, ...]:
    cards = (card.test_card(phase) for phase in program.phases if phase.test_card and phase.weeks)
    return (*cards, *tests.sections(program, full=True), *sections.milestones(program))


def _guidance(program: Program) -> tuple[Section, ...]:
    return tuple(
        Section(said(block.title), sections.advice(block, sources=True))
        for block in program.guidance
        if "stop" not in block.title.lower()
    )


def _about(program: Program, week: int | None) -> tuple[Section, ...]:
    items = [
        item
        for phase in program.phases
        for shown in phase.weeks
        if week is None or shown.number == week
        for session in shown.sessions
        for item in session.prescriptions
    ]
    found = [Section(tr("How to read it"), sections.legend_of(items))]
    if week is None and program.placement:
        reasons = tuple(wording.reason_text(why, sources=True) for why in program.placement)
        found.append(Section(tr("Why you start here"), (Bullets(reasons),)))
    found.append(Section(tr("How this was made"), sections.provenance(program)))
    return tuple(found)
