"""Numbers and names as people read them."""

from __future__ import annotations

from legengine.domain.exercise import Exercise


def kilograms(load: float) -> str:
    """``12.5 kg``."""
    return f"{round(load, 2):g} kg"


def number(value: float) -> str:
    """At most one decimal, none where it is zero."""
    return f"{round(value, 1):g}"


def span(values: tuple[int, int]) -> str:
    """``3-4``, or ``3`` where both ends are equal."""
    return str(values[0]) if values[0] == values[1] else f"{values[0]}-{values[1]}"


def counted(count: int, noun: str) -> str:
    """``1 set``, ``3 sets``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def next_rungs(exercise: Exercise) -> str:
    """The next harder exercises, in words; empty where there is none."""
    return " or ".join(name.replace("_", " ") for name in exercise.progressions)
