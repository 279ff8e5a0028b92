"""Random people: a checked program or a typed refusal, never anything else.

``LEGENGINE_SLOW=5000`` sets how many are tried.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings

from legengine import Engine, LegengineError, profile_from_data
from legengine.errors import InternalError, PluginError
from tests.engine.random_profiles import START, TODAY, profiles

EXAMPLES = int(os.environ.get("LEGENGINE_SLOW", "40"))


@cache
def engine() -> Engine:
    return Engine()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="LEGENGINE_SLOW" not in os.environ,  # the gate asks for the same people each time
    suppress_health_check=list(HealthCheck),
)
@given(profiles())
def test_a_person_gets_a_checked_program_or_a_reason(data: dict[str, Any]) -> None:
    refusal: LegengineError | None = None
    try:
        program = engine().generate(profile_from_data(data), today=TODAY, start=START)
    except (InternalError, PluginError):
        raise
    except LegengineError as error:
        refusal = error
    if refusal is not None:
        assert str(refusal)
        assert refusal.exit_code in (2, 3, 4, 6)
        return
    report = engine().check(program)
    assert report.ok, report.violations[0]
    for name in ("terminal", "markdown", "json"):
        assert engine().render(program, name)
