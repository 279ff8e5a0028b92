"""How the legs of a person differ, from the two-sided tests and the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from legengine.assess.norms import symmetry
from legengine.domain.asymmetry import Asymmetry, Weakness
from legengine.domain.exercise import Exercise
from legengine.domain.problem import Dose
from legengine.domain.profile import Pair, Profile, Side
from legengine.domain.program import Reason
from legengine.domain.protocol import AsymmetryRow
from legengine.intake.suits import Subject
from legengine.reckoning.sides import begins_anew, percent_limit

STRENGTH_TESTS: Final = {"heel_raise": "Heel raises", "leg_press_1rm_kg": "One-leg leg press"}
"""Two-sided tests of strength; the one with the lowest index decides, the first of equal ones."""

BALANCE_TEST: Final = "single_leg_stance_s"


def asymmetry_of(
    profile: Profile, limits: AsymmetryRow | None, *, first_phase: bool
) -> Asymmetry | None:
    """What is known of a difference; ``None`` where there is none, or the protocol has no rule."""
    if limits is None:
        return None
    history = profile.history
    strength, balance = strength_weakness(profile), _weakness(profile, BALANCE_TEST)
    unused = (
        first_phase
        and history.affected_side is not None
        and history.immobilised_weeks >= limits.novice_from_weeks
    )
    if strength is None and balance is None and not unused:
        return None
    return Asymmetry(limits, strength, balance, unused)


def strength_weakness(profile: Profile) -> Weakness | None:
    """The weaker side by the strength tests; by the history where there is no such test."""
    tested = [name for name in STRENGTH_TESTS if getattr(profile.assessments, name) is not None]
    if not tested:
        side = profile.history.affected_side
        return None if side is None else Weakness(side, None, "history")
    found = [weakness for name in tested if (weakness := _weakness(profile, name)) is not None]
    return min(found, key=lambda weakness: weakness.index or 0.0, default=None)


def _weakness(profile: Profile, test: str) -> Weakness | None:
    pair: Pair | None = getattr(profile.assessments, test)
    if pair is None or pair.left == pair.right:
        return None
    side: Side = "left" if pair.left < pair.right else "right"
    return Weakness(side, symmetry(pair.left, pair.right), test)


def reasons_of(profile: Profile, limits: AsymmetryRow | None) -> tuple[Reason, ...]:
    """What follows from the difference, each thing in one sentence."""
    known = asymmetry_of(profile, limits, first_phase=True)
    if known is None or limits is None:
        return ()
    said = [] if known.strength is None else _strength(profile, known.strength, limits)
    balance = known.balance
    if balance is not None and (balance.index or 0) < limits.weak_first_below:
        said.append(f"One-leg balance starts on the {balance.side}: {_result(profile, balance)}.")
    if known.unused:
        said.append(
            f"One-legged work begins as a novice's in the first phase: the "
            f"{profile.history.affected_side} leg was held still for "
            f"{profile.history.immobilised_weeks} weeks."
        )
    return tuple(Reason(text=text, sources=limits.sources) for text in said)


def _strength(profile: Profile, weakness: Weakness, limits: AsymmetryRow) -> list[str]:
    side, index = weakness.side, weakness.index
    if index is None:
        return [
            f"One-legged sets start on the {side}, the affected side: its strength is untested."
        ]
    if index >= limits.weak_first_below:
        return []
    name = STRENGTH_TESTS[weakness.test]
    result = _result(profile, weakness)
    said = [
        f"One-legged sets start on the {side}: {name.lower()} {result}.",
        "The stronger side copies the repetitions and the load of the weaker one.",
    ]
    if index < limits.extra_set_below:
        said.append(
            f"The {side} does a set more of one-legged strength work, at most "
            f"{limits.extra_sets_session} a session: its index is below "
            f"{limits.extra_set_below} %."
        )
    if index < limits.bilateral_limit_below:
        said.append(
            f"No lift with both legs above {limits.bilateral_percent_1rm} % of its maximum, and "
            f"one-legged work or machines first: the index is below "
            f"{limits.bilateral_limit_below} %."
        )
    return said


def _result(profile: Profile, weakness: Weakness) -> str:
    pair: Pair = getattr(profile.assessments, weakness.test)
    return f"{pair.left:g} left, {pair.right:g} right (limb symmetry {weakness.index:.0f} %)"


def learner_of(subject: Subject, asymmetry: Asymmetry | None, exercise: Exercise) -> Subject:
    """The person as an exercise takes them: a novice where a limb begins anew."""
    return replace(subject, experience="novice") if begins_anew(asymmetry, exercise) else subject


def limited_for(
    asymmetry: Asymmetry | None, exercise: Exercise, doses: Sequence[Dose]
) -> tuple[Dose, ...]:
    """The doses of an exercise within what a difference between the legs allows."""
    most = percent_limit(asymmetry, exercise)
    if most is None:
        return tuple(doses)
    return tuple(
        dose
        if dose.percent_1rm is None
        else replace(
            dose, percent_1rm=(min(dose.percent_1rm[0], most), min(dose.percent_1rm[1], most))
        )
        for dose in doses
    )
