"""Double progression: repetitions rise to the top of the range, then the load takes a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.effort import asked_reserve
from legengine_progressions.loaded import Move
from legengine_progressions.policy import Policy, settings


class DoubleOptions(BaseModel):
    """Settings of double progression (evidence 4; TWO42)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_step_percent: float = Field(
        default=2.0, ge=0, le=5, description="smaller steps of load don't count"
    )
    max_step_percent: float = Field(
        default=10.0, ge=2.5, le=10, description="larger steps wait for more repetitions"
    )
    rir_target: int = Field(
        default=2, ge=0, le=5, description="repetitions in reserve that a step asks for"
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_step_percent > self.max_step_percent:
            raise ValueError("expected min_step_percent <= max_step_percent")
        return self


def double_move(request: LoadRequest, previous: LoadPlan, options: DoubleOptions) -> Move:
    """One repetition more; at the top of the range a load step and back to the bottom."""
    low, high = request.dose.reps_min, request.dose.reps
    condition = (
        f"every set reached {high} with {asked_reserve(request.dose, options.rir_target)} "
        "in reserve"
    )
    if previous.reps < high:
        return Move(
            reps=previous.reps + 1,
            why=(
                f"{previous.reps + 1} repetitions, one more than last week, at the same load; "
                f"it rises once {condition}"
            ),
            sources=("S84", "TWO42"),
        )
    return Move(
        reps=high,
        why="",
        raised_reps=low,
        condition=condition,
        min_percent=options.min_step_percent,
        max_percent=options.max_step_percent,
        sources=("S83", "TWO42"),
    )


@dataclass(frozen=True)
class DoubleProgression(Policy):
    """The dose is the whole range in every week, so that all build weeks are equal."""

    name: str = "double_progression"
    summary: str = "repetitions rise to the top of the range, then the load takes one step"
    lever: str = "load"
    options: type[BaseModel] = DoubleOptions

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        return double_move(request, previous, settings(request.options, DoubleOptions))
