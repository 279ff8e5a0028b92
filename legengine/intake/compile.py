"""From a profile and what the plugins bring to the problem of a phase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from pydantic import BaseModel

from legengine.domain.before import Before
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
from legengine.hooks.contracts import LoadPlan, ProgressionPolicy
from legengine.intake.asymmetry import asymmetry_of, learner_of, limited_for, reasons_of
from legengine.intake.beginnings import beginnings
from legengine.intake.calendar import slots_of, touched_weeks
from legengine.intake.conditions import (
    conditions_of,
    fewer,
    keep_frequency,
    keep_structure,
    keep_volume,
    limits_of,
    weekly_needs,
    without_unmet_items,
)
from legengine.intake.criteria import marks_of
from legengine.intake.doses import doses_of
from legengine.intake.easy import easy_sessions
from legengine.intake.endurance import Load, endurance_row, endurance_weeks, ramped
from legengine.intake.facts import experience_of, facts_of
from legengine.intake.inventory import places_of
from legengine.intake.phases import PhasePlan, plan_phases, settled
from legengine.intake.pins import pins_of
from legengine.intake.placement import Start, place
from legengine.intake.standing import eased, loads_from, past_from, start_of
from legengine.intake.suits import Subject, fits, row_name
from legengine.intake.tightness import rows_for_tight, tight_groups
from legengine.intake.words import refuse_unknown_rows
from legengine.reckoning.eligibility import asked_for
from legengine.reckoning.past import sessions_inside
from legengine.reckoning.standing import standing

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
    endurance: Mapping[int, Load]
    """Week to its sessions of endurance work and their minutes, where these follow a ramp."""
    past: Past = field(default_factory=Past)
    """What came before the first day."""
    carried: Mapping[str, LoadPlan] = field(default_factory=dict)
    """Exercise to how it was done before the first day."""

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
    limits = limits_of(case.conditions, profile)
    gap = (limits and limits.gap_hours) or 0
    hours = max(rest.hours, rest.floor_hours, profile.wishes.rest_hours or 0, gap)
    kinds = plan.kinds[plan.weeks_done :]
    exercises = {
        exercise.id: exercise for exercise in sorted(case.library.exercises, key=lambda e: e.id)
    }
    places = places_of(profile, case.library)
    eligibility = _eligibility(case, plan)
    asymmetry = asymmetry_of(profile, case.protocol.asymmetry, first_phase=plan.order == 0)
    endurance = endurance_row(phase, case.subject)
    ramp = endurance.ramp if endurance else None
    doses: dict[str, tuple[Dose, ...]] = {}
    asked = asked_for(eligibility.conditions)
    for id, exercise in exercises.items():
        stages = plan.ahead.get(exercise.pattern, phase.open_to)
        if id not in asked and not set(exercise.phases).intersection(stages):
            continue
        learner = learner_of(case.subject, asymmetry, exercise)
        table = next(row for row in phase.doses if fits(row.when, learner))
        policy, options = policy_of(case, plan, learner.experience)
        weekly = doses_of(
            exercise,
            table.roles,
            policy,
            options,
            plan.kinds,
            eligibility.conditions,
            experience=learner.experience,
            goal=profile.goal,
            deload=case.protocol.deload,
            origin=partial(row_name, case.protocol, phase, table, "doses"),
            limits=limits,
            first_loads=eligibility.first_loads,
        )
        if weekly is None or (ramp and id in ramp.closed):
            continue
        if plan.easing is not None:
            weekly = eased(weekly, exercise, plan.easing, plan.weeks_done)
        weekly = limited_for(asymmetry, exercise, weekly)[plan.weeks_done :]
        if endurance and ramp and exercise.block == "endurance":
            weekly = ramped(weekly, weeks, case.endurance, endurance.sources)
        doses[id] = weekly[left[0] - weeks.start : left[-1] - weeks.start + 1]
    problem = Problem(
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
        coverage=(
            *_coverage(case, phase, eligibility),
            *beginnings(plan, case.placed, exercises, places),
        ),
        structure=keep_structure(phase.structure, limits),
        eligibility=eligibility,
        placement=Placement(plan.level, plan.levels, case.placed.said, plan.stages),
        places=places,
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
        phase_weeks=plan.weeks_done + plan.weeks,
        asymmetry=asymmetry,
        ramp=ramp,
        stretching=phase.stretching,
        tight=tight_groups(profile),
    )
    coverage = (*problem.coverage, *rows_for_tight(problem))
    return replace(problem, coverage=without_unmet_items(problem, coverage))


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
    short = plan.easing is not None and number < plan.first_week + plan.easing.weeks
    if reduced:
        percent = percent * min(high, days) // high
        low, high = 0, min(high, days)
    crowded = any(
        slot.start - session.start < dt.timedelta(hours=rest_hours)
        for session in past.sessions
        for slot in here
    )
    pinned = any(pin.date in {slot.start.date() for slot in here} for pin in case.pins)
    endurance = endurance_row(plan.phase, case.subject)
    asked = endurance.week_minutes if endurance else (0, 0)
    times, minutes = case.endurance.get(number, (0, 0))
    if times:
        asked = (times * minutes, times * minutes)
    return Week(
        number=number,
        index=plan.weeks_done + number - plan.first_week + 1,
        start=case.first_day(number),
        kind=kind,
        volume={
            group: Volume(
                floor=0 if lighter or short else row.floor * EIGHTHS,
                aim_low=row.aim[0] * EIGHTHS * percent // 100,
                aim_high=row.aim[1] * EIGHTHS,
                cap=row.cap * EIGHTHS,
                session_cap=row.session_cap * EIGHTHS,
                sources=row.sources,
            )
            for group, row in volume.items()
        },
        sessions=(low, high),
        endurance_minutes=asked,
        easy_sessions=easy_sessions(frequency, days, case.profile.wishes.sessions_per_week),
        endurance=(times, minutes),
        regular=not reduced and not crowded and not pinned,
        reduced=reduced,
    )


def _phase_frequency(case: Case, phase: Phase) -> FrequencyRow:
    return next(row for row in phase.frequency if fits(row.when, case.subject))


def _frequency(case: Case, phase: Phase) -> FrequencyRow:
    """The phase's row for this person and conditions, with the minimum that was agreed."""
    row = _phase_frequency(case, phase)
    row = keep_frequency(row, case.conditions, limits_of(case.conditions, case.profile))
    agreed = case.profile.adjust.sessions
    if agreed is None:
        return row
    (fewest, most), (least, exposures) = row.sessions, row.exposures
    return row.model_copy(
        update={
            "sessions": (min(fewest, agreed), most),
            "exposures": (min(least, agreed), exposures),
            "exposures_of": {group: min(n, agreed) for group, n in row.exposures_of.items()},
        }
    )


def _volume_rows(case: Case, phase: Phase) -> dict[str, VolumeRow]:
    """Muscle group to its row with the floor that was agreed, without the groups to spare."""
    table = next(row for row in phase.volume if fits(row.when, case.subject))
    spared = set(case.profile.restrictions.spare_muscles)
    agreed = case.profile.adjust.volume
    before, now = _phase_frequency(case, phase), _frequency(case, phase)
    rows = [keep_volume(row, before, now) for row in table.rows]
    return {
        group: row.model_copy(update={"floor": min(row.floor, agreed.get(group, row.floor))})
        for row in rows
        for group in row.groups
        if group not in spared
    }


def _coverage(case: Case, phase: Phase, body: Eligibility) -> tuple[CoverageRow, ...]:
    """The phase's rows for this person, and what the conditions ask for."""
    agreed = case.profile.adjust.coverage
    before, now = _phase_frequency(case, phase), _frequency(case, phase)
    rows = []
    for row in phase.coverage:
        if fits(row.when, case.subject):
            least = row.at_least if row.per == "session" else fewer(row.at_least, before, now)
            least = min(least, agreed.get(row.id, least))
            rows.append(row.model_copy(update={"at_least": least}))
    return (*rows, *weekly_needs(body.conditions))


def _eligibility(case: Case, plan: PhasePlan) -> Eligibility:
    limits, phase = case.profile.restrictions, plan.phase
    loaded = [each.first_week for each in case.plans if each.phase.external_load]
    return Eligibility(
        conditions=standing(case.conditions, case.facts, plan.first_week, plan.weeks),
        gates=case.library.gates,
        facts=case.facts,
        pain={region: report.worst for region, report in sorted(case.profile.pain.items())},
        never=frozenset(case.profile.wishes.never),
        always=tuple(sorted(case.profile.wishes.always)),
        exclude_tags=frozenset(limits.exclude_tags),
        exclude_patterns=frozenset(limits.exclude_patterns),
        spare_muscles=frozenset(limits.spare_muscles),
        phases=phase.open_to,
        ahead=plan.ahead,
        level_max=phase.level_max,
        external_load=phase.external_load,
        known=frozenset(case.profile.screening.known_conditions),
        first_week=plan.first_week,
        weeks=plan.weeks,
        first_loads=plan.first_week in loaded[:1],
        body_mass_kg=case.profile.person.mass,
    )
