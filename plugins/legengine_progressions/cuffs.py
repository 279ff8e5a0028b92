"""Ankle weights: by half a kilogram once two sets of ten leave three in reserve (m:OTAGOb).

A cuff is small beside the leg that it loads, so percents of it say nothing: whatever the policy of
the phase, it begins light and moves by its own step.
"""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.effort import asked_reserve, capped_kg, known_loads
from legengine_progressions.loads import choose_down
from legengine_progressions.words import counted, kilograms

ANKLE_WEIGHT: Final = "ankle_weight"
_TOLERANCE: Final = 1e-9
_SOURCES: Final = ("m:OTAGOb",)


class AnkleWeightOptions(BaseModel):
    """Settings of the rule for ankle weights (evidence 4; m:OTAGOb)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start_kg: float = Field(default=0.5, ge=0.25, le=1, description="load to begin with")
    start_most_kg: float = Field(
        default=1.0, ge=0.25, le=1, description="where nothing lighter exists"
    )
    step_kg: float = Field(default=0.5, ge=0.25, le=1, description="load of one step")
    max_kg: float = Field(default=8.0, ge=0.5, le=8, description="never more")
    rir_target: int = Field(default=3, ge=2, le=5, description="reserve that a step asks for")

    @model_validator(mode="after")
    def _in_order(self) -> AnkleWeightOptions:
        if self.start_kg > self.start_most_kg:
            raise ValueError("expected start_kg <= start_most_kg")
        return self


def own_options(request: LoadRequest) -> AnkleWeightOptions:
    """The options of the policy for ankle weights; the defaults where another policy plans."""
    given = request.options
    return given if isinstance(given, AnkleWeightOptions) else AnkleWeightOptions()


def weighted(request: LoadRequest) -> LoadPlan:
    """The plan of an exercise that is done with ankle weights."""
    options = own_options(request)
    most = min(options.max_kg, capped_kg(request)) + _TOLERANCE
    loads = [load for load in known_loads(request) if load <= most]
    previous = request.previous
    last = previous.load_kg if previous is not None and not previous.load_text else None
    current = choose_down(loads, last) if last is not None else None
    if previous is None or current is None:
        return _first(request, loads, options)
    if request.kind == "deload":
        reason = f"Lighter week: {counted(request.sets, 'set')} at {kilograms(current)}, no more"
        return _plan(request, previous.reps, current, reason, ("DELO",))
    top = request.dose.reps
    reserve = asked_reserve(request.dose, options.rir_target)
    condition = f"every set reached {top} with {reserve} in reserve"
    if previous.reps < top:
        reps = max(previous.reps + 1, request.dose.reps_min)
        reason = (
            f"{counted(reps, 'repetition')} at {kilograms(current)}; "
            f"{kilograms(options.step_kg)} more once {condition}"
        )
        return _plan(request, reps, current, reason, _SOURCES)
    heavier = [
        load
        for load in loads
        if current + _TOLERANCE < load <= current + options.step_kg + _TOLERANCE
    ]
    if not heavier:
        reason = f"{kilograms(current)} stays: no cuff here is one step heavier; slow down instead"
        return _plan(request, top, current, reason, (*_SOURCES, "D"))
    reason = (
        f"+{kilograms(heavier[0] - current)} to {kilograms(heavier[0])} for "
        f"{counted(request.dose.reps_min, 'repetition')}, if {condition} last week; "
        f"otherwise stay at {kilograms(current)}"
    )
    return _plan(request, request.dose.reps_min, heavier[0], reason, (*_SOURCES, "S31"))


def _first(request: LoadRequest, loads: list[float], options: AnkleWeightOptions) -> LoadPlan:
    low = request.dose.reps_min
    start = choose_down(loads, options.start_kg)
    if start is None:
        start = choose_down(loads, options.start_most_kg)
    if start is None:
        lightest = f", {kilograms(loads[0])}," if loads else ""
        text = f"the lightest cuff here{lightest} is too heavy to begin with: go without"
        return _plan(request, low, None, "Technique ranks above load", ("S31",), text)
    reason = f"Ankle weights begin with {kilograms(start)}; less is fine while the form is new"
    return _plan(request, low, start, reason, _SOURCES)


def _plan(
    request: LoadRequest,
    reps: int,
    load: float | None,
    reason: str,
    sources: tuple[str, ...],
    text: str = "",
) -> LoadPlan:
    return LoadPlan(
        reps=max(request.dose.reps_min, min(reps, request.dose.reps)),
        rest_s=request.dose.rest_s,
        load_kg=load,
        load_text=text,
        tempo=request.dose.tempo,
        reason=reason,
        sources=sources,
    )
