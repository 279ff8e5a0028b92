"""From a profile and what the plugins bring to the problem of a phase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import BaseModel

from legengine.domain.exercise import Condition, LibraryData
from legengine.domain.problem import (
    Dose,
    Eligibility,
    Past,
    Pin,
    Placement,
    Preferences,
    Problem,
    Slot,
    Volume,
    Week,
    WeekKind,
)
from legengine.domain.profile import Profile
from legengine.domain.protocol import (
    CoverageRow,
    ExperienceLevel,
    FrequencyRow,
    Phase,
    Protocol,
    VolumeRow,
)
from legengine.domain.vocabulary import MUSCLES
from legengine.errors import PluginError
from legengine.hooks.contracts import ProgressionPolicy
from legengine.intake.asymmetry import asymmetry_of, learner_of, limited_for, reasons_of
from legengine.intake.calendar import slots_of, touched_weeks
from legengine.intake.doses import doses_of
from legengine.intake.facts import experience_of, facts_of
from legengine.intake.inventory import places_of
from legengine.intake.phases import PhasePlan, Subject, fits, plan_phases
from legengine.intake.pins import pins_of
from legengine.intake.placement import Start, place
from legengine.intake.words import refuse_unknown_rows
from legengine.reckoning.past import sessions_inside

EIGHTHS: Final = 8
"""Units of volume in one effective set."""

GOAL_PATTERNS: Final[Mapping[str, frozenset[str]]] = {
    "function": frozenset(
        {"squat", "lunge", "hinge", "hip_extension", "hip_abduction", "plantarflexion"}
    ),
}
"""Patterns that serve a goal: rising, stairs, walking (seed row S27; the map is [D])."""


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
) -> Case:
    """Place the person and lay the phases over the calendar.

    ``screened`` names conditions that screening found to hold.

    Raises:
        InputError: the protocol has no phase for this person, or two slots begin at once.
        PluginError: screening names a condition that no library holds.
    """
    refuse_unknown_rows(profile, protocol)
    facts = facts_of(profile)
    experience = experience_of(profile)
    known = {condition.id for condition in library.conditions}
    unknown = sorted({*screened} - known)
    if unknown:
        raise PluginError(f"screening names conditions that no library holds: {', '.join(unknown)}")
    named = {*profile.conditions, *screened}
    if facts.get("balance_flag"):
        named.add("balance_impairment")
    if experience == "novice" and not profile.experience.coached:
        named.add("novice_uncoached")
    conditions = tuple(item for item in library.conditions if item.id in named)
    conditions = (*sorted(conditions, key=lambda item: item.id), *_own_limits(profile))
    subject = Subject(
        goal=profile.goal,
        experience=experience,
        age=profile.person.age,
        conditions=frozenset(item.id for item in conditions),
    )
    placed = place(profile, facts)
    placed = replace(placed, reasons=(*placed.reasons, *reasons_of(profile, protocol.asymmetry)))
    slots = slots_of(profile, start, profile.weeks)
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
        plans=plan_phases(profile, protocol, placed, subject, facts),
        slots=slots,
        touched=touched_weeks(profile, start, profile.weeks),
        pins=pins_of(profile, slots),
    )


def _own_limits(profile: Profile) -> tuple[Condition, ...]:
    """The numbers of ``restrictions`` as a condition like any other."""
    limits = profile.restrictions
    if (limits.knee_flexion_max, limits.hip_flexion_max, limits.impact_max) == (None, None, None):
        return ()
    return (
        Condition(
            id="your_restrictions",
            summary="limits that the profile sets",
            knee_flexion_max=limits.knee_flexion_max,
            hip_flexion_max=limits.hip_flexion_max,
            impact_max=limits.impact_max,
            sources=("profile",),
        ),
    )


def policy_of(
    case: Case, plan: PhasePlan, experience: ExperienceLevel | None = None
) -> tuple[ProgressionPolicy, BaseModel]:
    """The progression policy of a phase with its validated options; for another experience too."""
    choice = case.profile.progression
    name = choice.name if choice else plan.phase.policy[experience or case.subject.experience]
    policy = case.policies[name]
    return policy, policy.options.model_validate(choice.options if choice else {})


def compile_phase(
    case: Case,
    plan: PhasePlan,
    past: Past,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Problem:
    """The problem of one phase, after what came before.

    Where ``since`` or ``until`` (the first day that is no longer meant) lie inside the phase, the
    problem is about the days between them only.
    """
    phase, profile = plan.phase, case.profile
    weeks = range(plan.first_week, plan.first_week + plan.weeks)
    first, end = case.first_day(weeks.start), case.first_day(weeks.stop)
    begin, stop = max(since or first, first), min(until or end, end)
    left = [
        week for week in weeks if begin < case.first_day(week + 1) and case.first_day(week) < stop
    ]
    slots = tuple(slot for slot in case.slots if begin <= slot.start.date() < stop)
    rest = next(row for row in phase.rest if fits(row.when, case.subject))
    frequency = _frequency(case, phase)
    volume = _volume_rows(case, phase)
    groups = tuple(volume)
    hours = max(rest.hours, rest.floor_hours, profile.wishes.rest_hours or 0)
    kinds: tuple[WeekKind, ...] = tuple(
        "deload" if week in plan.deload_weeks else "build" for week in weeks
    )
    exercises = {
        exercise.id: exercise for exercise in sorted(case.library.exercises, key=lambda e: e.id)
    }
    asymmetry = asymmetry_of(profile, case.protocol.asymmetry, first_phase=plan.order == 0)
    doses: dict[str, tuple[Dose, ...]] = {}
    for id, exercise in exercises.items():
        if not set(exercise.phases).intersection(phase.open_to):
            continue
        learner = learner_of(case.subject, asymmetry, exercise)
        table = next(row for row in phase.doses if fits(row.when, learner))
        policy, options = policy_of(case, plan, learner.experience)
        weekly = doses_of(
            exercise,
            table.roles,
            policy,
            options,
            kinds,
            case.conditions,
            experience=learner.experience,
            goal=profile.goal,
            deload=case.protocol.deload,
        )
        if weekly is not None:
            weekly = limited_for(asymmetry, exercise, weekly)
            doses[id] = weekly[left[0] - weeks.start : left[-1] - weeks.start + 1]
    return Problem(
        phase=phase.id,
        title=phase.title,
        stage=phase.stage,
        goal=profile.goal,
        start=case.first_day(left[0]),
        weeks=tuple(
            _week(case, plan, number, kind, volume, past, hours, begin)
            for number, kind in zip(weeks, kinds, strict=True)
            if number in left
        ),
        slots=slots,
        exercises=exercises,
        doses=doses,
        groups=groups,
        muscle_groups=MUSCLES,
        rest_hours=dict.fromkeys(groups, hours),
        frequency=frequency,
        growth=phase.growth,
        coverage=_coverage(case, phase),
        structure=phase.structure,
        eligibility=_eligibility(case, phase),
        placement=Placement(plan.level, plan.levels, case.placed.reasons),
        places=places_of(profile, case.library),
        preferences=Preferences(
            prefer=frozenset(profile.wishes.prefer).union(
                *(condition.prefer for condition in case.conditions)
            ),
            avoid=frozenset(profile.wishes.avoid),
            starters=frozenset(phase.starters),
            goal_patterns=GOAL_PATTERNS.get(profile.goal, frozenset()),
            sessions_wish=profile.wishes.sessions_per_week,
            rest_wish_hours=rest.wish_hours,
        ),
        past=past,
        rules=profile.rules,
        pins=tuple(pin for pin in case.pins if any(pin.date == s.start.date() for s in slots)),
        since=begin if begin > first else None,
        until=stop if stop < end else None,
        phase_weeks=plan.weeks,
        asymmetry=asymmetry,
    )


def _week(
    case: Case,
    plan: PhasePlan,
    number: int,
    kind: WeekKind,
    volume: Mapping[str, VolumeRow],
    past: Past,
    rest_hours: int,
    begin: dt.date,
) -> Week:
    frequency = _frequency(case, plan.phase)
    here = [slot for slot in case.slots if slot.week == number and begin <= slot.start.date()]
    over = {session.start.date() for session in sessions_inside(past, case.first_day(number))}
    cut = bool(over) or any(s.week == number and s.start.date() < begin for s in case.slots)
    reduced = number in case.touched or cut
    days = len({slot.start.date() for slot in here} | over)
    low, high = frequency.sessions
    if case.profile.wishes.sessions_per_week is not None:
        high = max(low, min(high, case.profile.wishes.sessions_per_week))
    lighter = kind == "deload" and case.protocol.deload is not None
    percent = case.protocol.deload.sets_percent if lighter and case.protocol.deload else 100
    if reduced:
        percent = percent * min(high, days) // high
        low, high = 0, min(high, days)
    crowded = any(
        slot.start - session.start < dt.timedelta(hours=rest_hours)
        for session in past.sessions
        for slot in here
    )
    pinned = any(pin.date in {slot.start.date() for slot in here} for pin in case.pins)
    endurance = next(
        (row.week_minutes for row in plan.phase.endurance if fits(row.when, case.subject)), (0, 0)
    )
    return Week(
        number=number,
        index=number - plan.first_week + 1,
        start=case.first_day(number),
        kind=kind,
        volume={
            group: Volume(
                floor=0 if lighter else row.floor * EIGHTHS,
                aim_low=row.aim[0] * EIGHTHS * percent // 100,
                aim_high=row.aim[1] * EIGHTHS,
                cap=row.cap * EIGHTHS,
                session_cap=row.session_cap * EIGHTHS,
                sources=row.sources,
            )
            for group, row in volume.items()
        },
        sessions=(low, high),
        endurance_minutes=endurance,
        regular=not reduced and not crowded and not pinned,
        reduced=reduced,
    )


def _frequency(case: Case, phase: Phase) -> FrequencyRow:
    """The phase's row for this person, with the minimum that was agreed."""
    row = next(row for row in phase.frequency if fits(row.when, case.subject))
    agreed = case.profile.adjust.sessions
    if agreed is None:
        return row
    (fewest, most), (least, exposures) = row.sessions, row.exposures
    return row.model_copy(
        update={
            "sessions": (min(fewest, agreed), most),
            "exposures": (min(least, agreed), exposures),
        }
    )


def _volume_rows(case: Case, phase: Phase) -> dict[str, VolumeRow]:
    """Muscle group to its row with the floor that was agreed, without the groups to spare."""
    table = next(row for row in phase.volume if fits(row.when, case.subject))
    spared = set(case.profile.restrictions.spare_muscles)
    agreed = case.profile.adjust.volume
    return {
        group: row.model_copy(update={"floor": min(row.floor, agreed.get(group, row.floor))})
        for row in table.rows
        for group in row.groups
        if group not in spared
    }


def _coverage(case: Case, phase: Phase) -> tuple[CoverageRow, ...]:
    """The phase's rows for this person, and what the conditions ask for."""
    agreed = case.profile.adjust.coverage
    rows = [
        row.model_copy(update={"at_least": min(row.at_least, agreed.get(row.id, row.at_least))})
        for row in phase.coverage
        if fits(row.when, case.subject)
    ]
    for condition in case.conditions:
        for pattern, least in sorted(condition.weekly_at_least.items()):
            rows.append(
                CoverageRow(
                    id=f"{condition.id}_{pattern}",
                    summary=f"{condition.summary.rstrip('.')}: {pattern.replace('_', ' ')} "
                    f"at least {least} times a week",
                    per="week",
                    patterns=(pattern,),
                    at_least=least,
                    required=True,
                    sources=condition.sources,
                )
            )
    return tuple(rows)


def _eligibility(case: Case, phase: Phase) -> Eligibility:
    limits = case.profile.restrictions
    return Eligibility(
        conditions=case.conditions,
        gates=case.library.gates,
        facts=case.facts,
        pain={region: report.worst for region, report in sorted(case.profile.pain.items())},
        never=frozenset(case.profile.wishes.never),
        always=tuple(sorted(case.profile.wishes.always)),
        exclude_tags=frozenset(limits.exclude_tags),
        exclude_patterns=frozenset(limits.exclude_patterns),
        spare_muscles=frozenset(limits.spare_muscles),
        phases=phase.open_to,
        level_max=phase.level_max,
        external_load=phase.external_load,
    )
