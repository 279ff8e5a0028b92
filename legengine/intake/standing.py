"""A program that goes on: from the phase, the levels and the sessions that the profile names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from legengine.domain.before import Before, LoadBefore, SessionBefore
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose, Past, PastSession
from legengine.domain.profile import Profile
from legengine.domain.program import Reason
from legengine.domain.protocol import Phase
from legengine.domain.standing import Easing, Standing
from legengine.domain.vocabulary import Pattern, PhaseName, did_you_mean
from legengine.errors import Fault, InputError
from legengine.hooks.contracts import LoadPlan
from legengine.intake.criteria import phase_of
from legengine.intake.placement import Start

# --- the place in the protocol -----------------------------------------------------------------


def start_of(standing: Standing) -> Start:
    """The levels with which a program goes on; the phase is the profile's to say."""
    said = [f"Goes on with {standing.phase.replace('_', ' ')}: the last tests decided so."]
    ahead = [pattern.replace("_", " ") for pattern in sorted(standing.ahead)]
    if ahead:
        said.append("Ahead of the phase, since their own tests are passed: " + ", ".join(ahead))
    reasons = tuple(Reason(text=text, sources=("profile",)) for text in said)
    return Start("foundation", standing.level, standing.patterns, reasons)


def first_of(standing: Standing, phases: Sequence[Phase]) -> int:
    """The place of the phase that the program begins with.

    Raises:
        InputError: the protocol has no such phase that is open, or a pattern is unknown.
    """
    index = phase_of(phases, standing.phase)
    names = [phase.id for phase in phases]
    faults = []
    if index is None:
        faults.append(
            Fault(
                f"no phase '{standing.phase}' is open in the protocol",
                "progress.phase",
                hint=did_you_mean(standing.phase, names),
            )
        )
    known = get_args(Pattern)
    named = [(f"progress.patterns.{name}", name) for name in standing.patterns]
    named += [(f"progress.ahead[{place}]", name) for place, name in enumerate(standing.ahead)]
    faults += [
        Fault(f"unknown pattern '{name}'", field, hint=did_you_mean(name, known))
        for field, name in named
        if name not in known
    ]
    if faults or index is None:
        raise InputError(faults)
    return index


def opened_ahead(
    profile: Profile, phases: Sequence[Phase], index: int
) -> dict[str, tuple[PhaseName, ...]]:
    """Pattern to the stages that are open for it, where it is ahead of the phase."""
    standing = profile.progress
    if standing is None or index + 1 >= len(phases):
        return {}
    stages = tuple(dict.fromkeys((*phases[index].open_to, *phases[index + 1].open_to)))
    return dict.fromkeys(sorted(standing.ahead), stages)


def eased(doses: Sequence[Dose], exercise: Exercise, easing: Easing, done: int) -> tuple[Dose, ...]:
    """The doses of a phase with fewer sets in its first weeks after a break."""
    if exercise.dose_kind == "duration":
        return tuple(doses)
    return tuple(
        replace(
            dose,
            sets_max=max(1, dose.sets_max - easing.sets_less),
            sets_min=max(1, min(dose.sets_min, dose.sets_max - easing.sets_less)),
        )
        if done <= index < done + easing.weeks
        else dose
        for index, dose in enumerate(doses)
    )


# --- what came before --------------------------------------------------------------------------


def past_from(before: Before | None) -> Past:
    """The sessions before the first day, as the rules ask for them."""
    if before is None:
        return Past()
    return Past(
        sessions=tuple(
            PastSession(
                start=session.start,
                exposures=frozenset(session.exposures),
                exercises=frozenset(session.exercises),
                credit=session.credit,
            )
            for session in before.sessions
        ),
        volume=before.volume,
        exercises=frozenset(before.exercises),
        under_way=before.under_way,
        begun=frozenset(before.begun),
    )


def sessions_before(past: Past) -> tuple[SessionBefore, ...]:
    """The sessions that a document keeps of what came before."""
    return tuple(
        SessionBefore(
            start=session.start,
            exposures=tuple(sorted(session.exposures)),
            exercises=tuple(sorted(session.exercises)),
            credit={group: session.credit[group] for group in sorted(session.credit)},
        )
        for session in past.sessions
    )


_LOAD = ("reps", "hold_s", "rest_s", "load_kg", "load_text", "percent_1rm", "tempo",
         "knee_flexion_max")  # fmt: skip


def loads_from(before: Before | None) -> dict[str, LoadPlan]:
    """Exercise to how it was done last."""
    if before is None:
        return {}
    return {
        exercise: LoadPlan(**{name: getattr(load, name) for name in _LOAD})
        for exercise, load in sorted(before.loads.items())
    }


def load_before(plan: LoadPlan, percent: int) -> LoadBefore:
    """How an exercise was done last, with a lighter load where a break asks for it."""
    kept = {name: getattr(plan, name) for name in _LOAD}
    if plan.load_kg is not None:
        kept["load_kg"] = round(plan.load_kg * percent / 100, 2)
    if percent < 100:
        kept["percent_1rm"] = None
    return LoadBefore(**kept)
