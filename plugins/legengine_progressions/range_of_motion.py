"""Range of motion: the knee bends further week by week, with less load at each step.

A limit that a condition, a surgeon or a therapist set is not released by the calendar (K9):
by default the range grows up to it from below. ``widen_cap`` says that whoever set the limit
lets it grow, and only then it does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.double_progression import DoubleOptions, double_move
from legengine_progressions.effort import cap_text, is_loaded, share_text
from legengine_progressions.loaded import Move, known_kg, with_load
from legengine_progressions.policy import Policy, settings
from legengine_progressions.words import kilograms

STEPS_BELOW_CAP: Final = 2
"""The range begins two steps below a limit, and never below half of the standard (D)."""

LOAD_PERCENT: Final = 90
"""The load drops by ten percent at each step of range (evidence 4, rom)."""


class RangeOptions(DoubleOptions):
    """Settings of the widening; the rest is double progression at a steady range."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    step_degrees: int = Field(default=10, ge=5, le=15, description="degrees more a week")
    widen_cap: bool = Field(
        default=False,
        description="whoever set the limit lets it grow a step a week, up to the full range",
    )


def knee_flexion(request: LoadRequest, options: RangeOptions) -> int | None:
    """Degrees of knee flexion in this week; ``None`` where no limit shortens the exercise."""
    standard, cap = request.exercise.knee_flexion, request.knee_flexion_cap
    if cap is None or cap >= standard or not request.exercise.range_adjustable:
        return None
    step = options.step_degrees
    target = standard if options.widen_cap else cap
    start = cap if options.widen_cap else max(-(-standard // 2), cap - STEPS_BELOW_CAP * step)
    start = min(start, cap)
    before = request.previous.knee_flexion_max if request.previous is not None else None
    if before is None:
        return start
    if request.kind == "deload":
        return min(before, target)
    return min(target, max(start, before + step))


@dataclass(frozen=True)
class RangeOfMotion(Policy):
    """Widens the range where a limit on knee flexion shortens the exercise."""

    name: str = "range_of_motion"
    summary: str = "a larger range of the knee week by week, with less load at each step"
    lever: str = "range"
    options: type[BaseModel] = RangeOptions

    def load(self, request: LoadRequest) -> LoadPlan:
        made = super().load(request)
        angle = knee_flexion(request, settings(request.options, RangeOptions))
        if angle is None:
            return made
        previous = request.previous
        before = previous.knee_flexion_max if previous is not None else None
        made = replace(made, knee_flexion_max=angle)
        if previous is None or before is None or request.kind == "deload":
            return replace(
                made,
                reason=f"{made.reason}; bend the knee to {angle} degrees at most",
                sources=(*made.sources, "K9"),
            )
        if angle > before:
            return self._wider(request, previous, made, angle - before)
        if angle == request.exercise.knee_flexion:
            return made
        return replace(
            made,
            reason=f"{made.reason}; {angle} degrees stay the limit until whoever set it lifts it",
            sources=(*made.sources, "K9"),
        )

    @staticmethod
    def _wider(request: LoadRequest, previous: LoadPlan, made: LoadPlan, rise: int) -> LoadPlan:
        """A step of range: repetitions stay, the load drops by ten percent."""
        dose = request.dose
        reps = max(dose.reps_min, min(previous.reps, dose.reps)) if made.reps else 0
        known = known_kg(previous)
        text, less = made.load_text, ""
        hold = min(previous.hold_s or made.hold_s, made.hold_s)
        made = replace(made, reps=reps, hold_s=hold)
        if is_loaded(request) and known is not None:
            made = with_load(request, made, known * LOAD_PERCENT / 100, known)
            text = made.load_text
            if made.load_kg is not None and made.load_kg < known:
                less = f", with {kilograms(made.load_kg)} in place of {kilograms(known)}"
        elif is_loaded(request):
            text = "; ".join(
                filter(
                    None,
                    ("10 % less than last week's load", share_text(request), cap_text(request)),
                )
            )
        reason = (
            f"{rise} degrees more than last week{less}, if two sessions were clean with pain of "
            f"at most 2 out of 10; {made.knee_flexion_max} degrees is the limit this week"
        )
        return replace(
            made, load_text=text, reason=reason, sources=("S86", "ROM", "m:ACLOKC", "K9")
        )

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        return double_move(request, previous, settings(request.options, RangeOptions))
