"""Registries that never look for what else is installed, and plugins made on the spot.

What a test sees must not depend on the machine that it runs on: neither on other plugins, nor on
environment variables that switch plugins off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from legengine.domain.vocabulary import did_you_mean
from legengine.hooks.inspection import HOOKS, KINDS
from legengine.hooks.registry import Registry
from legengine.hooks.specs import hookimpl

if TYPE_CHECKING:
    from legengine.engine import Engine


def sealed_registry(*plugins: object, bundled: bool = True) -> Registry:
    """A registry of what comes with legengine and the plugins that are given; nothing else.

    ``plugins`` are modules, objects, ``(name, object)`` pairs or import paths. Without ``bundled``
    only the rules are there beside them.

    Raises:
        PluginError: a plugin that is given is broken.
    """
    return Registry.create(plugins, autoload=False, bundled=bundled, environment={})


def engine_with(*plugins: object) -> Engine:
    """An engine over what comes with legengine and the plugins that are given; nothing else.

    This imports OR-Tools. ``plugins`` are as for ``sealed_registry``.

    Raises:
        PluginError: a plugin that is given is broken.
    """
    from legengine.engine import Engine

    return Engine(plugins, autoload=False, environment={})


class ThrowAwayPlugin:
    """A plugin of the objects that it is given, by kind; it lives as long as the test."""

    LEGENGINE_API = 1

    def __init__(self, provided: dict[str, Sequence[Any]]) -> None:
        """Take kind to objects, such as ``{"constraints": [MyRule()]}``.

        Raises:
            TypeError: there is no such kind.
        """
        for kind in provided:
            if kind not in KINDS:
                raise TypeError(f"there is no kind '{kind}': {did_you_mean(kind, KINDS)}")
        for hook, kind in HOOKS.items():
            if kind in provided:
                setattr(self, hook, hookimpl(_handing_over(tuple(provided[kind]))))


def _handing_over(objects: tuple[Any, ...]) -> Any:
    def hook() -> tuple[Any, ...]:
        return objects

    return hook


@contextmanager
def tmp_plugin(name: str = "tmp", **provided: Sequence[Any]) -> Iterator[tuple[str, object]]:
    """Make a throw-away plugin from objects.

    As in ``with tmp_plugin(constraints=[MyRule()]) as plugin:``. The keywords are the kinds
    (``exercises``, ``readers``, ``protocols``, ``constraints``, ``objectives``, ``progressions``,
    ``screenings``, ``formats``). What comes back is what ``Engine(plugins=[...])``,
    ``sealed_registry`` and ``checks_of`` take; nothing else knows it.

    Raises:
        TypeError: there is no such kind.
    """
    yield (name, ThrowAwayPlugin(dict(provided)))


__all__ = ["ThrowAwayPlugin", "engine_with", "sealed_registry", "tmp_plugin"]
