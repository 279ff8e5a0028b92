"""The format of the workouts. What writes them is loaded when they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from legengine.errors import InputError
from legengine.hooks import Files, RenderOptions
from legengine.language import spoken_unit

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program


class FitOptions(BaseModel):
    """How the workouts are written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_steps: int = Field(
        default=50,
        ge=12,
        le=200,
        description="steps that the watch takes in one workout, widely told to be 50; a longer "
        "session becomes several workouts, cut between two exercises",
    )
    id: str = Field(
        default="",
        max_length=200,
        description="names the plan in the numbers of its files; give it where two people's plans "
        "go onto one watch; left out, title and first day of the plan",
    )


@dataclass(frozen=True, slots=True)
class FitFormat:
    """One workout a session, with a list of the files."""

    name: str = "fit"
    summary: str = "workouts for a Garmin watch, one a session"
    suffixes: tuple[str, ...] = (".fit.zip",)
    options: type[FitOptions] = FitOptions
    needs: tuple[str, ...] = ("fit_tool",)
    extra: str = "legengine[fit]"
    examples: tuple[dict[str, Any], ...] = ({"max_steps": 20, "id": "anna"},)

    def program(self, program: Program, options: RenderOptions) -> Files:
        """The workouts; with ``options.week`` those of that week.

        Raises:
            InputError: the week isn't there, or a load is heavier than a workout can hold.
        """
        from legengine_formats.clean import cleaned
        from legengine_formats.fit.files import workout_files

        return workout_files(cleaned(program), options.week, options.of(self), spoken_unit())

    def referral(self, referral: Referral, options: RenderOptions) -> Files:  # noqa: ARG002
        """Nothing: a workout holds exercises and nothing else.

        Raises:
            InputError: always.
        """
        raise InputError(
            "a workout holds exercises, and screening allows none: "
            "write the referral as text, with -f terminal or -f markdown"
        )
