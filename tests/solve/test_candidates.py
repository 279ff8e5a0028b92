"""A large library is reduced, but keeps what may decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from legengine.domain.problem import Past, Problem
from legengine.engine import Engine
from legengine.intake.compile import compile_phase
from legengine.intake.reader import profile_from_data
from legengine.reckoning.time import item_time
from legengine.solve.candidates import SHORT_SLOT_MINUTES, find_candidates

DAY = dt.date(2026, 11, 30)
ENGINE = Engine()
RULES = tuple(ENGINE.registry.constraints.values())


def problem(minutes: int) -> Problem:
    profile = profile_from_data({
        "person": {"age": 40, "sex": "female"},
        "cause": "disuse",
        "goal": "hypertrophy",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "assessments": {"chair_stand_30s": 25, "foundation_exit": "pass"},
        "experience": {"trained_weeks": 80, "coached": True},
        "places": {"gym": {"equipment": ["full_gym"]}},
        "availability": [{"days": ["mon", "thu"], "start": "18:00", "minutes": minutes}],
        "start": DAY,
        "weeks": 4,
    })  # fmt: skip
    case = ENGINE.pipeline.open(profile, today=DAY, start=DAY).case
    return compile_phase(case, case.plans[0], Past())


def quickest(problem: Problem, ids: tuple[str, ...]) -> dict[tuple[str, str, bool], int]:
    """The least seconds of each pattern in a block, on one leg or on both."""
    least: dict[tuple[str, str, bool], int] = {}
    for id in ids:
        exercise, dose = problem.exercises[id], problem.doses[id][0]
        kind = (exercise.pattern, exercise.block, exercise.laterality == "both")
        seconds = item_time(exercise, dose).seconds(dose.sets_min)
        least[kind] = min(seconds, least.get(kind, seconds))
    return least


@pytest.mark.parametrize("minutes", [20, SHORT_SLOT_MINUTES])
def test_short_slots_keep_the_quickest_of_each_kind(minutes: int) -> None:
    given = problem(minutes)
    reduced = find_candidates(given, RULES, widen=False)
    whole = find_candidates(given, RULES, widen=True)
    assert reduced.reduced
    for slot in reduced.by_slot:
        assert quickest(given, reduced.by_slot[slot]) == quickest(given, whole.by_slot[slot])


def test_long_slots_keep_the_best_fitting_only() -> None:
    short, long = problem(SHORT_SLOT_MINUTES), problem(SHORT_SLOT_MINUTES + 5)
    kept = find_candidates(short, RULES, widen=False).kept
    assert find_candidates(long, RULES, widen=False).kept < kept


def test_among_equal_ones_those_of_known_risk_stay() -> None:
    """No copy that nobody vetted is kept without what it copies, whatever its name sorts like."""
    given = problem(SHORT_SLOT_MINUTES + 5)
    copies = {
        f"a_{id}": exercise.model_copy(update={"id": f"a_{id}", "vetted": False})
        for id, exercise in given.exercises.items()
    }
    both = replace(
        given,
        exercises=dict(sorted((*given.exercises.items(), *copies.items()))),
        doses={**given.doses, **{f"a_{id}": given.doses[id] for id in given.doses}},
    )
    found = find_candidates(both, RULES, widen=False)
    kept = set().union(*found.by_slot.values())
    whole = find_candidates(both, RULES, widen=True)
    open_ones = set().union(*whole.by_slot.values())  # gates know no copies
    copied = {id.removeprefix("a_") for id in kept & copies.keys()} & open_ones
    assert found.reduced
    assert copied
    assert copied <= kept
