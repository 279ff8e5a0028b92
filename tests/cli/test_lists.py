from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from .conftest import PROFILE

LEGS = ("--plugin", "legengine_legs.plugin")


@pytest.fixture(autouse=True)
def hermetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legengine.hooks.registry.find", tuple)
    monkeypatch.setattr("legengine.hooks.discovery.find", tuple)


def ids(text: str) -> list[str]:
    return [exercise["id"] for exercise in json.loads(text)]


def test_all_exercises(legengine) -> None:
    ran = legengine(*LEGS, "exercises")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].split() == ["id", "level", "pattern", "name"]
    assert len(lines) > 100
    assert "…" not in ran.out  # nothing is cut where a program may be reading


def test_exercises_can_be_searched(legengine) -> None:
    found = ids(legengine(*LEGS, "exercises", "wall", "squat", "--json").out)
    assert "wall_slide" in found
    assert "goblet_squat" not in found
    found = ids(legengine(*LEGS, "exercises", "--pattern", "hinge", "--level", "1-2", "--json").out)
    assert found
    data = json.loads(legengine(*LEGS, "exercises", "--pattern", "hinge", "--json").out)
    assert {exercise["pattern"] for exercise in data} == {"hinge"}
    data = json.loads(legengine(*LEGS, "exercises", "--muscle", "calves", "--json").out)
    assert all({"gastrocnemius", "soleus"} & set(exercise["primary"]) for exercise in data)
    data = json.loads(legengine(*LEGS, "exercises", "--phase", "power", "--json").out)
    assert all("power" in exercise["phases"] for exercise in data)


def test_equipment_may_be_a_set(legengine) -> None:
    found = ids(legengine(*LEGS, "exercises", "--equipment", "home_basics", "--json").out)
    assert "chair_squat" in found
    assert "leg_press" not in found


def test_details_of_an_exercise(legengine, monkeypatch) -> None:
    ran = legengine(*LEGS, "exercises", "goblet_squat")
    assert "Goblet squat  [goblet_squat]" in ran.out
    assert "easier: " in ran.out
    monkeypatch.setenv("COLUMNS", "40")
    for args in (("goblet_squat",), ("--level", "1")):
        ran = legengine(*LEGS, "exercises", *args)
        assert max(map(len, ran.out.splitlines())) <= 40


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("--pattern", "sqat"), "'squat'"),
        (("--muscle", "calfs"), "'calves'"),
        (("--equipment", "chairs"), "'chair'"),
        (("--phase", "strenght"), "'strength'"),
        (("--level", "easy"), "1-3"),
    ],
)
def test_unknown_words_get_a_suggestion(args, hint, legengine) -> None:
    ran = legengine(*LEGS, "exercises", *args)
    assert ran.code == 2
    assert hint in ran.err


def test_nothing_found(legengine) -> None:
    ran = legengine(*LEGS, "exercises", "goblet_sqat")
    assert (ran.code, ran.out) == (0, "")
    assert "did you mean goblet_squat" in ran.err
    assert json.loads(legengine(*LEGS, "exercises", "qqq", "--json").out) == []


def test_protocols(legengine) -> None:
    pytest.importorskip("legengine_protocols.plugin")
    args = ("--plugin", "legengine_protocols.plugin", "protocols")
    assert "leg-restoration" in legengine(*args).out
    names = [row["name"] for row in json.loads(legengine(*args, "--json").out)]
    assert names == ["falls-prevention-home", "gym-strength-block", "leg-restoration"]
    ran = legengine(*args, "leg-restoration")
    assert "sessions a week: " in ran.out
    assert "for: anyone" in ran.out
    block = legengine(*args, "gym-strength-block").out
    assert "for: people with 26 or more weeks of regular leg training" in block
    assert "others are refused and sent to 'leg-restoration'" in block
    main = "2-3 x 8-12, 60-80 % of 1RM, 2-3 in reserve, rest 120-180 s"
    assert f"main exercises: {main} or 3-5 x 4-8, 75-86 % of 1RM, 1-3 in reserve" in block
    home = legengine(*args, "falls-prevention-home").out
    assert "others are told so and sent to 'leg-restoration'" in home
    assert "main exercises: 1-2 x 8-10, 3-5 in reserve, rest 60-120 s" in home
    assert "endurance minutes a week: 20-60\n" in home
    assert json.loads(legengine(*args, "leg-restoration", "--json").out)["phases"]
    ran = legengine(*args, "leg-restauration")
    assert ran.code == 2
    assert "did you mean 'leg-restoration'" in ran.err


def test_plugins_that_are_given(legengine) -> None:
    ran = legengine(*LEGS, "plugins", "list", "--load", "--json")
    (row,) = [row for row in json.loads(ran.out) if row["name"] == "legengine_legs.plugin"]
    assert row["state"] == "loaded"
    assert row["provides"]["exercises"]
    assert "legengine_legs.plugin" in legengine(*LEGS, "plugins").out


@pytest.mark.parametrize("name", ["profile", "program", "protocol", "library"])
def test_schemas(name, legengine, tmp_path: Path) -> None:
    text = legengine("schema", name).out
    schema = json.loads(text)
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:legengine:schema:{name}:1"
    assert text == legengine("schema", name).out
    assert legengine("schema", "--all", tmp_path / "new" / "schemas").code == 0
    assert (tmp_path / "new" / "schemas" / f"{name}.schema.json").read_text() == text


def test_a_profile_fits_its_schema(legengine) -> None:
    schema = json.loads(legengine("schema", "profile").out)
    document = yaml.safe_load(PROFILE.replace("mon", "monday"))
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(document, schema)


def test_a_schema_has_to_be_named(legengine) -> None:
    assert legengine("schema").code == 2
    assert legengine("schema", "profil").code == 2
    assert legengine("schema", "profile", "--all", "x").code == 2
