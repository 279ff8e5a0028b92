"""A session as the steps of workouts, before they are written: sets, rests, repeats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from legengine.domain.program import Prescription, Session
from legengine.language import said, tr
from legengine_formats import wording
from legengine_formats.fit.names import WatchName, watch_name

StepKind = Literal["reps", "seconds", "metres", "open", "rest", "repeat"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a workout."""

    kind: StepKind
    count: int = 0
    """Repetitions, seconds, metres, or how often to repeat; 0 where it is open."""
    title: str = ""
    exercise: WatchName | None = None
    name: str = ""
    """Of the exercise, without what is added to it in the title."""
    load_kg: float | None = None
    notes: str = ""
    lighter: bool = False
    """Whether it is a set before the first."""
    first: int = 0
    """The index of the step at which a repeat begins."""


Group = list[Step]
"""The steps of one exercise; repeats point into it, from 0."""


def groups_of(session: Session) -> Iterator[Group]:
    """The steps of each exercise."""
    return map(_group, session.prescriptions)


def packed(groups: Sequence[Group], most: int) -> list[list[Step]]:
    """Workouts of so many steps at most, cut between exercises; repeats point into their workout.

    An exercise that is longer by itself stays whole.
    """
    workouts: list[list[Step]] = []
    for group in groups:
        if not workouts or len(workouts[-1]) + len(group) > most:
            workouts.append([])
        workouts[-1] += _moved(group, len(workouts[-1]))
    return workouts


def _moved(group: Group, by: int) -> Iterator[Step]:
    for step in group:
        if step.kind != "repeat":
            yield step
        else:
            yield Step("repeat", step.count, first=step.first + by)


def _group(item: Prescription) -> Group:
    steps: Group = []
    name, notes = watch_name(item), _notes(item)
    timed = item.dose_kind in ("hold", "duration")
    if timed:
        # A clock that starts by itself leaves no time to get into position.
        steps.append(Step("open", title=tr("Get ready: {name}", name=said(item.name))))
    for number in range(1, item.warmup_sets + 1):
        title = tr("{name}, lighter set {n}", name=said(item.name), n=number)
        steps.append(Step("open", 0, title, name, said(item.name), lighter=True))
    for sets, works in _sets(item, name, notes):
        first = len(steps)
        steps += works
        if sets > 1 and item.rest_s:
            steps.append(Step("rest", item.rest_s, title=tr("Rest")))
        if sets > 1:
            steps.append(Step("repeat", sets, first=first))
    return steps


def _sets(item: Prescription, name: WatchName, notes: str) -> Iterator[tuple[int, list[Step]]]:
    """How often, and what a set is: a step, or one for each side."""

    def work(side: str, reps: int | None, hold_s: int | None, load: float | None) -> Step:
        kind, count = _counted(item, reps, hold_s)
        own = said(item.name)
        title = tr("{name}, {side}", name=own, side=wording.side_name(side)) if side else own
        return Step(kind, count, title, name, own, load, notes)

    if item.dose_kind == "duration" and item.minutes:
        yield 1, [work("", None, None, item.load_kg)]
        return
    doses = item.sides
    if doses and len({(dose.sets, dose.reps, dose.hold_s, dose.load_kg) for dose in doses}) > 1:
        for dose in doses:
            yield dose.sets, [work(dose.side, dose.reps, dose.hold_s, dose.load_kg)]
        return
    sides = [dose.side for dose in doses] or ["left", "right"]
    if item.laterality == "each":
        first = doses[0] if doses else None
        load = first.load_kg if first else item.load_kg
        yield item.sets, [work(side, item.reps, item.hold_s, load) for side in sides]
        return
    yield item.sets, [work("", item.reps, item.hold_s, item.load_kg)]


def _counted(item: Prescription, reps: int | None, hold_s: int | None) -> tuple[StepKind, int]:
    if item.dose_kind == "duration" and item.minutes:
        return "seconds", item.minutes * 60
    if item.dose_kind == "hold" and hold_s:
        return "seconds", hold_s
    if item.dose_kind == "distance" and item.metres:
        return "metres", item.metres
    return ("reps", reps) if reps else ("open", 0)


def _notes(item: Prescription) -> str:
    """What a step has no field for: how to find the load, effort, range of motion, tempo."""
    load = said(item.load_text) if item.load_kg is None else wording.percent_text(item)
    parts = (wording.named_effort(item), wording.range_note(item), wording.tempo_text(item), load)
    return "; ".join(part for part in parts if part)
