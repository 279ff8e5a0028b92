"""What an author imports: factories, registries that look for nothing, strategies."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import legengine.testing
from legengine import InputError
from legengine.testing import (
    PEOPLE,
    PROGRAMS,
    START,
    TODAY,
    engine_with,
    handmade_program,
    sample_data,
    sample_profile,
    sample_program,
    sample_referral,
    sealed_registry,
    strategies,
    tiny,
    tmp_plugin,
)
from legengine.testing.agreement import accepted_by_checker, accepted_by_model, assignments
from tests.testing.good import FewOf, Plain

Settings = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sorted({{m.partition('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_kit_loads_nothing_heavy() -> None:
    heavy = {"ortools", "numpy", "pytest", "hypothesis", "pydantic", "pluggy", "yaml"}
    assert not loaded_by("import legengine.testing") & heavy


def test_the_pytest_plugin_loads_nothing_but_pytest() -> None:
    heavy = {"ortools", "numpy", "hypothesis", "pydantic", "yaml", "click"}
    assert not loaded_by("import legengine.testing.pytest_plugin") & heavy


def test_making_checks_solves_nothing() -> None:
    statement = "from legengine.testing import checks_of; checks_of('legengine_formats.plugin')"
    assert not loaded_by(statement) & {"ortools", "pytest", "hypothesis"}


@pytest.mark.parametrize("name", legengine.testing.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(legengine.testing, name) is not None
    assert name in dir(legengine.testing)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such"):
        _ = legengine.testing.no_such  # type: ignore[attr-defined]


# --- people and programs -------------------------------------------------------------------


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_can_train(person: str) -> None:
    program = engine_with().generate(sample_profile(person), today=TODAY)
    assert program.start == START
    assert program.check.ok


def test_changes_are_fields_and_none_leaves_one_out() -> None:
    data = sample_data(weeks=4, goal=None)
    assert data["weeks"] == 4
    assert "goal" not in data
    assert sample_data()["weeks"] == 2
    sample_data()["places"]["home"]["equipment"].append("bar")
    assert "bar" not in sample_data()["places"]["home"]["equipment"]


def test_a_change_that_is_wrong_is_an_input_error() -> None:
    with pytest.raises(InputError, match="weeks"):
        sample_profile(weeks=-1)


def test_an_unknown_person_is_guessed() -> None:
    with pytest.raises(KeyError, match="did you mean 'beginner'"):
        sample_data("beginer")


def test_each_program_has_what_it_is_for() -> None:
    assert set(PROGRAMS) == {"short", "phases", "uneven", "endurance", "replanned"}
    assert len(sample_program("phases").phases) > 1
    sides = [
        item.sides
        for phase in sample_program("uneven").phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]
    assert any(sides)
    rest = [w.rest_days for p in sample_program("endurance").phases for w in p.weeks]
    assert any(rest)
    assert sample_program("replanned").revisions
    assert sample_program("short") is sample_program("short")


def test_a_referral_of_any_severity() -> None:
    assert sample_referral("urgent").severity == "urgent"
    assert sample_referral().refuses


# --- registries ----------------------------------------------------------------------------


def test_a_sealed_registry_looks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGENGINE_DISABLE_PLUGINS", "formats")
    registry = sealed_registry()
    assert {record.plugin.distribution for record in registry.records} == {"legengine"}
    assert "terminal" in registry.formats
    assert not sealed_registry(bundled=False).formats


def test_a_throw_away_plugin_holds_in_an_engine() -> None:
    with tmp_plugin("mine", constraints=[FewOf()], formats=[Plain()]) as plugin:
        engine = engine_with(plugin)
    assert "few_of" in engine.registry.constraints
    assert engine.render(handmade_program(), "plain").startswith("Back on the stairs")
    profile = sample_profile(rules={"few_of": {"word": "hinge", "most": 0}})
    program = engine.generate(profile, today=TODAY)
    patterns = {
        item.pattern
        for week in program.phases[0].weeks
        for session in week.sessions
        for item in session.prescriptions
    }
    assert "hinge" not in patterns
    assert program.check.checked["few_of"] > 0


def test_a_kind_that_is_none_is_guessed() -> None:
    with (
        pytest.raises(TypeError, match="did you mean 'constraints'"),
        tmp_plugin(constraint=[FewOf()]),
    ):
        pass


# --- strategies ----------------------------------------------------------------------------


@Settings
@given(strategies.problems(most_slots=2, most_exercises=2))
def test_both_halves_of_every_rule_agree_on_random_problems(problem: object) -> None:
    from legengine.rules import CONSTRAINTS

    assert accepted_by_model(problem, CONSTRAINTS) == accepted_by_checker(problem, CONSTRAINTS)  # type: ignore[arg-type]


@Settings
@given(st.data())
def test_schedules_are_among_the_assignments(data: st.DataObject) -> None:
    problem = data.draw(strategies.problems(most_slots=2, most_exercises=2))
    schedule = data.draw(strategies.schedules(problem))
    assert schedule.items in set(assignments(problem))


@Settings
@given(strategies.programs())
def test_programs_can_be_written(program: object) -> None:
    for name in ("markdown", "json"):
        assert engine_with().render(program, name)  # type: ignore[arg-type]


def test_profiles_are_valid_data() -> None:
    assert strategies.profiles is not None
    assert strategies.START == START


def test_a_missing_hypothesis_is_told_with_its_extra() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "try:\n    import legengine.testing.strategies\n"
        "except ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'legengine[testing]'" in done.stdout


def test_a_tiny_problem_takes_any_field() -> None:
    problem = tiny.problem(tiny.SQUAT, rest_hours={"quadriceps": 48})
    assert problem.rest_hours == {"quadriceps": 48}
    assert list(problem.exercises) == ["squat"]
