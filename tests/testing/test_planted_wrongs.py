"""Each check finds the wrong that it is for, and no other check is bothered by it."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from legengine.domain.findings import Label, Violation
from legengine.domain.picture import Drawing
from legengine.domain.pictures import Pictures
from legengine.errors import InputError, PluginError
from legengine.hooks import ExerciseLibrary, ProtocolPlugin
from legengine.testing import Check, checks_of, sealed_registry
from tests.testing.good import (
    Asks,
    FewOf,
    FewSets,
    Most,
    Plain,
    Reads,
    Steady,
    library,
    plugin,
    squat,
)


def failed(checks: tuple[Check, ...]) -> dict[str, str]:
    """Id to reason of the checks that fail, without the plugin's own."""
    outcomes = [check.outcome() for check in checks]
    return {each.id: each.reason for each in outcomes if each.verdict == "failed"}


@pytest.fixture(scope="module")
def id_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    file = tmp_path_factory.mktemp("ids") / "some.ids"
    file.write_text('["my_squat", "my_lunge"]', encoding="utf-8")
    return [file]


def protocol_plugin(load: Callable[[], Any], name: str = "leg-restoration-2") -> ProtocolPlugin:
    return ProtocolPlugin(name=name, summary="the bundled one again", load=load)


def again(**changes: Any) -> Any:
    """The bundled protocol under another id."""
    protocol = sealed_registry().protocol("leg-restoration")
    return protocol.model_copy(update={"id": "leg-restoration-2", **changes})


def test_good_objects_of_every_kind_pass(id_files: list[Path]) -> None:
    good = plugin(
        constraints=[FewOf()],
        objectives=[FewSets()],
        progressions=[Steady()],
        formats=[Plain()],
        screenings=[Asks()],
        readers=[Reads(id_files)],
        protocols=[protocol_plugin(again)],
        exercises=[ExerciseLibrary("mine", "a squat of mine", library)],
    )
    outcomes = [check.outcome() for check in checks_of(good)]
    skipped = {each.id for each in outcomes if each.verdict == "skipped"}
    assert {
        each.id: each.reason for each in outcomes if each.verdict in ("failed", "warning")
    } == {}
    assert skipped == {  # it lives in this process only
        "plugin: metadata",
        "plugin: imports light",
        "plugin: prints nothing",
        "plugin: same everywhere",
    }


# --- constraints ---------------------------------------------------------------------------


class ForbidsTooMuch(FewOf):
    def post(self, builder: Any, problem: Any) -> Any:
        for slot in builder.slots():
            terms = [(builder.used(slot.id), 1)]
            builder.require(Label.of(self.name, slot=slot.id), terms, high=0)


class ChecksTooLittle(FewOf):
    def check(self, problem: Any, schedule: Any) -> Any:
        return super().check(problem, schedule)[1:]

    margins = None


class ChangesTheProblem(FewOf):
    def post(self, builder: Any, problem: Any) -> Any:
        super().post(builder, problem)
        problem.rest_hours[self.name] = 24


class ChangesInCheck(FewOf):
    def check(self, problem: Any, schedule: Any) -> Any:
        problem.places["home"] = problem.places.get("home")
        problem.rest_hours.setdefault("seen", 0)
        problem.rest_hours["seen"] += 1
        return super().check(problem, schedule)


class Remembers(FewOf):
    def __init__(self) -> None:
        self.asked = 0

    def post(self, builder: Any, problem: Any) -> Any:
        self.asked += 1
        super().post(builder, problem)
        builder.flag(f"asked {self.asked}")


class ReturnsASet(FewOf):
    def check(self, problem: Any, schedule: Any) -> Any:
        return set(super().check(problem, schedule))


class HalfARow(FewOf):
    def limit(self, problem: Any) -> Any:
        return problem.options_of(self).most + 0.5

    margins = None


class NamesAnother(FewOf):
    def check(self, problem: Any, schedule: Any) -> Any:
        return [
            Violation("volume", v.where, v.required, v.found)
            for v in super().check(problem, schedule)
        ]


class NeverBites(FewOf):
    examples = ({"word": "no_such_pattern_"},)

    def limit(self, problem: Any) -> int:
        return 99


class OneExampleNeverBites(FewOf):
    examples = ({"word": "squat", "most": 0}, {"word": "squat", "most": 9})


class AnothersLabel(FewOf):
    def label(self, slot: Any) -> Label | None:
        return Label.of("volume", what="cap", muscle="quadriceps", week=slot.week)


class NoLabel(FewOf):
    def label(self, slot: Any) -> Label | None:
        return None


class NoSentence(FewOf):
    def describe(self, label: Any, problem: Any) -> Any:
        return {"month": "never"}[label.get("what")]


class ASentenceTooMany(FewOf):
    def describe(self, label: Any, problem: Any) -> Any:
        return "At most one. Never more."


class OtherMargins(FewOf):
    def margins(self, problem: Any, schedule: Any) -> Any:
        return [
            each._replace(required=each.required + 1) for each in super().margins(problem, schedule)
        ]


class OtherPlaces(FewOf):
    def margins(self, problem: Any, schedule: Any) -> Any:
        return [each._replace(where="somewhere") for each in super().margins(problem, schedule)]


class PeeksAtTheOthers(FewOf):
    """Says nothing once another rule has said something; its name lets the others come first."""

    name = "z_few_of"

    def post(self, builder: Any, problem: Any) -> Any:
        if not any(row.labels for row in builder.model.rows.values()):
            super().post(builder, problem)


class Harder(FewOf):
    def milder(self, options: Any, label: Any) -> Any:
        return [("none at all", Most(word=options.word, most=0))]


class Wordless(FewOf):
    def milder(self, options: Any, label: Any) -> Any:
        return [("", Most(word=options.word, most=9))]


RULES: dict[type[FewOf], tuple[set[str], str]] = {
    ForbidsTooMuch: (
        {"model and checker agree", "beside the built-in rules"},
        "'check' finds nothing wrong",
    ),
    ChecksTooLittle: (
        {"model and checker agree", "beside the built-in rules"},
        "Either 'post' states too much or 'check' overlooks something",
    ),
    ChangesTheProblem: ({"pure"}, "'admits', 'post' or 'describe' changes the problem"),
    ChangesInCheck: ({"pure"}, "'check' or 'margins' changes the problem"),
    Remembers: ({"pure"}, "'post' writes other rows when it is asked a second time"),
    ReturnsASet: ({"returns"}, "'check' returns set: return a list, a tuple or a generator"),
    HalfARow: (
        {"returns", "explaining"},
        "a factor or limit of 'require' must be a whole number, not 1.5",
    ),
    NamesAnother: ({"returns"}, "a violation is said to be of 'volume'; write Violation(self.name"),
    NeverBites: ({"bites"}, "it never forbids anything"),
    OneExampleNeverBites: ({"bites"}, "its example Most(word='squat', most=9) never forbids"),
    AnothersLabel: ({"labels", "explaining"}, "of the rule 'volume', which this plugin doesn't"),
    NoLabel: ({"explaining"}, "rows without a label forbid"),
    NoSentence: ({"labels", "explaining"}, "'describe' has no sentence for few_of[slot="),
    ASentenceTooMany: ({"labels"}, "ends in a full stop"),
    OtherMargins: ({"margins"}, "no margin there has a slack below zero"),
    PeeksAtTheOthers: (
        {"beside the built-in rules", "explaining"},
        "The rows of 'post' allow it, and 'check' finds",
    ),
    Harder: ({"milder"}, "what it calls milder"),
    Wordless: ({"milder"}, "the text of a milder setting"),
    OtherPlaces: ({"margins"}, "a margin at 'somewhere' has a slack below zero"),
}


@pytest.mark.parametrize("wrong", RULES, ids=lambda wrong: wrong.__name__)
def test_a_wrong_constraint_fails_its_check(wrong: type[FewOf]) -> None:
    expected, message = RULES[wrong]
    found = failed(checks_of(plugin(constraints=[wrong()])))
    assert set(found) == {f"constraint {wrong.name}: {what}" for what in expected}
    assert any(message in reason for reason in found.values()), found


def test_a_counterexample_is_readable() -> None:
    found = failed(checks_of(plugin(constraints=[ChecksTooLittle()])))
    reason = found["constraint few_of: model and checker agree"]
    assert "the smallest is Mon 30 Nov 18:00 (home): 1 x " in reason
    assert "The rows of few_of[slot=2026-11-30T18:00] forbid it" in reason


def test_a_rule_that_meddles_with_the_others_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    from legengine.solve.constraints import structure

    monkeypatch.setattr(structure, "WORK_BLOCKS", structure.WORK_BLOCKS)

    class Meddles(FewOf):
        def post(self, builder: Any, problem: Any) -> Any:
            super().post(builder, problem)
            structure.WORK_BLOCKS = frozenset()  # type: ignore[misc]

    found = failed(checks_of(plugin(constraints=[Meddles()])))
    assert "the built-in rules write other rows" in found["constraint few_of: pure"]


# --- objectives ----------------------------------------------------------------------------


class ScoresElse(FewSets):
    def score(self, problem: Any, schedule: Any) -> Any:
        return super().score(problem, schedule) + len(schedule.by_slot()) // 2


class Halves(FewSets):
    def score(self, problem: Any, schedule: Any) -> Any:
        return float(super().score(problem, schedule))


class OtherLevel(FewSets):
    def post(self, builder: Any, problem: Any) -> None:
        super().post(builder, problem)
        builder.penalise(Label.of(self.name), [(builder.used(problem.slots[0].id), 1)], "volume")


class WishesNothing(FewSets):
    examples = ({"word": "no_such_pattern_"},)

    def post(self, builder: Any, problem: Any) -> None:
        pass

    def score(self, problem: Any, schedule: Any) -> Any:
        return 0


class ForgetsItself(FewSets):
    asked = 0

    def score(self, problem: Any, schedule: Any) -> Any:
        self.asked += 1
        return super().score(problem, schedule) + self.asked % 2


class Speechless(FewSets):
    def describe(self, label: Any, problem: Any) -> Any:
        return ""


OBJECTIVES: dict[type[FewSets], tuple[set[str], str]] = {
    ScoresElse: ({"model and score agree"}, "'score' says 5, and the least that the rows"),
    Halves: ({"whole numbers"}, "the score must be a whole number, not 0.0"),
    OtherLevel: ({"whole numbers"}, "on the level 'wishes', and penalises on 'volume'"),
    WishesNothing: ({"weighs"}, "it charges the same for every schedule"),
    ForgetsItself: ({"pure", "model and score agree"}, "'score' says something else"),
    Speechless: ({"sentence"}, "'describe' must return one line"),
}


@pytest.mark.parametrize("wrong", OBJECTIVES, ids=lambda wrong: wrong.__name__)
def test_a_wrong_objective_fails_its_check(wrong: type[FewSets]) -> None:
    expected, message = OBJECTIVES[wrong]
    found = failed(checks_of(plugin(objectives=[wrong()])))
    assert set(found) == {f"objective few_sets: {what}" for what in expected}
    assert any(message in reason for reason in found.values()), found


def test_a_wish_that_always_costs_is_a_warning() -> None:
    class AlwaysCosts(FewSets):
        def post(self, builder: Any, problem: Any) -> None:
            super().post(builder, problem)
            one = builder.number("one", 1, 1)
            builder.penalise(Label.of(self.name), [(one, 1)], self.level)

        def score(self, problem: Any, schedule: Any) -> Any:
            return super().score(problem, schedule) + 1

    outcomes = [check.outcome() for check in checks_of(plugin(objectives=[AlwaysCosts()]))]
    assert {
        each.id: each.verdict for each in outcomes if each.verdict in ("failed", "warning")
    } == {"objective few_sets: weighs": "warning"}


# --- policies ------------------------------------------------------------------------------


class TooManySets(Steady):
    def dose(self, request: Any) -> Any:
        dose = super().dose(request)
        return dataclasses.replace(dose, sets_max=dose.sets_max + 5)


class TooManyRepetitions(Steady):
    def load(self, request: Any) -> Any:
        plan = super().load(request)
        return dataclasses.replace(plan, reps=request.dose.reps + 3)


class NoSuchLoad(Steady):
    def load(self, request: Any) -> Any:
        plan = super().load(request)
        return dataclasses.replace(plan, load_kg=plan.load_kg and plan.load_kg + 0.1)


class Unreasoned(Steady):
    def load(self, request: Any) -> Any:
        return dataclasses.replace(super().load(request), reason=" ")


class GoesBack(Steady):
    def load(self, request: Any) -> Any:
        plan = super().load(request)
        return dataclasses.replace(
            plan, reps=max(request.dose.reps_min, plan.reps + 3 - request.week)
        )


class Throws(Steady):
    """Throws a die."""

    def load(self, request: Any) -> Any:
        low, high = request.dose.reps_min, request.dose.reps
        return dataclasses.replace(super().load(request), reps=random.randint(low, high))


POLICIES: dict[type[Steady], tuple[set[str], str]] = {
    TooManySets: ({"doses"}, "the row says"),
    TooManyRepetitions: ({"loads"}, "the dose says"),
    NoSuchLoad: ({"loads"}, "the place has"),
    Unreasoned: ({"reasons"}, "it gives no reason for"),
    GoesBack: ({"monotone"}, "goes back from"),
    Throws: ({"pure", "monotone"}, "'load' says something else when it is asked again"),
}


@pytest.mark.parametrize("wrong", POLICIES, ids=lambda wrong: wrong.__name__)
def test_a_wrong_policy_fails_its_check(wrong: type[Steady]) -> None:
    expected, message = POLICIES[wrong]
    found = failed(checks_of(plugin(progressions=[wrong()])))
    assert {id.removeprefix("policy steady: ") for id in found} == expected
    assert any(message in reason for reason in found.values()), found


# --- formats -------------------------------------------------------------------------------


class Empty(Plain):
    def program(self, program: Any, options: Any) -> Any:
        return ""


class SaysNothing(Plain):
    def referral(self, referral: Any, options: Any) -> Any:
        return "no program\n"


class Unstable(Plain):
    written = 0

    def program(self, program: Any, options: Any) -> Any:
        self.written += 1
        return super().program(program, options) + str(self.written)


class NoEscaping(Plain):
    def clean(self, text: str) -> str:
        return text


class Halfway(Plain):
    def program(self, program: Any, options: Any) -> Any:
        return super().program(program, options) + str(program.phases[0].weeks[0].number)


class TakenSuffix(Plain):
    suffixes = (".md",)


class NoWeeks(Plain):
    def program(self, program: Any, options: Any) -> Any:
        if options.week:
            raise NotImplementedError("not yet")
        return super().program(program, options)


class Mutates(Plain):
    def program(self, program: Any, options: Any) -> Any:
        program.sources["seen"] = program.sources.get("seen", "") + "!"
        return super().program(program, options)


FORMATS: dict[type[Plain], tuple[set[str], str]] = {
    Empty: ({"programs", "weeks", "hostile texts", "empty"}, "it writes nothing at all"),
    SaysNothing: ({"referrals"}, "does not say what to do"),
    Unstable: ({"pure"}, "is written differently the second time"),
    NoEscaping: ({"hostile texts"}, "a control character of the profile gets into"),
    Halfway: ({"empty"}, "a phase without weeks: it raised IndexError"),
    TakenSuffix: ({"suffixes"}, "'.md' is a suffix of the format 'markdown' too"),
    NoWeeks: ({"weeks"}, "week 1 of a program made by hand: it raised NotImplementedError"),
    Mutates: ({"pure"}, "it changes a program made by hand while it writes it"),
}


@pytest.mark.parametrize("wrong", FORMATS, ids=lambda wrong: wrong.__name__)
def test_a_wrong_format_fails_its_check(wrong: type[Plain]) -> None:
    expected, message = FORMATS[wrong]
    found = failed(checks_of(plugin(formats=[wrong()])))
    assert {id.removeprefix("format plain: ") for id in found} == expected
    assert any(message in reason for reason in found.values()), found


# --- screening -----------------------------------------------------------------------------


class Opens(Asks):
    def screen(self, profile: Any, today: Any) -> Any:
        if "no_such_condition_" in profile.screening.known_conditions:
            return None
        return super().screen(profile, today)


class Unknown(Asks):
    def severity(self) -> Any:
        return "emergancy"


class NoCitation(Asks):
    citations: Any = MappingProxyType({})


class Raises(Asks):
    def screen(self, profile: Any, today: Any) -> Any:
        return super().screen(profile, today) if profile.screening.red_flags["x"] else None


class Alternates(Asks):
    asked = 0

    def screen(self, profile: Any, today: Any) -> Any:
        self.asked += 1
        return super().screen(profile, today) if self.asked % 2 else None


SCREENINGS: dict[type[Asks], tuple[set[str], str]] = {
    Opens: ({"fails closed"}, "an unknown word must never open anything"),
    Unknown: ({"answers", "fails closed"}, "did you mean 'emergency'"),
    NoCitation: ({"sources"}, "the source 'X1' is explained nowhere"),
    Raises: ({"answers", "pure", "sources", "fails closed"}, "it raised"),
    Alternates: ({"pure"}, "says something else when it is asked again"),
}


@pytest.mark.parametrize("wrong", SCREENINGS, ids=lambda wrong: wrong.__name__)
def test_a_wrong_screening_rule_fails_its_check(wrong: type[Asks]) -> None:
    expected, message = SCREENINGS[wrong]
    found = failed(checks_of(plugin(screenings=[wrong()])))
    assert {id.removeprefix("screening asks: ") for id in found} == expected
    assert any(message in reason for reason in found.values()), found


# --- data ----------------------------------------------------------------------------------


def with_pictures(found: dict[str, Any]) -> Any:
    pictures = Pictures({name: each or Drawing() for name, each in found.items()})
    return library().model_copy(update={"pictures": pictures})


def in_german(texts: dict[str, str]) -> Any:
    return library().model_copy(update={"translations": {"de": texts}})


def fail(message: str) -> Any:
    raise InputError(message)


LIBRARIES: dict[str, tuple[Callable[[], Any], set[str], str]] = {
    "a ladder that eases": (
        lambda: library(squat(progressions=("my_easier",)), squat("my_easier", level=1)),
        {"fits the others"},
        "easier than 2",
    ),
    "an unknown tag": (lambda: library(squat(tags=("no_tag",))), {"fits the others"}, "no_tag"),
    "an id that is taken": (
        lambda: library(squat("goblet_squat")),
        {"fits the others"},
        "goblet_squat",
    ),
    "no instruction": (
        lambda: library(squat(instruction=" ")),
        {"words"},
        "my_squat has no instruction",
    ),
    "no source": (lambda: library(squat(sources=())), {"words"}, "my_squat names no source"),
    "a picture of nothing": (
        lambda: with_pictures({"my_sqat": {}}),
        {"fits the others"},
        "my_sqat",
    ),
    "a picture that is none": (
        lambda: with_pictures({"my_squat": lambda: fail("the elbow is at 400 degrees")}),
        {"pictures", "loads"},
        "the elbow is at 400 degrees",
    ),
    "a translation with another placeholder": (
        lambda: in_german({"My squat": "Meine {n} Kniebeuge"}),
        {"translations"},
        "has other placeholders than its English",
    ),
    "an empty translation": (
        lambda: in_german({"My squat": " "}),
        {"translations"},
        "is not translated",
    ),
    "not the same twice": (
        lambda: library(squat(f"my_squat_{random.randint(1, 10**9)}")),
        {"loads"},
        "returns something else the second time",
    ),
}


@pytest.mark.parametrize("wrong", LIBRARIES)
def test_a_wrong_library_fails_its_check(wrong: str) -> None:
    load, expected, message = LIBRARIES[wrong]
    found = failed(checks_of(plugin(exercises=[ExerciseLibrary("mine", "squats", load)])))
    assert {id.removeprefix("library mine: ") for id in found} == expected
    assert any(message in reason for reason in found.values()), found


def test_half_a_translation_is_a_warning() -> None:
    load = partial(in_german, {"My squat": "Meine Kniebeuge"})
    outcomes = [
        check.outcome()
        for check in checks_of(plugin(exercises=[ExerciseLibrary("mine", "squats", load)]))
    ]
    told = {each.id: each.reason for each in outcomes if each.verdict == "warning"}
    assert "translated in part" in told["library mine: translations"]
    assert "my_squat" in told["library mine: translations"]


def test_an_exercise_that_nobody_reaches_is_a_warning() -> None:
    load = partial(library, squat(phases=()))
    outcomes = [
        check.outcome()
        for check in checks_of(plugin(exercises=[ExerciseLibrary("mine", "squats", load)]))
    ]
    told = {each.id: each.reason for each in outcomes if each.verdict == "warning"}
    assert set(told) == {"library mine: reachable"}
    assert (
        "my_squat: no phase is open to an exercise of no stage" in told["library mine: reachable"]
    )


def test_a_protocol_that_nobody_can_follow_fails() -> None:
    def load() -> Any:
        made = again()
        row = made.phases[0].frequency[0].model_copy(update={"sessions": (7, 7)})
        phase = made.phases[0].model_copy(update={"frequency": (row,)})
        return made.model_copy(update={"phases": (phase,)})

    found = failed(checks_of(plugin(protocols=[protocol_plugin(load)])))
    assert set(found) == {"protocol leg-restoration-2: can be followed"}
    assert "beginner: " in str(found)


def test_a_protocol_that_names_what_is_not_there_fails() -> None:
    def load() -> Any:
        made = again()
        phase = made.phases[0].model_copy(update={"starters": ("no_such_squat",)})
        return made.model_copy(update={"phases": (phase, *made.phases[1:])})

    found = failed(checks_of(plugin(protocols=[protocol_plugin(load)])))
    assert "no_such_squat" in found["protocol leg-restoration-2: names what is there"]


def test_a_reader_that_does_not_know_its_example_fails(id_files: list[Path]) -> None:
    class Blind(Reads):
        def recognises(self, path: Path) -> Any:
            return False

    found = failed(checks_of(plugin(readers=[Blind(id_files)])))
    assert set(found) == {"reader ids: reads its examples"}
    assert "it does not recognise its example some.ids" in str(found)


def test_a_protocol_of_another_id_fails() -> None:
    found = failed(checks_of(plugin(protocols=[protocol_plugin(lambda: again(id="other"))])))
    assert "protocol leg-restoration-2: loads" in found


def test_a_reader_that_lets_rubbish_through_fails(id_files: list[Path]) -> None:
    class Crashes(Reads):
        def read(self, path: Path, options: Any) -> Any:
            return super().read(path, options) if path.stat().st_size else {}[path]

    found = failed(checks_of(plugin(readers=[Crashes(id_files)])))
    assert set(found) == {"reader ids: refuses rubbish"}
    assert "an empty file (.ids) ends in KeyError" in str(found)


def test_a_reader_that_raises_where_it_only_looks_fails(id_files: list[Path]) -> None:
    class Opens(Reads):
        def recognises(self, path: Path) -> Any:
            return path.read_text(encoding="utf-8").startswith("[")

    found = failed(checks_of(plugin(readers=[Opens(id_files)])))
    assert set(found) == {"reader ids: looks without harm"}


# --- options and the plugin as a whole -----------------------------------------------------


def test_options_that_take_anything_fail() -> None:
    class Loose(BaseModel):
        model_config = ConfigDict(frozen=True)
        word: str = "squat"
        most: int = 1

    class Careless(FewOf):
        options = Loose
        milder = None

    found = failed(checks_of(plugin(constraints=[Careless()])))
    assert set(found) == {"constraint few_of: options"}
    assert 'ConfigDict(extra="forbid")' in str(found)


def test_an_example_that_does_not_fit_is_told_with_its_field() -> None:
    class Misfit(FewOf):
        examples = ({"most": -1},)

    found = failed(checks_of(plugin(constraints=[Misfit()])))
    assert "example 1 does not fit its own options: most: " in found["constraint few_of: options"]


def test_options_without_defaults_need_an_example() -> None:
    class Needs(Most):
        word: str
        most: int

    class Needy(FewOf):
        options = Needs
        examples = ()

    found = failed(checks_of(plugin(constraints=[Needy()])))
    assert "add an attribute 'examples'" in found["constraint few_of: options"]


def test_a_summary_that_says_nothing_fails() -> None:
    class Mute(Plain):
        summary = "plain"

    found = failed(checks_of(plugin(formats=[Mute()])))
    assert set(found) == {"format plain: says what it is"}


def test_a_name_that_is_taken_fails() -> None:
    class Volume(FewOf):
        name = "volume"

    found = failed(checks_of(plugin(constraints=[Volume()])))
    assert "plugin: names" in found
    assert "constraint 'volume' is provided by" in found["plugin: names"]


def test_what_the_plugin_raises_is_told_with_its_place() -> None:
    class Broken(FewOf):
        def describe(self, label: Any, problem: Any) -> Any:
            return super().describe(label, problem)

        def margins(self, problem: Any, schedule: Any) -> Any:
            raise ZeroDivisionError("oh no")

    found = failed(checks_of(plugin(constraints=[Broken()])))
    assert set(found) == {"constraint few_of: margins", "constraint few_of: pure"}
    assert "it raised ZeroDivisionError: oh no" in found["constraint few_of: margins"]
    assert "test_planted_wrongs.py" in found["constraint few_of: margins"]


def test_a_plugin_that_cannot_be_loaded_fails_in_one_check_only() -> None:
    class Nothing:
        pass

    checks = checks_of(("mine", Nothing()))
    assert set(failed(checks)) == {"plugin: loads"}
    assert "it implements no hook" in failed(checks)["plugin: loads"]
    with pytest.raises(PluginError):
        sealed_registry(("mine", Nothing()))
