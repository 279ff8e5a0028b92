"""What the solver decides: which exercises in which slots with how many sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Status = Literal["optimal", "feasible"]


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One exercise in one session."""

    slot: str
    exercise: str
    sets: int
    """Of both sides, where one leg works and then the other."""
    extra: int = 0
    """Sets more on the weak side alone."""


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One level of the objective: its value, the proven bound, whether they meet."""

    name: str
    value: int
    bound: int
    status: Status


@dataclass(frozen=True, slots=True)
class Schedule:
    """The items of a phase, sorted, with the honest status of how they were found."""

    items: tuple[Item, ...]
    levels: tuple[LevelResult, ...] = ()
    status: Status = "feasible"
    library: Literal["whole", "reduced"] = "whole"
    """Whether the proof speaks for every eligible exercise or for a reduced candidate list."""
    candidates: int = 0
    eligible: int = 0
    columns: int = 0
    rows: int = 0
    model_hash: str = ""
    deterministic_time: float = 0.0
    wall_clock_struck: bool = False
    stopped: bool = False
    """Whether the search was cancelled and this is the best that there was."""
    excluded: Mapping[str, str] = field(default_factory=dict)
    """Exercise to the rule that closed it everywhere."""

    def by_slot(self) -> dict[str, tuple[Item, ...]]:
        """Used slots in order of time, each with its items."""
        slots: dict[str, list[Item]] = {}
        for item in sorted(self.items):
            slots.setdefault(item.slot, []).append(item)
        return {slot: tuple(items) for slot, items in slots.items()}

    def without_bounds(self) -> Schedule:
        """The same, claiming nothing of how good it is but that no level is below zero."""
        levels = (replace(level, bound=0, status="feasible") for level in self.levels)
        return replace(self, levels=tuple(levels), status="feasible")
