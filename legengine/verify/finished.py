"""The finished document, checked as it is written: calendar, sessions, week volumes, boundaries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from legengine.domain.findings import Violation
from legengine.domain.problem import Past, PastSession, Problem, Week
from legengine.domain.program import Program, ProgramPhase, ProgramWeek, Session, WeekVolume
from legengine.domain.schedule import Item, Schedule
from legengine.verify.before import check_before
from legengine.verify.checks import endurance, frequency, rest_interval, volume
from legengine.verify.checks.endurance import endurance_seconds_of
from legengine.verify.credit import EIGHTHS
from legengine.verify.facts import Facts
from legengine.verify.facts import Session as UsedSlot
from legengine.verify.readings import check_tests
from legengine.verify.rest_days import check_growth, check_rest_days
from legengine.verify.written import check_session, slot_id

WEEK = dt.timedelta(days=7)


def schedules_of(program: Program) -> list[Schedule]:
    """The schedule of each phase, read back from its sessions."""
    return [schedule_of(_sessions((phase,))) for phase in program.phases]


def schedule_of(sessions: Iterable[Session]) -> Schedule:
    """The schedule that sessions say."""
    items = [
        Item(slot_id(session), prescription.exercise, prescription.sets, prescription.extra)
        for session in sessions
        for prescription in session.prescriptions
    ]
    return Schedule(items=tuple(sorted(items)))


@dataclass(frozen=True, slots=True)
class Part:
    """A problem with what the document says for it: a whole phase, or some days of one."""

    problem: Problem
    phase: ProgramPhase

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions of the phase on the days of the problem."""
        since, until = self.problem.since, self.problem.until
        return tuple(
            session
            for session in _sessions((self.phase,))
            if (since is None or since <= session.start.date())
            and (until is None or session.start.date() < until)
        )

    @property
    def schedule(self) -> Schedule:
        """The schedule that its sessions say."""
        return schedule_of(self.sessions)


def parts_of(problems: Sequence[Problem], program: Program) -> list[Part]:
    """Each problem with its phase; a problem that has ``since`` goes on with the phase before."""
    parts: list[Part] = []
    index = -1
    for problem in problems:
        index += problem.since is None
        if 0 <= index < len(program.phases):
            parts.append(Part(problem, program.phases[index]))
    return parts


def _sessions(phases: Iterable[ProgramPhase]) -> Iterator[Session]:
    for phase in phases:
        for week in phase.weeks:
            yield from week.sessions


def check_program(problems: Sequence[Problem], program: Program) -> tuple[Violation, ...]:
    """Every check of the document as written, in the order of the document."""
    found = [*_phases(problems, program), *_calendar(program)]
    found += check_before(program)
    parts = parts_of(problems, program)
    for phase in program.phases:
        its = [part.problem for part in parts if part.phase is phase]
        if its:
            found += _weeks(its, phase)
    for part in parts:
        for session in part.sessions:
            found += check_session(part.problem, session)
        found += _printed_numbers(part.problem, part.phase, Facts(part.problem, part.schedule))
    found += _boundaries(parts)
    found += check_growth(problems, revised=bool(program.revisions))
    found += check_tests(program)
    return tuple(found)


def _phases(problems: Sequence[Problem], program: Program) -> Iterator[Violation]:
    required = [problem.phase for problem in problems if problem.since is None]
    written = [phase.id for phase in program.phases]
    if written != required:
        yield Violation("phases", "program", ", ".join(required), ", ".join(written))
    for part in parts_of(problems, program):
        problem, phase = part.problem, part.phase
        if problem.until is not None:
            continue
        for group in problem.groups:
            hours, printed = problem.rest_hours.get(group), phase.rest_hours.get(group)
            if hours != printed:
                where = f"phase {phase.id} {group}"
                yield Violation(rest_interval.RULE, where, f"{hours} h printed", f"{printed} h")


def _calendar(program: Program) -> Iterator[Violation]:
    """Weeks follow each other, sessions stand in their week, in order, one a day."""
    weeks = [week for phase in program.phases for week in phase.weeks]
    if len(weeks) != program.weeks:
        yield Violation("calendar", "program", f"{program.weeks} weeks", str(len(weeks)))
    if weeks and (weeks[0].number, weeks[0].start) != (1, program.start):
        yield Violation(
            "calendar",
            "program",
            f"week 1 starts {program.start}",
            f"week {weeks[0].number} starts {weeks[0].start}",
        )
    for before, week in pairwise(weeks):
        if (week.number, week.start) != (before.number + 1, before.start + WEEK):
            yield Violation(
                "calendar",
                f"week {week.number}",
                f"week {before.number + 1} starts {before.start + WEEK}",
                f"starts {week.start}",
            )
    for week in weeks:
        yield from _sessions_in(week)
    days = Counter(session.start.date() for session in _sessions(program.phases))
    for day, number in sorted(days.items()):
        if number > 1:
            yield Violation("calendar", day.isoformat(), "one session a day", str(number))


def _sessions_in(week: ProgramWeek) -> Iterator[Violation]:
    where = f"week {week.number}"
    for session in week.sessions:
        if not week.start <= session.start.date() < week.start + WEEK:
            required = f"sessions from {week.start} to {week.start + WEEK - dt.timedelta(days=1)}"
            yield Violation("calendar", where, required, slot_id(session))
    for before, session in pairwise(week.sessions):
        if session.start <= before.start:
            yield Violation("calendar", where, f"after {slot_id(before)}", slot_id(session))


def _weeks(problems: Sequence[Problem], phase: ProgramPhase) -> Iterator[Violation]:
    """The weeks of a phase are those of its problems."""
    weeks = {week.number: week for problem in problems for week in problem.weeks}
    required = [_week_text(week) for week in weeks.values()]
    written = [_week_text(week) for week in phase.weeks]
    for number in range(max(len(required), len(written))):
        wanted = required[number] if number < len(required) else "no more weeks"
        there = written[number] if number < len(written) else "missing"
        if wanted != there:
            yield Violation("calendar", f"phase {phase.id}", wanted, there)
    ids = {(slot.week, slot.id) for problem in problems for slot in problem.slots}
    for each in phase.weeks:
        for session in each.sessions:
            if (each.number, slot_id(session)) not in ids:
                required_slot = f"a slot of week {each.number}"
                yield Violation("calendar", slot_id(session), required_slot, "not one of them")


def _week_text(week: Week | ProgramWeek) -> str:
    return f"week {week.number} from {week.start} ({week.kind})"


def _printed_numbers(problem: Problem, phase: ProgramPhase, facts: Facts) -> Iterator[Violation]:
    """What is printed about a week is what its sessions hold."""
    printed = {week.number: week for week in phase.weeks}
    for week, sessions in facts.weeks:
        there = printed.get(week.number)
        if there is None or (problem.until is not None and problem.until < week.start + WEEK):
            continue
        where = f"week {week.number}"
        credit = facts.whole_week_credit(week, facts.week_credit(sessions))
        yield from _groups_once(where, problem, week, there)
        for row in there.volume:
            yield from _printed_volume(f"{where} {row.group}", week, row, credit)
        yield from check_rest_days(problem, week, there)
        asked = there.endurance_minutes
        if asked != week.endurance_minutes:
            yield Violation("volume", where, _minutes(week.endurance_minutes), _minutes(asked))
        planned = sum(
            prescription.minutes or 0
            for session in there.sessions
            for prescription in session.prescriptions
            if prescription.block == "endurance"
        )
        if there.endurance_minutes_planned != planned:
            yield Violation(
                "volume",
                where,
                f"{planned} min of endurance in the sessions",
                f"{there.endurance_minutes_planned} min printed",
            )


def _groups_once(
    where: str, problem: Problem, week: Week, there: ProgramWeek
) -> Iterator[Violation]:
    required = sorted(group for group in problem.groups if group in week.volume)
    written = sorted(row.group for row in there.volume)
    if required != written:
        yield Violation("volume", where, ", ".join(required), ", ".join(written))


def _printed_volume(
    where: str, week: Week, row: WeekVolume, credit: dict[str, int]
) -> Iterator[Violation]:
    asked = week.volume.get(row.group)
    sets = credit.get(row.group, 0) / EIGHTHS
    if row.sets != sets:
        yield Violation("volume", where, f"{sets:g} sets", f"{row.sets:g} printed")
    if asked is None:
        return
    floors = {asked.floor / EIGHTHS, 0.0} if week.reduced else {asked.floor / EIGHTHS}
    frame = (asked.aim_low / EIGHTHS, asked.aim_high / EIGHTHS, asked.cap / EIGHTHS)
    if row.floor not in floors or (*row.aim, row.cap) != frame:
        yield Violation(
            "volume",
            where,
            "floor {:g}, aim {:g} to {:g}, cap {:g}".format(asked.floor / EIGHTHS, *frame),
            f"floor {row.floor:g}, aim {row.aim[0]:g} to {row.aim[1]:g}, cap {row.cap:g}",
        )


def _minutes(span: tuple[int, int]) -> str:
    return f"{span[0]} to {span[1]} min of endurance"


def _boundaries(parts: Sequence[Part]) -> Iterator[Violation]:
    """Intervals, days in a row and the maximums of a week across the parts of the program."""
    before: list[PastSession] = []
    for part in parts:
        problem, schedule = part.problem, part.schedule
        if before:
            past = Past(tuple(before))
            for rule in (rest_interval, frequency, volume, endurance):
                alone = set(rule.check(replace(problem, past=Past()), schedule))
                together = rule.check(replace(problem, past=past), schedule)
                yield from (found for found in together if found not in alone)
        facts = Facts(problem, schedule)
        before += [_past_session(facts, session) for session in facts.sessions]


def _past_session(facts: Facts, session: UsedSlot) -> PastSession:
    credit = facts.credit(session)
    return PastSession(
        start=session.slot.start,
        exposures=frozenset(group for group, eighths in credit.items() if eighths >= EIGHTHS),
        exercises=frozenset(work.exercise.id for work in session.works),
        credit=credit,
        easy=session.easy,
        endurance_s=endurance_seconds_of(session),
    )
