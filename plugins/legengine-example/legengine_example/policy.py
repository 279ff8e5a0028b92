"""A progression policy: everything stays as it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from legengine.domain.problem import Dose
from legengine.hooks import LoadPlan
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.hooks import DoseRequest, LoadRequest

REPS: Final = (5, 10)
HOLD_S: Final = (10, 10)
METRES: Final = (10, 10)
MINUTES: Final = (5, 5)
"""Where a row of the protocol doesn't say: low ends, defaults of this plugin."""

UNIT_S: Final = 300
"""One set of endurance work lasts five minutes."""


class PolicyOptions(BaseModel):
    """How long one rests."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    long_rests: bool = Field(default=True, description="the longest rests of the protocol's range")


@dataclass(frozen=True)
class ExamplePolicy:
    """The low end of every dose, week after week: for people who have to get used to it first."""

    name: str = "example"
    summary: str = "the low end of every dose, week after week"
    lever: str = "none: nothing moves"
    options: type[PolicyOptions] = PolicyOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"long_rests": False},)

    def dose(self, request: DoseRequest) -> Dose:
        """The same in every week, so that equal weeks are decided once."""
        row, kind = request.row, request.exercise.dose_kind
        long = PolicyOptions.model_validate(request.options.model_dump()).long_rests
        sets_min, sets_max = row.sets
        if kind == "duration":
            low, high = row.minutes or MINUTES
            sets_min, sets_max = max(1, low * 60 // UNIT_S), max(1, high * 60 // UNIT_S)
        reps = (row.reps or REPS)[0] if kind == "repetitions" else 0
        return Dose(
            role=request.role,
            sets_min=sets_min,
            sets_max=sets_max,
            reps_min=reps,
            reps=reps,
            hold_s=(row.hold_s or HOLD_S)[0] if kind == "hold" else 0,
            unit_s=UNIT_S if kind == "duration" else 0,
            metres=(row.metres or METRES)[0] if kind == "distance" else 0,
            rest_s=0 if kind == "duration" else row.rest_s[1 if long else 0],
            rir=row.rir,
            rpe=row.rpe,
            sources=row.sources,
        )

    def load(self, request: LoadRequest) -> LoadPlan:
        """By feel: nobody has measured anything yet."""
        dose = request.dose
        by_feel = "so light that many more would be possible" if request.item else ""
        return LoadPlan(
            reps=dose.reps,
            hold_s=dose.hold_s,
            rest_s=dose.rest_s,
            load_text=by_feel,
            reason="stays as it began",
            sources=dose.sources,
        )
