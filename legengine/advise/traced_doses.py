"""Where the numbers of a prescription come from.

A number that lies in the protocol's row is the row's. Where it lies outside, something moved it:
a lighter week, a condition, or the progression policy, and that is what is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from legengine.advise.scenes import Leaf, Line
from legengine.domain.exercise import Condition
from legengine.domain.numbers import Origin
from legengine.domain.program import Reason
from legengine.domain.protocol import Span
from legengine.reckoning.eligibility import open_chain_range, range_caps
from legengine.verify.alternatives import loads_listed
from legengine.verify.duration import set_work
from legengine.verify.written import PERCENT_POINTS, seconds_written

Handler = Callable[[Line, Leaf], Origin]

UNIT_S: Final = 300
"""Endurance work is counted in units of five minutes; a unit is a set."""


def no_limit(_: Condition) -> int | None:
    """Conditions don't limit this."""
    return None


def _dosing(line: Line) -> Reason:
    """Why the dose is what it is: the second reason of a prescription."""
    return line.written.reasons[:2][-1]


def _policy(line: Line, low: float | None = None, high: float | None = None) -> Origin:
    """What the progression policy decided, in its own words."""
    reason = _dosing(line)
    return Origin(f"policy / {line.phase.policy}", reason.sources, low, high, reason.text)


def _dosed(
    line: Line,
    leaf: Leaf,
    span: Span | None,
    bounds: Span,
    cap: Callable[[Condition], int | None] = no_limit,
    *,
    eased: bool = False,
) -> Origin:
    """The row where it holds the number, else what moved the number out of it.

    ``bounds`` are what the dose of the week allows, ``span`` what the row does; ``eased`` says
    that a lighter week changes it.
    """
    case, row, name = line.stretch.case, line.row, line.dose.row
    if row is None:
        return Origin(name, line.dose.sources, *bounds)
    inside = span is not None and span[0] <= float(leaf.value) <= span[1]
    if eased and line.lighter and span != bounds and case.protocol.deload is not None:
        sources = tuple(dict.fromkeys((*case.protocol.deload.sources, *row.sources)))
        because = f"a lighter week of {name}"
        return Origin(f"{case.protocol.id} / deload", sources, *bounds, because=because)
    limit = next((each for each in case.conditions if cap(each) is not None), None)
    if limit is not None and span != bounds:
        where = f"condition / {limit.id}"
        sources = tuple(dict.fromkeys((*row.sources, *limit.sources)))
        if inside:
            return Origin(name, sources, *span or bounds, because=f"limited by {where}")
        return Origin(where, sources, *bounds, because=f"limits {name}")
    if inside:
        return Origin(name, row.sources, *span or bounds)
    if line.dose.kept_within:
        which, _, change = line.dose.kept_within.partition(": ")
        return Origin(f"condition / {which.lower()}", line.dose.sources, *bounds, because=change)
    return _policy(line, *bounds)


def _sets(line: Line, leaf: Leaf) -> Origin:
    row, dose = line.row, line.dose
    span = row.sets if row else None
    if row and line.exercise.dose_kind == "duration":
        minutes = row.minutes
        span = (-(-minutes[0] * 60 // UNIT_S), minutes[1] * 60 // UNIT_S) if minutes else None
    return _dosed(line, leaf, span, (dose.sets_min, dose.sets_max), eased=True)


def _reps(line: Line, leaf: Leaf) -> Origin:
    span = line.row.reps if line.row else None
    return _dosed(line, leaf, span, (line.dose.reps_min, line.dose.reps))


def _hold(line: Line, leaf: Leaf) -> Origin:
    span = line.row.hold_s if line.row else None
    own = line.exercise.hold_seconds
    if line.row is not None and span is None and leaf.value == own:
        return Origin(f"{line.library} / hold_seconds", line.exercise.sources, own, own)
    shortened = "isometric_sustained" in line.exercise.tags
    cap = (lambda each: each.hold_seconds_max) if shortened else no_limit
    return _dosed(line, leaf, span, (1, line.dose.hold_s), cap)


def _minutes(line: Line, leaf: Leaf) -> Origin:
    most = line.written.sets * line.dose.unit_s // 60
    return _dosed(line, leaf, line.row.minutes if line.row else None, (1, most))


def _metres(line: Line, leaf: Leaf) -> Origin:
    return _dosed(line, leaf, line.row.metres if line.row else None, (1, line.dose.metres))


def _rest(line: Line, leaf: Leaf) -> Origin:
    found = _dosed(line, leaf, line.row.rest_s if line.row else None, (0, line.dose.rest_s))
    if leaf.value and leaf.value == line.exercise.rest_seconds and not found.because:
        because = f"the rest of {line.library}"
        return Origin(found.row, found.sources, found.low, found.high, because)
    return found


def _rir(line: Line, leaf: Leaf) -> Origin:
    span = line.row.rir if line.row else None
    return _dosed(line, leaf, span, line.dose.rir or (0, 10), lambda each: each.rpe_max, eased=True)


def _rpe(line: Line, leaf: Leaf) -> Origin:
    span = line.row.rpe if line.row else None
    return _dosed(line, leaf, span, line.dose.rpe or (0, 10), lambda each: each.rpe_max, eased=True)


def _percent(line: Line, _: Leaf) -> Origin:
    """The load as a share of the tested maximum, which has to fit repetitions and reserve."""
    written = line.written
    rir = written.rir or ((10 - written.rpe[1], 10 - written.rpe[0]) if written.rpe else (0, 10))
    fits = 100 / (1 + ((written.reps or 0) + sum(rir) / 2) / 30)
    margin = PERCENT_POINTS + (rir[1] - rir[0]) / 2
    light = line.lighter or line.dose.role == "power"
    row = f"profile / assessments.one_rep_max_kg.{line.exercise.id}"
    sources = tuple(dict.fromkeys(("profile", "K22", *_dosing(line).sources)))
    low = None if light else round(fits - margin, 1)
    because = "load by maximum; fits repetitions and reserve"
    return Origin(row, sources, low, round(fits + margin, 1), because)


def _load(line: Line, _: Leaf) -> Origin:
    place = line.stretch.problem.places[line.session.place]
    listed = loads_listed(line.written.equipment, place)
    loads = sorted({load for each in listed.values() for load in each})
    return _policy(line, *((loads[0], loads[-1]) if loads else ()))


def _load_text(line: Line, _: Leaf) -> Origin:
    return _policy(line)


def _warmup(line: Line, _: Leaf) -> Origin:
    if not line.dose.warmup_sets:
        because = "none without a load or up to level 2"
        return Origin("time model / warm-up sets", ("D",), 0, 0, because)
    because = f"level {line.exercise.level} of {line.library}"
    return Origin("time model / warm-up sets", ("D",), 0, line.dose.warmup_sets, because)


def _tempo(line: Line, leaf: Leaf) -> Origin:
    if line.row is not None and leaf.value == line.row.tempo:
        return Origin(line.dose.row, line.row.sources)
    return _policy(line)


def _range(line: Line, _: Leaf) -> Origin:
    """The conditions that cap an angle, leave an arc, or ask for a high seat."""
    problem = line.stretch.problem
    caps = {cap.condition for cap in range_caps(problem, line.exercise)}
    held = {
        condition.id: condition.sources
        for condition in problem.eligibility.conditions
        if condition.id in caps
        or open_chain_range(condition, line.exercise) is not None
        or ("seat" in line.written.range_note and condition.seat_min_cm is not None)
    }
    sources = tuple(dict.fromkeys(key for keys in held.values() for key in keys))
    return Origin(" and ".join(f"condition / {name}" for name in held), sources)


def _seconds(line: Line, _: Leaf) -> Origin:
    written, exercise = line.written, line.exercise
    taken = seconds_written(exercise, written)
    parts = [f"set-up {exercise.setup_seconds} s"]
    if written.minutes is not None:
        parts.append(f"{60 * written.minutes} s of work")
    else:
        work = set_work(exercise, reps=written.reps or 0, hold_s=written.hold_s or 0)
        parts.append(f"{written.sets} x {work} s of work")
        if written.sets > 1:
            parts.append(f"{written.sets - 1} x {written.rest_s} s rest")
        if written.extra:
            parts.append(f"{written.extra} more of the weak side")
        if written.warmup_sets:
            parts.append(f"{written.warmup_sets} warm-up sets")
    sources = tuple(dict.fromkeys((*exercise.sources, "D")))
    row = f"time model / {line.library}"
    return Origin(row, sources, taken, taken, ", ".join(parts))


def _sides(line: Line, leaf: Leaf) -> Origin:
    """The dose of a side is that of both; the weak one may do more sets."""
    side = line.written.sides[int(leaf.inside[1])]
    field = str(leaf.inside[2])
    asymmetry = line.stretch.case.protocol.asymmetry
    if field == "sets" and side.sets != line.written.sets and asymmetry is not None:
        row = f"{line.stretch.case.protocol.id} / asymmetry"
        most = line.written.sets + asymmetry.extra_sets_session
        because = f"more than the other side of {line.dose.row}"
        return Origin(row, asymmetry.sources, line.written.sets, most, because)
    handler = {"sets": _sets, "reps": _reps, "hold_s": _hold, "load_kg": _load}[field]
    return handler(line, leaf)


def _reason(line: Line, leaf: Leaf) -> Origin:
    index = int(leaf.inside[1])
    protocol = line.stretch.case.protocol.id
    rows = (f"{line.here} / coverage and volume", f"policy / {line.phase.policy}")
    last = index == len(line.written.reasons) - 1
    other = f"{protocol} / asymmetry" if last and line.written.sides else "condition / dose row"
    row = rows[index] if index < len(rows) else other
    return Origin(row, line.written.reasons[index].sources)


def _library(line: Line, _: Leaf) -> Origin:
    return Origin(line.library, line.exercise.sources)


PRESCRIPTION: Final[Mapping[str, Handler]] = {
    "name": _library,
    "sets": _sets,
    "sides": _sides,
    "reps": _reps,
    "reps_range": _reps,
    "hold_s": _hold,
    "minutes": _minutes,
    "metres": _metres,
    "rest_s": _rest,
    "rir": _rir,
    "rpe": _rpe,
    "percent_1rm": _percent,
    "load_kg": _load,
    "load_text": _load_text,
    "tempo": _tempo,
    "range_note": _range,
    "warmup_sets": _warmup,
    "seconds": _seconds,
    "instruction": _library,
    "cues": _library,
    "reasons": _reason,
}
"""Field of a prescription to what knows where it comes from."""
