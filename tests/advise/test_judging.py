"""What results decide: silence is no pass, one thing missing is no pass, better is never worse."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legengine.domain.before import Outcome
from legengine.domain.program import Program
from legengine.engine import Engine

from .advancing import SETBACKS, TODAY, WORSE, judged, leaves, profile, results

ENGINE = Engine()
RANK: dict[Outcome, int] = {"step_back": 0, "stay": 1, "pass": 2}

each_answer = pytest.mark.parametrize("path", tuple(leaves()), ids=".".join)


@pytest.fixture(scope="module")
def program() -> Program:
    return ENGINE.generate(profile(), today=TODAY)


def test_everything_shown_passes(program: Program) -> None:
    found = judged(ENGINE, program, results())
    assert found.outcome == "pass"
    assert {verdict.state for verdict in (*found.criteria, *found.setbacks)} == {"shown"}


@each_answer
def test_an_answer_that_is_withheld_is_no_pass(program: Program, path: tuple[str, ...]) -> None:
    if path == ("sessions", "last_3_weeks_planned"):
        changes = {path: None, ("sessions", "last_3_weeks_done"): None}
    else:
        changes = {path: None}
    found = judged(ENGINE, program, results(changes))
    assert found.outcome == "stay"
    assert found.only_silent
    silent = [v for v in (*found.criteria, *found.setbacks) if v.state == "not_shown"]
    assert silent
    told = " ".join(reason.text for reason in found.reasons)
    assert all(verdict.text in told for verdict in silent)


@pytest.mark.parametrize(("path", "value"), WORSE.items(), ids=map(".".join, WORSE))
def test_a_test_just_not_reached_is_no_pass(
    program: Program, path: tuple[str, ...], value: Any
) -> None:
    found = judged(ENGINE, program, results({path: value}))
    assert found.outcome == "stay"
    assert not found.only_silent
    (failed,) = [verdict for verdict in found.criteria if verdict.state == "not_met"]
    assert any(failed.text in r.text and r.sources == failed.sources for r in found.reasons)


@pytest.mark.parametrize(("path", "value"), SETBACKS.items(), ids=map(".".join, SETBACKS))
def test_a_setback_outweighs_every_test(
    program: Program, path: tuple[str, ...], value: Any
) -> None:
    found = judged(ENGINE, program, results({path: value}))
    assert found.outcome == "step_back"
    assert any(verdict.state == "not_met" for verdict in found.setbacks)


def test_a_limit_is_met_exactly(program: Program) -> None:
    exact = {
        ("sessions", "done"): 6,
        ("sessions", "last_3_weeks_done"): 7,
        ("tests", "chair_stand_30s"): 15,
        ("tests", "wall_sit_s"): 30,
        ("tests", "glute_bridge_reps"): 15,
        ("tests", "calf_raise_reps"): 15,
        ("tests", "heel_raise"): {"left": 11, "right": 11},
        ("tests", "single_leg_stance_s"): {"left": 20, "right": 20},
        ("pain", "during"): 3,
        ("pain", "weeks"): 2,
        ("pain", "red_days"): 1,
        ("events", "ill_days"): 0,
        ("events", "days_since_last_session"): 7,
        ("events", "effusion"): "1+",
    }
    assert judged(ENGINE, program, results(exact)).outcome == "pass"


def test_earlier_tests_are_no_results(program: Program) -> None:
    """The profile knows the heel raises of the start; at the end they are tested anew."""
    assert program.profile.assessments.heel_raise is not None
    found = judged(ENGINE, program, results({("tests", "heel_raise"): None}))
    assert [v.id for v in found.criteria if v.state == "not_shown"] == ["heel_raise"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({("tests", "glute_bridge_reps"): 9}, {"squat", "plantarflexion", "balance", "lunge",
                                               "core"}),
        ({("tests", "heel_raise"): None}, {"squat", "hip_extension", "balance", "lunge", "core"}),
        ({("tests", "wall_sit_s"): 5}, {"hip_extension", "plantarflexion", "balance", "lunge",
                                        "core"}),
        ({("tests", "wall_sit_s"): 5, ("pain", "weeks"): 1}, set()),
        ({("tests", "wall_sit_s"): 5, ("red_flags",): None}, set()),
        ({("events", "new_falls"): 1}, set()),
    ],
)  # fmt: skip
def test_patterns_move_on_by_their_own_tests_and_the_pain(
    program: Program, changes: dict[tuple[str, ...], Any], expected: set[str]
) -> None:
    assert set(judged(ENGINE, program, results(changes)).patterns) == expected


@pytest.mark.parametrize(
    ("age", "days", "ill", "expected"),
    [
        (34, 7, 0, (100, 0, "go_on")),
        (34, 8, 0, (95, 0, "go_on")),
        (34, 14, 0, (95, 0, "go_on")),
        (34, 15, 0, (85, 1, "go_on")),
        (34, 28, 0, (85, 1, "go_on")),
        (34, 29, 0, (70, 1, "previous_phase")),
        (34, 56, 0, (70, 1, "previous_phase")),
        (34, 57, 0, (70, 1, "placement")),
        (70, 7, 0, (100, 0, "go_on")),
        (70, 8, 0, (85, 1, "go_on")),
        (70, 20, 0, (70, 1, "previous_phase")),
        (34, 1, 2, (95, 0, "go_on")),
        (34, 10, 2, (85, 1, "go_on")),
        (34, 5000, 9, (70, 1, "placement")),
    ],
)
def test_the_row_for_the_days_without_training(
    age: int, days: int, ill: int, expected: tuple[int, int, str]
) -> None:
    from legengine.intake.judging import return_row

    moving = ENGINE.registry.sound_protocol("leg-restoration").moving
    assert moving is not None
    row = return_row(moving, {"days_since_last_session": days, "ill_days": ill}, age)
    assert (row.load_percent, row.sets_less, row.action) == expected


# --- better results are never worse --------------------------------------------------------


NUMBERS = {
    ("tests", "chair_squat_reps"): (0, 20, 1),
    ("tests", "chair_stand_30s"): (5, 20, 1),
    ("tests", "wall_sit_s"): (0, 60, 1),
    ("tests", "glute_bridge_reps"): (0, 20, 1),
    ("tests", "calf_raise_reps"): (0, 20, 1),
    ("tests", "bird_dog_reps"): (0, 12, 1),
    ("sessions", "done"): (0, 12, 1),
    ("sessions", "last_3_weeks_done"): (0, 9, 1),
    ("pain", "weeks"): (0, 4, 1),
    ("pain", "during"): (0, 10, -1),
    ("pain", "red_days"): (0, 14, -1),
    ("events", "new_falls"): (0, 3, -1),
    ("events", "ill_days"): (0, 20, -1),
    ("events", "days_since_last_session"): (0, 80, -1),
}
"""Field to its range, and the direction that is better."""


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_better_results_never_decide_worse(data: st.DataObject, program: Program) -> None:
    chosen = {
        path: data.draw(st.none() | st.integers(low, high), ".".join(path))
        for path, (low, high, _) in NUMBERS.items()
    }
    path = data.draw(st.sampled_from(sorted(NUMBERS)), "which")
    low, high, better = NUMBERS[path]
    value = chosen[path]
    if value is None:
        return
    best = high if better > 0 else low
    improved = data.draw(st.integers(min(value, best), max(value, best)), "improved")
    before = judged(ENGINE, program, results(chosen))
    after = judged(ENGINE, program, results({**chosen, path: improved}))
    assert RANK[after.outcome] >= RANK[before.outcome]
    assert after.load_percent >= before.load_percent
    if before.outcome == after.outcome == "stay":
        assert set(after.patterns) >= set(before.patterns)


# --- the card ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {},
            {"weeks": "2 weeks", "chair_stand": "15 stands in 30 s", "heel_raise": "11 on each leg",
             "one_leg_stance": "20 s on each leg", "wall_sit": "30 s at 90 degrees"},
        ),
        (
            {"person": {"age": 72, "sex": "male"}},
            {"weeks": "4 weeks", "chair_stand": "12 stands in 30 s", "heel_raise": "6 on each leg",
             "one_leg_stance": "10 s on each leg"},
        ),
        ({"restrictions": {"knee_flexion_max": 60}}, {"wall_sit": "45 s at 45 degrees"}),
        ({"restrictions": {"knee_flexion_max": 90}}, {"wall_sit": "30 s at 90 degrees"}),
        ({"restrictions": {"exclude_tags": ["kneeling"]}}, {"trunk": "10 a side"}),
        ({"history": {"immobilised_weeks": 3}}, {"weeks": "4 weeks"}),
    ],
)  # fmt: skip
def test_the_card_has_the_numbers_for_this_person(
    changes: dict[str, Any], expected: dict[str, str]
) -> None:
    pipeline = ENGINE.pipeline
    who = profile(**changes)
    case = pipeline.case(who, pipeline.screen(who, TODAY), who.start or TODAY)
    card = {item.id: item for item in case.plans[0].card}
    assert {name: card[name].target[0] for name in expected} == expected
    kneels = "tests.bird_dog_reps" in card["trunk"].fields
    assert kneels is ("exclude_tags" not in changes.get("restrictions", {}))


def test_every_line_of_a_card_is_a_field_of_the_results(program: Program) -> None:
    for phase in program.phases:
        fields = [name for item in phase.test_card for name in item.fields]
        assert fields
        for name in fields:
            holder: Any = results().model_fields_set and type(results())
            for part in name.split(".")[:2]:
                assert part in holder.model_fields, name
                holder = holder.model_fields[part].annotation
