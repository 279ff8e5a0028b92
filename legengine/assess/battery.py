"""The short physical performance battery: points from seconds."""

from __future__ import annotations

from legengine.assess.catalogue import Bands, catalogue
from legengine.domain.batteries import SppbParts, Timed


def balance_points(parts: SppbParts) -> int:
    """0-4: one for each of the easy stands, up to two for tandem; a failed stand ends it."""
    rule = catalogue().sppb
    if parts.side_by_side_s < rule.hold_s:
        return 0
    if parts.semi_tandem_s < rule.hold_s:
        return 1
    return 2 + next((int(points) for least, points in rule.tandem if parts.tandem_s >= least), 0)


def gait_points(seconds: Timed) -> int:
    """0-4 for walking 4 m at the usual pace."""
    return _timed(seconds, catalogue().sppb.gait_4m_s)


def chair_points(seconds: Timed) -> int:
    """0-4 for five stands; none from a minute on."""
    slow = catalogue().sppb.five_stands_s[-1][0]
    if seconds != "unable" and seconds >= slow:
        return 0
    return _timed(seconds, catalogue().sppb.five_stands_s)


def _timed(seconds: Timed, bins: Bands) -> int:
    if seconds == "unable":
        return 0
    return next((int(points) for below, points in bins if seconds < below), 1)


def sppb_points(given: int | SppbParts) -> int:
    """The total, given or reckoned."""
    if isinstance(given, int):
        return given
    return balance_points(given) + gait_points(given.gait_4m_s) + chair_points(given.five_stands_s)
