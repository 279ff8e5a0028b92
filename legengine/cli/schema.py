"""``legengine schema NAME``: JSON Schemas, made from the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import show

if TYPE_CHECKING:
    from pydantic import BaseModel

NAMES: Final = ("profile", "program", "protocol", "library", "results")


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES), required=False)
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write all schemas into a directory, as NAME.schema.json.",
)
@click.option(
    "--with-plugins",
    is_flag=True,
    help="Of a profile: with the options of everything that is loaded, each at its place.",
)
@pass_state
def command(state: State, name: str | None, folder: Path | None, with_plugins: bool) -> int:
    """Print the JSON Schema of a document."""
    if with_plugins and name != "profile":
        raise click.UsageError("--with-plugins goes with 'profile'")
    if folder is not None and name is None:
        from legengine.cli.files import write_files
        from legengine.errors import InputError

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"can't be made: {error.strerror}", source=str(folder)) from error
        write_files({folder / f"{each}.schema.json": schema(each) for each in NAMES})
    elif name is not None and folder is None:
        show((_with_plugins(state) if with_plugins else schema(name)).rstrip("\n"))
    else:
        raise click.UsageError("give a name (" + ", ".join(NAMES) + ") or --all DIR")
    return 0


def schema(name: str) -> str:
    """The JSON Schema of what legengine reads under a name; the same text every time."""
    return _text(_model(name).model_json_schema(mode="validation"), name)


def _with_plugins(state: State) -> str:
    from legengine.hooks.profile_schema import profile_schema

    registry = state.registry()
    warn(registry)
    return _text(profile_schema(registry), "profile", id="profile-with-plugins")


def _text(data: dict[str, Any], name: str, id: str = "") -> str:
    data |= {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:legengine:schema:{id or name}:1",
        "title": f"legengine {name}",
    }
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _model(name: str) -> type[BaseModel]:
    match name:
        case "profile":
            from legengine.domain.profile import Profile

            return Profile
        case "program":
            from legengine.domain.program import Program

            return Program
        case "results":
            from legengine.domain.results import Results

            return Results
        case "protocol":
            from legengine.domain.protocol import Protocol

            return Protocol
        case _:
            from legengine.domain.exercise import LibraryData

            return LibraryData
