"""Sets of a muscle over any so many hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from legengine.domain.findings import Label, Violation
from legengine.domain.margin import Margin
from legengine.domain.vocabulary import MUSCLE_GROUPS, did_you_mean
from pydantic import BaseModel, ConfigDict, Field, field_validator

if TYPE_CHECKING:
    from legengine.domain.exercise import Exercise
    from legengine.domain.problem import Problem, Slot
    from legengine.domain.schedule import Schedule
    from legengine.hooks import ModelBuilder

EIGHTHS: Final = 8
"""A set is counted in eighths: an easy one or a secondary muscle gets a part of it."""


class RollingOptions(BaseModel):
    """How long the window is, and how much it may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hours: int = Field(default=72, ge=1, le=336, description="length of the window")
    most: dict[str, int] = Field(
        default_factory=dict, description="muscle group to effective sets in any such window"
    )

    @field_validator("most")
    @classmethod
    def _groups_are_known(cls, most: dict[str, int]) -> dict[str, int]:
        for group, sets in most.items():
            if group not in MUSCLE_GROUPS:
                hint = did_you_mean(group, MUSCLE_GROUPS)
                raise ValueError(f"unknown muscle group '{group}': {hint}")
            if sets < 0:
                raise ValueError(f"{group}: expected 0 sets or more, got {sets}")
        return most


@dataclass(frozen=True)
class RollingSets:
    """From the start of any session on, so many hours hold at most so many effective sets.

    Sessions before the first day count too: the window crosses the borders of weeks and phases.
    """

    name: str = "rolling_sets"
    summary: str = "effective sets of a muscle over any so many hours"
    options: type[RollingOptions] = RollingOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"hours": 72, "most": {"quadriceps": 2}},
        {"hours": 24, "most": {"glutes": 1, "quadriceps": 3}},
    )

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        """Nothing is closed by itself."""
        return None

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """What the slots of each window give, and what is over, is at most the limit."""
        options = problem.options_of(self)
        span = dt.timedelta(hours=options.hours)
        slots, before = builder.slots(), problem.past.sessions
        starts = sorted({session.start for session in before} | {slot.start for slot in slots})
        for group, most in sorted(options.most.items()):
            label = Label.of(self.name, muscle=group)
            for start in starts:
                over = sum(
                    session.credit.get(group, 0)
                    for session in before
                    if start <= session.start < start + span
                )
                terms = [
                    term
                    for slot in slots
                    if start <= slot.start < start + span
                    for term in builder.credit(slot.id, group)
                ]
                if terms:
                    builder.require(label, terms, high=max(0, most * EIGHTHS - over))

    def check(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Add up every window of the finished schedule."""
        hours = problem.options_of(self).hours
        for margin in self.margins(problem, schedule):
            if margin.slack < 0:
                required = f"at most {margin.required:g} sets of {margin.about} in {hours} h"
                yield Violation(self.name, margin.where, required, f"{margin.found:g}")

    def margins(self, problem: Problem, schedule: Schedule) -> Iterator[Margin]:
        """Every window that holds a session of the schedule: its sets, and the most."""
        from legengine.verify.facts import facts_of

        options = problem.options_of(self)
        facts = facts_of(problem, schedule)
        for group, most in sorted(options.most.items()):
            done = [(past.start, past.credit.get(group, 0), 0) for past in problem.past.sessions]
            planned = [
                (session.slot.start, facts.credit(session).get(group, 0), session.slot.week)
                for session in facts.sessions
            ]
            given = sorted(each for each in (*done, *planned) if each[1])
            for index, (first, _, _) in enumerate(given):
                end = first + dt.timedelta(hours=options.hours)
                window = [each for each in given[index:] if each[0] < end]
                weeks = [week for _, _, week in window if week]
                if weeks:
                    yield Margin(
                        rule=self.name,
                        clause="",
                        about=group,
                        where=f"{first:%Y-%m-%dT%H:%M} {group}",
                        week=weeks[0],
                        who=group.replace("_", " "),
                        when=f"in {options.hours} h from {first:%A}",
                        found=sum(eighths for _, eighths, _ in window) / EIGHTHS,
                        side="at most",
                        required=most,
                        unit="sets",
                    )

    def describe(self, label: Label, problem: Problem) -> str:
        """The sentence for a person whose week can't be."""
        options = problem.options_of(self)
        return f"at most {_amount(options, label.get('muscle'))} in any {options.hours} h"

    def milder(self, options: RollingOptions, label: Label) -> Iterable[tuple[str, RollingOptions]]:
        """One set more after another."""
        group = label.get("muscle")
        for more in range(1, 9):
            most = {**options.most, group: options.most[group] + more}
            milder = RollingOptions(hours=options.hours, most=most)
            yield f"allow {_amount(milder, group)} in {options.hours} h", milder


def _amount(options: RollingOptions, group: str) -> str:
    """``1 set for the hip abductors``."""
    most = options.most.get(group, 0)
    return f"{most} {'set' if most == 1 else 'sets'} for the {group.replace('_', ' ')}"
