"""Which phases a program passes through, for how many weeks, with which deload weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from legengine.domain.profile import Profile
from legengine.domain.protocol import Criterion, ExperienceLevel, Phase, Protocol, When
from legengine.domain.vocabulary import PhaseName
from legengine.errors import Fault, InputError
from legengine.intake.placement import Entry, Start, held_back

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


@dataclass(frozen=True, slots=True)
class Subject:
    """What the ``when`` of a row asks about."""

    goal: str
    experience: ExperienceLevel
    age: int
    conditions: frozenset[str]


def fits(when: When, subject: Subject) -> bool:
    """Whether a row is for this person."""
    return (
        (not when.goals or subject.goal in when.goals)
        and (not when.experience or subject.experience in when.experience)
        and (when.age_min is None or subject.age >= when.age_min)
        and (when.age_max is None or subject.age <= when.age_max)
        and (not when.conditions or bool(subject.conditions.intersection(when.conditions)))
    )


def plan_phases(
    profile: Profile,
    protocol: Protocol,
    start: Start,
    subject: Subject,
    facts: Mapping[str, float],
) -> tuple[PhasePlan, ...]:
    """Lay the protocol's phases over the weeks of the program, from where the person starts.

    Raises:
        InputError: the protocol has no phase for this person.
    """
    notes = [*_agreed(profile)]
    suited = [phase for phase in protocol.phases if fits(phase.when, subject)]
    open_now = []
    for phase in suited:
        missing = _unmet(phase.entry, facts) if phase.stage == "power" else ()
        if missing:
            notes.append(f"{phase.title} is left out until: " + "; ".join(missing) + ".")
        else:
            open_now.append(phase)
    if not open_now:
        raise InputError(
            [Fault(f"protocol '{protocol.id}' has no phase for goal '{subject.goal}'", "protocol")]
        )
    plans: list[PhasePlan] = []
    week = 1
    deload = _DeloadCalendar(protocol)
    for order, (phase, weeks) in enumerate(_lengths(open_now, start.entry, profile)):
        plans.append(
            PhasePlan(
                phase=phase,
                order=order,
                first_week=week,
                weeks=weeks,
                deload_weeks=deload.weeks_of(phase, week, weeks),
                level=min(phase.level_max, start.level + order),
                levels=_levels(start, order, phase),
                stages=start.stages if order == 0 else {},
                notes=tuple(notes) if order == 0 else (),
            )
        )
        week += weeks
    return tuple(plans)


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
    unmet = []
    for criterion in criteria:
        need = criterion.need
        if need is None:
            continue
        value = facts.get(need.fact)
        if (
            value is None
            or (need.at_least is not None and value < need.at_least)
            or (need.at_most is not None and value > need.at_most)
        ):
            unmet.append(criterion.text)
    return tuple(unmet)


def _lengths(phases: Sequence[Phase], entry: Entry, profile: Profile) -> list[tuple[Phase, int]]:
    """Phases in order with their weeks; cycling ones come again until the weeks are used up."""
    first = _first(phases, entry)
    cycle = [phase for phase in phases if phase.cycle] or [phases[-1]]
    queue = list(phases[first:])
    left = profile.weeks
    lengths: list[tuple[Phase, int]] = []
    while left:
        phase = queue.pop(0) if queue else cycle[len(lengths) % len(cycle)]
        weeks = phase.weeks.default
        if profile.person.age >= 65 and phase.weeks.least_from_65:
            weeks = max(weeks, phase.weeks.least_from_65)
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


def _levels(start: Start, order: int, phase: Phase) -> dict[str, int]:
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

    def __init__(self, protocol: Protocol) -> None:
        self._every = protocol.deload.every_weeks if protocol.deload else 0
        self._loaded = 0

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
