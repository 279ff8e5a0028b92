"""The rules of the example distribution take part like built-in ones: in a re-plan, in a check."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from legengine import Engine
from legengine.domain.change import Change
from legengine.domain.findings import Label, Violation
from legengine.domain.program import Program
from legengine.errors import InputError
from legengine.testing import START, TODAY, engine_with, sample_profile, tmp_plugin

EXAMPLE = Path(__file__).parents[2] / "plugins" / "legengine-example"
PAIR = ("squat", "hip_extension")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    yield engine_with("legengine_example.plugin")
    for name in [name for name in sys.modules if name.partition(".")[0] == "legengine_example"]:
        del sys.modules[name]


def together(program: Program) -> int:
    """Sessions with both of the pair."""
    return sum(
        {item.pattern for item in session.prescriptions} >= set(PAIR)
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
    )


def test_a_program_keeps_the_rule_and_so_does_its_re_plan(engine: Engine) -> None:
    free = engine.generate(sample_profile(), today=TODAY, start=START)
    assert together(free) > 0
    bound_profile = sample_profile(rules={"never_together": {"pairs": [PAIR]}})
    bound = engine.generate(bound_profile, today=TODAY, start=START)
    assert together(bound) == 0
    change = Change("set", ("availability", 0, "minutes"), 35)
    since = START + dt.timedelta(weeks=1)
    again = engine.replan(bound, [change], since=since, today=since)
    assert together(again.program) == 0
    assert again.program.check.checked["never_together"] > 0


def test_the_checker_finds_what_a_program_without_the_rule_does(engine: Engine) -> None:
    free = Engine(autoload=False).generate(sample_profile(), today=TODAY, start=START)
    profile = sample_profile(rules={"never_together": {"pairs": [PAIR]}})
    report = engine.check(free.model_copy(update={"profile": profile}))
    found = [each for each in report.violations if each.rule == "never_together"]
    assert len(found) == together(free)
    assert {(each.required, each.found) for each in found} == {("squat or hip_extension", "both")}


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            {"never_together": {"pairs": [["squatt", "lunge"]]}},
            "pairs[0][0]: unknown exercise or pattern 'squatt' (did you mean 'squat'",
        ),
        (
            {"machine_hours": {"machines": {"leg_press_mashine": []}}},
            "unknown equipment 'leg_press_mashine' (did you mean 'leg_press_machine'",
        ),
        (
            {"machine_hours": {"place": "gim"}},
            "rules.machine_hours.place: unknown place 'gim' (known: home)",
        ),
    ],
)
def test_what_the_options_name_has_to_be_there(
    rules: dict[str, Any], message: str, engine: Engine
) -> None:
    with pytest.raises(InputError) as caught:
        engine.generate(sample_profile(rules=rules), today=TODAY, start=START)
    assert message in str(caught.value)


def test_every_rule_is_offered_to_be_milder_where_it_is_in_the_way(engine: Engine) -> None:
    gym = {
        "places": {"gym": {"equipment": ["full_gym"]}},
        "rules": {
            "never_together": {
                "pairs": [["knee_extension", "core"], ["squat", "core"], ["lunge", "core"]]
            },
            "rolling_sets": {"hours": 168, "most": {"quadriceps": 0}},
        },
    }
    profile = sample_profile(**gym)
    explanation = engine.explain(profile, today=TODAY, start=START)
    assert explanation.conflict is not None
    assert "rolling_sets" in explanation.conflict.families
    kinds = {each.kind for each in explanation.relaxations}
    assert kinds & {"milder", "rules"}
    sentences = [each.sentence for each in explanation.relaxations if each.kind == "milder"]
    assert all(sentence.startswith("allow ") for sentence in sentences)


class Floor(BaseModel, extra="forbid", frozen=True):
    most: int = 0


class NothingLying:
    """Nothing lying down in a session."""

    name = "floor"
    summary = "nothing on the floor"
    options = Floor

    def admits(self, problem: Any, exercise: Any, slot: Any) -> None:
        return None

    def post(self, builder: Any, problem: Any) -> None:
        most = problem.options_of(self).most
        for slot in builder.slots():
            picks = [
                (builder.pick(slot.id, name), 1)
                for name in builder.exercises(slot.id)
                if problem.exercises[name].position == "supine"
            ]
            builder.require(Label.of(self.name, session=slot.id), picks, high=most)

    def check(self, problem: Any, schedule: Any) -> list[Violation]:
        most = problem.options_of(self).most
        return [
            Violation(self.name, slot, f"at most {most}", "more")
            for slot, items in schedule.by_slot().items()
            if sum(problem.exercises[i.exercise].position == "supine" for i in items) > most
        ]

    def describe(self, label: Label, problem: Any) -> str:
        return "nothing on the floor"

    def milder(self, options: Floor, label: Label) -> list[tuple[str, Floor]]:
        return [("something on the floor", Floor(most=options.most + 1))]


class Guarding(NothingLying):
    protects = True


@pytest.mark.parametrize(("rule", "offers"), [(NothingLying(), True), (Guarding(), False)])
def test_nothing_is_offered_to_get_around_a_rule_that_protects(
    rule: NothingLying, offers: bool
) -> None:
    with tmp_plugin(constraints=[rule]) as plugin:
        profile = sample_profile(rules={"floor": {}}, wishes={"always": ["glute_bridge"]}, weeks=2)
        engine = engine_with(plugin)
        explanation = engine.explain(profile, today=TODAY, start=START)
        kinds = {each.kind for each in explanation.relaxations}
        assert explanation.conflict is not None
        assert ("milder" in kinds) == offers
        assert "always" in kinds
        # Three sessions, one sentence: it is told once.
        assert explanation.conflict.derivation().count("nothing on the floor") == 1
        assert explanation.conflict.summary().count("  - nothing on the floor") == 1
