"""The sets of a prescription, one by one: lighter ones first, then each side's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from legengine.domain.program import Prescription, SideDose

SideWord = Literal["both", "each", "alternating", "left", "right"]


@dataclass(frozen=True, slots=True)
class OneSet:
    """One set of an exercise."""

    kind: Literal["warm_up", "work"]
    number: int
    """From 1, of its kind and side."""
    side: SideWord
    """What the counts speak about; ``each``: of either side, one after the other."""
    reps: int | None = None
    hold_s: int | None = None
    metres: int | None = None
    minutes: int | None = None
    load_kg: float | None = None


def sets_of(item: Prescription) -> Iterator[OneSet]:
    """Every set in the order in which it is done.

    Endurance work is one set, with all of its minutes. What a lighter set holds is left to the
    person, so it has no counts. Where the legs differ, every set begins with the weak side; where
    they don't do the same, it does all of its sets before the other.
    """
    for number in range(1, item.warmup_sets + 1):
        yield OneSet("warm_up", number, item.laterality)
    if item.dose_kind == "duration" and item.minutes is not None:
        yield OneSet("work", 1, item.laterality, minutes=item.minutes, load_kg=item.load_kg)
        return
    each = [
        [_of_side(item, dose, number) for number in range(1, dose.sets + 1)] for dose in item.sides
    ]
    same = len({(dose.sets, dose.reps, dose.hold_s, dose.load_kg) for dose in item.sides}) == 1
    yield from chain.from_iterable(zip(*each, strict=True) if same else each)
    if item.sides:
        return
    for number in range(1, item.sets + 1):
        yield OneSet(
            "work",
            number,
            item.laterality,
            reps=item.reps,
            hold_s=item.hold_s,
            metres=item.metres,
            load_kg=item.load_kg,
        )


def work_sets(item: Prescription) -> Counter[SideWord]:
    """How many sets there are to do, without the lighter ones; of each side where legs differ."""
    return Counter(one.side for one in sets_of(item) if one.kind == "work")


def _of_side(item: Prescription, dose: SideDose, number: int) -> OneSet:
    return OneSet(
        "work",
        number,
        dose.side,
        reps=dose.reps,
        hold_s=dose.hold_s,
        metres=item.metres,
        load_kg=dose.load_kg,
    )
