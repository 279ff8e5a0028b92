"""Linear progression: the load takes a small step every week, the repetitions stay."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator

from legengine.domain.protocol import Span
from legengine.hooks import DoseRequest, LoadPlan, LoadRequest
from legengine_progressions.doses import row_reps
from legengine_progressions.effort import known_loads
from legengine_progressions.loaded import Move, known_kg
from legengine_progressions.loads import STEP_MAX_PERCENT, choose_down, choose_up
from legengine_progressions.policy import Policy, settings
from legengine_progressions.words import kilograms

SPARE_REPS = 2
"""Room for more repetitions where the next load lies too far above (D)."""


class LinearOptions(BaseModel):
    """Settings of linear progression (evidence 4)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min_step_percent: float = Field(default=2.5, ge=0, le=10)
    max_step_percent: float = Field(default=5.0, ge=1, le=10)
    step_kg: float = Field(
        default=2.5, ge=0.25, le=5, description="allowed even where it is more percent, up to 10"
    )
    rir_target: int = Field(default=1, ge=0, le=5, description="reserve that a step asks for")
    weeks_max: int = Field(default=12, ge=1, le=26, description="then the load stays")

    @model_validator(mode="after")
    def _in_order(self) -> LinearOptions:
        if self.min_step_percent > self.max_step_percent:
            raise ValueError("expected min_step_percent <= max_step_percent")
        return self


def fixed_reps(request: DoseRequest) -> Span:
    """A quarter up the row's range and two to spare for loaded work, else the row's range.

    5 of 4-8: with two in reserve that is 81 % of a maximum (K22).
    """
    low, high = row_reps(request)
    if request.exercise.resistance != "external":
        return (low, high)
    target = low + (high - low) // 4
    return (target, min(high, target + SPARE_REPS))


@dataclass(frozen=True)
class Linear(Policy):
    """A step of 2.5-5 %, or 2.5 kg for the lower body, every week."""

    name: str = "linear"
    summary: str = "a small step of load every week, the repetitions stay"
    lever: str = "load"
    options: type[BaseModel] = LinearOptions

    def reps(self, request: DoseRequest) -> Span:
        return fixed_reps(request)

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        options = settings(request.options, LinearOptions)
        low = request.dose.reps_min
        sources = ("S83", "D")
        if request.week > options.weeks_max:
            why = f"The load stays after {options.weeks_max} weeks of steps; change the policy"
            return Move(reps=previous.reps, why=why, sources=sources)
        known = known_kg(previous)
        most = options.max_step_percent
        if known:
            most = min(STEP_MAX_PERCENT, max(most, 100 * options.step_kg / known))
        least = min(options.min_step_percent, most)
        reps = previous.reps
        if known:
            loads = known_loads(request)
            if choose_up(loads, known, min_percent=least, max_percent=most) is None:
                reps += 1  # no step exists: repetitions go on in its place
        instead = "after one miss repeat the load, after a second take 10 % off"
        lower = choose_down(known_loads(request), 0.9 * known) if known else None
        return Move(
            reps=reps,
            why="",
            raised_reps=low,
            condition=f"all repetitions were done with {options.rir_target} in reserve",
            instead=instead if lower is None else f"{instead} ({kilograms(lower)})",
            min_percent=least,
            max_percent=most,
            sources=sources,
        )
