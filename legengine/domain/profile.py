"""The input document: who trains, why, when, where, with what, and what hurts."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from legengine.domain.batteries import FourStages, SppbParts
from legengine.domain.choices import Choice, NamedChoice, NamedLibrary
from legengine.domain.nutrition import Nutrition
from legengine.domain.options import Configurable, OptionsT, options_in
from legengine.domain.quantities import Day, Length, Mass, TimeOfDay
from legengine.domain.section import Score, Section, Words, as_list
from legengine.domain.standing import Standing
from legengine.domain.vocabulary import Cause, Goal, Impact
from legengine.language import Unit

Side = Literal["left", "right"]
WeightBearing = Literal["NWB", "TTWB", "PWB", "WBAT", "FWB"]
"""Non, toe-touch, partial, as tolerated, full."""

_WrittenDay = Annotated[
    str,
    Field(
        pattern="^([Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]"
        "|[Ss][Uu][Nn])[A-Za-z]*$",
        examples=["mon", "monday"],
    ),
]
Days = Annotated[
    tuple[Day, ...],
    Field(min_length=1),
    BeforeValidator(
        as_list,
        json_schema_input_type=_WrittenDay
        | Annotated[tuple[_WrittenDay, ...], Field(min_length=1)],
    ),
]
"""A list of weekdays; one may stand alone."""


class Person(Section):
    """Who trains."""

    age: int = Field(ge=0, le=120, description="years")
    sex: Literal["female", "male"] = Field(description="norms and nutrition differ by sex")
    mass: Mass | None = Field(default=None, description="body mass with its unit, '68 kg'")
    height: Length | None = Field(default=None, description="height with its unit, '170 cm'")


class History(Section):
    """What led to the weakness."""

    weeks_inactive: int = Field(default=0, ge=0)
    affected_side: Side | None = None
    immobilised_weeks: int = Field(default=0, ge=0)
    weeks_since_event: int | None = Field(
        default=None, ge=0, description="weeks since the injury or surgery"
    )
    graft: Literal["hamstring", "other"] | None = Field(default=None, description="of a ligament")
    pregnancy_week: int | None = Field(default=None, ge=1, le=42, description="on the first day")


class Clearance(Section):
    """A professional's word that training may start."""

    by: str = Field(min_length=1, description="who gave it")
    on: dt.date = Field(description="when it was given")
    weight_bearing: WeightBearing = "FWB"
    side: Side | None = Field(default=None, description="the side that the limit is about")
    protected: bool = Field(default=False, description="clinician-led protected phase")
    conditions: Words = Field(default=(), description="conditions that the clearance covers")
    note: str = ""


ScreeningAnswer = bool | int | float | str

_SPOKEN = {"yes": True, "true": True, "no": False, "false": False}


def spoken_answers(value: Any) -> Any:
    """Take the words yes and no for what they say: a sign that is answered "no" is absent."""
    if not isinstance(value, dict):
        return value
    return {
        sign: _SPOKEN.get(answer.strip().lower(), answer) if isinstance(answer, str) else answer
        for sign, answer in value.items()
    }


_RedFlags = Literal["none"] | dict[str, ScreeningAnswer] | None


class Screening(Section):
    """Answers to the questions before training. What isn't answered is never taken for no."""

    red_flags: Annotated[
        _RedFlags,
        BeforeValidator(spoken_answers, json_schema_input_type=_RedFlags),
    ] = Field(default=None, description="'none', or each sign that is present with its value")
    parq_page1: Literal["all_no"] | Words | None = Field(
        default=None, description="PAR-Q+ page 1: 'all_no', or the items answered yes"
    )
    parq_followup: Literal["all_no", "any_yes"] | None = Field(
        default=None, description="PAR-Q+ pages 2-3, where an item of page 1 was answered yes"
    )
    known_conditions: Words = Field(
        default=(), description="diabetes, heart, neuro, kidney, osteoporosis and so on"
    )
    medications: Words = ()
    rules: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="answers and settings for screening rules that plugins add, by rule name",
    )
    systolic: int | None = Field(default=None, ge=50, le=300, description="mmHg at rest")
    diastolic: int | None = Field(default=None, ge=30, le=200, description="mmHg at rest")
    egfr: float | None = Field(default=None, ge=0, le=200, description="kidney function")
    falls_12_months: int | None = Field(default=None, ge=0, le=365)

    def options_of(self, rule: Configurable[OptionsT]) -> OptionsT:
        """The answers and settings for a screening rule that a plugin adds, else its defaults."""
        return options_in(self.rules, rule)


class Pair(Section):
    """A result for each side."""

    left: float = Field(ge=0, description="both sides are compared")
    right: float = Field(ge=0, description="both sides are compared")


class Assessments(Section):
    """Measured tests; sides where sides matter. Tests that weren't done are left out."""

    chair_stand_30s: int | None = Field(default=None, ge=0, le=80)
    sit_to_stand_1min: int | None = Field(default=None, ge=0, le=120)
    five_chair_stands_s: float | None = Field(default=None, gt=0, le=180)
    timed_up_and_go_s: float | None = Field(default=None, gt=0, le=300)
    sppb: Annotated[int, Field(ge=0, le=12)] | SppbParts | None = None
    gait_speed_m_s: float | None = Field(default=None, ge=0, le=4)
    tandem_stance_s: float | None = Field(default=None, ge=0, le=60)
    four_stage_balance: FourStages | None = None
    single_leg_stance_s: Pair | None = None
    single_leg_stance_eyes_closed_s: Pair | None = None
    single_leg_balance_arms_s: Pair | None = None
    heel_raise: Pair | None = None
    knee_to_wall_cm: Pair | None = None
    leg_press_1rm_kg: Pair | None = None
    single_leg_quarter_squat_hold_s: Pair | None = None
    six_minute_walk_m: int | None = Field(default=None, ge=0, le=1200)
    knee_effusion: Literal["none", "present"] | None = Field(
        default=None, description="swelling of a knee"
    )
    grip_kg: float | None = Field(
        default=None, ge=0, le=120, description="grip strength of the better hand"
    )
    chair_stands_hands_reps: int | None = Field(
        default=None, ge=0, le=100, description="stands in a row with the help of the hands"
    )
    wall_sit_s: int | None = Field(default=None, ge=0, le=900)
    chair_squat_reps: int | None = Field(default=None, ge=0, le=100)
    bodyweight_squat_reps: int | None = Field(default=None, ge=0, le=200)
    goblet_squat_reps: int | None = Field(default=None, ge=0, le=100)
    glute_bridge_reps: int | None = Field(default=None, ge=0, le=200)
    split_squat_reps: int | None = Field(default=None, ge=0, le=100)
    step_down_reps: int | None = Field(default=None, ge=0, le=100)
    single_leg_box_squat_reps: int | None = Field(default=None, ge=0, le=100)
    single_leg_rdl_supported_reps: int | None = Field(default=None, ge=0, le=100)
    slider_curl_reps: int | None = Field(default=None, ge=0, le=100)
    copenhagen_short_reps: int | None = Field(default=None, ge=0, le=100)
    foundation_exit: Literal["pass", "not_passed"] | None = Field(
        default=None, description="the exit tests of the foundation phase"
    )
    strength_exit: Literal["pass", "not_passed"] | None = Field(
        default=None, description="the exit tests of the strength phase"
    )
    one_rep_max_kg: dict[str, float] = Field(
        default_factory=dict, description="exercise id to a measured or estimated 1RM in kg"
    )

    @property
    def tandem_s(self) -> float | None:
        """Seconds in tandem, whichever test gives them; none in a stage that was not reached."""
        if self.tandem_stance_s is not None:
            return self.tandem_stance_s
        if self.four_stage_balance is not None:
            return self.four_stage_balance.tandem
        return self.sppb.tandem_s if isinstance(self.sppb, SppbParts) else None


class PainReport(Section):
    """Pain of one region."""

    worst: Score = Field(description="worst in the last week, 0-10")
    rest: Score = 0
    during: dict[str, Score] = Field(
        default_factory=dict, description="activity such as stairs to its score"
    )
    new: bool = False
    assessed: bool = Field(default=False, description="a professional has looked at it")


class Experience(Section):
    """What the person already did."""

    trained_weeks: int = Field(default=0, ge=0, description="weeks of regular leg training")
    coached: bool = Field(default=False, description="someone teaches and watches the lifts")
    strength_weeks: int = Field(default=0, ge=0, description="weeks in the strength phase so far")
    plyometric_weeks: int = Field(default=0, ge=0, description="weeks of low-level jumping work")


class LoadRange(Section):
    """Loads with an even step."""

    start: Mass = Field(alias="from")
    to: Mass
    step: Mass


class Loads(Section):
    """The loads that exist at a place, item by item."""

    dumbbell: tuple[Mass, ...] | LoadRange | None = None
    kettlebell: tuple[Mass, ...] | LoadRange | None = None
    ankle_weight: tuple[Mass, ...] | LoadRange | None = None
    machine: tuple[Mass, ...] | LoadRange | None = None
    bar: Mass | None = None
    plates: tuple[Mass, ...] | None = Field(default=None, description="plates that come in pairs")
    bands: Words = Field(default=(), description="band names, lightest first")


class Place(Section):
    """A named inventory of equipment."""

    equipment: Words = ()
    loads: Loads = Field(default_factory=Loads)


class Availability(Section):
    """When the person can train in an ordinary week."""

    days: Days
    start: TimeOfDay = Field(description="local time, '18:00'")
    minutes: int = Field(ge=5, le=240)
    place: str | None = Field(default=None, description="needed where there are several places")


class DatedException(Section):
    """Dates on which the ordinary week doesn't hold: a holiday, a travel week."""

    from_: dt.date = Field(alias="from")
    to: dt.date | None = Field(default=None, description="last day; the same day if left out")
    off: bool = Field(default=False, description="no session on these days")
    extra: bool = Field(
        default=False, description="an opportunity that the ordinary week doesn't have"
    )
    start: TimeOfDay | None = None
    minutes: int | None = Field(default=None, ge=5, le=240)
    place: str | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> DatedException:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"'to' ({self.to}) is before 'from' ({self.from_})")
        changes = (self.start, self.minutes, self.place)
        if self.off and any(change is not None for change in changes):
            raise ValueError("'off: true' can't be combined with start, minutes or place")
        if self.off and self.extra:
            raise ValueError("say 'off: true' or 'extra: true', not both")
        if self.extra and (self.start is None or self.minutes is None):
            raise ValueError("'extra: true' needs a start and minutes")
        if not self.off and all(change is None for change in changes):
            raise ValueError("say 'off: true', or a new start, minutes or place")
        return self


class Pin(Section):
    """What has to be: a session on a day, or an exercise in it."""

    date: dt.date
    exercise: str | None = Field(default=None, description="left out, any session will do")
    sets: int | None = Field(default=None, ge=1, le=20, description="of the exercise")

    @model_validator(mode="after")
    def _sets_of_something(self) -> Pin:
        if self.sets is not None and self.exercise is None:
            raise ValueError("'sets' needs an 'exercise'")
        return self


class Restrictions(Section):
    """What the body must not do now, beyond what the named conditions say."""

    exclude_tags: Words = ()
    exclude_patterns: Words = ()
    spare_muscles: Words = Field(default=(), description="muscle groups that get no work")
    knee_flexion_max: int | None = Field(default=None, ge=0, le=160, description="degrees")
    hip_flexion_max: int | None = Field(default=None, ge=0, le=160, description="degrees")
    impact_max: Impact | None = None


class Wishes(Section):
    """What the person likes. Names are exercises or patterns."""

    prefer: Words = ()
    avoid: Words = ()
    always: Words = Field(default=(), description="must be in every phase that is open for it")
    never: Words = ()
    sessions_per_week: int | None = Field(default=None, ge=1, le=7)
    rest_hours: int | None = Field(
        default=None, ge=24, le=168, description="a longer rest interval than the protocol's"
    )


Sets = Annotated[int, Field(ge=0, le=40)]
"""Whole effective sets."""


class Adjustments(Section):
    """Minimums that were agreed to be lower than the protocol's. Safety rules can't be lowered."""

    sessions: int | None = Field(
        default=None, ge=1, le=7, description="sessions a week, and exposures of a muscle, at least"
    )
    volume: dict[str, Sets] = Field(
        default_factory=dict, description="muscle group to effective sets a week, at least"
    )
    coverage: dict[str, Annotated[int, Field(ge=0, le=40)]] = Field(
        default_factory=dict, description="coverage row of the protocol to its least number"
    )


class Profile(Section):
    """The whole input document."""

    schema_version: Literal[1] = 1
    title: str = ""
    person: Person
    cause: Cause
    goal: Goal = "function"
    history: History = Field(default_factory=History)
    conditions: Words = Field(default=(), description="known conditions, by the library's names")
    restrictions: Restrictions = Field(default_factory=Restrictions)
    clearance: Clearance | None = None
    screening: Screening = Field(default_factory=Screening)
    assessments: Assessments = Field(default_factory=Assessments)
    pain: dict[str, PainReport] = Field(default_factory=dict, description="region to its pain")
    experience: Experience = Field(default_factory=Experience)
    nutrition: Nutrition = Field(default_factory=Nutrition)
    places: dict[str, Place] = Field(min_length=1)
    availability: tuple[Availability, ...] = Field(min_length=1)
    exceptions: tuple[DatedException, ...] = ()
    pins: tuple[Pin, ...] = Field(default=(), description="sessions and exercises that must stay")
    wishes: Wishes = Field(default_factory=Wishes)
    adjust: Adjustments = Field(default_factory=Adjustments)
    protocol: NamedChoice = Field(default_factory=lambda: Choice(name="leg-restoration"))
    progression: NamedChoice | None = Field(
        default=None, description="a policy for every phase; left out, the protocol's choice"
    )
    rules: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="settings of rules and wishes that plugins add, by name",
    )
    formats: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="settings of output formats, by name"
    )
    language: str = Field(
        default="en",
        pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$",
        description="language of what is written for people, such as 'de'",
    )
    mass_unit: Unit = Field(
        default="kg", description="unit in which loads are shown; files say their own, '20 lb'"
    )
    libraries: tuple[NamedLibrary, ...] = Field(
        default=(), description="files or folders with more exercises or protocols"
    )
    requires: Words = Field(default=(), description="plugins that must be there")
    progress: Standing | None = Field(
        default=None, description="where the protocol goes on; left out, the tests decide"
    )
    start: dt.date | None = Field(default=None, description="first day; left out, next Monday")
    weeks: int = Field(default=12, ge=1, le=52)

    @model_validator(mode="after")
    def _places_are_known(self) -> Profile:
        for index, entry in enumerate(self.availability):
            if entry.place is None and len(self.places) > 1:
                raise ValueError(
                    f"availability {index + 1} must say at which place: "
                    + ", ".join(sorted(self.places))
                )
        for index, change in enumerate(self.exceptions):
            if change.extra and change.place is None and len(self.places) > 1:
                raise ValueError(
                    f"exception {index + 1} is extra and must say at which place: "
                    + ", ".join(sorted(self.places))
                )
        return self

    def place_of(self, entry: Availability | DatedException) -> str:
        """The place of an entry; the only one where none is named."""
        return entry.place if entry.place is not None else next(iter(self.places))
