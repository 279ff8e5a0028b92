"""``legengine explain FILE``: why a program is as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from legengine.cli.dates import read_date
from legengine.cli.state import State, pass_state
from legengine.errors import InputError


@click.command("explain")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--session",
    metavar="DATE",
    callback=read_date,
    help="Why this session: the day on which it is, such as 2026-11-30.",
)
@click.option(
    "--exercise",
    metavar="ID",
    help="Why this exercise, or why not: in the session, or else in every phase.",
)
@click.option(
    "--gains",
    is_flag=True,
    help="What one more day, ten more minutes or one more item would bring; takes a while.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def command(
    state: State,
    file: Path,
    session: dt.date | None,
    exercise: str | None,
    gains: bool,
    as_json: bool,
) -> int:
    """Explain a program FILE (JSON, '-' for standard input).

    Without options it tells what sets the limits of each phase.
    """
    state.json = as_json
    if gains and (session is not None or exercise is not None):
        raise click.UsageError("--gains is a question of its own: leave the others out")
    if not _is_program(file):
        raise InputError(
            "expected a program: a JSON file, as 'generate -o program.json' writes",
            source=str(file),
        )
    from legengine.cli.explain_program import explain_program

    return explain_program(
        state, file, session=session, exercise=exercise, gains=gains, as_json=as_json
    )


def _is_program(file: Path) -> bool:
    """Whether a file is a program, or nothing that could be a profile either."""
    from pydantic_core import from_json

    from legengine.cli.program_file import MAX_BYTES

    if not file.is_file() or file.stat().st_size > MAX_BYTES:
        return True  # the reader of programs says what is wrong, and knows '-'
    try:
        data = from_json(file.read_bytes())
    except (OSError, ValueError):
        return file.suffix.lower() == ".json"
    return isinstance(data, Mapping) and ("phases" in data or "document" in data)
