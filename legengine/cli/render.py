"""``legengine render PROGRAM``: an existing program in another format."""

from __future__ import annotations

from pathlib import Path

import click

from legengine.cli import outputs
from legengine.cli.asked import SUMMARY, Asked
from legengine.cli.options import output_options
from legengine.cli.pointing import pointing_into_program
from legengine.cli.state import State, pass_state, warn


@click.command("render")
@click.argument("program", type=click.Path(path_type=Path))
@output_options
@click.option("--week", type=click.IntRange(min=1), help="Only this week, where the format can.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The program that this one takes the place of: a calendar then calls off what is gone.",
)
@click.option("-q", "--quiet", is_flag=True, help="No warnings, no notes.")
@click.option("--json", "as_json", is_flag=True, help="JSON on the output and for errors.")
@pass_state
def command(
    state: State,
    program: Path,
    asked: Asked,
    week: int | None,
    previous: Path | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Write a PROGRAM (a JSON file, or '-') in other formats; nothing is solved, nothing changes.

    Without -f and -o the summary for people is printed.
    """
    state.json = as_json
    keep = [program, *([previous] if previous else [])]
    places = asked.places("json" if as_json else SUMMARY, keep=keep)

    from legengine.cli.program_file import read_program

    planned = read_program(program)
    before = read_program(previous) if previous else None
    with pointing_into_program(program):
        engine = state.engine(planned.profile, program)
    if not quiet:
        warn(engine.registry)
    targets = places.outputs(engine.registry, program, planned.profile)
    renderer = outputs.Renderer(engine, asked, week, previous=before)
    with pointing_into_program(program):
        outcome = outputs.write(renderer, [(planned, target) for target in targets])
    outcome.end(quiet=quiet)
    return 0
