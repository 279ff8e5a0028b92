"""``legengine replan PROGRAM``: the same program after a change, moved as little as can be."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legengine.cli import outputs, worker
from legengine.cli.asked import SUMMARY, Asked
from legengine.cli.dates import today_here
from legengine.cli.happenings import HAPPENINGS, happening_options
from legengine.cli.options import output_options, since_option, today_option
from legengine.cli.pointing import pointing_into, pointing_into_program, refuse_wrong_settings
from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import terminal_width
from legengine.errors import ReferralError

if TYPE_CHECKING:
    from legengine.advise.replanning import Replan
    from legengine.domain.event import Event
    from legengine.domain.profile import Profile
    from legengine.domain.program import Program
    from legengine.engine import Engine


@click.command("replan")
@click.argument("program", type=click.Path(path_type=Path))
@happening_options
@click.option(
    "--profile",
    "changed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The whole profile as it is now, for any other change.",
)
@since_option
@click.option(
    "--keep",
    type=click.Choice(["sessions", "quality"]),
    default="sessions",
    show_default=True,
    help="What comes first: fewest changes, or wishes and volume.",
)
@output_options
@today_option
@click.option("-q", "--quiet", is_flag=True, help="No progress, no warnings, no notes.")
@click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
@pass_state
def command(
    state: State,
    /,
    program: Path,
    changed: Path | None,
    since: dt.date | None,
    keep: str,
    asked: Asked,
    today: dt.date | None,
    quiet: bool,
    as_json: bool,
    **happened: tuple[str, ...],
) -> int:
    """Make a PROGRAM (a JSON file) fit what happened, and move as little as can be.

    Everything before the day of --from stays, and so does every session that need not change.
    What changed is printed with its reasons; -o writes the new program.
    """
    state.json = as_json
    read = [program, *([changed] if changed else [])]
    places = asked.places(SUMMARY, keep=read) if asked.anything else None

    from legengine.cli.program_file import read_program

    planned = read_program(program)
    screened_on = today or today_here()
    first = since or max(screened_on, planned.start)
    with pointing_into_program(program):
        engine = state.engine(planned.profile, program)
    if not quiet:
        warn(engine.registry)
    targets = places.outputs(engine.registry, program, planned.profile) if places else []
    refuse_wrong_settings(engine, planned, program)
    try:
        with _profile_now(engine, changed) as now:
            profile, events = _what_happened(engine, planned, now, first, happened)
            work = _replanning(engine, planned, profile, events, first, screened_on, keep)
            replanned = worker.run(work, progress=not quiet)
    except ReferralError as error:
        return outputs.refused(
            outputs.Renderer(engine, asked, profile=planned.profile),
            error,
            places.files if places else (),
            name="json" if as_json else SUMMARY,
            quiet=quiet,
        )
    return outputs.hand_over(
        outputs.Renderer(engine, asked, previous=planned),
        replanned.program,
        targets,
        lambda: _as_json(replanned) if as_json else _as_text(replanned),
        quiet=quiet,
    )


def _replanning(
    engine: Engine,
    planned: Program,
    profile: Profile,
    events: Sequence[Event],
    since: dt.date,
    today: dt.date,
    keep: str,
) -> Callable[..., Replan]:
    return lambda cancel, on_progress: engine.replan(
        planned,
        profile,
        since=since,
        events=events,
        keep="quality" if keep == "quality" else "sessions",
        today=today,
        cancel=cancel,
        on_progress=on_progress,
    )


# --- what happened -----------------------------------------------------------------------------


@contextmanager
def _profile_now(engine: Engine, changed: Path | None) -> Iterator[Profile | None]:
    """The changed profile, if there is one; what is wrong with it points at its file."""
    if changed is None:
        yield None
        return
    from legengine.hooks.settings import check_settings
    from legengine.intake.reader import read_profile

    read = read_profile(changed)
    with pointing_into(read.document, alone=False):
        check_settings(engine.registry, read.profile)
        yield read.profile


def _what_happened(
    engine: Engine,
    planned: Program,
    now: Profile | None,
    since: dt.date,
    asked: Mapping[str, Sequence[str]],
) -> tuple[Profile, list[Event]]:
    """The profile as it is now, and every event in words; each starts from those before."""
    from legengine.advise.events import Now
    from legengine.domain.event import Event
    from legengine.intake.changes import changed_profile

    profile, events = planned.profile, []
    if now is not None:
        profile = now
        events.append(Event("the profile changed"))
    library = engine.registry.library()
    for happening in HAPPENINGS:
        for text in asked[happening.name]:
            event = happening.read(Now(planned, profile, since, library), text)
            profile = changed_profile(profile, event.changes)
            events.append(event)
    return profile, events


# --- what changed ------------------------------------------------------------------------------


def _as_json(replanned: Replan) -> str:
    return json.dumps(replanned.as_data(), indent=2, ensure_ascii=False)


def _as_text(replanned: Replan) -> str:
    from legengine.cli.diff_text import diff_text

    return diff_text(replanned.diff, replanned.program.revisions[-1], terminal_width())
