"""Loads plugins one at a time; the only user of pluggy's manager.

pluggy collects the hook implementations. Everything else is done here: one plugin after another,
so that a broken one is a record and not a crash; each implementation called by itself, so that
every failure has a name; nothing taken of a plugin of which any part is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, Literal

import pluggy

from legengine.errors import PluginError
from legengine.hooks import specs
from legengine.hooks.compatibility import wrong_api, wrong_requirement
from legengine.hooks.discovery import (
    DISABLE_VARIABLE,
    OWN_DISTRIBUTION,
    Chosen,
    FoundPlugin,
    own_version,
)
from legengine.hooks.inspection import (
    HOOKS,
    KINDS,
    Kind,
    told,
    wrong_hooks,
    wrong_object,
    wrong_result,
)
from legengine.hooks.watching import Watch

State = Literal["loaded", "file", "disabled", "broken", "incompatible"]
"""``file``: loaded, and no Python: a library or protocol that is a file or folder."""


@dataclass(frozen=True, slots=True)
class PluginRecord:
    """What became of one plugin."""

    plugin: FoundPlugin
    state: State
    reason: str = ""
    """Why it isn't loaded."""
    provides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind to the names that it provides."""
    remarks: tuple[str, ...] = ()
    """What is no failure, but its author should mend; only where plugins are watched."""
    error: BaseException | None = field(default=None, repr=False, compare=False)

    @property
    def failed(self) -> bool:
        """Whether it should have been loaded and couldn't."""
        return self.state in ("broken", "incompatible")

    def _cure(self) -> str:
        module = self.plugin.value.partition(":")[0]
        lost = self.error.name if isinstance(self.error, ModuleNotFoundError) else None
        if not self.plugin.distribution and lost and f"{module}.".startswith(f"{lost}."):
            return "install it, or put the folder that holds it into PYTHONPATH"
        return cure(self.plugin)

    def failure(self) -> PluginError:
        """The error to raise where the plugin is needed."""
        plugin = self.plugin
        error = PluginError(
            f"{plugin} is {self.state}: {self.reason} ({self._cure()})",
            plugin=plugin.name,
            distribution=plugin.provider,
        )
        error.__cause__ = self.error
        return error


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """A plugin that can't be taken."""

    def __init__(self, reason: str, state: State = "broken") -> None:
        self.reason = reason
        self.state: State = state
        super().__init__(reason)


def _refuse(incompatible: bool, problem: str) -> None:
    if problem:
        raise _Refused(problem, "incompatible" if incompatible else "broken")


def cure(plugin: FoundPlugin) -> str:
    """What a person can do about a plugin that fails."""
    if plugin.distribution == OWN_DISTRIBUTION:
        return "it comes with legengine: reinstall legengine"
    if not plugin.distribution:
        return "mend it, or leave it out"
    return (
        f"update or uninstall {plugin.distribution}, or leave the plugin out with "
        f"{DISABLE_VARIABLE}={plugin.name}"
    )


class Loader:
    """Takes plugins one after another and keeps what became of them."""

    def __init__(self, *, watch: bool = False) -> None:
        self._watch = watch
        self.records: list[PluginRecord] = []
        self.provided: dict[tuple[Kind, str], list[tuple[FoundPlugin, Any]]] = {}
        self._manager = pluggy.PluginManager(specs.PROJECT)
        self._manager.add_hookspecs(specs)

    def give(self, given: object) -> None:
        """Load a plugin that the caller named; it has to work."""
        found, live = _described(given)
        record = self._load(found, found.load if live is None else lambda: live)
        if record.failed:
            raise record.failure()
        self.records.append(record)

    def take(self, choice: Chosen) -> None:
        """Load a plugin that was found, or record why not."""
        plugin = choice.plugin
        if choice.disabled:
            self.records.append(PluginRecord(plugin, "disabled", choice.disabled))
            return
        same = [r.plugin for r in self.records if r.plugin.name == plugin.name]
        if choice.duplicates:
            everyone = " and ".join(p.provider for p in sorted((plugin, *choice.duplicates)))
            reason = f"{everyone} both provide a plugin of this name; uninstall all but one of them"
            self.records.append(PluginRecord(plugin, "broken", reason))
        elif any(not other.distribution for other in same):
            raise PluginError(
                f"{plugin} and one given by the caller have the same name; disable the first",
                plugin=plugin.name,
                distribution=plugin.provider,
            )
        else:
            self.records.append(self._load(plugin, plugin.load))

    def _load(self, found: FoundPlugin, load: Callable[[], object]) -> PluginRecord:
        watch = Watch(awake=self._watch and found.distribution != OWN_DISTRIBUTION)
        record = self._taken(found, load, watch)
        return replace(record, remarks=tuple(watch.remarks))

    def _taken(self, found: FoundPlugin, load: Callable[[], object], watch: Watch) -> PluginRecord:
        try:
            _refuse(*wrong_requirement(found.needs, own_version()))
            with watch.importing():
                plugin = self._imported(load)
            if known := self._manager.get_name(plugin):
                return PluginRecord(found, "disabled", f"the same is already loaded as '{known}'")
            provided = self._collected(found.name, plugin, watch)
        except _Refused as refused:
            return PluginRecord(found, refused.state, refused.reason, error=refused.__cause__)
        names: dict[Kind, list[str]] = {}
        for (kind, name), value in provided.items():
            self.provided.setdefault((kind, name), []).append((found, value))
            names.setdefault(kind, []).append(name)
        provides: dict[str, tuple[str, ...]] = {
            kind: tuple(sorted(names[kind])) for kind in KINDS if kind in names
        }
        return PluginRecord(found, "loaded", provides=provides)

    @staticmethod
    def _imported(load: Callable[[], object]) -> object:
        try:
            return load()
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:  # a plugin may even call sys.exit
            raise _Refused(f"it can't be imported: {told(error)}") from error

    def _collected(self, name: str, plugin: object, watch: Watch) -> dict[tuple[Kind, str], Any]:
        """Everything that a plugin provides; nothing of a plugin that is wrong somewhere."""
        _refuse(*wrong_api(plugin))
        if problem := wrong_hooks(plugin):
            raise _Refused(problem)
        try:
            self._manager.register(plugin, name)
            return self._called(plugin, watch)
        except _Refused:
            self._forget(plugin)
            raise
        except (pluggy.PluginValidationError, ValueError, TypeError) as error:
            self._forget(plugin)
            raise _Refused(f"it can't be registered: {told(error)}") from error

    def _forget(self, plugin: object) -> None:
        # Some releases of pluggy keep a plugin that failed.
        if self._manager.is_registered(plugin):
            self._manager.unregister(plugin)

    def _called(self, plugin: object, watch: Watch) -> dict[tuple[Kind, str], Any]:
        provided: dict[tuple[Kind, str], Any] = {}
        for caller in self._manager.get_hookcallers(plugin) or ():
            if caller.name not in HOOKS:
                continue  # an optional hook of another release
            kind = HOOKS[caller.name]
            for implementation in caller.get_hookimpls():
                if implementation.plugin is not plugin:
                    continue
                try:
                    with watch.calling(caller.name):
                        result: Any = implementation.function()
                except (KeyboardInterrupt, GeneratorExit):
                    raise
                except BaseException as error:
                    raise _Refused(f"hook '{caller.name}' failed: {told(error)}") from error
                if problem := wrong_result(caller.name, result):
                    raise _Refused(problem)
                for value in result:
                    if problem := wrong_object(kind, value):
                        raise _Refused(f"hook '{caller.name}': {problem}")
                    if (kind, value.name) in provided:
                        what = f"two objects are called '{value.name}'"
                        raise _Refused(f"hook '{caller.name}': {what}")
                    provided[kind, value.name] = value
        return provided


def _described(given: object) -> tuple[FoundPlugin, object | None]:
    """Name, and the object itself, of what a caller gave."""
    if isinstance(given, str):
        return FoundPlugin(given, value=given), None
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str):
        name, plugin = given
        value = plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__qualname__
        return FoundPlugin(name, value=value), plugin
    if isinstance(given, ModuleType):
        return FoundPlugin(given.__name__, value=given.__name__), given
    name = getattr(given, "__name__", None) or type(given).__name__
    return FoundPlugin(name, value=f"{type(given).__module__}.{name}"), given


__all__ = ["Loader", "PluginRecord", "State", "cure"]
