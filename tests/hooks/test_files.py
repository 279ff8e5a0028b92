"""Libraries and protocols that are files or folders, without any Python."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from legengine import Engine
from legengine.domain.choices import LibraryFile
from legengine.domain.exercise import LibraryData
from legengine.errors import InputError, PluginError
from legengine.hooks import LibraryContents, NoOptions
from legengine.hooks.registry import Registry
from legengine.testing import START, TODAY, sample_profile, tmp_plugin

PROTOCOL = (
    Path(__file__).parents[2] / "plugins/legengine-example/legengine_example/data/protocol.json"
)


def exercise(id: str = "hall_march", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": id.replace("_", " ").title(),
        "pattern": "hip_flexion",
        "block": "isolation",
        "primary": ["hip_flexors"],
        "equipment": [["wall"]],
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
        "instruction": "March on the spot beside a wall.",
        "cues": ["Stand tall"],
        "sources": ["D"],
        **more,
    }


def written(file: Path, data: Any) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, indent=1) if file.suffix == ".json" else yaml.safe_dump(data)
    file.write_text(text, encoding="utf-8")
    return file


def registry(*libraries: Any, plugins: Any = ()) -> Registry:
    return Registry.create(plugins, autoload=False, environment={}, libraries=libraries)


def said(*libraries: Any, plugins: Any = ()) -> str:
    with pytest.raises(InputError) as caught:
        registry(*libraries, plugins=plugins).library()
    return str(caught.value)


# --- forms ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json"])
def test_a_file_is_a_library(suffix: str, tmp_path: Path) -> None:
    file = written(tmp_path / f"My hall{suffix}", {"exercises": [exercise()]})
    made = registry(file)
    assert "hall_march" in {each.id for each in made.library().exercises}
    (plugin,) = made.files
    record = plugin.record
    assert (record.plugin.name, record.state) == ("my-hall", "file")
    assert record.provides == {"exercises": ("my-hall",)}
    assert record.plugin.version == plugin.digest[:12]
    assert made.exercises["my-hall"].summary == f"1 exercises of My hall{suffix}"


def test_a_folder_holds_a_library_and_protocols(tmp_path: Path) -> None:
    written(tmp_path / "exercises" / "a.yaml", [exercise(tags=["indoors"])])
    written(tmp_path / "exercises" / "b.json", [exercise("hall_step")])
    written(tmp_path / "vocabulary.yaml", {"tags": {"indoors": "under a roof"}})
    written(tmp_path / "protocols" / "first.yaml", json.loads(PROTOCOL.read_text()))
    title = {"name": "hall", "summary": "for a hall", "version": "2.1"}
    written(tmp_path / "plugin.yaml", title)
    made = registry(tmp_path)
    (plugin,) = made.files
    assert plugin.record.plugin.version == "2.1"
    assert plugin.record.provides == {"exercises": ("hall",), "protocols": ("example",)}
    assert made.library().tags["indoors"] == "under a roof"
    assert made.sound_protocol("example").phases[0].id == "first_weeks"


def test_a_program_is_made_and_checked_with_one(tmp_path: Path) -> None:
    file = written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    profile = sample_profile(libraries=["hall.yaml"], wishes={"always": ["hall_march"]}, weeks=2)
    engine = Engine(autoload=False, libraries=[file])
    program = engine.generate(profile, today=TODAY, start=START)
    assert program.provenance.libraries == {"hall": engine.registry.files[0].digest}
    assert engine.check(program).ok

    with pytest.raises(InputError) as caught:
        Engine(autoload=False).check(program)
    assert "libraries[0].path: the library 'hall.yaml' is not loaded" in str(caught.value)

    nameless = program.model_copy(
        update={"profile": profile.model_copy(update={"libraries": ()})}, deep=True
    )
    with pytest.raises(InputError, match="the program was made with the library 'hall'"):
        Engine(autoload=False).check(nameless)

    written(file, {"exercises": [exercise(level=2)]})
    with pytest.raises(InputError, match="is not the one that the program was made with"):
        Engine(autoload=False, libraries=[file]).check(program)


def test_a_protocol_file_makes_a_program(tmp_path: Path) -> None:
    file = written(tmp_path / "mine.yaml", json.loads(PROTOCOL.read_text()))
    profile = sample_profile(protocol={"name": "example"}, weeks=2)
    program = Engine(autoload=False, libraries=[file]).generate(profile, today=TODAY, start=START)
    assert program.protocol == "example"


def test_the_engine_opens_no_path_that_a_profile_names(tmp_path: Path) -> None:
    file = written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    profile = sample_profile(libraries=[str(file)])
    with pytest.raises(InputError, match="is not loaded"):
        Engine(autoload=False).generate(profile, today=TODAY, start=START)


def test_what_is_read_is_the_same_in_any_order(tmp_path: Path) -> None:
    one = written(tmp_path / "one.yaml", {"exercises": [exercise()]})
    two = written(tmp_path / "two.yaml", {"exercises": [exercise("hall_step")]})
    first, second = registry(one, two), registry(two, one, two)
    assert first.library() == second.library()
    assert {file.digest for file in first.files} == {file.digest for file in second.files}


# --- what is wrong -------------------------------------------------------------------------


def test_what_is_wrong_in_a_file_is_told_with_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    entry = exercise(level=9, equipment=[["wal"]], tag=["x"])
    written(file, {"exercises": [entry]})
    lines = file.read_text().splitlines()
    level = lines.index("  level: 9") + 1
    tag = lines.index("  tag:") + 1
    assert said(file).splitlines() == [
        f"{file}:{level}:10: hall_march.level: must be at most 5, got 9",
        f"{file}:{tag}:3: hall_march.tag: unknown field 'tag' (did you mean 'tags'?)",
    ]


def test_what_does_not_fit_to_other_libraries_is_told_with_its_line(tmp_path: Path) -> None:
    entry = exercise(equipment=[["wal"]], progressions=["chair_squt"])
    file = written(tmp_path / "hall.json", {"exercises": [entry]})
    lines = [line.strip() for line in file.read_text().splitlines()]
    told = said(file)
    assert f"{file}:{lines.index(chr(34) + 'wal' + chr(34)) + 1}:" in told
    assert "hall_march.equipment: unknown equipment 'wal' (did you mean 'wall'?)" in told
    assert "hall_march.progressions: unknown exercise 'chair_squt' (did you mean" in told


def test_an_exercise_that_is_there_already_is_told_with_both_places(tmp_path: Path) -> None:
    file = written(tmp_path / "hall.yaml", {"exercises": [exercise("glute_bridge")]})
    told = said(file)
    assert f"{file}:" in told
    assert "exercise 'glute_bridge' is defined here and in library 'legs'" in told
    twice = written(tmp_path / "twice.yaml", {"exercises": [exercise(), exercise()]})
    assert "exercise 'hall_march' is defined twice here" in said(twice)
    other = written(tmp_path / "other.yaml", {"exercises": [exercise()]})
    single = written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    assert "is defined here and in library 'other'" in said(single, other) or (
        "is defined here and in library 'hall'" in said(single, other)
    )


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "legs.yaml", {"exercises": [exercise()]})
    with pytest.raises(InputError) as caught:
        registry(file)
    assert str(caught.value).startswith(
        f"{file}: an exercise library 'legs' is there already, in plugin 'legs' of legengine"
    )
    assert "give this one another 'name'" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.yaml", "exercises: [", "x.yaml:1:13: not valid YAML"),
        ("x.json", '{"exercises": [}', "x.json:1:16: not valid JSON: expecting value"),
        ("x.yaml", "a: &a 1\n", "anchors and aliases (&name, *name) can't be used"),
        ("x.yaml", "exercises: !!python/object:os.system []\n", "can't be used"),
        ("x.yaml", "a: 1\na: 2\n", "x.yaml:2:1:"),
        ("x.yaml", "people: []\n", "is neither a library ('exercises') nor a protocol ('phases')"),
        ("x.yaml", "- 1\n", "is neither a library"),
        ("x.yaml", "", "the file is empty"),
        ("x.yaml", "exercises: 3\n", "x.yaml:1:12: exercises: expected a list, got 3"),
        ("x.json", "[1, 2]", "no reader knows what this is (there are: free-exercise-db: "),
        ("x.txt", "hello", "no reader knows what this is"),
        ("x.yaml", "[" * 60 + "]" * 60, "nested more than 32 levels deep"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_line(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    assert message in said(tmp_path / name)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from legengine.documents.reading import Size

    monkeypatch.setattr("legengine.hooks.reading.LIBRARY", Size(bytes=100, values=1000))
    file = written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    assert "is too large" in said(file)


def test_every_fault_of_every_file_of_a_folder_is_told(tmp_path: Path) -> None:
    written(tmp_path / "exercises" / "a.yaml", [exercise(level=9)])
    written(tmp_path / "exercises" / "b.json", [{"id": "hall_step"}])
    written(tmp_path / "protocols" / "p.yaml", {"phases": 3})
    written(tmp_path / "plugin.yaml", {"nam": "x"})
    written(tmp_path / "stray.yaml", {})
    told = said(tmp_path)
    for part in (
        "exercises/a.yaml:",
        "hall_march.level: must be at most 5, got 9",
        "exercises/b.json:",
        "hall_step.name: 'name' is missing",
        "protocols/p.yaml:",
        "plugin.yaml:1:1: nam: unknown field 'nam' (did you mean 'name'?)",
        "stray.yaml: is not a file that a library has",
    ):
        assert part in told


# --- readers -------------------------------------------------------------------------------


@dataclass
class Reader:
    name: str = "notes"
    summary: str = "notes"
    options: Any = NoOptions
    knows: bool = True
    result: Any = None

    def recognises(self, path: Path) -> bool:
        return self.knows

    def read(self, path: Path, options: Any) -> Any:
        if isinstance(self.result, Exception):
            raise self.result
        return self.result or LibraryContents(LibraryData(exercises=()), remarks=("a note",))


def test_of_two_readers_that_know_a_file_one_has_to_be_named(tmp_path: Path) -> None:
    file = written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    with tmp_plugin(readers=[Reader()]) as plugin:
        told = said(file, plugins=[plugin])
        assert "several readers know this" in told
        assert "say which is meant: 'reader: legengine' or 'reader: notes'" in told
        named = LibraryFile(path=str(file), reader="notes")
        made = registry(named, plugins=[plugin])
        assert made.files[0].record.remarks == ("a note",)
        wrong = LibraryFile(path=str(file), reader="note")
        assert "libraries[0].reader: there is no library reader 'note' (did you mean 'notes'" in (
            said(wrong, plugins=[plugin])
        )
        extra = LibraryFile(path=str(file), reader="notes", options={"x": 1})
        assert "libraries[0].options.x: unknown option 'x'" in said(extra, plugins=[plugin])


@pytest.mark.parametrize("result", [ValueError("boom"), "no contents"])
def test_a_reader_that_fails_is_named(result: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "hall.note", {})
    with (
        tmp_plugin("noting", readers=[Reader(result=result)]) as plugin,
        pytest.raises(PluginError) as caught,
    ):
        registry(LibraryFile(path=str(file), reader="notes"), plugins=[plugin])
    assert "library reader 'notes' of plugin 'noting'" in str(caught.value)
    assert "failed in read" in str(caught.value)


def test_a_missing_file_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    written(tmp_path / "hall.yaml", {"exercises": [exercise()]})
    told = said(tmp_path / "hal.yaml")
    assert "libraries[0].path: no such file or folder: " in told
    assert "did you mean 'hall.yaml'?" in told
