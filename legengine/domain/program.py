"""The output document: provenance, guidance, phases, weeks, sessions, prescriptions, check."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.before import Before
from legengine.domain.profile import Profile
from legengine.domain.vocabulary import Block, DoseKind, Laterality


class Part(BaseModel):
    """A part of a program."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Reason(Part):
    """Why something is there, in one sentence, with its sources."""

    text: str
    sources: tuple[str, ...] = ()


class Prescription(Part):
    """One exercise in one session, with its dose and load, its cues, and its reasons."""

    exercise: str = Field(description="exercise id")
    name: str
    block: Block
    pattern: str
    laterality: Laterality
    dose_kind: DoseKind
    sets: int = Field(ge=1)
    reps: int | None = Field(default=None, description="repetitions a set, a side where one-legged")
    reps_range: tuple[int, int] | None = None
    hold_s: int | None = Field(default=None, description="seconds held, a side where one-legged")
    minutes: int | None = Field(default=None, description="continuous minutes, all sets together")
    metres: int | None = None
    rest_s: int = Field(ge=0, description="between sets")
    rir: tuple[int, int] | None = Field(default=None, description="repetitions in reserve")
    rpe: tuple[int, int] | None = None
    percent_1rm: float | None = None
    load_kg: float | None = Field(default=None, description="total external load")
    load_text: str = Field(default="", description="how to find the load where it isn't given")
    equipment: tuple[str, ...] = ()
    tempo: str = ""
    range_note: str = Field(default="", description="a shortened range of motion")
    warmup_sets: int = 0
    seconds: int = Field(description="with set-up, work, rests and warm-up sets")
    instruction: str = ""
    cues: tuple[str, ...] = ()
    reasons: tuple[Reason, ...]


class Session(Part):
    """A used slot."""

    start: dt.datetime
    place: str
    slot_minutes: int = Field(description="minutes that the person has")
    seconds: int = Field(description="length by the time model, all included")
    prescriptions: tuple[Prescription, ...]

    @property
    def minutes(self) -> int:
        """The length in whole minutes, rounded up."""
        return -(-self.seconds // 60)


class WeekVolume(Part):
    """Effective sets of one muscle group in one week against their range."""

    group: str
    sets: float
    floor: float
    aim: tuple[float, float]
    cap: float


class ProgramWeek(Part):
    """One training week."""

    number: int
    start: dt.date
    kind: Literal["build", "deload"]
    sessions: tuple[Session, ...]
    volume: tuple[WeekVolume, ...]
    endurance_minutes: tuple[int, int] = Field(description="asked for in this week")
    endurance_minutes_planned: int = Field(description="inside the sessions")


class LevelReport(Part):
    """One level of the objective."""

    name: str
    value: int
    bound: int
    status: Literal["optimal", "feasible"]


class SolveReport(Part):
    """How the schedule of a phase was found; honest about what is proven."""

    status: Literal["optimal", "feasible"]
    library: Literal["whole", "reduced"]
    eligible: int
    candidates: int
    columns: int
    rows: int
    model_hash: str
    deterministic_time: float
    wall_clock_struck: bool
    stopped: bool = Field(
        default=False, description="the search was cancelled: good, but it was not finished"
    )
    levels: tuple[LevelReport, ...]


class Bind(Part):
    """A rule that is tight: it sets a limit that the schedule uses up."""

    rule: str
    sentence: str = Field(description="what is at its limit, for a person")
    weeks: tuple[int, ...] = Field(description="numbers of the weeks in the program")


class CardItem(Part):
    """One line of a phase's test card: what to show, how, and where the result is written."""

    id: str
    text: str
    target: tuple[str, ...] = Field(description="numbers for this person; one line a need")
    any_of: bool = Field(default=False, description="one of the targets is enough")
    absent: bool = Field(default=False, description="must not be so")
    maintain: bool = Field(
        default=False, description="not needed to pass: shows whether maintaining is enough"
    )
    how: str = ""
    fields: tuple[str, ...] = Field(description="where a results file says it")
    patterns: tuple[str, ...] = Field(default=(), description="these may move on singly with it")
    sources: tuple[str, ...] = ()


class ProgramPhase(Part):
    """A stretch of weeks with one focus."""

    id: str
    title: str
    summary: str
    stage: str
    policy: str
    entry: tuple[str, ...]
    exit: tuple[str, ...]
    test_card: tuple[CardItem, ...] = Field(
        default=(), description="what has to be shown at the end of the phase"
    )
    provisional: bool = Field(
        default=False, description="begins only when the phase before is passed"
    )
    rest_hours: dict[str, int]
    weeks: tuple[ProgramWeek, ...]
    notes: tuple[str, ...] = ()
    binds: tuple[Bind, ...] = Field(default=(), description="what sets the limits")
    solve: SolveReport


class Guidance(Part):
    """A block of advice beside the sessions."""

    title: str
    lines: tuple[str, ...]
    sources: tuple[str, ...] = ()


class ScreeningNote(Part):
    """A screening rule that fired without stopping the program."""

    rule: str
    severity: str
    noticed: str
    action: str
    sources: tuple[str, ...]


class Provenance(Part):
    """What made this document."""

    legengine: str
    ortools: str
    plugins: dict[str, str] = Field(description="plugin name to distribution and version")
    profile_hash: str = Field(description="SHA-256 of the canonical profile")
    settings: dict[str, Any] = Field(description="seed, limits, preset")
    screened_on: dt.date = Field(description="today's date as it was given")
    start_given: bool = Field(description="whether the profile named the start")


class Revision(Part):
    """A change of the program on a day: what came before it was made under another profile."""

    on: dt.date = Field(description="first day that could change")
    profile: Profile = Field(description="in force before")
    screened_on: dt.date = Field(description="when that profile was screened")
    changes: tuple[str, ...] = Field(description="what changed, in words")


class CheckResult(Part):
    """The checker's report on the finished program."""

    ok: bool
    checked: dict[str, int] = Field(description="rule to the number of facts looked at")
    violations: tuple[str, ...] = ()


class Program(Part):
    """The whole output document."""

    document: Literal["program"] = "program"
    schema_version: Literal[1] = 1
    title: str
    start: dt.date
    weeks: int
    profile: Profile = Field(description="in force now")
    protocol: str
    placement: tuple[str, ...]
    screening: tuple[ScreeningNote, ...]
    guidance: tuple[Guidance, ...]
    phases: tuple[ProgramPhase, ...]
    sources: dict[str, str] = Field(description="key to citation, for the keys in this document")
    provenance: Provenance
    check: CheckResult
    revisions: tuple[Revision, ...] = ()
    before: Before | None = Field(default=None, description="what a continued program goes on from")
