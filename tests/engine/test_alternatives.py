"""Programs that are really different and nearly as good: both are counted here once more."""

from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from legengine import Engine, Program, SolveOptions
from legengine.domain.program import ProgramPhase
from legengine.engine import Progress
from legengine.errors import InputError, LimitError
from legengine.intake.reader import profile_from_data, read_profile
from legengine.solve.alternatives import SLACK

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = dt.date(2026, 11, 23)
START = dt.date(2026, 11, 30)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def alternatives(engine: Engine, example: str, number: int, **more: object) -> tuple[Program, ...]:
    profile = read_profile(EXAMPLES / example).profile
    return engine.alternatives(profile, number, today=TODAY, start=START, **more)


@pytest.fixture(scope="module")
def three(engine: Engine) -> tuple[Program, ...]:
    return alternatives(engine, "travel-week.yaml", 3)


def exercise_days(phase: ProgramPhase) -> set[tuple[dt.datetime, str]]:
    return {
        (session.start, entry.exercise)
        for week in phase.weeks
        for session in week.sessions
        for entry in session.prescriptions
    }


def exercise_weekdays(phase: ProgramPhase) -> set[tuple[int, str]]:
    return {(day.weekday(), exercise) for day, exercise in exercise_days(phase)}


def test_every_two_share_at_most_half_in_every_phase(three: tuple[Program, ...]) -> None:
    assert len(three) == 3
    for later, program in enumerate(three):
        for before in three[:later]:
            for old, new in zip(before.phases, program.phases, strict=True):
                days = exercise_days(old)
                assert len(days & exercise_days(new)) <= len(days) / 2


def test_where_all_weeks_are_alike_they_count_as_one(engine: Engine) -> None:
    first, other = alternatives(engine, "beginner-at-home.yaml", 2)
    for old, new in zip(first.phases, other.phases, strict=True):
        days = exercise_weekdays(old)
        assert len(days & exercise_weekdays(new)) <= len(days) / 2


def test_wishes_and_volume_stay_within_the_slack(three: tuple[Program, ...]) -> None:
    first = three[0]
    for program in three[1:]:
        for best, phase in zip(first.phases, program.phases, strict=True):
            before = {level.name: level.value for level in best.solve.levels}
            for level in phase.solve.levels:
                if level.name in SLACK:
                    most = before[level.name] + SLACK[level.name] * len(phase.weeks)
                    assert level.value <= most


def test_every_one_passes_the_checker(engine: Engine, three: tuple[Program, ...]) -> None:
    for program in three:
        assert program.check.ok
        assert engine.check(program).violations == ()


def test_the_first_is_the_one_of_generate_and_the_same_every_time(
    engine: Engine, three: tuple[Program, ...]
) -> None:
    profile = read_profile(EXAMPLES / "travel-week.yaml").profile
    made = engine.generate(profile, today=TODAY, start=START)
    assert three[0].model_dump_json() == made.model_dump_json()
    again = alternatives(engine, "travel-week.yaml", 3)
    assert [program.model_dump_json() for program in again] == [
        program.model_dump_json() for program in three
    ]


def test_an_alternative_claims_nothing_but_that_no_level_is_below_zero(
    three: tuple[Program, ...],
) -> None:
    for program in three[1:]:
        for phase in program.phases:
            assert phase.solve.status == "feasible"
            for level in phase.solve.levels:
                assert level.bound == 0
                assert (level.status == "optimal") == (level.value == 0)


def test_fewer_come_back_where_no_more_differ(engine: Engine) -> None:
    data = {
        **read_profile(EXAMPLES / "beginner-at-home.yaml").document.data,
        "weeks": 1,
        "start": START,
    }
    only = engine.generate(profile_from_data(data), today=TODAY)
    pins = [
        {"date": start.date(), "exercise": exercise}
        for start, exercise in sorted(exercise_days(only.phases[0]))
    ]
    pinned = profile_from_data({**data, "pins": pins[: len(pins) // 2 + 2]})
    assert len(engine.alternatives(pinned, 3, today=TODAY)) == 1


def test_a_cancelled_search_gives_the_programs_that_there_are(engine: Engine) -> None:
    news: list[Progress] = []
    cancel = threading.Event()

    def tell(step: Progress) -> None:
        news.append(step)
        if [step.index for step in news[-2:]] == [2, 1]:  # the second program has begun
            cancel.set()

    best = SolveOptions(on_cancel="best")
    found = alternatives(
        engine, "travel-week.yaml", 3, cancel=cancel, on_progress=tell, options=best
    )
    assert len(found) == 1
    assert not any(phase.solve.stopped for phase in found[0].phases)
    with pytest.raises(LimitError):
        alternatives(engine, "travel-week.yaml", 3, cancel=cancel)


def test_a_number_below_one_is_refused(engine: Engine) -> None:
    with pytest.raises(InputError, match="number: must be at least 1, got 0"):
        alternatives(engine, "travel-week.yaml", 0)


@pytest.mark.parametrize("level", ["wishes", "volume"])
def test_nothing_beyond_the_slack_is_taken(
    engine: Engine, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Better than the proven best is more than there can be.
    monkeypatch.setattr("legengine.solve.alternatives.SLACK", {level: -1})
    assert len(alternatives(engine, "older-adult-at-home.yaml", 2)) == 1
