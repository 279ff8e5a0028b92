"""The formats for people. What lays a page out is loaded when a page is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from legengine.hooks import NoOptions, RenderOptions

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program
    from legengine_formats.blocks import Document


@dataclass(frozen=True, slots=True)
class TerminalFormat:
    """The format of a terminal: plain text, or colours and tables where the terminal has them."""

    name: str = "terminal"
    summary: str = "a summary for people, plain or in colour"
    suffixes: tuple[str, ...] = (".txt",)
    options: type[BaseModel] = NoOptions

    def program(self, program: Program, options: RenderOptions) -> str:
        """The program; with ``options.week`` that week in full and nothing else."""
        return _on_terminal(_program_page(program, options), options)

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """The referral."""
        return _on_terminal(_referral_page(referral), options)


@dataclass(frozen=True, slots=True)
class MarkdownFormat:
    """The whole program as a page to print, send or keep."""

    name: str = "markdown"
    summary: str = "the whole program with its sources, as GitHub Markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")
    options: type[BaseModel] = NoOptions

    def program(self, program: Program, options: RenderOptions) -> str:
        """The program; with ``options.week`` that week in full and nothing else."""
        from legengine_formats.markdown import markdown_text

        return markdown_text(_program_page(program, options, full=True))

    def referral(self, referral: Referral, options: RenderOptions) -> str:  # noqa: ARG002
        """The referral."""
        from legengine_formats.markdown import markdown_text

        return markdown_text(_referral_page(referral))


def _program_page(program: Program, options: RenderOptions, *, full: bool = False) -> Document:
    from legengine_formats.clean import cleaned
    from legengine_formats.document import program_document

    return program_document(cleaned(program), week=options.week, full=full)


def _referral_page(referral: Referral) -> Document:
    from legengine_formats.referral import referral_document

    return referral_document(referral)


def _on_terminal(document: Document, options: RenderOptions) -> str:
    if not options.colour:
        from legengine_formats.plain import plain_text

        return plain_text(document, options.width)
    from legengine_formats.rich_view import rich_text  # costs 60 ms

    return rich_text(document, options.width)
