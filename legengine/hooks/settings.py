"""Validates what a profile sets of plugins' objects; every fault is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError
from legengine.hooks.contracts import NoOptions
from legengine.hooks.registry import Kind, Registry


def rule_settings(registry: Registry, profile: Profile) -> Mapping[str, BaseModel]:
    """The options of every rule and wish that has any, by name: as set, else its defaults.

    Raises:
        InputError: a name is unknown, or the settings don't fit.
    """
    kinds: tuple[Kind, ...] = ("constraints", "objectives")
    faults: list[Fault] = []
    found: dict[str, BaseModel] = {}
    for kind in kinds:
        for name, rule in registry.of(kind).items():
            if name in profile.rules or rule.options is not NoOptions:
                given = profile.rules.get(name, {})
                _add(registry, kind, name, given, f"rules.{name}", found, faults)
    for name in profile.rules:
        if not any(name in registry.of(kind) for kind in kinds):
            _add(registry, "constraints", name, {}, f"rules.{name}", found, faults)
    if faults:
        raise InputError(faults)
    return dict(sorted(found.items()))


def check_settings(registry: Registry, profile: Profile) -> None:
    """Refuse settings of screening rules and formats that nobody brings or that don't fit.

    Raises:
        InputError: a name is unknown, or the settings don't fit.
    """
    faults: list[Fault] = []
    for name, rule in registry.screenings.items():
        if name in profile.screening.rules or rule.options is not NoOptions:
            given = profile.screening.rules.get(name, {})
            _add(registry, "screenings", name, given, f"screening.rules.{name}", {}, faults)
    for name in profile.screening.rules:
        if name not in registry.screenings:
            _add(registry, "screenings", name, {}, f"screening.rules.{name}", {}, faults)
    for name, given in profile.formats.items():
        _add(registry, "formats", name, given, f"formats.{name}", {}, faults)
    if faults:
        raise InputError(faults)


def _add(
    registry: Registry,
    kind: Kind,
    name: str,
    given: Mapping[str, Any],
    field: str,
    found: dict[str, BaseModel],
    faults: list[Fault],
) -> None:
    try:
        found[name] = registry.options(kind, name, given, field=field)
    except InputError as error:
        faults.extend(error.problems)
