"""Looks up what the options of rules and wishes name: exercises, patterns, items, places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from pydantic import BaseModel

from legengine.domain.exercise import LibraryData
from legengine.domain.profile import Profile
from legengine.domain.vocabulary import MUSCLE_GROUPS, Pattern, did_you_mean
from legengine.errors import Fault, InputError, PluginError
from legengine.hooks.registry import Registry
from legengine.hooks.settings import RULES


def refuse_unknown_names(
    registry: Registry,
    settings: Mapping[str, BaseModel],
    library: LibraryData,
    profile: Profile,
) -> None:
    """Ask every rule and wish what its options name (``names``), and look it up.

    Raises:
        InputError: something is named that is not there; told with its field under ``rules``.
        PluginError: a plugin names something of an unknown sort.
    """
    exercises = {exercise.id for exercise in library.exercises}
    known: dict[str, Collection[str]] = {
        "exercise": exercises,
        "pattern": get_args(Pattern),
        "exercise or pattern": {*exercises, *get_args(Pattern)},
        "equipment": library.equipment,
        "muscle group": MUSCLE_GROUPS,
        "place": profile.places,
        "tag": library.tags,
    }
    faults: list[Fault] = []
    for kind in RULES:
        for name, rule in registry.of(kind).items():
            naming = getattr(rule, "names", None)
            if naming is None or name not in settings:
                continue
            with registry.blame(kind, name, "names"):
                told = list(naming(settings[name]))
            for field, sort, word in told:
                if sort not in known:
                    unknown = PluginError(f"names: unknown sort '{sort}'")
                    raise registry.fault_of(kind, name, "names", unknown)
                if word not in known[sort]:
                    hint = did_you_mean(word, known[sort])
                    place = f"rules.{name}.{field}".rstrip(".")
                    faults.append(Fault(f"unknown {sort} '{word}'", place, hint=hint))
    if faults:
        raise InputError(faults)
