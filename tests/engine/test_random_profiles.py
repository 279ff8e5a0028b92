"""Random people: a checked program or a typed refusal, never anything else.

``LEGENGINE_SLOW=5000`` sets how many are tried.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings

from legengine import Engine, LegengineError, profile_from_data
from legengine.domain.program import Session
from legengine.errors import InternalError, PluginError
from legengine.testing.profile_strategies import START, TODAY, profiles

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
    for phase in program.phases:
        for week in phase.weeks:
            for session in week.sessions:
                sides_are_right(data, session)


def sides_are_right(data: dict[str, Any], session: Session) -> None:
    """The weaker leg first, with at most a set more, and two more a session, where one is weaker.

    Said without the engine's own words: from the numbers of the tests alone.
    """
    tests, affected = (
        data.get("assessments") or {},
        (data.get("history") or {}).get("affected_side"),
    )
    pairs = [tests[name] for name in ("heel_raise", "leg_press_1rm_kg") if tests.get(name)]
    ratios = [
        min(p["left"], p["right"]) / max(p["left"], p["right"], 0.001)
        for p in pairs
        if p["left"] != p["right"]
    ]
    weakest = min(ratios, default=1.0)
    differing = [p for p in pairs if p["left"] != p["right"]]
    weak = {min(("left", "right"), key=p.__getitem__) for p in differing}
    more = 0
    for item in session.prescriptions:
        strengthening = item.block in ("power", "compound", "isolation")
        if item.sides:
            first, second = item.sides
            assert item.laterality == "each"
            assert {first.side, second.side} == {"left", "right"}
            assert second.sets == item.sets <= first.sets <= item.sets + 1
            assert (first.reps, first.hold_s, first.load_kg) == (
                second.reps,
                second.hold_s,
                second.load_kg,
            )
            if strengthening:
                assert first.side in weak or (not pairs and first.side == affected)
        elif item.laterality == "each" and strengthening:
            assert weakest >= 0.9
            assert pairs or affected is None
        if item.extra:
            assert strengthening
            assert weakest < 0.8
        more += item.extra
    assert more <= 2
