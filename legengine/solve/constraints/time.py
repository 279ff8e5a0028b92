"""A session's minutes fit the slot, in every week, with that week's dose."""

from __future__ import annotations

from legengine.domain.findings import Label
from legengine.domain.problem import Problem, Slot
from legengine.hooks.contracts import ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "time"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """One row for each slot and each week's doses; equal rows fall together."""
    for slot in builder.slots():
        seconds = builder.seconds(slot.id, slot.week)
        builder.require(label_of(slot), seconds, high=slot.minutes * 60)


def label_of(slot: Slot) -> Label:
    """What a person can change: the minutes of a weekday."""
    return Label.of(NAME, day=slot.start.strftime("%A").lower(), minutes=slot.minutes)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the minutes."""
    return f"a session on {label.get('day').title()} has {label.get('minutes')} minutes"
