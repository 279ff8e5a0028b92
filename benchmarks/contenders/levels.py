"""Wishes and volume as one weighted sum, and back."""

from __future__ import annotations

from contenders import Level
from legengine.solve.flat import FlatModel


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
