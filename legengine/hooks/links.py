"""Checks that libraries hang together: links, words, ladders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final, Protocol, get_args

from legengine.domain.exercise import Exercise
from legengine.domain.facts import FACTS
from legengine.domain.vocabulary import Pattern, did_you_mean
from legengine.errors import Fault
from legengine.hooks.condition_words import Check, KnownWords, condition_words
from legengine.hooks.shelf import Origin, Shelf

DESIGN_DEFAULT: Final = "D"
"""The source key of defaults of the design; it needs no citation."""

_NO_WORD: Final = "no library here defines any"
_PATTERNS: Final = frozenset(get_args(Pattern))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def hint_for(word: str, known: Collection[str]) -> str:
    """The nearest known word; that there is none, where there is none at all."""
    return did_you_mean(word, known) or _NO_WORD


def link_faults(shelf: Shelf) -> list[Fault]:
    """Everything that leads nowhere, and every ladder that gets easier or runs in a circle."""
    ids = shelf.exercises.keys()
    tags = shelf.words["tags"].keys()
    items = shelf.words["equipment"].keys()
    sources = shelf.words["sources"].keys() | {DESIGN_DEFAULT}
    positions = {exercise.position for exercise, _ in shelf.exercises.values()}
    faults: list[Fault] = []

    def all_known(entry: _Named, origin: Origin, *checks: Check) -> None:
        for name, what, words, known in checks:
            for word in words:
                if word not in known:
                    message, hint = f"unknown {what} '{word}'", hint_for(word, known)
                    faults.append(origin.fault(message, entry.id, name, word=word, hint=hint))

    for exercise, origin in shelf.exercises.values():
        if exercise.id in _PATTERNS:
            message = "an exercise can't have the name of a pattern"
            faults.append(origin.fault(message, exercise.id))
        needed = [item for alternative in exercise.equipment for item in alternative]
        all_known(
            exercise,
            origin,
            ("progressions", "exercise", exercise.progressions, ids),
            ("tags", "tag", exercise.tags, tags),
            ("equipment", "equipment", needed, items),
            ("sources", "source", exercise.sources, sources),
        )
    for gate, origin in shelf.gates.values():
        facts = [need.fact for need in (*gate.needs, *chain.from_iterable(gate.either))]
        all_known(
            gate,
            origin,
            ("opens", "exercise", gate.opens, ids),
            ("needs", "fact", facts, FACTS.keys()),
            ("sources", "source", gate.sources, sources),
        )
    known = KnownWords(ids, tags, items, positions, sources)
    for condition, origin in shelf.conditions.values():
        all_known(condition, origin, *condition_words(condition, known))
    for id, (_, origin) in shelf.pictures.items():
        if id not in ids:
            message, hint = f"unknown exercise '{id}'", hint_for(id, ids)
            faults.append(origin.fault(message, "", f"pictures.{id}", hint=hint))
    for name, (members, origin) in shelf.words["equipment_sets"].items():
        field = f"equipment_sets.{name}"
        for member in members:
            if member not in items:
                message, hint = f"unknown equipment '{member}'", hint_for(member, items)
                faults.append(origin.fault(message, "", field, word=member, hint=hint))
        if name in items:
            message = "is an item and a set of items at once"
            faults.append(origin.fault(message, "", field))
    return faults + _ladder_faults(shelf.exercises)


def each_word_once(faults: Iterable[Fault]) -> list[Fault]:
    """One fault for a word that several entries of a library need.

    Where no library defines any words of a kind, all that are needed are told together.
    """
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        origin = fault.source or fault.field.partition(": ")[0]
        message = "" if fault.hint == _NO_WORD else fault.message
        alike.setdefault((origin, fault.field.rpartition(".")[2], message), []).append(fault)
    told: list[Fault] = []
    for (_, _, message), found in alike.items():
        words = [*dict.fromkeys(fault.message for fault in found)]
        text = message or ", ".join([words[0], *(word.split()[-1] for word in words[1:])])
        others = len({fault.field for fault in found}) - 1
        more = f", and so in {others} more" if others else ""
        told.append(replace(found[0], message=text + more))
    return told


def _ladder_faults(exercises: Mapping[str, tuple[Exercise, Origin]]) -> list[Fault]:
    """Progressions never get easier and never come back to where they began."""
    faults: list[Fault] = []
    done: set[str] = set()
    for root in sorted(exercises):
        path: dict[str, Iterator[str]] = {}
        current: str | None = None if root in done else root
        while current is not None:
            if current not in path:
                path[current] = iter(exercises[current][0].progressions)
            here, origin = exercises[current]
            following = next(path[current], None)
            if following is None:
                done.add(current)
                del path[current]
                current = next(reversed(path), None)
            elif following in path:
                chain = [*path][[*path].index(following) :]
                message = "progressions run in a circle: " + " -> ".join([*chain, following])
                faults.append(origin.fault(message, current, "progressions", word=following))
            elif following in exercises:
                harder = exercises[following][0]
                if harder.level < here.level:
                    message = f"'{following}' is level {harder.level}, easier than {here.level}"
                    faults.append(origin.fault(message, current, "progressions", word=following))
                if following not in done:
                    current = following
    return faults


__all__ = ["DESIGN_DEFAULT", "each_word_once", "hint_for", "link_faults"]
