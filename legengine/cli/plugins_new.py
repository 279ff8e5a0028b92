"""``legengine plugins new NAME``: the project of a new plugin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from legengine.cli.tables import show

KINDS: Final[dict[str, str]] = {
    "exercises": "an exercise library",
    "readers": "a reader of library files",
    "protocols": "a protocol",
    "constraints": "a rule that must hold",
    "objectives": "a wish",
    "progressions": "a progression policy",
    "screenings": "a screening rule",
    "formats": "an output format",
}


@click.command("new")
@click.argument("name")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help=f"What it brings; repeatable, or with commas: {', '.join(KINDS)}, or all.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    show_default="here",
    metavar="DIR",
    help="Where the folder legengine-NAME is made.",
)
@click.option("--author", default="", help="Name of the author, for its metadata.")
def command(name: str, kinds: tuple[str, ...], folder: Path, author: str) -> int:
    """Make the project of a new plugin, complete: code, data, tests, README.

    It passes its own tests and 'plugins check' at once; change it from there.
    """
    from legengine.hooks.discovery import find
    from legengine.scaffold.project import make_project, names_of

    names = names_of(name, {plugin.name for plugin in find()})
    project = make_project(names, _chosen(kinds), folder, author)
    package = f"legengine_{names.snake}"
    show(
        f"made {project}\n\n"
        f"  cd {project}\n"
        f"  pip install -e '.[test]'\n"
        f"  python -m pytest\n"
        f"  legengine plugins check {names.plain}\n\n"
        f"Begin with {package}/plugin.py."
    )
    return 0


def _chosen(kinds: tuple[str, ...]) -> list[str]:
    """The kinds in their order; asked for on a terminal, where none is given."""
    words = [word.strip() for kind in kinds for word in kind.split(",") if word.strip()]
    if not words and sys.stdin.isatty() and sys.stderr.isatty():
        for kind, meaning in KINDS.items():
            click.echo(f"  {kind:<13} {meaning}", err=True)
        answer = click.prompt("What does it bring", default="constraints", err=True)
        words = [word.strip() for word in answer.replace(",", " ").split()]
    if not words:
        raise click.UsageError("say what it brings: --kind " + ", --kind ".join(KINDS))
    if "all" in words:
        return list(KINDS)
    from legengine.cli.kinds import kind_named

    for word in words:
        if kind_named(word) is None:
            from legengine.domain.vocabulary import did_you_mean

            hint = did_you_mean(word, (*KINDS, "all"))
            raise click.BadParameter(f"unknown kind '{word}' ({hint})", param_hint="--kind")
    chosen = {kind_named(word) for word in words}
    return [kind for kind in KINDS if kind in chosen]
