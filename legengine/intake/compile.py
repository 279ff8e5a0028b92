"""The problem of a phase, from a case and what came before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Final

from pydantic import BaseModel

from legengine.domain.asymmetry import Asymmetry
from legengine.domain.exercise import DoseLimits, Exercise
from legengine.domain.problem import (
    Dose,
    Eligibility,
    Past,
    Placement,
    Preferences,
    Problem,
)
from legengine.domain.protocol import DoseTable
from legengine.domain.vocabulary import MUSCLES
from legengine.hooks.contracts import ProgressionPolicy
from legengine.intake.answers import told_before
from legengine.intake.asymmetry import asymmetry_of, learner_of, limited_for
from legengine.intake.beginnings import beginnings
from legengine.intake.case import Case, policy_of
from legengine.intake.conditions import (
    keep_structure,
    limits_of,
    without_unmet_items,
)
from legengine.intake.doses import doses_of
from legengine.intake.endurance import endurance_row, ramped
from legengine.intake.inventory import places_of
from legengine.intake.phases import PhasePlan
from legengine.intake.rows import coverage_of, frequency_of, volume_rows
from legengine.intake.standing import eased
from legengine.intake.suits import Subject, fits, row_name
from legengine.intake.tightness import rows_for_tight, tight_groups
from legengine.intake.weeks import week_of
from legengine.reckoning.eligibility import asked_for
from legengine.reckoning.standing import standing

GOAL_PATTERNS: Final[Mapping[str, frozenset[str]]] = {
    "function": frozenset(
        {"squat", "lunge", "hinge", "hip_extension", "hip_abduction", "plantarflexion"}
    ),
}
"""Patterns that serve a goal: rising, stairs, walking (seed row S27; the map is [D])."""


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
    frequency = frequency_of(case, phase)
    volume = volume_rows(case, phase)
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
    problem = Problem(
        phase=phase.id,
        title=phase.title,
        stage=phase.stage,
        goal=profile.goal,
        start=case.first_day(left[0]),
        weeks=tuple(
            week_of(case, plan, number, kind, volume, past, hours, begin)
            for number, kind in zip(weeks, kinds, strict=True)
            if number in left
        ),
        slots=slots,
        exercises=exercises,
        doses={
            id: weekly[left[0] - weeks.start : left[-1] - weeks.start + 1]
            for id, weekly in _doses(case, plan, exercises, eligibility, asymmetry, limits).items()
        },
        groups=groups,
        muscle_groups=MUSCLES,
        rest_hours=dict.fromkeys(groups, hours),
        frequency=frequency,
        growth=phase.growth,
        coverage=(
            *coverage_of(case, phase, eligibility),
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
        settings=case.settings,
        pins=tuple(pin for pin in case.pins if any(pin.date == s.start.date() for s in slots)),
        since=begin if begin > first else None,
        until=stop if stop < end else None,
        phase_weeks=plan.weeks_done + plan.weeks,
        asymmetry=asymmetry,
        ramp=endurance.ramp if endurance else None,
        stretching=phase.stretching,
        tight=tight_groups(profile),
    )
    coverage = (*problem.coverage, *rows_for_tight(problem))
    return replace(problem, coverage=without_unmet_items(problem, coverage))


def _doses(
    case: Case,
    plan: PhasePlan,
    exercises: Mapping[str, Exercise],
    eligibility: Eligibility,
    asymmetry: Asymmetry | None,
    limits: DoseLimits | None,
) -> dict[str, tuple[Dose, ...]]:
    """Exercise to its dose in each of the weeks of the phase that the program holds."""
    phase = plan.phase
    weeks = range(plan.first_week, plan.first_week + plan.weeks)
    endurance = endurance_row(phase, case.subject)
    ramp = endurance.ramp if endurance else None
    asked = asked_for(eligibility.conditions)
    doses: dict[str, tuple[Dose, ...]] = {}
    taught = cache(partial(_taught, case, plan))
    for id, exercise in exercises.items():
        stages = plan.ahead.get(exercise.pattern, phase.open_to)
        if id not in asked and not set(exercise.phases).intersection(stages):
            continue
        learner = learner_of(case.subject, asymmetry, exercise)
        table, policy, options = taught(learner)
        weekly = doses_of(
            exercise,
            table.roles,
            policy,
            options,
            plan.kinds,
            eligibility.conditions,
            experience=learner.experience,
            goal=case.profile.goal,
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
        doses[id] = weekly
    return doses


def _taught(
    case: Case, plan: PhasePlan, learner: Subject
) -> tuple[DoseTable, ProgressionPolicy, BaseModel]:
    """The dose table and the policy for the person, or for a limb that begins anew."""
    table = next(row for row in plan.phase.doses if fits(row.when, learner))
    return table, *policy_of(case, plan, learner.experience)


def _eligibility(case: Case, plan: PhasePlan) -> Eligibility:
    limits, phase, cleared = case.profile.restrictions, plan.phase, case.profile.clearance
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
        cause=case.profile.cause,
        weight_bearing=cleared.weight_bearing if cleared else "FWB",
        told=told_before(case.profile.screening),
    )
