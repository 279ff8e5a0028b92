"""``legengine advance PROGRAM``: decide by the tests of a phase, and go on in a new program."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legengine.cli import outputs, worker
from legengine.cli.asked import SUMMARY, Asked
from legengine.cli.dates import read_date, today_here
from legengine.cli.options import output_options, today_option
from legengine.cli.pointing import pointing_into_program, refuse_wrong_settings
from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import show, terminal_width
from legengine.errors import ReferralError

if TYPE_CHECKING:
    from legengine.advise.advancing import Advance
    from legengine.domain.program import Program
    from legengine.domain.results import Results
    from legengine.engine import Engine


@click.command("advance")
@click.argument("program", type=click.Path(path_type=Path))
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The results of the tests at the end of a phase.",
)
@click.option("--template", is_flag=True, help="Print a results file to fill in, and stop.")
@click.option(
    "--on",
    callback=read_date,
    metavar="DATE",
    help="First day of what follows; left out, the next training week.",
)
@output_options
@today_option
@click.option("-q", "--quiet", is_flag=True, help="No progress, no warnings, no notes.")
@click.option("--json", "as_json", is_flag=True, help="Print the decision as JSON.")
@pass_state
def command(
    state: State,
    /,
    program: Path,
    results: Path | None,
    template: bool,
    on: dt.date | None,
    asked: Asked,
    today: dt.date | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Decide by the tests at the end of a phase of a PROGRAM (a JSON file), and go on.

    A phase is passed, goes on for a week or two, or gives way to the one before. The decision is
    printed with its reasons; -o writes the new program, which starts where the old one stops.
    """
    state.json = as_json
    if template == (results is not None):
        raise click.UsageError("give --results FILE, or --template for a file to fill in")
    if template and asked.anything:
        raise click.UsageError("--template is printed: it takes no format and no file")
    keep = [program, *([results] if results else [])]
    places = asked.places(SUMMARY, keep=keep) if asked.anything else None

    from legengine.cli.program_file import read_program

    planned = read_program(program)
    if results is None:
        from legengine.cli.results_template import phase_on
        from legengine.cli.results_template import template as filled

        day = today or today_here()
        show(filled(phase_on(planned, day), day).rstrip("\n"))
        return 0

    from legengine.intake.results import read_results

    tested = read_results(results)
    with pointing_into_program(program):
        engine = state.engine(planned.profile, program)
    if not quiet:
        warn(engine.registry)
    targets = places.outputs(engine.registry, program, planned.profile) if places else []
    refuse_wrong_settings(engine, planned, program)
    try:
        advanced = worker.run(
            _advancing(engine, planned, tested, on, today or today_here()), progress=not quiet
        )
    except ReferralError as error:
        return outputs.refused(
            outputs.Renderer(engine, asked, profile=planned.profile),
            error,
            places.files if places else (),
            name="json" if as_json else SUMMARY,
            quiet=quiet,
        )
    return outputs.hand_over(
        outputs.Renderer(engine, asked),
        advanced.program,
        targets,
        lambda: _as_json(advanced) if as_json else _as_text(advanced),
        quiet=quiet,
    )


def _advancing(
    engine: Engine, program: Program, results: Results, on: dt.date | None, today: dt.date
) -> Callable[..., Advance]:
    return lambda cancel, on_progress: engine.advance(
        program, results, on=on, today=today, cancel=cancel, on_progress=on_progress
    )


def _as_json(advanced: Advance) -> str:
    return json.dumps(advanced.as_data(), indent=2, ensure_ascii=False)


def _as_text(advanced: Advance) -> str:
    from legengine.cli.decision_text import decision_text

    return decision_text(advanced.decision, advanced.program, terminal_width())
