"""``legengine swap PROGRAM``: what could be in the place of an exercise, and putting it there."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legengine.cli import outputs
from legengine.cli.asked import SUMMARY, Asked
from legengine.cli.dates import read_date, today_here
from legengine.cli.options import output_options, since_option, today_option
from legengine.cli.pointing import pointing_into_program
from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import show, terminal_width

if TYPE_CHECKING:
    from legengine.advise.swaps import Swap


@click.command("swap")
@click.argument("program", type=click.Path(path_type=Path))
@click.option("--exercise", required=True, metavar="ID", help="The exercise that is to go.")
@click.option(
    "--session",
    callback=read_date,
    metavar="DATE",
    help="From this session on, on its weekday only; else all sessions of the phase.",
)
@click.option("--with", "other", metavar="ID", help="Put this exercise in its place.")
@since_option
@output_options
@today_option
@click.option("-q", "--quiet", is_flag=True, help="No warnings, no notes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def command(
    state: State,
    program: Path,
    exercise: str,
    session: dt.date | None,
    other: str | None,
    since: dt.date | None,
    asked: Asked,
    today: dt.date | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Show what could be in the place of an exercise of a PROGRAM (a JSON file), the best first.

    What is shown keeps every rule, each with what it costs. --with puts one there, from the day
    of --from on, and -o writes the new program.
    """
    state.json = as_json
    if other is None and asked.anything:
        raise click.UsageError("--output and --format go with --with")
    places = asked.places(SUMMARY, keep=[program]) if asked.anything else None

    from legengine.cli.program_file import read_program

    planned = read_program(program)
    screened_on = today or today_here()
    with pointing_into_program(program):
        engine = state.engine(planned.profile, program)
    if not quiet:
        warn(engine.registry)
    targets = places.outputs(engine.registry, program, planned.profile) if places else []
    first = since or max(screened_on, planned.start)
    if other is None:
        with pointing_into_program(program):
            found = engine.swaps(planned, exercise, session=session, since=first, today=screened_on)
        show(_as_json(found) if as_json else _as_text(found, terminal_width()))
        return 0
    with pointing_into_program(program):
        done = engine.swap(
            planned, exercise, other, session=session, since=first, today=screened_on
        )

    def told() -> str:
        from legengine.cli.diff_text import diff_text

        if as_json:
            return json.dumps(done.as_data(), indent=2, ensure_ascii=False)
        return diff_text(done.diff, done.program.revisions[-1], terminal_width())

    renderer = outputs.Renderer(engine, asked, previous=planned)
    return outputs.hand_over(renderer, done.program, targets, told, quiet=quiet)


def _as_json(swap: Swap) -> str:
    return json.dumps(swap.as_data(), indent=2, ensure_ascii=False)


def _as_text(swap: Swap, width: int | None) -> str:
    from legengine.advise.telling import day_text
    from legengine.cli.explain_text import instead_text

    days = ", ".join(day_text(day) for day in swap.days)
    head = f"{swap.name}  [{swap.exercise}], {swap.phase}: {days}"
    return "\n".join([head, *instead_text(swap.ways, width)])
