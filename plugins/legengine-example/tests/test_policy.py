"""The policy gives every week the same dose."""

from __future__ import annotations

from legengine.testing import START, TODAY, engine_with, sample_profile

from legengine_example import plugin


def test_nothing_moves() -> None:
    profile = sample_profile(progression={"name": "example"}, weeks=3)
    program = engine_with(plugin).generate(profile, today=TODAY, start=START)
    first, *others = program.phases[0].weeks
    doses = {
        item.exercise: (item.reps, item.hold_s, item.rest_s)
        for session in first.sessions
        for item in session.prescriptions
    }
    for week in others:
        for session in week.sessions:
            for item in session.prescriptions:
                if item.exercise in doses:
                    assert doses[item.exercise] == (item.reps, item.hold_s, item.rest_s)
