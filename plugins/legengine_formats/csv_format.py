"""A program as a table for other programs: one row a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from legengine.hooks import RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program


class CsvOptions(BaseModel):
    """How the table is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delimiter: Literal["comma", "semicolon"] = Field(
        default="comma", description="what stands between two cells"
    )
    decimal: Literal["point", "comma"] = Field(
        default="point",
        description="how fractions are written; a comma, with semicolons between cells, for "
        "spreadsheets that are set to such a language",
    )
    bom: bool = Field(
        default=False,
        description="begin with a byte order mark, so that Excel takes the text for UTF-8",
    )

    @model_validator(mode="after")
    def _kept_apart(self) -> CsvOptions:
        if self.delimiter == self.decimal == "comma":
            raise ValueError("a decimal comma needs 'delimiter: semicolon'")
        return self


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """Rows by RFC 4180; texts that a spreadsheet could take for a formula are defused."""

    name: str = "csv"
    summary: str = "a table with a row a set, for other programs"
    suffixes: tuple[str, ...] = (".csv",)
    options: type[CsvOptions] = CsvOptions
    examples: tuple[dict[str, Any], ...] = (
        {"delimiter": "semicolon", "decimal": "comma", "bom": True},
    )

    def program(self, program: Program, options: RenderOptions) -> str:
        """The sets in order; loads in kg, whatever people are shown.

        Raises:
            InputError: the week isn't there.
        """
        from legengine_formats.clean import cleaned
        from legengine_formats.csv_text import COLUMNS, csv_text, rows_of

        rows = rows_of(cleaned(program), options.week)
        return csv_text(COLUMNS, rows, options.of(self))

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """A row a finding, the gravest first; no exercise."""
        from legengine_formats.csv_text import FINDING_COLUMNS, csv_text, rows_of_referral

        return csv_text(FINDING_COLUMNS, rows_of_referral(referral), options.of(self))
