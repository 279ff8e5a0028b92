"""What is at the places of a profile: items, and the loads that exist."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.domain.exercise import LibraryData
from legengine.domain.problem import PlaceFacts
from legengine.domain.profile import LoadRange, Loads, Profile


def places_of(profile: Profile, library: LibraryData) -> dict[str, PlaceFacts]:
    """Each place with its items, words for several items resolved."""
    places = {}
    for name, entry in sorted(profile.places.items()):
        items: set[str] = set()
        for word in entry.equipment:
            items.update(library.equipment_sets.get(word, (word,)))
        places[name] = PlaceFacts(frozenset(items), _loads(entry.loads))
    return places


def _loads(loads: Loads) -> dict[str, tuple[float, ...]]:
    """The loads that the place lists, ascending, in kg."""
    listed: dict[str, tuple[float, ...]] = {}
    for kind in ("dumbbell", "kettlebell", "ankle_weight", "machine"):
        value = getattr(loads, kind)
        if value is None:
            continue
        listed[kind] = _steps(value) if isinstance(value, LoadRange) else tuple(sorted(value))
    if loads.bar is not None or loads.plates is not None:
        listed["barbell"] = _barbell(loads.bar or 20.0, loads.plates or ())
    return listed


def _steps(span: LoadRange) -> tuple[float, ...]:
    count = int(round((span.to - span.start) / span.step, 6)) if span.step else 0
    return tuple(round(span.start + index * span.step, 3) for index in range(count + 1))


def _barbell(bar: float, plates: Sequence[float]) -> tuple[float, ...]:
    """Every load of a bar with pairs of plates, each pair used once."""
    sums = {0.0}
    for plate in plates:
        sums |= {round(weight + 2 * plate, 3) for weight in sums}
    return tuple(sorted(round(bar + weight, 3) for weight in sums))
