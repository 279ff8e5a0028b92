"""How far a schedule is from another one, counted in plain Python."""

from __future__ import annotations

from legengine.domain.schedule import Schedule

Held = dict[str, dict[str, tuple[int, int]]]
"""Slot to exercise to sets, and those more on the weak side."""


def distance(before: Schedule, after: Schedule) -> dict[str, int]:
    """Changed sessions, exercises added or taken away, changed sets of those that stay."""
    old, new = _held(before), _held(after)
    sessions = exercises = sets = 0
    for slot in sorted(old.keys() | new.keys()):
        was, now = old.get(slot, {}), new.get(slot, {})
        sessions += was != now
        exercises += len(was.keys() ^ now.keys())
        sets += sum(
            abs(one - other)
            for name in was.keys() & now.keys()
            for one, other in zip(was[name], now[name], strict=True)
        )
    return {"changed_sessions": sessions, "changed_exercises": exercises, "changed_sets": sets}


def _held(schedule: Schedule) -> Held:
    held: Held = {}
    for item in schedule.items:
        held.setdefault(item.slot, {})[item.exercise] = (item.sets, item.extra)
    return held
