"""The wish keeps what is unloved away, as far as the week can do without it."""

from __future__ import annotations

from legengine.testing import START, TODAY, engine_with, sample_profile

from legengine_example import plugin


def used(item: str, unloved: str) -> int:
    profile = sample_profile(rules={"example_wish": {"item": unloved}})
    program = engine_with(plugin).generate(profile, today=TODAY, start=START)
    return sum(
        item in prescription.equipment
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for prescription in session.prescriptions
    )


def test_an_unloved_item_is_used_less() -> None:
    assert used("wall", unloved="wall") < used("wall", unloved="")
