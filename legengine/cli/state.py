"""What the global options say, and what commands make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from legengine.engine import Engine
    from legengine.hooks.registry import Registry


@dataclass(slots=True)
class State:
    """Handed from the group to its commands."""

    plugins: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    debug: bool = False
    json: bool = False
    """Whether a program reads the errors."""

    def registry(self) -> Registry:
        """Load the plugins, without the engine."""
        from legengine.hooks.registry import Registry

        return Registry.create(self.plugins, disable=self.disable)

    def engine(self) -> Engine:
        """Load the engine; this imports OR-Tools."""
        from legengine.engine import Engine

        return Engine(self.plugins, disable=self.disable)


def warn(registry: Registry) -> None:
    """Tell which plugins are left out because something is wrong with them."""
    for warning in registry.warnings:
        click.echo(f"legengine: warning: {warning}", err=True)


pass_state = click.make_pass_decorator(State, ensure=True)
