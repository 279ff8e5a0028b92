"""Options that several commands share, each said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from legengine.cli.dates import read_date

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


def output_options(command: Command) -> Command:
    """``--format``, ``--output`` and ``--force``: where a program goes."""
    for option in reversed(
        (
            click.option(
                "-f",
                "--format",
                "formats",
                multiple=True,
                metavar="NAME",
                help="Format of the output; repeatable. One format goes for all files, several "
                "for one each.",
            ),
            click.option(
                "-o",
                "--output",
                "paths",
                multiple=True,
                type=click.Path(path_type=Path),
                metavar="PATH",
                help="Write to a file; repeatable. The format follows the suffix; '-' is standard "
                "output.",
            ),
            force_option,
        )
    ):
        command = option(command)
    return command


def force_option(command: Command) -> Command:
    """``--force``: replace files that exist."""
    return click.option("--force", is_flag=True, help="Replace files that exist.")(command)
