"""What a prescription has to print under conditions, and what its numbers may not pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem
from legengine.domain.program import Prescription
from legengine.verify.dose_rows import Asked, dose_limits
from legengine.verify.limits import Limit, arc_left, knee_caps, range_left, share_of_mass
from legengine.verify.standing import held

ANGLE: Final = re.compile(r"(knee|hip) no further than (\d+) degrees")
WIDER: Final = re.compile(r"up to (\d+) if pain was at most (\d+) of 10")
ARC: Final = re.compile(r"knee from (\d+) to (\d+) degrees only")
SEAT: Final = re.compile(r"seat at least (\d+) cm high")

Found = tuple[str, Limit]
"""A rule, and what is over it."""


def limits_of_text(
    problem: Problem, exercise: Exercise, written: Prescription, week: int
) -> Iterator[Found]:
    """Everything that a prescription lacks or asks too much of under the conditions."""
    for limit in (
        *_angles(problem, exercise, written.range_note),
        *_wider(problem, exercise, written.range_note, week),
        *_arc(problem, exercise, written.range_note),
        *_seat(problem, exercise, written),
        *_dose(problem, exercise, written),
    ):
        yield "contraindication", limit
    yield from (("load", limit) for limit in _share(problem, exercise, written))


def _angles(problem: Problem, exercise: Exercise, note: str) -> Iterator[Limit]:
    left = range_left(exercise, problem.eligibility)
    said = {joint: int(degrees) for joint, degrees in ANGLE.findall(note)}
    for joint, cap in (("knee", left.knee), ("hip", left.hip)):
        if cap is not None and said.get(joint, 999) > cap:
            required = f"a note: {joint} flexion at most {cap} degrees"
            yield Limit(required, note or "no range note")


def _wider(problem: Problem, exercise: Exercise, note: str, week: int) -> Iterator[Limit]:
    """A range that pain may widen stays within what every condition grants by then."""
    for degrees, pain in WIDER.findall(note):
        for condition in held(problem.eligibility):
            steps, wider = 0, condition.widening
            if wider is not None and week >= wider.from_week and int(pain) <= wider.pain_max:
                steps = wider.degrees * (week - wider.from_week + 1)
            for cap in knee_caps(condition, exercise, problem.eligibility.pain):
                if int(degrees) > cap + steps:
                    yield Limit(f"knee at most {cap + steps} degrees ({condition.id})", degrees)


def _arc(problem: Problem, exercise: Exercise, note: str) -> Iterator[Limit]:
    arcs = [arc_left(condition, exercise) for condition in held(problem.eligibility)]
    known = [arc for arc in arcs if arc is not None]
    if not known:
        return
    high, low = min(max(arc) for arc in known), max(min(arc) for arc in known)
    said = [(int(one), int(other)) for one, other in ARC.findall(note)]
    if not any(low <= other < one <= high for one, other in said):
        yield Limit(f"a note: knee from {high} to {low} degrees", note or "no range note")


def _seat(problem: Problem, exercise: Exercise, written: Prescription) -> Iterator[Limit]:
    heights = [condition.seat_min_cm or 0 for condition in held(problem.eligibility)]
    sits = exercise.position == "seated" or "chair" in written.equipment
    said = [int(height) for height in SEAT.findall(written.range_note)]
    if sits and max(heights, default=0) > max(said, default=0):
        yield Limit(f"a note: seat at least {max(heights)} cm", written.range_note or "no note")


def _dose(problem: Problem, exercise: Exercise, written: Prescription) -> Iterator[Limit]:
    asked = Asked(
        sets=written.sets,
        reps=None if written.reps is None else (written.reps, written.reps),
        rest_s=written.rest_s,
        rir=written.rir,
        rpe=written.rpe,
        percent=written.percent_1rm,
    )
    return dose_limits(exercise, problem.eligibility, asked)


def _share(problem: Problem, exercise: Exercise, written: Prescription) -> Iterator[Limit]:
    share, mass = share_of_mass(exercise, problem.eligibility), problem.eligibility.body_mass_kg
    if share is None or written.load_kg is None:
        return
    required = f"at most {share} % of body mass"
    if mass is None:
        yield Limit(f"{required}, which isn't known", f"{written.load_kg:g} kg")
    elif written.load_kg > mass * share / 100 + 1e-6:
        yield Limit(required, f"{written.load_kg:g} kg")
