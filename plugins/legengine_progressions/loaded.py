"""Plans with a load: the first one, the next step, a lighter week, the way into a new phase.

Loads that nobody has lifted yet are not forecast: after a first guess the plan speaks of "last
week's load" until a known maximum or load gives it a number.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from legengine.hooks import LoadPlan, LoadRequest
from legengine_progressions.effort import (
    agrees,
    cap_text,
    capped_in_the_dark,
    capped_kg,
    known_loads,
    planned_percent,
    reserve,
    share_text,
    untested_kg,
)
from legengine_progressions.first_loads import TRIAL_REPS, TRIAL_RIR, first_load
from legengine_progressions.loads import (
    AGREEMENT_POINTS,
    STEP_MAX_PERCENT,
    choose_down,
    choose_up,
    deload_load,
    is_band,
    next_above,
    percent_for,
    repetitions_before_jump,
)
from legengine_progressions.words import counted, kilograms, number, span

_EXTRA_REPS: Final = 5
"""So far above the range repetitions may stand in for load (evidence 4.14, rep extension)."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a policy wants of the next week; the loads that exist decide what it gets."""

    reps: int
    """Repetitions where the load stays."""
    why: str
    """The reason where the load stays by plan."""
    raised_reps: int | None = None
    """Repetitions after a load step; ``None`` asks for no step."""
    condition: str = ""
    """What last week must have shown for the step."""
    instead: str = ""
    """What to do where it didn't; staying with the load where left out."""
    min_percent: float = 0.0
    max_percent: float = STEP_MAX_PERCENT
    sources: tuple[str, ...] = ()


def _plan(
    request: LoadRequest,
    reps: int,
    load: float | None,
    reason: str,
    sources: tuple[str, ...],
    text: str = "",
) -> LoadPlan:
    dose = request.dose
    reps = max(dose.reps_min, min(reps, dose.reps))
    if load is None or text:
        text = "; ".join(filter(None, (text, share_text(request))))
    text = "; ".join(filter(None, (text, cap_text(request))))
    percent = None
    if load is not None and request.one_rep_max_kg is not None:
        share = round(100 * load / request.one_rep_max_kg, 1)
        percent = share if agrees(dose, reps, share) else None
    return LoadPlan(
        reps=reps,
        rest_s=dose.rest_s,
        load_kg=load,
        load_text=text,
        percent_1rm=percent,
        tempo=dose.tempo,
        reason=reason,
        sources=sources,
    )


def known_kg(previous: LoadPlan) -> float | None:
    """Last week's load where the plan knew it; a first guess has been adjusted since."""
    return None if previous.load_text else previous.load_kg


def _present(request: LoadRequest, wanted: float) -> float | None:
    """A load that exists here and is at most ``wanted`` and the cap; ``None``: none is."""
    return choose_down(known_loads(request), min(wanted, capped_kg(request)))


def _no_load(request: LoadRequest, reps: int) -> LoadPlan:
    """No load that exists here fits: say so, or ask for one by feel where none is listed."""
    loads = known_loads(request)
    if not loads:
        return _by_effort(request, reps, "The load of the place before is not here")
    text = f"the lightest load here, {kilograms(loads[0])}, is too heavy for now: go without"
    return _plan(request, reps, None, "Technique ranks above load", ("S31",), text)


def _by_effort(request: LoadRequest, reps: int, reason: str) -> LoadPlan:
    what = "a band" if is_band(request.item) else "a load"
    if request.percent_cap is not None and request.dose.rir is None and request.dose.rpe is None:
        return _plan(request, reps, None, reason, ("RIR", "D"), f"{what} that stays light")
    left = number(reserve(request.dose))
    text = f"{what} with which {counted(reps, 'repetition')} leave {left} in reserve"
    return _plan(request, reps, None, reason, ("RIR", "D"), text)


# --- the first week ----------------------------------------------------------------------------


def _trial(request: LoadRequest) -> str:
    if is_band(request.item):
        return (
            f"the lightest band with which {TRIAL_REPS} repetitions leave "
            f"{span(TRIAL_RIR)} in reserve"
        )
    return (
        f"do {TRIAL_REPS} repetitions; for each repetition in reserve above {TRIAL_RIR[1]} add "
        f"5-10 %, for each below {TRIAL_RIR[0]} take 5-10 % off; at most three trial sets"
    )


def begin(request: LoadRequest, reps: int) -> LoadPlan:
    """The first exposure: from a known maximum, else half of a guess, else by a trial set."""
    if capped_in_the_dark(request):
        return _by_effort(request, reps, "No load in kg without your body mass")
    if request.one_rep_max_kg is not None and known_loads(request):
        return _from_maximum(request, reps, request.one_rep_max_kg)
    if request.item and not is_band(request.item):
        light = [load for load in known_loads(request) if load <= capped_kg(request)]
        guess = first_load(request.exercise, request.item, request.body_mass_kg, light)
        if guess is not None:
            reason = (
                f"A cautious first load, {kilograms(guess)}: half or less of what people of your "
                "mass usually handle, until a trial set has shown more"
            )
            text = f"start here; adjust: {_trial(request)}"
            return _plan(request, reps, guess, reason, ("D", "RIR"), text)
        text = f"start with the lightest load; {_trial(request)}"
    else:
        text = _trial(request)
    reason = f"No load is known yet: find one that leaves {span(TRIAL_RIR)} in reserve"
    return _plan(request, reps, None, reason, ("D", "RIR"), text)


def _from_maximum(request: LoadRequest, reps: int, maximum: float) -> LoadPlan:
    dose = request.dose
    percent = planned_percent(dose, reps)
    load = _present(request, maximum * percent / 100)
    if load is None:
        return _no_load(request, reps)
    share = 100 * load / maximum
    if dose.role != "power":
        # A rack with wide gaps: what is missing in load is made up by repetitions.
        while reps < dose.reps and percent_for(reps, reserve(dose)) > share + AGREEMENT_POINTS:
            reps += 1
    capped = request.percent_cap is not None and percent > request.percent_cap
    limit = f"for {counted(reps, 'repetition')} with {number(reserve(dose))} in reserve"
    if maximum * percent / 100 > capped_kg(request) and not capped:
        limit = f"under the limit of {request.body_mass_share_max} % of body mass"
    elif capped:
        limit = f"under the limit of {request.percent_cap} %"
    reason = (
        f"{kilograms(load)} is {number(share)} % of a maximum of {kilograms(maximum)}, {limit}"
        "; take less if the effort says so"
    )
    return _plan(request, reps, load, reason, ("EPBR", "RIR", "K22"))


def _for_reps(request: LoadRequest, before: int, after: int) -> float:
    """By what a load changes with the repetitions, the reserve kept (Epley)."""
    left = reserve(request.dose)
    return percent_for(after, left) / percent_for(before, left)


def carry_over(request: LoadRequest, previous: LoadPlan, reps: int) -> LoadPlan:
    """The way into a new phase: last phase's load for this phase's repetitions (Epley)."""
    known = known_kg(previous)
    if known is None:
        if request.one_rep_max_kg is not None:
            return begin(request, reps)
        return _by_effort(request, reps, "A new range of repetitions asks for a new load")
    wanted = known * min(_for_reps(request, previous.reps, reps), 1 + STEP_MAX_PERCENT / 100)
    load = _present(request, min(wanted, untested_kg(request, reps)))
    if load is None:
        return _no_load(request, reps)
    reason = (
        f"{kilograms(load)} for {counted(reps, 'repetition')}, after {kilograms(known)} for "
        f"{previous.reps} in the phase before"
    )
    return _plan(request, reps, load, reason, ("EPBR", "D"))


# --- a lighter week ----------------------------------------------------------------------------


def lighter(request: LoadRequest, previous: LoadPlan) -> LoadPlan:
    """A deload week: the load a little down or the same, fewer sets, never more of anything."""
    percent = request.deload.load_percent if request.deload is not None else 100
    known = known_kg(previous)
    sets = counted(request.sets, "set")
    reps = max(request.dose.reps_min, min(previous.reps, request.dose.reps))
    if known is None:
        text = "last week's load or a little less, never more"
        reason = f"Lighter week: {sets} at last week's load or a little less"
        return _plan(request, reps, None, reason, ("DELO",), text)
    allowed = [load for load in known_loads(request) if load <= capped_kg(request)]
    factor = min(1.0, _for_reps(request, previous.reps, reps))
    load = deload_load(allowed, known * factor, percent)
    if load is None:
        return _no_load(request, reps)
    reason = f"Lighter week: {sets} at {kilograms(load)}, last build week {kilograms(known)}"
    return _plan(request, reps, load, reason, ("DELO",))


# --- the next step -----------------------------------------------------------------------------


def carry_out(request: LoadRequest, previous: LoadPlan, move: Move) -> LoadPlan:
    """The move, as far as the loads that exist, the 10 % rule and the limits allow it."""
    known = known_kg(previous)
    if known is None:
        return _by_feel(request, move)
    current = _present(request, known)
    if current is None:
        return _no_load(request, move.reps)
    if move.raised_reps is None:
        return _plan(request, move.reps, current, move.why, move.sources)
    loads = known_loads(request)
    new = choose_up(loads, current, min_percent=move.min_percent, max_percent=move.max_percent)
    if new is None:
        return _plan(request, move.reps, current, _blocked(request, current, move), move.sources)
    if new > capped_kg(request):
        reason = f"{kilograms(current)} stays: more would pass {request.percent_cap} % of a maximum"
        return _plan(request, move.reps, current, reason, ("D",))
    if new > untested_kg(request, move.raised_reps):
        reason = f"Test the maximum again before going above {kilograms(current)}"
        return _plan(request, move.reps, current, reason, ("EPBR", "D"))
    rise = new - current
    reason = (
        f"+{kilograms(rise)} ({number(100 * rise / current)} %) to {kilograms(new)} for "
        f"{counted(move.raised_reps, 'repetition')}, if {move.condition} and good form last week; "
        + (move.instead or f"otherwise stay at {kilograms(current)}")
    )
    return _plan(request, move.raised_reps, new, reason, (*move.sources, "S31"))


def _blocked(request: LoadRequest, current: float, move: Move) -> str:
    above = next_above(known_loads(request), current)
    if above is None:
        return (
            f"{kilograms(current)} is the heaviest load here: "
            "lower more slowly, add a set or take a harder variation"
        )
    percent = 100 * (above - current) / current
    if percent <= move.max_percent:  # too small a step to count; the next is too large
        return f"{kilograms(current)} stays: no load here lies one step higher"
    start = f"The next load, {kilograms(above)}, is {number(percent)} % more: "
    reps = move.raised_reps if move.raised_reps is not None else move.reps
    ready = repetitions_before_jump(current, above, reps, reserve(request.dose))
    if ready > request.dose.reps + _EXTRA_REPS:
        return start + f"stay at {kilograms(current)}, add a set or lower more slowly"
    return start + (
        f"stay at {kilograms(current)} and take it once {ready} clean repetitions "
        f"leave {number(reserve(request.dose))} in reserve"
    )


def _by_feel(request: LoadRequest, move: Move) -> LoadPlan:
    band = is_band(request.item)
    thing = "band" if band else "load"
    if move.raised_reps is None:
        text = f"last week's {thing}"
        return _plan(request, move.reps, None, move.why, move.sources, text)
    step = (
        "the next stronger band"
        if band
        else f"the next load, at most {number(min(move.max_percent, STEP_MAX_PERCENT))} % more"
    )
    text = f"{step}, if {move.condition} and good form last week; otherwise last week's {thing}"
    if not band:
        text += "; where no such load exists, one repetition more"
    reason = f"A step up is due once {move.condition}"
    return _plan(request, move.raised_reps, None, reason, (*move.sources, "S31"), text)


def with_load(request: LoadRequest, made: LoadPlan, wanted: float, last: float) -> LoadPlan:
    """The same plan with a load of at most ``wanted``; last week's where none is that light."""
    load = _present(request, wanted)
    if load is None:
        load = _present(request, last)
    if load is None:
        return made
    changed = _plan(request, made.reps, load, made.reason, made.sources)
    return replace(changed, knee_flexion_max=made.knee_flexion_max)
