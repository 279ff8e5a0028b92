"""Weeks, sessions and exercises as a page shows them; all texts said, nothing laid out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legengine.domain.program import (
    Prescription,
    Program,
    ProgramPhase,
    ProgramWeek,
    Session,
)
from legengine.language import said, tr
from legengine_formats import overview, rest_days, training, wording
from legengine_formats.blocks import Block
from legengine_formats.sets import work_sets


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One prescription."""

    id: str
    anchor: str
    """Where the page says how it is done."""
    name: str
    dose: str
    load: str
    effort: str
    rest: str
    note: str
    rest_s: int
    plan: str
    """For the script: ``side,sets,reps,seconds,metres,load_kg`` for each side, ``;`` between."""
    loaded: bool
    """Whether a load can be written down."""
    reserve: str
    """Repetitions to leave, as the field for them shows; empty where none are asked for."""
    boxes: int
    """Boxes to tick on paper."""
    why: str
    """Numbers of its reasons in the how-to, with spaces between; empty: all of them."""


@dataclass(frozen=True, slots=True)
class PartView:
    """Exercises of one part of a session."""

    title: str
    exercises: tuple[ExerciseView, ...]


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session."""

    anchor: str
    start: str
    """``2026-11-30T10:00``: what the log knows it by."""
    title: str
    facts: str
    easy: bool
    minutes: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of a week, with its sessions or with what may be done on it."""

    date: str
    text: str
    sessions: tuple[SessionView, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """One week."""

    number: int
    anchor: str
    start: str
    title: str
    about: str
    lighter: bool
    provisional: bool
    colour: int
    """Which of the phase colours it has."""
    days: tuple[DayView, ...]
    intro: tuple[Block, ...]

    @property
    def sessions(self) -> tuple[SessionView, ...]:
        """Its sessions in order."""
        return tuple(session for day in self.days for session in day.sessions)


@dataclass(frozen=True, slots=True)
class HowView:
    """How an exercise is done: once on a page, however often it comes."""

    anchor: str
    id: str
    name: str
    instruction: str
    cues: tuple[str, ...]
    needs: str
    reasons: tuple[str, ...]


PHASE_COLOURS = 4
"""So many colours; later phases begin again."""


class Exercises:
    """Every exercise of the weeks that are shown, with all reasons that its prescriptions give."""

    def __init__(self, weeks: Sequence[ProgramWeek]) -> None:
        self._first: dict[str, Prescription] = {}
        self._reasons: dict[str, dict[str, int]] = {}
        for week in weeks:
            for session in week.sessions:
                for item in session.prescriptions:
                    self._first.setdefault(item.exercise, item)
                    reasons = self._reasons.setdefault(item.exercise, {})
                    for reason in item.reasons:
                        reasons.setdefault(reason.text, len(reasons))
        self._numbers = {id: number for number, id in enumerate(self._first, start=1)}

    def anchor(self, id: str) -> str:
        """Its place on the page; an id may hold what an anchor may not."""
        return f"x{self._numbers[id]}"

    def why(self, item: Prescription) -> str:
        """The numbers of a prescription's reasons; empty where they are all that are told."""
        known = self._reasons[item.exercise]
        numbers = [known[reason.text] for reason in item.reasons]
        return "" if numbers == list(range(len(known))) else " ".join(map(str, numbers))

    def how(self) -> Iterator[HowView]:
        """Each exercise once, in the order in which they come."""
        for id, item in self._first.items():
            needs = wording.listing(map(wording.spoken, item.equipment))
            yield HowView(
                anchor=self.anchor(id),
                id=id,
                name=said(item.name),
                instruction=wording.told(item.instruction),
                cues=tuple(said(cue) for cue in item.cues),
                needs=needs,
                reasons=tuple(map(wording.told, self._reasons[id])),
            )


# --- weeks ---------------------------------------------------------------------------------


def week_views(program: Program, exercises: Exercises, only: int | None) -> Iterator[WeekView]:
    """The weeks that are shown, in order."""
    for place, phase in enumerate(program.phases):
        for week in phase.weeks:
            if only is None or week.number == only:
                yield _week(program, place, phase, week, exercises)


def _week(
    program: Program,
    place: int,
    phase: ProgramPhase,
    week: ProgramWeek,
    exercises: Exercises,
) -> WeekView:
    numbers = {id(session): n for n, session in enumerate(week.sessions, start=1)}
    by_day: dict[dt.date, list[SessionView]] = {}
    for session in week.sessions:
        view = _session(week, numbers[id(session)], session, exercises)
        by_day.setdefault(session.start.date(), []).append(view)
    optional = {day.date: day.items for day in week.rest_days}
    dates = {week.start + dt.timedelta(days=offset) for offset in range(7)}
    days = tuple(
        DayView(
            date=date.isoformat(),
            text=wording.day_text(date),
            sessions=tuple(by_day.get(date, ())),
            optional=tuple(map(rest_days.amount_text, optional.get(date, ()))),
        )
        for date in sorted(dates | by_day.keys())
    )
    dates_text = wording.days_between(week.start, overview.last_day(week))
    return WeekView(
        number=week.number,
        anchor=f"w{week.number}",
        start=week.start.isoformat(),
        title=tr("Week {n} of {all}", n=week.number, all=program.weeks),
        about=f"{said(phase.title)} · {dates_text}",
        lighter=week.kind == "deload",
        provisional=phase.provisional,
        colour=place % PHASE_COLOURS + 1,
        days=days,
        intro=training.week_intro(phase, week),
    )


def _session(week: ProgramWeek, number: int, session: Session, exercises: Exercises) -> SessionView:
    day = wording.day_text(session.start.date())
    return SessionView(
        anchor=f"s{week.number}-{number}",
        start=session.start.isoformat(timespec="minutes"),
        title=f"{day}, {wording.clock(session.start)}",
        facts=_facts(session),
        easy=session.kind == "easy",
        minutes=tr("{n} min", n=session.minutes),
        parts=tuple(
            PartView(title, tuple(_exercise(item, exercises) for item in items))
            for title, items in wording.in_parts(session.prescriptions)
        ),
    )


def _facts(session: Session) -> str:
    place = session.place
    length = wording.minutes_text(session.minutes)
    texts = [
        tr("{place}, {length} (you have {n}).", place=place, length=length, n=session.slot_minutes)
    ]
    overhead = wording.overhead_minutes(session)
    if overhead:
        texts.append(
            tr("{n} of them are for warming up, changing over and easing off.", n=overhead)
        )
    things = wording.equipment_of(session.prescriptions)
    if things:
        texts.append(tr("You need: {things}.", things=wording.listing(things)))
    return " ".join(texts)


def _exercise(item: Prescription, exercises: Exercises) -> ExerciseView:
    plan = _plan(item)
    return ExerciseView(
        id=item.exercise,
        anchor=exercises.anchor(item.exercise),
        name=said(item.name),
        dose=wording.dose_text(item),
        load=wording.load_text(item),
        effort=wording.effort_text(item),
        rest=wording.rest_text(item),
        note=wording.note_text(item),
        rest_s=item.rest_s,
        plan=";".join(",".join(map(_cell, entry)) for entry in plan),
        loaded=bool(item.load_kg is not None or item.load_text or item.percent_1rm or _loads(item)),
        reserve=wording.span(*item.rir) if item.rir else "",
        boxes=sum(work_sets(item).values()),
        why=exercises.why(item),
    )


def _loads(item: Prescription) -> bool:
    return any(dose.load_kg is not None for dose in item.sides)


Planned = tuple[str, int, int | None, int | None, int | None, float | None]


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _plan(item: Prescription) -> list[Planned]:
    """What is asked for, side by side where the legs differ, else in one line."""
    if item.dose_kind == "duration" and item.minutes is not None:
        return [("", 1, None, item.minutes * 60, None, item.load_kg)]
    held = item.dose_kind == "hold"
    if not item.sides:
        hold = item.hold_s if held else None
        return [("", item.sets, item.reps, hold, item.metres, item.load_kg)]
    return [
        (
            dose.side,
            dose.sets,
            dose.reps,
            dose.hold_s if held else None,
            item.metres,
            item.load_kg if dose.load_kg is None else dose.load_kg,
        )
        for dose in item.sides
    ]
