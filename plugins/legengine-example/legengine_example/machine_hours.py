"""A machine is free only at certain hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from legengine.domain.findings import Label, Violation
from legengine.domain.profile import Days
from legengine.domain.quantities import TimeOfDay
from legengine.domain.vocabulary import WEEKDAYS
from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from legengine.domain.exercise import Exercise
    from legengine.domain.problem import Problem, Slot
    from legengine.domain.schedule import Schedule
    from legengine.hooks import ModelBuilder


class FreeTime(BaseModel):
    """Hours of some weekdays."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    days: Days = Field(description="weekdays")
    start: TimeOfDay = Field(alias="from", description="local time, '18:00'")
    end: TimeOfDay = Field(alias="to", description="local time, on the same day")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> FreeTime:
        if self.end <= self.start:
            raise ValueError(f"'to' ({self.end:%H:%M}) is not after 'from' ({self.start:%H:%M})")
        return self


class HoursOptions(BaseModel):
    """When which machine is free, and where."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str = Field(default="", description="where the machines are; empty: everywhere")
    machines: dict[str, tuple[FreeTime, ...]] = Field(
        default_factory=dict, description="equipment item to the hours at which it is free"
    )


@dataclass(frozen=True)
class MachineHours:
    """An exercise that may need a machine is closed in a slot that isn't wholly in its free hours.

    "May need": one of the ways of doing it that the place has whole uses the machine, since a
    program names one of these ways.
    """

    name: str = "machine_hours"
    summary: str = "a machine is free only at certain hours"
    options: type[HoursOptions] = HoursOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"machines": {"leg_press_machine": [{"days": ["mon"], "from": "17:00", "to": "19:30"}]}},
    )

    def admits(self, problem: Problem, exercise: Exercise, slot: Slot) -> Label | None:
        """Close it where a machine is not free for as long as the slot lasts."""
        options = problem.options_of(self)
        if options.place not in ("", slot.place):
            return None
        there = problem.places[slot.place].equipment
        ways = [way for way in exercise.equipment if there.issuperset(way)]
        for machine, hours in sorted(options.machines.items()):
            if any(machine in way for way in ways) and not any(_holds(h, slot) for h in hours):
                return Label.of(self.name, machine=machine, day=WEEKDAYS[slot.start.weekday()])
        return None

    def post(self, builder: ModelBuilder, problem: Problem) -> None:
        """Nothing: what is closed has no column."""

    def check(self, problem: Problem, schedule: Schedule) -> Iterator[Violation]:
        """Look at every exercise of every session, minute by minute of its slot."""
        options = problem.options_of(self)
        slots = {slot.id: slot for slot in problem.slots}
        for item in schedule.items:
            slot = slots[item.slot]
            if options.place and options.place != slot.place:
                continue
            needed = _machines(problem, item.exercise, slot.place)
            for machine in sorted(needed & set(options.machines)):
                day = WEEKDAYS[slot.start.weekday()]
                first = slot.start.hour * 60 + slot.start.minute
                minutes = set(range(first, first + slot.minutes))
                free = [
                    set(range(_minute(hours.start), _minute(hours.end)))
                    for hours in options.machines[machine]
                    if day in hours.days
                ]
                if not any(minutes <= hours for hours in free):
                    required = f"{machine} only while it is free"
                    yield Violation(self.name, f"{item.slot} {item.exercise}", required, "busy")

    def describe(self, label: Label, problem: Problem) -> str:
        """The sentence for a person whose week can't be."""
        machine, day = label.get("machine"), label.get("day")
        hours = problem.options_of(self).machines[machine]
        free = [f"{h.start:%H:%M}-{h.end:%H:%M}" for h in hours if day in h.days]
        when = f"only at {' and '.join(free)}" if free else "at no hour"
        return f"the {machine.replace('_', ' ')} is free on {day.title()} {when}"

    def names(self, options: HoursOptions) -> Iterator[tuple[str, str, str]]:
        """The machines and the place."""
        for machine in options.machines:
            yield f"machines.{machine}", "equipment", machine
        if options.place:
            yield "place", "place", options.place

    def milder(self, options: HoursOptions, label: Label) -> Iterable[tuple[str, HoursOptions]]:
        """The machine free on that day, whenever it is."""
        machine, day = label.get("machine"), label.get("day")
        whole = FreeTime.model_validate({"days": [day], "from": "00:00", "to": "23:59"})
        machines = {**options.machines, machine: (*options.machines[machine], whole)}
        text = f"have the {machine.replace('_', ' ')} to yourself on {day.title()}"
        yield text, HoursOptions(place=options.place, machines=machines)


def _holds(hours: FreeTime, slot: Slot) -> bool:
    """Whether a slot lies wholly within the hours."""
    start = dt.datetime.combine(slot.start.date(), hours.start)
    end = dt.datetime.combine(slot.start.date(), hours.end)
    day = WEEKDAYS[slot.start.weekday()]
    last = slot.start + dt.timedelta(minutes=slot.minutes)
    return day in hours.days and start <= slot.start and last <= end


def _machines(problem: Problem, exercise: str, place: str) -> set[str]:
    """The items of all ways of doing an exercise that a place has whole."""
    held: set[str] = set()
    for way in problem.exercises[exercise].equipment:
        if all(item in problem.places[place].equipment for item in way):
            held.update(way)
    return held


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute
