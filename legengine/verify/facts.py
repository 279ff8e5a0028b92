"""What a schedule holds, read against its problem: sessions, weeks, credits, exposures, seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose, PastSession, Problem, Slot, Week
from legengine.domain.protocol import CoverageRow
from legengine.domain.schedule import Item, Schedule
from legengine.domain.vocabulary import EASY_BLOCKS
from legengine.verify.credit import EIGHTHS, credit_of_set
from legengine.verify.duration import planned_seconds, session_seconds

_IN_ORDER = attrgetter("slot", "exercise", "sets", "extra")


class Work(NamedTuple):
    """One item of a session, with all that it refers to."""

    slot: Slot
    exercise: Exercise
    sets: int
    dose: Dose | None
    """``None`` where the phase has no dose row for the exercise."""
    extra: int = 0
    """Sets more on the weak side alone."""

    @property
    def where(self) -> str:
        """Slot and exercise."""
        return f"{self.slot.id} {self.exercise.id}"


@dataclass(frozen=True, slots=True)
class Session:
    """A used slot with its items; items that name nothing known are left out."""

    slot: Slot
    works: tuple[Work, ...]
    easy: bool = False
    """Whether it is an easy session: nothing in it but easy blocks, in a week with room for it."""

    @property
    def day(self) -> dt.date:
        """The calendar day."""
        return self.slot.start.date()


class Facts:
    """The facts of one schedule, each derived when it is first asked for."""

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.items: tuple[Item, ...] = tuple(sorted(schedule.items, key=_IN_ORDER))
        self._set_credit: dict[tuple[str, int], Mapping[str, int]] = {}
        self._credit: dict[str, dict[str, int]] = {}
        self._exposures: dict[str, frozenset[str]] = {}
        self._seconds: dict[str, int] = {}

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """Slots by id."""
        return {slot.id: slot for slot in self.problem.slots}

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Used slots in order of time."""
        works: dict[str, list[Work]] = {}
        problem = self.problem
        for item in self.items:
            slot = self.slots.get(item.slot)
            if slot is None:
                continue
            held = works.setdefault(item.slot, [])
            exercise = problem.exercises.get(item.exercise)
            if exercise is not None:
                dosed = item.exercise in problem.doses
                dose = problem.dose(item.exercise, slot.week) if dosed else None
                held.append(Work(slot, exercise, item.sets, dose, item.extra))
        used = sorted(works, key=lambda name: (self.slots[name].start, name))
        return tuple(self._session(self.slots[name], tuple(works[name])) for name in used)

    def _session(self, slot: Slot, works: tuple[Work, ...]) -> Session:
        room = self.problem.week(slot.week).easy_sessions > 0
        hard = [work for work in works if work.exercise.block not in EASY_BLOCKS]
        return Session(slot, works, easy=room and not hard)

    @cached_property
    def training(self) -> tuple[Session, ...]:
        """The sessions that are no easy ones, in order of time."""
        return trained(self.sessions)

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """All items that name something known, in order of time."""
        return tuple(work for session in self.sessions for work in session.works)

    @cached_property
    def weeks(self) -> tuple[tuple[Week, tuple[Session, ...]], ...]:
        """Every week of the phase with its sessions."""
        sessions: dict[int, list[Session]] = {}
        for session in self.sessions:
            sessions.setdefault(session.slot.week, []).append(session)
        return tuple((week, tuple(sessions.get(week.number, ()))) for week in self.problem.weeks)

    def over(self, week: Week) -> tuple[PastSession, ...]:
        """The sessions of a week that are over."""
        end = week.start + dt.timedelta(days=7)
        past = self.problem.past.sessions
        return tuple(one for one in past if week.start <= one.start.date() < end)

    @cached_property
    def chosen(self) -> dict[str, Exercise]:
        """Every exercise that comes somewhere, by id."""
        return {work.exercise.id: work.exercise for work in self.works}

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The exercises of every used slot, as often as they come."""
        return {
            session.slot.id: tuple(work.exercise.id for work in session.works)
            for session in self.sessions
        }

    @cached_property
    def counted(self) -> dict[str, frozenset[str]]:
        """The chosen exercises that count for each coverage row, by the id of the row."""
        return {
            row.id: frozenset(name for name, each in self.chosen.items() if counts(row, each))
            for row in self.problem.coverage
        }

    def credit(self, session: Session) -> Mapping[str, int]:
        """Eighths of an effective set that a session gives to each muscle group."""
        total = self._credit.get(session.slot.id)
        if total is None:
            total = self._credit[session.slot.id] = self._add_up(session)
        return total

    def _add_up(self, session: Session) -> dict[str, int]:
        total: dict[str, int] = {}
        for work in session.works:
            if work.dose is None:
                continue
            key = (work.exercise.id, work.slot.week)
            one_set = self._set_credit.get(key)
            if one_set is None:
                one_set = credit_of_set(work.exercise, work.dose, self.problem.muscle_groups)
                self._set_credit[key] = one_set
            for group, eighths in one_set.items():
                total[group] = total.get(group, 0) + work.sets * eighths
        return total

    def week_credit(self, sessions: tuple[Session, ...]) -> dict[str, int]:
        """Eighths of an effective set that the sessions of a week give to each group."""
        total: dict[str, int] = {}
        for session in sessions:
            for group, eighths in self.credit(session).items():
                total[group] = total.get(group, 0) + eighths
        return total

    @cached_property
    def week_credits(self) -> tuple[tuple[Week, dict[str, int]], ...]:
        """Every week of the phase with what its sessions give to each group."""
        return tuple((week, self.week_credit(sessions)) for week, sessions in self.weeks)

    def whole_week_credit(self, week: Week, credit: Mapping[str, int]) -> dict[str, int]:
        """The credit of a week with that of its sessions that are over."""
        total = dict(credit)
        for session in self.over(week):
            for group, eighths in session.credit.items():
                total[group] = total.get(group, 0) + eighths
        return total

    def exposures(self, session: Session) -> frozenset[str]:
        """The phase's muscle groups that a session exposes."""
        exposed = self._exposures.get(session.slot.id)
        if exposed is None:
            credit = self.credit(session)
            exposed = frozenset(g for g in self.problem.groups if credit.get(g, 0) >= EIGHTHS)
            self._exposures[session.slot.id] = exposed
        return exposed

    def seconds(self, session: Session) -> int:
        """The length of a session with the doses of its week."""
        seconds = self._seconds.get(session.slot.id)
        if seconds is None:
            items = [
                planned_seconds(work.exercise, work.dose, work.sets, work.extra)
                for work in session.works
                if work.dose is not None
            ]
            seconds = session_seconds(self.problem.structure, items)
            self._seconds[session.slot.id] = seconds
        return seconds


def trained(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Without the easy sessions."""
    return tuple(session for session in sessions if not session.easy)


def counts(row: CoverageRow, exercise: Exercise) -> bool:
    """Whether an exercise counts for a coverage row."""
    named = (
        exercise.pattern in row.patterns
        or exercise.block in row.blocks
        or exercise.id in row.exercises
    )
    return named and (not row.one_legged or exercise.laterality != "both")


@dataclass(frozen=True, slots=True)
class StudiedSchedule(Schedule):
    """A schedule that keeps its facts, so that all rules and wishes that look at it share them."""

    kept: list[Facts] = field(default_factory=list, repr=False, compare=False)
    """One for each problem that it was read against."""


def studied(schedule: Schedule) -> StudiedSchedule:
    """The same schedule, ready to be looked at more than once."""
    if isinstance(schedule, StudiedSchedule):
        return schedule
    return StudiedSchedule(**{each.name: getattr(schedule, each.name) for each in fields(Schedule)})


def facts_of(problem: Problem, schedule: Schedule) -> Facts:
    """The facts of a schedule against a problem; those that a studied schedule has already."""
    if not isinstance(schedule, StudiedSchedule):
        return Facts(problem, schedule)
    for facts in schedule.kept:
        if facts.problem is problem:
            return facts
    schedule.kept.append(Facts(problem, schedule))
    return schedule.kept[-1]
