import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legengine.domain.findings import Violation
from legengine.domain.problem import Placement
from legengine.domain.schedule import Item, Schedule
from legengine.hooks.contracts import OBJECTIVE_LEVELS
from legengine.testing.tiny import (
    FRI,
    FRI2,
    GROUPS,
    MON,
    MON2,
    SET,
    WED,
    WED2,
    condition,
    exercise,
    frequency,
    ordinary_slots,
    problem,
    row,
    schedule,
    structure,
    volume,
    week,
)
from legengine.verify import check_schedule, checks, score_levels, scores


@dataclass
class Rule:
    name: str
    check: Callable
    summary: str = ""
    options: type = object


@dataclass
class Wish:
    name: str
    level: str
    score: Callable


RULES = [Rule(name, getattr(checks, name).check) for name in checks.__all__]
LEVEL_OF = {
    "soft_coverage": "wishes",
    "sessions_wish": "wishes",
    "preferred_absent": "wishes",
    "volume": "volume",
    "misfit": "preference",
    "rest_wish": "preference",
    "continuity": "continuity",
    "evenness": "evenness",
    "minutes": "minutes",
    "canonical": "canonical",
}
WISHES = [Wish(name, level, getattr(scores, name)) for name, level in LEVEL_OF.items()]

STRICT_WEEK = {
    "volume": {
        group: volume(floor=2 * SET, aim_low=3 * SET, aim_high=4 * SET, cap=5 * SET)
        for group in GROUPS
    },
    "sessions": (1, 2),
    "regular": True,
}
STRICT = problem(
    weeks=[week(1, **STRICT_WEEK), week(2, **STRICT_WEEK)],
    rest_hours=dict.fromkeys(GROUPS, 72),
    frequency=frequency(exposures=(1, 2), exercise_max=2, rest_days_min=5),
    structure=structure(work_items=(2, 3)),
    coverage=(row(), row(id="wish", required=False, at_least=3)),
    eligibility={
        "conditions": (condition(knee_flexion_max=60),),
        "always": ("curl",),
        "level_max": 2,
    },
    placement=Placement(2, {}),
)


def test_constraints_speak_in_order_of_their_names():
    def loud(name):
        return Rule(
            name,
            lambda problem, schedule: [Violation(name, "b", "", ""), Violation(name, "a", "", "")],
        )

    report = check_schedule(problem(), schedule(), [loud("z"), loud("m")])
    assert [(each.rule, each.where) for each in report.violations] == [
        ("m", "a"),
        ("m", "b"),
        ("z", "a"),
        ("z", "b"),
    ]
    assert not report.ok


def test_each_rule_says_how_much_it_looked_at():
    plan = schedule(f"{MON} squat", f"{MON} curl", f"{WED} squat")
    other = Rule("another_rule", lambda problem, schedule: [])
    report = check_schedule(problem(), plan, [*RULES, other])
    assert report.ok
    assert report.checked == {
        "another_rule": 3,
        "endurance": 2,
        "stretching": 3,
        "contraindication": 3,
        "coverage": 2,
        "equipment": 3,
        "frequency": 2,
        "phase_access": 3,
        "rest_interval": 2,
        "sides": 3,
        "structure": 3,
        "time": 2,
        "volume": 2,
        "wishes": 3,
    }
    assert list(report.checked) == sorted(report.checked)


def test_a_schedule_can_hold_strict_rules():
    days = [(MON, 2), (FRI, 2), (MON2, 2), (FRI2, 2)]
    plan = schedule(
        *(f"{day} {name} {n}" for day, n in days for name in ("squat", "bridge", "curl"))
    )
    assert check_schedule(STRICT, plan, RULES).violations == ()


def test_every_level_is_there_in_order():
    levels = score_levels(problem(), schedule(f"{MON} squat"), [])
    assert list(levels.items()) == [(level, 0) for level in OBJECTIVE_LEVELS]


def test_objectives_of_a_level_are_added():
    def plain(level, value):
        return Wish("x", level, lambda problem, schedule: value)

    levels = score_levels(
        problem(), schedule(), [plain("wishes", 2), plain("minutes", 5), plain("wishes", 3)]
    )
    assert (levels["wishes"], levels["minutes"], levels["volume"]) == (5, 5, 0)


items = st.builds(
    Item,
    slot=st.sampled_from([MON, WED, FRI, MON2, WED2, FRI2, "2026-12-01T18:00"]),
    exercise=st.sampled_from(["squat", "bridge", "curl", "jump"]),
    sets=st.integers(0, 6),
)


@given(
    st.lists(items, max_size=12).flatmap(
        lambda each: st.tuples(st.just(each), st.permutations(each))
    )
)
def test_the_order_of_items_means_nothing(pair):
    first, second = (Schedule(tuple(each)) for each in pair)
    assert check_schedule(STRICT, first, RULES) == check_schedule(STRICT, second, RULES)
    assert score_levels(STRICT, first, WISHES) == score_levels(STRICT, second, WISHES)


@given(st.lists(items, max_size=12))
def test_nothing_makes_the_checker_stumble_and_scores_are_not_negative(held):
    plan = Schedule(tuple(held))
    report = check_schedule(STRICT, plan, RULES)
    assert all(each.rule in checks.__all__ for each in report.violations)
    if all(item.sets > 0 for item in held):
        assert min(score_levels(STRICT, plan, WISHES).values()) >= 0


@given(st.lists(items.filter(lambda each: each.exercise != "jump"), max_size=8, unique=True))
def test_more_rest_never_mends_and_less_never_breaks(held):
    plan = Schedule(tuple(held))
    rest = next(rule for rule in RULES if rule.name == "rest_interval")
    wrong = [
        len(
            check_schedule(
                replace(STRICT, rest_hours=dict.fromkeys(GROUPS, hours)), plan, [rest]
            ).violations
        )
        for hours in (24, 48, 72, 96)
    ]
    assert wrong == sorted(wrong)


@pytest.fixture
def long_program():
    """Twelve weeks, 36 sessions, 300 items and more, with conditions."""
    names = [f"e{number}" for number in range(30)]
    groups = ("quadriceps", "hamstrings", "gluteus_maximus")
    moving = [
        exercise(name, primary=(groups[number % 3],), secondary=(groups[(number + 1) % 3],))
        for number, name in enumerate(names)
    ]
    there = problem(
        *moving,
        weeks=[week(number, regular=True) for number in range(1, 13)],
        slots=ordinary_slots(12),
        coverage=tuple(row(id=f"row{number}") for number in range(8)),
        eligibility={
            "conditions": tuple(
                condition(f"c{number}", exclude_tags=("deep",), knee_flexion_max=80)
                for number in range(3)
            )
        },
    )
    plan = schedule(
        *(
            f"{each.id} {names[(each.start.weekday() + number) % 30]} 3"
            for each in there.slots
            for number in range(9)
        )
    )
    return there, plan


def test_a_long_program_is_checked_at_once(long_program):
    there, plan = long_program
    assert len(plan.items) == 324
    assert check_schedule(there, plan, RULES).ok
    best = min(_seconds(lambda: check_schedule(there, plan, RULES)) for _ in range(5))
    assert best < 0.1, "about 10 ms on an idle machine"


def _seconds(run) -> float:
    before = time.perf_counter()
    run()
    return time.perf_counter() - before
