"""Third-party rules and objectives, wrapped so that what they raise names their plugin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from legengine.domain.problem import Problem, Slot
from legengine.domain.schedule import Schedule
from legengine.hooks.contracts import Constraint, ModelBuilder, Objective, ObjectiveLevel
from legengine.hooks.discovery import OWN_DISTRIBUTION
from legengine.hooks.registry import Registry


@dataclass(frozen=True, slots=True)
class GuardedConstraint:
    """A constraint whose errors become a ``PluginError`` with its plugin's name."""

    name: str
    summary: str
    options: type[BaseModel]
    filters_by_place: bool
    rule: Constraint
    registry: Registry

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        with self.registry.blame("constraints", self.name, "admits"):
            return self.rule.admits(problem, exercise, slot)

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        with self.registry.blame("constraints", self.name, "post"):
            self.rule.post(builder, problem)

    def check(self, problem: Problem, schedule: Schedule) -> Iterable[Violation]:
        with self.registry.blame("constraints", self.name, "check"):
            return tuple(self.rule.check(problem, schedule))

    def margins(self, problem: Problem, schedule: Schedule) -> Iterable[Margin]:
        """What the rule measures, where it measures anything."""
        measure = getattr(self.rule, "margins", None)
        if measure is None:
            return ()
        with self.registry.blame("constraints", self.name, "margins"):
            return tuple(Margin(*each) for each in measure(problem, schedule))

    def describe(self, label: Label, problem: Problem) -> str:
        with self.registry.blame("constraints", self.name, "describe"):
            return self.rule.describe(label, problem)


@dataclass(frozen=True, slots=True)
class GuardedObjective:
    """An objective whose errors become a ``PluginError`` with its plugin's name."""

    name: str
    summary: str
    level: ObjectiveLevel
    options: type[BaseModel]
    wish: Objective
    registry: Registry

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        with self.registry.blame("objectives", self.name, "post"):
            self.wish.post(builder, problem)

    def score(self, problem: Problem, schedule: Schedule) -> int:
        with self.registry.blame("objectives", self.name, "score"):
            return self.wish.score(problem, schedule)

    def describe(self, label: Label, problem: Problem) -> str:
        with self.registry.blame("objectives", self.name, "describe"):
            return self.wish.describe(label, problem)


def guarded_constraints(registry: Registry) -> tuple[Constraint, ...]:
    """Every constraint by name; those of other distributions are wrapped."""
    return tuple(
        rule
        if registry.provider("constraints", name).distribution == OWN_DISTRIBUTION
        else GuardedConstraint(
            name,
            rule.summary,
            rule.options,
            getattr(rule, "filters_by_place", False),
            rule,
            registry,
        )
        for name, rule in registry.constraints.items()
    )


def guarded_objectives(registry: Registry) -> tuple[Objective, ...]:
    """Every objective by name; those of other distributions are wrapped."""
    return tuple(
        wish
        if registry.provider("objectives", name).distribution == OWN_DISTRIBUTION
        else GuardedObjective(name, wish.summary, wish.level, wish.options, wish, registry)
        for name, wish in registry.objectives.items()
    )
