"""Progress while a stage is solved, and what becomes of a search that is cancelled."""

from __future__ import annotations

import datetime as dt
import math
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from legengine import Engine, Program, SolveOptions
from legengine.engine import Progress
from legengine.errors import InputError, LimitError
from legengine.intake.reader import read_profile

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = dt.date(2026, 11, 23)
START = dt.date(2026, 11, 30)
BEST = SolveOptions(on_cancel="best")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def generate(engine: Engine, example: str, *, weeks: int = 0, **more: object) -> Program:
    profile = read_profile(EXAMPLES / example).profile
    if weeks:
        profile = profile.model_copy(update={"weeks": weeks, "exceptions": ()})
    return engine.generate(profile, today=TODAY, start=START, **more)


def test_observing_changes_nothing(engine: Engine) -> None:
    alone = generate(engine, "travel-week.yaml")
    news: list[Progress] = []
    watched = generate(
        engine, "travel-week.yaml", on_progress=news.append, cancel=threading.Event()
    )
    assert watched.model_dump_json() == alone.model_dump_json()
    assert len(news) > 6 * len(alone.phases)


def test_progress_is_told_during_a_stage_and_ends_with_what_was_reached(engine: Engine) -> None:
    news: list[Progress] = []
    program = generate(engine, "knee-osteoarthritis.toml", on_progress=news.append)
    for index, phase in enumerate(program.phases, 1):
        for level in phase.solve.levels:
            told = [step for step in news if (step.index, step.level) == (index, level.name)]
            if not told:
                continue
            if level.name in ("volume", "preference"):
                assert (told[-1].bound, told[-1].phase) == (level.bound, phase.id)
                assert told[-1].value is not None
                assert told[-1].value >= level.value
            for step in told:
                assert step.bound is not None
                assert step.value is None or step.gap == step.value - step.bound >= 0
    volume = [step for step in news if step.level == "preference" and step.index == 1]
    assert len({step.value for step in volume}) > 1


def test_progress_is_told_in_the_calling_thread(engine: Engine) -> None:
    threads = set()
    generate(
        engine,
        "beginner-at-home.yaml",
        on_progress=lambda step: threads.add(threading.current_thread()),
    )
    assert threads == {threading.current_thread()}


class EnoughError(Exception):
    pass


@pytest.mark.parametrize("preset", ["deterministic", "fast"])
def test_what_a_callback_raises_ends_the_search_and_comes_back(engine: Engine, preset: str) -> None:
    told: list[Progress] = []

    def tell(step: Progress) -> None:
        told.append(step)
        raise EnoughError

    with pytest.raises(EnoughError):
        generate(
            engine,
            "gym-two-places.yaml",
            on_progress=tell,
            options=SolveOptions(preset=preset),  # type: ignore[arg-type]
        )
    assert len(told) == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "legengine-search"]
    assert generate(engine, "beginner-at-home.yaml").check.ok


def cancelling(cancel: threading.Event, index: int, level: str):
    """Cancels at the first schedule of a phase that is found on a level."""

    def tell(step: Progress) -> None:
        if step.index == index and step.level == level and step.value is not None:
            cancel.set()

    return tell


@pytest.mark.parametrize(
    ("index", "level"), [(1, "volume"), (1, "preference"), (2, "volume"), (3, "continuity")]
)
def test_a_cancelled_search_gives_the_best_so_far(engine: Engine, index: int, level: str) -> None:
    cancel = threading.Event()
    program = generate(
        engine,
        "gym-two-places.yaml",
        cancel=cancel,
        on_progress=cancelling(cancel, index, level),
        options=BEST,
    )
    whole = generate(engine, "gym-two-places.yaml")
    assert program.check.ok
    assert engine.check(program).violations == ()
    assert [phase.solve.stopped for phase in program.phases] == [
        number >= index for number in range(1, 4)
    ]
    assert program.phases[: index - 1] == whole.phases[: index - 1]
    for phase in program.phases[index - 1 :]:
        assert not phase.solve.wall_clock_struck
        for level_ in phase.solve.levels:
            assert level_.bound <= level_.value
            assert level_.status == "feasible" or level_.bound == level_.value
    # The bounds of the first phase that was stopped hold for what the whole search found.
    first, finished = program.phases[index - 1].solve, whole.phases[index - 1].solve
    assert first.levels[0].bound <= finished.levels[0].value
    text = str(engine.render(program, "terminal"))
    assert "Stopped before it was finished: good, not proven." in " ".join(text.split())


def test_a_search_that_found_nothing_yet_is_a_limit_error(engine: Engine) -> None:
    cancel = threading.Event()
    cancel.set()
    for options in (BEST, SolveOptions()):
        with pytest.raises(LimitError, match="cancelled"):
            generate(engine, "gym-two-places.yaml", cancel=cancel, options=options)


def test_a_cancel_token_gives_up_unless_the_best_is_asked_for(engine: Engine) -> None:
    cancel = threading.Event()
    with pytest.raises(LimitError, match="cancelled while phase"):
        generate(
            engine,
            "gym-two-places.yaml",
            cancel=cancel,
            on_progress=cancelling(cancel, 2, "volume"),
        )


@pytest.mark.parametrize("limit", [0, -1, 0.0, math.nan])
@pytest.mark.parametrize("field", ["deterministic_limit", "wall_limit_s"])
def test_limits_are_more_than_nothing(field: str, limit: float) -> None:
    with pytest.raises(InputError, match=rf"{field}: must be more than 0, got {limit}"):
        SolveOptions(**{field: limit})


def test_several_engines_at_once_give_what_one_gives_alone(engine: Engine) -> None:
    names = ["beginner-at-home.yaml", "travel-week.yaml", "older-adult-at-home.yaml"]
    alone = {name: generate(engine, name, weeks=3).model_dump_json() for name in names}
    engines = [engine, engine, Engine(), Engine()]
    work = [(who, name) for name in names for who in engines]

    def run(task: tuple[Engine, str]) -> bool:
        who, name = task
        made = generate(who, name, weeks=3, cancel=threading.Event(), on_progress=lambda step: None)
        return made.model_dump_json() == alone[name]

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert all(pool.map(run, work))
