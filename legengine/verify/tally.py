"""Coverage rows counted: how many items of a session or week a row speaks about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from legengine.domain.protocol import CoverageRow
from legengine.verify.facts import Facts


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items count for a row in one session or week."""

    where: str
    number: int
    week: int
    easy: bool = False
    """Whether it is an easy session, of which no row asks for anything."""

    def missing(self, row: CoverageRow) -> int:
        """How many are too few."""
        return 0 if self.easy else max(0, row.at_least - self.number)

    def surplus(self, row: CoverageRow) -> int:
        """How many are too many."""
        return 0 if row.at_most is None else max(0, self.number - row.at_most)


def _number(facts: Facts, row: CoverageRow, names: Collection[str]) -> int:
    counted = facts.counted[row.id]
    if row.distinct:
        return len(counted.intersection(names))
    return sum(map(counted.__contains__, names))


def tallies(facts: Facts, row: CoverageRow) -> Iterator[Tally]:
    """A row counted in every session, or in every week that is not reduced."""
    if row.per == "session":
        for session in facts.sessions:
            slot = session.slot
            number = _number(facts, row, facts.names[slot.id])
            yield Tally(slot.id, number, slot.week, session.easy)
        return
    for week, sessions in facts.weeks:
        if week.reduced:
            continue
        if row.days:
            counted = facts.counted[row.id]
            held = (facts.names[session.slot.id] for session in sessions)
            number = sum(not counted.isdisjoint(names) for names in held)
            yield Tally(f"week {week.number}", number, week.number)
        else:
            names = [name for session in sessions for name in facts.names[session.slot.id]]
            yield Tally(f"week {week.number}", _number(facts, row, names), week.number)
