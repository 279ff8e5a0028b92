"""Variation: repetitions rise to the top of the range, then a harder exercise is due.

The exercise stays the same within a phase; the plan names the next rung and what opens it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.loaded import Move
from legengine_progressions.policy import Policy, settings
from legengine_progressions.unloaded import next_rung


class VariationOptions(BaseModel):
    """Settings of the rise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reps_step_max: int = Field(
        default=3, ge=1, le=5, description="most repetitions more from week to week"
    )


@dataclass(frozen=True)
class Variation(Policy):
    """For bodyweight work: the top of the range is reached by the last week of the phase."""

    name: str = "variation"
    summary: str = "repetitions rise to the top of the range, then a harder variation is due"
    lever: str = "variation"
    options: type[BaseModel] = VariationOptions

    def next_reps(self, request: LoadRequest, previous: LoadPlan) -> int:
        width = request.dose.reps - request.dose.reps_min
        step = max(1, -(-width // max(1, request.weeks - 1)))
        most = settings(request.options, VariationOptions).reps_step_max
        return min(request.dose.reps, previous.reps + min(step, most))

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        reps, top = self.next_reps(request, previous), request.dose.reps
        if reps < top:
            why = f"{reps} repetitions at the same load; {top} is the goal"
            return Move(reps=reps, why=why, sources=("S84",))
        rung = next_rung(request, f"{top}")
        why = f"{top} repetitions are the goal" + (
            f"; {rung}, with one set less, {request.dose.reps_min} repetitions and 50-60 % of "
            "this load"
            if rung
            else "; hold them with clean form"
        )
        return Move(reps=top, why=why, sources=("S87", "D"))
