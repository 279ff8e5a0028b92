from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from legengine.errors import Fault, InputError
from legengine.hooks.library import load_library, load_protocol, merge_libraries

LEGS = Path(__file__).parents[2] / "plugins" / "legengine_legs" / "data"


def exercise(name: str, **more: object) -> dict[str, object]:
    return {
        "id": name,
        "name": name.title(),
        "pattern": "squat",
        "block": "compound",
        "primary": ["quadriceps"],
        "laterality": "both",
        "dose_kind": "repetitions",
        "level": 1,
        "phases": ["foundation"],
        "knee_flexion": 60,
        "hip_flexion": 60,
        "range_adjustable": True,
        "weight_bearing": 50,
        "position": "standing",
        "setup_seconds": 10,
        "rest_seconds": 60,
        "instruction": "Do it.",
        "cues": ["now"],
        "sources": ["D"],
        **more,
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "exercises/a", [exercise("one", progressions=["two"]), exercise("two")])
    write(tmp_path, "vocabulary", {"tags": {"wet": "in water"}, "equipment": {"chair": "a chair"}})
    return tmp_path


def write(folder: Path, name: str, content: object) -> None:
    file = folder / f"{name}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))


def faults(folder: Path, **more: bool) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_library(folder, **more)
    assert caught.value.source == str(folder)
    return [placed(problem, folder) for problem in caught.value.problems]


def placed(problem: Fault, folder: Path) -> str:
    """File and line in front, where there are any."""
    file = problem.source.removeprefix(f"{folder}/")
    return f"{file}:{problem.line}: {problem}" if file else str(problem)


def test_a_folder_is_read_whole(folder: Path) -> None:
    write(folder, "exercises/b", [exercise("three", equipment=[["chair"]], tags=["wet"])])
    need = {"fact": "age", "at_least": 3, "text": "3"}
    gate = {"id": "g", "opens": ["one"], "needs": [need], "summary": "s", "sources": ["D"]}
    write(folder, "gates", [gate])
    write(folder, "conditions", [{"id": "c", "summary": "s", "sources": ["D"]}])
    library = load_library(folder)
    assert [entry.id for entry in library.exercises] == ["one", "three", "two"]
    assert [entry.id for entry in library.gates] == ["g"]
    assert [entry.id for entry in library.conditions] == ["c"]
    assert library.tags == {"wet": "in water"}


def test_the_built_in_library_is_sound_and_checked_in_no_time() -> None:
    library = load_library(LEGS)
    assert len(library.exercises) > 100
    start = time.perf_counter()
    merged = merge_libraries({"legs": library})
    assert time.perf_counter() - start < 0.05  # about 1 ms
    assert merged == library


BAD = {
    "unknown progression": (
        exercise("x", progressions=["tvo"]),
        "exercises/z.json:1: x.progressions: unknown exercise 'tvo' (did you mean 'two'?)",
    ),
    "unknown tag": (
        exercise("x", tags=["wett"]),
        "exercises/z.json:1: x.tags: unknown tag 'wett' (did you mean 'wet'?)",
    ),
    "unknown equipment": (
        exercise("x", equipment=[[], ["char"]]),
        "exercises/z.json:1: x.equipment: unknown equipment 'char' (did you mean 'chair'?)",
    ),
    "unknown source": (
        exercise("x", sources=["S1"]),
        "exercises/z.json:1: x.sources: unknown source 'S1' (known: D)",
    ),
    "circle of one": (
        exercise("x", progressions=["x"]),
        "exercises/z.json:1: x.progressions: progressions run in a circle: x -> x",
    ),
    "falling level": (
        exercise("x", level=2, progressions=["one"]),
        "exercises/z.json:1: x.progressions: 'one' is level 1, easier than 2",
    ),
    "twice": (
        exercise("one"),
        "exercises/z.json:1: exercise 'one' is defined here and in exercises/a.json",
    ),
    "pattern": (
        exercise("lunge"),
        "exercises/z.json:1: lunge: an exercise can't have the name of a pattern",
    ),
    "wrong value": (
        exercise("x", level=9),
        "exercises/z.json:1: x.level: must be at most 5, got 9",
    ),
    "unknown field": (
        exercise("x", tag=["wet"]),
        "exercises/z.json:1: x.tag: unknown field 'tag' (did you mean 'tags'?)",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_told_with_its_place(name: str, folder: Path) -> None:
    entry, message = BAD[name]
    write(folder, "exercises/z", [entry])
    assert faults(folder) == [message]


def test_a_long_circle_is_found(folder: Path) -> None:
    entries = [exercise("p", progressions=["q"]), exercise("q", progressions=["r", "two"])]
    write(folder, "exercises/z", [*entries, exercise("r", progressions=["p"])])
    (fault,) = faults(folder)
    assert fault.endswith("r.progressions: progressions run in a circle: p -> q -> r -> p")


def test_a_long_ladder_does_not_exhaust_the_stack(folder: Path) -> None:
    ladder = [exercise(f"e{n}", progressions=[f"e{n + 1}"]) for n in range(5000)]
    write(folder, "exercises/z", [*ladder, exercise("e5000")])
    assert len(load_library(folder).exercises) == 5003


def test_every_problem_of_every_file_is_told(folder: Path) -> None:
    write(folder, "exercises/z", "[1, 2")
    write(folder, "gates", [{"id": "g"}])
    write(folder, "condition", [])
    told = faults(folder)
    assert any("condition.json: is not a file that a library has" in fault for fault in told)
    assert any("exercises/z.json:1: not valid JSON" in fault for fault in told)
    assert any("gates.json:1: g.opens: 'opens' is missing" in fault for fault in told)


def test_gates_and_conditions_are_linked(folder: Path) -> None:
    need = {"fact": "agee", "text": "3"}
    gate = {"id": "g", "opens": ["on"], "needs": [need], "summary": "s", "sources": ["D"]}
    write(folder, "gates", [gate])
    condition = {"id": "c", "summary": "s", "exclude_positions": ["standin"], "sources": ["D"]}
    write(folder, "conditions", [condition])
    told = [fault.split(" (")[0] for fault in faults(folder)]
    assert told == [
        "gates.json:1: g.opens: unknown exercise 'on'",
        "gates.json:1: g.needs: unknown fact 'agee'",
        "conditions.json:1: c.exclude_positions: unknown position 'standin'",
    ]


def test_stages_dose_rows_and_limits_of_a_condition_are_linked(folder: Path) -> None:
    stage = {
        "text": "t",
        "unloaded_tags": ["wett"],
        "until": [{"fact": "agee", "at_least": 4, "text": "4"}],
        "sources": ["E"],
    }
    condition = {
        "id": "c",
        "summary": "s",
        "exclude_combinations": [["squat", "wet"], ["squatt"]],
        "weekly_at_least": [{"exercises": ["on"], "at_least": 1}],
        "exposures_at_least": {"quadricep": 3},
        "pain_limit": {"region": "kneee", "score": 3, "closes_above": ["tow"]},
        "load_share": {"exercises": ["onee"], "percent_of_body_mass": 50},
        "stages": [stage],
        "doses": [{"id": "ROW", "sets": [1, 2], "sources": ["F"]}],
        "sources": ["D"],
    }
    write(folder, "conditions", [condition])
    told = [fault.split(" (")[0].removeprefix("conditions.json:1: c.") for fault in faults(folder)]
    assert told == [
        "exclude_combinations: unknown tag or pattern 'squatt'",
        "weekly_at_least: unknown exercise 'on'",
        "exposures_at_least: unknown muscle group 'quadricep'",
        "pain_limit.region: unknown body region 'kneee'",
        "pain_limit.closes_above: unknown exercise 'tow'",
        "load_share.exercises: unknown exercise 'onee'",
        "stages[0].unloaded_tags: unknown tag 'wett'",
        "stages[0].until: unknown fact 'agee'",
        "stages[0].sources: unknown source 'E'",
        "doses[0].sources: unknown source 'F'",
    ]


def test_a_weekly_need_names_patterns_or_exercises(folder: Path) -> None:
    both = {"patterns": ["squat"], "exercises": ["one"], "at_least": 1}
    for need in (both, {"at_least": 1}):
        condition = {"id": "c", "summary": "s", "weekly_at_least": [need], "sources": ["D"]}
        write(folder, "conditions", [condition])
        assert any("name patterns or exercises" in fault for fault in faults(folder))


def test_a_set_of_equipment_holds_known_items(folder: Path) -> None:
    sets = {"home": ["chair", "sofa"], "chair": []}
    write(folder, "vocabulary", {"equipment": {"chair": "a"}, "equipment_sets": sets})
    told = faults(folder)
    assert told[0].startswith("vocabulary.json:1: equipment_sets.home: unknown equipment 'sofa'")
    assert "is an item and a set of items at once" in told[1]


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    assert faults(tmp_path / "no") == ["there is no such folder"]
    assert faults(tmp_path) == ["holds no exercises/*.json or exercises/*.yaml"]


def test_a_library_may_build_on_another(folder: Path, tmp_path: Path) -> None:
    base = load_library(folder)
    more = tmp_path / "more"
    more.mkdir()
    write(more, "exercises/w", [exercise("three", tags=["wet"], progressions=["one"])])
    assert len(faults(more)) == 2
    extension = load_library(more, extends=True)
    merged = merge_libraries({"base": base, "more": extension})
    assert [entry.id for entry in merged.exercises] == ["one", "three", "two"]
    with pytest.raises(InputError, match=r"library 'more': three\.tags: unknown tag 'wet'"):
        merge_libraries({"more": extension})


def test_libraries_may_not_contradict_each_other(folder: Path) -> None:
    base = load_library(folder)
    other = base.model_copy(update={"tags": {"wet": "soaked"}})
    with pytest.raises(InputError) as caught:
        merge_libraries({"a": base, "b": other})
    told = str(caught.value)
    assert "library 'b': exercise 'one' is defined here and in library 'a'" in told
    assert "library 'b': tags: 'wet' has another meaning in library 'a'" in told


def test_a_protocol_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    with pytest.raises(InputError, match="can't be read"):
        load_protocol(file)
    file.write_text('{"id": \n')
    with pytest.raises(InputError, match=r"p\.json:2:1: not valid JSON: expecting value"):
        load_protocol(file)
    file.write_text('{"phasess": []}')
    with pytest.raises(
        InputError, match=r"phasess: unknown field 'phasess' \(did you mean 'phases'\?\)"
    ):
        load_protocol(file)
