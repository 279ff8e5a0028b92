from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from legengine.cli import init
from legengine.cli.app import app
from legengine.cli.starter import Starter
from legengine.documents.reading import parse_document
from legengine.intake.reader import profile_from_document, read_profile


@pytest.fixture(autouse=True)
def hermetic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("legengine.hooks.registry.find", tuple)
    monkeypatch.chdir(tmp_path)


def test_without_anything_the_defaults_are_written(legengine) -> None:
    ran = legengine("init")
    assert (ran.code, ran.out) == (0, "")
    assert "wrote profile.yaml" in ran.err
    assert "the questions before training are open" in ran.err
    profile = read_profile(Path("profile.yaml")).profile
    assert profile.screening.red_flags is None
    assert profile.screening.parq_page1 is None


def test_a_file_is_not_overwritten_unasked(legengine) -> None:
    Path("me.yml").write_text("mine")
    assert legengine("init", "me.yml").code == 2
    assert Path("me.yml").read_text() == "mine"
    assert legengine("init", "me.yml", "--force").code == 0
    assert legengine("init", "me.toml").code == 2


def test_options_fill_it_in(legengine) -> None:
    ran = legengine(
        *("init", "--age", 71, "--sex", "male", "--mass", "150 lb", "--height", "5 ft 7 in"),
        *("--goal", "strength", "--cause", "ageing", "--days", "mon,Thursday", "--days", "sat"),
        *("--start-time", "7:30", "--minutes", 30, "--place", "my gym: upstairs", "--weeks", 8),
        *("--equipment", "chair,wall", "--no-red-flags", "--parq-all-no"),
    )
    assert ran.code == 0
    assert "open" not in ran.err
    profile = read_profile(Path("profile.yaml")).profile
    assert (profile.person.age, profile.person.sex) == (71, "male")
    assert (profile.person.mass, profile.person.height) == (68.04, 170.2)
    assert profile.availability[0].days == ("monday", "thursday", "saturday")
    assert profile.places["my gym: upstairs"].equipment == ("chair", "wall")
    assert profile.screening.red_flags == "none"
    assert profile.screening.parq_page1 == "all_no"
    assert profile.weeks == 8


def test_one_answer_leaves_the_other_open(legengine) -> None:
    assert "open" in legengine("init", "--no-red-flags").err
    profile = read_profile(Path("profile.yaml")).profile
    assert profile.screening.red_flags == "none"
    assert profile.screening.parq_page1 is None


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--age", 500), "person.age: must be at most 120"),
        (("--mass", "68"), "person.mass"),
        (("--mass", '68 kg"\nweeks: 3'), "person.mass"),
        (("--days", "moonday"), "availability[0].days[0]"),
        (("--start-time", "25:00"), "availability[0].start"),
        (("--minutes", 1), "availability[0].minutes"),
        (("--goal", "beauty"), "Invalid value for '--goal'"),
    ],
)
def test_nothing_is_written_that_is_not_valid(args, message, legengine) -> None:
    ran = legengine("init", *args)
    assert ran.code == 2
    assert message in ran.err
    assert not Path("profile.yaml").exists()


def test_unknown_equipment_is_noticed(legengine) -> None:
    ran = legengine("--plugin", "legengine_legs.plugin", "init", "--equipment", "chiar")
    assert ran.code == 2
    assert "--equipment: unknown name 'chiar' (did you mean 'chair'" in ran.err


def test_the_examples_in_the_comments_are_valid() -> None:
    text, examples = Starter().text().split("where it fits.\n")
    for commented in ("# screening:", "#   red_flags:", "#   parq_page1:"):
        text = text.replace(f"\n{commented}", f"\n{commented[2:]}")
    lines = text.splitlines()
    uncommented = [line.removeprefix("# ") for line in examples.splitlines()]
    for options in ("# mass", "# height", "# start"):
        lines = [line.replace(options, options[2:]) for line in lines]
    document = parse_document("\n".join([*lines, *uncommented]), kind="yaml", source="")
    profile = profile_from_document(document)
    assert profile.screening.parq_page1 == "all_no"
    assert profile.clearance is not None
    assert profile.start is not None
    assert profile.person.mass == 68


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str):
    monkeypatch.setattr(init, "_on_terminal", lambda: True)
    return CliRunner().invoke(app, ["init"], input="\n".join(lines) + "\n")


BASICS = ("63", "male", "80", "80 kg", "", "ageing", "", "tue fri", "6:00", "", "chair, wall")


def test_questions(monkeypatch) -> None:
    pytest.importorskip("legengine_screening.vocabulary")
    result = answer(monkeypatch, *BASICS, "none", "all_no")
    assert result.exit_code == 0, result.output
    assert "numbness" in result.output
    assert "a mass needs its unit" in result.output or "expected a number with its" in result.output
    profile = read_profile(Path("profile.yaml")).profile
    assert profile.person.mass == 80
    assert profile.availability[0].days == ("tuesday", "friday")
    assert profile.screening.red_flags == "none"
    assert profile.screening.parq_page1 == "all_no"


def test_signs_that_are_present_are_written(monkeypatch) -> None:
    pytest.importorskip("legengine_screening.vocabulary")
    result = answer(
        monkeypatch,
        *BASICS,
        "numbnes",
        "numbness, weakness_onset_h",
        "12",
        "told_supervised_only",
    )
    assert "did you mean 'numbness'" in result.output
    profile = read_profile(Path("profile.yaml")).profile
    assert profile.screening.red_flags == {"numbness": True, "weakness_onset_h": 12}
    assert profile.screening.parq_page1 == ("told_supervised_only",)


def test_unanswered_questions_stay_open(monkeypatch) -> None:
    pytest.importorskip("legengine_screening.vocabulary")
    result = answer(monkeypatch, *BASICS, "", "")
    assert result.exit_code == 0
    assert read_profile(Path("profile.yaml")).profile.screening.red_flags is None


def test_an_interrupted_dialogue_writes_nothing(monkeypatch) -> None:
    result = answer(monkeypatch, "63", "male")
    assert result.exit_code != 0
    assert not Path("profile.yaml").exists()
