"""The weaker side and how far it is behind, as facts of a compiled problem."""

from __future__ import annotations

import copy
import datetime as dt
from functools import cache
from typing import Any

import pytest

from legengine import Engine, profile_from_data
from legengine.domain.asymmetry import Asymmetry, Weakness
from legengine.domain.problem import Past, Problem
from legengine.intake.asymmetry import asymmetry_of, limited_for, reasons_of
from legengine.intake.case import Case
from legengine.intake.compile import compile_phase
from legengine.testing import tiny

TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
GYM: dict[str, Any] = {
    "person": {"age": 45, "sex": "male", "mass": "84 kg"},
    "cause": "disuse",
    "goal": "strength",
    "screening": {"red_flags": "none", "parq_page1": "all_no"},
    "experience": {"trained_weeks": 60},
    "places": {"gym": {"equipment": ["full_gym"]}},
    "availability": [{"days": ["mon", "thu"], "start": "18:00", "minutes": 60}],
    "assessments": {"chair_stand_30s": 20, "foundation_exit": "pass"},
    "weeks": 12,
}
HEELS = "heel_raise"
PRESS = "leg_press_1rm_kg"
STANCE = "single_leg_stance_s"


@cache
def engine() -> Engine:
    return Engine()


def case_of(history: dict[str, Any] | None = None, **tests: tuple[float, float]) -> Case:
    data = copy.deepcopy(GYM)
    data["history"] = history or {}
    for name, (left, right) in tests.items():
        data["assessments"][name] = {"left": left, "right": right}
    return engine().pipeline.open(profile_from_data(data), today=TODAY, start=START).case


def known(case: Case) -> Asymmetry | None:
    return asymmetry_of(case.profile, case.protocol.asymmetry, first_phase=True)


def compiled(case: Case, index: int = 0) -> Problem:
    return compile_phase(case, case.plans[index], Past())


@pytest.mark.parametrize(
    ("tests", "history", "expected"),
    [
        ({}, {}, None),
        ({HEELS: (20, 20)}, {}, None),
        ({HEELS: (0, 0)}, {"affected_side": "left"}, None),
        ({HEELS: (27, 6)}, {}, Weakness("right", 100 * 6 / 27, HEELS)),
        ({HEELS: (0, 9)}, {}, Weakness("left", 0, HEELS)),
        # the lowest index decides, the first test among equals; tests say more than the history
        ({HEELS: (27, 20), PRESS: (30, 60)}, {}, Weakness("left", 50, PRESS)),
        ({HEELS: (10, 20), PRESS: (60, 30)}, {}, Weakness("left", 50, HEELS)),
        ({HEELS: (27, 20)}, {"affected_side": "left"}, Weakness("right", 100 * 20 / 27, HEELS)),
        ({}, {"affected_side": "left"}, Weakness("left", None, "history")),
        ({STANCE: (45, 14)}, {"affected_side": "left"}, Weakness("left", None, "history")),
    ],
)
def test_the_weaker_side_by_strength(
    tests: dict[str, tuple[float, float]], history: dict[str, Any], expected: Weakness | None
) -> None:
    found = known(case_of(history, **tests))

    assert (found.strength if found else None) == expected


def test_the_stance_is_about_balance() -> None:
    found = known(case_of(**{STANCE: (45, 9)}))

    assert found is not None
    assert found.strength is None
    assert found.balance == Weakness("right", 20, STANCE)
    said = reasons_of(case_of(**{STANCE: (45, 9)}).profile, found.limits)
    assert [reason.text for reason in said] == [
        "One-leg balance starts on the right: 45 left, 9 right (limb symmetry 20 %).",
    ]


def test_a_protocol_without_the_numbers_makes_no_difference() -> None:
    profile = case_of({"affected_side": "left"}, **{HEELS: (5, 20)}).profile

    assert asymmetry_of(profile, None, first_phase=True) is None
    assert reasons_of(profile, None) == ()


@pytest.mark.parametrize(
    ("right", "number"), [(90, 0), (89, 2), (80, 2), (79, 3), (70, 3), (69, 4)]
)
def test_each_limit_brings_its_sentence(right: int, number: int) -> None:
    case = case_of(**{HEELS: (100, right)})
    said = reasons_of(case.profile, case.protocol.asymmetry)

    assert len(said) == number
    assert all(sentence in case.placed.reasons for sentence in said)
    assert all(f"limb symmetry {right} %" in said[0].text for _ in said)


# --- a limb that was held still -------------------------------------------------------------------


@pytest.mark.parametrize(("weeks", "unused"), [(1, False), (2, True)])
def test_a_limb_that_was_held_still_begins_anew_in_the_first_phase(
    weeks: int, unused: bool
) -> None:
    case = case_of({"affected_side": "right", "immobilised_weeks": weeks}, **{HEELS: (20, 19)})
    first, second = compiled(case), compiled(case, 1)

    assert first.asymmetry is not None
    assert first.asymmetry.unused is unused
    assert second.asymmetry is None or not second.asymmetry.unused
    assert any("held still" in reason.text for reason in case.placed.reasons) is unused


def test_its_work_has_the_doses_of_a_novice() -> None:
    """Told apart by a policy that asks for fewer sets of a novice."""
    case = case_of({"affected_side": "right", "immobilised_weeks": 6})
    asked: dict[str, set[str]] = {}
    plain = next(iter(case.policies.values()))

    class Listening:
        name, summary, lever, options = plain.name, plain.summary, plain.lever, plain.options
        load = staticmethod(plain.load)

        @staticmethod
        def dose(request: Any) -> Any:
            asked.setdefault(request.exercise.laterality, set()).add(request.experience)
            return plain.dose(request)

    from dataclasses import replace

    listening: Any = Listening()
    heard = replace(case, policies=dict.fromkeys(case.policies, listening))
    compiled(heard)
    assert asked == {"each": {"novice"}, "both": {"intermediate"}, "alternating": {"intermediate"}}
    asked.clear()
    compiled(heard, 1)
    assert set().union(*asked.values()) == {"intermediate"}


# --- heavy lifts with both legs -------------------------------------------------------------------


@pytest.mark.parametrize(("index", "most"), [(69, 80), (70, 90)])
def test_doses_of_two_legged_lifts_are_limited(index: float, most: int) -> None:
    bar = tiny.exercise(resistance="external")
    heavy = (tiny.dose(percent_1rm=(85, 90)), tiny.dose())
    facts = tiny.asymmetry(index)

    assert [dose.percent_1rm for dose in limited_for(facts, bar, heavy)] == [
        (min(85, most), most),
        None,
    ]
    for free in (
        tiny.exercise(resistance="external", laterality="each"),
        tiny.exercise(),
        tiny.exercise(resistance="external", block="trunk"),
    ):
        assert limited_for(facts, free, heavy) == heavy
