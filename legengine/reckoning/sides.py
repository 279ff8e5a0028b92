"""Which side begins, where the weak side may have a set more, which lifts are limited."""

from __future__ import annotations

from typing import Final

from legengine.domain.asymmetry import Asymmetry, Weakness
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem
from legengine.domain.profile import Side
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS, Block

EXTRA_IN: Final[frozenset[Block]] = frozenset({"compound", "isolation"})
"""The blocks whose one-sided exercises may have a set more: jumps are for equal legs (D)."""


def weakness_of(asymmetry: Asymmetry | None, exercise: Exercise) -> Weakness | None:
    """The weakness that matters for a one-sided exercise; ``None`` where the sides are equal."""
    if asymmetry is None or exercise.laterality != "each":
        return None
    known = [asymmetry.balance] if exercise.block == "balance" else []
    for weakness in (*known, asymmetry.strength):
        if weakness is not None and _is_below(weakness, asymmetry.limits.weak_first_below):
            return weakness
    return None


def _is_below(weakness: Weakness, index: int) -> bool:
    """Whether a side is so far behind; a side that nobody measured is taken to be weaker."""
    return weakness.index is None or weakness.index < index


def first_side(problem: Problem, exercise: Exercise) -> Side | None:
    """The side that begins every set, where the legs differ."""
    weakness = weakness_of(problem.asymmetry, exercise)
    return None if weakness is None else weakness.side


def gives_extra_sets(problem: Problem) -> bool:
    """Whether the weak side is so far behind that it gets sets more."""
    asymmetry = problem.asymmetry
    return asymmetry is not None and _measured_below(
        asymmetry.strength, asymmetry.limits.extra_set_below
    )


def may_have_extra(problem: Problem, exercise: Exercise, week: int) -> bool:
    """Whether the weak side may do a set more: one-sided, no jump, no lighter week."""
    return (
        exercise.laterality == "each"
        and exercise.block in EXTRA_IN
        and problem.week(week).kind == "build"
        and gives_extra_sets(problem)
    )


def _measured_below(weakness: Weakness | None, index: int) -> bool:
    return weakness is not None and weakness.index is not None and weakness.index < index


def is_limited_lift(asymmetry: Asymmetry | None, exercise: Exercise) -> bool:
    """Whether a two-legged lift is limited, because the strong leg would do most of it."""
    return (
        asymmetry is not None
        and _measured_below(asymmetry.strength, asymmetry.limits.bilateral_limit_below)
        and exercise.laterality == "both"
        and exercise.block in STRENGTHENING_BLOCKS
        and exercise.resistance != "bodyweight"
    )


def begins_anew(asymmetry: Asymmetry | None, exercise: Exercise) -> bool:
    """Whether one-sided work is a novice's, because a limb was held still for long."""
    return asymmetry is not None and asymmetry.unused and exercise.laterality == "each"


def percent_limit(asymmetry: Asymmetry | None, exercise: Exercise) -> int | None:
    """The heaviest that a limited lift may be, percent of 1RM."""
    if asymmetry is None or not is_limited_lift(asymmetry, exercise):
        return None
    return asymmetry.limits.bilateral_percent_1rm


def gives_way(problem: Problem, exercise: Exercise) -> bool:
    """Whether one-sided work and machines come before a lift: both legs, freely loaded."""
    return is_limited_lift(problem.asymmetry, exercise) and not any(
        "machine" in item.split("_") for ways in exercise.equipment for item in ways
    )
