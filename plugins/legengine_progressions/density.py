"""Density: the rests between sets shrink week by week. Only for muscular endurance (K3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.protocol import DoseRole
from legengine.hooks import DoseRequest, LoadPlan, LoadRequest
from legengine_progressions.doses import row_rest_s, weeks_of_growth
from legengine_progressions.double_progression import DoubleOptions, double_move
from legengine_progressions.loaded import Move
from legengine_progressions.policy import Policy, settings
from legengine_progressions.unloaded import less_rest

FLOOR_S: Final = 30
CIRCUIT_FLOOR_S: Final = 15
STRENGTH_FLOOR_S: Final = 120
"""Rests never shrink below these (evidence 4, density; K3)."""

_SHRINKING: Final[frozenset[DoseRole]] = frozenset(
    {"compound", "isolation", "trunk", "hold", "trunk_hold"}
)


class DensityOptions(DoubleOptions):
    """Settings of the shrinking rest; the rest is double progression, once the floor is reached."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    step_s: int = Field(default=10, ge=10, le=15, description="seconds less a week")


def is_circuit(request: DoseRequest) -> bool:
    """Whether the row itself is for circuits: 15 repetitions and more, rests below 30 s."""
    reps = request.row.reps
    return reps is not None and reps[1] >= 15 and request.row.rest_s[0] < FLOOR_S


def floor_s(request: DoseRequest) -> int | None:
    """The shortest rest; ``None`` where rests stay as they are."""
    if request.role not in _SHRINKING or request.exercise.dose_kind not in ("repetitions", "hold"):
        return None
    if request.goal == "strength":
        return STRENGTH_FLOOR_S
    if is_circuit(request):
        return CIRCUIT_FLOOR_S
    return FLOOR_S if request.goal in ("endurance", "function") else None


@dataclass(frozen=True)
class Density(Policy):
    """Load and repetitions wait while the rest shrinks; at the floor they go on."""

    name: str = "density"
    summary: str = "shorter rests between sets week by week, for muscular endurance"
    lever: str = "rest"
    options: type[BaseModel] = DensityOptions

    def rest_s(self, request: DoseRequest) -> int:
        base = row_rest_s(request)
        floor = floor_s(request)
        if floor is None:
            return base
        step = settings(request.options, DensityOptions).step_s
        floor = min(base, max(floor, request.row.rest_s[0]))
        return max(floor, base - step * weeks_of_growth(request))

    def next_reps(self, request: LoadRequest, previous: LoadPlan) -> int:
        return previous.reps + (0 if request.dose.rest_s < previous.rest_s else 1)

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        if request.dose.rest_s < previous.rest_s:
            why = less_rest(request, previous)
            return Move(reps=previous.reps, why=why, sources=("S85", "K3"))
        return double_move(request, previous, settings(request.options, DensityOptions))
