"""Every word of a condition that has to be known: exercises, tags, items, facts, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import get_args

from legengine.domain.exercise import Condition, Limits
from legengine.domain.facts import FACTS
from legengine.domain.vocabulary import MUSCLE_GROUPS, REGIONS, Pattern

Check = tuple[str, str, Sequence[str], AbstractSet[str]]
"""Field, what its words are, the words, and those that are known."""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What a library holds."""

    exercises: AbstractSet[str]
    tags: AbstractSet[str]
    equipment: AbstractSet[str]
    positions: AbstractSet[str]
    sources: AbstractSet[str]


def condition_words(condition: Condition, known: KnownWords) -> Iterator[Check]:
    """The words of a condition, of its stages and of its dose rows."""
    yield from _limits("", condition, known)
    items = known.equipment
    yield "allow_exercises", "exercise", condition.allow_exercises, known.exercises
    yield "waived_by_equipment", "equipment", condition.waived_by_equipment, items
    yield "waived_by_support", "equipment", condition.waived_by_support, items
    yield "drop_equipment", "equipment", condition.drop_equipment, items
    yield "prefer", "exercise", condition.prefer, known.exercises
    yield "sources", "source", condition.sources, known.sources
    groups = tuple(condition.exposures_at_least)
    yield "exposures_at_least", "muscle group", groups, set(MUSCLE_GROUPS)
    if (limit := condition.pain_limit) is not None:
        yield "pain_limit.region", "body region", (limit.region,), set(REGIONS)
        yield "pain_limit.closes_above", "exercise", limit.closes_above, known.exercises
    if (share := condition.load_share) is not None:
        yield "load_share.exercises", "exercise", share.exercises, known.exercises
    for index, stage in enumerate(condition.stages):
        at = f"stages[{index}]."
        yield from _limits(at, stage, known)
        yield f"{at}until", "fact", tuple(need.fact for need in stage.until), FACTS.keys()
        yield f"{at}sources", "source", stage.sources, known.sources
    for index, row in enumerate(condition.doses):
        yield f"doses[{index}].sources", "source", row.sources, known.sources


def _limits(at: str, limits: Limits, known: KnownWords) -> Iterable[Check]:
    caps = limits.knee_flexion_max_by_pain
    asked = [word for need in limits.weekly_at_least for word in need.exercises]
    together = [word for words in limits.exclude_combinations for word in words]
    yield f"{at}exclude_tags", "tag", limits.exclude_tags, known.tags
    yield f"{at}exclude_exercises", "exercise", limits.exclude_exercises, known.exercises
    yield f"{at}exclude_positions", "position", limits.exclude_positions, known.positions
    yield (
        f"{at}exclude_combinations",
        "tag or pattern",
        together,
        {*known.tags, *get_args(Pattern)},
    )
    yield f"{at}unloaded_tags", "tag", limits.unloaded_tags, known.tags
    yield f"{at}weekly_at_least", "exercise", asked, known.exercises
    regions = () if caps is None else (caps.region,)
    yield f"{at}knee_flexion_max_by_pain.region", "body region", regions, set(REGIONS)
