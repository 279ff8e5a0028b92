"""What the person pins: a day has a session, or holds an exercise, perhaps with so many sets."""

from __future__ import annotations

import datetime as dt

from legengine.domain.findings import Label
from legengine.domain.problem import Pin, Problem
from legengine.hooks.contracts import Column, ModelBuilder
from legengine.solve.constraints import admits_all as admits  # noqa: F401

NAME = "pins"


def post(builder: ModelBuilder, problem: Problem) -> None:
    """State every pin; a day has one session at most, so its slots may be summed."""
    for pin in problem.pins:
        slots = [slot.id for slot in problem.slots if slot.start.date() == pin.date]
        label = label_of(pin)
        if not pin.exercise:
            builder.require(label, [(builder.used(slot), 1) for slot in slots], low=1)
            continue
        picks = [builder.pick(slot, pin.exercise) for slot in slots]
        builder.require(label, _ones(picks), low=1)
        if pin.sets is not None:
            sets = [builder.sets(slot, pin.exercise) for slot in slots]
            builder.require(label, _ones(sets), low=pin.sets, high=pin.sets)


def _ones(columns: list[Column | None]) -> list[tuple[Column, int]]:
    return [(column, 1) for column in columns if column is not None]


def label_of(pin: Pin) -> Label:
    """The label of a pin: its day, its exercise, its sets."""
    about: dict[str, object] = {"session": pin.date}
    if pin.exercise:
        about["exercise"] = pin.exercise
    if pin.sets is not None:
        about["sets"] = pin.sets
    return Label.of(NAME, **about)


def describe(label: Label, problem: Problem) -> str:
    """One sentence with the day, the exercise and the sets."""
    day = f"{dt.date.fromisoformat(label.get('session')):%A %Y-%m-%d}"
    exercise, sets = label.get("exercise"), label.get("sets")
    if not exercise:
        return f"you pin a session on {day}"
    held = f"{problem.exercises[exercise].name}" + (f" with {sets} sets" if sets else "")
    return f"you pin {held} on {day}"
