"""A session's minutes fit the slot, in every week, with that week's dose."""

from __future__ import annotations

from legengine.domain.findings import Label
from legengine.domain.problem import Problem
from legengine.hooks.contracts import ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "time"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """One row for each slot and each week's doses; equal rows fall together."""
    for slot in builder.slots():
        label = Label.of(
            NAME, day=slot.start.strftime("%A").lower(), minutes=slot.minutes, week=slot.week
        )
        builder.require(label, builder.seconds(slot.id, slot.week), high=slot.minutes * 60)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the minutes."""
    return f"the session on {label.get('day')} has {label.get('minutes')} minutes"
