"""Which phases a program passes through, for how many weeks, with which deload weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from legengine.domain.problem import WeekKind
from legengine.domain.profile import Profile
from legengine.domain.program import CardItem
from legengine.domain.protocol import Criterion, Phase, Protocol
from legengine.domain.standing import Easing
from legengine.domain.vocabulary import PhaseName
from legengine.errors import Fault, InputError
from legengine.intake.criteria import (
    card_of,
    first_of_each,
    maintain_card,
    setback_card,
    shown,
)
from legengine.intake.placement import Entry, Start, held_back
from legengine.intake.standing import first_of, opened_ahead
from legengine.intake.suits import Subject, fits, suited_notes

CATCHES_UP = frozenset({"hinge"})
"""Patterns whose level follows the phase as soon as the first phase is over: they were new."""


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """One phase of a program, before it is solved."""

    phase: Phase
    order: int
    """From 0; a phase after the first is provisional until the one before is passed."""
    first_week: int
    weeks: int
    deload_weeks: frozenset[int]
    """Numbers in the program."""
    level: int
    levels: Mapping[str, int]
    stages: Mapping[str, PhaseName] = field(default_factory=dict)
    """Patterns that stay at an earlier stage in this phase."""
    notes: tuple[str, ...] = ()
    entry: tuple[Criterion, ...] = ()
    card: tuple[CardItem, ...] = ()
    """What this person shows at the end."""
    weeks_done: int = 0
    """Weeks of the phase before the program."""
    ahead: Mapping[str, tuple[PhaseName, ...]] = field(default_factory=dict)
    """Pattern to the stages that are open for it, where it is ahead."""
    easing: Easing | None = None

    @property
    def kinds(self) -> tuple[WeekKind, ...]:
        """Every week of the phase, those before the program too."""
        weeks = range(self.first_week - self.weeks_done, self.first_week + self.weeks)
        return tuple("deload" if week in self.deload_weeks else "build" for week in weeks)


def for_person(criteria: Sequence[Criterion], subject: Subject) -> tuple[Criterion, ...]:
    """The criteria that are for this person; of several with one id the first that fits."""
    return first_of_each(criterion for criterion in criteria if fits(criterion.when, subject))


def open_phases(
    protocol: Protocol, subject: Subject, facts: Mapping[str, float]
) -> tuple[list[Phase], list[str]]:
    """The phases that are open for a person, and why others are left out."""
    notes, found = [], []
    for phase in protocol.phases:
        if not fits(phase.when, subject):
            continue
        missing = _unmet(phase.entry, facts) if phase.stage == "power" else ()
        if missing:
            notes.append(f"{phase.title} is left out until: " + "; ".join(missing) + ".")
        else:
            found.append(phase)
    return found, notes


def plan_phases(
    profile: Profile,
    protocol: Protocol,
    start: Start,
    subject: Subject,
    facts: Mapping[str, float],
) -> tuple[PhasePlan, ...]:
    """Lay the protocol's phases over the weeks of the program, from where the person starts.

    Raises:
        InputError: the protocol is not for this person, or has no phase for them.
    """
    open_now, left_out = open_phases(protocol, subject, facts)
    notes = [*suited_notes(protocol, subject), *_agreed(profile), *left_out]
    if not open_now:
        raise InputError(
            [Fault(f"protocol '{protocol.id}' has no phase for goal '{subject.goal}'", "protocol")]
        )
    standing = profile.progress
    first = _first(open_now, start.entry) if standing is None else first_of(standing, open_now)
    plans: list[PhasePlan] = []
    week = 1
    deload = _DeloadCalendar(protocol, standing.loaded_weeks if standing else 0)
    for order, (phase, weeks) in enumerate(_lengths(open_now, first, profile)):
        begins = order == 0
        plans.append(
            PhasePlan(
                phase=phase,
                order=order,
                first_week=week,
                weeks=weeks,
                deload_weeks=deload.weeks_of(phase, week, weeks),
                level=min(phase.level_max, start.level + order),
                levels=levels_after(start, order, phase),
                stages=start.stages if begins else {},
                notes=tuple(notes) if begins else (),
                entry=for_person(phase.entry, subject),
                card=_card(profile, protocol, phase, subject),
                weeks_done=standing.weeks_done if standing and begins else 0,
                ahead=opened_ahead(profile, open_now, first) if begins else {},
                easing=standing.easing if standing and begins else None,
            )
        )
        week += weeks
    return tuple(plans)


def _card(
    profile: Profile, protocol: Protocol, phase: Phase, subject: Subject
) -> tuple[CardItem, ...]:
    """What is shown at the end of a phase, what must not be, and whether maintaining is enough."""
    exit = card_of(profile, for_person(phase.exit, subject))
    moving = protocol.moving
    if moving is None:
        return exit
    enough = for_person(moving.maintain, subject) if phase.cycle else ()
    return (*exit, *maintain_card(profile, enough, exit), *setback_card(moving))


def _agreed(profile: Profile) -> Iterator[str]:
    """Say which minimums are lower than the protocol's because that was agreed."""
    adjust = profile.adjust
    told = [] if adjust.sessions is None else [f"{adjust.sessions} sessions a week"]
    told += [
        f"{sets} effective sets of {group.replace('_', ' ')} a week"
        for group, sets in sorted(adjust.volume.items())
    ]
    told += [
        f"{least} of '{row.replace('_', ' ')}'" for row, least in sorted(adjust.coverage.items())
    ]
    if told:
        yield "Agreed minimums where the protocol asks for more: " + ", ".join(told) + "."


def _unmet(criteria: Sequence[Criterion], facts: Mapping[str, float]) -> tuple[str, ...]:
    """The criteria whose need is not shown; what is not known counts as not shown."""
    return tuple(
        criterion.text
        for criterion in criteria
        if criterion.asked and shown(criterion, facts) is not True
    )


def _lengths(phases: Sequence[Phase], first: int, profile: Profile) -> list[tuple[Phase, int]]:
    """Phases in order with their weeks; cycling ones come again until the weeks are used up."""
    cycle = [phase for phase in phases if phase.cycle] or [phases[-1]]
    queue = list(phases[first:])
    left = profile.weeks
    lengths: list[tuple[Phase, int]] = []
    while left:
        phase = queue.pop(0) if queue else cycle[len(lengths) % len(cycle)]
        weeks = phase.weeks.default
        if profile.person.age >= 65 and phase.weeks.least_from_65:
            weeks = max(weeks, phase.weeks.least_from_65)
        if not lengths and profile.progress is not None:
            weeks = profile.progress.weeks or weeks
        weeks = min(weeks, left)
        following = queue[0] if queue else cycle[(len(lengths) + 1) % len(cycle)]
        if 0 < left - weeks < following.weeks.least and left <= phase.weeks.most:
            weeks = left
        lengths.append((phase, weeks))
        left -= weeks
    return lengths


def settled(
    start: Start, protocol: Protocol, subject: Subject, facts: Mapping[str, float]
) -> Start:
    """Who may go on to power where no such phase is open begins with the block of the goal."""
    if start.entry != "power" or any(
        phase.stage == "power" and fits(phase.when, subject) and not _unmet(phase.entry, facts)
        for phase in protocol.phases
    ):
        return start
    return held_back(start)


_UNLOADED: Final = ("protected", "foundation")


def _first(phases: Sequence[Phase], entry: Entry) -> int:
    """Where a person starts in the list of phases; what a protocol lacks is passed over."""
    if entry == "protected":
        return 0
    if entry in ("foundation", "power"):
        at = [index for index, phase in enumerate(phases) if phase.stage == entry]
    else:
        at = [index for index, phase in enumerate(phases) if phase.stage not in _UNLOADED]
    if entry == "goal":
        at = [index for index in at if phases[index].cycle] or at
    later = [index for index, phase in enumerate(phases) if phase.stage != "protected"]
    return next(iter(at or later), 0)


def levels_after(start: Start, order: int, phase: Phase) -> dict[str, int]:
    """Levels by pattern: what lags behind rises a level a phase, what is ahead stays ahead."""
    general = min(phase.level_max, start.level + order)
    levels = {}
    for pattern, level in sorted(start.patterns.items()):
        if order and pattern in CATCHES_UP:
            continue
        reached = level + order if level <= start.level else max(level, general)
        levels[pattern] = min(phase.level_max, reached)
    return levels


class _DeloadCalendar:
    """Counts loaded weeks; after so many of them comes a lighter one."""

    def __init__(self, protocol: Protocol, loaded: int = 0) -> None:
        self._every = protocol.deload.every_weeks if protocol.deload else 0
        self._loaded = loaded

    def weeks_of(self, phase: Phase, first: int, weeks: int) -> frozenset[int]:
        """The deload weeks of the next phase. Foundation weeks are no loaded weeks."""
        lighter = set()
        for number in range(first, first + weeks):
            if not self._every or phase.stage in _UNLOADED:
                self._loaded = 0
            elif self._loaded == self._every and number > first:
                lighter.add(number)
                self._loaded = 0
            else:
                self._loaded += 1
        return frozenset(lighter)
