"""The picture of an exercise: a figure in two positions, with its equipment."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Picture(BaseModel):
    """A figure at the start and at the end of a movement."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
