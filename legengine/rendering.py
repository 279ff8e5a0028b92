"""Hands a document to a format, with all that a format may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.findings import Referral
from legengine.domain.profile import Profile
from legengine.domain.program import Prescription, Program
from legengine.domain.vocabulary import MUSCLES
from legengine.hooks.contracts import Files, RenderOptions
from legengine.hooks.guard import guarded_format
from legengine.hooks.needs import refuse_missing
from legengine.hooks.registry import Registry
from legengine.language import ENGLISH, Unit, speaking
from legengine.reckoning.credit import set_credit


class Rendering:
    """Writes documents in the formats of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def render(
        self,
        document: Program | Referral,
        format: str,
        options: RenderOptions,
        *,
        language: str | None = None,
        mass_unit: Unit | None = None,
        profile: Profile | None = None,
    ) -> str | bytes | Files:
        """Write a document; see ``Engine.render``."""
        writer = guarded_format(self._registry, format)
        refuse_missing(self._registry, format)
        if isinstance(document, Program):
            profile = document.profile
        options = replace(
            options,
            own=self._own(format, profile) if options.own is None else options.own,
            picture=self._registry.picture,
            credit=self._credit,
        )
        spoken = self._registry.language(
            language or (profile.language if profile else ENGLISH.code)
        )
        unit = mass_unit or (profile.mass_unit if profile else "kg")
        with self._registry.blame("formats", format, "rendering"), speaking(spoken, unit):
            if isinstance(document, Referral):
                return writer.referral(document, options)
            return writer.program(document, options)

    def _own(self, format: str, profile: Profile | None) -> BaseModel:
        """The format's own options, as the profile sets them."""
        given = profile.formats.get(format, {}) if profile else {}
        return self._registry.options("formats", format, given, field=f"formats.{format}")

    def _credit(self, item: Prescription) -> Mapping[str, int]:
        """Eighths of an effective set that one set of a prescription gives to each muscle group."""
        exercise = self._exercises.get(item.exercise)
        return {} if exercise is None else set_credit(exercise, item, MUSCLES)

    @cached_property
    def _exercises(self) -> Mapping[str, Exercise]:
        return {exercise.id: exercise for exercise in self._registry.library().exercises}
