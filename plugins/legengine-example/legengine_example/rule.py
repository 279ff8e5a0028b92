"""A rule: at most so many held exercises in a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.domain.exercise import Exercise
    from legengine.domain.problem import Problem, Slot
    from legengine.domain.schedule import Schedule
    from legengine.hooks import ModelBuilder


class RuleOptions(BaseModel):
    """How many are too many."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    most: int = Field(default=4, ge=0, description="held exercises in a session, stretches aside")


@dataclass(frozen=True)
class ExampleRule:
    """At most so many held exercises in a session; stretches at its end don't count."""

    name: str = "example_rule"
    summary: str = "at most so many held exercises in a session"
    options: type[RuleOptions] = RuleOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"most": 0}, {"most": 1})

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        """Nothing is closed by itself: one held exercise is never too many."""
        return None

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """The picks of held exercises in a slot add up to the most, or less."""
        most = problem.options_of(self).most
        for slot in builder.slots():
            picks = [
                builder.pick(slot.id, name)
                for name in builder.exercises(slot.id)
                if problem.exercises[name].dose_kind == "hold"
                and problem.exercises[name].block != "cool_down"
            ]
            terms = [(pick, 1) for pick in picks if pick is not None]
            builder.require(Label.of(self.name, session=slot.id), terms, high=most)

    def check(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Count them again, in the finished schedule."""
        for margin in self.margins(problem, schedule):
            if margin.found > margin.required:
                required = f"at most {margin.required:g} held exercises"
                yield Violation(self.name, margin.where, required, f"{margin.found:g}")

    def margins(self, problem: Problem, schedule: Schedule) -> Iterator[Margin]:
        """How many each session has, beside the most."""
        weeks = {slot.id: slot.week for slot in problem.slots}
        for session, items in schedule.by_slot().items():
            chosen = (problem.exercises[item.exercise] for item in items)
            held = [each for each in chosen if each.dose_kind == "hold"]
            yield Margin(
                rule=self.name,
                clause="",
                about="",
                where=session,
                week=weeks[session],
                who="held exercises",
                when="in a session",
                found=sum(each.block != "cool_down" for each in held),
                side="at most",
                required=problem.options_of(self).most,
                unit="",
            )

    def describe(self, label: Label, problem: Problem) -> str:
        """The sentence for a person whose week can't be."""
        most = problem.options_of(self).most
        return f"at most {most} held exercises in the session of {label.get('session')}"

    def milder(self, options: RuleOptions, label: Label) -> Iterable[tuple[str, RuleOptions]]:
        """One more, then two: what is tried where the rule is in the way."""
        for more in (1, 2):
            most = options.most + more
            yield f"allow {most} held exercises in a session", RuleOptions(most=most)
