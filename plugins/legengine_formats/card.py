"""The test card at the end of a phase: what to show, how, and room for the result."""

from __future__ import annotations

from typing import Final

from legengine.domain.program import CardItem, Program, ProgramPhase
from legengine.language import marked, said, tr
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
            tr(
                "Test in this week, rested, and write down what you find. What isn't shown counts"
                " as not reached; 'legengine advance' decides by it what follows."
            )
        )
    ]
    rows, entries = [], []
    for item in phase.test_card:
        group = _group(item)
        what, blank = _what(item), _blank(item)
        name, how = wording.headline(item.text), wording.told(item.how)
        rows.append(Row((name, what, blank), group, how))
        reach = tr("To reach: {target}", target=what) if what else ""
        entries.append(Entry(name, tuple(filter(None, (reach, how))), blank, group))
    heads = (tr("Test"), tr("To reach"), tr("Result"))
    blocks.append(Table(heads, tuple(rows), Entries(tuple(entries), tight=True)))
    return Section(tr("Test card: end of week {week}", week=last), tuple(blocks), level=2)


HEADS: Final[dict[str, str]] = {
    "pass": marked("The phase '{phase}' is passed (tests of {date}):"),
    "stay": marked("The phase '{phase}' is not passed yet and goes on (tests of {date}):"),
    "step_back": marked("A step back after the phase '{phase}' (tests of {date}):"),
}


def decided(program: Program) -> list[Section]:
    """What the tests before this document decided, with every reason."""
    if program.before is None:
        return []
    decision = program.before.decision
    tested = wording.day_text(decision.tested_on, year=True)
    phase = wording.spoken(decision.phase)
    blocks: list[Block] = [Paragraph(tr(HEADS[decision.outcome], phase=phase, date=tested))]
    blocks.append(Bullets(tuple(wording.told(each.text) for each in decision.reasons)))
    if decision.patterns_ahead:
        names = wording.listing(wording.spoken(name) for name in decision.patterns_ahead)
        ahead = tr("Ahead of the phase, since their own tests are passed: {names}.", names=names)
        blocks.append(Paragraph(ahead))
    if decision.advice:
        blocks.append(Bullets(tuple(wording.told(each.text) for each in decision.advice)))
    return [Section(tr("What the last tests decided"), tuple(blocks))]


def _group(item: CardItem) -> str:
    if item.absent:
        return tr("Must not have happened")
    return tr("Shows whether maintaining is enough") if item.maintain else tr("To show")


def _what(item: CardItem) -> str:
    if item.absent:
        return tr("no")
    targets = [said(target) for target in item.target]
    return wording.either(targets) if item.any_of else "; ".join(targets)


def _blank(item: CardItem) -> str:
    if item.absent:
        return tr("no / yes")
    if not item.fields:
        return tr("counted")
    if TWO_SIDED.issuperset(item.fields):
        return tr("left {left} right {right}", left=BLANK, right=BLANK)
    return " / ".join([BLANK] * len(item.fields))
