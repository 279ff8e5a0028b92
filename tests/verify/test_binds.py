"""What sets the limits: only what is tight and worth telling, told once."""

from __future__ import annotations

from typing import Any

from legengine.domain.problem import Problem
from legengine.domain.schedule import Schedule
from legengine.rules import CONSTRAINTS
from legengine.testing import tiny
from legengine.testing.tiny import BRIDGE, FRI, FRI2, MON, MON2, SQUAT, WED, WED2
from legengine.verify.binds import binds_of


def binds(problem: Problem, schedule: Schedule) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(b.rule, b.sentence, b.weeks) for b in binds_of(problem, schedule, CONSTRAINTS)]


def weeks(**fields: Any) -> list[Any]:
    return [tiny.week(1, **fields), tiny.week(2, **fields)]


ALL = tuple(f"{start} squat 2" for start in (MON, WED, FRI, MON2, WED2, FRI2))


def test_nothing_tight_tells_nothing() -> None:
    assert binds(tiny.problem(SQUAT), tiny.schedule(*ALL)) == []


def test_equal_limits_of_several_weeks_muscles_and_days_are_one_sentence() -> None:
    problem = tiny.problem(
        SQUAT, BRIDGE, rest_hours={"quadriceps": 48, "hamstrings": 0, "glutes": 48}
    )
    days = "from Monday to Wednesday and from Wednesday to Friday"
    schedule = tiny.schedule(*ALL, *(each.replace("squat", "bridge") for each in ALL))
    assert binds(problem, schedule) == [
        (
            "rest_interval",
            f"quadriceps and glutes {days}: 48 h, the least allowed",
            (1, 2),
        )
    ]


def test_a_floor_of_zero_is_no_limit() -> None:
    problem = tiny.problem(SQUAT, weeks=weeks(volume={"glutes": tiny.volume(floor=0)}))
    assert binds(problem, tiny.schedule(*ALL)) == []


def test_a_floor_that_is_just_met_is_told_with_its_weeks() -> None:
    limit = {"quadriceps": tiny.volume(floor=48)}
    problem = tiny.problem(SQUAT, weeks=[tiny.week(1, volume=limit), tiny.week(2)])
    told = binds(problem, tiny.schedule(*ALL))
    assert told == [("volume", "quadriceps in a week: 6 sets, the least allowed", (1,))]


def test_the_most_sessions_are_told_only_where_a_day_is_left() -> None:
    problem = tiny.problem(SQUAT, weeks=weeks(sessions=(0, 3)))
    assert binds(problem, tiny.schedule(*ALL)) == []
    fewer = tiny.problem(SQUAT, weeks=weeks(sessions=(0, 2)))
    twice = tiny.schedule(*(f"{start} squat 2" for start in (MON, WED, MON2, WED2)))
    assert binds(fewer, twice) == [("frequency", "sessions in a week: 2, the most allowed", (1, 2))]


def test_a_full_session_is_told_in_minutes() -> None:
    problem = tiny.problem(
        SQUAT, weeks=[tiny.week(1)], slots=(tiny.slot(MON, minutes=9), tiny.slot(WED))
    )
    schedule = tiny.schedule(f"{MON} squat", f"{WED} squat")
    assert binds(problem, schedule) == [("time", "time on Monday: all 9 min taken", (1,))]


def test_time_comes_first_and_coverage_last() -> None:
    problem = tiny.problem(
        SQUAT,
        weeks=[tiny.week(1, volume={"quadriceps": tiny.volume(floor=8)}, sessions=(1, 7))],
        slots=(tiny.slot(MON, minutes=9),),
        coverage=(tiny.row(at_least=1),),
    )
    told = binds(problem, tiny.schedule(f"{MON} squat"))
    assert [rule for rule, _, _ in told] == ["time", "frequency", "volume", "coverage"]
