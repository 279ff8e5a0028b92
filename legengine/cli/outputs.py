"""What commands that give a program share: formats, files, what is printed, dates."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legengine.cli.files import write_files
from legengine.errors import Fault, InputError

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program
    from legengine.engine import Engine
    from legengine.errors import ReferralError
    from legengine.hooks.registry import Registry

SUMMARY = "terminal"
"""The format for people, where none is asked for."""


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


def write(
    engine: Engine,
    document: Program | Referral,
    outputs: Sequence[Output],
    week: int | None = None,
) -> None:
    """Render everything, then write the files, then print."""
    rendered = [
        (output, rendering(engine, document, output.format, week, printed=output.path is None))
        for output in outputs
    ]
    write_files({output.path: content for output, content in rendered if output.path is not None})
    for output, content in rendered:
        if output.path is None:
            emit(content)


def refused(
    engine: Engine, error: ReferralError, files: Sequence[Path], *, as_json: bool, quiet: bool
) -> int:
    """Print the referral in place of a program, and say that nothing was written."""
    print_document(engine, error.referral, "json" if as_json else SUMMARY)
    for path in files:
        note(f"{path} was not written: there is no program", quiet=quiet)
    return error.exit_code


def hand_over(
    engine: Engine,
    program: Program,
    outputs: Sequence[Output],
    told: Callable[[], str],
    *,
    quiet: bool,
) -> int:
    """Write a program; what there is to tell is printed where the output is free for it."""
    write(engine, program, outputs)
    files = [output.path for output in outputs if output.path is not None]
    if len(files) == len(outputs):
        click.echo(told())
    for path in files:
        note(f"wrote {path}", quiet=quiet)
    return 0


def print_document(
    engine: Engine, document: Program | Referral, name: str, week: int | None = None
) -> None:
    """Print a program or a referral."""
    emit(rendering(engine, document, name, week, printed=True))


def rendering(
    engine: Engine,
    document: Program | Referral,
    name: str,
    week: int | None,
    *,
    printed: bool,
) -> str | bytes:
    """A document in a format, as wide as where it is shown."""
    from legengine.cli.tables import terminal_width, use_colour
    from legengine.hooks.contracts import RenderOptions

    options = RenderOptions(
        width=(terminal_width() if printed else None) or 80,
        colour=printed and use_colour(),
        week=week,
    )
    return engine.render(document, name, options)


def emit(content: str | bytes) -> None:
    """Print text, or bytes where they are not shown."""
    if isinstance(content, bytes):
        if sys.stdout.isatty():
            raise InputError([Fault("this format isn't text", "--format", hint="give -o PATH")])
        sys.stdout.buffer.write(content)
    else:
        click.echo(content, nl=not content.endswith("\n"))


def note(text: str, *, quiet: bool) -> None:
    """Tell on the error output what was done."""
    if not quiet:
        click.echo(text, err=True)
