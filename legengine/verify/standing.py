"""Which conditions hold in a phase, derived once more from what is known about the person."""

from __future__ import annotations

from legengine.domain.exercise import Condition, Limits, Stage
from legengine.domain.problem import Eligibility

RUNNING: frozenset[str] = frozenset({"weeks_since_event", "pregnancy_week"})
"""Facts that are a week further on in every week of the program."""


def held(eligibility: Eligibility) -> tuple[Condition, ...]:
    """The conditions of the problem, and each of their stages that isn't over, named or not."""
    conditions = list(eligibility.conditions)
    for condition in eligibility.conditions:
        for stage in condition.stages:
            if over(stage, eligibility):
                continue
            found = _of(condition, stage)
            if found not in conditions:
                conditions.append(found)
    return tuple(conditions)


def over(stage: Stage, eligibility: Eligibility) -> bool:
    """Whether one of the ends of a stage is shown in the first and in the last week."""
    last = eligibility.first_week + eligibility.weeks - 1
    for end in stage.until:
        given = eligibility.facts.get(end.fact)
        if given is None:
            continue
        values = [given]
        if end.fact in RUNNING:
            values = [given + week - 1 for week in (eligibility.first_week, last)]
        high_enough = end.at_least is None or min(values) >= end.at_least
        low_enough = end.at_most is None or max(values) <= end.at_most
        if high_enough and low_enough:
            return True
    return False


def _of(condition: Condition, stage: Stage) -> Condition:
    """A stage as a condition with the name and the exemptions of its own."""
    fields = stage.model_dump(include=set(Limits.model_fields))
    return Condition.model_validate(
        fields
        | {
            "id": condition.id,
            "summary": stage.text,
            "allow_exercises": condition.allow_exercises,
            "sources": stage.sources,
        }
    )
