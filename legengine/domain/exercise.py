"""What a library holds: exercises, the gates before the harder ones, and conditions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from legengine.domain.pictures import Pictures
from legengine.domain.vocabulary import (
    MUSCLES,
    Block,
    DoseKind,
    Impact,
    Laterality,
    Pattern,
    PhaseName,
    Resistance,
    did_you_mean,
)

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
"""Lower-case letters, digits and underscores."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Exercise(_Record):
    """One entry of an exercise library.

    Angles are degrees under load in the standard form, ``weight_bearing`` is the peak share of
    body mass through the working foot in percent, times are seconds.
    """

    id: Identifier
    name: str
    pattern: Pattern
    block: Block
    primary: tuple[str, ...] = Field(description="muscles that a set credits in full")
    secondary: tuple[str, ...] = Field(default=(), description="muscles credited by half")
    equipment: tuple[tuple[str, ...], ...] = Field(
        default=((),),
        description="alternatives; each lists the items that are all needed; [] needs nothing",
    )
    laterality: Laterality
    dose_kind: DoseKind
    resistance: Resistance = "bodyweight"
    level: int = Field(ge=1, le=5)
    phases: tuple[PhaseName, ...]
    machine_substitute: bool = Field(
        default=False,
        description="a machine that may stand in for an excluded pattern of the foundation phase",
    )
    progressions: tuple[Identifier, ...] = Field(
        default=(), description="the next harder exercises; regressions are the inverse"
    )
    tags: tuple[str, ...] = ()
    knee_flexion: int = Field(ge=0, le=160, description="peak knee flexion under load, degrees")
    hip_flexion: int = Field(ge=0, le=160, description="peak hip flexion, degrees")
    range_adjustable: bool = Field(description="usable with a shorter range")
    weight_bearing: int = Field(ge=0, description="peak percent of body mass on the working foot")
    position: str
    impact: Impact = "none"
    seconds_per_rep: float = Field(
        default=0, ge=0, description="per side where one leg works, per pair where legs alternate"
    )
    hold_seconds: int = Field(default=0, ge=0)
    setup_seconds: int = Field(ge=0)
    rest_seconds: int = Field(ge=0)
    instruction: str
    cues: tuple[str, ...]
    vetted: bool = Field(
        default=True,
        description="false where nobody looked at what it does to a sore, weak or healing body: "
        "open only to people of whom nothing that limits is known",
    )
    sources: tuple[str, ...] = Field(
        description="keys of the library's sources; S-numbers are rows of the seed inventory"
    )

    @model_validator(mode="after")
    def _muscles_are_known(self) -> Exercise:
        for muscle in (*self.primary, *self.secondary):
            if muscle not in MUSCLES:
                raise ValueError(f"unknown muscle '{muscle}': {did_you_mean(muscle, MUSCLES)}")
        if set(self.primary) & set(self.secondary):
            raise ValueError("a muscle can't be primary and secondary at once")
        return self


class Need(_Record):
    """One thing that a gate asks for: a fact about the person and its bounds."""

    fact: Identifier = Field(description="a name of legengine.domain.facts.FACTS")
    at_least: float | None = None
    at_most: float | None = None
    text: str = Field(description="what to reach, for a person")


class Gate(_Record):
    """What has to be shown before the exercises that it guards are open.

    A fact that the profile doesn't give counts as not shown: gates fail closed.
    """

    id: Identifier
    opens: tuple[Identifier, ...]
    needs: tuple[Need, ...]
    either: tuple[tuple[Need, ...], ...] = Field(
        default=(), description="of each group one need has to be shown"
    )
    by_choice_from: int | None = Field(
        default=None,
        description="from this age on only where the profile prefers or always wants the exercise",
    )
    closed_by: tuple[Identifier, ...] = Field(
        default=(), description="conditions under which the gate stays shut"
    )
    summary: str
    sources: tuple[str, ...]


class PainCaps(_Record):
    """A cap in degrees that shrinks with the pain score of the region."""

    region: Identifier
    pain_0_3: int
    pain_4_5: int
    pain_6_10: int


class WeeklyNeed(_Record):
    """Work that a week must hold, counted in item-slots (one exercise, one session)."""

    patterns: tuple[Pattern, ...] = ()
    exercises: tuple[Identifier, ...] = Field(
        default=(), description="asked for only while the phase and the place have one of them"
    )
    at_least: int = Field(ge=1)

    @model_validator(mode="after")
    def _selects_something(self) -> WeeklyNeed:
        if bool(self.patterns) == bool(self.exercises):
            raise ValueError("name patterns or exercises")
        return self


class Limits(_Record):
    """What is forbidden or limited, as numbers and tags.

    A cap may be met by a shorter range where the exercise allows it and the cap is at least half
    of its standard angle; ``strict`` forbids that.
    """

    exclude_tags: tuple[str, ...] = ()
    exclude_exercises: tuple[Identifier, ...] = ()
    exclude_positions: tuple[str, ...] = ()
    exclude_combinations: tuple[tuple[str, ...], ...] = Field(
        default=(), description="closed where all words are tags or the pattern of an exercise"
    )
    knee_flexion_max: int | None = None
    knee_flexion_max_by_pain: PainCaps | None = None
    knee_flexion_max_weight_bearing: int | None = Field(
        default=None, description="cap for closed-chain exercises only (weight_bearing > 0)"
    )
    open_chain_knee_extension_range: tuple[int, int] | None = Field(
        default=None,
        description="from, to in degrees of flexion, printed for exercises tagged okc_*; one that "
        "lies outside of it is closed",
    )
    hip_flexion_max: int | None = None
    hip_flexion_max_knee_straight: int | None = Field(
        default=None, description="cap where the knee is straight (knee_flexion 0)"
    )
    strict: bool = Field(default=False, description="no shorter range: over the cap is out")
    weight_bearing_max: int | None = None
    impact_max: Impact | None = None
    axial_level_max: int | None = Field(
        default=None, description="highest level for exercises tagged axial_load"
    )
    hold_seconds_max: int | None = None
    rpe_max: int | None = None
    percent_1rm_max: int | None = None
    level_max: int | None = None
    no_external_load: bool = Field(
        default=False, description="no external load on exercises that bear weight"
    )
    unloaded_tags: tuple[str, ...] = Field(
        default=(), description="no external load on exercises with one of these tags"
    )
    weekly_at_least: tuple[WeeklyNeed, ...] = ()


class Stage(Limits):
    """Limits that hold until one of the ends is known to have come; what isn't known holds on.

    A stage that holds in any week of a phase holds in the whole phase.
    """

    text: str = Field(description="what holds and how long, for a person")
    until: tuple[Need, ...] = Field(min_length=1)
    sources: tuple[str, ...]


class DoseLimits(_Record):
    """A dose row of a condition: the phase's row is kept within it, and it wins where they part.

    Repetitions hold for compound and isolation work, the rest for power work too. Of several rows
    the lighter one wins where they part.
    """

    id: str
    known: tuple[str, ...] = Field(
        default=(),
        description="words of screening.known_conditions that choose this row; where none of a "
        "condition's rows is chosen, all hold",
    )
    sets: tuple[int, int] | None = None
    reps: tuple[int, int] | None = None
    percent_1rm: tuple[int, int] | None = None
    percent_1rm_first: tuple[int, int] | None = Field(
        default=None, description="in the first phase with loads"
    )
    rir: tuple[int, int] | None = None
    rpe: tuple[int, int] | None = None
    rest_s: tuple[int, int] | None = None
    sessions: tuple[int, int] | None = Field(default=None, description="sessions a week")
    gap_hours: int | None = Field(
        default=None, description="hours from an exposure of a muscle to its next, at least"
    )
    exercises: tuple[int, int] | None = Field(
        default=None, description="strengthening, balance and trunk exercises a session"
    )
    sources: tuple[str, ...] = Field(min_length=1)


class Widening(_Record):
    """A cap that may rise by steps while pain allows it; printed, never assumed."""

    from_week: int = Field(ge=1, description="week of the program")
    degrees: int = Field(ge=1, description="more in each week")
    pain_max: int = Field(ge=0, le=10)


class PainLimit(_Record):
    """Pain that is acceptable while training."""

    region: Identifier
    score: int = Field(ge=0, le=10)
    closes_above: tuple[Identifier, ...] = Field(
        default=(), description="closed while the pain of the region is higher or not known"
    )


class LoadShare(_Record):
    """External load of some exercises, at most, in percent of body mass."""

    exercises: tuple[Identifier, ...] = Field(min_length=1)
    percent_of_body_mass: int = Field(ge=1)


class Condition(Limits):
    """A named condition and what it forbids or limits."""

    id: Identifier
    summary: str
    allow_exercises: tuple[Identifier, ...] = Field(
        default=(), description="stay open although a tag excludes them"
    )
    waived_by_equipment: tuple[str, ...] = Field(
        default=(),
        description="tags stay allowed where an equipment alternative holds one of these items",
    )
    waived_by_support: tuple[str, ...] = Field(
        default=(),
        description="the exercise stays open if every alternative used holds one of these items",
    )
    drop_equipment: tuple[str, ...] = Field(
        default=(), description="alternatives that hold one of these items may not be used"
    )
    hip_flexion_margin: int | None = Field(
        default=None, description="printed where an allowed exercise bends the hip further"
    )
    seat_min_cm: int | None = Field(default=None, description="printed where one sits")
    widening: Widening | None = Field(default=None, description="of the caps on knee flexion")
    pain_limit: PainLimit | None = None
    load_share: LoadShare | None = None
    consecutive_days_max: int | None = Field(default=None, ge=1, le=7)
    exposures_at_least: dict[str, int] = Field(
        default_factory=dict, description="muscle group to exposures a week"
    )
    stages: tuple[Stage, ...] = ()
    doses: tuple[DoseLimits, ...] = ()
    until: str = Field(default="", description="what ends the condition, for a person")
    session_checks: tuple[str, ...] = Field(
        default=(), description="to look at before every session"
    )
    reminders: tuple[str, ...] = Field(default=(), description="printed with every phase")
    prefer: tuple[Identifier, ...] = ()
    clearance: Literal["required", "not_required"] = "not_required"
    note: str = ""
    sources: tuple[str, ...]


class LibraryData(_Record):
    """A library as its files hold it, validated as one thing by ``legengine.hooks.library``."""

    exercises: tuple[Exercise, ...]
    gates: tuple[Gate, ...] = ()
    conditions: tuple[Condition, ...] = ()
    tags: dict[str, str] = Field(default_factory=dict, description="tag to its meaning")
    equipment: dict[str, str] = Field(default_factory=dict, description="item to its meaning")
    equipment_sets: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="one word for several items, such as full_gym"
    )
    sources: dict[str, str] = Field(default_factory=dict, description="key to citation")
    translations: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="language to English text to text"
    )
    pictures: Pictures = Field(
        default_factory=Pictures, description="exercise to its drawing, or to an image file"
    )
