"""An output format: a table with a line for each exercise of each session."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program
    from legengine.hooks import RenderOptions

HEADS: Final = ("start", "place", "exercise", "sets", "reps", "hold_s", "load_kg", "rest_s")
_FORMULA: Final = ("=", "+", "-", "@")


class FormatOptions(BaseModel):
    """How the table is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delimiter: str = Field(default=",", min_length=1, max_length=1, description="between two cells")


@dataclass(frozen=True)
class ExampleFormat:
    """For a spreadsheet."""

    name: str = "example"
    summary: str = "a table for a spreadsheet"
    suffixes: tuple[str, ...] = (".example.csv",)
    options: type[FormatOptions] = FormatOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"delimiter": ";"},)

    def program(self, program: Program, options: RenderOptions) -> str:
        """A line for each exercise of each session."""
        out = io.StringIO()
        delimiter = options.of(self).delimiter
        table = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        table.writerow(HEADS)
        for phase in program.phases:
            for week in phase.weeks:
                if options.week not in (None, week.number):
                    continue
                for session in week.sessions:
                    for item in session.prescriptions:
                        start = session.start.isoformat(timespec="minutes")
                        dose = [item.sets, item.reps, item.hold_s, item.load_kg, item.rest_s]
                        table.writerow([start, _harmless(session.place), item.exercise, *dose])
        return out.getvalue()

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """What screening found, in place of a table."""
        return referral.summary() + "\n"


def _harmless(text: str) -> str:
    """A cell in one line that a spreadsheet doesn't take for a formula."""
    shown = "".join(letter for letter in text if letter.isprintable())
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
