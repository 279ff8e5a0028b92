"""Exercises whose risks nobody looked at: only for people of whom nothing is known that limits."""

from __future__ import annotations

from collections.abc import Iterator

from legengine.domain.asymmetry import Asymmetry
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Eligibility, Problem
from legengine.verify.limits import Limit
from legengine.verify.standing import held

HEALTHY_CAUSES = frozenset({"disuse", "ageing"})
"""Weakness that comes from doing little, or with the years, and from no illness or harm."""

PAST_HARM = ("weeks_since_event", "hamstring_graft", "pregnancy_week")
"""Facts that only people have whose body was hurt or changes; 0 weeks ago is the worst of all."""

SIGNS = (
    "worst_pain",
    "rest_pain",
    "back_pain",
    "pain_during",
    "red_pain_days",
    "effusion",
    "effusion_grade",
    "balance_flag",
    "new_falls",
)
"""Facts that are 0 where all is well."""


def unvetted_limits(exercise: Exercise, problem: Problem) -> Iterator[Limit]:
    """Everything that forbids an exercise which isn't vetted; nothing where it is."""
    if exercise.vetted:
        return
    required = "nothing known that limits, as its own risks are not known"
    for found in _limiting(problem.eligibility):
        yield Limit(required, found)
    if problem.asymmetry is not None and not _alike(problem.asymmetry):
        yield Limit(required, "the legs differ")
    if problem.stage == "protected":
        yield Limit(required, "the protected stage")
    for pattern in sorted(problem.placement.stages):
        yield Limit(required, f"{pattern} stays at an earlier stage")


def _limiting(body: Eligibility) -> Iterator[str]:
    yield from sorted({f"condition {condition.id}" for condition in held(body)})
    for what, words in (
        ("known condition", body.known),
        ("excluded tag", body.exclude_tags),
        ("excluded pattern", body.exclude_patterns),
        ("spared muscle", body.spare_muscles),
        ("answer", body.told),
    ):
        for word in sorted(words):
            yield f"{what} {word}"
    if body.cause not in HEALTHY_CAUSES:
        yield f"cause {body.cause}"
    if body.weight_bearing != "FWB":
        yield f"weight bearing {body.weight_bearing}"
    for region in sorted(body.pain):
        if body.pain[region]:
            yield f"{region} pain {body.pain[region]}"
    for fact in PAST_HARM:
        if fact in body.facts:
            yield f"{fact} {body.facts[fact]:g}"
    for fact in SIGNS:
        if body.facts.get(fact):
            yield f"{fact} {body.facts[fact]:g}"


def _alike(legs: Asymmetry) -> bool:
    """Whether no test shows a weak side, no history speaks of one, and no limb begins anew."""
    shares = [each.index for each in (legs.strength, legs.balance) if each is not None]
    measured = [share for share in shares if share is not None]
    if legs.unused or len(measured) < len(shares):
        return False
    return min(measured, default=100.0) >= legs.limits.weak_first_below
