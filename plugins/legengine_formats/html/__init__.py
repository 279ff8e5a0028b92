"""The program as one page for a phone, a desk or a printer: no network, no file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program


class HtmlOptions(BaseModel):
    """What the page may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pictures: bool = Field(default=True, description="show the pictures of the exercises")
    animation: bool = Field(default=False, description="let the pictures move, gently")
    interactive: bool = Field(
        default=True,
        description="sets to tick, a rest timer and a log; without it the page has no script",
    )
    large_type: bool = Field(default=False, description="larger letters, on screen and on paper")


@dataclass(frozen=True, slots=True)
class HtmlFormat:
    """One self-contained file, light and dark, with sets to tick where it may have a script."""

    name: str = "html"
    summary: str = "one page for phone, screen and print, with sets to tick and charts"
    suffixes: tuple[str, ...] = (".html", ".htm")
    options: type[BaseModel] = HtmlOptions

    def program(self, program: Program, options: RenderOptions) -> str:
        """The program; with ``options.week`` that week alone, with all about its exercises.

        Raises:
            InputError: ``options.week`` is not in the program.
        """
        from legengine_formats.html.page import program_page

        own = options.own if isinstance(options.own, HtmlOptions) else HtmlOptions()
        return program_page(program, options, own)

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """What screening found: a page without any script."""
        from legengine_formats.html.page import referral_page

        own = options.own if isinstance(options.own, HtmlOptions) else HtmlOptions()
        return referral_page(referral, own)


__all__ = ["HtmlFormat", "HtmlOptions"]
