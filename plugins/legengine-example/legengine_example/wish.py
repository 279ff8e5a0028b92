"""A wish: few exercises that can only be done with an unloved piece of equipment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from legengine.domain.findings import Label
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.domain.problem import Problem
    from legengine.domain.schedule import Schedule
    from legengine.hooks import ModelBuilder, ObjectiveLevel


class WishOptions(BaseModel):
    """What the person doesn't like to use."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str = Field(default="", description="an equipment item; empty: nothing is unloved")
    weight: int = Field(default=4, ge=1, le=10, description="cost of each; a misfit costs 1 to 3")


@dataclass(frozen=True)
class ExampleWish:
    """Few exercises of which every way of doing them needs the item."""

    name: str = "example_wish"
    summary: str = "few exercises with an unloved piece of equipment"
    level: ObjectiveLevel = "preference"
    options: type[WishOptions] = WishOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"item": "wall"}, {"item": "chair"})

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """Every pick of such an exercise costs, in each of the weeks that a week stands for."""
        options = problem.options_of(self)
        for week, times in builder.distinct_weeks():
            for slot in builder.slots(week):
                for name in builder.exercises(slot.id):
                    pick = builder.pick(slot.id, name)
                    ways = problem.exercises[name].equipment
                    if pick is not None and all(options.item in way for way in ways):
                        label = Label.of(self.name, exercise=name)
                        builder.penalise(label, [(pick, times * options.weight)], self.level)

    def score(self, problem: Problem, schedule: Schedule) -> int:
        """Count them again, in the finished schedule."""
        options = problem.options_of(self)
        unloved = {
            name
            for name, exercise in problem.exercises.items()
            if not [way for way in exercise.equipment if options.item not in way]
        }
        return options.weight * sum(each.exercise in unloved for each in schedule.items)

    def names(self, options: WishOptions) -> Iterator[tuple[str, str, str]]:
        """The item."""
        if options.item:
            yield "item", "equipment", options.item

    def describe(self, label: Label, problem: Problem) -> str:
        """The sentence for a person."""
        return f"few exercises that need this: {problem.options_of(self).item or 'nothing'}"
