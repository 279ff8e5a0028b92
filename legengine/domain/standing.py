"""Where in its protocol a program goes on: a part of the profile."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from legengine.domain.section import Section, Words


class Easing(Section):
    """The first weeks after a break: fewer sets, lighter loads, no step up."""

    weeks: int = Field(ge=1, le=8, description="so many weeks")
    sets_less: int = Field(default=0, ge=0, le=5, description="of each exercise")
    load_percent: int = Field(default=100, ge=10, le=100, description="of the loads before")


class Standing(Section):
    """Where in the protocol the person stands; `legengine advance` writes it."""

    phase: str = Field(description="phase of the protocol that the program begins with")
    weeks_done: int = Field(default=0, ge=0, le=104, description="weeks of it that are over")
    weeks: int | None = Field(
        default=None, ge=1, le=52, description="weeks that it goes on for; else the protocol's"
    )
    level: int = Field(ge=1, le=5, description="level of the exercises")
    patterns: dict[str, Annotated[int, Field(ge=1, le=5)]] = Field(
        default_factory=dict, description="pattern to its level, where it has its own"
    )
    ahead: Words = Field(default=(), description="patterns that are in the next phase already")
    loaded_weeks: int = Field(
        default=0, ge=0, le=52, description="loaded weeks since the last lighter one"
    )
    easing: Easing | None = Field(default=None, description="lighter first weeks after a break")
