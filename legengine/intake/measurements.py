"""Results of tests that can't be: beyond what anyone reaches, or against each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from legengine.assess.battery import sppb_points
from legengine.assess.catalogue import catalogue
from legengine.domain.batteries import FourStages, SppbParts
from legengine.domain.profile import Assessments, Pair, Profile
from legengine.errors import Fault

HANDS_STANDS = 5
"""Stands in 30 seconds without hands from which as many with hands are out of doubt."""


def impossible_results(profile: Profile) -> Iterator[Fault]:
    """Every result that can't be, with its field and what is expected."""
    tests = profile.assessments
    yield from _beyond(tests)
    yield from _against_chair_stands(tests)
    yield from _against_tandem(tests)
    if isinstance(tests.sppb, SppbParts):
        yield from _inside_battery(tests, tests.sppb)
    if tests.four_stage_balance is not None:
        yield from _stages("assessments.four_stage_balance", tests.four_stage_balance)


def _fault(field: str, message: str, hint: str = "") -> Fault:
    return Fault(message, f"assessments.{field}", hint=hint)


def _beyond(tests: Assessments) -> Iterator[Fault]:
    """Sides beyond what is possible; single numbers are bounded by the profile itself."""
    for test in catalogue().tests:
        given = getattr(tests, test.id, None)
        if not isinstance(given, Pair):
            continue
        for side in ("left", "right"):
            value = getattr(given, side)
            if value > test.most:
                yield _fault(
                    f"{test.id}.{side}", f"must be at most {test.most:g} {test.unit}, got {value:g}"
                )


def _against_chair_stands(tests: Assessments) -> Iterator[Fault]:
    """No stand without hands in 30 seconds leaves none for the other tests."""
    stands, hands = tests.chair_stand_30s, tests.chair_stands_hands_reps
    if stands == 0:
        none = "contradicts 'chair_stand_30s: 0', which says that no stand works without hands"
        if tests.five_chair_stands_s is not None:
            yield _fault("five_chair_stands_s", none, "leave it out, or correct one of the two")
        if tests.sit_to_stand_1min:
            yield _fault("sit_to_stand_1min", none, "expected 0")
        if isinstance(tests.sppb, SppbParts) and tests.sppb.five_stands_s != "unable":
            yield _fault("sppb.five_stands_s", none, "expected 'unable'")
    if stands is not None and hands is not None and hands < HANDS_STANDS <= stands:
        yield _fault(
            "chair_stands_hands_reps",
            f"{hands} stands with the hands contradict 'chair_stand_30s: {stands}' without them",
            f"expected at least {HANDS_STANDS}",
        )


def _against_tandem(tests: Assessments) -> Iterator[Fault]:
    """Who can't stand heel to toe doesn't stand on one leg."""
    one_leg = tests.single_leg_stance_s
    if tests.tandem_s == 0 and one_leg is not None and max(one_leg.left, one_leg.right) > 0:
        yield _fault(
            "single_leg_stance_s",
            "standing on one leg contradicts 0 s in tandem, the easier stand",
            "expected 0 on both sides, or more than 0 s in tandem",
        )


def _inside_battery(tests: Assessments, parts: SppbParts) -> Iterator[Fault]:
    points = sppb_points(parts)
    if parts.total is not None and parts.total != points:
        yield _fault("sppb.total", f"the parts give {points} points, not {parts.total}")
    if parts.five_stands_s == "unable" and tests.five_chair_stands_s is not None:
        yield _fault(
            "sppb.five_stands_s",
            f"'unable' contradicts 'five_chair_stands_s: {tests.five_chair_stands_s:g}'",
            "leave one of them out",
        )
    yield from _stages("assessments.sppb", parts)


def _stages(where: str, stands: SppbParts | FourStages) -> Iterator[Fault]:
    """A harder stand is held only by who holds the easier one at all."""
    names = [name for name in type(stands).model_fields if name in _STAGES]
    for easier, harder in pairwise(names):
        low, high = getattr(stands, easier), getattr(stands, harder)
        if low == 0 and high is not None and high > 0:
            yield Fault(
                f"{high:g} s contradict 0 s in the easier stand '{easier}'",
                f"{where}.{harder}",
                hint="expected 0",
            )


_STAGES = ("side_by_side_s", "semi_tandem_s", "tandem_s", "one_leg_s")
