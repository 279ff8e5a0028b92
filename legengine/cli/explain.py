"""``legengine explain FILE``: why there is no program, or why a program is as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from legengine.cli.dates import read_date
from legengine.cli.options import force_option, start_option, today_option
from legengine.cli.state import State, pass_state


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
@click.option(
    "--numbers",
    is_flag=True,
    help="Where its numbers come from: the row of each and its sources.",
)
@click.option(
    "--apply",
    type=click.IntRange(min=1),
    metavar="N",
    help="Write the profile with the change number N that is offered; comments are kept.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where --apply writes; standard output without it.",
)
@force_option
@start_option
@today_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def command(
    state: State,
    file: Path,
    session: dt.date | None,
    exercise: str | None,
    gains: bool,
    numbers: bool,
    apply: int | None,
    output: Path | None,
    force: bool,
    start: dt.date | None,
    today: dt.date | None,
    as_json: bool,
) -> int:
    """Explain a profile or a program FILE.

    Of a profile without a program it tells which rules collide, and the smallest changes with
    which there would be one. Of a program (JSON, '-' for standard input) it tells what sets the
    limits of each phase; with --session and --exercise, why something is there or isn't; with
    --numbers, of which row of a protocol, condition or profile each number is.
    """
    state.json = as_json
    of_program = _is_program(file)
    _refuse_what_does_not_fit(
        of_program,
        {
            "--session": session,
            "--exercise": exercise,
            "--gains": gains or None,
            "--numbers": numbers or None,
        },
        {"--apply": apply, "--output": output, "--start": start, "--today": today},
    )
    if gains and (session is not None or exercise is not None or numbers):
        raise click.UsageError("--gains is a question of its own: leave the others out")
    if output is not None and apply is None:
        raise click.UsageError("--output goes with --apply")
    if not of_program:
        from legengine.cli.explain_profile import explain_profile

        return explain_profile(
            state,
            file,
            today=today,
            start=start,
            apply=apply,
            output=output,
            force=force,
            as_json=as_json,
        )
    from legengine.cli.explain_program import explain_program

    return explain_program(
        state,
        file,
        session=session,
        exercise=exercise,
        gains=gains,
        numbers=numbers,
        as_json=as_json,
    )


def _refuse_what_does_not_fit(
    of_program: bool, program_only: Mapping[str, object], profile_only: Mapping[str, object]
) -> None:
    wrong = profile_only if of_program else program_only
    for name, value in wrong.items():
        if value is not None:
            kind, other = ("program", "profile") if of_program else ("profile", "program")
            raise click.UsageError(f"{name} is about a {other}, and this file is a {kind}")


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
