"""Plans without a load to move: bodyweight work, holds, stretches, jumps, distance, endurance."""

from __future__ import annotations

from typing import Final

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.doses import HOLD_STEP_S, PREPARATION
from legengine_progressions.effort import is_loaded
from legengine_progressions.loads import is_band
from legengine_progressions.words import counted, next_rungs, number

RUNG_RIR: Final = 2
RUNG_PAIN: Final = 3
"""The next rung opens with two in reserve and pain of at most three (evidence 4, variation)."""


def plan(
    request: LoadRequest,
    reason: str,
    sources: tuple[str, ...],
    *,
    reps: int = 0,
    hold_s: int = 0,
) -> LoadPlan:
    """A plan that takes rest and tempo from the dose and names no load."""
    return LoadPlan(
        reps=max(request.dose.reps_min, min(reps, request.dose.reps)),
        hold_s=hold_s,
        rest_s=request.dose.rest_s,
        tempo=request.dose.tempo,
        reason=reason,
        sources=sources,
    )


def next_rung(request: LoadRequest, goal: str) -> str:
    """When to go on to which harder exercise, as a clause; empty at the top of a ladder."""
    rungs = next_rungs(request.exercise)
    if not rungs:
        return ""
    left = f"{RUNG_RIR} in reserve, " if request.dose.reps else ""
    return (
        f"after two sessions with {request.sets} x {goal}, {left}clean form and "
        f"pain of at most {RUNG_PAIN} out of 10, ask for {rungs} once its entry test is passed"
    )


def less_rest(request: LoadRequest, previous: LoadPlan) -> str:
    """The reason of a week whose rests are shorter."""
    return (
        f"Rest falls from {previous.rest_s} to {request.dose.rest_s} s and nothing else changes, "
        "if all repetitions held with the same reserve last week"
    )


def begin(request: LoadRequest, reps: int) -> LoadPlan:
    """The first week of a bodyweight exercise."""
    top = request.dose.reps
    reason = f"Start with {reps} clean repetitions"
    if reps < top:
        reason += f" and build up to {top} before anything gets harder"
    return plan(request, reason, ("S31", "S84"), reps=reps)


def lighter(request: LoadRequest, previous: LoadPlan) -> LoadPlan:
    """A deload week: no more repetitions than before, fewer sets."""
    reason = f"Lighter week: {counted(request.sets, 'set')} with no more repetitions than before"
    return plan(request, reason, ("DELO",), reps=previous.reps)


def climb(request: LoadRequest, previous: LoadPlan, reps: int) -> LoadPlan:
    """A build week: more repetitions up to the top of the range, then the next rung."""
    top = request.dose.reps
    goal = min(max(reps, request.dose.reps_min), top)
    rise = goal - previous.reps
    if request.dose.rest_s < previous.rest_s:
        return plan(request, less_rest(request, previous), ("S85", "K3"), reps=goal)
    if goal < top:
        start = (
            f"{counted(rise, 'repetition')} more than last week"
            if rise > 0
            else f"Stay at {counted(goal, 'repetition')}"
        )
        reason = f"{start}, if every set was clean; {top} is the goal"
        return plan(request, reason, ("S21", "S84"), reps=goal)
    rung = next_rung(request, f"{top}")
    reason = f"{top} repetitions are the goal" + (f"; {rung}" if rung else "; hold them with form")
    return plan(request, reason, ("S84", "S87"), reps=top)


def steady(request: LoadRequest) -> LoadPlan:
    """Preparation and jumps: the repetitions of the dose, week after week."""
    reps = request.dose.reps_min
    if request.dose.role in PREPARATION:
        return plan(request, "Prepares or stretches: it stays as it is", ("D",), reps=reps)
    reason = (
        f"{counted(reps, 'jump')} a set with full rest: quiet landings first, "
        "then at most 10 % more contacts a week, and never more height in the same week"
    )
    return plan(request, reason, ("PLYO", "S31"), reps=reps)


def timed(request: LoadRequest) -> LoadPlan:
    """Holds, distance and endurance work."""
    kind = request.exercise.dose_kind
    if kind == "hold":
        return _hold(request)
    if kind == "duration":
        minutes = request.sets * request.dose.unit_s / 60
        reason = (
            f"{number(minutes)} minutes at a pace that lets you talk; "
            "more minutes come before more pace"
        )
        return plan(request, reason, ("S103", "D"))
    made = plan(request, "The same distance with better control each week", ("S86", "D"))
    if not is_loaded(request):
        return made
    what = "band" if is_band(request.item) else "load"
    text = f"a {what} with which every step stays controlled"
    return LoadPlan(
        reps=0, rest_s=made.rest_s, load_text=text, tempo=made.tempo,
        reason=made.reason, sources=made.sources,
    )  # fmt: skip


def _hold(request: LoadRequest) -> LoadPlan:
    top, previous = request.dose.hold_s, request.previous
    if previous is None or not previous.hold_s:
        # Who begins later in the phase still begins at the bottom.
        own = request.exercise.hold_seconds
        start = max(top - HOLD_STEP_S * (request.week - 1), min(own, top))
        reason = f"Start with {start} s and breathe on"
        return plan(request, reason, ("D",), hold_s=start)
    if request.kind == "deload" and request.dose.role not in PREPARATION:
        held = min(previous.hold_s, top)
        reason = f"Lighter week: {counted(request.sets, 'set')} of no longer holds than before"
        return plan(request, reason, ("DELO",), hold_s=held)
    step = 0 if request.kind == "deload" else HOLD_STEP_S
    held = min(previous.hold_s + step, top)
    if held > previous.hold_s:
        reason = f"{held - previous.hold_s} s longer than last week, if every hold was steady"
        return plan(request, reason, ("S21", "D"), hold_s=held)
    rung = next_rung(request, f"{held} s")
    if request.dose.role in PREPARATION:
        return plan(request, f"{held} s are enough: stay there", ("S99", "D"), hold_s=held)
    if not rung:
        return plan(request, f"{held} s are the goal: hold them steadily", ("D",), hold_s=held)
    return plan(request, f"{held} s are the goal; {rung}", ("S87", "D"), hold_s=held)
