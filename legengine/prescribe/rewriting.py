"""A phase written anew where something changed, and left as it is written everywhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from legengine.domain.problem import Problem, Slot
from legengine.domain.program import Bind, Prescription, ProgramPhase, Session
from legengine.domain.schedule import Item
from legengine.prescribe.prescription import Prescriber
from legengine.prescribe.program import (
    SolvedPhase,
    framed_session,
    in_order,
    phase_document,
    week_document,
)
from legengine.prescribe.rest_days import kept_rest_days, minutes_on


def follow(prescriber: Prescriber, sessions: Iterable[Session]) -> None:
    """Take sessions that stand as what the exercises did."""
    slots = {slot.start: slot for slot in prescriber.problem.slots}
    for session in sessions:
        for entry in session.prescriptions:
            prescriber.follow(entry, slots[session.start])


def recounted(problem: Problem, before: ProgramPhase, missed: Collection[dt.date]) -> ProgramPhase:
    """The phase with the numbers of the weeks in which a session was missed counted again."""
    weeks = {week.number: week for week in before.weeks}
    for week in problem.weeks:
        written = weeks[week.number]
        days = [(day - week.start).days for day in missed]
        if not any(0 <= day < 7 for day in days):
            continue
        over = [s for s in written.sessions if problem.since and s.start.date() < problem.since]
        here = [session for session in written.sessions if session not in over]
        counted = week_document(problem, week, here, over)
        weeks[week.number] = written.model_copy(
            update={
                "volume": counted.volume,
                "endurance_minutes_planned": counted.endurance_minutes_planned,
            }
        )
    return before.model_copy(update={"weeks": tuple(weeks.values())})


def rewrite_phase(
    solved: SolvedPhase,
    before: ProgramPhase,
    origins: Mapping[str, Session],
    stands: Callable[[Slot, Prescription], bool],
) -> ProgramPhase:
    """Write a phase anew, and leave everything as it was written that may stand.

    ``origins`` holds, for a slot, the session that was planned for it; ``stands`` says whether a
    prescription of it is still right there. A phase in which nothing changes stays as it is.
    """
    problem = solved.problem
    by_slot = solved.schedule.by_slot()
    slots = {slot.id: slot for slot in problem.slots}
    first = problem.weeks[0].number
    weeks = [week for week in before.weeks if week.number < first]
    written = {week.number: week for week in before.weeks}
    for week in problem.weeks:
        over = [
            session
            for session in written[week.number].sessions
            if problem.since is not None and session.start.date() < problem.since
        ]
        sessions = [
            _rewritten(solved, slots[id], items, origins.get(id), stands)
            for id, items in by_slot.items()
            if slots[id].week == week.number
        ]
        document = week_document(problem, week, sessions, over)
        if problem.since is not None and week.start < problem.since:
            rest_days = kept_rest_days(
                problem, written[week.number].rest_days, document.sessions, week
            )
            document = document.model_copy(
                update={
                    "rest_days": rest_days,
                    "endurance_minutes_rest": minutes_on(rest_days),
                }
            )
        weeks.append(document)
    after = phase_document(solved, weeks)
    kept = {"notes": before.notes, "solve": before.solve, "binds": before.binds}
    if after.model_copy(update=kept) == before:
        return before
    return after.model_copy(update={"binds": (*_binds_before(before, first), *after.binds)})


def _binds_before(phase: ProgramPhase, week: int) -> Iterator[Bind]:
    """What sets the limits of the weeks that are over."""
    for bind in phase.binds:
        weeks = tuple(number for number in bind.weeks if number < week)
        if weeks:
            yield bind.model_copy(update={"weeks": weeks})


def _rewritten(
    solved: SolvedPhase,
    slot: Slot,
    items: Iterable[Item],
    origin: Session | None,
    stands: Callable[[Slot, Prescription], bool],
) -> Session:
    """A session of what stands and of what is prescribed anew."""
    prescriber = solved.prescriber
    planned = {entry.exercise: entry for entry in origin.prescriptions} if origin else {}
    entries = []
    for item in in_order(solved.problem, items):
        entry = planned.get(item.exercise)
        if (
            entry is not None
            and (entry.sets, entry.extra) == (item.sets, item.extra)
            and prescriber.would_repeat(entry, slot)
            and stands(slot, entry)
        ):
            prescriber.follow(entry, slot)
        else:
            entry = prescriber.prescribe(item, slot)
        entries.append(entry)
    return framed_session(solved.problem, slot, entries)
