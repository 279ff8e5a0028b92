"""``legengine screen PROFILE``: what the screening finds, without making a program."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from legengine.cli import outputs
from legengine.cli.asked import SUMMARY, Asked
from legengine.cli.dates import today_here
from legengine.cli.options import output_options, today_option
from legengine.cli.pointing import pointing_into
from legengine.cli.report import report_error
from legengine.cli.standard_output import show
from legengine.cli.state import State, pass_state, warn
from legengine.errors import InputError, PluginError, ReferralError


@click.command("screen")
@click.argument("profile", type=click.Path(path_type=Path))
@output_options
@today_option
@click.option("-q", "--quiet", is_flag=True, help="No warnings, no notes.")
@click.option("--json", "as_json", is_flag=True, help="JSON on the output and for errors.")
@pass_state
def command(
    state: State,
    profile: Path,
    asked: Asked,
    today: dt.date | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Screen a PROFILE and make nothing: every rule that fired, why, what to do and how fast.

    The exit code is 0 where training may begin, with or without limits, and 4 where a
    professional has to be seen first. Files are written in either case.
    """
    state.json = as_json
    places = asked.places("json" if as_json else SUMMARY, keep=[profile])

    from legengine.intake.reader import read_profile

    read = read_profile(profile)
    with pointing_into(read.document):
        engine = state.engine(read.profile, profile)
    if not quiet:
        warn(engine.registry)
    with pointing_into(read.document, alone=False):
        targets = places.outputs(engine.registry, profile, read.profile)
    with pointing_into(read.document):
        found = engine.screen(read.profile, today=today or today_here())
    document = found.document
    renderer = outputs.Renderer(engine, asked, profile=read.profile)
    try:
        outcome = outputs.write(renderer, [(document, target) for target in targets])
        outcome.end(quiet=quiet)
    except (InputError, PluginError) as error:
        if not document.refuses:
            raise
        # Whom to see, and that someone has to be seen, is told even where no format can say it.
        report_error(error, state)
        show(document.summary())
    return ReferralError.exit_code if document.refuses else 0
