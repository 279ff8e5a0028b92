"""Policies that live on a training log. Without one they hold the load and say what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.protocol import Span
from legengine.hooks import DoseRequest, LoadPlan, LoadRequest
from legengine_progressions.effort import reserve
from legengine_progressions.linear import fixed_reps
from legengine_progressions.loaded import Move
from legengine_progressions.policy import Policy, settings
from legengine_progressions.words import number

_STEPS_KG: Final = {"novice": "2-4", "intermediate": "4-7", "advanced": "4-7"}
"""Lower body: 2-4 kg for the less trained, 4-7 kg for the trained (m:TWO42b)."""


class TwoForTwoOptions(BaseModel):
    """Settings of the 2-for-2 rule (TWO42)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    extra_reps: int = Field(default=2, ge=1, le=4, description="repetitions above the goal")


@dataclass(frozen=True)
class TwoForTwo(Policy):
    """Two repetitions above the goal in the last set of two sessions running earn more load."""

    name: str = "two_for_two"
    summary: str = "log-driven: more load after two sessions with two repetitions above the goal"
    lever: str = "load"
    options: type[BaseModel] = TwoForTwoOptions

    def first_reps(self, request: LoadRequest) -> int:
        extra = settings(request.options, TwoForTwoOptions).extra_reps
        return max(request.dose.reps_min, request.dose.reps - extra)

    def next_reps(self, request: LoadRequest, previous: LoadPlan) -> int:
        return max(previous.reps, self.first_reps(request))

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        extra = settings(request.options, TwoForTwoOptions).extra_reps
        goal = self.first_reps(request)
        why = (
            f"The load stays until the last set reaches {goal + extra} in two sessions running; "
            f"then add {_STEPS_KG[request.experience]} kg, at most 10 %"
        )
        return Move(reps=self.next_reps(request, previous), why=why, sources=("TWO42", "m:TWO42b"))


class RirOptions(BaseModel):
    """Settings of autoregulation (RIR)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    percent_per_rir: float = Field(default=3.5, ge=1, le=5, description="load for one repetition")


@dataclass(frozen=True)
class RirAutoregulation(Policy):
    """The reserve of each set says what the next one weighs."""

    name: str = "rir_autoregulation"
    summary: str = "log-driven: the repetitions in reserve of each set steer the next load"
    lever: str = "load"
    options: type[BaseModel] = RirOptions

    def reps(self, request: DoseRequest) -> Span:
        return fixed_reps(request)

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        each = number(settings(request.options, RirOptions).percent_per_rir)
        why = (
            f"Start from last week's load: for each repetition in reserve above "
            f"{number(reserve(request.dose))} add {each} % to the next set, for each below take "
            f"{each} % off, within +5 and -10 % a day"
        )
        return Move(reps=previous.reps, why=why, sources=("RIR",))
