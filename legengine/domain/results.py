"""The results of the tests at the end of a phase: what a person fills in.

What is left out counts as not shown: silence is never a pass.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from legengine.domain.profile import (
    Assessments,
    PainReport,
    ScreeningAnswer,
    spoken_answers,
)
from legengine.domain.section import Score, Section

Effusion = Literal["none", "trace", "1+", "2+", "3+"]
"""Swelling of a knee by the sweep test."""

PassOrNot = Literal["pass", "not_passed"]

_Signs = Literal["none"] | dict[str, ScreeningAnswer] | None


class SessionCount(Section):
    """How much of what was planned was done."""

    done: int | None = Field(default=None, ge=0, le=400, description="sessions done in this phase")
    last_3_weeks_planned: int | None = Field(default=None, ge=1, le=42)
    last_3_weeks_done: int | None = Field(default=None, ge=0, le=42)

    @model_validator(mode="after")
    def _done_of_planned(self) -> SessionCount:
        planned, done = self.last_3_weeks_planned, self.last_3_weeks_done
        if done is not None and planned is None:
            raise ValueError("'last_3_weeks_done' needs 'last_3_weeks_planned'")
        if done is not None and planned is not None and done > planned:
            raise ValueError(f"{done} sessions done of {planned} planned")
        return self


class MeasuredResults(Assessments):
    """The words of a profile's assessments, and a few that only a phase's end asks for."""

    calf_raise_reps: int | None = Field(default=None, ge=0, le=200)
    bird_dog_reps: int | None = Field(default=None, ge=0, le=100)
    dead_bug_reps: int | None = Field(default=None, ge=0, le=100)
    reserve_error: int | None = Field(
        default=None, ge=0, le=30, description="repetitions a guess was wrong by"
    )
    technique: PassOrNot | None = Field(default=None, description="of every exercise")
    top_of_range: PassOrNot | None = Field(
        default=None, description="every exercise at its highest repetitions, the reserve kept"
    )
    loads_found: bool | None = Field(default=None, description="for every loaded exercise")
    goal_met: bool | None = Field(default=None, description="the person's own goal")
    contacts_kept: bool | None = Field(
        default=None, description="jumps stayed within the weekly budget"
    )


class PainResults(Section):
    """Pain while training and after it."""

    during: Score | None = Field(default=None, description="worst while training, last two weeks")
    rest: Score | None = Field(default=None, description="at rest, now")
    next_morning: Literal["usual", "raised"] | None = None
    weeks: int | None = Field(
        default=None, ge=0, le=52, description="weeks in a row in which both were so"
    )
    red_days: int | None = Field(
        default=None, ge=0, le=14, description="days with pain of 6 or more, of the last 14"
    )
    regions: dict[str, PainReport] = Field(
        default_factory=dict, description="region to its pain now; replaces what was known"
    )


class Events(Section):
    """What happened since the last test."""

    new_falls: int | None = Field(default=None, ge=0, le=100)
    ill_days: int | None = Field(
        default=None, ge=0, le=365, description="days of illness or bed rest"
    )
    days_since_last_session: int | None = Field(default=None, ge=0, le=3650)
    effusion: Effusion | None = Field(default=None, description="swelling of a knee")


class Results(Section):
    """The whole document."""

    schema_version: Literal[1] = 1
    date: dt.date = Field(description="the day of the tests")
    phase: str = Field(description="id of the phase that the tests are about")
    sessions: SessionCount = Field(default_factory=SessionCount)
    weeks: int | None = Field(
        default=None, ge=0, le=104, description="weeks trained in the phase, if fewer than passed"
    )
    tests: MeasuredResults = Field(default_factory=MeasuredResults)
    pain: PainResults = Field(default_factory=PainResults)
    events: Events = Field(default_factory=Events)
    judged: dict[str, PassOrNot] = Field(
        default_factory=dict, description="criterion that only a professional can judge to the word"
    )
    judged_by: str = Field(default="", description="who judged")
    red_flags: Annotated[_Signs, BeforeValidator(spoken_answers, json_schema_input_type=_Signs)] = (
        Field(default=None, description="'none', or each warning sign that is present")
    )

    @model_validator(mode="after")
    def _somebody_judged(self) -> Results:
        if self.judged and not self.judged_by.strip():
            raise ValueError("'judged' needs 'judged_by', the name of the professional")
        return self
