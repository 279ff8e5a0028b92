"""The test card at the end of a phase: what to show, how, and room for the result."""

from __future__ import annotations

from typing import Final

from legengine.domain.program import CardItem, Program, ProgramPhase
from legengine_formats import wording
from legengine_formats.blocks import Block, Bullets, Entries, Entry, Paragraph, Row, Section, Table

BLANK: Final = "____"
TWO_SIDED: Final = frozenset(
    {"tests.heel_raise", "tests.single_leg_stance_s", "tests.leg_press_1rm_kg"}
)


def test_card(phase: ProgramPhase) -> Section:
    """The card as a section of its phase."""
    last = phase.weeks[-1].number
    blocks: list[Block] = [
        Paragraph(
            "Test in this week, rested, and write down what you find. What isn't shown counts as"
            " not reached; 'legengine advance' decides by it what follows."
        )
    ]
    rows, entries = [], []
    for item in phase.test_card:
        group = _group(item)
        what, blank = _what(item), _blank(item)
        how = wording.sentence(item.how) if item.how else ""
        rows.append(Row((wording.sentence(item.text).rstrip("."), what, blank), group, how))
        lines = tuple(filter(None, (f"To reach: {what}" if what else "", how)))
        entries.append(Entry(wording.sentence(item.text).rstrip("."), lines, blank, group))
    heads = ("Test", "To reach", "Result")
    blocks.append(Table(heads, tuple(rows), Entries(tuple(entries), tight=True)))
    return Section(f"Test card: end of week {last}", tuple(blocks), level=2)


HEADS: Final[dict[str, str]] = {
    "pass": "The phase '{phase}' is passed",
    "stay": "The phase '{phase}' is not passed yet and goes on",
    "step_back": "A step back after the phase '{phase}'",
}


def decided(program: Program) -> list[Section]:
    """What the tests before this document decided, with every reason."""
    if program.before is None:
        return []
    decision = program.before.decision
    head = HEADS[decision.outcome].format(phase=decision.phase.replace("_", " "))
    tested = wording.day_text(decision.tested_on, year=True)
    blocks: list[Block] = [Paragraph(f"{head} (tests of {tested}):")]
    blocks.append(Bullets(tuple(wording.sentence(each.text) for each in decision.reasons)))
    if decision.patterns_ahead:
        names = wording.listing(wording.spoken(name) for name in decision.patterns_ahead)
        blocks.append(Paragraph(f"Ahead of the phase, since their own tests are passed: {names}."))
    if decision.advice:
        blocks.append(Bullets(tuple(wording.sentence(each.text) for each in decision.advice)))
    return [Section("What the last tests decided", tuple(blocks))]


def _group(item: CardItem) -> str:
    if item.absent:
        return "Must not have happened"
    return "Shows whether maintaining is enough" if item.maintain else "To show"


def _what(item: CardItem) -> str:
    if item.absent:
        return "no"
    return (" or " if item.any_of else "; ").join(item.target)


def _blank(item: CardItem) -> str:
    if item.absent:
        return "no / yes"
    if not item.fields:
        return "counted"
    if TWO_SIDED.issuperset(item.fields):
        return f"left {BLANK} right {BLANK}"
    return " / ".join([BLANK] * len(item.fields))
