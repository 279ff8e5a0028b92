"""Other exercises in the place of one: ranked, verified, and put there without a solver."""

from __future__ import annotations

import json

import pytest

from legengine.cli.app import run
from legengine.errors import InputError

from .conftest import TODAY, day, differing, sessions_of, told

SINCE = day("2026-12-09")


@pytest.fixture(scope="module")
def swap(engine, program):
    return engine.swaps(program, "goblet_squat", since=SINCE, today=TODAY)


def test_every_way_that_is_offered_keeps_every_rule(engine, program, swap) -> None:
    assert len(swap.good) > 5
    for way in swap.good[:4]:
        done = engine.swap(program, "goblet_squat", way.exercise, since=SINCE, today=TODAY)

        assert engine.check(done.program).ok
        assert differing(program, done.program) == told(done) == set(swap.days)


def test_what_breaks_a_rule_is_at_the_end_and_is_refused(engine, program) -> None:
    for exercise in sorted(
        {e.exercise for s in sessions_of(program).values() for e in s.prescriptions}
    ):
        try:
            swap = engine.swaps(program, exercise, since=SINCE, today=TODAY)
        except InputError:
            continue  # it comes in no session from there on
        bad = [way for way in swap.ways if not way.keeps_rules]
        assert list(swap.ways) == [*swap.good, *bad]
        if bad:
            break
    with pytest.raises(InputError, match="there breaks a rule: ") as refusal:
        engine.swap(program, exercise, bad[0].exercise, since=SINCE, today=TODAY)
    assert bad[0].breaks[0].sentence in str(refusal.value)


def test_the_best_comes_first(swap) -> None:
    costs = [way.cost for way in swap.good]

    assert costs == sorted(costs)


def test_only_the_exercise_changes(engine, program, swap) -> None:
    other = swap.good[0].exercise
    done = engine.swap(program, "goblet_squat", other, since=SINCE, today=TODAY)
    old, new = sessions_of(program), sessions_of(done.program)
    for date in differing(program, done.program):
        before = {entry.exercise: entry for entry in old[date].prescriptions}
        after = {entry.exercise: entry for entry in new[date].prescriptions}
        assert before.keys() - after.keys() == {"goblet_squat"}
        assert after.keys() - before.keys() == {other}
        assert all(before[id] == after[id] for id in before.keys() & after.keys())
    assert done.program.revisions[0].changes == (
        f"{swap.good[0].name} takes the place of Goblet squat",
    )


def test_a_session_takes_its_repeats_along(engine, program) -> None:
    friday = next(
        date
        for date, session in sorted(sessions_of(program).items())
        if date >= SINCE and any(e.exercise == "goblet_squat" for e in session.prescriptions)
    )
    swap = engine.swaps(program, "goblet_squat", since=SINCE, session=friday, today=TODAY)

    assert swap.days[0] == friday
    assert {date.weekday() for date in swap.days} == {friday.weekday()}


def test_no_solver_is_asked(engine, program, swap, monkeypatch) -> None:
    monkeypatch.setattr("legengine.pipeline.solve", None)

    assert engine.swaps(program, "goblet_squat", since=SINCE, today=TODAY) == swap
    engine.swap(program, "goblet_squat", swap.good[0].exercise, since=SINCE, today=TODAY)


@pytest.mark.parametrize(
    ("exercise", "other", "message"),
    [
        ("goblet_sqat", None, "did you mean 'goblet_squat'"),
        ("goblet_squat", "goblet_sqat", "unknown exercise 'goblet_sqat'"),
        ("goblet_squat", "lunge_walking_x", "unknown exercise"),
        ("goblet_squat", "depth_jump", "closed there|unknown exercise"),
        ("goblet_squat", "goblet_squat", "already"),
    ],
)
def test_what_can_t_be_swapped_is_told(engine, program, exercise, other, message) -> None:
    names = (exercise,) if other is None else (exercise, other)
    ask = engine.swaps if other is None else engine.swap
    with pytest.raises(InputError, match=message):
        ask(program, *names, since=SINCE, today=TODAY)


def test_the_command_shows_and_swaps(engine, program, swap, tmp_path, capsys) -> None:
    file, new = tmp_path / "program.json", tmp_path / "new.json"
    file.write_text(program.model_dump_json(by_alias=True))
    asked = ["swap", str(file), "--exercise", "goblet_squat", "--from", "2026-12-09", "-q"]

    assert run(asked) == 0
    out = capsys.readouterr().out
    assert out.startswith("Goblet squat  [goblet_squat], ")
    assert "open keep every rule" in out
    assert run([*asked, "--json"]) == 0
    ways = json.loads(capsys.readouterr().out)["ways"]
    assert [way["exercise"] for way in ways] == [way.exercise for way in swap.ways]
    assert run([*asked, "--with", ways[0]["exercise"], "-o", str(new)]) == 0
    assert "takes the place of Goblet squat" in capsys.readouterr().out
    assert run(["check", str(new)]) == 0


def test_a_file_without_a_swap_is_wrong_usage(program, tmp_path, capsys) -> None:
    file, new = tmp_path / "program.json", tmp_path / "new.json"
    file.write_text(program.model_dump_json(by_alias=True))

    assert run(["swap", str(file), "--exercise", "goblet_squat", "-o", str(new)]) == 2
    assert "--output and --format go with --with" in capsys.readouterr().err
    assert not new.exists()
