"""Libraries bring translations: from files of a folder, or in a library of one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from legengine.engine import Engine
from legengine.errors import InputError
from legengine.hooks.library import load_library, merge_libraries
from legengine.hooks.translations import translations_of
from legengine.language import said, speaking
from legengine.testing.registries import sealed_registry

EXERCISE = {
    "id": "hallway_march",
    "name": "March in the hallway",
    "pattern": "hip_flexion",
    "block": "isolation",
    "primary": ["hip_flexors"],
    "laterality": "alternating",
    "dose_kind": "repetitions",
    "level": 1,
    "phases": ["foundation"],
    "knee_flexion": 90,
    "hip_flexion": 90,
    "range_adjustable": True,
    "weight_bearing": 100,
    "position": "standing",
    "seconds_per_rep": 3,
    "setup_seconds": 10,
    "rest_seconds": 45,
    "instruction": "March on the spot.",
    "cues": ["Stand tall"],
    "sources": ["D"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "march.json").write_text(json.dumps([EXERCISE]))
    (tmp_path / "translations").mkdir()
    return tmp_path


def put(folder: Path, name: str, content: str) -> None:
    (folder / "translations" / name).write_text(content, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_library(folder)
    return [
        f"{each.source}:{each.line}: {each}".removeprefix(f"{folder}/translations/")
        for each in caught.value.problems
    ]


def test_a_folder_may_hold_a_file_for_each_language(folder: Path) -> None:
    put(folder, "de.json", '{"March in the hallway": "Marschieren im Flur"}')
    put(folder, "fr.yaml", "Stand tall: Se tenir droit\n")
    put(folder, "README.md", "about")
    assert load_library(folder).translations == {
        "de": {"March in the hallway": "Marschieren im Flur"},
        "fr": {"Stand tall": "Se tenir droit"},
    }


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("german.json", "{}", "is no language (expected a language's code, such as de.json)"),
        ("de.json", "[]", "expected a mapping, got a list"),
        ("de.json", "{", "de.json:1"),
        ("de.json", '{"Stand tall": 3}', "de.json:1: Stand tall: expected text, got 3"),
        ("de.json", '{\n "Stand tall": " "}', "de.json:2: Stand tall: is not translated"),
        (
            "de.yaml",
            "Stand tall: Aufrecht\nRise {n}: Steigen {m}\n",
            "de.yaml:2: Rise {n}: has other placeholders than its English ({n})",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    name: str, content: str, told: str, folder: Path
) -> None:
    put(folder, name, content)
    (only,) = faults(folder)
    assert told in only


def test_a_language_is_there_once(folder: Path) -> None:
    put(folder, "de.json", "{}")
    put(folder, "de.yaml", "Stand tall: Aufrecht\n")
    assert faults(folder) == ["de.yaml:None: 'de' is there twice"]


def test_libraries_together_say_what_each_says(folder: Path) -> None:
    put(folder, "de.json", '{"Stand tall": "Aufrecht stehen", "Rise": "Steigen"}')
    one = load_library(folder)
    other = one.model_copy(
        update={"exercises": (), "translations": {"de": {"Rise": "Auf", "Sit": "Sitzen"}}}
    )
    merged = merge_libraries({"b": one, "a": other}).translations
    assert merged == {"de": {"Rise": "Auf", "Sit": "Sitzen", "Stand tall": "Aufrecht stehen"}}


def test_an_id_in_a_reason_is_said_by_the_name(folder: Path) -> None:
    put(folder, "de.json", '{"March in the hallway": "Marschieren im Flur"}')
    texts = translations_of(load_library(folder))["de"]
    assert texts["hallway march"] == texts["hallway_march"] == "Marschieren im Flur"


def test_the_ids_of_exercises_hide_no_word_of_a_format() -> None:
    registry = sealed_registry()
    texts = translations_of(registry.library())["de"]
    ids = {exercise.id.replace("_", " ") for exercise in registry.library().exercises}
    catalogue = registry.language("de")
    assert {word for word in ids if catalogue.phrase(word) not in (word, texts.get(word))} == set()


def test_a_file_of_one_library_brings_its_language(tmp_path: Path) -> None:
    file = tmp_path / "hallway.json"
    file.write_text(
        json.dumps(
            {
                "name": "hallway",
                "exercises": [EXERCISE],
                "translations": {"fr": {"March in the hallway": "Marche dans le couloir"}},
            }
        )
    )
    with speaking(Engine(libraries=[file]).registry.language("fr")):
        assert said("March in the hallway") == "Marche dans le couloir"


@pytest.mark.parametrize(
    ("translations", "told"),
    [
        ({"german": {"Stand tall": "Aufrecht"}}, "'german' is no language's code"),
        ({"de": {"Rise {n}": "Steigen"}}, "other placeholders"),
    ],
)
def test_a_file_with_wrong_translations_is_refused(
    translations: dict[str, dict[str, str]], told: str, tmp_path: Path
) -> None:
    file = tmp_path / "hallway.json"
    file.write_text(json.dumps({"exercises": [EXERCISE], "translations": translations}))
    with pytest.raises(InputError, match=told):
        Engine(libraries=[file]).registry.library()
