"""Equipment: the place has one of the exercise's alternatives whole, with a load if needed."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.findings import Violation
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.verify.alternatives import at_place, loads_listed, shown
from legengine.verify.facts import facts_of

RULE = "equipment"


def check(problem: Problem, schedule: Schedule) -> Iterator[Violation]:
    """Every item at its place."""
    for work in facts_of(problem, schedule).works:
        place = problem.places[work.slot.place]
        if at_place(work.exercise, place):
            continue
        required = " or ".join(shown(alternative) for alternative in work.exercise.equipment)
        items = sorted({item for alternative in work.exercise.equipment for item in alternative})
        listed = loads_listed(items, place)
        found = [f"no {item}" for item in items if item not in place.equipment] + [
            f"no load for {item}"
            for item in items
            if item in place.equipment and not listed.get(item, True)
        ]
        where = f"{work.where} at {work.slot.place}"
        yield Violation(RULE, where, required, ", ".join(found))
