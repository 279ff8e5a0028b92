"""What a phase has to say about itself beside its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import combinations, pairwise

from legengine.documents.positions import enumeration
from legengine.domain.problem import Problem, Slot, Week
from legengine.domain.schedule import Schedule
from legengine.prescribe.limits import condition_notes
from legengine.reckoning.sessions import is_easy_session

WEEK = dt.timedelta(days=7)


def most_sessions(slots: Sequence[Slot], hours: int) -> int:
    """The most slots of a repeating week that keep ``hours`` from start to start."""
    rest = dt.timedelta(hours=hours)
    starts = sorted(slot.start for slot in slots)
    for size in range(len(starts), 0, -1):
        for chosen in combinations(starts, size):
            circle = (*chosen, chosen[0] + WEEK)
            if all(later - earlier >= rest for earlier, later in pairwise(circle)):
                return size
    return 0


def notes_of(
    problem: Problem, schedule: Schedule, earlier: Sequence[Week] = (), *, provisional: bool
) -> tuple[str, ...]:
    """Provisional phases, days that allow fewer sessions, short and lighter weeks."""
    notes = []
    if provisional:
        notes.append(
            "Provisional: begin this phase only when the exit tests of the one before are passed."
        )
    notes += condition_notes(problem)
    notes += _sessions(problem, schedule)
    notes += _endurance(problem)
    notes += _tight(problem)
    notes += _unvetted(problem, schedule)
    every = {week.number: week for week in (*earlier, *problem.weeks)}.values()
    touched = [week.number for week in every if week.reduced]
    if touched:
        weeks = ", ".join(map(str, touched))
        what = "your exceptions change" if problem.since is None else "changes touch"
        notes.append(f"Week {weeks}: {what} this week; its minimums are waived.")
    lighter = [week.number for week in every if week.kind == "deload"]
    if lighter:
        weeks = ", ".join(map(str, lighter))
        notes.append(f"Week {weeks} is a lighter week: fewer sets, more left in reserve.")
    return tuple(notes)


def _unvetted(problem: Problem, schedule: Schedule) -> list[str]:
    """Say which exercises are here only because nothing that limits is known of the person."""
    used = {item.exercise for item in schedule.items}
    names = [problem.exercises[id].name for id in sorted(used) if not problem.exercises[id].vetted]
    if not names:
        return []
    said = (
        f"Nobody rated for a sore, weak or healing body: {enumeration(names, 'and')}. Open to you "
        "because you named nothing that limits; leave out what begins to hurt, and name the pain "
        "in the profile."
    )
    return [said]


def _sessions(problem: Problem, schedule: Schedule) -> list[str]:
    """Say so where the rest interval, not the wish, limits the sessions."""
    week = next((week for week in problem.weeks if week.regular), None)
    hours = max(problem.rest_hours.values(), default=0)
    if week is None or not hours:
        return []
    slots = [slot for slot in problem.slots if slot.week == week.number]
    work = {
        item.slot
        for item in schedule.items
        if not is_easy_session(week, [problem.exercises[item.exercise]])
    }
    used = {slot.id for slot in slots} & work
    allowed = most_sessions(slots, hours)
    if len(used) < min(week.sessions[1], len(slots)) and len(used) == allowed:
        days = ", ".join(slot.start.strftime("%A") for slot in slots)
        limit = f"with {hours} h from session to session, {days} hold no more"
        return [f"{len(used)} sessions a week: {limit}."]
    return []


def _endurance(problem: Problem) -> list[str]:
    """Say what waits until balance work is established."""
    closed = () if problem.ramp is None else problem.ramp.closed
    names = [problem.exercises[id].name.lower() for id in closed if id in problem.exercises]
    if not names:
        return []
    return [f"Balance work comes first: no {', '.join(names)} as endurance work in this phase."]


def _tight(problem: Problem) -> list[str]:
    """Say what helps with a stiff ankle until its range is back."""
    if problem.stretching is None or "calves" not in problem.tight:
        return []
    return ["Your ankle tests stiff: a small wedge under the heels makes squats easier for now."]
