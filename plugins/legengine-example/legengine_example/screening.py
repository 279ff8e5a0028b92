"""A screening rule: whether somebody is in reach."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from legengine.domain.findings import ScreeningFinding
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.domain.profile import Profile


class ScreeningOptions(BaseModel):
    """The answer to the question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    alone: bool | None = Field(
        default=None, description="whether nobody is in reach while training; empty: not answered"
    )


@dataclass(frozen=True)
class ExampleScreening:
    """Who trains alone is told what to see to. What isn't answered is never taken for no."""

    name: str = "example_alone"
    summary: str = "whether somebody is in reach"
    options: type[ScreeningOptions] = ScreeningOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"alone": True}, {"alone": False})
    sources: tuple[str, ...] = ("D",)

    def screen(self, profile: Profile, today: dt.date) -> ScreeningFinding | None:
        """A note, unless somebody is there."""
        alone = profile.screening.options_of(self).alone
        if alone is False:
            return None
        return ScreeningFinding(
            rule=self.name,
            severity="plan",
            noticed="you train alone" if alone else "it isn't known whether somebody is in reach",
            why="nobody could help if something happened",
            action="keep a telephone within reach of your hand",
            sources=self.sources,
        )
