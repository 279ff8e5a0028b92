"""Level "wishes": coverage rows that are wishes, the number of sessions, preferred exercises."""

from __future__ import annotations

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.domain.protocol import CoverageRow
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.reckoning.past import training_inside
from legengine.solve.constraints.coverage import matching_picks, week_count

SESSION_WEIGHT = 5
PREFERRED_WEIGHT = 2


def post_coverage(builder: ModelBuilder, problem: Problem) -> None:
    """Penalise what is missing from, or beyond, each row that is a wish."""
    for row in problem.coverage:
        if row.required:
            continue
        label = Label.of("soft_coverage", row=row.id)
        for number, weeks in builder.distinct_weeks():
            if row.per == "session":
                for slot in builder.slots(number):
                    picks = [
                        (pick, 1) for _, pick in matching_picks(builder, problem, row, slot.id)
                    ]
                    _penalise(builder, label, row, picks, builder.used(slot.id), weeks, slot.id)
            elif not problem.week(number).reduced:
                count = week_count(builder, problem, row, number)
                _penalise(builder, label, row, count, None, weeks, f"week {number}")


def _penalise(
    builder: ModelBuilder,
    label: Label,
    row: CoverageRow,
    count: list[tuple[Column, int]],
    used: Column | None,
    weeks: int,
    where: str,
) -> None:
    if row.at_least:
        missing = builder.number(f"missing {row.id} {where}", 0, row.at_least)
        terms = [*count, (missing, 1)]
        if used is None:
            builder.require(None, terms, low=row.at_least)
        else:
            builder.require(None, [*terms, (used, -row.at_least)], low=0)
        builder.penalise(label, [(missing, row.priority * weeks)], "wishes")
    if row.at_most is not None:
        surplus = builder.number(f"surplus {row.id} {where}", 0, max(len(count), 1))
        builder.require(None, [*count, (surplus, -1)], high=row.at_most)
        builder.penalise(label, [(surplus, row.priority * weeks)], "wishes")


def post_sessions(builder: ModelBuilder, problem: Problem) -> None:
    """Penalise each session below the wished number, or below the most a week allows."""
    wish = problem.preferences.sessions_wish
    for number, weeks in builder.distinct_weeks():
        week = problem.week(number)
        wanted = week.sessions[1] if wish is None else wish
        target = max(wanted - len(training_inside(problem.past, week.start)), 0)
        used = [(builder.used(slot.id), 1) for slot in builder.slots(number)]
        missing = builder.number(f"missing sessions {number}", 0, target)
        builder.require(None, [*used, (missing, 1)], low=target)
        builder.penalise(Label.of("sessions_wish"), [(missing, SESSION_WEIGHT * weeks)], "wishes")


def post_preferred(builder: ModelBuilder, problem: Problem) -> None:
    """Penalise a preferred exercise that comes nowhere in the phase."""
    for word in sorted(problem.preferences.prefer & set(problem.exercises)):
        picks = sorted(
            {pick for slot in builder.slots() if (pick := builder.pick(slot.id, word)) is not None}
        )
        absent = builder.flag(f"absent {word}")
        builder.require(None, [*((pick, 1) for pick in picks), (absent, 1)], low=1)
        label = Label.of("preferred_absent", exercise=word)
        builder.penalise(label, [(absent, PREFERRED_WEIGHT)], "wishes")
