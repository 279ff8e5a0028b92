"""Loads after a break: nothing rises above what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legengine.hooks.contracts import LoadPlan


def held(plan: LoadPlan, last: LoadPlan, available: Sequence[float]) -> LoadPlan:
    """The plan with no more load than the last one; of listed loads the nearest below."""
    if plan.load_kg is None or last.load_kg is None or plan.load_kg <= last.load_kg:
        return plan
    lighter = [load for load in available if load <= last.load_kg]
    if available and not lighter:
        return replace(
            plan,
            load_kg=None,
            percent_1rm=None,
            load_text="the lightest load here is too heavy after the break: go without",
            reason="After the break the load stays down",
        )
    return replace(
        plan,
        load_kg=max(lighter, default=last.load_kg),
        percent_1rm=None,
        reason="After the break the load stays down for a week",
    )
