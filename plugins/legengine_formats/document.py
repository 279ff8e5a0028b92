"""A program as a document: which sections it has, in which order, and what each says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.domain.program import Guidance, Program
from legengine.domain.vocabulary import Goal
from legengine.language import marked, said, tr, trn
from legengine_formats import card, sections, tests, training, wording
from legengine_formats.blocks import Block, Bullets, Document, Paragraph, Section
from legengine_formats.dated import find_week
from legengine_formats.status import check_line, proof_lines

STOP_SIGNS: Final = (
    marked(
        "Stop at once and sit down: chest pain or pressure, severe breathlessness, faintness or"
        " fall."
    ),
    marked("Also for cold sweat, irregular heartbeat, severe headache or severe joint pain."),
    marked("Also for sudden weakness, numbness, or trouble with face, speech or sight."),
    marked(
        "Call the emergency number at once with chest pain or pressure, or with sudden weakness,"
        " numbness or such trouble; with the others, if it isn't gone within a few minutes."
    ),
)
"""Said where a program's own guidance holds no block about stopping."""

GOALS: Final[dict[Goal, str]] = {
    "function": marked("everyday function"),
    "strength": marked("strength"),
    "hypertrophy": marked("more muscle"),
    "power": marked("power"),
    "endurance": marked("endurance"),
}

DISCLAIMER: Final = marked("legengine gives exercise programs. It does not diagnose or treat.")


def program_document(program: Program, *, week: int | None = None, full: bool = False) -> Document:
    """The document of a cleaned program; ``full`` adds what only a complete record needs."""
    if week is not None:
        return _one_week(program, week)
    parts = list(before_training(program, full=full))
    for number, phase in enumerate(program.phases, start=1):
        parts += training.phase_sections(number, phase, places=len(program.profile.places) > 1)
    parts += sections.volume(program)
    parts.append(Section(tr("How to do each exercise"), sections.how_to(program, sources=full)))
    parts += after_training(program, full=full)
    return Document(title_of(program), lead_of(program), tuple(parts))


def before_training(program: Program, *, full: bool = False) -> Iterator[Section]:
    """What stands before the sessions: when to stop, what to mind, the road map."""
    yield Section(tr("Stop signs"), stop_signs(program), tone="warning")
    yield from _noticed(program, full=full)
    yield from _revised(program)
    yield from card.decided(program)
    yield Section(tr("Road map"), training.road_map(program))
    yield Section(tr("How to read it"), sections.legend(program))


def after_training(program: Program, *, full: bool = False) -> Iterator[Section]:
    """What stands after them: tests, guidance, where it starts, how it was made."""
    yield from sections.milestones(program)
    for block in _advice(program):
        yield Section(said(block.title), sections.advice(block, sources=full))
    yield from tests.sections(program, full=full)
    if program.placement:
        reasons = tuple(wording.reason_text(why, sources=full) for why in program.placement)
        yield Section(tr("Why you start here"), (Bullets(reasons),))
    yield Section(tr("How this was made"), sections.provenance(program))
    if full:
        yield from sections.record(program)


def _noticed(program: Program, *, full: bool) -> list[Section]:
    """What the screening noticed: it limits what is safe, so it stands early."""
    if not program.screening:
        return []
    return [Section(tr("Mind this"), sections.screening(program, sources=full), tone="warning")]


def _revised(program: Program) -> list[Section]:
    """What changed since the program was made, the latest first."""
    lines = [
        tr(
            "From {date}: {changes}.",
            date=wording.day_text(revision.on, year=True),
            changes="; ".join(map(said, revision.changes)),
        )
        for revision in reversed(program.revisions)
    ]
    return [Section(tr("Changed since it was made"), (Bullets(tuple(lines)),))] if lines else []


def title_of(program: Program) -> str:
    """The title, or what stands in its place."""
    return program.title or tr("Training program for your legs")


def lead_of(program: Program) -> tuple[Block, ...]:
    """What has to be known first: dates, goal, what was checked and proven."""
    last = max(
        (session.start.date() for phase in program.phases for week in phase.weeks
         for session in week.sessions),
        default=program.start,
    )  # fmt: skip
    weeks = [week for phase in program.phases for week in phase.weeks]
    lengths = training.lengths_of(weeks)
    what = tr(
        "{weeks} of leg training in {phases}, {sessions}. Goal: {goal}.",
        weeks=trn(program.weeks, "{count} week", "{count} weeks"),
        phases=trn(len(program.phases), "{count} phase", "{count} phases"),
        sessions=lengths,
        goal=tr(GOALS[program.profile.goal]),
    )
    first_day, last_day = (wording.day_text(day, year=True) for day in (program.start, last))
    return (
        Paragraph(tr("{first} to {last}", first=first_day, last=last_day)),
        Paragraph(what),
        check_line(program),
        *proof_lines(program),
        Paragraph(tr(DISCLAIMER), "quiet"),
    )


def stop_signs(program: Program) -> tuple[Block, ...]:
    """When to stop, in the words of the program's own guidance where it says it."""
    lines = tuple(
        said(line.text) for block in program.guidance if _stops(block) for line in block.lines
    )
    return (Bullets(lines or tuple(map(tr, STOP_SIGNS))),)


def _advice(program: Program) -> Iterator[Guidance]:
    return (block for block in program.guidance if not _stops(block))


def _stops(block: Guidance) -> bool:
    return "stop" in block.title.lower()


def _one_week(program: Program, number: int) -> Document:
    place, phase, index = find_week(program, number)
    week = phase.weeks[index]
    title = tr(
        "Week {week} of {weeks}: phase {number}, {title}",
        week=number,
        weeks=program.weeks,
        number=place,
        title=said(phase.title),
    )
    title = tr("{title} (provisional)", title=title) if phase.provisional else title
    items = [item for session in week.sessions for item in session.prescriptions]
    parts = (
        Section(tr("Stop signs"), stop_signs(program), tone="warning"),
        *_noticed(program, full=False),
        Section(title, training.week_intro(phase, week)),
        *training.session_sections(week),
        Section(tr("How to read it"), sections.legend_of(items)),
        Section(tr("How to do each exercise"), sections.how_to_of(items, sources=False)),
    )
    lead = (check_line(program), Paragraph(tr(DISCLAIMER), "quiet"))
    return Document(title_of(program), lead, parts)
