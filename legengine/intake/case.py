"""A person and the knowledge that applies to them: the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

from legengine.domain.before import Before
from legengine.domain.exercise import Condition, LibraryData
from legengine.domain.problem import (
    Past,
    Pin,
    Slot,
)
from legengine.domain.profile import Profile
from legengine.domain.protocol import (
    ExperienceLevel,
    Protocol,
)
from legengine.hooks.contracts import LoadPlan, ProgressionPolicy
from legengine.intake.asymmetry import reasons_of
from legengine.intake.calendar import slots_of, touched_weeks
from legengine.intake.conditions import (
    conditions_of,
)
from legengine.intake.criteria import marks_of
from legengine.intake.endurance import Load, endurance_weeks
from legengine.intake.facts import experience_of, facts_of
from legengine.intake.phases import PhasePlan, plan_phases, settled
from legengine.intake.pins import pins_of
from legengine.intake.placement import Start, place
from legengine.intake.standing import loads_from, past_from, start_of
from legengine.intake.suits import Subject
from legengine.intake.words import refuse_unknown_rows


@dataclass(frozen=True, slots=True)
class Case:
    """A person and the knowledge that applies: what every phase of the program shares."""

    profile: Profile
    library: LibraryData
    protocol: Protocol
    policies: Mapping[str, ProgressionPolicy]
    start: dt.date
    facts: Mapping[str, float]
    subject: Subject
    conditions: tuple[Condition, ...]
    placed: Start
    plans: tuple[PhasePlan, ...]
    slots: tuple[Slot, ...]
    touched: frozenset[int]
    pins: tuple[Pin, ...]
    endurance: Mapping[int, Load]
    """Week to its sessions of endurance work and their minutes, where these follow a ramp."""
    past: Past = field(default_factory=Past)
    """What came before the first day."""
    carried: Mapping[str, LoadPlan] = field(default_factory=dict)
    """Exercise to how it was done before the first day."""
    settings: Mapping[str, BaseModel] = field(default_factory=dict)
    """Options of the rules and wishes that plugins add, by name."""

    def first_day(self, week: int) -> dt.date:
        """The first day of a training week, whatever weekday the program begins on."""
        return self.start + dt.timedelta(weeks=week - 1)


def open_case(
    profile: Profile,
    library: LibraryData,
    protocol: Protocol,
    policies: Mapping[str, ProgressionPolicy],
    *,
    start: dt.date,
    screened: Sequence[str] = (),
    before: Before | None = None,
    settings: Mapping[str, BaseModel] | None = None,
) -> Case:
    """Place the person and lay the phases over the calendar.

    ``screened`` names conditions that screening found to hold, ``settings`` the options of the
    rules and wishes that plugins add.

    Raises:
        InputError: the protocol has no phase for this person, or two slots begin at once.
        PluginError: screening names a condition that no library holds.
    """
    refuse_unknown_rows(profile, protocol)
    facts = facts_of(profile)
    experience = experience_of(profile)
    conditions = conditions_of(profile, library, facts, experience, screened)
    subject = Subject(
        goal=profile.goal,
        experience=experience,
        age=profile.person.age,
        conditions=frozenset(item.id for item in conditions),
        falls=profile.screening.falls_12_months,
        marks=marks_of(profile, conditions),
    )
    if profile.progress is None:
        placed = settled(place(profile, facts), protocol, subject, facts)
    else:
        placed = start_of(profile.progress)
    placed = replace(placed, reasons=(*placed.reasons, *reasons_of(profile, protocol.asymmetry)))
    slots = slots_of(profile, start, profile.weeks)
    touched = touched_weeks(profile, start, profile.weeks)
    plans = plan_phases(profile, protocol, placed, subject, facts)
    return Case(
        profile=profile,
        library=library,
        protocol=protocol,
        policies=policies,
        start=start,
        facts=facts,
        subject=subject,
        conditions=conditions,
        placed=placed,
        plans=plans,
        slots=slots,
        touched=touched,
        pins=pins_of(profile, slots),
        endurance=endurance_weeks(plans, subject),
        past=past_from(before),
        carried=loads_from(before),
        settings=settings or {},
    )


def policy_of(
    case: Case, plan: PhasePlan, experience: ExperienceLevel | None = None
) -> tuple[ProgressionPolicy, BaseModel]:
    """The progression policy of a phase with its validated options; for another experience too."""
    choice = case.profile.progression
    name = choice.name if choice else plan.phase.policy[experience or case.subject.experience]
    policy = case.policies[name]
    return policy, policy.options.model_validate(choice.options if choice else {})
