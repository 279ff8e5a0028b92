"""Schedule x progression policy -> Program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from legengine.assess.report import assessed
from legengine.domain.findings import ScreeningFinding
from legengine.domain.problem import Problem, Slot, Week
from legengine.domain.profile import Profile
from legengine.domain.program import (
    Bind,
    CardItem,
    CheckResult,
    LevelReport,
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Provenance,
    Reason,
    ScreeningNote,
    Session,
    SolveReport,
    WeekVolume,
)
from legengine.domain.protocol import Criterion, Phase, Protocol
from legengine.domain.schedule import Item, Schedule
from legengine.prescribe.guidance import guidance, guidance_sources
from legengine.prescribe.notes import notes_of
from legengine.prescribe.order import order_key
from legengine.prescribe.prescription import Prescriber
from legengine.prescribe.rest_days import minutes_on, rest_days_of
from legengine.reckoning.credit import SET, set_credit
from legengine.reckoning.past import credit_inside
from legengine.reckoning.sessions import is_easy_session


@dataclass(frozen=True, slots=True)
class SolvedPhase:
    """A phase with its schedule, ready to be written."""

    phase: Phase
    order: int
    notes: tuple[str, ...]
    problem: Problem
    schedule: Schedule
    prescriber: Prescriber
    binds: tuple[Bind, ...] = ()
    earlier: tuple[Week, ...] = ()
    """Weeks of the phase before the problem's."""
    entry: tuple[Criterion, ...] = ()
    card: tuple[CardItem, ...] = ()


def write_phase(solved: SolvedPhase) -> ProgramPhase:
    """Write the weeks of a phase, in order of time."""
    problem, schedule = solved.problem, solved.schedule
    by_slot = schedule.by_slot()
    slots = {slot.id: slot for slot in problem.slots}
    weeks = []
    for week in problem.weeks:
        used = [slots[id] for id in by_slot if slots[id].week == week.number]
        sessions = tuple(_session(solved, slot, by_slot[slot.id]) for slot in used)
        weeks.append(week_document(problem, week, sessions))
    return phase_document(solved, weeks)


def phase_document(solved: SolvedPhase, weeks: Sequence[ProgramWeek]) -> ProgramPhase:
    """Put a phase together of its weeks."""
    problem, schedule = solved.problem, solved.schedule
    return ProgramPhase(
        id=problem.phase,
        title=problem.title,
        summary=solved.phase.summary,
        stage=problem.stage,
        policy=solved.prescriber.policy.name,
        entry=tuple(item.text for item in solved.entry),
        exit=tuple(item.text for item in solved.card if not (item.absent or item.maintain)),
        test_card=solved.card,
        provisional=solved.order > 0,
        rest_hours=dict(problem.rest_hours),
        weeks=tuple(weeks),
        notes=(
            *solved.notes,
            *notes_of(problem, schedule, solved.earlier, provisional=solved.order > 0),
        ),
        binds=solved.binds,
        solve=_report(schedule),
    )


def _session(solved: SolvedPhase, slot: Slot, items: Iterable[Item]) -> Session:
    ordered = in_order(solved.problem, items)
    return framed_session(
        solved.problem, slot, [solved.prescriber.prescribe(item, slot) for item in ordered]
    )


def in_order(problem: Problem, items: Iterable[Item]) -> list[Item]:
    """The items of a session in the order in which they are done."""
    return sorted(items, key=lambda item: order_key(problem.exercises[item.exercise]))


def framed_session(problem: Problem, slot: Slot, prescriptions: Sequence[Prescription]) -> Session:
    """A session with its length."""
    frame = problem.structure
    seconds = (
        frame.warm_up_s
        + frame.cool_down_s
        + frame.change_s * (len(prescriptions) - 1)
        + sum(entry.seconds for entry in prescriptions)
    )
    held = [problem.exercises[entry.exercise] for entry in prescriptions]
    return Session(
        start=slot.start,
        place=slot.place,
        slot_minutes=slot.minutes,
        seconds=seconds,
        kind="easy" if is_easy_session(problem.week(slot.week), held) else "training",
        prescriptions=tuple(prescriptions),
    )


def week_document(
    problem: Problem, week: Week, sessions: Sequence[Session], over: Sequence[Session] = ()
) -> ProgramWeek:
    """Write a week; ``over`` are its sessions before the first day of the problem."""
    credits = {group: credit_inside(problem.past, week, group) for group in week.volume}
    minutes = sum(entry.minutes or 0 for session in over for entry in session.prescriptions)
    for session in sessions:
        for entry in session.prescriptions:
            minutes += entry.minutes or 0
            credit = set_credit(
                problem.exercises[entry.exercise],
                problem.dose(entry.exercise, week.number),
                problem.muscle_groups,
            )
            for group in credits:
                credits[group] += entry.sets * credit.get(group, 0)
    every = (*over, *sessions)
    rest_days = rest_days_of(problem, week, every)
    return ProgramWeek(
        number=week.number,
        start=week.start,
        kind=week.kind,
        sessions=every,
        volume=tuple(
            WeekVolume(
                group=group,
                sets=credits[group] / SET,
                floor=volume.floor / SET,
                aim=(volume.aim_low / SET, volume.aim_high / SET),
                cap=volume.cap / SET,
            )
            for group, volume in week.volume.items()
        ),
        endurance_minutes=week.endurance_minutes,
        endurance_minutes_planned=minutes,
        endurance_minutes_rest=minutes_on(rest_days),
        rest_days=rest_days,
    )


def _report(schedule: Schedule) -> SolveReport:
    return SolveReport(
        status=schedule.status,
        library=schedule.library,
        eligible=schedule.eligible,
        candidates=schedule.candidates,
        columns=schedule.columns,
        rows=schedule.rows,
        model_hash=schedule.model_hash,
        deterministic_time=schedule.deterministic_time,
        wall_clock_struck=schedule.wall_clock_struck,
        stopped=schedule.stopped,
        levels=tuple(
            LevelReport(name=item.name, value=item.value, bound=item.bound, status=item.status)
            for item in schedule.levels
        ),
    )


def write_program(
    profile: Profile,
    protocol: Protocol,
    phases: Sequence[ProgramPhase],
    *,
    start: dt.date,
    placement: Sequence[Reason],
    findings: Sequence[ScreeningFinding],
    conditions: Sequence[str],
    citations: Mapping[str, str],
    provenance: Provenance,
) -> Program:
    """Put the whole document together; the check's report is filled in by the engine."""
    advice = guidance(profile, conditions=conditions)
    notes = tuple(
        ScreeningNote(
            rule=item.rule,
            severity=item.severity,
            noticed=item.noticed,
            action=item.action,
            sources=item.sources,
        )
        for item in findings
    )
    citations = {**guidance_sources(), **citations}
    used = _keys(phases)
    used.update(key for block in advice for line in block.lines for key in line.sources)
    used.update(key for note in notes for key in note.sources)
    used.update(key for reason in placement for key in reason.sources)
    tests = assessed(profile, start)
    used.update(key for reading in tests.readings for key in reading.sources)
    used.update(key for test in tests.missing for key in test.sources)
    used.update(key for outcome in tests.outcomes for key in outcome.sources)
    return Program(
        title=profile.title or protocol.title,
        start=start,
        weeks=profile.weeks,
        profile=profile,
        protocol=protocol.id,
        placement=tuple(placement),
        assessments=tests,
        screening=notes,
        guidance=advice,
        phases=tuple(phases),
        sources={key: citations[key] for key in sorted(used) if key in citations},
        provenance=provenance,
        check=CheckResult(ok=True, checked={}),
    )


def _keys(phases: Sequence[ProgramPhase]) -> set[str]:
    return {
        key
        for phase in phases
        for week in phase.weeks
        for session in week.sessions
        for entry in session.prescriptions
        for reason in entry.reasons
        for key in reason.sources
    } | {key for phase in phases for item in phase.test_card for key in item.sources}
