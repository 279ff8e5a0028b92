"""``legengine generate PROFILE``: screens, solves, checks, writes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from legengine.cli import alternatives as compared
from legengine.cli import outputs, worker
from legengine.cli.asked import SUMMARY, Asked
from legengine.cli.dates import next_monday, today_here
from legengine.cli.options import output_options, start_option, today_option
from legengine.cli.pointing import pointing_into
from legengine.cli.standard_output import show
from legengine.cli.state import State, pass_state, warn
from legengine.errors import NoScheduleError, ReferralError

if TYPE_CHECKING:
    from legengine.domain.profile import Profile
    from legengine.domain.program import Program
    from legengine.engine import Engine, Progress
    from legengine.intake.reader import ReadProfile


@click.command("generate")
@click.argument("profile", type=click.Path(path_type=Path))
@output_options
@click.option("--week", type=click.IntRange(min=1), help="Only this week, where the format can.")
@start_option
@today_option
@click.option("--widen", is_flag=True, help="Let the solver choose from more exercises; slower.")
@click.option(
    "--preset",
    type=click.Choice(["deterministic", "fast"]),
    help="'deterministic' gives the same program everywhere; 'fast' may not.",
)
@click.option(
    "--wall-limit",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Stop searching after so many seconds and take the best that was found.",
)
@click.option(
    "--alternatives",
    type=click.IntRange(2, 9),
    metavar="N",
    help="Make N programs that are really different; files are numbered, program-1.json and so on.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no warnings, no notes.")
@click.option("--json", "as_json", is_flag=True, help="JSON on the output and for errors.")
@pass_state
def command(
    state: State,
    profile: Path,
    asked: Asked,
    week: int | None,
    start: dt.date | None,
    today: dt.date | None,
    widen: bool,
    preset: str | None,
    wall_limit: float | None,
    alternatives: int | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Make a program from a PROFILE (YAML, JSON or TOML).

    Without -f and -o a summary for people is printed. Warning signs end in a referral instead of
    a program (exit code 4); where no week can hold all the rules, the rules that collide are
    named (exit code 3). Ctrl-C takes the best program so far; a second one ends at once.
    """
    state.json = as_json
    if alternatives is not None:
        compared.refuse_standard_output(asked)
    places = asked.places(
        "json" if as_json else SUMMARY,
        keep=[profile],
        rename=None if alternatives is None else compared.names(alternatives),
    )

    from legengine.intake.reader import read_profile

    read = read_profile(profile)
    person = read.profile
    with pointing_into(read.document):
        engine = state.engine(person, profile)
    if not quiet:
        warn(engine.registry)
    with pointing_into(read.document, alone=False):
        targets = places.outputs(engine.registry, profile, person)
    limits: dict[str, Any] = {"widen": widen, "preset": preset, "wall_limit_s": wall_limit}
    limits["on_cancel"] = "best"
    work = _generation(
        engine,
        person.model_copy(update={"start": start}) if start else person,
        {name: value for name, value in limits.items() if value not in (None, False)},
        today or today_here(),
        alternatives or 1,
    )
    try:
        with pointing_into(read.document):
            programs = worker.run(work, progress=not quiet, best=True)
    except ReferralError as error:
        shown = [output.format for output in targets if output.path is None]
        name = shown[0] if shown else SUMMARY
        return outputs.refused(
            outputs.Renderer(engine, asked, week, person),
            error,
            places.files,
            name=name,
            quiet=quiet,
        )
    except NoScheduleError as error:
        return _no_schedule(state, engine, read, error, today=today, start=start)
    renderer = outputs.Renderer(engine, asked, week)
    if alternatives is None:
        outcome = outputs.write(renderer, [(programs[0], target) for target in targets])
    else:
        outcome = compared.write(renderer, programs, targets)
        told = compared.as_data(programs, alternatives) if as_json else None
        show(json.dumps(told, indent=2) if told else compared.text(programs, alternatives))
    if any(phase.solve.stopped for program in programs for phase in program.phases):
        outcome.remarks.append(
            "stopped before it was finished: the program is good, not proven best"
        )
    outcome.end(quiet=quiet)
    return 0


def _no_schedule(
    state: State,
    engine: Engine,
    read: ReadProfile,
    error: NoScheduleError,
    *,
    today: dt.date | None,
    start: dt.date | None,
) -> int:
    """Say why there is no program and what would help, on standard error."""
    from legengine.cli.explain_profile import as_data, explained, text
    from legengine.cli.report import error_data

    explanation = explained(engine, read, today=today, start=start)
    if explanation.conflict is None:
        raise error
    if state.json:
        data = {**error_data(error), "explanation": as_data(explanation, read.document)}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False), err=True)
    else:
        click.echo(text(explanation, read.document), err=True)
    return error.exit_code


def _generation(
    engine: Engine, person: Profile, limits: Mapping[str, Any], today: dt.date, number: int
) -> Callable[..., tuple[Program, ...]]:
    from legengine.engine import SolveOptions

    def work(cancel: Event, on_progress: Callable[[Progress], None]) -> tuple[Program, ...]:
        how: dict[str, Any] = {
            "options": SolveOptions(**limits),
            "cancel": cancel,
            "on_progress": on_progress,
            "today": today,
            "start": person.start or next_monday(today),
        }
        if number > 1:
            return engine.alternatives(person, number, **how)
        return (engine.generate(person, **how),)

    return work
