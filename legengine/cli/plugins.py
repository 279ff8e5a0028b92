"""``legengine plugins``: what is installed, what it brings, whether it is sound, a new one."""

from __future__ import annotations

from typing import Final

import click

from legengine.cli.lazy import LazyGroup

COMMANDS: Final[dict[str, str]] = {
    "list": "list the plugins; none is imported unless it is asked for",
    "show": "show what a plugin brings, and how a profile sets its options",
    "check": "ask a plugin, a folder or a file all that its contract says",
    "new": "make the project of a new plugin",
}
"""Command to its line in the help; ``legengine.cli.plugins_NAME`` is imported when it is called."""


@click.group(
    "plugins", cls=LazyGroup, modules="legengine.cli.plugins_", summaries=COMMANDS, default="list"
)
def command() -> None:
    """List, show, check and make plugins; without a command they are listed."""
