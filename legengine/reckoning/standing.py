"""Which limits of the conditions hold in a phase: those without an end, and stages not over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from legengine.domain.exercise import Condition, Limits, Need, Stage

COUNTED_ON: Final = ("weeks_since_event", "pregnancy_week")
"""Facts in weeks that grow while the program runs."""

Facts = Mapping[str, float]


def standing(
    conditions: Iterable[Condition], facts: Facts, first_week: int, weeks: int
) -> tuple[Condition, ...]:
    """The conditions, each followed by its stages that hold in a week of the phase.

    A stage is a condition of the same name. ``first_week`` is a number in the program, from 1.
    """
    held: list[Condition] = []
    for condition in conditions:
        held.append(condition)
        held += [
            _as_condition(condition, stage)
            for stage in condition.stages
            if not any(_come(end, facts, first_week, weeks) for end in stage.until)
        ]
    return tuple(held)


def _come(end: Need, facts: Facts, first_week: int, weeks: int) -> bool:
    """Whether an end is known to have come for every week of the phase."""
    value = facts.get(end.fact)
    if value is None:
        return False
    earliest = value + first_week - 1 if end.fact in COUNTED_ON else value
    latest = earliest + weeks - 1 if end.fact in COUNTED_ON else value
    return (end.at_least is None or earliest >= end.at_least) and (
        end.at_most is None or latest <= end.at_most
    )


def _as_condition(condition: Condition, stage: Stage) -> Condition:
    limits = {name: getattr(stage, name) for name in Limits.model_fields}
    return Condition(
        id=condition.id,
        summary=stage.text,
        allow_exercises=condition.allow_exercises,
        sources=stage.sources,
        **limits,
    )
