"""What is known of a body that closes the exercises whose risks nobody looked at.

Such an exercise (``vetted: false``) has no tags, angles or gates that could be trusted to close it.
So it is open only where nothing that limits is known; what isn't known of it is never taken for
harmless.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from legengine.domain.asymmetry import Asymmetry
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Problem

CAUSES: Final = ("ageing", "disuse")
"""Causes of weakness that leave no joint, nerve or organ to spare."""

GIVEN: Final = {
    "hamstring_graft": "the graft of a ligament",
    "pregnancy_week": "a pregnancy",
    "weeks_since_event": "an injury or surgery",
}
"""Facts that close as soon as the profile gives them, whatever their number."""

ABOVE_NOTHING: Final = {
    "back_pain": "pain in the back",
    "balance_flag": "poor balance",
    "effusion": "a swollen knee",
    "effusion_grade": "a swollen knee",
    "new_falls": "falls",
    "pain_during": "pain while training",
    "red_pain_days": "days of strong pain",
    "rest_pain": "pain at rest",
    "worst_pain": "pain",
}
"""Facts that close where they are above 0."""


def closes_unvetted(problem: Problem, exercise: Exercise) -> str:
    """The first thing known of the person that closes an exercise nobody vetted, or ``""``."""
    return "" if exercise.vetted else next(_known(problem), "")


def _known(problem: Problem) -> Iterator[str]:
    """What is known that limits, in words that stand behind "the profile has"."""
    body = problem.eligibility
    for condition in body.conditions:
        yield f"the condition {condition.id.replace('_', ' ')}"
    for word in sorted(body.known):
        yield f"the known condition {word.replace('_', ' ')}"
    for region, score in sorted(body.pain.items()):
        if score > 0:
            yield f"{region.replace('_', ' ')} pain of {score}"
    restrictions = (body.exclude_tags, body.exclude_patterns, body.spare_muscles)
    for words in restrictions:
        for word in sorted(words):
            yield f"the restriction '{word}'"
    if body.weight_bearing != "FWB":
        yield f"limited weight bearing ({body.weight_bearing})"
    if body.cause not in CAUSES:
        yield f"the cause '{body.cause}'"
    for word in body.told:
        yield f"'{word}' among the answers before training"
    for fact in sorted(body.facts):
        if fact in GIVEN:
            yield GIVEN[fact]
        elif body.facts[fact] > 0 and fact in ABOVE_NOTHING:
            yield ABOVE_NOTHING[fact]
    if problem.asymmetry is not None and _differ(problem.asymmetry):
        yield "a weaker leg"
    if problem.stage == "protected":
        yield "a protected phase"
    for pattern in sorted(problem.placement.stages):
        yield f"work on {pattern.replace('_', ' ')} held back at an earlier stage"


def _differ(legs: Asymmetry) -> bool:
    """Whether one leg is behind, or begins anew; a side that nobody measured is taken to be."""
    behind = legs.limits.weak_first_below
    return legs.unused or any(
        weakness is not None and (weakness.index is None or weakness.index < behind)
        for weakness in (legs.strength, legs.balance)
    )
