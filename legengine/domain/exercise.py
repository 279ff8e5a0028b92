"""What a library holds: exercises, the gates before the harder ones, and conditions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

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


class Condition(_Record):
    """A named condition and what it forbids or limits, as numbers and tags.

    A cap may be met by a shorter range where the exercise allows it and the cap is at least half
    of its standard angle; ``strict`` forbids that.
    """

    id: Identifier
    summary: str
    exclude_tags: tuple[str, ...] = ()
    exclude_exercises: tuple[Identifier, ...] = ()
    allow_exercises: tuple[Identifier, ...] = Field(
        default=(), description="stay open although a tag excludes them"
    )
    exclude_positions: tuple[str, ...] = ()
    knee_flexion_max: int | None = None
    knee_flexion_max_by_pain: PainCaps | None = None
    knee_flexion_max_weight_bearing: int | None = Field(
        default=None, description="cap for closed-chain exercises only (weight_bearing > 0)"
    )
    open_chain_knee_extension_range: tuple[int, int] | None = Field(
        default=None, description="from, to in degrees of flexion, printed for leg extensions"
    )
    hip_flexion_max: int | None = None
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
    weekly_at_least: dict[Pattern, int] = Field(
        default_factory=dict, description="item-slots a week that the pattern must have"
    )
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
