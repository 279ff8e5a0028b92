"""The dose rows of all conditions as one, and a phase's row kept within it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from legengine.domain.exercise import Condition, DoseLimits, Exercise
from legengine.domain.protocol import DoseRow, Span

LIGHTER_BELOW: Final = ("sets", "percent_1rm", "percent_1rm_first", "rpe", "sessions", "exercises")
"""Of two ranges of these that part, the lower one is the lighter."""

LIGHTER_ABOVE: Final = ("reps", "rir", "rest_s")
"""Of two ranges of these that part, the higher one is the lighter."""

EFFORT: Final = ("rir", "rpe")

COUNTED: Final = frozenset({"compound", "isolation"})
"""Blocks whose repetitions a dose row limits."""

LIMITED: Final = frozenset({"power", "compound", "isolation"})
"""Blocks that a dose row limits."""

WORDS: Final = {
    "sets": "sets",
    "reps": "repetitions",
    "percent_1rm": "% of 1RM",
    "rir": "repetitions in reserve",
    "rpe": "effort",
    "rest_s": "s of rest",
}


def rows_of(conditions: Iterable[Condition], known: Collection[str]) -> tuple[DoseLimits, ...]:
    """The dose rows that hold: those chosen by a known word, and all where none is."""
    rows: list[DoseLimits] = []
    for condition in conditions:
        chosen = [row for row in condition.doses if not row.known or {*row.known} & {*known}]
        rows += chosen or condition.doses
    return tuple(dict.fromkeys(rows))


def together(rows: Sequence[DoseLimits]) -> DoseLimits | None:
    """One row that keeps within all; where two part, the lighter one holds."""
    if not rows:
        return None
    spans: dict[str, Span] = {}
    for row in rows:
        for name in (*LIGHTER_BELOW, *LIGHTER_ABOVE):
            span = getattr(row, name)
            if span is not None:
                spans[name] = _lighter(name, spans[name], span) if name in spans else span
    gaps = [row.gap_hours for row in rows if row.gap_hours is not None]
    return DoseLimits(
        id=" and ".join(row.id for row in rows),
        gap_hours=max(gaps, default=None),
        sources=tuple(dict.fromkeys(key for row in rows for key in row.sources)),
        **spans,
    )


def _lighter(name: str, one: Span, other: Span) -> Span:
    met = meet(one, other)
    if met is not None:
        return met
    return min(one, other) if name in LIGHTER_BELOW else max(one, other)


def meet(one: Span, other: Span) -> Span | None:
    """What two ranges share, or ``None``."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


@dataclass(frozen=True, slots=True)
class Kept:
    """A phase's dose row within a condition's, and what that changed, in words."""

    row: DoseRow
    change: str = ""


def keep_within(row: DoseRow, exercise: Exercise, limits: DoseLimits, *, first_loads: bool) -> Kept:
    """The row of the phase within the conditions' row.

    Where they part the conditions' row wins, but it never asks for more effort than the phase.
    Where its loads are lighter than any of the phase, the reserve is left open: the load, not the
    last repetition, sets the effort (self-rated reserves above five are not to be trusted, RIR).
    """
    if exercise.block not in LIMITED:
        return Kept(row)
    changed: dict[str, Span | None] = {}
    changes: list[str] = []
    for name, limit in _limits_on(exercise, limits, first_loads=first_loads):
        before: Span | None = getattr(row, name)
        if before is None:
            continue
        shared = meet(before, limit)
        now = shared or (_lighter(name, before, limit) if name in EFFORT else limit)
        if now != before:
            changed[name] = now
            changes.append(f"{_span(now)} {WORDS[name]} in place of the phase's {_span(before)}")
    light = changed.get("percent_1rm")
    if light and row.percent_1rm and light[1] < row.percent_1rm[0] and not limits.rpe:
        changed["rir"] = None
        changes.append("the light load sets the effort")
    if not changed:
        return Kept(row)
    sources = tuple(dict.fromkeys((*row.sources, *limits.sources)))
    change = f"Dose row {limits.id}: " + "; ".join(changes)
    return Kept(row.model_copy(update={**changed, "sources": sources}), change)


def _limits_on(
    exercise: Exercise, limits: DoseLimits, *, first_loads: bool
) -> Iterable[tuple[str, Span]]:
    percent = limits.percent_1rm
    if first_loads and limits.percent_1rm_first is not None:
        percent = limits.percent_1rm_first
    reserve, effort = reserve_and_effort(limits)
    for name, span in (
        ("sets", limits.sets),
        ("reps", limits.reps if exercise.block in COUNTED else None),
        ("percent_1rm", None if exercise.resistance == "bodyweight" else percent),
        ("rir", reserve),
        ("rpe", effort),
        ("rest_s", limits.rest_s),
    ):
        if span is not None:
            yield name, span


def reserve_and_effort(limits: DoseLimits) -> tuple[Span | None, Span | None]:
    """Reserve and effort say the same: effort is ten less the repetitions in reserve."""
    reserve, effort = limits.rir, limits.rpe
    if effort is not None:
        asked = (10 - effort[1], 10 - effort[0])
        reserve = asked if reserve is None else _lighter("rir", reserve, asked)
    if reserve is not None:
        effort = (10 - reserve[1], 10 - reserve[0])
    return reserve, effort


def _span(span: Span) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
