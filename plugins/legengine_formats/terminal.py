"""A summary for people: plain text, or colours and tables where the terminal has them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from legengine.domain.findings import Referral
from legengine.domain.program import Program
from legengine.hooks import NoOptions, RenderOptions
from legengine_formats.blocks import Document
from legengine_formats.clean import cleaned
from legengine_formats.document import program_document
from legengine_formats.plain import plain_text
from legengine_formats.referral import referral_document


@dataclass(frozen=True, slots=True)
class TerminalFormat:
    """The format of a terminal; rich is loaded only where colours are asked for."""

    name: str = "terminal"
    summary: str = "a summary for people, plain or in colour"
    suffixes: tuple[str, ...] = (".txt",)
    options: type[BaseModel] = NoOptions

    def program(self, program: Program, options: RenderOptions) -> str:
        """The program; with ``options.week`` that week in full and nothing else."""
        return _render(program_document(cleaned(program), week=options.week), options)

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """The referral."""
        return _render(referral_document(referral), options)


def _render(document: Document, options: RenderOptions) -> str:
    if not options.colour:
        return plain_text(document, options.width)
    from legengine_formats.rich_view import rich_text  # costs 60 ms

    return rich_text(document, options.width)
