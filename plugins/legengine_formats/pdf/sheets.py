"""What is printed, as plain data for the template: every text is ready to be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from legengine.domain.program import Prescription, Program, ProgramPhase, ProgramWeek, Session
from legengine.language import said, spoken_language, tr
from legengine_formats import card, document, sections, wording
from legengine_formats.blocks import Block, Bullets, Paragraph, Section, Table
from legengine_formats.dated import find_week
from legengine_formats.sets import work_sets

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.hooks import RenderOptions
    from legengine_formats.pdf.printed import PdfOptions

Data = dict[str, Any]


@dataclass(slots=True)
class Sheets:
    """The texts of the sheets, and the drawings that they show, by file name."""

    data: Data
    drawings: dict[str, str] = field(default_factory=dict)


def program_sheets(program: Program, options: RenderOptions, chosen: PdfOptions) -> Sheets:
    """The sheets of a cleaned program."""
    phases = _phases(program, options.week)
    items = [
        item
        for _, weeks in phases
        for week in weeks
        for session in week.sessions
        for item in session.prescriptions
    ]
    drawings = _drawings(items, options) if chosen.pictures else {}
    before: Iterable[Section] = document.before_training(program)
    after: Iterable[Section] = ()
    if chosen.cards_only or options.week is not None:
        # Each card sends its reader to the first page for the signs to stop at.
        before = (section for section in before if section.tone == "warning")
    else:
        after = (*sections.volume(program), *document.after_training(program))
    cards = [
        _card(number, phase, week, session, drawings)
        for phase, weeks in phases
        for number in (program.phases.index(phase) + 1,)
        for week in weeks
        for session in week.sessions
    ]
    data = {
        **_frame(document.title_of(program), document.lead_of(program)),
        "before": [_section(section) for section in before],
        "cards": cards,
        "shapes": _shapes(cards),
        "tests": [_section(card.test_card(phase)) for phase, _ in phases if phase.test_card],
        "how": [] if chosen.cards_only else list(_how(items, drawings)),
        "after": [_section(section) for section in after],
    }
    return Sheets(data, drawings)


def referral_sheets(referral: Referral) -> Sheets:
    """The sheet of a referral."""
    from legengine_formats.referral import referral_document

    page = referral_document(referral)
    data = _frame(page.title, page.lead)
    data["before"] = [_section(section) for section in page.sections]
    empty = dict.fromkeys(("cards", "shapes", "tests", "how", "after"), ())
    return Sheets({**data, **empty})


def _frame(title: str, lead: Sequence[Block]) -> Data:
    return {
        "language": spoken_language().code,
        "title": title,
        "lead": [_block(block) for block in lead],
        "words": {
            "pain": tr("Pain, 0 none to 10 worst"),
            "notes": tr("Notes"),
            "how": tr("How to do each exercise"),
            "stop": tr(
                "Stop with sharp pain, chest pain, dizziness or a fall: see the first page."
            ),
        },
    }


def _phases(program: Program, week: int | None) -> list[tuple[ProgramPhase, list[ProgramWeek]]]:
    if week is None:
        return [(phase, list(phase.weeks)) for phase in program.phases]
    _, phase, index = find_week(program, week)
    return [(phase, [phase.weeks[index]])]


# --- cards ---------------------------------------------------------------------------------


def _card(
    number: int,
    phase: ProgramPhase,
    week: ProgramWeek,
    session: Session,
    drawings: dict[str, str],
) -> Data:
    kinds = [tr("lighter week")] if week.kind == "deload" else []
    kinds += [tr("easy session")] if session.kind == "easy" else []
    kinds += [tr("provisional")] if phase.provisional else []
    place = tr(
        "{time}, {place}, about {minutes} min",
        time=wording.clock(session.start),
        place=session.place,
        minutes=session.minutes,
    )
    things = wording.equipment_of(session.prescriptions)
    return {
        "day": wording.day_text(session.start.date(), year=True),
        "where": place,
        "week": tr("Week {number}", number=week.number),
        "phase": tr("Phase {number}: {title}", number=number, title=said(phase.title)),
        "kinds": kinds,
        "things": tr("You need: {things}.", things=wording.listing(things)) if things else "",
        "parts": [
            {"name": part, "items": [_item(item, drawings) for item in items]}
            for part, items in wording.in_parts(session.prescriptions)
        ],
    }


def _shapes(cards: Sequence[Data]) -> list[Data]:
    """One card of each shape; each card is told the number of its own.

    Cards of one shape need the same room: the same exercises with as many lines and boxes.
    """
    found: dict[object, tuple[int, Data]] = {}
    for card_ in cards:
        shape = tuple(
            tuple(
                (item["name"], item["dose"], tuple(item["facts"]), item["note"], len(item["boxes"]))
                for item in part["items"]
            )
            for part in card_["parts"]
        )
        card_["shape"] = found.setdefault(shape, (len(found), card_))[0]
    return [card_ for _, card_ in found.values()]


def _item(item: Prescription, drawings: dict[str, str]) -> Data:
    rest = wording.rest_text(item)
    effort = wording.effort_text(item)
    facts = [
        wording.load_text(item),
        tr("effort {effort}", effort=effort) if effort else "",
        tr("rest {rest}", rest=rest) if rest else "",
    ]
    return {
        "name": said(item.name),
        "dose": wording.dose_text(item),
        "facts": [fact for fact in facts if fact],
        "note": wording.note_text(item),
        "picture": item.exercise if item.exercise in drawings else "",
        "boxes": list(_boxes(item)),
    }


def _boxes(item: Prescription) -> Iterator[Data]:
    """A row of boxes to tick: a box a set, a row a side where the legs differ."""
    for side, count in work_sets(item).items():
        yield {"side": wording.side_name(side) if item.sides else "", "count": count}


# --- exercises -----------------------------------------------------------------------------


def _drawings(items: Iterable[Prescription], options: RenderOptions) -> dict[str, str]:
    """The drawings of the exercises that have one, by exercise."""
    from legengine_formats.drawing import svg_of

    found = {}
    for item in sections.first_times(items):
        picture = options.picture(item.exercise)
        if picture is not None:
            found[item.exercise] = svg_of(picture, title=said(item.name))
    return found


def _how(items: Sequence[Prescription], drawings: dict[str, str]) -> Iterator[Data]:
    for item in sections.first_times(items):
        entry = sections.how_entry(item, sources=False)
        yield {
            "name": entry.term,
            "lines": list(entry.lines),
            "picture": item.exercise if item.exercise in drawings else "",
        }


# --- running text --------------------------------------------------------------------------


def _section(section: Section) -> Data:
    return {
        "title": section.title,
        "level": section.level,
        "tone": section.tone,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> Data:
    if isinstance(block, Paragraph):
        return {"kind": "text", "text": block.text, "tone": block.tone}
    if isinstance(block, Bullets):
        return {"kind": "list", "items": list(block.items)}
    if isinstance(block, Table) and not block.prefer_narrow:
        return _table(block)
    entries = block.narrow if isinstance(block, Table) else block
    return {
        "kind": "entries",
        "entries": [
            {
                "group": entry.group,
                "term": entry.term,
                "lines": [*([entry.aside] if entry.aside else []), *entry.lines],
            }
            for entry in entries.entries
        ],
    }


def _table(table: Table) -> Data:
    rows: list[Data] = []
    group = ""
    for row in table.rows:
        if row.group != group:
            group = row.group
            rows.append({"group": group})
        rows.append({"cells": list(row.cells), "note": row.note})
    return {
        "kind": "table",
        "heads": list(table.heads),
        "rows": rows,
        "right": sorted(table.right),
    }
