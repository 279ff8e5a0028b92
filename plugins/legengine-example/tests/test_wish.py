"""The wish counts: a program costs more where it needs what is unloved, or it does without."""

from __future__ import annotations

from legengine.domain.program import Program
from legengine.testing import START, TODAY, engine_with, sample_profile

from legengine_example import plugin


def made(unloved: str) -> Program:
    profile = sample_profile(rules={"example_wish": {"item": unloved}})
    return engine_with(plugin).generate(profile, today=TODAY, start=START)


def uses(program: Program, item: str) -> int:
    (phase,) = program.phases
    return sum(
        item in prescription.equipment
        for week in phase.weeks
        for session in week.sessions
        for prescription in session.prescriptions
    )


def cost(program: Program) -> int:
    (phase,) = program.phases
    (level,) = (level for level in phase.solve.levels if level.name == "preference")
    return level.value


def test_what_is_unloved_is_avoided_or_costs() -> None:
    free, bound = made(""), made("wall")
    assert uses(free, "wall") > 0
    assert uses(bound, "wall") < uses(free, "wall") or cost(bound) > cost(free)
