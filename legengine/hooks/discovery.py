"""Finds plugins by their metadata and chooses among them; nothing is imported here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import Distribution, EntryPoint, distributions
from typing import Final

from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError

GROUP: Final = "legengine"
"""The entry-point group; the name of an entry point is the name of the plugin."""

OWN_DISTRIBUTION: Final = "legengine"
"""The distribution that brings the essential and the bundled plugins."""

ESSENTIAL: Final[Mapping[str, str]] = {"rules": "legengine.rules"}
"""Plugins that are always there and can't be disabled, with the module that holds them."""

DISABLE_VARIABLE: Final = "LEGENGINE_DISABLE_PLUGINS"
"""Environment variable: names of plugins that are not loaded, separated by commas."""

NO_AUTOLOAD_VARIABLE: Final = "LEGENGINE_NO_AUTOLOAD"
"""Environment variable: 1 leaves out every plugin that doesn't come with legengine itself."""


ONLY_VARIABLE: Final = "LEGENGINE_PLUGINS"
"""Environment variable: the only plugins of other distributions that are loaded, by name; where it
is set and empty, none is."""


_ABOUT_US: Final = re.compile(rf"{OWN_DISTRIBUTION}(?![\w.-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class FoundPlugin:
    """One plugin as its metadata tells it."""

    name: str
    distribution: str = ""
    version: str = ""
    value: str = ""
    """Where it is: ``package.module`` or ``package.module:object``."""
    needs: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """What its distribution asks of legengine: its lines ``Requires-Dist`` about it."""

    @property
    def provider(self) -> str:
        """Distribution and version, for messages."""
        if not self.distribution:
            return "the caller"
        return f"{self.distribution} {self.version}".rstrip()

    def __str__(self) -> str:
        how = "of" if self.distribution else "given by"
        return f"plugin '{self.name}' {how} {self.provider}"

    def load(self) -> object:
        """Import it. Anything may be raised: this is the plugin's code."""
        entry = EntryPoint(self.name, self.value, GROUP)
        if entry.pattern.match(self.value) is None:
            raise ImportError(f"'{self.value}' doesn't say a module, as 'package.module' does")
        return entry.load()


def find() -> tuple[FoundPlugin, ...]:
    """All plugins that are installed, sorted by name; two of one name are both there.

    Essential plugins are found even where the metadata of legengine are missing.
    """
    found: set[FoundPlugin] = set()
    seen: set[str] = set()
    for distribution in distributions():
        entries = _entries(_text(distribution, "entry_points.txt"))
        if not entries:
            continue
        name, version, needs = _identity(distribution)
        # Of two copies of a distribution the first on the path is the one that imports find.
        key = name.lower().replace("_", "-").replace(".", "-") or str(id(distribution))
        if key not in seen:
            seen.add(key)
            found |= {FoundPlugin(entry, name, version, value, needs) for entry, value in entries}
    for name, value in ESSENTIAL.items():
        if not any((plugin.name, plugin.value) == (name, value) for plugin in found):
            found.add(FoundPlugin(name, OWN_DISTRIBUTION, own_version(), value))
    return tuple(sorted(found))


def _text(distribution: Distribution, file: str) -> str:
    """A file of the metadata; empty where it is missing or can't be read."""
    try:
        return distribution.read_text(file) or ""
    except (OSError, ValueError):
        return ""


def _entries(text: str) -> list[tuple[str, str]]:
    """The entry points of our group, as name and value; only our section is looked at."""
    if GROUP not in text:
        return []
    entries: list[tuple[str, str]] = []
    ours = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            ours = line.strip("[]").strip() == GROUP
        elif ours and line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            entries.append((name.strip(), value.strip()))
    return entries


def _identity(distribution: Distribution) -> tuple[str, str, tuple[str, ...]]:
    """Name, version and what is asked of legengine, from the head of the metadata alone."""
    fields: dict[str, str] = {}
    needs: list[str] = []
    text = _text(distribution, "METADATA") or _text(distribution, "PKG-INFO")
    for line in text.splitlines():
        if not line.strip():
            break
        name, _, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "requires-dist" and _ABOUT_US.match(value):
            needs.append(value)
        fields.setdefault(name, value)
    return fields.get("name", ""), fields.get("version", ""), tuple(needs)


def own_version() -> str:
    """The version of legengine, or an empty string where it runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(OWN_DISTRIBUTION)
    except PackageNotFoundError:
        return ""


# --- choosing ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of the plugins that were found are loaded."""

    autoload: bool = True
    """Without it only plugins that come with legengine are loaded, and those that are allowed."""
    bundled: bool = True
    """Without it only essential plugins are loaded."""
    disable: tuple[str, ...] = ()
    allow: tuple[str, ...] | None = None
    """Only these and the essential ones; ``None``: all."""
    ignore: tuple[str, ...] = ()
    """Like ``disable``, but a name that isn't there is no mistake: from the environment."""
    own_only: bool = False
    """Like no ``autoload``: from the environment."""
    only: tuple[str, ...] | None = None
    """The plugins of other distributions to load; ``None``: all. From the environment."""

    def with_environment(self, environment: Mapping[str, str]) -> Selection:
        """Add what the environment variables say."""
        only = environment.get(ONLY_VARIABLE)
        flag = environment.get(NO_AUTOLOAD_VARIABLE, "").strip().lower()
        return replace(
            self,
            ignore=(*self.ignore, *_names(environment.get(DISABLE_VARIABLE, ""))),
            only=self.only if only is None else _names(only),
            own_only=self.own_only or flag not in ("", "0", "false", "no"),
        )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


@dataclass(frozen=True, slots=True)
class Chosen:
    """A plugin that was found, and why it is not loaded; an empty reason: it is."""

    plugin: FoundPlugin
    disabled: str = ""
    duplicates: tuple[FoundPlugin, ...] = ()
    """Other plugins of the same name: none of them can be loaded."""


def select(found: Sequence[FoundPlugin], selection: Selection) -> tuple[Chosen, ...]:
    """Say of each plugin whether it is to be loaded, before anything is imported."""
    names = {plugin.name for plugin in found}
    _refuse_unknown("disable", selection.disable, names)
    _refuse_unknown("allow", selection.allow or (), names)
    for name in (*selection.disable, *selection.ignore):
        if name in ESSENTIAL:
            raise InputError(
                [
                    Fault(
                        f"plugin '{name}' can't be disabled",
                        hint="it holds the rules that every program must keep",
                    )
                ]
            )
    result = []
    for plugin in found:
        others = tuple(other for other in found if other.name == plugin.name and other != plugin)
        result.append(Chosen(plugin, _why_disabled(plugin, selection), others))
    return tuple(result)


def _why_disabled(plugin: FoundPlugin, selection: Selection) -> str:
    name = plugin.name
    if name in ESSENTIAL:
        return ""
    if name in selection.disable:
        return "disabled by name"
    if name in selection.ignore:
        return f"disabled by {DISABLE_VARIABLE}"
    own = plugin.distribution == OWN_DISTRIBUTION
    if not selection.bundled:
        return "only essential plugins are loaded"
    if selection.allow is not None:
        return "" if name in selection.allow else "not among the plugins that are allowed"
    if not selection.autoload and not own:
        return "autoload is off"
    if selection.own_only and not own:
        return f"left out by {NO_AUTOLOAD_VARIABLE}"
    if selection.only is not None and not own and name not in selection.only:
        return f"not among those of {ONLY_VARIABLE}"
    return ""


def _refuse_unknown(what: str, names: Iterable[str], known: Collection[str]) -> None:
    faults = [
        Fault(f"no plugin '{name}' is installed", what, hint=did_you_mean(name, known))
        for name in names
        if name not in known
    ]
    if faults:
        raise InputError(faults)


__all__ = [
    "DISABLE_VARIABLE",
    "ESSENTIAL",
    "GROUP",
    "NO_AUTOLOAD_VARIABLE",
    "ONLY_VARIABLE",
    "OWN_DISTRIBUTION",
    "Chosen",
    "FoundPlugin",
    "Selection",
    "find",
    "own_version",
    "select",
]
