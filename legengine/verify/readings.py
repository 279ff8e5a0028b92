"""What is printed about tests, against the profile: values, symmetry, start values, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from legengine.domain.batteries import SppbParts
from legengine.domain.findings import Violation
from legengine.domain.profile import Pair
from legengine.domain.program import Program, Reading

RULE = "tests"


def check_tests(program: Program) -> Iterator[Violation]:
    """Every reading, every start value and every date of a review."""
    for reading in program.assessments.readings:
        given = _given(program, reading.test)
        if given is None:
            yield Violation(RULE, reading.test, "no reading of a test without a result", "one")
        elif isinstance(given, Pair):
            yield from _sides(reading, given)
        elif isinstance(given, int | float) and reading.value != given:
            yield Violation(RULE, reading.test, f"{given:g}", _shown(reading.value))
    yield from _starts(program)
    end = program.start + dt.timedelta(weeks=program.weeks)
    for day in program.assessments.review_dates:
        if not program.start <= day <= end:
            yield Violation(RULE, "review dates", f"{program.start} to {end}", str(day))


def _given(program: Program, test: str) -> object:
    """What the profile says, by itself or inside the battery."""
    tests = program.profile.assessments
    given = getattr(tests, test, None)
    if given is not None or not isinstance(tests.sppb, SppbParts):
        return given
    inside = {"five_chair_stands_s": tests.sppb.stands_s, "gait_speed_m_s": tests.sppb.speed_m_s}
    return inside.get(test)


def _sides(reading: Reading, given: Pair) -> Iterator[Violation]:
    for side, value in (("left", given.left), ("right", given.right)):
        printed = getattr(reading, side)
        if printed != value:
            yield Violation(RULE, f"{reading.test} {side}", f"{value:g}", _shown(printed))
    stronger = max(given.left, given.right)
    share = 100 * min(given.left, given.right) / stronger if stronger else 100
    if reading.symmetry is not None and abs(reading.symmetry - share) > 0.1:
        required = f"symmetry {share:.1f} %"
        yield Violation(RULE, reading.test, required, f"{reading.symmetry:g} %")


def _starts(program: Program) -> Iterator[Violation]:
    """The first value of a row is what the profile gives."""
    for row in program.assessments.outcomes:
        given = _given(program, row.test)
        if row.test == "pain":
            given = max((each.worst for each in program.profile.pain.values()), default=None)
        if (given is None or isinstance(given, int | float)) and row.start != given:
            yield Violation(RULE, f"outcome {row.test}", _shown(given), _shown(row.start))


def _shown(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"
