"""Arithmetic of loads: percent of a maximum, the loads that exist, and the step to the next.

Numbers are those of ``evidence.md`` 4.13 and 4.14 (sources EPBR, RIR, TWO42; defaults are D).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

ESTIMATE_REPS_MAX: Final = 10
"""Above ten repetitions the equations part ways: no estimate (EPBR)."""

STEP_MAX_PERCENT: Final = 10.0
"""No load rises by more in one step (TWO42)."""

AGREEMENT_POINTS: Final = 3.0
"""How far a percent may lie from Epley at repetitions + reserve (K22)."""

_TOLERANCE: Final = 1e-9


# --- percent of a maximum ----------------------------------------------------------------------


def epley_percent(reps: float) -> float:
    """Percent of 1RM that can be lifted ``reps`` times; one repetition is set to 100 (EPBR)."""
    return 100.0 if reps <= 1 else 100.0 / (1.0 + reps / 30.0)


def brzycki_percent(reps: float) -> float:
    """Percent of 1RM by Brzycki, meant for up to ten repetitions (EPBR)."""
    if reps >= 37:
        raise ValueError("Brzycki's equation ends below 37 repetitions")
    return 100.0 if reps <= 1 else 100.0 * (37.0 - reps) / 36.0


def percent_for(reps: float, rir: float) -> float:
    """Percent of 1RM for a set that ends with ``rir`` repetitions in reserve: Epley of the sum."""
    return epley_percent(reps + rir)


def repetitions_at(percent: float) -> int:
    """The fewest repetitions to failure whose Epley percent is at most ``percent``."""
    if percent >= 100:
        return 1
    return max(2, math.ceil(30.0 * (100.0 / percent - 1.0) - _TOLERANCE))


def estimate_one_rep_max(load_kg: float, reps: int) -> float | None:
    """The mean of Epley and Brzycki, or ``None`` above ten repetitions (EPBR)."""
    if not 1 <= reps <= ESTIMATE_REPS_MAX:
        return None
    return 50.0 * load_kg * (1.0 / epley_percent(reps) + 1.0 / brzycki_percent(reps))


# --- the loads that exist ----------------------------------------------------------------------


def achievable_loads(
    bar_kg: float, plates: Mapping[float, int] | Iterable[float]
) -> tuple[float, ...]:
    """All loads of a bar with pairs of plates, ascending: bar + 2 x a bounded subset sum.

    ``plates`` gives the number of pairs of each weight, or lists one weight for each pair.
    """
    pairs: dict[float, int] = {}
    if isinstance(plates, Mapping):
        pairs.update(plates)
    else:
        for plate in plates:
            pairs[plate] = pairs.get(plate, 0) + 1
    sums = {0}
    for plate, count in sorted(pairs.items()):
        grams = round(plate * 1000)
        sums = {total + grams * used for total in sums for used in range(count + 1)}
    bar = round(bar_kg * 1000)
    return tuple((bar + 2 * total) / 1000 for total in sorted(sums))


def _even(first: float, last: float, step: float) -> tuple[float, ...]:
    return tuple(first + step * index for index in range(round((last - first) / step) + 1))


BAR_KG: Final = 20.0
PLATES_KG: Final[tuple[float, ...]] = (25, 20, 15, 10, 5, 2.5, 1.25)
"""One pair of each (D)."""

DUMBBELLS_KG: Final = (*_even(1, 10, 1), *_even(12.5, 50, 2.5))
"""Light ones by 1 kg, heavy ones by 2.5 kg (D)."""

KETTLEBELLS_KG: Final = _even(4, 32, 4)
"""By 4 kg (D)."""

MACHINE_KG: Final = _even(5, 200, 2.5)
"""A stack by 5 kg with a half-step plate (D)."""

ANKLE_WEIGHTS_KG: Final = _even(0.5, 8, 0.5)
"""By 0.5 kg up to 8 kg (m:OTAGOb)."""

UNKNOWN_KG: Final = _even(1, 200, 1)
"""An item of which nothing is known, by 1 kg (D)."""

_BARS: Final = frozenset({"barbell", "trap_bar", "plates"})
_TABLES: Final[dict[str, tuple[float, ...]]] = {
    "dumbbell": DUMBBELLS_KG,
    "kettlebell": KETTLEBELLS_KG,
    "ankle_weight": ANKLE_WEIGHTS_KG,
    **dict.fromkeys(sorted(_BARS), achievable_loads(BAR_KG, PLATES_KG)),
}


def is_band(item: str) -> bool:
    """Whether the item is an elastic band, which has an order but no kilograms."""
    return "band" in item


def default_loads(item: str) -> tuple[float, ...]:
    """The usual loads of an item where the place lists none (D); empty for bands."""
    if is_band(item) or not item:
        return ()
    if "machine" in item:
        return MACHINE_KG
    return _TABLES.get(item, UNKNOWN_KG)


# --- choosing ----------------------------------------------------------------------------------


def choose_down(loads: Sequence[float], target: float) -> float | None:
    """The largest load that is at most ``target``."""
    return max((load for load in loads if load <= target + _TOLERANCE), default=None)


def choose_up(
    loads: Sequence[float],
    current: float,
    *,
    min_percent: float = 0.0,
    max_percent: float = STEP_MAX_PERCENT,
) -> float | None:
    """The smallest load above ``current`` by at least and at most so many percent, else ``None``.

    ``None`` means repetitions go on instead of load (evidence 4.14, "rep extension").
    """
    low = current * (1 + min_percent / 100) - _TOLERANCE
    high = current * (1 + min(max_percent, STEP_MAX_PERCENT) / 100) + _TOLERANCE
    return min((load for load in loads if current < load and low <= load <= high), default=None)


def next_above(loads: Sequence[float], current: float) -> float | None:
    """The smallest load above ``current``, however far."""
    return min((load for load in loads if load > current + _TOLERANCE), default=None)


def deload_load(loads: Sequence[float], previous: float, percent: int) -> float | None:
    """A load for a lighter week: about ``percent`` of the previous one and never above it.

    Rounded down, unless that would take off ten points more than asked for; then rounded up.
    """
    target = previous * percent / 100
    down = choose_down(loads, target)
    if down is not None and down >= previous * (percent - 10) / 100 - _TOLERANCE:
        return down
    above = [load for load in loads if target <= load <= previous + _TOLERANCE]
    return min(above, default=down)


def repetitions_before_jump(current: float, new: float, reps: int, rir: float) -> int:
    """Repetitions with ``current``, reserve kept, that promise ``reps`` with ``new`` (Epley)."""
    return math.ceil(new / current * (30 + reps + rir) - 30 - rir - _TOLERANCE)
