"""A result against the norm for age and sex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from legengine.assess.catalogue import Bands, FunctionTest, Norm, Sex, catalogue

Verdict = Literal["below", "usual", "above", "unrated"]
"""Worse than usual, usual, better than usual; unrated where a norm doesn't say."""


@dataclass(frozen=True, slots=True)
class Body:
    """What norms ask about a person."""

    age: int
    sex: Sex
    mass: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the norm says for one person: usual from ``low`` to ``high``, around ``average``."""

    norm: Norm
    low: float | None = None
    high: float | None = None
    average: float | None = None
    ages: tuple[int, int] | None = None


def row(bands: Bands, age: int) -> tuple[float, ...] | None:
    """The band of an age."""
    return next((band for band in bands if band[0] <= age <= band[1]), None)


def expected(test: FunctionTest, body: Body) -> Expected | None:
    """The first norm of a test that holds for a person; ``None`` where none does."""
    found = (_expected(norm, body) for norm in test.norms)
    return next((each for each in found if each is not None), None)


def _expected(norm: Norm, body: Body) -> Expected | None:
    if norm.kind == "equation":
        return _by_equation(norm, body)
    bands = norm.bands.get(body.sex) or norm.bands.get("all") or ()
    if norm.kind == "percentiles":
        low, high = _between(bands, body.age)
        return Expected(norm, low=low, high=high)
    band = row(bands, body.age)
    if band is None:
        return None
    ages = (int(band[0]), int(band[1]))
    match norm.kind:
        case "range":
            return Expected(norm, low=band[2], high=band[3], ages=ages)
        case "least":
            return Expected(norm, low=band[2], ages=ages)
        case "most":
            return Expected(norm, high=band[2], ages=ages)
    return _around(norm, band[2], ages)


def _around(norm: Norm, average: float, ages: tuple[int, int]) -> Expected:
    """An average with what is still usual around it, where that is known."""
    if norm.margin is not None:
        low, high = average - norm.margin, average + norm.margin
    elif norm.share is not None:
        low, high = average * norm.share, average / norm.share
    else:
        return Expected(norm, average=average, ages=ages)
    return Expected(norm, low=low, high=high, average=average, ages=ages)


def _between(points: Bands, age: int) -> tuple[float, float]:
    """Low and high on the lines between the two points of the norm, level outside them."""
    (young, *_), (old, *_) = points
    share = min(max((age - young) / (old - young), 0), 1)
    low, high = (
        points[0][index] + (points[1][index] - points[0][index]) * share for index in (2, 3)
    )
    return low, high


def _by_equation(norm: Norm, body: Body) -> Expected | None:
    if body.mass is None or body.height is None:
        return None
    terms = norm.terms[body.sex]
    average = (
        terms["one"]
        + terms["age"] * body.age
        + terms["cm"] * body.height
        + terms["kg"] * body.mass
        + terms["age_age"] * body.age**2
        + terms["age_cm"] * body.age * body.height
    )
    # The source gives a lower limit only; the same distance above counts as usual (D).
    width = terms["lower"]
    return Expected(norm, low=average - width, high=average + width, average=average)


def verdict(test: FunctionTest, found: Expected | None, value: float) -> Verdict:
    """How a result compares."""
    if found is None or (found.low is None and found.high is None):
        return "unrated"
    under = found.low is not None and value < found.low
    over = found.high is not None and value > found.high
    if not under and not over:
        return "usual"
    return "below" if under == (test.better == "higher") else "above"


# --- the limits that placement and criteria speak about -------------------------------------


def chair_stand_cut(age: int, sex: Sex) -> float:
    """Stands in 30 seconds below which a result is below average."""
    least = (norm for norm in catalogue().test("chair_stand_30s").norms if norm.kind == "least")
    found = (_expected(norm, Body(age, sex)) for norm in least)
    return next(each.low for each in found if each is not None and each.low is not None)


def heel_raise_norm(age: int, sex: Sex) -> float:
    """Single-leg heel raises of an average person of this age."""
    (norm,) = catalogue().test("heel_raise").norms
    return next(band[2] for band in norm.bands[sex] if band[0] <= age <= band[1])


def sit_to_stand_p25(age: int, sex: Sex) -> float:
    """25th percentile of the one-minute sit-to-stand."""
    (norm,) = catalogue().test("sit_to_stand_1min").norms
    return _between(norm.bands[sex], age)[0]


def single_leg_stance_pass(age: int) -> float:
    """Seconds on one leg that the foundation phase asks for at its exit."""
    wanted = next(p for p in catalogue().test("single_leg_stance_s").passes if p.id == "foundation")
    return next(band[2] for band in wanted.bands if band[0] <= age <= band[1])


def symmetry_least() -> float:
    """Limb symmetry in percent below which the weaker side sets the level."""
    return catalogue().test("limb_symmetry").marks[0].value


def symmetry(left: float, right: float) -> float:
    """Limb symmetry index: weaker by stronger side, percent."""
    strong = max(left, right)
    return 100.0 if not strong else 100 * min(left, right) / strong
