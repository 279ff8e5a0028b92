"""Every name in a profile that a plugin must know: equipment, exercises, conditions, tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from legengine.domain.exercise import LibraryData
from legengine.domain.profile import Profile
from legengine.domain.protocol import Protocol
from legengine.domain.vocabulary import MUSCLE_GROUPS, REGIONS, Pattern, did_you_mean
from legengine.errors import Fault, InputError

Path = tuple[str | int, ...]


def unknown_words(profile: Profile, library: LibraryData) -> Iterator[tuple[Path, Fault]]:
    """Every unknown name, with its path in the profile and the nearest known words."""
    patterns = set(get_args(Pattern))
    exercises = {exercise.id for exercise in library.exercises}
    equipment = {*library.equipment, *library.equipment_sets}
    for name, place in sorted(profile.places.items()):
        yield from _unknown("equipment", place.equipment, equipment, "places", name, "equipment")
    conditions = {condition.id for condition in library.conditions}
    yield from _unknown("condition", profile.conditions, conditions, "conditions")
    yield from _unknown("body region", profile.pain, REGIONS, "pain", keyed=True)
    limits = profile.restrictions
    yield from _unknown("tag", limits.exclude_tags, library.tags, "restrictions", "exclude_tags")
    yield from _unknown(
        "pattern", limits.exclude_patterns, patterns, "restrictions", "exclude_patterns"
    )
    yield from _unknown(
        "muscle group", limits.spare_muscles, MUSCLE_GROUPS, "restrictions", "spare_muscles"
    )
    for kind in ("prefer", "avoid", "always", "never"):
        words = getattr(profile.wishes, kind)
        yield from _unknown("exercise or pattern", words, exercises | patterns, "wishes", kind)
    pinned = [pin.exercise or "" for pin in profile.pins]
    for index, word in enumerate(pinned):
        if word and word not in exercises:
            hint = did_you_mean(word, exercises)
            fault = Fault(f"unknown exercise '{word}'", f"pins[{index}].exercise", hint=hint)
            yield ("pins", index, "exercise"), fault
    yield from _unknown(
        "muscle group", profile.adjust.volume, MUSCLE_GROUPS, "adjust", "volume", keyed=True
    )
    lifts = profile.assessments.one_rep_max_kg
    yield from _unknown("exercise", lifts, exercises, "assessments", "one_rep_max_kg", keyed=True)


def refuse_unknown_rows(profile: Profile, protocol: Protocol) -> None:
    """A coverage row that is adjusted must be there, and ask for something."""
    rows = {row.id for phase in protocol.phases for row in phase.coverage if row.at_least}
    faults = [
        Fault(
            f"protocol '{protocol.id}' asks for no coverage row '{name}'",
            f"adjust.coverage.{name}",
            hint=did_you_mean(name, rows),
        )
        for name in profile.adjust.coverage
        if name not in rows
    ]
    if faults:
        raise InputError(faults)


def _unknown(
    what: str, words: Iterable[str], known: Iterable[str], *path: str, keyed: bool = False
) -> Iterator[tuple[Path, Fault]]:
    known = set(known)
    for index, word in enumerate(words):
        if word not in known:
            where: Path = (*path, word if keyed else index)
            field = ".".join(path) + (f".{word}" if keyed else f"[{index}]")
            fault = Fault(f"unknown {what} '{word}'", field, hint=did_you_mean(word, known))
            yield where, fault
