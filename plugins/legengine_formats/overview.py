"""What is worth saying about a program, as data: equal sessions, progress over weeks, volume."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from legengine.domain.program import Prescription, ProgramPhase, ProgramWeek, Session
from legengine.language import marked, said, tr, trn
from legengine_formats import wording

Line = list[Prescription | str | None]
"""One exercise on one day through the weeks: ``None`` where the week has no session that day,
an empty string where the session is there without the exercise."""


@dataclass(frozen=True, slots=True)
class SameSessions:
    """Sessions of one week that don't differ but in their dates."""

    sessions: tuple[Session, ...]

    @property
    def first(self) -> Session:
        """The one to show."""
        return self.sessions[0]


@dataclass(frozen=True, slots=True)
class Track:
    """One exercise through the weeks of a phase; with days where its days differ."""

    days: tuple[str, ...]
    weeks: tuple[Prescription | None, ...]

    @property
    def first(self) -> Prescription:
        """The first time that it is done."""
        return next(item for item in self.weeks if item is not None)

    @property
    def begins(self) -> int:
        """The index of the week in which it comes first."""
        return next(index for index, item in enumerate(self.weeks) if item is not None)

    @property
    def name(self) -> str:
        """Its name, with the days where they matter."""
        days = f" ({', '.join(self.days)})" if self.days else ""
        return said(self.first.name) + days

    @property
    def label(self) -> str:
        """Its name, with the side and the days where they matter."""
        asides = [wording.side_text(self.first)] if wording.side_text(self.first) else []
        asides += [", ".join(self.days)] if self.days else []
        name = said(self.first.name)
        return f"{name} ({'; '.join(asides)})" if asides else name

    def amounts(self) -> tuple[str, ...]:
        """Dose and load, week by week; empty where the exercise isn't done."""
        return tuple("" if item is None else amount(item) for item in self.weeks)

    @property
    def moves(self) -> bool:
        """Whether dose or load differ between weeks, or the exercise comes and goes."""
        return len(set(self.amounts())) > 1


@dataclass(frozen=True, slots=True)
class Change:
    """Something beside dose and load that differs from its first week."""

    weeks: tuple[int, ...]
    text: str
    names: tuple[str, ...]
    """Empty: all exercises that have such a thing."""


def amount(item: Prescription) -> str:
    """Dose and load as short as they can be said."""
    load = wording.kilograms(item)
    text = wording.amount_text(item)
    return f"{text}, {load}" if load else text


def shown(item: Prescription) -> tuple[str, ...]:
    """All that a reader sees of a prescription: two that show the same need one line."""
    return (item.exercise, wording.dose_text(item), *wording.detail_texts(item), *item.equipment)


def same_sessions(sessions: Iterable[Session]) -> tuple[SameSessions, ...]:
    """Sessions grouped where they show the same, in order of their first date."""
    groups: dict[tuple[object, ...], list[Session]] = {}
    for session in sessions:
        key = (
            session.kind,
            wording.clock(session.start),
            session.place,
            session.slot_minutes,
            session.minutes,
            tuple((item.block, shown(item)) for item in session.prescriptions),
        )
        groups.setdefault(key, []).append(session)
    return tuple(SameSessions(tuple(group)) for group in groups.values())


def base_week(phase: ProgramPhase) -> ProgramWeek:
    """The week of a phase that is shown in full: the first that holds a session."""
    return next((week for week in phase.weeks if week.sessions), phase.weeks[0])


def day_sessions(week: ProgramWeek) -> Iterator[tuple[str, Session]]:
    """The sessions of a week with the name of their day; later ones of a day are numbered."""
    counts: dict[str, int] = {}
    for session in week.sessions:
        day = tr(wording.DAYS[session.start.weekday()])
        counts[day] = counts.get(day, 0) + 1
        yield (day if counts[day] == 1 else f"{day} {counts[day]}"), session


def tracks(phase: ProgramPhase) -> tuple[Track, ...]:
    """Every exercise of a phase through its weeks, in the order in which sessions hold them."""
    weeks = [dict(day_sessions(week)) for week in phase.weeks]
    lines: dict[str, dict[str, Line]] = {}
    for index, sessions in enumerate(weeks):
        for day, session in sessions.items():
            for item in session.prescriptions:
                empty: Line = ["" if day in other else None for other in weeks]
                lines.setdefault(item.exercise, {}).setdefault(day, empty)[index] = item
    found: list[Track] = []
    for by_day in lines.values():
        merged: list[tuple[list[str], Line]] = []
        for day, line in by_day.items():
            for days, other in merged:
                if all(_agree(a, b) for a, b in zip(line, other, strict=True)):
                    days.append(day)
                    other[:] = [a or b or a for a, b in zip(other, line, strict=True)]
                    break
            else:
                merged.append(([day], list(line)))
        for days, line in merged:
            items = tuple(item if isinstance(item, Prescription) else None for item in line)
            found.append(Track(tuple(days) if len(merged) > 1 else (), items))
    return tuple(found)


def _agree(one: Prescription | str | None, other: Prescription | str | None) -> bool:
    if one is None or other is None:
        return True
    if isinstance(one, Prescription) and isinstance(other, Prescription):
        return shown(one) == shown(other)
    return one == other


def runs(texts: Sequence[str], numbers: Sequence[int]) -> tuple[tuple[tuple[int, ...], str], ...]:
    """Neighbouring weeks that say the same, together: ``((1, 2), "3 x 12"), ((3,), "3 x 13")``."""
    found: list[tuple[list[int], str]] = []
    for text, week in zip(texts, numbers, strict=True):
        if found and found[-1][1] == text:
            found[-1][0].append(week)
        else:
            found.append(([week], text))
    return tuple((tuple(weeks), text) for weeks, text in found)


def _said_load(item: Prescription) -> str:
    return wording.load_text(item) if item.load_kg is None else ""


ASIDES: tuple[tuple[str, Callable[[Prescription], str]], ...] = (
    ("", _said_load),
    (marked("no effort given"), wording.named_effort),
    ("", wording.named_rest),
    (marked("no shortened range"), wording.range_note),
    (marked("no lighter set first"), wording.warmup_text),
    (marked("no tempo"), wording.tempo_text),
    ("", wording.range_text),
)
"""What a progression table leaves out: how it is said, after what to say where it is gone."""


def changes(phase: ProgramPhase, lines: Sequence[Track]) -> tuple[Change, ...]:
    """What differs from an exercise's first week beside dose and load; nothing is lost."""
    numbers = [week.number for week in phase.weeks]
    found: list[Change] = []
    for missing, say in ASIDES:
        gone = tr(missing) if missing else ""
        told: dict[tuple[tuple[int, ...], str], list[str]] = {}
        having: dict[int, set[str]] = {}
        for track in lines:
            texts = ["" if item is None else say(item) for item in track.weeks]
            differing: dict[str, list[int]] = {}
            for week, item, text in zip(numbers, track.weeks, texts, strict=True):
                if item is None:
                    continue
                if text:
                    having.setdefault(week, set()).add(track.name)
                if text != say(track.first) and (text or gone):
                    differing.setdefault(text or gone, []).append(week)
            for text, changed in differing.items():
                told.setdefault((tuple(changed), text), []).append(track.name)
        for (weeks, text), names in told.items():
            every = all(having.get(week, set()) == set(names) for week in weeks)
            found.append(Change(weeks, text, () if every and len(names) > 1 else tuple(names)))
    return tuple(sorted(found, key=lambda change: change.weeks))


@dataclass(frozen=True, slots=True)
class VolumeLine:
    """One muscle group through the weeks of a phase."""

    group: str
    aim: str
    weeks: tuple[str, ...]
    outside: bool
    """Whether a week is outside its aim."""


def volume_lines(phase: ProgramPhase) -> tuple[VolumeLine, ...]:
    """Effective sets of each muscle group, week by week, against the aim of the first week."""
    groups = dict.fromkeys(line.group for week in phase.weeks for line in week.volume)
    found = []
    for group in groups:
        by_week = [
            next((line for line in week.volume if line.group == group), None)
            for week in phase.weeks
        ]
        aim = next(wording.span(*line.aim) for line in by_week if line)
        cells, outside = [], False
        for line in by_week:
            if line is None:
                cells.append("")
                continue
            missed = not line.aim[0] <= line.sets <= line.aim[1]
            outside = outside or missed
            own = wording.span(*line.aim)
            cell = wording.number(line.sets, 1) + ("*" if missed else "")
            cells.append(cell if own == aim else f"{cell} ({own})")
        found.append(VolumeLine(group, aim, tuple(cells), outside))
    return tuple(found)


def sessions_a_week(weeks: Iterable[ProgramWeek]) -> str:
    """How many sessions a week holds: 3 sessions a week, 2 sessions and 1 easy session a week."""
    training, easy = [], []
    for week in weeks:
        gentle = sum(session.kind == "easy" for session in week.sessions)
        training.append(len(week.sessions) - gentle)
        easy.append(gentle)
    how_often = _spread(training)
    most = max(training, default=0)
    if not max(easy, default=0):
        return trn(most, "{count} session a week", "{count} sessions a week", count=how_often)
    return tr(
        "{sessions} and {easy_sessions} a week",
        sessions=trn(most, "{count} session", "{count} sessions", count=how_often),
        easy_sessions=trn(
            max(easy), "{count} easy session", "{count} easy sessions", count=_spread(easy)
        ),
    )


def _spread(numbers: Sequence[int]) -> str:
    return wording.span(min(numbers, default=0), max(numbers, default=0))


def lengths(weeks: Iterable[ProgramWeek]) -> str:
    """How long training sessions last; easy ones where there are no others."""
    every = [session for week in weeks for session in week.sessions]
    training = [session for session in every if session.kind == "training"]
    minutes = [session.minutes for session in training or every]
    return wording.minutes_text(min(minutes), max(minutes)) if minutes else ""


def last_day(week: ProgramWeek) -> dt.date:
    """The last day of a training week."""
    return week.start + dt.timedelta(days=6)


def other_sessions(phase: ProgramPhase) -> tuple[str, ...]:
    """Sessions that don't hold the exercises of their weekday in the first week, in words."""
    base = {
        day: (
            wording.day_text(session.start.date()),
            {item.exercise: said(item.name) for item in session.prescriptions},
        )
        for day, session in day_sessions(base_week(phase))
    }
    differing: dict[str, list[str]] = {}
    for week in phase.weeks:
        for day, session in day_sessions(week):
            held = {item.exercise: said(item.name) for item in session.prescriptions}
            if base.get(day, ("", {}))[1].keys() != held.keys():
                text = _difference(day, held, base)
                differing.setdefault(text, []).append(wording.day_text(session.start.date()))
    return tuple(f"{wording.listing(days)}: {text}" for text, days in differing.items())


def _difference(day: str, held: dict[str, str], base: dict[str, tuple[str, dict[str, str]]]) -> str:
    for date, usual in base.values():
        if usual.keys() == held.keys():
            return tr("as on {date}", date=date)
    date, usual = base.get(day, ("", {}))
    if not usual.keys() & held.keys():
        return "; ".join(held.values()) or tr("nothing")
    more = [name for key, name in held.items() if key not in usual]
    less = [name for key, name in usual.items() if key not in held]
    parts = [tr("as on {date}", date=date)]
    parts += [tr("with {exercises}", exercises="; ".join(more))] if more else []
    parts += [tr("without {exercises}", exercises="; ".join(less))] if less else []
    return ", ".join(parts)
