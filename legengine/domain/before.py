"""What a continued program goes on from: the decision, the last sessions, the loads."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Outcome = Literal["pass", "stay", "step_back"]

State = Literal["shown", "not_met", "not_shown"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Verdict(_Part):
    """What the results say about one criterion."""

    id: str
    text: str
    state: State
    needed: str
    found: str = Field(description="what the results say; empty where they say nothing")
    patterns: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Advice(_Part):
    """A sentence with its sources."""

    text: str
    sources: tuple[str, ...] = ()


class Decision(_Part):
    """Whether a phase is passed, goes on, or gives way to the one before, and why."""

    outcome: Outcome
    phase: str = Field(description="phase that the tests were about")
    goes_on_with: str = Field(description="phase of the first week after them")
    tested_on: dt.date
    starts_on: dt.date = Field(description="first day of what follows")
    weeks_in_phase: int
    criteria: tuple[Verdict, ...]
    setbacks: tuple[Verdict, ...] = Field(description="shown: it is known not to be so")
    reasons: tuple[Advice, ...]
    patterns_ahead: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()


class SessionBefore(_Part):
    """A session before the first day that may still bind what follows."""

    start: dt.datetime
    exposures: tuple[str, ...] = Field(description="muscle groups that it exposed")
    exercises: tuple[str, ...]
    credit: dict[str, int] = Field(description="muscle group to eighths of an effective set")


class LoadBefore(_Part):
    """How an exercise was done last."""

    reps: int = 0
    hold_s: int = 0
    rest_s: int = 0
    load_kg: float | None = None
    load_text: str = ""
    percent_1rm: float | None = None
    tempo: str = ""
    knee_flexion_max: int | None = None


class Before(_Part):
    """What came before the first day of this document."""

    weeks: int = Field(ge=0, description="weeks of training in programs before this one")
    decision: Decision
    sessions: tuple[SessionBefore, ...] = ()
    volume: dict[str, int] = Field(
        default_factory=dict,
        description="muscle group to eighths of a set in the last whole week that was no deload",
    )
    exercises: tuple[str, ...] = Field(default=(), description="of the phase before")
    begun: tuple[str, ...] = Field(default=(), description="of the phase that goes on")
    under_way: bool = Field(default=False, description="whether the phase goes on")
    loads: dict[str, LoadBefore] = Field(default_factory=dict)
