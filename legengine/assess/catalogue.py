"""The tests as data: norms by sex and age, marks, changes that count, how to do them at home.

Every number stands in ``data/tests.json`` beside its sources; ``D`` marks a default. The file is
read once, as plain dataclasses: a test of ours holds it against them strictly.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

Sex = Literal["female", "male"]
NormKind = Literal["range", "least", "most", "average", "percentiles", "equation"]
Comparison = Literal["<", "<=", "=", ">=", ">", "apart"]
Bands = tuple[tuple[float, ...], ...]
"""Youngest age, oldest age, and the numbers of the norm."""


@dataclass(frozen=True, slots=True)
class Norm:
    """What people of an age and sex reach.

    The numbers of a band: ``range`` low and high, ``least`` and ``most`` the limit, ``average``
    the average. ``percentiles`` holds two points (age twice, low, high) with a line between them,
    ``equation`` the terms of a formula.
    """

    kind: NormKind
    label: str
    bands: dict[str, Bands]
    """By sex, or under ``all``."""
    sources: tuple[str, ...]
    margin: float | None = None
    """How far from an average is still usual."""
    share: float | None = None
    """The share of an average that is still usual, and whose inverse is."""
    terms: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """A result that says something by itself, whatever others reach."""

    op: Comparison
    value: float
    text: str
    sources: tuple[str, ...]
    age_min: int = 0

    def holds(self, value: float) -> bool:
        """Whether a result carries the mark."""
        match self.op:
            case "<":
                return value < self.value
            case "<=":
                return value <= self.value
            case "=":
                return value == self.value
            case ">":
                return value > self.value
            case ">=":
                return value >= self.value
            case "apart":
                return False


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest difference between two results that is more than chance."""

    by: float
    text: str
    sources: tuple[str, ...]
    frail: bool = False
    """Counts for frail people only."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a phase asks of the test."""

    id: str
    bands: Bands
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom the test matters."""

    age_min: int = 0
    age_max: int = 120
    goals: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    one_sided: bool = False
    steady: bool = False
    """Not for who is frail or can't stand in tandem: nobody should try alone."""


@dataclass(frozen=True, slots=True)
class FunctionTest:
    """One test of function."""

    id: str
    """The field of the profile; ``limb_symmetry`` is reckoned from two sides."""
    name: str
    unit: str
    better: Literal["higher", "lower"]
    sides: bool
    most: float
    """No result lies above."""
    norms: tuple[Norm, ...]
    marks: tuple[Mark, ...]
    changes: tuple[Change, ...]
    passes: tuple[Pass, ...]
    asked: tuple[Asked, ...]
    instead: tuple[str, ...]
    """Tests that make it unnecessary."""
    how: tuple[str, str, str, str]
    equipment: tuple[str, ...]
    outcome: bool
    """Whether it is repeated at every review."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """How the battery counts: seconds to points, the best first."""

    hold_s: float
    tandem: Bands
    """At least so many seconds."""
    gait_4m_s: Bands
    """Below so many seconds."""
    five_stands_s: Bands
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pain:
    """Pain as a row of the outcome table."""

    name: str
    unit: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """How often the outcomes are measured."""

    weeks: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tests, and the citations of their sources."""

    review: Review
    pain: Pain
    scores: tuple[str, ...]
    """Questionnaires that may stand beside the tests; their texts belong to others."""
    sppb: Points
    tests: tuple[FunctionTest, ...]
    sources: Mapping[str, str]

    def test(self, id: str) -> FunctionTest:
        """A test by its id."""
        return next(test for test in self.tests if test.id == id)


@cache
def catalogue() -> Catalogue:
    """The tests of ``data/tests.json``."""
    data = raw()
    return Catalogue(
        review=Review(**_tuples(data["review"])),
        pain=Pain(**_tuples(data["pain"])),
        scores=tuple(data["scores"]),
        sppb=Points(**_tuples(data["sppb"])),
        tests=tuple(_test(_tuples(entry)) for entry in data["tests"]),
        sources=MappingProxyType(data["sources"]),
    )


def raw() -> dict[str, Any]:
    """The file as it stands."""
    text = files("legengine.assess").joinpath("data", "tests.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def _test(entry: dict[str, Any]) -> FunctionTest:
    parts = {"norms": Norm, "marks": Mark, "changes": Change, "passes": Pass, "asked": Asked}
    made = {name: tuple(kind(**each) for each in entry[name]) for name, kind in parts.items()}
    return FunctionTest(**{**entry, **made})


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    if isinstance(value, dict):
        return {key: _tuples(inner) for key, inner in value.items()}
    return value
