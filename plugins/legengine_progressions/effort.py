"""How hard a set is meant to be, and what load that means for a known maximum."""

from __future__ import annotations

import math
from typing import Final

from legengine.domain.problem import Dose
from legengine.hooks import LoadRequest
from legengine_progressions.loads import (
    AGREEMENT_POINTS,
    default_loads,
    percent_for,
    repetitions_at,
)

_USUAL_RIR: Final = 3.5
"""Where a dose says nothing about effort: the reserve of a trial set (D)."""

GROWTH_WITHOUT_TEST: Final = 1.10
"""A plan counts on no more than ten percent above the tested maximum before a new test (D)."""


def reserve(dose: Dose) -> float:
    """Repetitions in reserve, the middle of the range; RPE = 10 - RIR (RIR)."""
    if dose.rir is not None:
        return (dose.rir[0] + dose.rir[1]) / 2
    if dose.rpe is not None:
        return 10 - (dose.rpe[0] + dose.rpe[1]) / 2
    return _USUAL_RIR


def asked_reserve(dose: Dose, target: int) -> int:
    """The reserve that a load step asks for: the policy's target, or the dose's if that is more."""
    return max(target, dose.rir[0]) if dose.rir is not None else target


def planned_percent(dose: Dose, reps: int) -> float:
    """Percent of 1RM for these repetitions with the dose's reserve, within the dose's percent.

    Fast lifts (role power) take the middle of the dose's percent, because speed sets the load.
    """
    percent = percent_for(reps, reserve(dose))
    if dose.percent_1rm is None:
        return percent
    low, high = dose.percent_1rm
    return min(percent, (low + high) / 2) if dose.role == "power" else min(percent, high)


def agrees(dose: Dose, reps: int, percent: float) -> bool:
    """Whether a percent fits repetitions and reserve within three points (K22)."""
    return abs(percent - percent_for(reps, reserve(dose))) <= AGREEMENT_POINTS


def known_loads(request: LoadRequest) -> tuple[float, ...]:
    """The loads of the place, or the usual ones of the item where the place lists none."""
    return request.available_kg or default_loads(request.item)


def is_loaded(request: LoadRequest) -> bool:
    """Whether the exercise is done with a load here."""
    resistance = request.exercise.resistance
    return resistance == "external" or (resistance == "optional" and bool(request.item))


def capped_kg(request: LoadRequest) -> float:
    """The load at a condition's caps; infinite where there is none or its measure isn't known."""
    caps = [math.inf]
    if request.percent_cap is not None and request.one_rep_max_kg is not None:
        caps.append(request.one_rep_max_kg * request.percent_cap / 100)
    if request.body_mass_share_max is not None and request.body_mass_kg is not None:
        caps.append(request.body_mass_kg * request.body_mass_share_max / 100)
    return min(caps)


def capped_in_the_dark(request: LoadRequest) -> bool:
    """Whether the load has a cap in percent of a body mass that nobody knows."""
    return request.body_mass_share_max is not None and request.body_mass_kg is None


def untested_kg(request: LoadRequest, reps: int) -> float:
    """The load above which the plan asks for a new test first; infinite without a test."""
    if request.one_rep_max_kg is None:
        return math.inf
    percent = planned_percent(request.dose, reps)
    return request.one_rep_max_kg * GROWTH_WITHOUT_TEST * percent / 100


def cap_text(request: LoadRequest) -> str:
    """What a cap on percent 1RM means where no maximum is known: repetitions to failure."""
    if request.percent_cap is None or request.one_rep_max_kg is not None:
        return ""
    reps = repetitions_at(request.percent_cap)
    return (
        f"never more than {request.percent_cap} % of your maximum: "
        f"a load that you could lift {reps} times or more"
    )


def share_text(request: LoadRequest) -> str:
    """The cap in percent of body mass, for a load that one has to find."""
    share, mass = request.body_mass_share_max, request.body_mass_kg
    if share is None:
        return ""
    kilos = "" if mass is None else f" ({mass * share / 100:g} kg)"
    return f"never more than {share} % of your body mass{kilos}"
