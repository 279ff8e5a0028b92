"""Sets more on the weak side: so many a session, so many a week, within the muscle's maximums."""

from __future__ import annotations

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Week
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.reckoning.credit import set_credit
from legengine.reckoning.past import credit_inside
from legengine.reckoning.sides import gives_extra_sets
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "sides"

Term = tuple[Column, int]


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State the limits, for a person whose legs differ so much that there are such sets."""
    asymmetry = problem.asymmetry
    if asymmetry is None or not gives_extra_sets(problem):
        return
    limits = asymmetry.limits
    for number, _ in builder.distinct_weeks():
        by_exercise: dict[str, list[tuple[str, Column]]] = {}
        for slot in builder.slots(number):
            extras = extras_of(builder, slot.id)
            label = Label.of(NAME, what="session")
            builder.require(
                label, [(extra, 1) for _, extra in extras], high=limits.extra_sets_session
            )
            for id, extra in extras:
                by_exercise.setdefault(id, []).append((slot.id, extra))
        for id, places in sorted(by_exercise.items()):
            _week_share(builder, id, places, limits.week_percent - 100)
        _maximums(builder, problem, problem.week(number))


def extras_of(builder: ModelBuilder, slot: str) -> list[tuple[str, Column]]:
    """The exercises of a slot that may have a set more, each with its column."""
    return [
        (id, extra)
        for id in builder.exercises(slot)
        if (extra := builder.extra_set(slot, id)) is not None
    ]


def _week_share(
    builder: ModelBuilder, id: str, places: list[tuple[str, Column]], percent: int
) -> None:
    """In a week the weak side does at most so many percent more of an exercise."""
    terms = [(extra, 100) for _, extra in places]
    for slot, _ in places:
        sets = builder.sets(slot, id)
        if sets is not None:
            terms.append((sets, -percent))
    builder.require(Label.of(NAME, what="week", exercise=id), terms, high=0)


def _maximums(builder: ModelBuilder, problem: Problem, week: Week) -> None:
    """The weak side's muscles, with its sets more, keep the maximums of session and week.

    The rows carry the labels of the maximums themselves: without sets more they say the same.
    """
    slots = builder.slots(week.number)
    extras = {slot.id: extras_of(builder, slot.id) for slot in slots}
    for group in sorted(week.volume):
        volume, whole_week, more_in_week = week.volume[group], list[Term](), list[Term]()
        for slot in slots:
            here = builder.credit(slot.id, group)
            more = [
                (extra, eighths)
                for id, extra in extras[slot.id]
                if (eighths := _credit(problem, id, week.number).get(group, 0))
            ]
            if more:
                label = Label.of("volume", what="session_cap", muscle=group)
                builder.require(label, [*here, *more], high=volume.session_cap)
            whole_week += here
            more_in_week += more
        if more_in_week:
            label = Label.of("volume", what="cap", muscle=group, week=week.number)
            left = max(volume.cap - credit_inside(problem.past, week, group), 0)
            builder.require(label, [*whole_week, *more_in_week], high=left)


def _credit(problem: Problem, id: str, week: int) -> dict[str, int]:
    return set_credit(problem.exercises[id], problem.dose(id, week), problem.muscle_groups)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the numbers."""
    limits = problem.asymmetry.limits if problem.asymmetry is not None else None
    if label.get("what") == "session":
        most = limits.extra_sets_session if limits else 0
        return f"the weak side does at most {most} sets more in a session"
    name = problem.exercises[label.get("exercise")].name
    percent = limits.week_percent if limits else 100
    return f"the weak side does at most {percent} % of the strong one's sets of {name} a week"
