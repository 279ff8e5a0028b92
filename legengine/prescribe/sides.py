"""One-sided exercises where the legs differ: the weak side first, the strong one copies it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.domain.problem import Problem
from legengine.domain.profile import Side
from legengine.domain.program import Reason, SideDose
from legengine.domain.schedule import Item
from legengine.reckoning.sides import first_side, weakness_of

OTHER: Final[dict[Side, Side]] = {"left": "right", "right": "left"}


def side_doses(
    problem: Problem, item: Item, reps: int | None, hold_s: int | None, load_kg: float | None
) -> tuple[SideDose, ...]:
    """The dose of each side, the weak one first; empty where the sides are equal.

    Both sides do the same repetitions with the same load, so the strong one is never ahead.
    """
    weak = first_side(problem, problem.exercises[item.exercise])
    if weak is None:
        return ()
    return tuple(
        SideDose(side=side, sets=sets, reps=reps, hold_s=hold_s, load_kg=load_kg)
        for side, sets in ((weak, item.sets + item.extra), (OTHER[weak], item.sets))
    )


def why_sides(problem: Problem, item: Item) -> Iterator[Reason]:
    """Why a side begins, and why it does a set more."""
    asymmetry = problem.asymmetry
    weakness = weakness_of(asymmetry, problem.exercises[item.exercise])
    if asymmetry is None or weakness is None:
        return
    what = f"a set more than the {OTHER[weakness.side]}" if item.extra else "it begins every set"
    measured = (
        "the affected side, untested"
        if weakness.index is None
        else f"the weaker side, limb symmetry {weakness.index:.0f} %"
    )
    text = f"The {weakness.side} is {measured}: {what}"
    yield Reason(text=text, sources=asymmetry.limits.sources)
