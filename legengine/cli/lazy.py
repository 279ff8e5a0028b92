"""A group that imports a command when it is called, and guesses what a misspelt one meant."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Commands by name with their line in the help; their modules are imported when called."""

    def __init__(
        self,
        *args: Any,
        modules: str,
        summaries: Mapping[str, str],
        default: str = "",
        **kwargs: Any,
    ) -> None:
        """Take the beginning of the modules' names; a module's command is ``command``.

        ``default`` is the command that is meant where none is named.
        """
        super().__init__(*args, **kwargs)
        self._modules = modules
        self._summaries = summaries
        self._default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = args and (not args[0].startswith("-") or args[0] in ctx.help_option_names)
        return super().parse_args(
            ctx, [self._default, *args] if self._default and not named else args
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._summaries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._summaries:
            return None
        command: click.Command = import_module(f"{self._modules}{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(self._summaries.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self._summaries and not name.startswith("-") and not ctx.resilient_parsing:
            from legengine.domain.vocabulary import did_you_mean

            ctx.fail(f"no such command '{name}' ({did_you_mean(name, self._summaries)})")
        return super().resolve_command(ctx, args)
