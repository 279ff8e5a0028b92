"""What a schedule claims of its levels, after the checker has recomputed them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from legengine.domain.schedule import LevelResult, Schedule
from legengine.errors import InternalError
from legengine.testing import tiny
from legengine.verify.verified import verified


@dataclass(frozen=True)
class Wish:
    level: Any
    value: int
    name: str = "wish"

    def score(self, problem: Any, schedule: Any) -> int:
        return self.value


def judged(found: tuple[int, int], *levels: LevelResult) -> Schedule:
    schedule = Schedule((), levels=levels, status="feasible")
    wishes = [Wish("volume", found[0]), Wish("preference", found[1])]
    _, result = verified(tiny.problem(), schedule, (), wishes)  # type: ignore[arg-type]
    return result


VOLUME = LevelResult("volume", 2, 2, "optimal")
PREFERENCE = LevelResult("preference", 5, 3, "feasible")


def test_a_level_that_a_later_stage_brought_to_its_bound_is_proven() -> None:
    result = judged((2, 3), VOLUME, PREFERENCE)
    assert result.levels == (VOLUME, replace(PREFERENCE, value=3, status="optimal"))
    assert result.status == "optimal"


def test_above_its_bound_it_stays_open() -> None:
    assert judged((2, 4), VOLUME, PREFERENCE).levels[1] == replace(PREFERENCE, value=4)
    assert judged((2, 4), VOLUME, PREFERENCE).status == "feasible"


def test_a_bound_says_nothing_once_a_level_above_has_moved() -> None:
    above = replace(VOLUME, value=3, bound=1, status="feasible")
    result = judged((2, 3), above, PREFERENCE)
    assert [level.status for level in result.levels] == ["feasible", "feasible"]


def test_what_was_proven_can_not_be_otherwise() -> None:
    with pytest.raises(InternalError, match="the model says 2, the checker 3"):
        judged((3, 3), VOLUME, PREFERENCE)


def test_nothing_is_claimed_of_a_schedule_without_levels() -> None:
    assert judged((0, 0)).status == "feasible"
