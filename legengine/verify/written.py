"""One session of the finished document, checked as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Violation
from legengine.domain.problem import Dose, Problem
from legengine.domain.program import Prescription, Session
from legengine.domain.vocabulary import BLOCKS, EASY_BLOCKS
from legengine.verify.alternatives import loads_listed, shown, usable
from legengine.verify.checks.time import minutes_text
from legengine.verify.duration import endurance_seconds, item_seconds, session_seconds, set_work
from legengine.verify.limits import unloaded
from legengine.verify.sides import bilateral_percent, wrong_sides
from legengine.verify.standing import held
from legengine.verify.texts import limits_of_text

COUNTED_IN: Final = {
    "repetitions": "reps",
    "hold": "hold_s",
    "duration": "minutes",
    "distance": "metres",
}
"""The field that says how much a set of each kind is."""

PERCENT_POINTS: Final = 3
"""How far a percentage may lie from what repetitions and effort make of it (K22)."""

ONLY_EVER_OPTIONAL: Final = "ankle_weight"
"""The item that may be added to any alternative."""


def slot_id(session: Session) -> str:
    """The id of the slot that a session uses."""
    return f"{session.start:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True, slots=True)
class Line:
    """A prescription with what the problem knows about it."""

    where: str
    prescription: Prescription
    exercise: Exercise
    dose: Dose
    week_kind: str

    def wrong(self, rule: str, required: str, found: str) -> Violation:
        """A violation of this line."""
        return Violation(rule, self.where, required, found)


def check_session(problem: Problem, session: Session) -> Iterator[Violation]:
    """The frame of a session, then its lines."""
    where = slot_id(session)
    slot = next((slot for slot in problem.slots if slot.id == where), None)
    if slot is None:
        yield Violation("structure", where, "a slot of the problem", "unknown slot")
        return
    if session.slot_minutes != slot.minutes:
        yield Violation("time", where, f"{slot.minutes} min given", f"{session.slot_minutes} min")
    if session.place != slot.place:
        yield Violation("equipment", where, f"at {slot.place}", f"at {session.place}")
    yield from _order(where, session)
    week = problem.week(slot.week)
    gentle = all(each.block in EASY_BLOCKS for each in session.prescriptions)
    kind = "easy" if week.easy_sessions and gentle else "training"
    if session.kind != kind:
        yield Violation("structure", where, f"written as {kind}", session.kind)
    whole = True
    seconds: list[int] = []
    for prescription in session.prescriptions:
        exercise = problem.exercises.get(prescription.exercise)
        at = f"{where} {prescription.exercise}"
        if exercise is None or exercise.id not in problem.doses:
            yield Violation("structure", at, "an exercise with a dose in this phase", "none")
            whole = False
            continue
        dose = problem.dose(exercise.id, slot.week)
        line = Line(at, prescription, exercise, dose, week.kind)
        taken = seconds_written(exercise, prescription)
        seconds.append(taken)
        if prescription.seconds != taken:
            yield line.wrong("time", f"{taken} s", f"{prescription.seconds} s")
        yield from _facts(line)
        yield from _dose(line)
        yield from _sides(problem, line)
        yield from _percent(problem, line)
        for rule, limit in limits_of_text(problem, exercise, prescription, slot.week):
            yield line.wrong(rule, limit.required, limit.found)
        yield from _load(problem, line, slot.place)
        yield from _equipment(problem, line, slot.place)
    if whole:
        taken = session_seconds(problem.structure, seconds)
        if session.seconds != taken:
            yield Violation("time", where, f"{taken} s", f"{session.seconds} s")
        if taken > 60 * slot.minutes:
            yield Violation("time", where, f"at most {slot.minutes} min", minutes_text(taken))


def seconds_written(exercise: Exercise, prescription: Prescription) -> int:
    """Seconds of an item with its dose as it is written."""
    if exercise.dose_kind == "duration":
        return endurance_seconds(exercise, 60 * (prescription.minutes or 0))
    work = set_work(exercise, reps=prescription.reps or 0, hold_s=prescription.hold_s or 0)
    return item_seconds(
        exercise,
        prescription.sets,
        work,
        prescription.rest_s,
        prescription.warmup_sets,
        prescription.extra,
    )


def _order(where: str, session: Session) -> Iterator[Violation]:
    for before, after in pairwise(session.prescriptions):
        if BLOCKS.index(after.block) < BLOCKS.index(before.block):
            yield Violation(
                "structure",
                f"{where} {after.exercise}",
                f"{after.block} before {before.block}",
                f"after {before.exercise}",
            )


def _facts(line: Line) -> Iterator[Violation]:
    """What is copied from the library is what the library says."""
    for field in ("block", "pattern", "laterality", "dose_kind"):
        known, written = getattr(line.exercise, field), getattr(line.prescription, field)
        if known != written:
            yield line.wrong("structure", f"{field} {known}", str(written))


def _dose(line: Line) -> Iterator[Violation]:
    written, dose = line.prescription, line.dose
    if not dose.sets_min <= written.sets <= dose.sets_max:
        yield line.wrong("dose", f"{dose.sets_min} to {dose.sets_max} sets", str(written.sets))
    yield from _amount(line)
    if written.reps_range is not None:
        low, high = written.reps_range
        inside = dose.reps_min <= low <= high <= dose.reps
        if not inside or not low <= (written.reps or 0) <= high:
            yield line.wrong(
                "dose",
                f"{dose.reps_min} to {dose.reps} reps around {written.reps}",
                f"{low}-{high}",
            )
    if not 0 <= written.rest_s <= dose.rest_s:
        yield line.wrong("dose", f"rest at most {dose.rest_s} s", f"{written.rest_s} s")
    if not 0 <= written.warmup_sets <= dose.warmup_sets:
        required = f"at most {dose.warmup_sets} warm-up sets"
        yield line.wrong("dose", required, str(written.warmup_sets))
    for name, asked, there in (("rir", dose.rir, written.rir), ("rpe", dose.rpe, written.rpe)):
        if asked != there:
            yield line.wrong("dose", f"{name} {_span(asked)}", _span(there))


def _sides(problem: Problem, line: Line) -> Iterator[Violation]:
    for required, found in wrong_sides(problem, line.exercise, line.prescription):
        yield line.wrong("sides", required, found)


def _amount(line: Line) -> Iterator[Violation]:
    """One amount a set, in the exercise's own unit, within the dose."""
    kind = COUNTED_IN[line.exercise.dose_kind]
    for field in COUNTED_IN.values():
        written: int | None = getattr(line.prescription, field)
        if field != kind:
            if written is not None:
                yield line.wrong("dose", f"no {field}", f"{field} {written}")
            continue
        low, high = _bounds(line, field)
        if field == "metres" and high == 0 and written is None:
            continue
        if written is None or not low <= written <= high:
            yield line.wrong("dose", f"{field} {low} to {high}", str(written))


def _bounds(line: Line, field: str) -> tuple[int, int]:
    dose = line.dose
    if field == "reps":
        return dose.reps_min, dose.reps
    if field == "hold_s":
        return 1, dose.hold_s
    if field == "minutes":
        return 1, line.prescription.sets * dose.unit_s // 60
    return 1, dose.metres


def _span(span: tuple[int, int] | None) -> str:
    return "none" if span is None else f"{span[0]}-{span[1]}"


def _percent(problem: Problem, line: Line) -> Iterator[Violation]:
    """The percentage fits repetitions and effort, by Epley; power work is lighter on purpose.

    A deload week may be lighter than its effort says, never heavier.
    """
    written = line.prescription
    percent = written.percent_1rm
    if percent is None:
        return
    for condition in held(problem.eligibility):
        cap = condition.percent_1rm_max
        if cap is not None and percent > cap:
            required = f"at most {cap} % of 1RM ({condition.id})"
            yield line.wrong("contraindication", required, f"{percent:g} %")
    most = bilateral_percent(problem, line.exercise)
    if most is not None and percent > most:
        required = f"at most {most} % of 1RM with both legs while they differ so much"
        yield line.wrong("sides", required, f"{percent:g} %")
    reserve = _reserve(written)
    if reserve is None or written.reps is None or line.dose.role == "power":
        return
    fits = 100 / (1 + (written.reps + sum(reserve) / 2) / 30)
    margin = PERCENT_POINTS + (reserve[1] - reserve[0]) / 2
    too_light = percent < fits - margin and line.week_kind != "deload"
    if percent > fits + margin or too_light:
        required = f"{fits:.1f} +/- {margin:g} % of 1RM for {written.reps} reps"
        yield line.wrong("dose", required, f"{percent:g} %")


def _reserve(written: Prescription) -> tuple[int, int] | None:
    """Repetitions in reserve; ten less the effort where only that is written."""
    if written.rir is not None or written.rpe is None:
        return written.rir
    return 10 - written.rpe[1], 10 - written.rpe[0]


def _load(problem: Problem, line: Line, place: str) -> Iterator[Violation]:
    written, eligibility = line.prescription, problem.eligibility
    closed = [
        reason
        for reason, holds in (
            ("bodyweight", line.exercise.resistance == "bodyweight"),
            ("the phase has no external load", not eligibility.external_load),
            ("a condition", any(unloaded(each, line.exercise) for each in held(eligibility))),
        )
        if holds
    ]
    if closed and (written.load_kg is not None or written.load_text):
        found = written.load_text if written.load_kg is None else f"{written.load_kg:g} kg"
        yield line.wrong("load", f"no load ({closed[0]})", found)
    if written.load_kg is None:
        return
    listed = loads_listed(written.equipment, problem.places[place])
    loads = sorted({load for each in listed.values() for load in each})
    if listed and not any(abs(load - written.load_kg) < 1e-6 for load in loads):
        known = ", ".join(f"{load:g}" for load in loads) or "no"
        yield line.wrong("load", f"one of {known} kg", f"{written.load_kg:g} kg")


def _equipment(problem: Problem, line: Line, place: str) -> Iterator[Violation]:
    """The items written are an alternative that place, phase and conditions leave."""
    written = set(line.prescription.equipment)
    if ONLY_EVER_OPTIONAL in problem.places[place].equipment:
        written.discard(ONLY_EVER_OPTIONAL)
    left = usable(problem, line.exercise, place)
    if not any(written == set(alternative) for alternative in left):
        required = " or ".join(shown(alternative) for alternative in left) or "nothing is usable"
        yield line.wrong("equipment", required, shown(line.prescription.equipment))
