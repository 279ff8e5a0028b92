"""The reader of free-exercise-db: small records of our own, and the real file where it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from legengine.domain.exercise import Exercise
from legengine.domain.vocabulary import MUSCLES
from legengine.errors import InputError
from legengine.hooks import LibraryContents
from legengine.hooks.library import merge_libraries
from legengine.hooks.registry import Registry
from legengine_legs.plugin import load as bundled
from legengine_readers.free_exercise_db import FreeExerciseDb, FreeExerciseDbOptions
from legengine_readers.free_exercise_db_tables import DEFAULTS

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("LEGENGINE_SHARED", ROOT.parent / "shared"))
REAL = SHARED / "data" / "free-exercise-db.json"
READER = FreeExerciseDb()

Read = Callable[..., LibraryContents]


def record(name: str = "Slow Squat", **fields: Any) -> dict[str, Any]:
    """A squat with a bar, in the shape of the set and in our words."""
    plain = {
        "id": name.replace(" ", "_"),
        "name": name,
        "force": "push",
        "level": "beginner",
        "mechanic": "compound",
        "equipment": "barbell",
        "primaryMuscles": ["quadriceps"],
        "secondaryMuscles": ["glutes", "shoulders"],
        "instructions": ["Go down slowly.", "Come up again."],
        "category": "strength",
        "images": ["no.jpg"],
    }
    return plain | fields


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(*records: Any, **options: Any) -> LibraryContents:
        file = tmp_path / "set.json"
        file.write_text(json.dumps(list(records)), encoding="utf-8")
        return READER.read(file, FreeExerciseDbOptions(**options))

    return reading


@pytest.fixture
def one(read: Read) -> Callable[..., Exercise | None]:
    def reading(*args: Any, options: dict[str, Any] | None = None, **fields: Any) -> Any:
        found = read(record(*args, **fields), **(options or {})).library
        assert found is not None
        return found.exercises[0] if found.exercises else None

    return reading


One = Callable[..., Any]


class TestWhatIsTaken:
    def test_a_record_becomes_an_exercise(self, one: One) -> None:
        found = one()
        assert found.id == "fed_slow_squat"
        assert found.name == "Slow Squat"
        assert (found.pattern, found.block, found.level) == ("squat", "compound", 3)
        assert found.primary == ("quadriceps",)
        assert found.secondary == ("gluteus_maximus",)
        assert found.equipment == (("barbell", "plates", "rack"),)
        assert found.resistance == "external"
        assert found.phases == ("strength", "power")
        assert found.instruction == "Go down slowly. Come up again."
        assert found.sources == ("D", "free-exercise-db")

    def test_unknown_risks_are_never_taken_for_none(self, one: One) -> None:
        found = one()
        assert not found.vetted
        assert (found.knee_flexion, found.hip_flexion, found.weight_bearing) == (160, 160, 100)
        assert not found.range_adjustable

    @pytest.mark.parametrize(
        ("name", "muscle", "equipment", "pattern", "block"),
        [
            ("Split Squat", "quadriceps", "dumbbell", "lunge", "compound"),
            ("Step-ups", "quadriceps", "dumbbell", "lunge", "compound"),
            ("Stiff Deadlift", "hamstrings", "dumbbell", "hinge", "compound"),
            ("Seated Leg Curl", "hamstrings", "machine", "knee_flexion", "isolation"),
            ("Leg Extensions", "quadriceps", "machine", "knee_extension", "isolation"),
            ("Glute Bridge", "glutes", "body only", "hip_extension", "isolation"),
            ("Thigh Abductor", "abductors", "machine", "hip_abduction", "isolation"),
            ("Thigh Adductor", "adductors", "machine", "hip_adduction", "isolation"),
            ("Hip Flexion with Band", "quadriceps", "bands", "hip_flexion", "isolation"),
            ("Calf Raises", "calves", "bands", "plantarflexion", "isolation"),
            ("Side Bridge", "abdominals", "body only", "core", "trunk"),
        ],
    )
    def test_the_name_tells_the_movement(
        self, one: One, name: str, muscle: str, equipment: str, pattern: str, block: str
    ) -> None:
        found = one(name, primaryMuscles=[muscle], equipment=equipment, secondaryMuscles=[])
        assert (found.pattern, found.block) == (pattern, block)

    @pytest.mark.parametrize(
        ("level", "number"), [("beginner", 3), ("intermediate", 4), ("expert", 5)]
    )
    def test_levels(self, one: One, level: str, number: int) -> None:
        assert one(level=level).level == number
        assert one(level=level, options={f"level_of_{level}": 2}).level == 2

    @pytest.mark.parametrize(
        ("said", "items"),
        [
            ("Sit down to a bench.", ("dumbbell", "bench")),
            ("Take them from the rack.", ("dumbbell", "rack")),
            ("Stand on a wooden board.", ("dumbbell", "step_low")),
            ("Lie down first.", ("dumbbell", "mat")),
            ("A spotter helps.", ("dumbbell", "partner")),
            ("Benchmarks and racketeers are no furniture.", ("dumbbell",)),
        ],
    )
    def test_what_the_prose_needs_beside_the_one_kind(
        self, one: One, said: str, items: tuple[str, ...]
    ) -> None:
        assert one(equipment="dumbbell", instructions=[said]).equipment == (items,)

    def test_a_bar_on_the_back_needs_a_rack_whatever_the_prose_says(self, one: One) -> None:
        assert "rack" in one("Walking Lunge").equipment[0]
        lifted = one("Stiff Deadlift", primaryMuscles=["hamstrings"])
        assert lifted.equipment == (("barbell", "plates"),)

    def test_a_seated_calf_raise_is_for_the_soleus(self, one: One) -> None:
        found = one("Seated Calf Raise", primaryMuscles=["calves"], equipment="machine")
        assert found.primary == ("soleus",)

    def test_a_muscle_is_not_main_and_helping_at_once(self, one: One) -> None:
        found = one(secondaryMuscles=["quadriceps", "glutes"])
        assert found.secondary == ("gluteus_maximus",)

    def test_what_is_held_has_a_time(self, one: One) -> None:
        fields = {"primaryMuscles": ["abdominals"], "equipment": "body only"}
        found = one("Plank", force="static", **fields)
        assert (found.dose_kind, found.hold_seconds, found.seconds_per_rep) == ("hold", 20, 0)
        assert one("Plank", options={"include_trunk": False}, **fields) is None

    def test_a_spine_is_bent_under_load_only_where_it_is_asked_for(self, one: One) -> None:
        fields = {"primaryMuscles": ["abdominals"], "equipment": "body only"}
        assert one("Slow Crunch", **fields) is None
        assert one("Slow Crunch", options={"include_crunches": True}, **fields).block == "trunk"

    def test_stretches_only_where_they_are_asked_for(self, one: One) -> None:
        fields = {"category": "stretching", "force": "static", "equipment": "body only"}
        assert one("Quad Stretch", **fields) is None
        found = one("Quad Stretch", options={"include_stretches": True}, **fields)
        assert (found.pattern, found.block, found.dose_kind) == ("mobility", "cool_down", "hold")


class TestWhatIsLeftOut:
    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"primaryMuscles": ["chest"]}, "no muscle of the legs or trunk"),
            ({"instructions": []}, "no instructions"),
            ({"instructions": ["  "]}, "no instructions"),
            ({"equipment": None}, "equipment not given, or not known here"),
            ({"equipment": "other"}, "equipment not given, or not known here"),
            ({"equipment": "machine"}, "a machine that the name does not tell"),
            ({"instructions": ["Go to the Smith machine."]}, "a thing beside what is listed"),
            ({"instructions": ["Loop a band round it."]}, "two kinds of load at once"),
            ({"category": "plyometrics"}, "jumps and throws"),
            ({"category": "olympic weightlifting"}, "Olympic lifts"),
            ({"category": "strongman"}, "strongman events"),
            ({"category": "cardio"}, "cardio"),
            ({"name": "Jump Squat"}, "fast by their name"),
            ({"name": "Squat Jerk"}, "fast by their name"),
            ({"name": "One Leg Squat"}, "lifts that only tests could open"),
            ({"name": "Sissy Squat"}, "lifts that only tests could open"),
            ({"name": "Something Else"}, "no movement in the name"),
            ({"name": "Hip Adduction"}, "a name that contradicts the main muscle"),
            (
                {"name": "Plank", "primaryMuscles": ["abdominals"]},
                "the trunk under a weight",
            ),
            (
                {"name": "Sit-Up", "primaryMuscles": ["abdominals"], "equipment": "body only"},
                "crunches, sit-ups and twists, which were not asked for",
            ),
        ],
    )
    def test_with_its_reason(self, read: Read, fields: dict[str, Any], reason: str) -> None:
        found = read(record(**fields))
        assert found.library is not None
        assert found.library.exercises == ()
        assert len(found.remarks) == 1
        assert found.remarks[0].startswith("1 of 1 were left out: " + reason)
        assert found.remarks[0].endswith("(1)")

    @pytest.mark.parametrize(
        "fields",
        [
            # A stretch with the name of an exercise, a machine with that of a chair, a stretch
            # with that of an abductor exercise: as the set has them.
            {"name": "Split Squats", "category": "stretching", "primaryMuscles": ["hamstrings"]},
            {"name": "Chair Squat", "equipment": "machine"},
            {
                "name": "Side Leg Raises",
                "category": "stretching",
                "force": "pull",
                "primaryMuscles": ["adductors"],
                "equipment": "body only",
            },
        ],
    )
    def test_names_that_mislead(self, one: One, fields: dict[str, Any]) -> None:
        assert one(**fields) is None
        assert one(options={"include_stretches": True}, **fields) is None

    def test_it_is_counted_by_reason(self, read: Read) -> None:
        found = read(
            record(),
            record("A", primaryMuscles=["chest"]),
            record("B", primaryMuscles=["biceps"]),
            record("C Squat", equipment="other"),
        )
        assert found.remarks[0] == (
            "3 of 4 were left out: no muscle of the legs or trunk (2); "
            "equipment not given, or not known here (1)"
        )
        assert "the 1 that were taken are open only to people of whom nothing" in found.remarks[1]
        assert "[D]" in found.remarks[2]


class TestIds:
    def test_they_are_safe_and_unique(self, read: Read) -> None:
        names = ["3/4 Squat", "3 4 squat", "Squat (Wide)", "Squat " + "very " * 20 + "deep"]
        names.append(names[-1] + "er")
        found = read(*(record(name, id=name) for name in names)).library
        assert found is not None
        ids = [each.id for each in found.exercises]
        assert len(set(ids)) == len(names)
        assert all(re.fullmatch(r"fed_[a-z0-9_]{1,60}", id) for id in ids)
        assert {"fed_3_4_squat", "fed_3_4_squat_2", "fed_squat_wide"} < set(ids)

    def test_the_prefix_can_be_another(self, one: One) -> None:
        assert one(options={"prefix": "public"}).id == "public_slow_squat"

    def test_the_order_of_the_file_does_not_matter(self, read: Read) -> None:
        records = [record(name) for name in ("B Squat", "A Squat", "C Lunge")]
        assert read(*records) == read(*reversed(records))


class TestGates:
    def test_no_import_opens_sooner_than_the_same_movement_of_ours(self, read: Read) -> None:
        found = read(record(), record("Slow Lunge", equipment="dumbbell")).library
        assert found is not None
        gates = {gate.id: gate for gate in found.gates}
        assert gates["fed_barbell"].opens == ("fed_slow_squat",)
        assert gates["fed_one_leg"].opens == ("fed_slow_lunge",)
        ours = {gate.id: gate for gate in bundled().gates}
        assert gates["fed_barbell"].needs == ours["barbell"].needs
        assert gates["fed_barbell"].either == ours["barbell"].either
        assert gates["fed_one_leg"].needs == (*ours["lunge"].needs, *ours["single_leg"].needs)

    def test_there_are_none_for_nothing(self, read: Read) -> None:
        found = read(record(equipment="dumbbell")).library
        assert found is not None
        assert found.gates == ()


def test_alone_it_says_in_one_line_what_is_missing(read: Read) -> None:
    found = read(record(), record("Slow Lunge"), record("Leg Press", equipment="machine")).library
    assert found is not None
    with pytest.raises(InputError) as error:
        merge_libraries({"public": found})
    assert str(error.value) == (
        "library 'public': fed_leg_press.equipment: unknown equipment 'leg_press_machine', "
        "'barbell', 'plates', 'rack', and so in 2 more (no library here defines any)"
    )


class TestBadFiles:
    def refused(self, tmp_path: Path, text: str | bytes) -> list[str]:
        file = tmp_path / "set.json"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(InputError) as error:
            READER.read(file, FreeExerciseDbOptions())
        return str(error.value).replace(str(file), "set.json").splitlines()

    def test_no_json(self, tmp_path: Path) -> None:
        assert self.refused(tmp_path, '[\n  {"id": }\n]') == [
            "set.json:2:10: not valid JSON: Expecting value"
        ]

    @pytest.mark.parametrize("text", ['{"id": 1}', "3", "null", '"x"'])
    def test_no_list(self, tmp_path: Path, text: str) -> None:
        (line,) = self.refused(tmp_path, text)
        assert line.startswith("set.json: must be a list of exercises, got ")

    def test_no_text(self, tmp_path: Path) -> None:
        assert self.refused(tmp_path, b"[\xff]") == ["set.json: is not UTF-8 text"]

    def test_no_end_of_brackets(self, tmp_path: Path) -> None:
        (line,) = self.refused(tmp_path, "[" * 100_000)
        assert line == "set.json: is nested too deep for a list of exercises"

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="can't be read"):
            READER.read(tmp_path / "none.json", FreeExerciseDbOptions())

    def test_every_wrong_record_with_its_line_and_the_nearest_word(self, tmp_path: Path) -> None:
        good, bad = record(), record("Bad Squat", equipment="barbel", primaryMuscles=[])
        lost = {name: value for name, value in record("Lost Squat").items() if name != "level"}
        odd = record("Odd Squat", instructions=["Ring the bell \u0007."])
        text = "[\n" + ",\n".join(map(json.dumps, (good, bad, lost, odd, 7, good))) + "\n]"
        assert self.refused(tmp_path, text) == [
            (
                "set.json:3:1: [1] (Bad Squat).equipment: unknown word 'barbel' "
                "(did you mean 'barbell'?)"
            ),
            "set.json:4:1: [2] (Lost Squat).level: is missing",
            "set.json:5:1: [3] (Odd Squat).instructions: the character U+0007 can't be used",
            "set.json:6:1: [4]: input should be a valid dictionary or instance of Record, got 7",
            "set.json:2:1: [0] (Slow Squat).id: 'Slow_Squat' stands more than once",
            "set.json:7:1: [5] (Slow Squat).id: 'Slow_Squat' stands more than once",
        ]

    def test_a_record_needs_a_main_muscle(self, tmp_path: Path) -> None:
        text = json.dumps([record(primaryMuscles=[])])
        assert self.refused(tmp_path, text) == [
            "set.json:1:2: [0] (Slow Squat).primaryMuscles: needs a main muscle"
        ]


class TestRecognising:
    def test_by_its_shape(self, tmp_path: Path) -> None:
        file = tmp_path / "anything.json"
        file.write_text("\ufeff \n[\n " + json.dumps(record()) + "]", encoding="utf-8")
        assert READER.recognises(file)

    @pytest.mark.parametrize(
        "text", ["[]", "{}", "", '["primaryMuscles", "category"]', '[{"id": "squat"}]', b"\xff[{"]
    )
    def test_nothing_else(self, tmp_path: Path, text: str | bytes) -> None:
        file = tmp_path / "free-exercise-db.json"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        assert not READER.recognises(file)

    def test_no_folder_and_no_other_kind_of_file(self, tmp_path: Path) -> None:
        assert not READER.recognises(tmp_path)
        assert not READER.recognises(tmp_path / "none.json")
        file = tmp_path / "set.yaml"
        file.write_text(json.dumps([record()]), encoding="utf-8")
        assert not READER.recognises(file)


def test_the_registry_has_it() -> None:
    assert isinstance(Registry.create(autoload=False).readers["free-exercise-db"], FreeExerciseDb)


def test_its_options_tell_what_is_filled_in_and_why() -> None:
    assert READER.fills.keys() == {each.field for each in DEFAULTS}
    assert all("[D]" in told for told in READER.fills.values())
    assert all(field.description for field in FreeExerciseDbOptions.model_fields.values())
    for options in READER.examples:
        FreeExerciseDbOptions.model_validate(options)


@pytest.fixture(scope="module")
def found() -> LibraryContents:
    assert READER.recognises(REAL)
    return READER.read(REAL, FreeExerciseDbOptions(include_stretches=True, include_crunches=True))


@pytest.mark.skipif(not REAL.exists(), reason="the set is not here")
class TestTheRealSet:
    def test_it_joins_the_bundled_library(self, found: LibraryContents) -> None:
        assert found.library is not None
        ours = bundled()
        whole = merge_libraries({"legs": ours, "public": found.library})
        assert len(whole.exercises) == len(ours.exercises) + len(found.library.exercises)

    def test_every_record_is_taken_or_counted(self, found: LibraryContents) -> None:
        assert found.library is not None
        counts = [int(number) for number in re.findall(r"\((\d+)\)", found.remarks[0])]
        assert sum(counts) + len(found.library.exercises) == 873
        assert found.remarks[0].startswith(f"{sum(counts)} of 873 were left out: ")

    def test_nothing_of_it_is_taken_for_safe(self, found: LibraryContents) -> None:
        assert found.library is not None
        assert len(found.library.exercises) >= 90
        for each in found.library.exercises:
            assert not each.vetted
            assert set(each.primary) <= MUSCLES.keys()
            assert each.instruction
            words = set(re.findall("[a-z]+", each.name.lower()))
            assert not words & {"jump", "clean", "snatch", "jerk", "hop", "sprint", "swing"}
            assert (
                not words & {"pistol", "smith", "chains", "bands"}
                or "barbell" not in (each.equipment[0])
            )

    def test_known_traps_are_not_in_it(self, found: LibraryContents) -> None:
        assert found.library is not None
        names = {each.name for each in found.library.exercises}
        assert not names & {"Split Squats", "Chair Squat", "Side Leg Raises", "Cable Hip Adduction"}
        assert {"Goblet Squat", "Leg Press", "Romanian Deadlift", "Plank"} <= names
