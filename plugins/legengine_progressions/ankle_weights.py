"""The policy of a home program with ankle weights: repetitions first, then a heavier cuff."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.cuffs import AnkleWeightOptions, own_options
from legengine_progressions.double_progression import DoubleOptions, double_move
from legengine_progressions.loaded import Move
from legengine_progressions.policy import Policy


@dataclass(frozen=True)
class AnkleWeights(Policy):
    """Repetitions first; cuffs rise by half a kilogram, other loads as in double progression."""

    name: str = "ankle_weight_otago"
    summary: str = "8 to 10 repetitions, then half a kilogram more on the ankle"
    lever: str = "load"
    options: type[BaseModel] = AnkleWeightOptions

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        target = own_options(request).rir_target
        return double_move(request, previous, DoubleOptions(rir_target=target))
