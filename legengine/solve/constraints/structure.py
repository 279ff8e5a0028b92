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

EASY_FOCUS: Final[frozenset[Block]] = frozenset({"balance", "endurance"})
"""What an easy session is for: it holds at least one of these."""


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State the least and the most work, and the most items."""
    frame = problem.structure
    least, most = frame.work_items
    fewest_easy, most_easy = frame.easy_items
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
            easy = builder.easy(slot.id)
            gentle = [] if easy is None else [(easy, -most_easy)]
            builder.require(label, [*work, (used, -most), *gentle], high=0)
            label = Label.of(NAME, what="items_max")
            every = [(pick, 1) for _, pick in items]
            builder.require(label, [*every, (used, -frame.items_max), *gentle], high=0)
            if easy is None:
                continue
            label = Label.of(NAME, what="easy_items_min")
            builder.require(label, [*every, (easy, -fewest_easy)], low=0)
            label = Label.of(NAME, what="easy_focus")
            focus = [(pick, 1) for id, pick in items if problem.exercises[id].block in EASY_FOCUS]
            builder.require(label, [*focus, (easy, -1)], low=0)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the numbers."""
    frame = problem.structure
    return {
        "work_items_min": f"a session holds at least {frame.work_items[0]} working exercises",
        "work_items_max": f"a session holds at most {frame.work_items[1]} working exercises",
        "items_max": f"a session holds at most {frame.items_max} exercises in all, an easy one "
        f"{frame.easy_items[1]}",
        "easy_items_min": f"an easy session holds at least {frame.easy_items[0]} exercises",
        "easy_focus": "an easy session holds balance or endurance work",
    }[label.get("what")]
