"""Validates what a profile sets of plugins' objects; every fault of all is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import BaseModel

from legengine.documents.positions import dotted
from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError
from legengine.hooks.contracts import NoOptions
from legengine.hooks.inspection import SINGULAR
from legengine.hooks.registry import Kind, Registry

RULES: Final[tuple[Kind, ...]] = ("constraints", "objectives")
"""The kinds that ``rules`` of a profile sets, in one namespace."""


def rule_settings(registry: Registry, profile: Profile) -> Mapping[str, BaseModel]:
    """The options of every rule and wish that has any, by name: as set, else its defaults.

    Raises:
        InputError: a name is unknown, or the settings don't fit.
    """
    found = _Found(registry)
    found.take_section("rules", RULES, profile.rules)
    return found.options()


def check_settings(registry: Registry, profile: Profile) -> None:
    """Refuse settings of plugins' objects that nobody brings or that don't fit.

    Of rules, wishes, screening rules and formats, of the protocol and of the progression policy.

    Raises:
        InputError: a name is unknown, or the settings don't fit.
    """
    found = _Found(registry)
    found.take_section("rules", RULES, profile.rules)
    found.take_section("screening.rules", ("screenings",), profile.screening.rules)
    found.take_section("formats", ("formats",), profile.formats, unasked=False)
    found.take_choice("protocol", "protocols", profile.protocol.name, profile.protocol.options)
    if profile.progression is not None:
        policy = profile.progression
        found.take_choice("progression", "progressions", policy.name, policy.options)
    found.options()


class _Found:
    """The options that fit, and the faults of those that don't."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._options: dict[str, BaseModel] = {}
        self._faults: list[Fault] = []

    def options(self) -> Mapping[str, BaseModel]:
        """What fits, by name; but only where everything does."""
        if self._faults:
            raise InputError(self._faults)
        return dict(sorted(self._options.items()))

    def take_section(
        self,
        section: str,
        kinds: tuple[Kind, ...],
        given: Mapping[str, Mapping[str, Any]],
        *,
        unasked: bool = True,
    ) -> None:
        """Settings by name; ``unasked``: what isn't named has to stand by its defaults."""
        known: dict[str, Kind] = {}
        for kind in kinds:
            known |= dict.fromkeys(self._registry.of(kind), kind)
        for name, kind in known.items():
            if name in given:
                self._take(kind, name, given[name], f"{section}.{name}")
            elif unasked and self._registry.of(kind)[name].options is not NoOptions:
                self._take_defaults(kind, name, f"{section}.{name}")
        for name in given:
            if name not in known:
                self._refuse(section, kinds, name, known)

    def take_choice(self, field: str, kind: Kind, name: str, given: Mapping[str, Any]) -> None:
        """The one object that a field names, with its options."""
        try:
            self._registry.require(kind, name, field=field)
        except InputError as error:
            self._faults += error.problems
        else:
            self._take(kind, name, given, f"{field}.options")

    def _take(self, kind: Kind, name: str, given: Mapping[str, Any], field: str) -> None:
        try:
            self._options[name] = self._registry.options(kind, name, given, field=field)
        except InputError as error:
            self._faults += error.problems

    def _take_defaults(self, kind: Kind, name: str, field: str) -> None:
        try:
            self._options[name] = self._registry.options(kind, name, {}, field=field)
        except InputError as error:
            # The profile doesn't name it: say who asks.
            asks = f"{SINGULAR[kind]} of {self._registry.provider(kind, name)}"
            self._faults += (
                replace(fault, hint="; ".join(filter(None, (fault.hint, asks))))
                for fault in error.problems
            )

    def _refuse(
        self, section: str, kinds: tuple[Kind, ...], name: str, known: Mapping[str, Kind]
    ) -> None:
        """Say that nobody brings a name, with the nearest of every kind that it could be of."""
        field = dotted((*section.split("."), name))
        try:
            self._registry.require(kinds[0], name, field=field, others=known)
        except InputError as error:
            self._faults += (replace(fault, about_key=True) for fault in error.problems)
