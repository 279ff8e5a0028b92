"""A protocol as data: phases in order, each with its doses, frequency, rest, volume, coverage.

Rows that depend on the person carry a ``when``; in a list of rows the first that fits is taken.
Every number carries its sources; the mark ``D`` says that it is a default of the design.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from legengine.domain.exercise import Identifier, Need
from legengine.domain.vocabulary import Block, Goal, Pattern, PhaseName

Span = tuple[int, int]
"""From, to; both inclusive."""

DoseRole = Literal[
    "compound",
    "isolation",
    "hold",
    "trunk",
    "trunk_hold",
    "balance",
    "power",
    "warm_up",
    "warm_up_hold",
    "cool_down",
    "endurance",
    "distance",
]
"""Which row of a phase's dose table an exercise takes; see ``legengine.intake.doses.role_of``."""

ExperienceLevel = Literal["novice", "intermediate", "advanced"]

Mark = Literal["knee_bend", "kneeling", "immobilised"]
"""A knee that may not bend to 90 degrees, no kneeling, a limb that was immobilised."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class When(_Row):
    """Whom a row is for; an empty list means anyone."""

    goals: tuple[Goal, ...] = ()
    experience: tuple[ExperienceLevel, ...] = ()
    age_min: int | None = None
    age_max: int | None = None
    falls_min: int | None = Field(default=None, description="falls in the last 12 months, at least")
    conditions: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = Field(default=(), description="what the body can't do or had")


class DoseRow(_Row):
    """One row of a dose table. Ranges are inclusive; times are seconds unless named minutes."""

    sets: Span
    reps: Span | None = None
    hold_s: Span | None = None
    minutes: Span | None = Field(default=None, description="minutes of endurance work a session")
    metres: Span | None = None
    rir: Span | None = Field(default=None, description="repetitions in reserve")
    rpe: Span | None = Field(default=None, description="effort 0-10")
    percent_1rm: Span | None = None
    rest_s: Span
    tempo: str = ""
    sources: tuple[str, ...] = Field(min_length=1)


class DoseTable(_Row):
    """The doses of a phase for the people that ``when`` names, by role."""

    when: When = Field(default_factory=When)
    roles: dict[DoseRole, DoseRow]


class VolumeRow(_Row):
    """Effective sets of a muscle group a week: a floor, an aim with its dead band, a cap."""

    groups: tuple[str, ...]
    floor: int = Field(ge=0)
    aim: Span
    cap: int = Field(gt=0)
    session_cap: int = Field(gt=0)
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> VolumeRow:
        if not self.floor <= self.aim[0] <= self.aim[1] <= self.cap:
            raise ValueError("expected floor <= aim <= cap")
        return self


class VolumeTable(_Row):
    """The volume rows for the people that ``when`` names."""

    when: When = Field(default_factory=When)
    rows: tuple[VolumeRow, ...]


class Growth(_Row):
    """How far a muscle's weekly volume may rise: by sets or by percent, whichever is more."""

    sets: int = Field(gt=0)
    percent: int = Field(gt=0)
    sources: tuple[str, ...] = Field(min_length=1)


class FrequencyRow(_Row):
    """Sessions a week, days in a row, how often an exercise or an exposure may come."""

    when: When = Field(default_factory=When)
    sessions: Span
    rest_days_min: int = Field(ge=0, le=7)
    consecutive_days_max: int = Field(default=7, ge=1, le=7)
    session_gap_hours: int = Field(
        default=0, ge=0, description="hours from the start of a session to the start of the next"
    )
    exercise_max: int = Field(default=7, ge=1, description="times an exercise is done a week")
    exposures: Span = Field(description="exposures a week of each muscle group with a floor")
    exposures_of: dict[str, int] = Field(
        default_factory=dict, description="least exposures a week of single muscle groups"
    )
    sources: tuple[str, ...] = Field(min_length=1)


class RestRow(_Row):
    """Hours from the start of one exposure of a muscle to the start of its next."""

    when: When = Field(default_factory=When)
    floor_hours: int = Field(ge=0, description="never less, whatever anyone says")
    hours: int = Field(ge=0, description="the rule unless the profile raises it")
    wish_hours: int | None = Field(default=None, description="better still; a wish, not a rule")
    sources: tuple[str, ...] = Field(min_length=1)


class CoverageRow(_Row):
    """What every session or week must hold, counted in item-slots (one exercise, one session)."""

    id: Identifier
    summary: str
    when: When = Field(default_factory=When)
    per: Literal["session", "week"]
    patterns: tuple[Pattern, ...] = ()
    blocks: tuple[Block, ...] = ()
    exercises: tuple[Identifier, ...] = ()
    one_legged: bool = Field(default=False, description="only exercises for one leg count")
    distinct: bool = Field(default=False, description="count different exercises, not slots")
    days: bool = Field(default=False, description="count the sessions that hold one, not slots")
    at_least: int = Field(default=0, ge=0)
    at_most: int | None = None
    required: bool = Field(description="a rule; otherwise a wish")
    priority: int = Field(default=1, ge=1, le=9, description="weight of a wish")
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _selects_something(self) -> CoverageRow:
        if not (self.patterns or self.blocks or self.exercises):
            raise ValueError("name patterns, blocks or exercises")
        if not self.at_least and self.at_most is None:
            raise ValueError("give at_least, at_most or both")
        if self.days and (self.distinct or self.per == "session"):
            raise ValueError("'days' counts the sessions of a week: not with 'distinct'")
        return self


class EnduranceRamp(_Row):
    """Minutes of endurance work that grow from week to week."""

    minutes: Span = Field(description="of a session: where it starts, where it ends")
    sessions: Span = Field(description="a week: at first, at last")
    step_minutes: int = Field(gt=0, description="most that a session gains in a week")
    growth_percent: int = Field(gt=0, le=100, description="most that a week gains")
    aim: Span = Field(description="minutes a week; the ramp ends at the first of them")
    closed: tuple[Identifier, ...] = Field(
        default=(), description="endurance exercises that are not for these people in this phase"
    )
    recovery_rpe_max: int = Field(ge=1, le=10, description="effort of what a rest day may hold")
    recovery_hold_s: Span = Field(description="seconds a muscle of stretching or rolling there")


class EnduranceRow(_Row):
    """Minutes of endurance work a week: in the sessions as a wish, the rest on other days."""

    when: When = Field(default_factory=When)
    week_minutes: Span
    ramp: EnduranceRamp | None = None
    sources: tuple[str, ...] = Field(min_length=1)


class StretchRow(_Row):
    """How long a muscle is stretched at most. Times are seconds, one side."""

    before_max_s: int = Field(gt=0, description="held before the work of a session")
    session_max_s: int = Field(gt=0, description="a muscle group in a session")
    week_max_s: int = Field(gt=0, description="a muscle group in a week")
    for_tight: dict[str, Identifier] = Field(
        default_factory=dict, description="tight muscle group to what every session holds for it"
    )
    sources: tuple[str, ...] = Field(min_length=1)


class StructureRow(_Row):
    """The frame of a session. Times are seconds."""

    warm_up_s: int = Field(ge=0, description="general warm-up before the first exercise")
    cool_down_s: int = Field(ge=0)
    change_s: int = Field(ge=0, description="from one exercise to the next")
    work_items: Span = Field(description="strengthening, balance and trunk exercises a session")
    items_max: int = Field(gt=0, description="all exercises of a session")
    easy_items: Span = Field(default=(1, 6), description="all exercises of an easy session")
    sources: tuple[str, ...] = Field(min_length=1)


class Criterion(_Row):
    """One criterion: for a person in words, for the engine as needs.

    Of several with one id, the first whose ``when`` fits the person counts.
    """

    id: Identifier | None = Field(default=None, description="left out, its place in the list")
    text: str
    need: Need | None = None
    needs: tuple[Need, ...] = Field(default=(), description="where one need isn't enough")
    any_of: bool = Field(default=False, description="one of the needs is enough")
    when: When = Field(default_factory=When)
    patterns: tuple[Pattern, ...] = Field(
        default=(), description="movement patterns that move on singly once it is shown"
    )
    for_patterns: bool = Field(
        default=False, description="no pattern moves on singly unless it is shown"
    )
    how: str = Field(default="", description="how to test it, in a line")
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _says_needs_once(self) -> Criterion:
        if self.need is not None and self.needs:
            raise ValueError("give 'need' or 'needs', not both")
        return self

    @property
    def asked(self) -> tuple[Need, ...]:
        """Every need; none where only a person can judge."""
        return self.needs if self.need is None else (self.need,)


class Setback(_Row):
    """What sends a person back to the phase before, and the loads to go back with."""

    id: Identifier
    text: str
    need: Need
    load_percent: int = Field(default=100, ge=10, le=100)
    sources: tuple[str, ...] = Field(min_length=1)


class ReturnRow(_Row):
    """How to go on after so many days without training."""

    gap_days: Span
    action: Literal["go_on", "previous_phase", "placement"] = "go_on"
    load_percent: int = Field(default=100, ge=10, le=100)
    sets_less: int = Field(default=0, ge=0)
    hold_weeks: int = Field(default=0, ge=0, description="weeks that are eased")
    retest: bool = False
    text: str
    sources: tuple[str, ...] = Field(min_length=1)


class Moving(_Row):
    """When a person stays, goes back, is reviewed, and needs no program any more."""

    stay_weeks: Span = Field(description="weeks that a phase goes on for at a time")
    review_weeks: int = Field(ge=1, description="weeks from test to test")
    most_weeks: int = Field(ge=1, description="weeks in a phase before a professional looks")
    setbacks: tuple[Setback, ...]
    returns: tuple[ReturnRow, ...] = Field(min_length=1)
    one_row_down_from_age: int = Field(ge=0, description="after a gap; illness does the same")
    maintain: tuple[Criterion, ...] = Field(
        default=(), description="all shown: a program to maintain is enough"
    )
    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _without_holes(self) -> Moving:
        day = 0
        for row in self.returns:
            if row.gap_days[0] != day or row.gap_days[1] < day:
                raise ValueError("the days of 'returns' must follow each other from 0")
            day = row.gap_days[1] + 1
        return self


class PhaseWeeks(_Row):
    """How long a phase lasts."""

    least: int = Field(ge=1)
    default: int = Field(ge=1)
    most: int = Field(ge=1)
    least_from_65: int | None = None


class Phase(_Row):
    """A stretch of weeks with one focus."""

    id: Identifier
    title: str
    summary: str
    stage: PhaseName
    when: When = Field(default_factory=When)
    cycle: bool = Field(default=False, description="comes again where the program is longer")
    weeks: PhaseWeeks
    open_to: tuple[PhaseName, ...] = Field(
        min_length=1, description="exercises of these stages are open"
    )
    level_max: int = Field(ge=1, le=5)
    external_load: bool = Field(description="whether exercises that need a load are open")
    doses: tuple[DoseTable, ...] = Field(min_length=1)
    frequency: tuple[FrequencyRow, ...] = Field(min_length=1)
    rest: tuple[RestRow, ...] = Field(min_length=1)
    volume: tuple[VolumeTable, ...] = Field(min_length=1)
    growth: Growth
    coverage: tuple[CoverageRow, ...]
    endurance: tuple[EnduranceRow, ...] = ()
    stretching: StretchRow | None = Field(
        default=None, description="stretches only for what was trained or tests tight"
    )
    structure: StructureRow
    starters: tuple[Identifier, ...] = Field(
        default=(), description="exercises that the phase likes to begin with"
    )
    policy: dict[ExperienceLevel, str] = Field(description="progression policy by experience")
    entry: tuple[Criterion, ...] = ()
    exit: tuple[Criterion, ...] = ()


class Deload(_Row):
    """A lighter week after so many weeks of loaded work."""

    every_weeks: int = Field(ge=2)
    sets_percent: int = Field(ge=10, le=100)
    load_percent: int = Field(ge=10, le=100)
    rir_add: int = Field(ge=0)
    sources: tuple[str, ...] = Field(min_length=1)


class Suits(_Row):
    """Whom a protocol is for, whom it is not for, and what happens to everybody else."""

    anyone: tuple[When, ...] = Field(min_length=1, description="people whom one of these names")
    never: tuple[When, ...] = Field(default=(), description="refused, whatever else holds")
    text: str = Field(min_length=1, description="the same in words: 'people who ...'")
    otherwise: Literal["refuse", "note"] = Field(
        description="whether others are refused, or told and let in"
    )
    instead: str = Field(min_length=1, description="the protocol to take where it doesn't suit")
    sources: tuple[str, ...] = Field(min_length=1)


class AsymmetryRow(_Row):
    """What a difference between the legs changes. An index is weak by strong side, in percent."""

    weak_first_below: int = Field(
        ge=1, le=100, description="index below which one-sided sets start on the weak side"
    )
    extra_set_below: int = Field(
        ge=1, le=100, description="index below which the weak side gets a set more"
    )
    extra_sets_session: int = Field(ge=1, le=10, description="most extra sets of a session")
    week_percent: int = Field(
        ge=100, le=300, description="most sets of the weak side a week, percent of the strong one's"
    )
    bilateral_limit_below: int = Field(
        ge=1, le=100, description="index below which two-legged lifts are limited"
    )
    bilateral_percent_1rm: int = Field(
        ge=1, le=100, description="heaviest two-legged lift then, percent of 1RM"
    )
    novice_from_weeks: int = Field(
        ge=1, description="weeks held still from which a limb begins as a novice's"
    )
    sources: tuple[str, ...] = Field(min_length=1)


class Protocol(_Row):
    """An ordered list of phases for a purpose."""

    schema_version: Literal[1] = 1
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    summary: str
    suits: Suits | None = Field(default=None, description="left out, anyone")
    phases: tuple[Phase, ...] = Field(min_length=1)
    deload: Deload | None = None
    asymmetry: AsymmetryRow | None = Field(
        default=None, description="left out where the protocol makes no difference between sides"
    )
    moving: Moving | None = Field(
        default=None, description="left out, a program of it can't be advanced"
    )
    sources: dict[str, str] = Field(description="key to citation")

    @model_validator(mode="after")
    def _phases_differ(self) -> Protocol:
        names = [phase.id for phase in self.phases]
        if len(set(names)) != len(names):
            raise ValueError("two phases have the same id")
        return self
