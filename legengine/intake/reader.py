"""Reads a profile: every problem at once, each with its line, in plain words.

What its model refuses is told by ``legengine.documents.checking``; this module adds the checks
between fields that need no library and no plugin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from legengine.documents.checking import MAX_FAULTS, Model, fault_at, held_against, suggest
from legengine.documents.positions import DataPath, shorten, show
from legengine.documents.reading import Document, read_document
from legengine.domain.profile import Profile
from legengine.errors import Fault, InputError

SCHEMA_VERSION: Final = 1
"""The version of the profile schema that this legengine reads."""


@dataclass(frozen=True, slots=True)
class ReadProfile:
    """A checked profile, with the document that later checks point into."""

    profile: Profile
    document: Document


def read_profile(path: Path) -> ReadProfile:
    """Read a profile from a YAML, JSON or TOML file."""
    document = read_document(path)
    return ReadProfile(profile_from_document(document), document)


def profile_from_data(data: Mapping[str, Any]) -> Profile:
    """Check plain data that came from no file; its problems carry no positions."""
    return profile_from_document(Document(data))


def profile_from_document(document: Document) -> Profile:
    """Check a document; raise every problem at once, in the order of the lines."""
    return checked(document, Profile, (_place_faults, _wish_faults))


def checked(
    document: Document,
    model: type[Model],
    between: Iterable[Callable[[Document], Iterator[Fault]]] = (),
) -> Model:
    """Check a document of any model; ``between`` finds what is wrong between its fields."""
    data = document.data
    version = data.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        # Alone: what else such a document says has to be judged by another schema.
        message = f"this legengine reads schema version {SCHEMA_VERSION}, not {show(version)}"
        raise InputError([fault_at(document, ("schema_version",), message)], source=document.source)
    held = held_against(document, model)
    faults = held.faults
    for find in between:
        faults += islice(find(document), MAX_FAULTS)
    if held.model is None or faults:
        raise InputError(_in_order(faults, held.found), source=document.source)
    return held.model


def _in_order(faults: list[Fault], found: int) -> list[Fault]:
    """Sort by line, once each, and say so where there are more than are told."""
    faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    result = list(dict.fromkeys(faults))
    if found > MAX_FAULTS:
        result.append(Fault(f"and {found - MAX_FAULTS} more problems"))
    return result


def _place_faults(document: Document) -> Iterator[Fault]:
    """Check that places exist where they are used, whatever else is wrong."""
    places = document.data.get("places")
    if not isinstance(places, Mapping) or not places:
        return
    names = [str(name) for name in places]
    missing = shorten("must say at which place: " + ", ".join(sorted(names)), 300)
    for section in ("availability", "exceptions"):
        entries = document.data.get(section)
        for index, entry in enumerate(entries if isinstance(entries, (list, tuple)) else ()):
            if not isinstance(entry, Mapping):
                continue
            place = entry.get("place")
            path = (section, index)
            if isinstance(place, str) and place not in places:
                message = f"unknown place {show(place)}"
                yield fault_at(document, (*path, "place"), message, suggest(place, names))
            elif place is None and section == "availability" and len(names) > 1:
                yield fault_at(document, path, missing)


def _wish_faults(document: Document) -> Iterator[Fault]:
    """Check that nothing is wished and unwished at once."""
    wishes = document.data.get("wishes")
    if not isinstance(wishes, Mapping):
        return
    for liked, disliked in (("always", "never"), ("prefer", "avoid")):
        said = {word for word, _ in _words(wishes.get(liked))}
        for word, path in _words(wishes.get(disliked)):
            if word in said:
                message = f"{show(word)} stands in both '{liked}' and '{disliked}'"
                yield fault_at(document, ("wishes", disliked, *path), message)


def _words(value: Any) -> Iterator[tuple[str, DataPath]]:
    if isinstance(value, str):
        yield value, ()
    elif isinstance(value, (list, tuple)):
        for index, word in enumerate(value):
            if isinstance(word, str):
                yield word, (index,)
