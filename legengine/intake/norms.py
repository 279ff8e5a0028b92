"""Norms that placement compares with, by age and sex; keys of sources are the library's."""

from __future__ import annotations

from typing import Final, Literal

Sex = Literal["female", "male"]
_Bands = tuple[tuple[int, int, float], ...]
"""Youngest age, oldest age, value."""

CHAIR_STAND_CUT: Final[dict[Sex, _Bands]] = {
    "male": (
        (60, 64, 14), (65, 69, 12), (70, 74, 12), (75, 79, 11), (80, 84, 10), (85, 89, 8),
        (90, 120, 7),
    ),
    "female": (
        (60, 64, 12), (65, 69, 11), (70, 74, 10), (75, 79, 10), (80, 84, 9), (85, 89, 8),
        (90, 120, 4),
    ),
}  # fmt: skip
"""30-s chair stand: fewer than this is below average [STEADI30]."""

CHAIR_STAND_UNDER_60: Final = 15
"""Threshold below 60 years, where no published cut exists [D]."""

HEEL_RAISE: Final[dict[Sex, _Bands]] = {
    "male": (
        (0, 29, 37), (30, 39, 33), (40, 49, 28), (50, 59, 24), (60, 69, 19), (70, 79, 15),
        (80, 120, 10),
    ),
    "female": (
        (0, 29, 31), (30, 39, 27), (40, 49, 25), (50, 59, 22), (60, 69, 19), (70, 79, 17),
        (80, 120, 14),
    ),
}  # fmt: skip
"""Single-leg heel raises to fatigue [HEEL]."""

SIT_TO_STAND_1MIN_P25: Final[dict[Sex, tuple[float, float]]] = {
    "male": (41, 25),
    "female": (39, 22),
}
"""25th percentile at 20-24 and at 75-79 years [STS1]; linear between them [D]."""


def _band(bands: _Bands, age: int) -> float | None:
    return next((value for low, high, value in bands if low <= age <= high), None)


def chair_stand_cut(age: int, sex: Sex) -> float:
    """Stands in 30 seconds below which a result is below average."""
    cut = _band(CHAIR_STAND_CUT[sex], age)
    return CHAIR_STAND_UNDER_60 if cut is None else cut


def heel_raise_norm(age: int, sex: Sex) -> float:
    """Single-leg heel raises of an average person of this age."""
    return next(value for low, high, value in HEEL_RAISE[sex] if low <= age <= high)


def sit_to_stand_p25(age: int, sex: Sex) -> float:
    """25th percentile of the one-minute sit-to-stand, linear in age between 22 and 77."""
    young, old = SIT_TO_STAND_1MIN_P25[sex]
    share = min(max((age - 22) / (77 - 22), 0), 1)
    return young + (old - young) * share


def single_leg_stance_pass(age: int) -> float:
    """Seconds on one leg that the foundation phase asks for at its exit (evidence 6, D)."""
    return 10 if age >= 65 else 20
