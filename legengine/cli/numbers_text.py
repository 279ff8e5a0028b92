"""Where the numbers of a program come from, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from legengine.advise.telling import day_text
from legengine.cli.explain_text import weeks_text
from legengine.cli.tables import bullet
from legengine.domain.numbers import Numbers, Origin, Trace

WORDS: Final = {
    "reps": "repetitions",
    "reps_range": "repetitions from, to",
    "hold_s": "seconds held",
    "rest_s": "seconds of rest",
    "rir": "in reserve",
    "rpe": "effort of 10",
    "percent_1rm": "percent of the maximum",
    "load_kg": "kg",
    "load_text": "load",
    "range_note": "range",
    "warmup_sets": "warm-up sets",
    "seconds": "seconds in all",
    "slot_minutes": "minutes given",
    "rest_hours": "hours of rest",
    "sets": "sets",
    "floor": "sets at least",
    "aim": "sets to aim at",
    "cap": "sets at most",
    "endurance_minutes": "endurance minutes",
    "endurance_minutes_planned": "endurance minutes in the sessions",
    "endurance_minutes_rest": "endurance minutes on rest days",
    "number": "week",
}
"""Field to what people call it; others keep their name."""

LEFT_OUT: Final = frozenset(
    {"name", "instruction", "cues", "reasons", "binds", "solve", "number", "test_card"}
)
"""Texts that carry their own sources, and what is counted only: JSON has all."""


def numbers_text(found: Numbers, width: int | None, *, whole: bool) -> str:
    """The traces with their rows; ``whole`` where nothing was asked about in particular."""
    traces = [trace for trace in found.traces if trace.field not in LEFT_OUT]
    parts = list(_frame(traces, width)) if whole else list(_asked(traces, width))
    told = {key for trace in _told(traces, whole) for key in trace.origin.sources}
    lines = ["Sources"]
    lines += [bullet(f"{key}: {found.sources[key]}", width) for key in sorted(told)]
    return "\n\n".join([*parts, "\n".join(lines)])


def _told(traces: Sequence[Trace], whole: bool) -> Iterator[Trace]:
    for trace in traces:
        if not whole or (trace.session is None and (trace.phase or _advice(trace))):
            yield trace


def _advice(trace: Trace) -> bool:
    return trace.path.startswith("guidance")


# --- a session, an exercise ----------------------------------------------------------------


def _asked(traces: Sequence[Trace], width: int | None) -> Iterator[str]:
    """One block for each exercise of each session; the session's own numbers first."""
    ordered = sorted(traces, key=lambda trace: (str(trace.session), bool(trace.exercise)))
    for (day, exercise), group in groupby(ordered, key=lambda each: (each.session, each.exercise)):
        head = f"{exercise}, {day_text(day)}" if exercise else f"Session on {day_text(day)}"
        yield "\n".join([head, *(bullet(line, width) for line in _by_row(list(group)))])


# --- the whole program ---------------------------------------------------------------------


def _frame(traces: Sequence[Trace], width: int | None) -> Iterator[str]:
    """Each phase with what holds for its weeks, then the advice."""
    framed = [trace for trace in traces if trace.session is None and trace.field != "sets"]
    phases = [trace for trace in framed if trace.phase]
    for number, group in groupby(phases, key=lambda trace: trace.phase):
        lines = (bullet(line, width) for line in _by_row(list(group)))
        yield "\n".join([f"Phase {number}", *lines])
    advice = dict.fromkeys(_row(trace.origin) for trace in framed if _advice(trace))
    if advice:
        yield "\n".join(["Advice", *(bullet(line, width) for line in advice)])


# --- rows ----------------------------------------------------------------------------------


def _by_row(traces: Sequence[Trace]) -> Iterator[str]:
    """One line for each row, with all the numbers that come from it; equal ones are told once."""
    rows: dict[str, dict[str, list[Trace]]] = {}
    for same in _numbers(traces):
        rows.setdefault(_row(same[0].origin), {}).setdefault(_told_as(same), []).append(same[0])
    every = {trace.week for trace in traces if trace.week}
    for row, told in rows.items():
        parts = []
        for text, found in told.items():
            others = dict.fromkeys(each.about for each in found if f"/ {each.about}" not in row)
            muscles = ", ".join(others).replace("_", " ")
            weeks = {each.week for each in found if each.week}
            when = f" ({weeks_text(weeks)})" if weeks and weeks != every else ""
            parts.append(text + (f" of {muscles}" if muscles else "") + when)
        yield f"{row}: {'; '.join(parts)}"


def _numbers(traces: Sequence[Trace]) -> Iterator[list[Trace]]:
    """Both ends of a range together; every text by itself."""
    for _, group in groupby(traces, key=lambda trace: (trace.field, trace.week, trace.about)):
        same = list(group)
        if any(isinstance(trace.value, str) for trace in same):
            yield from ([trace] for trace in same)
        else:
            yield same


def _told_as(same: Sequence[Trace]) -> str:
    """``repetitions 10 (8 to 10)``, with what chose it where there is more to say."""
    first = same[0]
    if isinstance(first.value, str):
        values = first.value
    else:
        values = "-".join(dict.fromkeys(f"{trace.value:g}" for trace in same))
    word = WORDS.get(first.field, first.field.replace("_", " "))
    low, high, because = first.origin.low, first.origin.high, first.origin.because.rstrip(".")
    open_to = low is not None and high is not None and low != high and len(same) == 1
    notes = [f"{low:g} to {high:g}"] if open_to else []
    notes += [because] if because else []
    return f"{word} {values}" + (f" ({', '.join(notes)})" if notes else "")


def _row(origin: Origin) -> str:
    return f"{origin.row} [{', '.join(origin.sources)}]"
