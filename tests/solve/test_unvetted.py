"""Exercises of unknown risk: only for people of whom nothing that limits is known.

Every thing that limits is tried alone; what model and checker accept is enumerated.
"""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from legengine.domain.exercise import Need, Stage
from legengine.domain.problem import Placement, Problem
from legengine.testing import tiny
from legengine.testing.agreement import RULES, accepted_by_checker, accepted_by_model

UNKNOWN = tiny.exercise("unknown", pattern="hinge", primary=("hamstrings",), vetted=False)
RULE = RULES["contraindication"]

OVER = tiny.condition(
    stages=(
        Stage(text="at first", until=(Need(fact="age", at_least=1, text="grown"),), sources=()),
    )
)

HARMLESS: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "facts of a healthy person": {
        "facts": {"age": 40, "worst_pain": 0, "balance_flag": 0, "effusion": 0, "coached": 1}
    },
    "pain of 0": {"pain": {"knee": 0}},
    "the years": {"cause": "ageing"},
    "what is refused by taste": {"never": frozenset({"lunge"})},
}

LIMITING: dict[str, dict[str, Any]] = {
    "a condition that limits nothing else": {"conditions": (tiny.condition(),)},
    "a condition whose stage is over": {"conditions": (OVER,), "facts": {"age": 40}},
    "a known condition": {"known": frozenset({"asthma"})},
    "pain of 1": {"pain": {"wrist": 1, "knee": 0}},
    "a tag": {"exclude_tags": frozenset({"deep"})},
    "a pattern": {"exclude_patterns": frozenset({"lunge"})},
    "a muscle": {"spare_muscles": frozenset({"calves"})},
    "weight as tolerated": {"weight_bearing": "WBAT"},
    "an operation": {"cause": "surgery"},
    "an unknown cause": {"cause": "unknown"},
    "a medicine": {"told": ("statin",)},
    "a page that isn't answered": {"told": ("parq_page1",)},
    **{
        f"{fact} of {value}": {"facts": {fact: value}}
        for fact, value in (
            ("weeks_since_event", 0),
            ("weeks_since_event", 200),
            ("hamstring_graft", 0),
            ("pregnancy_week", 12),
            ("worst_pain", 1),
            ("rest_pain", 1),
            ("back_pain", 1),
            ("pain_during", 1),
            ("red_pain_days", 1),
            ("effusion", 1),
            ("effusion_grade", 0.5),
            ("balance_flag", 1),
            ("new_falls", 1),
        )
    },
}

FIELDS: dict[str, dict[str, Any]] = {
    "a leg that is behind": {"asymmetry": tiny.asymmetry(89)},
    "a leg that nobody measured": {"asymmetry": tiny.asymmetry(None)},
    "a protected phase": {"stage": "protected"},
    "a pattern held back": {
        "placement": Placement(level=5, levels={}, stages={"lunge": "foundation"})
    },
}


def problem(eligibility: dict[str, Any], **fields: Any) -> Problem:
    return tiny.problem(
        UNKNOWN,
        tiny.SQUAT,
        slots=(tiny.slot(tiny.MON), tiny.slot(tiny.WED)),
        weeks=(tiny.week(1),),
        doses={"unknown": tiny.dose(sets_max=1), "squat": tiny.dose(sets_max=1)},
        eligibility=eligibility,
        **fields,
    )


def chosen(made: Problem) -> set[str]:
    """The exercises of all assignments that are accepted, the same by both halves."""
    by_model = accepted_by_model(made, (RULE,))
    assert by_model == accepted_by_checker(made, (RULE,))
    return {item.exercise for items in by_model for item in items}


@pytest.mark.parametrize("known", HARMLESS)
def test_it_is_open_to_people_without_anything_that_limits(known: str) -> None:
    assert chosen(problem(HARMLESS[known])) == {"unknown", "squat"}


def test_it_is_open_where_the_legs_are_alike() -> None:
    assert chosen(problem({}, asymmetry=tiny.asymmetry(90))) == {"unknown", "squat"}


@pytest.mark.parametrize("known", LIMITING)
def test_it_is_closed_by_anything_that_limits(known: str) -> None:
    assert chosen(problem(LIMITING[known])) == {"squat"}


@pytest.mark.parametrize("known", FIELDS)
def test_it_is_closed_by_what_is_not_about_the_body_alone(known: str) -> None:
    assert chosen(problem({}, **FIELDS[known])) == {"squat"}


@pytest.mark.parametrize("pair", [*itertools.combinations(LIMITING, 2)][::17])
def test_two_things_that_limit_close_it_too(pair: tuple[str, str]) -> None:
    assert chosen(problem(LIMITING[pair[0]] | LIMITING[pair[1]])) == {"squat"}


def test_the_sentence_says_what_is_known_and_what_is_not() -> None:
    made = problem({"pain": {"lower_back": 3}})
    label = RULE.admits(made, UNKNOWN, made.slots[0])
    assert label is not None
    assert RULE.describe(label, made) == (
        "Unknown is closed: its risks aren't known, and the profile has lower back pain of 3"
    )


def test_the_checker_names_everything_that_limits() -> None:
    made = problem({"pain": {"knee": 2}, "known": frozenset({"asthma"})})
    found = tiny.found(RULE.check(made, tiny.schedule(f"{tiny.MON} unknown", f"{tiny.MON} squat")))
    required = "nothing known that limits, as its own risks are not known"
    assert found == [
        (f"{tiny.MON} unknown", required, "known condition asthma"),
        (f"{tiny.MON} unknown", required, "knee pain 2"),
    ]
