"""The protocol makes a program."""

from __future__ import annotations

from legengine.testing import START, TODAY, engine_with, sample_profile

from legengine_example import plugin


def test_it_makes_a_program() -> None:
    profile = sample_profile(protocol={"name": "example"}, weeks=4)
    program = engine_with(plugin).generate(profile, today=TODAY, start=START)
    assert [phase.id for phase in program.phases] == ["first_weeks"]
    assert program.check.ok
