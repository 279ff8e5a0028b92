"""From the columns of a model to items, and from a weighted sum to wishes and volume."""

from __future__ import annotations

from collections.abc import Sequence

from contenders import Items, Level
from legengine.domain.schedule import Item
from legengine.solve.builder import Builder
from legengine.solve.flat import FlatModel


def items_of(builder: Builder, values: Sequence[int]) -> Items:
    items = []
    for slot in builder.problem.slots:
        for id in builder.exercises(slot.id):
            pick, sets = builder.pick(slot.id, id), builder.sets(slot.id, id)
            if pick is not None and sets is not None and values[pick]:
                items.append(Item(slot.id, id, values[sets]))
    return tuple(sorted(items))


def wish_weight(model: FlatModel) -> int:
    """What one wish weighs in a sum of wishes and volume: more than all volume can."""
    return 1 + sum(factor * model.highs[column] for column, factor in model.level_terms("volume"))


def wishes_and_volume(model: FlatModel) -> dict[int, int]:
    """One weighted sum that keeps the order: column to factor."""
    sums = dict(model.level_terms("volume"))
    weight = wish_weight(model)
    for column, factor in model.level_terms("wishes"):
        sums[column] = sums.get(column, 0) + weight * factor
    return sums


def level_of(total: int, weight: int) -> Level:
    """Wishes and volume of a weighted sum, or of a bound of it; no level is below zero."""
    wishes, volume = divmod(max(total, 0), weight)
    return Level(wishes, volume)
