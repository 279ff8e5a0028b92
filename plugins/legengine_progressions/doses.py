"""The dose of one week from a row of the protocol's dose table.

Weeks in which nothing moves get equal doses, because the solver decides equal weeks once. The
time of a session is reckoned with the dose, so its repetitions and seconds are upper ends.
"""

from __future__ import annotations

from typing import Final

from legengine.domain.problem import Dose
from legengine.domain.protocol import DoseRole, Span
from legengine.hooks import DoseRequest

HOLD_STEP_S: Final = 5
"""Holds grow by five seconds a week (evidence 4, isometric_balance)."""

UNIT_S: Final = 300
"""Endurance work is counted in units of five minutes."""

PREPARATION: Final[frozenset[DoseRole]] = frozenset({"warm_up", "warm_up_hold", "cool_down"})
"""Roles that prepare or stretch: their repetitions don't progress."""

UNTIRING: Final[frozenset[DoseRole]] = PREPARATION | {"endurance"}
"""Roles that a deload leaves alone: it takes sets from strengthening work (DELO)."""

_SHORT_REST: Final[frozenset[DoseRole]] = PREPARATION | {"isolation", "balance", "endurance"}
_WARMED_UP: Final[frozenset[DoseRole]] = frozenset({"compound", "isolation", "power"})
_FALLBACK_REPS: Final = (5, 10)
"""Where a row has no repetitions for an exercise counted in them: the mildest row's (D)."""


def clip(value: int, bounds: Span) -> int:
    """The value, or the nearer bound."""
    return max(bounds[0], min(value, bounds[1]))


def row_reps(request: DoseRequest) -> Span:
    """Repetitions to work in: the row's; the low end for preparation and for jumps (PLYO)."""
    low, high = request.row.reps or _FALLBACK_REPS
    fixed = request.role in PREPARATION or request.exercise.pattern == "plyometric"
    return (low, low) if fixed else (low, high)


def row_sets(request: DoseRequest) -> Span:
    """Sets of a build week: the row's; five-minute units for endurance work."""
    if request.exercise.dose_kind != "duration":
        return request.row.sets
    if request.row.minutes is None:
        units = max(1, request.exercise.hold_seconds // UNIT_S)
        return (units, units)
    low, high = request.row.minutes
    most = max(1, high * 60 // UNIT_S)
    return (clip(-(-low * 60 // UNIT_S), (1, most)), most)


def row_rest_s(request: DoseRequest) -> int:
    """Rest between sets: the exercise's own, clipped into the row's range.

    An exercise without one takes the low end for isolation, balance and easy work, otherwise the
    middle. Endurance work has no rests.
    """
    if request.exercise.dose_kind == "duration":
        return 0
    low, high = request.row.rest_s
    if request.exercise.rest_seconds:
        return clip(request.exercise.rest_seconds, (low, high))
    return low if request.role in _SHORT_REST else (low + high) // 2


def weeks_of_growth(request: DoseRequest) -> int:
    """Weeks in which something could have grown; a deload week stays where the last one was."""
    return max(0, request.week - (2 if request.kind == "deload" else 1))


def hold_s(request: DoseRequest) -> int:
    """Seconds held: from the exercise's own, clipped into the row, up by five a week to its top."""
    own = request.exercise.hold_seconds
    bounds = request.row.hold_s
    if bounds is None:
        return own
    start = clip(own, bounds) if own else bounds[0]
    return clip(start + HOLD_STEP_S * weeks_of_growth(request), bounds)


def warmup_sets(request: DoseRequest) -> int:
    """Lighter sets before loaded work: none to level 2, one at level 3, two above (D)."""
    if request.exercise.resistance == "bodyweight" or request.role not in _WARMED_UP:
        return 0
    return clip(request.exercise.level - 2, (0, 2))


def weekly_dose(request: DoseRequest, *, sets: Span, reps: Span, rest_s: int) -> Dose:
    """The dose of a week; what the policy moves is passed in, the rest comes from the row."""
    row, kind, deload = request.row, request.exercise.dose_kind, request.deload
    rir, rpe, percent, sources = row.rir, row.rpe, row.percent_1rm, row.sources
    sets_min, sets_max = sets
    if request.kind == "deload" and deload is not None and request.role not in UNTIRING:
        add = deload.rir_add
        sets_max = max(1, (sets_max * deload.sets_percent + 50) // 100)
        sets_min = max(1, min(sets_min, sets_max))
        rir = (min(10, rir[0] + add), min(10, rir[1] + add)) if rir else None
        rpe = (max(1, rpe[0] - add), max(1, rpe[1] - add)) if rpe else None
        if percent:
            share = deload.load_percent
            percent = (percent[0] * share // 100, percent[1] * share // 100)
        sources = (*sources, *(key for key in deload.sources if key not in sources))
    metres = row.metres or (0, 0)
    return Dose(
        role=request.role,
        sets_min=sets_min,
        sets_max=sets_max,
        reps_min=reps[0] if kind == "repetitions" else 0,
        reps=reps[1] if kind == "repetitions" else 0,
        hold_s=hold_s(request) if kind == "hold" else 0,
        unit_s=UNIT_S if kind == "duration" else 0,
        metres=(metres[0] + metres[1]) // 2 if kind == "distance" else 0,
        rest_s=rest_s,
        warmup_sets=warmup_sets(request),
        rir=rir,
        rpe=rpe,
        percent_1rm=percent,
        tempo=row.tempo,
        sources=sources,
    )
