"""What the global options say, and what commands make of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legengine.cli.standard_output import keep_from_plugins

if TYPE_CHECKING:
    from legengine.domain.choices import LibraryFile
    from legengine.domain.profile import Profile
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
    libraries: tuple[Path, ...] = ()
    """Files or folders with exercises or protocols."""

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
            libraries=self.libraries,
        )

    def engine(self, profile: Profile | None = None, beside: Path | None = None) -> Engine:
        """Load the engine; this imports OR-Tools.

        The libraries that the profile names are read too, from beside its file.
        """
        from legengine.engine import Engine

        keep_from_plugins()
        named = () if profile is None else profile.libraries
        return Engine(
            self.plugins,
            autoload=self.autoload,
            disable=self.disable,
            strict=self.strict,
            libraries=[*(self._found(each, beside) for each in named), *self.libraries],
        )

    def _found(self, library: LibraryFile, beside: Path | None) -> LibraryFile:
        """The library with the path where it is: beside the file, or given on the command line."""
        path = (beside.parent if beside else Path()) / library.path
        given = {each.name: each for each in self.libraries}
        if not path.exists():
            path = given.get(path.name, path)
        return library.model_copy(update={"path": str(path)})


def warn(registry: Registry) -> None:
    """Tell which plugins are left out because something is wrong with them."""
    for warning in registry.warnings:
        click.echo(f"legengine: warning: {warning}", err=True)


pass_state = click.make_pass_decorator(State, ensure=True)
