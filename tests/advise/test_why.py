"""Why something is there, what else could be, and why something is not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine import Engine, InputError, Program, read_profile
from legengine.advise.analysis import Change, PhaseAnalysis
from legengine.advise.why import why, why_item
from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.domain.why import ItemWhy, LeftOut, WhatIf
from legengine.rules import CONSTRAINTS, OBJECTIVES
from legengine.testing import tiny
from legengine.testing.tiny import CURL, MON, SQUAT, WED
from legengine.verify.checker import check_schedule, score_levels

PRESS = tiny.exercise("press")
MONDAY = dt.date(2026, 11, 30)
EXAMPLE = Path(__file__).parents[2] / "examples" / "beginner-at-home.yaml"


def phase(problem: Problem, schedule: Schedule) -> PhaseAnalysis:
    return PhaseAnalysis(1, problem, schedule, CONSTRAINTS, OBJECTIVES)


def item_why(problem: Problem, schedule: Schedule, where: str, exercise: str) -> ItemWhy:
    day = dt.datetime.fromisoformat(where).date()
    report = why([phase(problem, schedule)], session=day, exercise=exercise)
    assert not report.left_out
    (answer,) = report.items
    return answer


def absent(problem: Problem, schedule: Schedule, exercise: str) -> LeftOut:
    report = why([phase(problem, schedule)], session=None, exercise=exercise)
    assert not report.items
    (answer,) = report.left_out
    return answer


def regular(*exercises: Any, **fields: Any) -> Problem:
    """Two regular weeks, which hold the same."""
    return tiny.problem(*exercises, weeks=[tiny.week(n, regular=True) for n in (1, 2)], **fields)


TWICE = tiny.schedule(f"{MON} squat 3", f"{tiny.MON2} squat 3", f"{WED} curl", f"{tiny.WED2} curl")


# --- an item -------------------------------------------------------------------------------


def test_a_limit_that_would_break_without_an_item_needs_it() -> None:
    limits = {"quadriceps": tiny.volume(floor=24)}
    problem = tiny.problem(SQUAT, CURL, weeks=[tiny.week(1, volume=limits)])
    answer = item_why(problem, tiny.schedule(f"{MON} squat 3", f"{WED} curl"), MON, "squat")
    needed = [each for each in answer.margins if each.needed]
    assert [each.margin.sentence for each in needed] == [
        "quadriceps in a week: 3 sets, at least 3 sets"
    ]
    assert [each.without for each in needed] == [-3]
    assert [each.rule for each in answer.without.breaks] == ["volume"]
    assert answer.without.breaks[0].sentence == (
        "quadriceps (week 1): needs 3 sets to 50 sets, has 0 sets"
    )


def test_a_limit_that_an_item_uses_up_is_told() -> None:
    limits = {"quadriceps": tiny.volume(session_cap=24)}
    problem = tiny.problem(SQUAT, CURL, weeks=[tiny.week(1, volume=limits)])
    answer = item_why(problem, tiny.schedule(f"{MON} squat 3", f"{WED} curl"), MON, "squat")
    used = [each.margin.sentence for each in answer.margins if each.used_up]
    assert "quadriceps on Monday: 3 sets, at most 3 sets" in used
    assert not any(each.margin.about == "hamstrings" for each in answer.margins)


def test_taking_an_item_out_takes_out_its_repeats_and_keeps_the_weeks_the_same() -> None:
    answer = item_why(regular(SQUAT, CURL), TWICE, MON, "squat")
    assert answer.repeats == (MONDAY, MONDAY + dt.timedelta(weeks=1))
    assert answer.without.keeps_rules


def test_an_item_of_a_week_of_its_own_is_taken_out_alone() -> None:
    answer = item_why(tiny.problem(SQUAT, CURL), TWICE, MON, "squat")
    assert answer.repeats == (MONDAY,)


def test_alternatives_are_what_the_rules_admit_there_and_nothing_else() -> None:
    heavy = tiny.exercise("heavy", equipment=(("barbell",),))
    hard = tiny.exercise("hard", level=5)
    problem = regular(SQUAT, CURL, PRESS, heavy, hard, placement=tiny.Placement(3, {}))
    answer = item_why(problem, TWICE, MON, "squat")
    assert {each.exercise for each in answer.alternatives} == {"curl", "press"}
    press = next(each for each in answer.alternatives if each.exercise == "press")
    assert (press.instead_of, press.sets, press.keeps_rules) == ("Squat", 3, True)


def test_an_alternative_gets_no_more_sets_than_its_dose() -> None:
    problem = regular(SQUAT, CURL, PRESS, doses={"press": tiny.dose(sets_max=2)})
    answer = item_why(problem, TWICE, MON, "squat")
    assert {each.exercise: each.sets for each in answer.alternatives}["press"] == 2


def test_alternatives_that_keep_the_rules_come_first_and_the_cheapest_of_them_before() -> None:
    problem = regular(
        SQUAT,
        CURL,
        PRESS,
        tiny.exercise("zeal"),
        preferences={"avoid": frozenset({"press"})},
        coverage=(tiny.row(at_least=1, patterns=("squat",)),),
    )
    answer = item_why(problem, TWICE, MON, "squat")
    assert [each.exercise for each in answer.alternatives] == ["zeal", "press", "curl"]
    zeal, press, curl = answer.alternatives
    assert zeal.cost < press.cost
    assert "fits level, goal or taste less (by 6)" in [each.sentence for each in press.effects]
    assert curl.breaks[0].sentence == "knee work (week 1): needs at least 1, has 0"


def test_what_if_is_what_the_checker_says() -> None:
    """On a real program, for every alternative."""
    found = example()[0]
    slot = next(iter(found.sessions))
    item = found.sessions[slot][1]
    for way in why_item(found, slot, item).alternatives:
        slots = found.repeats(slot)
        gone = found.items_at(slots, item.exercise)
        items = set(found.schedule.items) - gone | found.placed(way.exercise, slots, item.sets)
        plain = Schedule(tuple(sorted(items)))
        report = check_schedule(found.problem, plain, CONSTRAINTS)
        assert {each.rule for each in way.breaks} == {each.rule for each in report.violations}
        before = score_levels(found.problem, Schedule(found.schedule.items), OBJECTIVES)
        after = score_levels(found.problem, plain, OBJECTIVES)
        assert way.levels == {name: after[name] - before[name] for name in after}


# --- what is not there ---------------------------------------------------------------------


def test_a_closed_exercise_names_the_rule_and_the_place() -> None:
    heavy = tiny.exercise("heavy", equipment=(("barbell",),))
    answer = absent(regular(SQUAT, CURL, heavy), TWICE, "heavy")
    assert [(each.place, each.rule) for each in answer.closed] == [("home", "equipment")]
    assert answer.closed[0].sentence == "Heavy needs barbell, which home does not have"
    assert not answer.open


def test_an_open_exercise_is_put_in_place_of_each_comparable_one_and_beside_them() -> None:
    answer = absent(regular(SQUAT, CURL, PRESS), TWICE, "press")
    assert not answer.closed
    ways = {(each.instead_of, f"{each.start:%a}") for each in answer.ways}
    assert ways == {("Squat", "Mon"), ("", "Mon"), ("", "Wed")}
    costs = [each.cost for each in answer.ways]
    assert costs == sorted(costs)


def test_what_no_single_change_lets_in_says_what_it_would_break() -> None:
    cap = {"quadriceps": tiny.volume(floor=48, cap=48)}
    problem = tiny.problem(SQUAT, PRESS, weeks=[tiny.week(1, volume=cap)])
    schedule = tiny.schedule(f"{MON} squat 3", f"{WED} squat 3")
    problem = replace(problem, doses={**problem.doses, "press": (tiny.dose(sets_max=2),)})
    answer = absent(problem, schedule, "press")
    assert answer.ways
    assert all(each.breaks for each in answer.ways)


# --- a session -----------------------------------------------------------------------------


def test_a_session_tells_of_each_exercise_what_needs_it() -> None:
    limits = {"quadriceps": tiny.volume(floor=24)}
    problem = tiny.problem(SQUAT, CURL, weeks=[tiny.week(1, volume=limits, sessions=(1, 3))])
    schedule = tiny.schedule(f"{MON} squat 3", f"{MON} curl")
    (answer,) = why([phase(problem, schedule)], session=MONDAY, exercise=None).sessions
    because = {each.exercise: each.because for each in answer.items}
    assert because["squat"] == "quadriceps in a week: 3 sets, at least 3 sets"
    assert because["curl"] == "nothing needs it"
    assert [each.rule for each in answer.without.breaks] == ["frequency", "volume"]


# --- what can't be asked -------------------------------------------------------------------


def test_a_day_without_a_session_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"no session on Tue 1 Dec .*nearest: Mon 30 Nov .*Wed 2"):
        why([phase(regular(SQUAT, CURL), TWICE)], session=dt.date(2026, 12, 1), exercise=None)


def test_an_unknown_exercise_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"unknown exercise 'squatt' \(did you mean 'squat'\?\)"):
        why([phase(regular(SQUAT, CURL), TWICE)], session=None, exercise="squatt")


def test_a_question_about_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="ask about a session, an exercise, or both"):
        why([phase(regular(SQUAT, CURL), TWICE)], session=None, exercise=None)


def test_a_program_that_breaks_rules_is_not_explained() -> None:
    program = example_program()
    first = program.phases[0]
    weeks = (first.weeks[0].model_copy(update={"sessions": ()}), *first.weeks[1:])
    phases = (first.model_copy(update={"weeks": weeks}), *program.phases[1:])
    with pytest.raises(InputError, match=r"breaks rules in \d+ places.*'legengine check'"):
        engine().why(program.model_copy(update={"phases": phases}), session=MONDAY)


# --- on a real program ---------------------------------------------------------------------


@cache
def engine() -> Engine:
    return Engine()


@cache
def example_program() -> Program:
    today = dt.date(2026, 11, 23)
    return engine().generate(read_profile(EXAMPLE).profile, today=today, start=MONDAY)


@cache
def example() -> Sequence[PhaseAnalysis]:
    return engine().analyse(example_program())


def test_the_page_tells_the_limits_that_the_analysis_finds() -> None:
    for found, written in zip(example(), example_program().phases, strict=True):
        assert found.binds == written.binds
        assert found.binds


def test_an_answer_about_an_exercise_speaks_of_every_phase() -> None:
    report = engine().why(example_program(), exercise="chair_squat")
    told = [*(each.phase for each in report.items), *(each.phase for each in report.left_out)]
    assert sorted(told) == [1, 2, 3]
    report = engine().why(example_program(), exercise="goblet_squat")
    assert [each.closed[0].rule for each in report.left_out] == ["equipment"] * 3


SOLVER_WORDS = re.compile(r"\b(column|row|bound|label|constraint|penalty|objective)s?\b|=")


def test_no_sentence_speaks_like_the_solver() -> None:
    for found in example():
        slot, items = next(iter(found.sessions.items()))
        answer = why_item(found, slot, items[0])
        for sentence in sentences((answer.without, *answer.alternatives)):
            assert not SOLVER_WORDS.search(sentence), sentence
            assert "_" not in sentence, sentence
        for each in answer.margins:
            assert "_" not in each.margin.sentence


def sentences(changes: Sequence[WhatIf]) -> list[str]:
    return [each.sentence for change in changes for each in (*change.breaks, *change.effects)]


def test_a_change_leaves_the_program_as_it_is() -> None:
    found = example()[0]
    before = found.schedule.items
    slot = next(iter(found.sessions))
    found.what_if(Change(found.items_at([slot])), slot.start)
    assert found.schedule.items == before
