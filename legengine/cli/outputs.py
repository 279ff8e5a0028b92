"""What commands that give a program share: formats, files, what is printed, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from legengine.cli.failed_formats import FormatsFailed
from legengine.cli.files import write_files
from legengine.cli.standard_output import show, show_bytes, stream
from legengine.errors import Fault, InputError, PluginError

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.profile import Profile
    from legengine.domain.program import Program
    from legengine.engine import Engine
    from legengine.errors import ReferralError
    from legengine.hooks.registry import Registry

SUMMARY: Final = "terminal"
"""The format for people, where none is asked for."""

STDOUT: Final = "standard output"
"""What messages call the place of what is printed."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing to write: a format, and a file or standard output."""

    format: str
    path: Path | None = None


def paired(
    formats: Sequence[str], paths: Sequence[Path], default: str
) -> list[tuple[str | None, Path | None]]:
    """Join formats and places; without a format the suffix of a file decides later."""
    places = [None if str(path) == "-" else path for path in paths]
    if not places:
        return [(name, None) for name in formats or (default,)]
    if len(formats) not in (0, 1, len(places)):
        raise click.UsageError(
            f"{len(formats)} formats for {len(places)} files: give none (the suffix decides), "
            "one for all, or one for each"
        )
    names: list[str | None] = [*formats] * (len(places) if len(formats) == 1 else 1)
    if not names:
        names = [default if place is None else None for place in places]
    return list(zip(names, places, strict=True))


def format_of(registry: Registry, name: str | None, path: Path | None) -> str:
    """Check that a format is there; find it by the suffix where it has no name."""
    if name is not None:
        registry.require("formats", name, field="--format")
        return name
    file = "" if path is None else path.name.lower()
    suffixes = {
        suffix: sorted(other for other, it in registry.formats.items() if suffix in it.suffixes)
        for format_ in registry.formats.values()
        for suffix in format_.suffixes
    }
    matching = [suffix for suffix in suffixes if file.endswith(suffix) and file != suffix]
    if not matching:
        known = ", ".join(sorted(suffixes))
        raise InputError(
            [Fault("no format has this suffix", str(path), hint=f"known: {known}; or give -f")]
        )
    found = suffixes[max(matching, key=len)]
    if len(found) > 1:
        hint = "say which with -f: " + ", ".join(found)
        raise InputError([Fault("several formats have this suffix", str(path), hint=hint)])
    return found[0]


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


def write(
    engine: Engine,
    document: Program | Referral,
    outputs: Sequence[Output],
    week: int | None = None,
    *,
    profile: Profile | None = None,
) -> Outcome:
    """Render everything, then write the files, then print; a format that fails stops no other.

    ``profile`` says how formats are set where the document is a referral.
    """
    outcome = Outcome()
    rendered = []
    for output in outputs:
        printed = output.path is None
        with failure_noted(outcome, STDOUT if output.path is None else str(output.path)):
            content = rendering(
                engine, document, output.format, week, printed=printed, profile=profile
            )
            rendered.append((output, content))
    files = {output.path: content for output, content in rendered if output.path is not None}
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
    engine: Engine,
    program: Program,
    outputs: Sequence[Output],
    told: Callable[[], str],
    *,
    quiet: bool,
) -> int:
    """Write a program; what there is to tell is printed where the output is free for it."""
    outcome = write(engine, program, outputs)
    if all(output.path is not None for output in outputs):
        show(told())
    outcome.end(quiet=quiet)
    return 0


def refused(
    engine: Engine,
    error: ReferralError,
    files: Sequence[Path],
    *,
    profile: Profile,
    name: str,
    quiet: bool,
    week: int | None = None,
) -> int:
    """Print the referral in place of a program, and say that nothing was written."""
    refer(engine, error.referral, name, profile, week)
    for path in files:
        note(f"{path} was not written: there is no program", quiet=quiet)
    return error.exit_code


def refer(
    engine: Engine, referral: Referral, name: str, profile: Profile, week: int | None = None
) -> None:
    """Print a referral in a format; whom to see is told even where the format fails."""
    try:
        emit(rendering(engine, referral, name, week, printed=True, profile=profile))
    except PluginError as error:
        note(f"legengine: warning: {error}", quiet=False)
        show(referral.summary())


def rendering(
    engine: Engine,
    document: Program | Referral,
    name: str,
    week: int | None,
    *,
    printed: bool,
    profile: Profile | None = None,
) -> str | bytes:
    """A document in a format, as wide as where it is shown.

    Raises:
        PluginError: the format failed, or made what no file can hold.
    """
    from legengine.cli.tables import terminal_width, use_colour
    from legengine.hooks.contracts import RenderOptions

    own = None
    if profile is not None:
        given = profile.formats.get(name, {})
        own = engine.registry.options("formats", name, given, field=f"formats.{name}")
    options = RenderOptions(
        width=(terminal_width() if printed else None) or 80,
        colour=printed and use_colour(),
        week=week,
        own=own,
    )
    content = engine.render(document, name, options)
    if isinstance(content, str):
        with engine.registry.blame("formats", name, "rendering"):
            content.encode("utf-8")  # half a surrogate pair can't be written
    return content


def emit(content: str | bytes) -> None:
    """Print text, or bytes where they are not shown."""
    if isinstance(content, bytes):
        if stream().isatty():
            raise InputError([Fault("this format isn't text", "--format", hint="give -o PATH")])
        show_bytes(content)
    else:
        show(content, newline=not content.endswith("\n"))


def note(text: str, *, quiet: bool) -> None:
    """Tell on the error output what was done."""
    if not quiet:
        click.echo(text, err=True)
