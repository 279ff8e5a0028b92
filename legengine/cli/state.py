"""What the global options say, and what commands make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from legengine.cli.standard_output import keep_from_plugins

if TYPE_CHECKING:
    from legengine.engine import Engine
    from legengine.hooks.registry import Registry


@dataclass(slots=True)
class State:
    """Handed from the group to its commands."""

    plugins: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    autoload: bool = True
    strict: bool = False
    """Whether a broken plugin is an error even where it isn't needed."""
    debug: bool = False
    json: bool = False
    """Whether a program reads the errors."""

    def registry(self, *, strict: bool | None = None, watch: bool = False) -> Registry:
        """Load the plugins, without the engine; ``watch`` also notes how they behave meanwhile."""
        from legengine.hooks.registry import Registry

        keep_from_plugins()
        return Registry.create(
            self.plugins,
            autoload=self.autoload,
            disable=self.disable,
            strict=self.strict if strict is None else strict,
            watch=watch,
        )

    def engine(self) -> Engine:
        """Load the engine; this imports OR-Tools."""
        from legengine.engine import Engine

        keep_from_plugins()
        return Engine(
            self.plugins, autoload=self.autoload, disable=self.disable, strict=self.strict
        )


def warn(registry: Registry) -> None:
    """Tell which plugins are left out because something is wrong with them."""
    for warning in registry.warnings:
        click.echo(f"legengine: warning: {warning}", err=True)


pass_state = click.make_pass_decorator(State, ensure=True)
