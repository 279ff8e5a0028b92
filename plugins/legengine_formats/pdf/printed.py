"""The format ``pdf``: typeset by Typst, the same bytes every time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program

TEMPLATE: Final = "page.typ"


class PdfOptions(BaseModel):
    """How a printed program looks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paper: Literal["a4", "us-letter"] = Field(default="a4", description="size of the sheets")
    large_type: bool = Field(default=False, description="letters half as big again")
    pictures: bool = Field(default=True, description="draw the exercises")
    cards_only: bool = Field(default=False, description="the session cards and nothing else")


@dataclass(frozen=True, slots=True)
class PdfFormat:
    """A card a session to tick off, before it what to know, after it how each exercise is done."""

    name: str = "pdf"
    summary: str = "a session card a page, to print and tick off"
    suffixes: tuple[str, ...] = (".pdf",)
    options: type[PdfOptions] = PdfOptions
    needs: tuple[str, ...] = ("typst",)
    extra: str = "legengine[pdf]"

    def program(self, program: Program, options: RenderOptions) -> bytes:
        """The program; with ``options.week`` the cards of that week."""
        from legengine_formats.clean import cleaned
        from legengine_formats.pdf.sheets import program_sheets

        chosen = options.of(self)
        sheets = program_sheets(cleaned(program), options, chosen)
        return _typeset(sheets.data, sheets.drawings, chosen)

    def referral(self, referral: Referral, options: RenderOptions) -> bytes:
        """The referral, on a sheet of its own."""
        from legengine_formats.pdf.sheets import referral_sheets

        chosen = options.of(self)
        return _typeset(referral_sheets(referral).data, {}, chosen)


def _typeset(data: dict[str, Any], drawings: dict[str, bytes], options: PdfOptions) -> bytes:
    """Hand the texts to the template as data: nothing in them is read as its language."""
    import typst

    look = {"paper": options.paper, "large": options.large_type}
    content = json.dumps({**data, **look}, ensure_ascii=False, sort_keys=True)
    template = files("legengine_formats.pdf").joinpath(TEMPLATE).read_bytes()
    sources = {"main.typ": template, "data.json": content.encode(), **drawings}
    # Its types don't say yet that several sources may be given by name.
    compiled: bytes = typst.compile(
        cast("bytes", sources), format="pdf", ignore_system_fonts=True, timestamp=0
    )
    return compiled
