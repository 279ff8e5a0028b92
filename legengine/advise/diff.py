"""What became different between a program and its re-planned self, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from legengine.advise.planned import Ahead, Planned
from legengine.advise.reasons import Reasons
from legengine.domain.event import Event
from legengine.domain.program import Prescription, Program, Session
from legengine.domain.schedule import Status
from legengine.hooks.contracts import Constraint
from legengine.solve.least_change import DISTANCE

Kind = Literal["missed", "removed", "added", "moved", "changed"]
"""What became of a session."""


@dataclass(frozen=True, slots=True)
class ExerciseChange:
    """An exercise of a session that came, went, or is done otherwise."""

    exercise: str
    name: str
    before: int | None
    """Sets, or ``None`` where it wasn't there."""
    after: int | None
    reason: str

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "exercise": self.exercise,
            "sets_before": self.before,
            "sets_after": self.after,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A session that is not as it was."""

    kind: Kind
    before: dt.datetime | None
    after: dt.datetime | None
    reason: str
    exercises: tuple[ExerciseChange, ...] = ()
    frame: tuple[str, ...] = ()
    """What changed about the session itself: hour, place, minutes."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "kind": self.kind,
            "before": self.before.isoformat(timespec="minutes") if self.before else None,
            "after": self.after.isoformat(timespec="minutes") if self.after else None,
            "reason": self.reason,
            "frame": list(self.frame),
            "exercises": [change.as_data() for change in self.exercises],
        }


@dataclass(frozen=True, slots=True)
class ProgramDiff:
    """Every session that is not as it was, with counts and what is proven."""

    sessions: tuple[SessionChange, ...]
    untouched: int
    """Sessions that stay as they are written, to the byte."""
    distance: Mapping[str, int]
    """Changed sessions, exercises and sets, beyond what the change itself takes away."""
    proven: Status
    """Whether the distance is proven to be the least."""

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        return {
            "untouched": self.untouched,
            "distance": dict(self.distance),
            "proven": self.proven == "optimal",
            "sessions": [change.as_data() for change in self.sessions],
        }


def diff_of(
    planned: Planned,
    after: Program,
    events: Sequence[Event],
    ahead: Sequence[Ahead],
    constraints: Sequence[Constraint],
) -> ProgramDiff:
    """Compare session by session, and find a reason for every difference."""
    reasons = Reasons(after.profile, events, ahead, constraints)
    new = {session.start: session for session in _sessions(after)}
    changes: list[SessionChange] = []
    untouched = 0
    pairs = _pairs(planned, new)
    for before, now in pairs:
        if before == now:
            untouched += 1
        else:
            changes.append(_change(before, now, planned, reasons))
    met = {now.start for _, now in pairs if now is not None}
    changes += [_added(now, reasons) for start, now in new.items() if start not in met]
    changes.sort(key=lambda change: str(change.after or change.before))
    levels = [level for part in ahead for level in part.schedule.levels if level.name in DISTANCE]
    return ProgramDiff(
        sessions=tuple(changes),
        untouched=untouched,
        distance={
            name: sum(level.value for level in levels if level.name == name) for name in DISTANCE
        },
        proven="optimal" if all(level.status == "optimal" for level in levels) else "feasible",
    )


def _sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


def _pairs(
    planned: Planned, new: Mapping[dt.datetime, Session]
) -> list[tuple[Session, Session | None]]:
    """Every session as it was planned with what it is now."""
    to = {session.start: start for start, session in planned.moved.items()}
    by_day = {start.date(): start for start in new}
    pairs: list[tuple[Session, Session | None]] = []
    met: set[dt.datetime] = set()
    for session in planned.sessions.values():
        start = to.get(session.start) or by_day.get(session.start.date())
        now = new.get(start) if start is not None and start not in met else None
        if now is not None and (session.start in to or now.start not in planned.moved):
            met.add(now.start)
            pairs.append((session, now))
        else:
            pairs.append((session, None))
    return pairs


def _added(now: Session, reasons: Reasons) -> SessionChange:
    return SessionChange(
        "added", None, now.start, reasons.added(now), _exercises(None, now, reasons)
    )


def _change(
    before: Session, now: Session | None, planned: Planned, reasons: Reasons
) -> SessionChange:
    if now is None:
        missed = before.start.date() in planned.missed
        kind: Kind = "missed" if missed else "removed"
        return SessionChange(kind, before.start, None, reasons.gone(before))
    kind = "moved" if before.start.date() != now.start.date() else "changed"
    return SessionChange(
        kind,
        before.start,
        now.start,
        reasons.moved(before, now),
        _exercises(before, now, reasons),
        _frame(before, now),
    )


def _frame(before: Session, now: Session) -> tuple[str, ...]:
    found = []
    if before.start.time() != now.start.time():
        found.append(f"at {now.start:%H:%M} instead of {before.start:%H:%M}")
    if before.place != now.place:
        found.append(f"at {now.place} instead of {before.place}")
    if before.slot_minutes != now.slot_minutes:
        found.append(f"{now.slot_minutes} minutes instead of {before.slot_minutes}")
    return tuple(found)


def _exercises(
    before: Session | None, now: Session, reasons: Reasons
) -> tuple[ExerciseChange, ...]:
    was = {entry.exercise: entry for entry in before.prescriptions} if before else {}
    there = {entry.exercise: entry for entry in now.prescriptions}
    changes = []
    for id in [*was, *(id for id in there if id not in was)]:
        old, new = was.get(id), there.get(id)
        if old == new:
            continue
        named = old or new
        changes.append(
            ExerciseChange(
                exercise=id,
                name=named.name if named else id,
                before=old.sets if old else None,
                after=new.sets if new else None,
                reason=_reason(now, id, old, new, reasons),
            )
        )
    return tuple(changes)


def _reason(
    now: Session, id: str, old: Prescription | None, new: Prescription | None, reasons: Reasons
) -> str:
    if old is not None and new is not None and old.sets == new.sets:
        return reasons.dosed(old, new)
    return reasons.exercise(now.start, id)
