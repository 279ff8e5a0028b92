"""What a format imports when it writes, and how to get it where it is missing."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from legengine.errors import Fault, InputError

if TYPE_CHECKING:
    from legengine.hooks.contracts import Format
    from legengine.hooks.registry import Registry


def needs_of(format: Format) -> tuple[str, ...]:
    """The modules that a format imports when it writes."""
    return tuple(getattr(format, "needs", ()))


def missing_of(format: Format) -> tuple[str, ...]:
    """Those of them that are not installed; nothing is imported."""
    return tuple(module for module in needs_of(format) if find_spec(module) is None)


def cure_of(format: Format) -> str:
    """The command that installs what a format needs."""
    extra = str(getattr(format, "extra", "")) or " ".join(needs_of(format))
    return f"pip install '{extra}'" if extra else ""


def refuse_missing(registry: Registry, name: str, *, field: str = "") -> None:
    """Raise where a format could not write, before anything is solved for it.

    Raises:
        InputError: a package that the format needs is not installed; ``field`` asked for it.
    """
    format: Format = registry.require("formats", name, field=field)
    missing = missing_of(format)
    if missing:
        what = f"the format '{name}' needs {', '.join(missing)}, which is not installed"
        raise InputError([Fault(what, field, hint=cure_of(format))])
