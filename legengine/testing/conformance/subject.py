"""What is examined: one plugin, found by name, module, object, import path, folder or file."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from legengine.domain.problem import Problem
from legengine.domain.vocabulary import did_you_mean
from legengine.errors import Fault, InputError, LegengineError, PluginError
from legengine.hooks.discovery import GROUP, OWN_DISTRIBUTION, FoundPlugin, find
from legengine.hooks.inspection import KINDS, Kind
from legengine.hooks.registry import PluginRecord, Registry
from legengine.testing.conformance.check import CheckFailed
from legengine.testing.registries import sealed_registry

Problems = Sequence[Problem] | Mapping[str, Sequence[Problem]]
"""Tiny problems of an author: for every rule and wish, or by the name of one."""


@dataclass(frozen=True)
class Subject:
    """A plugin, with a registry that holds it and what comes with legengine, and nothing else."""

    found: FoundPlugin
    registry: Registry | None
    """``None`` where it can't be loaded at all; ``failure`` says why."""
    failure: str = ""
    plugin: object = None
    """The module or object itself, where it is known."""
    requirements: tuple[str, ...] | None = None
    """What its distribution depends on; ``None`` where it has none."""
    problems: Problems = field(default=())
    on_file: bool = False
    """Whether it is data in a file or folder, without any Python."""

    @property
    def importable(self) -> str:
        """What a fresh process imports to get it; empty where that can't be."""
        module = self.found.value.partition(":")[0]
        if self.on_file or not module or not self.in_a_file(module):
            return ""
        if self.plugin is None or isinstance(self.plugin, ModuleType) or self.found.distribution:
            return self.found.value
        return ""

    @staticmethod
    def in_a_file(module: str) -> bool:
        """Whether a module can be found by its name."""
        try:
            spec = find_spec(module)
            # A folder without code counts as a package too; it is no plugin.
            return spec is not None and spec.origin is not None
        except (ImportError, ValueError):
            return False

    @property
    def record(self) -> PluginRecord | None:
        """What became of it in the registry."""
        if self.registry is None:
            return None
        return next((r for r in self.registry.records if r.plugin == self.found), None)

    @property
    def loaded(self) -> Registry:
        """The registry that holds it.

        Raises:
            CheckFailed: it can't be loaded.
        """
        if self.registry is None:
            raise CheckFailed(self.failure)
        return self.registry

    @property
    def own(self) -> bool:
        """Whether it comes with legengine."""
        return self.found.distribution == OWN_DISTRIBUTION

    def objects(self) -> list[tuple[Kind, str, Any]]:
        """What it provides and nobody else does: kind, name, object; sorted."""
        record, registry = self.record, self.registry
        if record is None or registry is None:
            return []
        return [
            (kind, name, registry.of(kind)[name])
            for kind in KINDS
            for name in record.provides.get(kind, ())
            if name in registry.of(kind)
        ]

    def problems_of(self, name: str) -> Sequence[Problem]:
        """The author's own problems for a rule or a wish."""
        if isinstance(self.problems, Mapping):
            return self.problems.get(name, ())
        return self.problems


def subjects_of(plugin: object, problems: Problems = ()) -> tuple[Subject, ...]:
    """The plugin that is meant, or the plugins of a folder.

    ``plugin`` is the name of an installed plugin, an import path, a module, an object, a
    ``(name, object)`` pair, the path of a project folder or of a module, or a file or folder of
    data.

    Raises:
        InputError: there is no such plugin, or the folder holds none.
    """
    if isinstance(plugin, Path):
        return _at(plugin, problems)
    if isinstance(plugin, str):
        return _named(plugin, problems)
    return (_given(plugin, problems),)


def _named(name: str, problems: Problems) -> tuple[Subject, ...]:
    installed = {found.name: found for found in find()}
    if name in installed:
        return (_installed(installed[name], problems),)
    if Subject.in_a_file(name.partition(":")[0]):
        return (_given(name, problems),)
    path = Path(name)
    if path.exists():
        return _at(path, problems)
    hint = did_you_mean(name, installed)
    message = f"'{name}' is no installed plugin, no module and no path"
    raise InputError([Fault(message, "plugin", hint=hint)])


def _own() -> list[FoundPlugin]:
    return [found for found in find() if found.distribution == OWN_DISTRIBUTION]


def _installed(found: FoundPlugin, problems: Problems) -> Subject:
    beside = [own for own in _own() if own != found]
    requirements = None
    try:
        requirements = tuple(Distribution.from_name(found.distribution).requires or ())
    except (PackageNotFoundError, ValueError):
        requirements = None
    return _loaded(found, beside, problems, requirements)


def _loaded(
    found: FoundPlugin,
    beside: Sequence[FoundPlugin],
    problems: Problems,
    requirements: tuple[str, ...] | None,
) -> Subject:
    registry = Registry.create(found=[*beside, found], environment={})
    record = next(record for record in registry.records if record.plugin == found)
    failure = str(record.failure()) if record.failed else ""
    plugin = None if failure else found.load()
    return Subject(found, registry, failure, plugin, requirements, problems)


def _given(plugin: object, problems: Problems) -> Subject:
    """A plugin that is no entry point."""
    name = plugin if isinstance(plugin, str) else ""
    try:
        registry = sealed_registry(plugin)
    except PluginError as error:
        found = FoundPlugin(error.plugin or name, value=name or _module_of(plugin))
        return Subject(found, None, str(error), plugin, None, problems)
    record = next(record for record in registry.records if not record.plugin.distribution)
    loaded: object = plugin[1] if isinstance(plugin, tuple) else plugin
    if isinstance(loaded, str):
        loaded = record.plugin.load()
    return Subject(record.plugin, registry, "", loaded, None, problems)


def _module_of(plugin: object) -> str:
    return plugin.__name__ if isinstance(plugin, ModuleType) else ""


def _at(path: Path, problems: Problems) -> tuple[Subject, ...]:
    if not path.exists():
        raise InputError([Fault(f"there is nothing at '{path}'", "plugin")])
    project = path if path.name == "pyproject.toml" else path / "pyproject.toml"
    if project.is_file():
        return _project(project, problems)
    if path.suffix == ".py" or (path / "__init__.py").is_file():
        _put_on_path(path.parent)
        return (_given(path.stem, problems),)
    return (_data(path, problems),)


def _project(file: Path, problems: Problems) -> tuple[Subject, ...]:
    """The entry points that a project folder declares, imported from the folder itself."""
    from legengine.documents.reading import read_document

    project = read_document(file).data.get("project", {})
    entries = project.get("entry-points", {}).get(GROUP, {})
    for name, value in entries.items():
        if not isinstance(value, str):
            hint = "put a name with a dot into quotes"
            fault = Fault("must be a text such as 'package.module'", name, hint=hint)
            raise InputError([fault], source=str(file))
    if not entries:
        message = f"declares no entry point of the group '{GROUP}'"
        hint = f'add [project.entry-points.{GROUP}] with a line such as name = "package.module"'
        raise InputError([Fault(message, "project.entry-points", hint=hint)], source=str(file))
    for folder in (file.parent, file.parent / "src"):
        _put_on_path(folder)
    distribution, version = str(project.get("name", "")), str(project.get("version", ""))
    requirements = tuple(project.get("dependencies", ()))
    declared = [
        FoundPlugin(name, distribution, version, value) for name, value in sorted(entries.items())
    ]
    return tuple(
        _loaded(
            found,
            [*_own(), *(other for other in declared if other != found)],
            problems,
            requirements,
        )
        for found in declared
    )


def _put_on_path(folder: Path) -> None:
    """Let modules of a folder be imported in this process, and in those that it starts."""
    if folder.is_dir() and str(folder.resolve()) not in sys.path:
        sys.path.insert(0, str(folder.resolve()))


def _data(path: Path, problems: Problems) -> Subject:
    """A library or protocol without Python, read by whichever reader recognises it."""
    create: Any = Registry.create
    try:
        registry = create(libraries=[path], autoload=False, environment={})
    except LegengineError as error:
        return Subject(FoundPlugin(path.stem, value=str(path)), None, str(error), on_file=True)
    record = next(r for r in registry.records if r.plugin.distribution != OWN_DISTRIBUTION)
    return Subject(record.plugin, registry, "", None, None, problems, on_file=True)


__all__ = ["Problems", "Subject", "subjects_of"]
