"""The doses of a phase: the protocol's row, moved by the policy, limited by conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from legengine.domain.exercise import Condition, DoseLimits, Exercise
from legengine.domain.problem import Dose, WeekKind
from legengine.domain.protocol import Deload, DoseRole, DoseRow, ExperienceLevel
from legengine.domain.vocabulary import Goal
from legengine.hooks.contracts import DoseRequest, ProgressionPolicy
from legengine.reckoning.condition_doses import Kept, keep_within


def role_of(exercise: Exercise) -> DoseRole:
    """The row of the dose table that an exercise takes."""
    held = exercise.dose_kind == "hold"
    if exercise.dose_kind == "distance":
        return "distance"
    if exercise.block in ("compound", "isolation"):
        return "hold" if held else "compound" if exercise.block == "compound" else "isolation"
    if exercise.block == "trunk":
        return "trunk_hold" if held else "trunk"
    if exercise.block == "balance":
        return "balance" if held else "trunk"
    if exercise.block == "warm_up":
        return "warm_up_hold" if held else "warm_up"
    if exercise.block == "power":
        return "power"
    return "endurance" if exercise.block == "endurance" else "cool_down"


def doses_of(
    exercise: Exercise,
    table: Mapping[DoseRole, DoseRow],
    policy: ProgressionPolicy,
    options: BaseModel,
    kinds: Sequence[WeekKind],
    conditions: Sequence[Condition],
    *,
    experience: ExperienceLevel,
    goal: Goal,
    deload: Deload | None,
    origin: Callable[[str], str],
    limits: DoseLimits | None = None,
    first_loads: bool = False,
) -> tuple[Dose, ...] | None:
    """The dose in each week of the phase, or ``None`` where the table has no row for it.

    ``origin`` makes the name of a row of the table from its role. ``limits`` is the dose row of
    the conditions; the policy works within it.
    """
    role = role_of(exercise)
    row = table.get(role)
    if row is None:
        return None
    kept = Kept(row)
    if limits is not None:
        kept = keep_within(row, exercise, limits, first_loads=first_loads)
    doses: list[Dose] = []
    for week, kind in enumerate(kinds, start=1):
        dose = policy.dose(
            DoseRequest(
                exercise=exercise,
                role=role,
                row=kept.row,
                week=week,
                weeks=len(kinds),
                kind=kind,
                experience=experience,
                goal=goal,
                deload=deload,
                options=options,
            )
        )
        dose = limited(dose, exercise, conditions)
        dose = replace(dose, row=origin(role), kept_within=kept.change)
        # Equal doses are one object, so that weeks compare fast.
        doses.append(next((known for known in doses if known == dose), dose))
    return tuple(doses)


def limited(dose: Dose, exercise: Exercise, conditions: Sequence[Condition]) -> Dose:
    """The dose within what the conditions allow: holds, effort, percent of 1RM."""
    for condition in conditions:
        longest = condition.hold_seconds_max
        if longest is not None and "isometric_sustained" in exercise.tags:
            dose = replace(dose, hold_s=min(dose.hold_s, longest))
        if condition.rpe_max is not None:
            least = 10 - condition.rpe_max
            if dose.rir is not None:
                dose = replace(dose, rir=(max(dose.rir[0], least), max(dose.rir[1], least)))
            if dose.rpe is not None:
                low, high = dose.rpe
                dose = replace(
                    dose, rpe=(min(low, condition.rpe_max), min(high, condition.rpe_max))
                )
        most = condition.percent_1rm_max
        if most is not None and dose.percent_1rm is not None:
            low, high = dose.percent_1rm
            dose = replace(dose, percent_1rm=(min(low, most), min(high, most)))
    return dose
