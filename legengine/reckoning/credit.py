"""How much of an effective set one set gives to each muscle group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from legengine.domain.exercise import Exercise
from legengine.domain.vocabulary import STRENGTHENING_BLOCKS

SET: Final = 8
"""Eighths in one effective set: the unit of volume."""

EASY_RIR: Final = 4
"""Sets that leave more repetitions in reserve count half (evidence 2.1, D)."""

EASY_RPE: Final = 6
"""Sets below this effort count half where no repetitions in reserve are given (D)."""


class Effort(Protocol):
    """How hard a set is: of a dose, or of a prescription as it is written."""

    @property
    def rir(self) -> tuple[int, int] | None: ...
    @property
    def rpe(self) -> tuple[int, int] | None: ...


def is_easy(dose: Effort) -> bool:
    """Whether the sets of a dose count half because they end far from failure."""
    if dose.rir is not None:
        return sum(dose.rir) > 2 * EASY_RIR
    if dose.rpe is not None:
        return sum(dose.rpe) < 2 * EASY_RPE
    return False


def set_credit(
    exercise: Exercise, dose: Effort, muscle_groups: Mapping[str, str]
) -> dict[str, int]:
    """Eighths of an effective set for each muscle group that one set credits."""
    if exercise.block not in STRENGTHENING_BLOCKS:
        return {}
    full = SET
    if is_easy(dose):
        full //= 2
    if exercise.dose_kind == "hold":
        full //= 2
    credit = {muscle_groups[muscle]: full // 2 for muscle in exercise.secondary}
    credit |= {muscle_groups[muscle]: full for muscle in exercise.primary}
    return credit
