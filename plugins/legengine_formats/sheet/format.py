"""The format of the workbook. What writes it is loaded when a workbook is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program


class SheetOptions(BaseModel):
    """How the workbook is laid out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paper: Literal["a4", "letter"] = Field(default="a4", description="what it is printed on")


@dataclass(frozen=True, slots=True)
class SheetFormat:
    """An overview, a sheet a week with columns to fill in, and the volume as formulas."""

    name: str = "xlsx"
    summary: str = "a coach's workbook: a sheet a week to fill in, volume as formulas"
    suffixes: tuple[str, ...] = (".xlsx",)
    options: type[SheetOptions] = SheetOptions
    needs: tuple[str, ...] = ("xlsxwriter",)
    extra: str = "legengine[sheets]"
    examples: tuple[dict[str, Any], ...] = ({"paper": "letter"},)

    def program(self, program: Program, options: RenderOptions) -> bytes:
        """The workbook; with ``options.week`` that week's sheet alone beside the overview.

        Raises:
            InputError: the week isn't there.
        """
        from legengine_formats.clean import cleaned
        from legengine_formats.sheet.book import program_book

        return program_book(cleaned(program), options, options.of(self))

    def referral(self, referral: Referral, options: RenderOptions) -> bytes:
        """One sheet that says what to do first; no exercise."""
        from legengine_formats.sheet.book import referral_book

        return referral_book(referral, options.of(self))
