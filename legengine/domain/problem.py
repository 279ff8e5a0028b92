"""The problem of one phase: everything that the rules need, resolved, sorted and frozen.

A problem holds facts, never conclusions: which exercises a place allows, what a set credits and
how long it takes is derived from it twice, by the model and by the checker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import BaseModel

from legengine.domain.asymmetry import Asymmetry
from legengine.domain.exercise import Condition, Exercise, Gate
from legengine.domain.options import Configurable, OptionsT, options_in
from legengine.domain.profile import WeightBearing
from legengine.domain.protocol import (
    CoverageRow,
    DoseRole,
    EnduranceRamp,
    FrequencyRow,
    Growth,
    StretchRow,
    StructureRow,
)
from legengine.domain.vocabulary import Cause, Goal, PhaseName

WeekKind = Literal["build", "deload"]


@dataclass(frozen=True)
class Slot:
    """One dated opportunity from the availability; the solver uses it or leaves it."""

    start: dt.datetime
    minutes: int
    place: str
    week: int
    """Number of the training week in the program, from 1."""
    exception: bool = False
    """Whether a dated exception changed it, so that it need not repeat the ordinary week."""

    @cached_property
    def id(self) -> str:
        """``2026-11-30T18:00``: unique, sortable."""
        return self.start.isoformat(timespec="minutes")

    @property
    def weekly(self) -> tuple[int, str, int, str]:
        """What makes it the same opportunity in another week."""
        return (self.start.weekday(), str(self.start.time()), self.minutes, self.place)


@dataclass(frozen=True, slots=True)
class Dose:
    """What one week asks of an exercise, before the number of sets is chosen.

    ``reps`` and ``hold_s`` are the upper ends of what is prescribed: the time of a session is
    reckoned with them. One set of endurance work lasts ``unit_s`` seconds; one set of distance
    work takes 30 seconds (``evidence.md`` 3.1, time model).
    """

    role: DoseRole
    sets_min: int
    sets_max: int
    reps_min: int = 0
    reps: int = 0
    hold_s: int = 0
    unit_s: int = 0
    metres: int = 0
    rest_s: int = 0
    warmup_sets: int = 0
    rir: tuple[int, int] | None = None
    rpe: tuple[int, int] | None = None
    percent_1rm: tuple[int, int] | None = None
    tempo: str = ""
    sources: tuple[str, ...] = ()
    row: str = ""
    """Where it comes from, such as ``leg-restoration / foundation / doses / compound``."""
    kept_within: str = ""
    """What the dose rows of conditions changed, in words."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Effective sets of one muscle group in one week, in eighths of a set."""

    floor: int
    aim_low: int
    aim_high: int
    cap: int
    session_cap: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """One training week of the phase."""

    number: int
    """In the program, from 1."""
    index: int
    """In the phase, from 1."""
    start: dt.date
    kind: WeekKind
    volume: Mapping[str, Volume]
    """Muscle group to its range."""
    sessions: tuple[int, int]
    """Fewest and most sessions in this week."""
    endurance_minutes: tuple[int, int]
    regular: bool = True
    """Whether it is an ordinary week of the phase and repeats the others' exercises and days."""
    reduced: bool = False
    """Whether exceptions or the end of the program took days away: weekly minimums don't apply."""
    easy_sessions: int = 0
    """Most sessions without strengthening or trunk work beside the others; without any such room
    every session is a training session."""
    endurance: tuple[int, int] = (0, 0)
    """Sessions of endurance work and the minutes of each, where the minutes follow a ramp."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session before the first day of the problem that may still bind it."""

    start: dt.datetime
    exposures: frozenset[str]
    """Muscle groups that it exposed."""
    exercises: frozenset[str] = frozenset()
    credit: Mapping[str, int] = field(default_factory=dict)
    """Muscle group to the eighths of a set that it gave."""
    easy: bool = False
    """Whether it was an easy session."""
    endurance_s: int = 0
    """Seconds of endurance work that it held."""


@dataclass(frozen=True, slots=True)
class Past:
    """What came before: the last phase of the program, the part of this one that is over, a log."""

    sessions: tuple[PastSession, ...] = ()
    volume: Mapping[str, int] = field(default_factory=dict)
    """Eighths of a set of each muscle group in the last whole week that was no deload."""
    exercises: frozenset[str] = frozenset()
    """Exercises of the phase before."""
    under_way: bool = False
    """Whether ``volume`` is a week of this phase, so that a deload week is compared with it."""
    begun: frozenset[str] = frozenset()
    """Exercises of the part of this phase that is over."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the person starts, with the reasons."""

    level: int
    levels: Mapping[str, int]
    """Pattern to level, where the pattern has its own."""
    reasons: tuple[str, ...] = ()
    stages: Mapping[str, PhaseName] = field(default_factory=dict)
    """Pattern to the stage that it stays at while the phase goes on without it."""

    def level_of(self, pattern: str) -> int:
        """The level for a pattern."""
        return self.levels.get(pattern, self.level)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What the person may do, as facts: which exercises that leaves is for the rules to say."""

    conditions: tuple[Condition, ...]
    """Those that hold, each followed by its stages that hold in the phase."""
    gates: tuple[Gate, ...]
    facts: Mapping[str, float]
    pain: Mapping[str, int]
    """Region to the worst score."""
    never: frozenset[str]
    """Exercises and patterns that the person refuses."""
    always: tuple[str, ...]
    exclude_tags: frozenset[str]
    exclude_patterns: frozenset[str]
    spare_muscles: frozenset[str]
    phases: tuple[PhaseName, ...]
    level_max: int
    external_load: bool
    known: frozenset[str] = frozenset()
    """Words of the screening's known conditions: they choose among dose rows."""
    first_week: int = 1
    """Of the phase in the program: facts in weeks are counted on from there."""
    weeks: int = 1
    """Of the whole phase."""
    first_loads: bool = False
    """Whether it is the first phase with loads."""
    body_mass_kg: float | None = None
    ahead: Mapping[str, tuple[PhaseName, ...]] = field(default_factory=dict)
    """Pattern to the stages that are open for it, where it is ahead of the phase."""
    cause: Cause = "disuse"
    """What the weakness comes from."""
    weight_bearing: WeightBearing = "FWB"
    """What the clearance allows on the leg."""
    told: tuple[str, ...] = ()
    """What the answers before training say yes to: signs, page 1 of the PAR-Q+, medicines, weeks
    in a cast, a protected phase; a page that isn't answered stands as ``parq_page1``. Sorted."""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is at a place."""

    equipment: frozenset[str]
    loads: Mapping[str, tuple[float, ...]]
    """Item to the loads that exist, kg, ascending; an item that is missing has no limit given."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """Wishes and fits that the objectives weigh."""

    prefer: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    goal_patterns: frozenset[str] = frozenset()
    sessions_wish: int | None = None
    rest_wish_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A day that has to have a session, or has to hold an exercise."""

    date: dt.date
    exercise: str = ""
    """Empty where any session will do."""
    sets: int | None = None
    """``None`` where any number will do."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Problem:
    """One phase, or what is left of it from a day on, ready for the rules."""

    phase: str
    title: str
    stage: PhaseName
    goal: Goal
    start: dt.date
    """First day of its first week."""
    weeks: tuple[Week, ...]
    slots: tuple[Slot, ...]
    exercises: Mapping[str, Exercise]
    """Every exercise of the libraries, by id, sorted by id."""
    doses: Mapping[str, tuple[Dose, ...]]
    """Exercise to its dose in each of the weeks; exercises without a dose row are absent."""
    groups: tuple[str, ...]
    """Muscle groups with volume, rest and exposure rules."""
    muscle_groups: Mapping[str, str]
    """Muscle to muscle group."""
    rest_hours: Mapping[str, int]
    frequency: FrequencyRow
    growth: Growth
    coverage: tuple[CoverageRow, ...]
    structure: StructureRow
    eligibility: Eligibility
    placement: Placement
    places: Mapping[str, PlaceFacts]
    preferences: Preferences
    past: Past
    settings: Mapping[str, BaseModel] = field(default_factory=dict)
    """Options of the rules and wishes that plugins add, by name; see ``options_of``."""
    pins: tuple[Pin, ...] = ()
    since: dt.date | None = None
    """First day that the problem is about, where the phase began before it."""
    until: dt.date | None = None
    """First day that it is no longer about, where the phase goes on after it."""
    ramp: EnduranceRamp | None = None
    """How the endurance minutes of the weeks were reckoned; ``None`` where they follow no ramp."""
    stretching: StretchRow | None = None
    tight: frozenset[str] = frozenset()
    """Muscle groups that test tight."""
    phase_weeks: int = 0
    """Weeks of the whole phase; 0 where the problem has them all."""
    asymmetry: Asymmetry | None = None
    """How the legs differ; ``None`` where nothing is known of a difference."""

    def options_of(self, rule: Configurable[OptionsT]) -> OptionsT:
        """The options of a rule or a wish: as the profile sets them, else its defaults."""
        return options_in(self.settings, rule)

    def dose(self, exercise: str, week: int) -> Dose:
        """The dose of an exercise in a week of the program."""
        return self.doses[exercise][week - self.weeks[0].number]

    def week(self, number: int) -> Week:
        """A week by its number in the program."""
        return self.weeks[number - self.weeks[0].number]
