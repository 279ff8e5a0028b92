"""A program in its eras: stretches of phases, each under the profile that was in force.

A revised program was made under several profiles. What lies before a revision is over: it is
judged by what holds for any part of a schedule, since what was planned to follow didn't come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from legengine.domain.problem import Problem
from legengine.domain.profile import Profile
from legengine.domain.program import Program, ProgramPhase, Session
from legengine.domain.schedule import Schedule
from legengine.errors import Fault, InputError
from legengine.intake.calendar import touched_weeks
from legengine.intake.case import Case
from legengine.intake.compile import compile_phase
from legengine.intake.phases import PhasePlan
from legengine.reckoning.past import past_of
from legengine.verify.finished import schedule_of


@dataclass(frozen=True, slots=True)
class Era:
    """The days for which one profile was, or is, in force."""

    profile: Profile
    screened_on: dt.date
    since: dt.date | None
    """``None`` from the beginning on."""
    until: dt.date | None
    """The first day after it; ``None`` where it is in force now."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one phase holds within one era, as it is written."""

    era: Era
    case: Case
    plan: PhasePlan
    problem: Problem
    sessions: tuple[Session, ...]
    there: bool = True
    """Whether the program has the phase at all."""

    @property
    def over(self) -> bool:
        """Whether a revision ended it."""
        return self.era.until is not None

    def written(self) -> Schedule:
        """The schedule that its sessions say."""
        return schedule_of(self.sessions)

    def judged(self) -> Problem:
        """The problem that its sessions have to keep; what is over keeps no minimums."""
        if not self.over:
            return self.problem
        weeks = (replace(week, regular=False, reduced=True) for week in self.problem.weeks)
        return replace(self.problem, weeks=tuple(weeks), pins=())


def eras_of(program: Program) -> tuple[Era, ...]:
    """The eras of a program, in order; one without revisions has one."""
    starts = [None, *(revision.on for revision in program.revisions)]
    ends = [*starts[1:], None]
    before = [(revision.profile, revision.screened_on) for revision in program.revisions]
    profiles = [*before, (program.profile, program.provenance.screened_on)]
    return tuple(
        Era(profile, screened_on, since, until)
        for (profile, screened_on), since, until in zip(profiles, starts, ends, strict=True)
    )


def stretches(
    program: Program,
    cases: Sequence[Case],
    choose: Callable[[Stretch], Schedule] = Stretch.written,
) -> Iterator[tuple[Stretch, Schedule]]:
    """Every stretch with its schedule, in order of time; each starts from those before.

    ``cases`` holds the case of each era.

    Raises:
        InputError: revisions are out of order, or a profile lays out other phases.
    """
    eras = eras_of(program)
    _check_eras(program, eras, cases)
    broken = _broken_weeks(program)
    past = cases[0].past
    for era, case in zip(eras, cases, strict=True):
        for plan in case.plans:
            begin = case.first_day(plan.first_week)
            end = case.first_day(plan.first_week + plan.weeks)
            if (era.since and end <= era.since) or (era.until and era.until <= begin):
                continue
            problem = compile_phase(case, plan, past, since=era.since, until=era.until)
            there = plan.order < len(program.phases)
            sessions = _sessions_in(era, program.phases[plan.order]) if there else ()
            stretch = Stretch(era, case, plan, problem, sessions, there)
            schedule = choose(stretch)
            past = past_of(problem, schedule, past, broken)
            yield stretch, schedule


def _sessions_in(era: Era, phase: ProgramPhase) -> tuple[Session, ...]:
    return tuple(
        session
        for week in phase.weeks
        for session in week.sessions
        if (era.since is None or era.since <= session.start.date())
        and (era.until is None or session.start.date() < era.until)
    )


def layout(case: Case) -> list[tuple[str, int, int, list[int]]]:
    """The phases with their weeks: what no revision may change."""
    return [
        (plan.phase.id, plan.first_week, plan.weeks, sorted(plan.deload_weeks))
        for plan in case.plans
    ]


def layout_text(case: Case) -> str:
    """The phases with their weeks, for messages."""
    return ", ".join(f"{plan.phase.id} {plan.weeks} weeks" for plan in case.plans)


def _broken_weeks(program: Program) -> frozenset[int]:
    """Weeks that did not come as planned: exceptions as they are known now, revisions inside."""
    if not program.revisions:
        return frozenset()
    broken = set(touched_weeks(program.profile, program.start, program.weeks))
    for revision in program.revisions:
        weeks, days = divmod((revision.on - program.start).days, 7)
        if days:
            broken.add(weeks + 1)
    return frozenset(broken)


def _check_eras(program: Program, eras: Sequence[Era], cases: Sequence[Case]) -> None:
    end = program.start + dt.timedelta(weeks=program.weeks)
    last = program.start - dt.timedelta(days=1)
    for index, (era, case) in enumerate(zip(eras[1:], cases[1:], strict=True)):
        field = f"revisions[{index}].on"
        if era.since is None or not last < era.since < end:
            raise InputError([Fault("revisions stand in order, inside the program", field)])
        last = era.since
        if layout(case) != layout(cases[0]):
            was, now = layout_text(cases[0]), layout_text(case)
            message = f"the changed profile asks for other phases (were: {was}; now: {now})"
            raise InputError(
                [Fault(message, field, hint="make a new program: 'legengine generate'")]
            )
