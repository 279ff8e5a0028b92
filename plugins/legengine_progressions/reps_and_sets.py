"""Repetitions first, then sets: a climb through the range, one set more, and the climb again."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.protocol import DoseRole, Span
from legengine.hooks import DoseRequest, LoadPlan, LoadRequest
from legengine_progressions.doses import row_reps, row_sets
from legengine_progressions.loaded import Move
from legengine_progressions.policy import Policy, settings
from legengine_progressions.words import counted

_GROWING: frozenset[DoseRole] = frozenset({"compound", "isolation", "trunk"})
"""Roles whose sets grow; all others keep the row's sets."""


class RepsAndSetsOptions(BaseModel):
    """Settings of the climb."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reps_step: int | None = Field(
        default=None,
        ge=1,
        le=5,
        description="repetitions more a week; left out, the top is reached in half of the phase",
    )


def climb(reps: Span, weeks: int, options: RepsAndSetsOptions) -> tuple[int, int]:
    """Repetitions more a week, and the weeks of one climb: two at least, so sets rise by one."""
    width = reps[1] - reps[0]
    step = options.reps_step or max(1, -(-width // max(1, weeks // 2)))
    return step, max(2, -(-width // step) + 1)


@dataclass(frozen=True)
class RepsAndSets(Policy):
    """Sets rise by at most one a week, within the row's range (S24)."""

    name: str = "reps_and_sets"
    summary: str = "repetitions rise through the range, then one set more, and again"
    lever: str = "repetitions"
    options: type[BaseModel] = RepsAndSetsOptions

    def sets(self, request: DoseRequest) -> Span:
        low, high = row_sets(request)
        if request.exercise.dose_kind != "repetitions" or request.role not in _GROWING:
            return (low, high)
        options = settings(request.options, RepsAndSetsOptions)
        _, cycle = climb(row_reps(request), request.weeks, options)
        # A deload week shrinks the sets of the week before it.
        week = request.week - 1 if request.kind == "deload" else request.week
        return (low, min(high, low + (max(1, week) - 1) // cycle))

    def next_reps(self, request: LoadRequest, previous: LoadPlan) -> int:
        low, high = request.dose.reps_min, request.dose.reps
        options = settings(request.options, RepsAndSetsOptions)
        step, cycle = climb((low, high), request.weeks, options)
        climbs, position = divmod(request.week - 1, cycle)
        if request.dose.role not in _GROWING or request.dose.sets_min + climbs > (
            request.dose.sets_max
        ):
            return min(high, previous.reps + step)
        return min(high, previous.reps + step, low + position * step)

    def move(self, request: LoadRequest, previous: LoadPlan) -> Move:
        reps = self.next_reps(request, previous)
        most = counted(request.dose.sets_max, "set")
        if reps < previous.reps:
            why = f"Back to {reps} repetitions at the same load, with up to {most}"
        elif reps > previous.reps:
            why = f"{reps - previous.reps} more at the same load; at {request.dose.reps} come sets"
        else:
            why = f"{reps} repetitions at the same load, up to {most}"
        return Move(reps=reps, why=why, sources=("S84", "S24"))
