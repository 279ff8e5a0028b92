"""Random people under every protocol and policy: no number without a row, none outside it.

``LEGENGINE_SLOW=2000`` sets how many are tried.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legengine import Engine, LegengineError, profile_from_data
from legengine.errors import InternalError, PluginError
from legengine.testing.profile_strategies import START, TODAY, profiles

EXAMPLES = int(os.environ.get("LEGENGINE_SLOW", "15"))
PROTOCOLS = ("leg-restoration", "falls-prevention-home", "gym-strength-block")
POLICIES = (
    None, None, None, "ankle_weight_otago", "density", "double_progression", "linear",
    "range_of_motion", "reps_and_sets", "rir_autoregulation", "two_for_two", "variation",
)  # fmt: skip


@cache
def engine() -> Engine:
    return Engine()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="LEGENGINE_SLOW" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
@given(profiles(most_weeks=8), st.sampled_from(PROTOCOLS), st.sampled_from(POLICIES))
def test_every_number_has_a_row_that_holds_it(
    data: dict[str, Any], protocol: str, policy: str | None
) -> None:
    chosen = {} if policy is None else {"progression": policy}
    try:
        profile = profile_from_data({**data, "protocol": protocol, **chosen})
        program = engine().generate(profile, today=TODAY, start=START)
    except (InternalError, PluginError):
        raise
    except LegengineError:
        return
    found = engine().numbers(program)
    assert found.unknown == ()
    assert [trace for trace in found.traces if not trace.within] == []
    cited = found.sources.keys()
    for trace in found.traces:
        assert trace.origin.row
        assert trace.origin.sources
        assert cited >= set(trace.origin.sources), trace
