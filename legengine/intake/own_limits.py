"""The limits that a person sets."""

from __future__ import annotations

from legengine.domain.exercise import Condition
from legengine.domain.profile import Profile


def own_limits(profile: Profile) -> tuple[Condition, ...]:
    """The numbers of ``restrictions`` as a condition like any other."""
    limits = profile.restrictions
    if (limits.knee_flexion_max, limits.hip_flexion_max, limits.impact_max) == (None, None, None):
        return ()
    return (
        Condition(
            id="your_restrictions",
            summary="limits that the profile sets",
            knee_flexion_max=limits.knee_flexion_max,
            hip_flexion_max=limits.hip_flexion_max,
            impact_max=limits.impact_max,
            sources=("profile",),
        ),
    )
