"""Two exercises never in one session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from legengine.domain.findings import Label, Violation
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.domain.exercise import Exercise
    from legengine.domain.problem import Problem, Slot
    from legengine.domain.schedule import Schedule
    from legengine.hooks import ModelBuilder


class TogetherOptions(BaseModel):
    """What doesn't go together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pairs: tuple[tuple[str, str], ...] = Field(
        default=(), description="pairs of exercises or patterns that are never in one session"
    )


@dataclass(frozen=True)
class NeverTogether:
    """Of each pair at most one is in a session. A pattern stands for all of its exercises."""

    name: str = "never_together"
    summary: str = "two exercises never in one session"
    options: type[TogetherOptions] = TogetherOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"pairs": [["glute_bridge", "chair_squat"]]},
        {"pairs": [["squat", "hip_extension"]]},
    )

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        """Nothing is closed by itself: each of the two may come alone."""
        return None

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """Of any two exercises that don't go together at most one is picked in a slot."""
        for first, second in problem.options_of(self).pairs:
            label = Label.of(self.name, first=first, second=second)
            ones, others = _meant(problem, first), _meant(problem, second)
            for slot in builder.slots():
                there = builder.exercises(slot.id)
                for one in there:
                    for other in there:
                        if one != other and one in ones and other in others:
                            picks = (builder.pick(slot.id, one), builder.pick(slot.id, other))
                            builder.at_most_one(label, [p for p in picks if p is not None])

    def check(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look for both in each session."""
        for session, items in schedule.by_slot().items():
            words = [{item.exercise, problem.exercises[item.exercise].pattern} for item in items]
            for first, second in problem.options_of(self).pairs:
                has_first = [index for index, held in enumerate(words) if first in held]
                has_second = [index for index, held in enumerate(words) if second in held]
                if has_first and has_second and len({*has_first, *has_second}) > 1:
                    yield Violation(self.name, session, f"{first} or {second}", "both")

    def describe(self, label: Label, problem: Problem) -> str:
        """The sentence for a person whose week can't be."""
        first, second = (_plain(problem, label.get(key)) for key in ("first", "second"))
        return f"{first} and {second} are never in one session"

    def names(self, options: TogetherOptions) -> Iterator[tuple[str, str, str]]:
        """Both of every pair."""
        for index, pair in enumerate(options.pairs):
            for place, word in enumerate(pair):
                yield f"pairs[{index}][{place}]", "exercise or pattern", word

    def milder(
        self, options: TogetherOptions, label: Label
    ) -> Iterable[tuple[str, TogetherOptions]]:
        """Without this pair."""
        gone = (label.get("first"), label.get("second"))
        left = tuple(pair for pair in options.pairs if pair != gone)
        text = " and ".join(word.replace("_", " ") for word in gone)
        yield f"allow {text} in one session", TogetherOptions(pairs=left)


def _meant(problem: Problem, word: str) -> Set[str]:
    """The exercises that a word stands for."""
    return {
        name for name, exercise in problem.exercises.items() if word in (name, exercise.pattern)
    }


def _plain(problem: Problem, word: str) -> str:
    exercise = problem.exercises.get(word)
    return word.replace("_", " ") if exercise is None else exercise.name
