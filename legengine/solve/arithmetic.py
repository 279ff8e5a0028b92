"""What can be said about an impossible week without a solver, in sentences with exact numbers.

Every finding names labels that can't hold together; a plain solve confirms it before anyone is
told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot, Week
from legengine.reckoning.credit import SET
from legengine.reckoning.time import item_time
from legengine.solve.builder import Builder
from legengine.solve.constraints import time as time_rule
from legengine.solve.constraints.structure import WORK_BLOCKS

WEEK: Final = dt.timedelta(days=7)

MOST_SLOTS: Final = 14
"""More opportunities a week than this are left to the solver."""


DAY_LIMITS: Final = frozenset({"one_session_a_day", "session_gap", "rest_days", "consecutive_days"})
"""What limits sessions whatever they hold."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Labels that can't hold together, and the reckoning that shows it."""

    labels: tuple[Label, ...]
    because: tuple[str, ...]
    therefore: str


def findings(builder: Builder, problem: Problem) -> Iterator[Finding]:
    """The simple reasons for which no week exists, the plainest first."""
    for number, _ in builder.distinct_weeks():
        week = problem.week(number)
        slots = builder.slots(number)
        if week.reduced or len(slots) > MOST_SLOTS:
            continue
        circle = _Circle(problem, week, slots)
        yield from _sessions(builder, problem, week, circle)
        yield from _exposures(problem, week, circle)
        yield from _volume(problem, week, circle)


def sessions_missing(problem: Problem) -> int:
    """How many sessions a week fewer fit on the days than the phase asks for, time aside."""
    row = problem.frequency
    limits = _Limits(row.session_gap_hours, row.rest_days_min, row.consecutive_days_max)
    missing = 0
    for week in problem.weeks:
        slots = [slot for slot in problem.slots if slot.week == week.number]
        if not week.reduced and len(slots) <= MOST_SLOTS:
            fit = _Circle(problem, week, slots).most(DAY_LIMITS, limits, frozenset())
            missing = max(missing, week.sessions[0] - fit)
    return missing


class _Circle:
    """The opportunities of one week; a regular week comes again and meets itself."""

    def __init__(self, problem: Problem, week: Week, slots: Sequence[Slot]) -> None:
        self.slots = tuple(slots)
        regular = [other.number for other in problem.weeks if other.regular]
        self.repeats = week.regular and len(regular) > 1

    def most(self, limits: frozenset[str], row: _Limits, usable: frozenset[str]) -> int:
        """The most sessions that fit under some of the limits."""
        open_ = [s for s in self.slots if "time" not in limits or s.id in usable]
        for size in range(len(open_), 0, -1):
            if any(self._fit(chosen, limits, row) for chosen in combinations(open_, size)):
                return size
        return 0

    def apart(self, hours: int) -> int:
        """The most opportunities of which each is so many hours from the next."""
        return self.most(frozenset({"session_gap"}), _Limits(hours, 0, 7), frozenset())

    def _fit(self, chosen: Sequence[Slot], limits: frozenset[str], row: _Limits) -> bool:
        starts = [slot.start for slot in chosen]
        days = [start.date() for start in starts]
        if "one_session_a_day" in limits and len(set(days)) < len(days):
            return False
        if "session_gap" in limits:
            around = [*starts, starts[0] + WEEK] if self.repeats else starts
            gap = dt.timedelta(hours=row.gap_hours)
            if any(later - earlier < gap for earlier, later in pairwise(around)):
                return False
        if "rest_days" in limits and len(chosen) > 7 - row.rest_days:
            return False
        return "consecutive_days" not in limits or self._run(days) <= row.in_a_row

    def _run(self, days: Sequence[dt.date]) -> int:
        """The longest run of days, across the border to the next week where it comes again."""
        doubled = (
            sorted({*days, *(day + WEEK for day in days)}) if self.repeats else sorted({*days})
        )
        longest = length = 1
        for before, day in pairwise(doubled):
            length = length + 1 if day - before == dt.timedelta(days=1) else 1
            longest = max(longest, length)
        return longest


@dataclass(frozen=True, slots=True)
class _Limits:
    gap_hours: int
    rest_days: int
    in_a_row: int


def _sessions(builder: Builder, problem: Problem, week: Week, circle: _Circle) -> Iterator[Finding]:
    """Fewer sessions fit than the phase asks for: by the days alone, or by one or two limits."""
    row, least = problem.frequency, week.sessions[0]
    limits = _Limits(row.session_gap_hours, row.rest_days_min, row.consecutive_days_max)
    shortest = {slot.id: _shortest(builder, problem, slot) for slot in circle.slots}
    usable = frozenset(
        slot.id for slot in circle.slots if (shortest[slot.id] or 0) <= slot.minutes * 60
    )
    names = (*sorted(DAY_LIMITS), "time")
    for size in range(3):
        for active in combinations(names, size):
            most = circle.most(frozenset(active), limits, usable)
            if most >= least:
                continue
            yield Finding(
                _session_labels(active, week, circle, usable),
                tuple(_session_reasons(active, problem, circle, usable, shortest)),
                f"{_at_most(most, 'session')} a week; the phase asks for at least {least}",
            )
            return


def _session_labels(
    active: Sequence[str], week: Week, circle: _Circle, usable: frozenset[str]
) -> tuple[Label, ...]:
    labels = [Label.of("frequency", what="sessions_min", week=week.number)]
    for name in active:
        if name == "time":
            short = [slot for slot in circle.slots if slot.id not in usable]
            labels += [time_rule.label_of(slot) for slot in short]
            labels.append(Label.of("structure", what="work_items_min"))
        elif name == "rest_days":
            labels.append(Label.of("frequency", what="rest_days", week=week.number))
        else:
            labels.append(Label.of("frequency", what=name))
    return tuple(sorted(set(labels)))


def _session_reasons(
    active: Sequence[str],
    problem: Problem,
    circle: _Circle,
    usable: frozenset[str],
    shortest: dict[str, int | None],
) -> Iterator[str]:
    yield open_days(circle.slots)
    row = problem.frequency
    sentences = {
        "one_session_a_day": "there is at most one session a day",
        "session_gap": f"sessions start at least {row.session_gap_hours} h apart",
        "rest_days": f"a week keeps at least {row.rest_days_min} days without a session",
        "consecutive_days": f"at most {row.consecutive_days_max} training days come in a row",
    }
    for name in active:
        if name != "time":
            yield sentences[name]
            continue
        short = [slot for slot in circle.slots if slot.id not in usable]
        needed = max(-(-(shortest[slot.id] or 0) // 60) for slot in short)
        frame = problem.structure
        fixed = -(-(frame.warm_up_s + frame.cool_down_s) // 60)
        yield (
            f"the shortest session of this phase takes {needed} minutes ({fixed} of them for the "
            "general warm-up and the cool-down)"
        )
        yield f"there are only {_minutes(short)}"


def _shortest(builder: Builder, problem: Problem, slot: Slot) -> int | None:
    """The shortest session that fits the doses of every week that the slot comes again in."""
    regular = problem.week(slot.week).regular
    same = [slot]
    if regular:
        same = [
            other
            for other in builder.slots()
            if other.weekly == slot.weekly and problem.week(other.week).regular
        ]
    lengths = [least_seconds(builder, problem, other) for other in same]
    known = [length for length in lengths if length is not None]
    return max(known) if len(known) == len(lengths) else None


def least_seconds(builder: Builder, problem: Problem, slot: Slot) -> int | None:
    """The shortest session that the frame of the phase allows; ``None`` where none is open."""
    frame = problem.structure
    lengths = sorted(
        item_time(problem.exercises[id], dose).seconds(dose.sets_min)
        for id in builder.exercises(slot.id)
        if problem.exercises[id].block in WORK_BLOCKS
        for dose in (problem.dose(id, slot.week),)
    )
    items = max(frame.work_items[0], 1)
    if len(lengths) < items:
        return None
    return frame.warm_up_s + frame.cool_down_s + (items - 1) * frame.change_s + sum(lengths[:items])


def _exposures(problem: Problem, week: Week, circle: _Circle) -> Iterator[Finding]:
    """The rest interval of a muscle leaves fewer exposures than the phase asks for."""
    if week.kind != "build":
        return
    for group in problem.groups:
        volume = week.volume.get(group)
        if volume is None or not volume.floor:
            continue
        hours = problem.rest_hours[group]
        most = circle.apart(hours)
        row = problem.frequency
        least = max(row.exposures[0], row.exposures_of.get(group, 0))
        if most < least:
            name = group.replace("_", " ")
            yield Finding(
                (
                    Label.of("frequency", what="exposures_min", muscle=group, week=week.number),
                    Label.of("rest_interval", muscle=group),
                ),
                (open_days(circle.slots), f"{name} need {hours} h from session to session"),
                f"{_at_most(most, f'session of {name}')} a week; "
                f"the phase asks for at least {least}",
            )


def _volume(problem: Problem, week: Week, circle: _Circle) -> Iterator[Finding]:
    """A floor lies above what all the exposures that fit can hold."""
    for group in problem.groups:
        volume = week.volume.get(group)
        if volume is None or not volume.floor:
            continue
        most = circle.apart(problem.rest_hours[group]) * volume.session_cap
        if most < volume.floor:
            name = group.replace("_", " ")
            yield Finding(
                (
                    Label.of("rest_interval", muscle=group),
                    Label.of("volume", what="floor", muscle=group, week=week.number),
                    Label.of("volume", what="session_cap", muscle=group),
                ),
                (
                    open_days(circle.slots),
                    f"{name} need {problem.rest_hours[group]} h from session to session",
                    f"a session holds at most {volume.session_cap / SET:g} effective sets of them",
                ),
                f"at most {most / SET:g} fit a week; "
                f"the phase asks for at least {volume.floor / SET:g}",
            )


def open_days(slots: Sequence[Slot]) -> str:
    """``you can train on Saturday 10:00 and Sunday 10:00``."""
    if not slots:
        return "you can't train on any day"
    return f"you can train on {joined([f'{slot.start:%A} {slot.start:%H:%M}' for slot in slots])}"


def _minutes(slots: Sequence[Slot]) -> str:
    """``10 minutes on Monday and Friday``."""
    by_length: dict[int, list[str]] = {}
    for slot in slots:
        by_length.setdefault(slot.minutes, []).append(f"{slot.start:%A}")
    return joined(
        [f"{minutes} minutes on {joined(days)}" for minutes, days in sorted(by_length.items())]
    )


def joined(words: Sequence[str]) -> str:
    """``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _at_most(number: int, word: str) -> str:
    if number == 0:
        return f"no {word} fits"
    plural = word.replace("session", "sessions", 1)
    return f"at most one {word} fits" if number == 1 else f"at most {number} {plural} fit"
