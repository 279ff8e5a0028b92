"""What every session or week must hold."""

from __future__ import annotations

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.domain.protocol import CoverageRow
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "coverage"


def matches(row: CoverageRow, exercise: Exercise) -> bool:
    """Whether an exercise counts for a coverage row."""
    if row.one_legged and exercise.laterality == "both":
        return False
    return (
        exercise.pattern in row.patterns
        or exercise.block in row.blocks
        or exercise.id in row.exercises
    )


def matching_picks(
    builder: ModelBuilder, problem: Problem, row: CoverageRow, slot: str
) -> list[tuple[str, Column]]:
    """The exercises of a slot that count, with their columns."""
    return [
        (id, pick)
        for id in builder.exercises(slot)
        if matches(row, problem.exercises[id]) and (pick := builder.pick(slot, id)) is not None
    ]


def week_count(
    builder: ModelBuilder, problem: Problem, row: CoverageRow, number: int
) -> list[tuple[Column, int]]:
    """What a week holds for a row: item-slots; different exercises or sessions where it says so."""
    by_exercise: dict[str, list[Column]] = {}
    if row.days:
        held = [matching_picks(builder, problem, row, slot.id) for slot in builder.slots(number)]
        return [(any_of(builder, [pick for _, pick in picks]), 1) for picks in held if picks]
    for slot in builder.slots(number):
        for id, pick in matching_picks(builder, problem, row, slot.id):
            by_exercise.setdefault(id, []).append(pick)
    if not row.distinct:
        return [(pick, 1) for picks in by_exercise.values() for pick in picks]
    return [(any_of(builder, picks), 1) for _, picks in sorted(by_exercise.items())]


def any_of(builder: ModelBuilder, columns: list[Column]) -> Column:
    """A 0/1 column that is 1 exactly where one of the columns is."""
    distinct = sorted(set(columns))
    if len(distinct) == 1:
        return distinct[0]
    some = builder.flag("any of " + ",".join(map(str, distinct)))
    for column in distinct:
        builder.require(None, [(column, 1), (some, -1)], high=0)
    builder.require(None, [(some, 1), *((column, -1) for column in distinct)], high=0)
    return some


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State the required rows, week by week."""
    for row in problem.coverage:
        if not row.required:
            continue
        label = Label.of(NAME, row=row.id)
        for number, _ in builder.distinct_weeks():
            if row.per == "session":
                for slot in builder.slots(number):
                    picks = [
                        (pick, 1) for _, pick in matching_picks(builder, problem, row, slot.id)
                    ]
                    if row.at_least:
                        used = builder.used(slot.id)
                        builder.require(label, [*picks, (used, -row.at_least)], low=0)
                    if row.at_most is not None:
                        builder.require(label, picks, high=row.at_most)
            elif not problem.week(number).reduced:
                builder.require(
                    label,
                    week_count(builder, problem, row, number),
                    low=row.at_least or None,
                    high=row.at_most,
                )


def describe(label: Label, problem: Problem) -> str:
    """One sentence: the row's own."""
    return next(row.summary for row in problem.coverage if row.id == label.get("row"))
