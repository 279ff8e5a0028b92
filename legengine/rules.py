"""The built-in rules and objectives: each joins its two halves, which share no code.

They take the same road as a plugin's: through the hooks below, under the entry point ``rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from legengine.domain.problem import Problem, Slot
from legengine.domain.schedule import Schedule
from legengine.hooks import (
    Constraint,
    ModelBuilder,
    NoOptions,
    Objective,
    ObjectiveLevel,
    hookimpl,
)
from legengine.solve.constraints import (
    contraindication,
    coverage,
    endurance,
    equipment,
    frequency,
    phase_access,
    pins,
    rest_interval,
    sides,
    stretching,
    structure,
    time,
    volume,
    wishes,
)
from legengine.solve.objectives import balance
from legengine.solve.objectives import endurance as endurance_wish
from legengine.solve.objectives import sides as sides_half
from legengine.solve.objectives import wishes as wish_half
from legengine.verify import margins, scores
from legengine.verify import sides as sides_score
from legengine.verify.checks import contraindication as contraindication_check
from legengine.verify.checks import coverage as coverage_check
from legengine.verify.checks import endurance as endurance_check
from legengine.verify.checks import equipment as equipment_check
from legengine.verify.checks import frequency as frequency_check
from legengine.verify.checks import phase_access as phase_access_check
from legengine.verify.checks import pins as pins_check
from legengine.verify.checks import rest_interval as rest_interval_check
from legengine.verify.checks import sides as sides_check
from legengine.verify.checks import stretching as stretching_check
from legengine.verify.checks import structure as structure_check
from legengine.verify.checks import time as time_check
from legengine.verify.checks import volume as volume_check
from legengine.verify.checks import wishes as wishes_check

LEGENGINE_API = 1


@dataclass(frozen=True, slots=True)
class BuiltinRule:
    """A rule of the engine: the model half, the checker's half and margins, a sentence."""

    name: str
    summary: str
    admits: Callable[[Problem, Exercise, Slot], Label | None]
    post: Callable[[ModelBuilder, Problem], None]
    describe: Callable[[Label, Problem], str]
    check: Callable[[Problem, Schedule], Iterable[Violation]]
    margins: Callable[[Problem, Schedule], Iterable[Margin]]
    options: type[BaseModel] = NoOptions
    filters_by_place: bool = True


@dataclass(frozen=True, slots=True)
class BuiltinObjective:
    """An objective of the engine: the model half and the recomputation."""

    name: str
    summary: str
    level: ObjectiveLevel
    post: Callable[[ModelBuilder, Problem], None]
    score: Callable[[Problem, Schedule], int]
    options: type[BaseModel] = NoOptions

    def describe(self, label: Label, problem: Problem) -> str:
        """One sentence for a person."""
        return self.summary


def _no_margins(problem: Problem, schedule: Schedule) -> Iterable[Margin]:  # noqa: ARG001
    """A rule that opens or closes leaves nothing to measure."""
    return ()


def _rule(
    half: ModuleType, check: ModuleType, summary: str, measure: ModuleType | None = None
) -> BuiltinRule:
    return BuiltinRule(
        name=half.NAME,
        summary=summary,
        admits=half.admits,
        post=half.post,
        describe=half.describe,
        check=check.check,
        margins=measure.margins if measure else _no_margins,
    )


CONSTRAINTS: Final[tuple[Constraint, ...]] = (
    _rule(
        contraindication, contraindication_check, "what a condition or restriction closes is out"
    ),
    _rule(coverage, coverage_check, "what every session or week must hold", margins.coverage),
    _rule(
        endurance,
        endurance_check,
        "minutes of endurance work follow a ramp from week to week",
        margins.endurance,
    ),
    _rule(equipment, equipment_check, "a place holds one alternative of an exercise whole"),
    _rule(
        frequency,
        frequency_check,
        "sessions, exposures and repeats a week, rest days",
        margins.frequency,
    ),
    _rule(phase_access, phase_access_check, "stage, load, level and gates of a phase"),
    _rule(pins, pins_check, "days and exercises that the person pins"),
    _rule(
        rest_interval,
        rest_interval_check,
        "hours between two exposures of a muscle",
        margins.rest_interval,
    ),
    _rule(sides, sides_check, "what the weak side does more, where the legs differ"),
    _rule(
        stretching,
        stretching_check,
        "stretches for what was trained or tests tight, within their ceilings",
        margins.stretching,
    ),
    _rule(structure, structure_check, "frame of sessions and of regular weeks", margins.structure),
    _rule(time, time_check, "the minutes of a session fit its slot", margins.time),
    _rule(volume, volume_check, "effective sets of a muscle a week and a session", margins.volume),
    _rule(wishes, wishes_check, "what the person always and never wants", margins.wishes),
)
"""The rules of docs/rules.md."""

OBJECTIVES: Final[tuple[Objective, ...]] = (
    BuiltinObjective(
        "soft_coverage",
        "what a session or week should hold",
        "wishes",
        wish_half.post_coverage,
        scores.soft_coverage,
    ),
    BuiltinObjective(
        "sessions_wish",
        "the number of sessions that is wanted",
        "wishes",
        wish_half.post_sessions,
        scores.sessions_wish,
    ),
    BuiltinObjective(
        "preferred_absent",
        "preferred exercises come somewhere",
        "wishes",
        wish_half.post_preferred,
        scores.preferred_absent,
    ),
    BuiltinObjective(
        "weak_side",
        "as many sets more on the weak side as are allowed",
        "wishes",
        sides_half.post_weak_side,
        sides_score.missing_extras,
    ),
    BuiltinObjective(
        "volume_aim", "each muscle near its aim", "volume", balance.post_volume, scores.volume
    ),
    BuiltinObjective(
        "misfit",
        "exercises that fit level, goal and taste",
        "preference",
        balance.post_misfit,
        scores.misfit,
    ),
    BuiltinObjective(
        "endurance_missing",
        "endurance minutes inside the sessions",
        "endurance",
        endurance_wish.post_missing,
        scores.endurance_missing,
    ),
    BuiltinObjective(
        "rest_wish",
        "a longer rest where it can be had",
        "preference",
        balance.post_rest_wish,
        scores.rest_wish,
    ),
    BuiltinObjective(
        "continuity",
        "few exercises in a phase, others in the next",
        "continuity",
        balance.post_continuity,
        scores.continuity,
    ),
    BuiltinObjective(
        "evenness", "sessions of a length", "evenness", balance.post_evenness, scores.evenness
    ),
    BuiltinObjective("minutes", "fewest minutes", "minutes", balance.post_minutes, scores.minutes),
    BuiltinObjective(
        "canonical",
        "a fixed order among equals",
        "canonical",
        balance.post_canonical,
        scores.canonical,
    ),
)
"""The objectives of docs/rules.md."""


@hookimpl
def legengine_constraints() -> Sequence[Constraint]:
    """The built-in rules."""
    return CONSTRAINTS


@hookimpl
def legengine_objectives() -> Sequence[Objective]:
    """The built-in objectives."""
    return OBJECTIVES
