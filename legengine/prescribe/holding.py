"""Loads after a break: nothing rises above what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from legengine.hooks.contracts import LoadPlan

AFTER: Final = "A lighter week after the break or the pain: nothing rises"


def held(
    plan: LoadPlan, last: LoadPlan | None, available: Sequence[float], percent: int
) -> LoadPlan:
    """The plan with no more load than the last one; of listed loads the nearest below.

    ``last`` is lighter already, by ``percent``; a load that is only told in words is told so.
    """
    if plan.load_kg is None and plan.load_text and last is not None:
        lighter = f"{percent} % of the last load" if percent < 100 else "the last load, no more"
        return replace(plan, load_text=lighter, reason=AFTER)
    if last is None or last.load_kg is None or plan.load_kg is None:
        return plan
    if plan.load_kg <= last.load_kg:
        return plan
    lower = [load for load in available if load <= last.load_kg]
    if available and not lower:
        text = "the lightest load here is too heavy for now: go without"
        return replace(plan, load_kg=None, percent_1rm=None, load_text=text, reason=AFTER)
    kept = max(lower, default=last.load_kg)
    return replace(plan, load_kg=kept, percent_1rm=None, reason=AFTER)
