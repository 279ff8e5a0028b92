"""Ankle weights: start light, one cuff at a time, never by percent (m:OTAGOb)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from legengine.domain.protocol import DoseRow
from legengine_progressions.cuffs import AnkleWeightOptions
from tests.plugins.test_progressions_cases import MOVE, POLICIES, Case

CURL = MOVE.model_copy(
    update={"id": "standing_leg_curl", "resistance": "optional", "pattern": "knee_flexion"}
)
OTAGO = DoseRow(sets=(1, 2), reps=(8, 10), rir=(3, 5), rest_s=(60, 120), sources=("OTAGO",))
HALVES = tuple(0.5 * step for step in range(1, 21))


def walked(policy: str = "ankle_weight_otago", **changes: Any) -> list[tuple[int, float | None]]:
    values: dict[str, Any] = {
        "exercise": CURL, "role": "isolation", "row": OTAGO, "weeks": 7, "item": "ankle_weight",
        "available": HALVES, "options": None,
    }  # fmt: skip
    plans = Case(POLICIES[policy], **{**values, **changes}).plans()
    return [(plan.reps, plan.load_kg) for plan in plans]


def test_repetitions_rise_to_ten_and_then_half_a_kilogram_comes_on() -> None:
    assert walked() == [(8, 0.5), (9, 0.5), (10, 0.5), (8, 1), (9, 1), (10, 1), (8, 1.5)]


@pytest.mark.parametrize("policy", ["double_progression", "linear", "variation"])
def test_every_policy_leaves_a_cuff_to_its_own_rule(policy: str) -> None:
    loads = [load or 0 for _, load in walked(policy, weeks=12)]
    assert loads[0] == 0.5
    assert all(after - before in (0, 0.5) for before, after in pairwise(loads))
    assert loads[-1] == max(loads) >= 1


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ((1.0, 2.0), [(8, 1), (9, 1), (10, 1), (10, 1)]),  # the next cuff is two steps away
        ((2.0, 3.0), [(8, None)] * 4),  # too heavy to begin with
        ((), [(8, 0.5), (9, 0.5), (10, 0.5), (8, 1)]),  # the usual cuffs
    ],
)
def test_the_cuffs_that_exist_decide(
    available: tuple[float, ...], expected: list[tuple[int, float | None]]
) -> None:
    assert walked(available=available, weeks=4) == expected


def test_eight_kilograms_are_the_end() -> None:
    assert max(load or 0 for _, load in walked(weeks=60)) == 8
    lighter = AnkleWeightOptions(max_kg=1)
    assert max(load or 0 for _, load in walked(weeks=12, options=lighter)) == 1


def test_a_step_asks_for_three_in_reserve_and_says_so() -> None:
    case = Case(
        POLICIES["ankle_weight_otago"], exercise=CURL, role="isolation", row=OTAGO, weeks=4,
        item="ankle_weight", available=HALVES,
    )  # fmt: skip
    reasons = [plan.reason for plan in case.plans()]
    assert "every set reached 10 with 3 in reserve" in reasons[1]
    assert reasons[3].startswith("+0.5 kg to 1 kg for 8 repetitions, if every set reached 10")
