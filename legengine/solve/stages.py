"""The levels of the objective in stages, each one weighted sum that keeps their order."""

from __future__ import annotations

from collections.abc import Mapping

from legengine.domain.schedule import LevelResult
from legengine.solve.flat import FlatModel, value_of
from legengine.solve.least_change import DISTANCE, Keep
from legengine.solve.native import Answer

Stage = tuple[str, ...]

STAGES: tuple[Stage, ...] = (
    ("wishes", "volume"),
    ("endurance",),
    ("preference",),
    ("continuity", "evenness", "minutes", "canonical"),
)
"""Levels that are solved together as one weighted sum keep their order: the weight of the higher
one exceeds anything that the lower can add up to. The last stage polishes: it rearranges the
exercises that the stages before chose, which is small enough to be done well in little time."""

STAGES_KEEPING: Mapping[Keep, tuple[Stage, ...]] = {
    "sessions": (DISTANCE, *STAGES),
    "quality": (STAGES[0], DISTANCE, *STAGES[1:]),
}
"""The same with the distance from a schedule that is to change as little as possible."""


def told_level(stage: Stage) -> int:
    """The level of a stage that progress tells of: the first where it polishes, else the last."""
    return 0 if stage == STAGES[-1] else len(stage) - 1


def level_weights(model: FlatModel, stage: Stage) -> list[int]:
    """What each level counts in a stage: more than all that the levels below can add up to."""
    weights, weight = list[int](), 1
    for level in reversed(stage):
        weights.append(weight)
        weight *= 1 + sum(f * model.highs[column] for column, f in model.level_terms(level))
    return weights[::-1]


def stage_terms(model: FlatModel, stage: Stage) -> list[tuple[int, int]]:
    """One weighted sum whose order is the order of the levels."""
    sums: dict[int, int] = {}
    for level, weight in zip(stage, level_weights(model, stage), strict=True):
        for column, factor in model.level_terms(level):
            sums[column] = sums.get(column, 0) + weight * factor
    return sorted(sums.items())


def level_results(
    model: FlatModel,
    stage: Stage,
    values: tuple[int, ...],
    answer: Answer,
) -> list[LevelResult]:
    """The value and bound of each level of a stage."""
    proven = answer.outcome == "optimal"
    results = []
    bound = answer.bound
    for level, weight in zip(stage, level_weights(model, stage), strict=True):
        value = value_of(model.level_terms(level), values)
        reached = value if proven else min(max(bound // weight, 0), value)
        results.append(
            LevelResult(level, value, reached, "optimal" if reached == value else "feasible")
        )
        # Below an unproven level nothing is known of the next one.
        bound = bound - value * weight if reached == value else 0
    return results
