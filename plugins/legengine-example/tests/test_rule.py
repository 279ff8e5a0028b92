"""The rule holds in a program, and its options reach it."""

from __future__ import annotations

from legengine.testing import START, TODAY, engine_with, sample_profile

from legengine_example import plugin


def test_it_holds_in_every_session() -> None:
    profile = sample_profile(rules={"example_rule": {"most": 1}})
    program = engine_with(plugin).generate(profile, today=TODAY, start=START)
    assert program.check.checked["example_rule"] > 0
    for phase in program.phases:
        for week in phase.weeks:
            for session in week.sessions:
                held = [item for item in session.prescriptions if item.dose_kind == "hold"]
                assert sum(item.block != "cool_down" for item in held) <= 1
