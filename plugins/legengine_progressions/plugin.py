"""Registers the progression policies."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.hooks import ProgressionPolicy, hookimpl
from legengine_progressions.ankle_weights import AnkleWeights
from legengine_progressions.density import Density
from legengine_progressions.double_progression import DoubleProgression
from legengine_progressions.linear import Linear
from legengine_progressions.log_driven import RirAutoregulation, TwoForTwo
from legengine_progressions.range_of_motion import RangeOfMotion
from legengine_progressions.reps_and_sets import RepsAndSets
from legengine_progressions.variation import Variation

LEGENGINE_API = 1


@hookimpl
def legengine_progressions() -> Sequence[ProgressionPolicy]:
    """The policies of this package."""
    return (
        DoubleProgression(),
        Linear(),
        RepsAndSets(),
        Density(),
        RangeOfMotion(),
        Variation(),
        TwoForTwo(),
        RirAutoregulation(),
        AnkleWeights(),
    )
