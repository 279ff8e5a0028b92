"""Keeps what plugins provide, sorted by name, and says why where something can't be had."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast

from pydantic import BaseModel

from legengine.documents.checking import held_against
from legengine.documents.reading import Document
from legengine.domain.choices import LibraryFile
from legengine.domain.exercise import LibraryData
from legengine.domain.protocol import Protocol
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError, LegengineError, PluginError
from legengine.hooks.contracts import (
    Constraint,
    ExerciseLibrary,
    Format,
    LibraryReader,
    Objective,
    ProgressionPolicy,
    ProtocolPlugin,
    ScreeningRule,
)
from legengine.hooks.discovery import (
    ESSENTIAL,
    OWN_DISTRIBUTION,
    FoundPlugin,
    Selection,
    find,
    select,
)
from legengine.hooks.inspection import KINDS, SINGULAR, Kind, told
from legengine.hooks.loading import Loader, PluginRecord, State, cure
from legengine.hooks.translations import translations_of
from legengine.language import ENGLISH, Language, language

if TYPE_CHECKING:
    from legengine.domain.picture import Picture
    from legengine.hooks.files import FilePlugin

APPLIED: Final[tuple[Kind, ...]] = ("exercises", "constraints", "objectives", "screenings")
"""Kinds of which everything that is there is used, whether or not a profile names it."""

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Registry:
    """What the plugins provide. Nothing changes after ``create``; safe to share among threads."""

    def __init__(
        self,
        records: Iterable[PluginRecord],
        given: Mapping[tuple[Kind, str], Sequence[tuple[FoundPlugin, Any]]],
        files: Sequence[FilePlugin] = (),
    ) -> None:
        provided = _sharing(_with_files(given, files))
        self.files: tuple[FilePlugin, ...] = tuple(files)
        """Libraries and protocols that are files or folders."""
        records = (*records, *(file.record for file in files))
        self.records: tuple[PluginRecord, ...] = tuple(sorted(records, key=lambda r: r.plugin))
        """Every plugin that was found or given, sorted by name."""
        self.conflicts: Mapping[tuple[Kind, str], tuple[FoundPlugin, ...]] = {
            key: tuple(sorted(plugin for plugin, _ in entries))
            for key, entries in sorted(provided.items())
            if len(entries) > 1
        }
        """What several plugins provide under one name; none of them is used."""
        single = {key: entries[0] for key, entries in sorted(provided.items()) if len(entries) == 1}
        self._providers = {key: plugin for key, (plugin, _) in single.items()}
        self._objects: dict[Kind, Mapping[str, Any]] = {
            kind: MappingProxyType(
                {name: value for (of, name), (_, value) in single.items() if of == kind}
            )
            for kind in KINDS
        }
        self._lock = threading.Lock()
        self._library: LibraryData | None = None
        self._protocols: dict[str, Protocol] = {}
        self._sound: set[str] = set()
        self._languages: dict[str, Language] = {}

    @classmethod
    def create(
        cls,
        plugins: Sequence[object] | None = None,
        *,
        autoload: bool = True,
        bundled: bool = True,
        disable: Sequence[str] = (),
        allow: Sequence[str] | None = None,
        essential: bool = True,
        strict: bool = False,
        watch: bool = False,
        libraries: Sequence[str | Path | LibraryFile] = (),
        environment: Mapping[str, str] | None = None,
        found: Sequence[FoundPlugin] | None = None,
    ) -> Registry:
        """Load the plugins that are given and those that are installed.

        ``plugins`` are modules, objects, ``(name, object)`` pairs or import paths; what is given
        has to work. Without ``autoload`` only they and those that come with legengine are loaded,
        without ``bundled`` only they and the essential ones, without ``essential`` not even
        those. ``allow`` names the installed ones to load. With ``strict`` a plugin that is broken
        or incompatible, and a name that two provide, is an error at once, needed or not.
        ``watch`` notes what plugins print and what takes long (``remarks``); not for threads.
        ``libraries`` are files or folders with exercises or protocols; they have to be right.
        ``environment`` and ``found`` stand in for the process's and for the installed ones.
        """
        installed: list[FoundPlugin] = []
        if bundled or essential:
            installed = list(find() if found is None else found)
        if not essential:
            installed = [plugin for plugin in installed if plugin.name not in ESSENTIAL]
        selection = Selection(
            autoload, bundled, tuple(disable), None if allow is None else tuple(allow)
        ).with_environment(os.environ if environment is None else environment)
        chosen = select(installed, selection)

        loader = Loader(watch=watch)
        for given in plugins or ():
            loader.give(given)
        for choice in chosen:
            loader.take(choice)
        registry = cls(loader.records, loader.provided)
        if libraries:
            from legengine.hooks.files import read_files

            files = read_files(registry, libraries)
            registry = cls(loader.records, loader.provided, files)
        for record in registry.records:
            if record.failed:
                _log.info("%s", record.failure(), exc_info=record.error)
        if strict and (failures := registry.failures):
            if len(failures) == 1:
                raise failures[0]
            raise PluginError("\n".join(map(str, failures)), plugin=failures[0].plugin)
        return registry

    # --- what there is ----------------------------------------------------------------------

    @property
    def exercises(self) -> Mapping[str, ExerciseLibrary]:
        """Exercise libraries by name, sorted; see ``library`` for their content."""
        return self._objects["exercises"]

    @property
    def readers(self) -> Mapping[str, LibraryReader]:
        """Readers of library files by name, sorted."""
        return self._objects["readers"]

    @property
    def protocols(self) -> Mapping[str, ProtocolPlugin]:
        """Protocols by name, sorted; see ``protocol`` for their content."""
        return self._objects["protocols"]

    @property
    def constraints(self) -> Mapping[str, Constraint]:
        """Constraints by name, sorted."""
        return self._objects["constraints"]

    @property
    def objectives(self) -> Mapping[str, Objective]:
        """Objectives by name, sorted."""
        return self._objects["objectives"]

    @property
    def progressions(self) -> Mapping[str, ProgressionPolicy]:
        """Progression policies by name, sorted."""
        return self._objects["progressions"]

    @property
    def screenings(self) -> Mapping[str, ScreeningRule]:
        """Screening rules by name, sorted."""
        return self._objects["screenings"]

    @property
    def formats(self) -> Mapping[str, Format]:
        """Formats by name, sorted."""
        return self._objects["formats"]

    def of(self, kind: Kind) -> Mapping[str, Any]:
        """Everything of a kind by name, sorted."""
        return self._objects[kind]

    def provider(self, kind: Kind, name: str) -> FoundPlugin:
        """The plugin that an object comes from."""
        self.require(kind, name)
        return self._providers[kind, name]

    @property
    def failures(self) -> tuple[PluginError, ...]:
        """The error of each plugin or object that is left out because something is wrong."""
        broken = [record.failure() for record in self.records if record.failed]
        return (*broken, *(self._conflict(*key) for key in self.conflicts))

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each plugin or object that is left out because something is wrong."""
        return tuple(map(str, self.failures))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What ``watch`` noted, a sentence each, with the plugin, its distribution and version."""
        return tuple(
            f"{record.plugin}: {remark}" for record in self.records for remark in record.remarks
        )

    @property
    def versions(self) -> Mapping[str, str]:
        """Loaded plugins with their distribution and version, for the provenance."""
        return {
            record.plugin.name: record.plugin.provider
            for record in self.records
            if record.state == "loaded"
        }

    # --- what is needed ---------------------------------------------------------------------

    def require(self, kind: Kind, name: str, *, field: str = "", others: Iterable[str] = ()) -> Any:
        """Return an object; say why where it can't be had, with ``field`` as what asked for it.

        ``others`` are names of other kinds that could have been meant.
        """
        objects = self._objects[kind]
        if name in objects:
            return objects[name]
        if (kind, name) in self.conflicts:
            raise self._conflict(kind, name)
        known = {*objects, *(other for of, other in self.conflicts if of == kind), *others}
        failed = [record for record in self.records if record.failed]
        # A broken plugin can't say what it would provide: judge by its name alone.
        for record in failed:
            if record.plugin.name == name:
                raise record.failure()
        hint = did_you_mean(name, known)
        if failed:
            names = ", ".join(f"'{record.plugin.name}' ({record.state})" for record in failed)
            hint = f"{hint}; not loaded: {names}" if hint else f"not loaded: {names}"
        raise InputError([Fault(f"there is no {SINGULAR[kind]} '{name}'", field, hint=hint)])

    def ensure(self, requires: Iterable[str] = (), *, kinds: Iterable[Kind] = ()) -> None:
        """Refuse to go on without what is needed.

        Needed are the essential plugins and everything that comes with legengine, the plugins
        that a profile requires by name, and at least one object of each of ``kinds``. Where two
        plugins provide one object of a kind that is applied unasked, neither can be left out.
        """
        by_name = {record.plugin.name: record for record in self.records}
        for record in self.records:
            own = record.plugin.distribution == OWN_DISTRIBUTION
            if record.failed and (own or record.plugin.name in ESSENTIAL):
                raise record.failure()
        for kind, name in self.conflicts:
            if kind in APPLIED:
                raise self._conflict(kind, name)
        faults = []
        for index, name in enumerate(requires):
            field = f"requires[{index}]"
            needed = by_name.get(name)
            if needed is None:
                hint = did_you_mean(name, by_name)
                faults.append(Fault(f"plugin '{name}' is not installed", field, hint=hint))
            elif needed.failed:
                raise needed.failure()
            elif needed.state == "disabled":
                faults.append(Fault(f"plugin '{name}' is needed: {needed.reason}", field))
        if faults:
            raise InputError(faults)
        for kind in kinds:
            if not self._objects[kind]:
                self._none_of(kind)

    def _none_of(self, kind: Kind) -> NoReturn:
        message = f"no plugin provides any {SINGULAR[kind]}"
        left_out = [f"'{r.plugin.name}' ({r.reason})" for r in self.records if r.state != "loaded"]
        if left_out:
            message += "; not loaded: " + ", ".join(left_out)
        raise PluginError(message)

    def _conflict(self, kind: Kind, name: str) -> PluginError:
        plugins = self.conflicts[kind, name]
        return PluginError(
            f"{SINGULAR[kind]} '{name}' is provided by "
            + " and by ".join(map(str, plugins))
            + "; disable or uninstall all but one of them",
            plugin=plugins[0].name,
            distribution=plugins[0].provider,
        )

    @contextmanager
    def blame(self, kind: Kind, name: str, doing: str = "") -> Iterator[None]:
        """Make a ``PluginError`` of what an object's own code raises, with its plugin's name."""
        try:
            yield
        except LegengineError:
            raise
        except (Exception, SystemExit) as error:
            raise self.fault_of(kind, name, doing, error) from error

    def fault_of(self, kind: Kind, name: str, doing: str, error: BaseException) -> PluginError:
        """The error that names an object, its plugin and what it failed at."""
        plugin = self._providers[kind, name]
        what = f"{SINGULAR[kind]} '{name}' of {plugin} failed"
        if doing:
            what += f" in {doing}"
        reason = str(error) if isinstance(error, LegengineError) else told(error)
        return PluginError(
            f"{what}: {reason} ({cure(plugin)})",
            plugin=plugin.name,
            distribution=plugin.provider,
        )

    # --- data and options -------------------------------------------------------------------

    def library(self) -> LibraryData:
        """All exercise libraries as one, with every link checked; read once."""
        from legengine.hooks.library import merge_libraries

        with self._lock:
            if self._library is None:
                parts = {
                    name: self._loaded("exercises", name, library.load, LibraryData)
                    for name, library in self.exercises.items()
                }
                try:
                    locate = {
                        file.record.plugin.name: file.locate for file in self.files if file.locate
                    }
                    self._library = merge_libraries(parts, locate)
                except InputError as error:
                    of_files = [fault for fault in error.problems if fault.source]
                    if of_files:
                        raise InputError(of_files) from error
                    message = "the exercise libraries don't fit together:\n"
                    raise PluginError(message + str(error)) from error
            return self._library

    def picture(self, exercise: str) -> Picture | None:
        """The picture of an exercise, by its id; ``None`` where no library has one."""
        return self.library().pictures.get(exercise)

    def language(self, code: str, *, field: str = "") -> Language:
        """A language, with what the libraries say in it; read once.

        Raises:
            InputError: nobody speaks it; ``field`` is what asked for it.
        """
        if code == ENGLISH.code:
            return ENGLISH
        if code not in self._languages:
            translations = translations_of(self.library())
            try:
                self._languages[code] = language(code, translations)
            except InputError as error:
                raise InputError(_under(field, error.problems)) from error
        return self._languages[code]

    def protocol(self, name: str) -> Protocol:
        """A protocol's content; read once."""
        plugin: ProtocolPlugin = self.require("protocols", name, field="protocol")
        with self._lock:
            if name not in self._protocols:
                self._protocols[name] = self._loaded("protocols", name, plugin.load, Protocol)
            return self._protocols[name]

    def sound_protocol(self, name: str) -> Protocol:
        """A protocol of which all that it names is there; looked at once.

        Raises:
            PluginError: it names exercises, conditions or policies that nobody brings.
        """
        protocol = self.protocol(name)
        if name not in self._sound:
            from legengine.hooks.library import protocol_faults

            missing = protocol_faults(protocol, self.library(), self.progressions)
            if missing:
                raise PluginError(
                    f"protocol '{protocol.id}' names what is not there: "
                    + "; ".join(map(str, missing))
                )
            self._sound.add(name)
        return protocol

    def _loaded(self, kind: Kind, name: str, load: Callable[[], T], wanted: type[T]) -> T:
        try:
            data = load()
        except (Exception, SystemExit) as error:
            raise self.fault_of(kind, name, "load", error) from error
        if not isinstance(data, wanted):
            wrong = TypeError(f"expected {wanted.__name__}, got {type(data).__name__}")
            raise self.fault_of(kind, name, "load", wrong)
        return data

    def options(
        self, kind: Kind, name: str, settings: Mapping[str, Any], *, field: str = ""
    ) -> BaseModel:
        """The settings of an object as its own model; ``field`` is where they stand.

        Raises:
            InputError: there is no such object, or the settings don't fit; every fault at once.
            PluginError: the object can't be had, or its model fails by itself.
        """
        model = cast("type[BaseModel]", self.require(kind, name, field=field).options)
        with self.blame(kind, name, "its options"):
            held = held_against(Document(dict(settings)), model, noun="option")
        if held.model is None or held.faults:
            raise InputError(_under(field, held.faults))
        return held.model


def _with_files(
    provided: Mapping[tuple[Kind, str], Sequence[tuple[FoundPlugin, Any]]],
    files: Iterable[FilePlugin],
) -> dict[tuple[Kind, str], Sequence[tuple[FoundPlugin, Any]]]:
    result = dict(provided)
    for file in files:
        for kind, each in file.provided:
            key = (kind, each.name)
            result[key] = (*result.get(key, ()), (file.record.plugin, each))
    return result


def _sharing(
    provided: Mapping[tuple[Kind, str], Sequence[tuple[FoundPlugin, Any]]],
) -> dict[tuple[Kind, str], Sequence[tuple[FoundPlugin, Any]]]:
    """Let constraints and objectives clash by name: ``rules`` of a profile sets both."""
    result = dict(provided)
    for (kind, name), entries in provided.items():
        if kind == "objectives" and (rules := provided.get(("constraints", name))):
            result[kind, name] = (*entries, *rules)
    return result


def _under(where: str, faults: Iterable[Fault]) -> list[Fault]:
    """The faults of an object's options, with the field under which they stand."""
    return [
        replace(fault, field=f"{where}{'.' if _joined(where, fault.field) else ''}{fault.field}")
        for fault in faults
    ]


def _joined(where: str, field: str) -> bool:
    return bool(where and field) and not field.startswith("[")


__all__ = ["APPLIED", "KINDS", "Kind", "PluginRecord", "Registry", "State"]
