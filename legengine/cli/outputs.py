"""Renders and writes: files whole or not at all, then what is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from legengine.cli.asked import Asked, Output
from legengine.cli.failed_formats import FormatsFailed
from legengine.cli.files import write_files, zipped
from legengine.cli.standard_output import show, show_bytes, stream
from legengine.errors import Fault, InputError, PluginError

if TYPE_CHECKING:
    from legengine.cli.files import Contents
    from legengine.domain.findings import Referral
    from legengine.domain.profile import Profile
    from legengine.domain.program import Program
    from legengine.engine import Engine
    from legengine.errors import ReferralError
    from legengine.hooks.contracts import Files

STDOUT: Final = "standard output"
"""What messages call the place of what is printed."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders documents as the command line asked for it."""

    engine: Engine
    asked: Asked
    week: int | None = None
    profile: Profile | None = None
    """Says how formats are set and what is spoken where the document is a referral."""
    previous: Program | None = None
    """The program that a new one takes the place of."""

    def __call__(
        self, document: Program | Referral, format: str, *, printed: bool
    ) -> str | bytes | Files:
        """A document in a format, as wide as where it is shown.

        Raises:
            PluginError: the format failed, or made what no file can hold.
        """
        from legengine.cli.tables import terminal_width, use_colour
        from legengine.hooks.contracts import RenderOptions

        options = RenderOptions(
            width=(terminal_width() if printed else None) or 80,
            colour=printed and use_colour(),
            week=self.week,
            previous=self.previous,
        )
        content = self.engine.render(
            document,
            format,
            options,
            language=self.asked.language,
            mass_unit=self.asked.mass_unit,
            profile=self.profile,
        )
        if isinstance(content, str):
            with self.engine.registry.blame("formats", format, "rendering"):
                content.encode("utf-8")  # half a surrogate pair can't be written
        return content


@dataclass(slots=True)
class Outcome:
    """What became of what was to be written."""

    written: list[Path] = field(default_factory=list)
    failed: list[tuple[str, PluginError]] = field(default_factory=list)
    """Where something should have gone, and why it didn't."""
    remarks: list[str] = field(default_factory=list)
    """What is to be told after it."""

    def end(self, *, quiet: bool) -> None:
        """Tell what was written.

        Raises:
            FormatsFailed: a format failed; what the others made is written.
        """
        for path in self.written:
            note(f"wrote {path}", quiet=quiet)
        for remark in self.remarks:
            note(remark, quiet=quiet)
        if self.failed:
            raise FormatsFailed(self.failed, self.written)


def write(renderer: Renderer, wanted: Sequence[tuple[Program | Referral, Output]]) -> Outcome:
    """Render everything, then write the files, then print; a format that fails stops no other."""
    outcome = Outcome()
    rendered = []
    for document, output in wanted:
        printed = output.path is None
        with failure_noted(outcome, STDOUT if output.path is None else str(output.path)):
            rendered.append((output, renderer(document, output.format, printed=printed)))
    files: dict[Path, Contents] = {}
    for output, content in rendered:
        if output.path is not None:
            several = not isinstance(content, (str, bytes)) and output.folder is not None
            files[output.folder if several and output.folder else output.path] = content
    write_files(files)
    outcome.written += files
    for output, content in rendered:
        if output.path is None:
            emit(content)
    return outcome


@contextmanager
def failure_noted(outcome: Outcome, place: str) -> Iterator[None]:
    """Keep what a format raises, so that the others come to their turn."""
    try:
        yield
    except PluginError as error:
        outcome.failed.append((place, error))


def hand_over(
    renderer: Renderer,
    program: Program,
    outputs: Sequence[Output],
    told: Callable[[], str],
    *,
    quiet: bool,
) -> int:
    """Write a program; what there is to tell is printed where the output is free for it."""
    outcome = write(renderer, [(program, output) for output in outputs])
    if all(output.path is not None for output in outputs):
        show(told())
    outcome.end(quiet=quiet)
    return 0


def refused(
    renderer: Renderer, error: ReferralError, files: Sequence[Path], *, name: str, quiet: bool
) -> int:
    """Print the referral in place of a program, and say that nothing was written."""
    refer(renderer, error.referral, name)
    for path in dict.fromkeys(files):
        note(f"{path} was not written: there is no program", quiet=quiet)
    return error.exit_code


def refer(renderer: Renderer, referral: Referral, name: str) -> None:
    """Print a referral in a format; whom to see is told even where the format can't or fails."""
    try:
        emit(renderer(referral, name, printed=True))
    except (InputError, PluginError) as error:
        note(f"legengine: warning: {error}", quiet=False)
        show(referral.summary())


def emit(content: Contents) -> None:
    """Print text, or bytes where they are not shown; several files as one archive."""
    if isinstance(content, str):
        show(content, newline=not content.endswith("\n"))
        return
    if stream().isatty():
        raise InputError([Fault("this format isn't text", "--format", hint="give -o PATH")])
    show_bytes(content if isinstance(content, bytes) else zipped(content.files))


def note(text: str, *, quiet: bool) -> None:
    """Tell on the error output what was done."""
    if not quiet:
        click.echo(text, err=True)
