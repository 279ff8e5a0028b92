"""Tests that consist of several tasks, as they are written into a profile."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from legengine.domain.section import Section

Timed = Annotated[float, Field(gt=0, le=180)] | Literal["unable"]
"""Seconds that a task took, or that it could not be done."""

STAGE_S: Final = 10
"""Seconds for which a stage of the balance test is held [STG4]."""

WALK_M: Final = 4
"""Metres that the battery walks."""

_Held = Annotated[float, Field(ge=0, le=60)]


class SppbParts(Section):
    """The short physical performance battery, part by part; the points are reckoned."""

    side_by_side_s: _Held = Field(description="standing, feet side by side")
    semi_tandem_s: _Held = Field(description="standing, one foot half a length ahead")
    tandem_s: _Held = Field(description="standing heel to toe")
    gait_4m_s: Timed = Field(description="4 m at the usual pace, or 'unable'")
    five_stands_s: Timed = Field(description="five stands, arms crossed, or 'unable'")
    total: int | None = Field(default=None, ge=0, le=12, description="points, if known")

    @property
    def speed_m_s(self) -> float:
        """The usual walking speed, to the centimetre; none where walking was impossible."""
        return 0.0 if self.gait_4m_s == "unable" else round(WALK_M / self.gait_4m_s, 2)

    @property
    def stands_s(self) -> float | None:
        """Seconds for five stands; not known where they were impossible."""
        return None if self.five_stands_s == "unable" else self.five_stands_s


class FourStages(Section):
    """The four-stage balance test; a stage that was not tried is left out."""

    side_by_side_s: _Held = Field(description="standing, feet side by side")
    semi_tandem_s: _Held | None = Field(
        default=None, description="standing, one foot half a length ahead"
    )
    tandem_s: _Held | None = Field(default=None, description="standing heel to toe")
    one_leg_s: _Held | None = Field(default=None, description="standing on one leg")

    @property
    def tandem(self) -> float | None:
        """Seconds heel to toe; none where an easier stand failed and the test ended there."""
        easier = self.semi_tandem_s if self.semi_tandem_s is not None else self.side_by_side_s
        if self.tandem_s is None and easier < STAGE_S:
            return 0
        return self.tandem_s
