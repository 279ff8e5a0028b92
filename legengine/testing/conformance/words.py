"""What the options of a rule speak about: exercises, patterns, muscles, items, days, times.

The suite knows nothing of a third party's rule but the options that it is tried with. From their
words follow the exercises, places and slots of the problems on which it is tried.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from legengine.domain.exercise import Exercise
from legengine.domain.vocabulary import MUSCLES, STRENGTHENING_BLOCKS, WEEKDAYS

CAST: Final = 3
"""Exercises of one problem: few enough to enumerate, enough for a pair and a bystander."""

MOST_CASTS: Final = 4

_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:\d\d)?")


@dataclass(slots=True)
class Spoken:
    """The words of some options, each kind in the order in which it stands there."""

    words: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    times: list[dt.time] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    """0 is Monday."""


def spoken(options: BaseModel) -> Spoken:
    """Everything that options name."""
    found = Spoken()
    _listen(options, "", found)
    return found


def _listen(value: Any, name: str, found: Spoken) -> None:
    if isinstance(value, BaseModel):
        for each in type(value).model_fields:
            _listen(getattr(value, each), each, found)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            _listen(key, name, found)
            _listen(each, name, found)
    elif isinstance(value, (list, tuple)):
        for each in value:
            _listen(each, name, found)
    elif isinstance(value, (set, frozenset)):
        for each in sorted(value, key=str):
            _listen(each, name, found)
    elif isinstance(value, dt.time):
        _once(found.times, value)
    elif isinstance(value, str):
        _hear(value, name, found)


def _hear(word: str, name: str, found: Spoken) -> None:
    if match := _TIME.fullmatch(word):
        _once(found.times, dt.time(int(match[1]), int(match[2])))
    elif (day := _weekday(word)) is not None:
        _once(found.days, day)
    elif name in ("place", "places"):
        _once(found.places, word)
    else:
        _once(found.words, word)


def _weekday(word: str) -> int | None:
    lower = word.lower()
    return next(
        (
            number
            for number, day in enumerate(WEEKDAYS)
            if len(lower) >= 3 and day.startswith(lower)
        ),
        None,
    )


def _once(words: list[Any], word: Any) -> None:
    if word not in words:
        words.append(word)


def casts_for(said: Spoken, library: Mapping[str, Exercise]) -> tuple[tuple[str, ...], ...]:
    """Exercises to try a rule with: those that its words mean; where they mean none, all kinds.

    Each cast has up to three exercises, the ones that the words mean first.
    """
    meant = [ids for word in said.words if (ids := _meaning(word, library))]
    if not meant:
        return _all_kinds(library)
    lead = [ids[0] for ids in meant]
    # The words one by one, then a second exercise for each, then bystanders.
    line = list(dict.fromkeys([*lead, *(id for ids in meant for id in ids[1:2])]))
    line += [id for cast in _all_kinds(library) for id in cast if id not in line][: CAST - 1]
    casts = [tuple(line[:CAST])]
    casts += [tuple(line[at : at + 2]) for at in range(CAST - 1, len(line) - 1)]
    return tuple(dict.fromkeys(casts))[:MOST_CASTS]


def _meaning(word: str, library: Mapping[str, Exercise]) -> list[str]:
    """The exercises that a word means: itself, or those of a pattern, block, muscle, item, tag."""
    if word in library:
        return [word]
    # An item first where nothing else will do, then where it is one of several ways.
    needing = _easiest(library, lambda each: all(word in way for way in each.equipment), 2)
    choosing = _easiest(library, lambda each: any(word in way for way in each.equipment), 8)
    if choosing:
        return [*needing[:1], *(id for id in choosing if id not in needing), *needing[1:]]
    return _easiest(
        library,
        lambda each: (
            word in (each.pattern, each.block, each.dose_kind, each.laterality, each.position)
            or word in each.primary
            or word in each.tags
            or (
                each.block in STRENGTHENING_BLOCKS
                and word in {MUSCLES[muscle] for muscle in each.primary}
            )
        ),
    )


def _easiest(
    library: Mapping[str, Exercise], fits: Callable[[Exercise], bool], most: int = 4
) -> list[str]:
    found = [each for each in library.values() if fits(each)]
    return [each.id for each in sorted(found, key=lambda each: (each.level, each.id))[:most]]


def _all_kinds(library: Mapping[str, Exercise]) -> tuple[tuple[str, ...], ...]:
    """Casts in which every block, kind of dose and laterality comes."""
    kinds: Sequence[Sequence[Callable[[Exercise], bool]]] = (
        (
            lambda e: e.pattern == "squat" and e.block == "compound",
            lambda e: e.dose_kind == "hold" and e.block in ("compound", "isolation", "trunk"),
            lambda e: e.dose_kind == "hold" and e.block == "balance",
        ),
        (
            lambda e: e.laterality == "each" and e.block == "compound",
            lambda e: e.laterality == "each" and e.block == "isolation",
        ),
        (
            lambda e: e.block == "endurance",
            lambda e: e.block == "cool_down",
        ),
        (
            lambda e: e.block == "warm_up",
            lambda e: e.block in ("trunk", "power") and e.dose_kind == "repetitions",
        ),
    )
    casts: list[tuple[str, ...]] = []
    for group in kinds:
        cast: list[str] = []
        for fits in group:
            cast += [id for id in _easiest(library, fits, 2 + len(cast)) if id not in cast][:1]
        casts.append(tuple(cast))
    return tuple(cast for cast in casts if cast)


__all__ = ["CAST", "Spoken", "casts_for", "spoken"]
