"""The frame of a session: how much it holds at least and at most.

That an exercise comes once in a session, and that regular weeks repeat, is how the columns are
made; nothing is left to state.
"""

from __future__ import annotations

from typing import Final

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.domain.vocabulary import Block
from legengine.hooks.contracts import ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "structure"

WORK_BLOCKS: Final[frozenset[Block]] = frozenset(
    {"power", "balance", "compound", "isolation", "trunk"}
)


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State the least and the most work, and the most items."""
    frame = problem.structure
    least, most = frame.work_items
    for number, _ in builder.distinct_weeks():
        for slot in builder.slots(number):
            used = builder.used(slot.id)
            items = [
                (id, pick)
                for id in builder.exercises(slot.id)
                if (pick := builder.pick(slot.id, id)) is not None
            ]
            work = [(pick, 1) for id, pick in items if problem.exercises[id].block in WORK_BLOCKS]
            label = Label.of(NAME, what="work_items_min")
            builder.require(label, [*work, (used, -least)], low=0)
            label = Label.of(NAME, what="work_items_max")
            builder.require(label, [*work, (used, -most)], high=0)
            label = Label.of(NAME, what="items_max")
            builder.require(
                label, [*((pick, 1) for _, pick in items), (used, -frame.items_max)], high=0
            )


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the numbers."""
    frame = problem.structure
    return {
        "work_items_min": f"a session holds at least {frame.work_items[0]} working exercises",
        "work_items_max": f"a session holds at most {frame.work_items[1]} working exercises",
        "items_max": f"a session holds at most {frame.items_max} exercises in all",
    }[label.get("what")]
