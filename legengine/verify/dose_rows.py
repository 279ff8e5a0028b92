"""Whether a dose keeps within the dose rows of the conditions, derived from the rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from legengine.domain.exercise import DoseLimits, Exercise
from legengine.domain.problem import Eligibility
from legengine.verify.limits import Limit, highest_effort

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dose or a written prescription asks for, at its ends."""

    sets: int
    reps: Bounds | None
    rest_s: int
    rir: Bounds | None
    rpe: Bounds | None
    percent: float | None


def rows_in_force(eligibility: Eligibility) -> tuple[DoseLimits, ...]:
    """Of each condition the rows that a known word chooses, or all of them."""
    rows: list[DoseLimits] = []
    for condition in eligibility.conditions:
        named = [row for row in condition.doses if eligibility.known.intersection(row.known)]
        always = [row for row in condition.doses if not row.known]
        rows += [*always, *named] or condition.doses
    return tuple(rows)


def most(spans: Iterable[Bounds | None]) -> int | None:
    """The lowest of the upper ends."""
    return min((span[1] for span in spans if span is not None), default=None)


def least(spans: Iterable[Bounds | None]) -> int | None:
    """The highest of the lower ends."""
    return max((span[0] for span in spans if span is not None), default=None)


def dose_limits(exercise: Exercise, eligibility: Eligibility, asked: Asked) -> Iterator[Limit]:
    """What a dose asks beyond the rows of the conditions."""
    rows = rows_in_force(eligibility)
    if not rows or exercise.block not in ("power", "compound", "isolation"):
        return
    yield from _sets(rows, asked)
    if exercise.block != "power" and asked.reps is not None:
        yield from _repetitions(rows, asked.reps)
    rest = least(row.rest_s for row in rows)
    if rest is not None and asked.rest_s < rest:
        yield Limit(f"rest at least {rest} s", f"{asked.rest_s} s")
    yield from _effort(rows, asked)
    if asked.percent is not None and exercise.resistance != "bodyweight":
        percents = [
            row.percent_1rm_first
            if eligibility.first_loads and row.percent_1rm_first is not None
            else row.percent_1rm
            for row in rows
        ]
        top = most(percents)
        if top is not None and asked.percent > top:
            yield Limit(f"at most {top} % of 1RM", f"{asked.percent:g} %")


def _sets(rows: Sequence[DoseLimits], asked: Asked) -> Iterator[Limit]:
    top = most(row.sets for row in rows)
    if top is not None and asked.sets > top:
        yield Limit(f"at most {top} sets", str(asked.sets))


def _repetitions(rows: Sequence[DoseLimits], reps: Bounds) -> Iterator[Limit]:
    bottom, top = least(row.reps for row in rows), most(row.reps for row in rows)
    if bottom is None or top is None:
        return
    top = max(top, bottom)
    if reps[0] < bottom or reps[1] > top:
        yield Limit(f"{bottom} to {top} repetitions", f"{reps[0]} to {reps[1]}")


def _effort(rows: Sequence[DoseLimits], asked: Asked) -> Iterator[Limit]:
    tops = [row.rpe[1] for row in rows if row.rpe is not None]
    tops += [10 - row.rir[0] for row in rows if row.rir is not None]
    if not tops:
        return
    for effort in (highest_effort(asked.rpe, None), highest_effort(None, asked.rir)):
        if effort is not None and effort > min(tops):
            yield Limit(f"effort at most {min(tops)}", f"effort {effort}")


def session_limits(eligibility: Eligibility) -> tuple[int | None, int | None]:
    """Sessions a week at most, and hours between exposures of a muscle at least."""
    rows = rows_in_force(eligibility)
    gaps = [row.gap_hours for row in rows if row.gap_hours is not None]
    return most(row.sessions for row in rows), max(gaps, default=None)
