"""The output document: provenance, guidance, phases, weeks, sessions, prescriptions, check."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from legengine.domain.before import Before
from legengine.domain.profile import Profile, Side
from legengine.domain.vocabulary import Block, DoseKind, Laterality


class Part(BaseModel):
    """A part of a program."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Reason(Part):
    """Why something is there, in one sentence, with its sources."""

    text: str
    sources: tuple[str, ...] = ()


class SideDose(Part):
    """What one side does of a one-sided exercise."""

    side: Side
    sets: int = Field(ge=1)
    reps: int | None = Field(default=None, description="repetitions a set")
    hold_s: int | None = Field(default=None, description="seconds held a set")
    load_kg: float | None = Field(default=None, description="total external load")


class Prescription(Part):
    """One exercise in one session, with its dose and load, its cues, and its reasons."""

    exercise: str = Field(description="exercise id")
    name: str
    block: Block
    pattern: str
    laterality: Laterality
    dose_kind: DoseKind
    sets: int = Field(ge=1, description="of both sides where one-legged; see sides for more")
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
    sides: tuple[SideDose, ...] = Field(
        default=(), description="one-legged, where the legs differ: the weak side first"
    )
    load_text: str = Field(default="", description="how to find the load where it isn't given")
    equipment: tuple[str, ...] = ()
    tempo: str = ""
    range_note: str = Field(default="", description="a shortened range of motion")
    warmup_sets: int = 0
    seconds: int = Field(description="with set-up, work, rests and warm-up sets")
    instruction: str = ""
    cues: tuple[str, ...] = ()
    reasons: tuple[Reason, ...]

    @property
    def extra(self) -> int:
        """Sets that the weak side does more."""
        return self.sides[0].sets - self.sets if self.sides else 0


class Session(Part):
    """A used slot."""

    start: dt.datetime
    place: str
    slot_minutes: int = Field(description="minutes that the person has")
    seconds: int = Field(description="length by the time model, all included")
    kind: Literal["training", "easy"] = Field(
        default="training", description="easy: mobility, balance, endurance and stretches only"
    )
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


class RestItem(Part):
    """Something easy for a day without a session."""

    kind: Literal["endurance", "recovery"]
    exercise: str = Field(description="exercise id")
    name: str
    minutes: int | None = Field(default=None, description="continuous minutes")
    hold_s: int | None = Field(default=None, description="seconds a muscle and side")
    rpe: tuple[int, int] | None = None


class RestDay(Part):
    """A day without a session, with what may be done on it: outside the time that was given."""

    date: dt.date
    items: tuple[RestItem, ...]


class ProgramWeek(Part):
    """One training week."""

    number: int
    start: dt.date
    kind: Literal["build", "deload"]
    sessions: tuple[Session, ...]
    volume: tuple[WeekVolume, ...]
    endurance_minutes: tuple[int, int] = Field(description="asked for in this week")
    endurance_minutes_planned: int = Field(description="inside the sessions")
    endurance_minutes_rest: int = Field(default=0, description="on the rest days")
    rest_days: tuple[RestDay, ...] = Field(
        default=(), description="optional, beside the sessions and their minutes"
    )


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


class GuidanceLine(Part):
    """One piece of advice, with its own sources."""

    text: str
    sources: tuple[str, ...] = ()


class Guidance(Part):
    """A block of advice beside the sessions."""

    title: str
    lines: tuple[GuidanceLine, ...]


class ScreeningNote(Part):
    """A screening rule that fired without stopping the program."""

    rule: str
    severity: str
    noticed: str
    action: str
    sources: tuple[str, ...]


class Reading(Part):
    """What the result of a test means for a person of this age and sex."""

    test: str = Field(description="the field of the profile's assessments")
    name: str
    unit: str
    value: float | None = Field(default=None, description="where the test has no sides")
    left: float | None = None
    right: float | None = None
    symmetry: float | None = Field(default=None, description="weaker by stronger side, percent")
    verdict: Literal["below", "usual", "above", "unrated"] = Field(
        description="worse than, within or better than the norm; of the weaker side"
    )
    norm: str = Field(default="", description="the norm in words; empty where there is none")
    says: tuple[str, ...] = Field(default=(), description="what the result says by itself")
    sources: tuple[str, ...]


class HomeTest(Part):
    """A test that is missing and would help, and how it is done at home."""

    test: str
    name: str
    why: str
    how: tuple[str, str, str, str]
    equipment: tuple[str, ...]
    sources: tuple[str, ...]


class Outcome(Part):
    """One row of the outcome table."""

    test: str
    name: str
    unit: str
    better: Literal["higher", "lower"]
    start: float | None = Field(default=None, description="the first value, where it is known")
    counts: str = Field(description="which change is more than chance")
    sources: tuple[str, ...]


class Assessed(Part):
    """What the tests say: results, missing tests, and what is measured again when."""

    readings: tuple[Reading, ...] = ()
    missing: tuple[HomeTest, ...] = ()
    review_dates: tuple[dt.date, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    questionnaires: tuple[str, ...] = Field(
        default=(), description="questionnaires that may be added; their texts belong to others"
    )


class Provenance(Part):
    """What made this document."""

    legengine: str
    ortools: str
    plugins: dict[str, str] = Field(description="plugin name to distribution and version")
    libraries: dict[str, str] = Field(
        default_factory=dict,
        description="library that is a file or folder to the SHA-256 of what was read of it",
    )
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
    placement: tuple[Reason, ...] = Field(description="where the person starts, and why")
    assessments: Assessed = Field(default_factory=Assessed)
    screening: tuple[ScreeningNote, ...]
    guidance: tuple[Guidance, ...]
    phases: tuple[ProgramPhase, ...]
    sources: dict[str, str] = Field(description="key to citation, for the keys in this document")
    provenance: Provenance
    check: CheckResult
    revisions: tuple[Revision, ...] = ()
    before: Before | None = Field(default=None, description="what a continued program goes on from")
