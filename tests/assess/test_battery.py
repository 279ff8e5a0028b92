"""Points of the battery, at each limit of each bin."""

from __future__ import annotations

from typing import Any

import pytest

from legengine.assess.battery import balance_points, chair_points, gait_points, sppb_points
from legengine.domain.batteries import FourStages, SppbParts


def parts(**changes: Any) -> SppbParts:
    whole = {
        "side_by_side_s": 10,
        "semi_tandem_s": 10,
        "tandem_s": 10,
        "gait_4m_s": 4,
        "five_stands_s": 10,
    }
    return SppbParts.model_validate(whole | changes)


@pytest.mark.parametrize(
    ("seconds", "points"),
    [(4.81, 4), (4.82, 3), (6.20, 3), (6.21, 2), (8.70, 2), (8.71, 1), (60, 1), ("unable", 0)],
)
def test_walking_4_m_has_the_bins_of_4_m(seconds: Any, points: int) -> None:
    """A published table pairs the bins of 3 m (3.62, 4.65, 6.52 s) with 4 m."""
    assert gait_points(seconds) == points


@pytest.mark.parametrize(
    ("seconds", "points"),
    [
        (11.19, 4), (11.20, 3), (13.69, 3), (13.70, 2), (16.69, 2), (16.70, 1), (59.99, 1),
        (60, 0), ("unable", 0),
    ],
)  # fmt: skip
def test_five_stands(seconds: Any, points: int) -> None:
    assert chair_points(seconds) == points


@pytest.mark.parametrize(
    ("held", "points"),
    [
        ((9.9, 10, 10), 0),
        ((10, 9.9, 10), 1),
        ((10, 10, 2.9), 2),
        ((10, 10, 3), 3),
        ((10, 10, 9.99), 3),
        ((10, 10, 10), 4),
    ],
)
def test_the_first_stand_that_fails_ends_it(held: tuple[float, ...], points: int) -> None:
    names = ("side_by_side_s", "semi_tandem_s", "tandem_s")
    assert balance_points(parts(**dict(zip(names, held, strict=True)))) == points


def test_the_total() -> None:
    assert sppb_points(parts()) == 12
    assert sppb_points(parts(tandem_s=7, gait_4m_s=5.1, five_stands_s=14.2)) == 3 + 3 + 2
    assert sppb_points(7) == 7


@pytest.mark.parametrize(
    ("stages", "tandem"),
    [
        ({"side_by_side_s": 10, "semi_tandem_s": 10, "tandem_s": 4}, 4),
        ({"side_by_side_s": 10, "semi_tandem_s": 7}, 0),  # the test ended before
        ({"side_by_side_s": 8}, 0),
        ({"side_by_side_s": 10, "semi_tandem_s": 10}, None),  # not tried: not known
        ({"side_by_side_s": 10}, None),
    ],
)
def test_tandem_of_the_stages(stages: dict[str, Any], tandem: float | None) -> None:
    assert FourStages.model_validate(stages).tandem == tandem
