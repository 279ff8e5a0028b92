"""A margin below zero stands exactly where the checker finds a violation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine import Engine, Program, read_profile
from legengine.domain.margin import Margin
from legengine.domain.problem import Problem
from legengine.domain.protocol import Growth
from legengine.domain.schedule import Item, Schedule
from legengine.rules import CONSTRAINTS
from legengine.testing import tiny
from legengine.testing.agreement import assignments
from legengine.testing.tiny import BRIDGE, FRI, MON, MON2, SQUAT, WED
from legengine.verify.checker import check_schedule
from legengine.verify.margins import margins_of

MEASURED = {
    "coverage", "endurance", "frequency", "rest_interval", "stretching", "structure", "time",
    "volume", "wishes",
}  # fmt: skip
COUNTED = {"structure": ("items", "easy session"), "stretching": (" s",)}
"""How the requirements end of which a rule measures something; others open and close."""
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())
BOTH = {"doses": {"squat": tiny.dose(sets_max=2), "bridge": tiny.dose(sets_max=1)}}


def margins(problem: Problem, schedule: Schedule) -> list[Margin]:
    return list(margins_of(problem, schedule, CONSTRAINTS))


def negative(problem: Problem, schedule: Schedule) -> set[tuple[str, str]]:
    return {(each.rule, each.where) for each in margins(problem, schedule) if each.slack < 0}


def broken(problem: Problem, schedule: Schedule) -> set[tuple[str, str]]:
    """What the checker finds, apart from what can't be counted."""
    found = check_schedule(problem, schedule, CONSTRAINTS).violations
    return {
        (each.rule, each.where)
        for each in found
        if each.rule in MEASURED
        and each.required.endswith(COUNTED.get(each.rule, ("",)))
        and not each.required.startswith("never")
    }


def one(problem: Problem, schedule: Schedule, clause: str, about: str = "") -> Margin:
    found = [m for m in margins(problem, schedule) if (m.clause, m.about) == (clause, about)]
    assert len(found) == 1, found
    return found[0]


def week(number: int = 1, **fields: Any) -> Any:
    return tiny.week(number, **fields)


def strict_problems() -> Iterator[tuple[str, Problem]]:
    """A problem for each limit, small enough to try every assignment."""
    volume = {"quadriceps": tiny.volume(floor=16, cap=24, session_cap=12)}
    yield "volume", tiny.problem(SQUAT, weeks=[week(volume=volume)], doses=BOTH["doses"])
    yield (
        "frequency",
        tiny.problem(
            SQUAT,
            BRIDGE,
            weeks=[week(sessions=(1, 2), volume={"quadriceps": tiny.volume(floor=8)})],
            frequency=tiny.frequency(
                rest_days_min=5,
                exercise_max=2,
                exposures=(2, 2),
                session_gap_hours=72,
                consecutive_days_max=1,
            ),
            **BOTH,
        ),
    )
    yield "rest", tiny.problem(SQUAT, BRIDGE, weeks=[week()], rest_hours={"quadriceps": 72}, **BOTH)
    yield (
        "rest after the past",
        tiny.problem(
            SQUAT,
            weeks=[week()],
            rest_hours={"quadriceps": 72},
            frequency=tiny.frequency(session_gap_hours=48, consecutive_days_max=2),
            past=tiny.past("2026-11-28T18:00", "2026-11-29T18:00", volume={"quadriceps": 8}),
            growth=Growth(sets=1, percent=20, sources=("D",)),
        ),
    )
    yield (
        "time and structure",
        tiny.problem(
            SQUAT,
            BRIDGE,
            weeks=[week()],
            slots=tuple(tiny.slot(start, minutes=11) for start in (MON, WED, FRI)),
            structure=tiny.structure(work_items=(2, 2), items_max=1),
            **BOTH,
        ),
    )
    yield (
        "coverage",
        tiny.problem(
            SQUAT,
            BRIDGE,
            weeks=[week()],
            coverage=(
                tiny.row(at_least=1, at_most=2),
                tiny.row(id="each", per="session", patterns=("hip_extension",), at_least=1),
                tiny.row(id="kinds", patterns=("squat", "hip_extension"), distinct=True),
                tiny.row(id="wish", required=False),
            ),
            **BOTH,
        ),
    )
    walk = tiny.exercise("walk", block="endurance", dose_kind="duration", primary=())
    pull = tiny.exercise("pull", block="cool_down", dose_kind="hold", primary=("hamstrings",))
    yield (
        "easy sessions",
        tiny.problem(
            SQUAT,
            walk,
            weeks=[week(easy_sessions=1, sessions=(1, 2))],
            structure=tiny.structure(work_items=(1, 1), easy_items=(1, 1)),
            frequency=tiny.frequency(rest_days_min=6, session_gap_hours=72, consecutive_days_max=1),
            coverage=(tiny.row(per="session", at_least=1), tiny.row(id="days", days=True)),
            doses={"squat": tiny.dose(sets_max=1), "walk": tiny.dose(sets_max=1)},
        ),
    )
    yield (
        "endurance",
        tiny.problem(
            walk,
            weeks=[week(endurance=(2, 10))],
            doses={"walk": tiny.dose(sets_max=2)},
            ramp=tiny.ramp(),
        ),
    )
    yield (
        "stretching",
        tiny.problem(
            pull,
            weeks=[week()],
            doses={"pull": tiny.dose(sets_max=2, hold_s=30)},
            stretching=tiny.stretching(session_max_s=50, week_max_s=100),
        ),
    )
    yield "wishes", tiny.problem(SQUAT, BRIDGE, weeks=[week()], eligibility={"always": ("squat",)})
    build = {"quadriceps": tiny.volume(cap=40)}
    lighter = week(2, kind="deload", volume=build)
    yield (
        "growth and deload",
        tiny.problem(
            SQUAT,
            weeks=[week(volume=build), lighter, week(3, volume=build)],
            slots=tuple(map(tiny.slot, (MON, MON2, "2026-12-14T18:00"))),
            growth=Growth(sets=1, percent=20, sources=("D",)),
            doses={"squat": tiny.dose(sets_max=7)},
        ),
    )
    once = week(kind="deload", volume={"quadriceps": tiny.volume(floor=8, cap=24)})
    yield (
        "a deload week",
        tiny.problem(
            SQUAT, weeks=[once], frequency=tiny.frequency(exposures=(2, 2)), doses=BOTH["doses"]
        ),
    )
    reduced = week(reduced=True, sessions=(0, 1), volume=volume)
    yield "a reduced week", tiny.problem(SQUAT, weeks=[reduced], doses=BOTH["doses"])


PROBLEMS = dict(strict_problems())


@pytest.mark.parametrize("name", PROBLEMS)
def test_on_every_assignment_margins_and_checks_agree(name: str) -> None:
    problem = PROBLEMS[name]
    some_broken = False
    for items in assignments(narrow(problem)):
        schedule = Schedule(items)
        assert negative(problem, schedule) == broken(problem, schedule)
        some_broken = some_broken or bool(broken(problem, schedule))
    assert some_broken


def narrow(problem: Problem) -> Problem:
    """The same problem with fewer numbers of sets to try."""
    doses = {
        id: tuple(replace(dose, sets_max=min(dose.sets_max, 7 if len(problem.doses) == 1 else 2))
                  for dose in row)
        for id, row in problem.doses.items()
    }  # fmt: skip
    return replace(problem, doses=doses)


# --- examples ------------------------------------------------------------------------------


@cache
def engine() -> Engine:
    return Engine()


@cache
def program_of(path: Path) -> Program:
    dates = {"today": dt.date(2026, 11, 23), "start": dt.date(2026, 11, 30)}
    return engine().generate(read_profile(path).profile, **dates)


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_on_every_example_margins_and_checks_agree(path: Path) -> None:
    for problem, schedule in engine().pipeline.read_back(program_of(path)):
        assert negative(problem, schedule) == set()
        for other in spoilt(schedule):
            assert negative(problem, other) == broken(problem, other)


def spoilt(schedule: Schedule) -> Iterator[Schedule]:
    """The schedule without an item, with many sets of one, and with one on another day."""
    items = schedule.items
    for index in range(0, len(items), 7):
        rest = (*items[:index], *items[index + 1 :])
        item, next_slot = items[index], items[(index + 11) % len(items)].slot
        yield Schedule(rest)
        yield Schedule(tuple(sorted((*rest, replace(item, sets=9)))))
        moved = Item(next_slot, item.exercise, item.sets)
        yield Schedule(tuple(sorted({*rest, moved})))
    yield Schedule(())


# --- what a margin says --------------------------------------------------------------------


def test_what_is_left_of_the_rest_interval_is_in_hours() -> None:
    problem = tiny.problem(SQUAT, weeks=[week()], rest_hours={"quadriceps": 24})
    margin = one(problem, tiny.schedule(f"{MON} squat", f"{WED} squat"), "rest", "quadriceps")
    assert (margin.found, margin.required, margin.slack) == (48, 24, 24)
    assert margin.sentence == "quadriceps from Monday to Wednesday: 48 h, at least 24 h"
    assert not margin.tight


def test_volume_is_in_effective_sets() -> None:
    limits = {"quadriceps": tiny.volume(floor=20, cap=24)}
    problem = tiny.problem(SQUAT, weeks=[week(volume=limits)])
    schedule = tiny.schedule(f"{MON} squat 3")
    assert one(problem, schedule, "floor", "quadriceps").slack == 0.5
    cap = one(problem, schedule, "cap", "quadriceps")
    assert cap.tight
    assert cap.sentence == "quadriceps in a week: 3 sets, at most 3 sets"


def test_a_session_with_less_than_a_minute_left_is_full() -> None:
    problem = tiny.problem(SQUAT, weeks=[week()], slots=(tiny.slot(MON, minutes=9),))
    margin = one(problem, tiny.schedule(f"{MON} squat"), "minutes")
    assert margin.sentence == "time on Monday: 9 min, at most 9 min"
    assert margin.tight
    longer = replace(problem, slots=(tiny.slot(MON, minutes=10),))
    assert not one(longer, tiny.schedule(f"{MON} squat"), "minutes").tight


def test_a_rule_that_only_opens_and_closes_has_no_margins() -> None:
    problem, schedule = tiny.problem(), tiny.schedule(f"{MON} squat")
    assert {each.rule for each in margins(problem, schedule)} <= MEASURED
