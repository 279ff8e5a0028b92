"""Static stretches: only for what was trained or tests tight, and not for longer than it helps."""

from __future__ import annotations

from typing import Final

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.domain.protocol import StretchRow
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME: Final = "stretching"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State the rule where the phase has a row for it."""
    row = problem.stretching
    if row is None:
        return
    for number, _ in builder.distinct_weeks():
        for slot in builder.slots(number):
            _only_what_was_trained(builder, problem, slot)
    # Holds may grow from week to week while the choice is shared: every week has its rows.
    for week in problem.weeks:
        slots = builder.slots(week.number)
        for slot in slots:
            _before_work(builder, problem, row, slot)
            _ceilings(builder, problem, [slot], "session", row.session_max_s)
        _ceilings(builder, problem, list(slots), "week", row.week_max_s)


def _only_what_was_trained(builder: ModelBuilder, problem: Problem, slot: Slot) -> None:
    """A stretch in a training session needs an exercise there that works what it stretches."""
    easy = builder.easy(slot.id)
    for id in builder.exercises(slot.id):
        exercise, pick = problem.exercises[id], builder.pick(slot.id, id)
        if pick is None or not is_stretch(exercise):
            continue
        muscles = stretched(problem, exercise)
        if muscles & problem.tight:
            continue
        trained = [
            (other, -1)
            for each in builder.exercises(slot.id)
            if _works(problem, problem.exercises[each], muscles)
            and (other := builder.pick(slot.id, each)) is not None
        ]
        if easy is not None:
            trained.append((easy, -1))
        label = Label.of(NAME, what="trained", exercise=id)
        builder.require(label, [(pick, 1), *trained], high=0)


def _before_work(builder: ModelBuilder, problem: Problem, row: StretchRow, slot: Slot) -> None:
    for id in builder.exercises(slot.id):
        exercise, dose = problem.exercises[id], problem.dose(id, slot.week)
        sets = builder.sets(slot.id, id)
        if sets is None or exercise.block != "warm_up" or exercise.dose_kind != "hold":
            continue
        if dose.sets_max * dose.hold_s > row.before_max_s:
            label = Label.of(NAME, what="before", exercise=id)
            builder.require(label, [(sets, dose.hold_s)], high=row.before_max_s)


def _ceilings(
    builder: ModelBuilder, problem: Problem, slots: list[Slot], per: str, most_s: int
) -> None:
    """Seconds that each muscle group is stretched, where they could add up to too many."""
    seconds: dict[str, list[tuple[Column, int]]] = {}
    reach: dict[str, int] = {}
    for slot in slots:
        for id in builder.exercises(slot.id):
            exercise, sets = problem.exercises[id], builder.sets(slot.id, id)
            if sets is None or not is_stretch(exercise):
                continue
            dose = problem.dose(id, slot.week)
            for group in stretched(problem, exercise):
                seconds.setdefault(group, []).append((sets, dose.hold_s))
                reach[group] = reach.get(group, 0) + dose.sets_max * dose.hold_s
    for group in sorted(seconds):
        if reach[group] > most_s:
            builder.require(Label.of(NAME, what=per, muscle=group), seconds[group], high=most_s)


def is_stretch(exercise: Exercise) -> bool:
    """Whether an exercise is a static stretch after the work."""
    return exercise.block == "cool_down" and exercise.dose_kind == "hold"


def stretched(problem: Problem, exercise: Exercise) -> set[str]:
    """The muscle groups that a stretch is for."""
    return {problem.muscle_groups[muscle] for muscle in exercise.primary}


def _works(problem: Problem, exercise: Exercise, muscles: set[str]) -> bool:
    if exercise.block not in STRENGTHENING_BLOCKS:
        return False
    worked = (*exercise.primary, *exercise.secondary)
    return any(problem.muscle_groups[muscle] in muscles for muscle in worked)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the seconds."""
    row = problem.stretching
    name = problem.exercises[label.get("exercise")].name if label.get("exercise") else ""
    muscle = label.get("muscle").replace("_", " ")
    most = (0, 0, 0) if row is None else (row.before_max_s, row.session_max_s, row.week_max_s)
    return {
        "trained": f"{name} comes only where the session trains what it stretches",
        "before": f"{name} is held at most {most[0]} s before the work",
        "session": f"{muscle} are stretched at most {most[1]} s a session",
        "week": f"{muscle} are stretched at most {most[2]} s a week",
    }[label.get("what")]
