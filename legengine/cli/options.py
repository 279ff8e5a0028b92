"""Options that several commands share, each said once."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from legengine.cli.asked import Asked
from legengine.cli.dates import read_date

if TYPE_CHECKING:
    from legengine.language import Unit

Command = TypeVar("Command", bound=Callable[..., object])


def since_option(command: Command) -> Command:
    """``--from``: the first day that may change."""
    return click.option(
        "--from",
        "since",
        callback=read_date,
        metavar="DATE",
        help="The first day that may change; left out: today, or the first day if that is later.",
    )(command)


def today_option(command: Command) -> Command:
    """``--today``: the date of screening."""
    return click.option(
        "--today", callback=read_date, metavar="DATE", help="Take this date for today's."
    )(command)


def start_option(command: Command) -> Command:
    """``--start``: the first day."""
    return click.option(
        "--start", callback=read_date, metavar="DATE", help="First day, instead of the profile's."
    )(command)


class _Place(click.Path):
    """A path to write to; with a slash at its end it has to be a directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("a path is missing", param, ctx)
        if str(value).endswith(("/", os.sep)) and not Path(value).is_dir():
            self.fail(f"'{value}' is not a directory; make it first", param, ctx)
        return super().convert(value, param, ctx)


def output_options(command: Callable[..., int]) -> Callable[..., int]:
    """Where a program goes and how it is said: handed over as one ``Asked``."""

    @wraps(command)
    def with_asked(
        *args: Any,
        formats: tuple[str, ...],
        paths: tuple[Path, ...],
        force: bool,
        language: str | None,
        mass_unit: Unit | None,
        **options: Any,
    ) -> int:
        asked = Asked(formats, paths, force, language, mass_unit)
        return command(*args, asked=asked, **options)

    for option in reversed(
        (
            click.option(
                "-f",
                "--format",
                "formats",
                multiple=True,
                metavar="NAME",
                help="Format of the output; repeatable. One format goes for all files, several "
                "for one each. 'legengine formats' lists them.",
            ),
            click.option(
                "-o",
                "--output",
                "paths",
                multiple=True,
                type=_Place(path_type=Path),
                metavar="PATH",
                help="Write to a file, or with -f into a directory; repeatable. The format "
                "follows the suffix; '-' is standard output.",
            ),
            force_option,
            click.option(
                "--language",
                metavar="CODE",
                help="Language of the output, such as 'de', instead of the profile's.",
            ),
            click.option(
                "--unit",
                "mass_unit",
                type=click.Choice(["kg", "lb"]),
                help="Unit of the loads, instead of the profile's.",
            ),
        )
    ):
        with_asked = option(with_asked)
    return with_asked


def force_option(command: Command) -> Command:
    """``--force``: replace files that exist."""
    return click.option("--force", is_flag=True, help="Replace files that exist.")(command)
