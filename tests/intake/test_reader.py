"""The profile reader: what it accepts, and what it says of everything else."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legengine.documents.reading import parse_document
from legengine.domain.profile import LoadRange, Profile
from legengine.errors import Fault, InputError
from legengine.intake.reader import (
    fault_at,
    profile_from_data,
    profile_from_document,
    read_profile,
)

YAML = """\
person:
  age: 41
  sex: female
  mass: 68 kg
cause: disuse
places:
  home: {equipment: mat}
availability:
  - days: [mon, thu]
    start: 18:00
    minutes: 45
"""

JSON = """\
{"person": {"age": 41,
            "sex": "female",
            "mass": "68 kg"},
 "cause": "disuse",
 "places": {"home": {"equipment": "mat"}},
 "availability": [
   {"days": ["mon", "thu"],
    "start": "18:00",
    "minutes": 45}]}
"""

TOML = """\
cause = "disuse"
[person]
age = 41
sex = "female"
mass = "68 kg"
[places.home]
equipment = "mat"
[[availability]]
days = ["mon", "thu"]
start = "18:00"
minutes = 45
"""

TEXTS = {"yaml": YAML, "json": JSON, "toml": TOML}


def faults(text: str, kind: Any = "yaml") -> list[Fault]:
    document = parse_document(text, kind=kind, source=f"profile.{kind}")
    with pytest.raises(InputError) as caught:
        profile_from_document(document)
    assert caught.value.source == f"profile.{kind}"
    return list(caught.value.problems)


def fault_of(text: str, kind: Any = "yaml") -> Fault:
    found = faults(text, kind)
    assert len(found) == 1, found
    return found[0]


def changed(old: str, new: str, kind: str = "yaml") -> str:
    assert TEXTS[kind].count(old) == 1
    return TEXTS[kind].replace(old, new)


def told(fault: Fault) -> tuple[Any, ...]:
    return fault.line, fault.column, fault.field, fault.message, fault.hint


def data(**changes: Any) -> dict[str, Any]:
    return {**json.loads(JSON), **changes}


def data_fault(**changes: Any) -> str:
    with pytest.raises(InputError) as caught:
        profile_from_data(data(**changes))
    assert len(caught.value.problems) == 1, caught.value.problems
    assert caught.value.problems[0].line is None
    return str(caught.value)


class TestGood:
    def test_the_formats_say_the_same(self, tmp_path: Path) -> None:
        profiles = []
        for kind, text in TEXTS.items():
            path = tmp_path / f"profile.{kind}"
            path.write_text(text)
            read = read_profile(path)
            assert read.document.source == str(path)
            assert read.document.position(("person", "age"))
            profiles.append(read.profile)
        assert profiles[0] == profiles[1] == profiles[2] == profile_from_data(json.loads(JSON))
        assert profiles[0].person.mass == 68
        assert profiles[0].availability[0].start == dt.time(18, 0)

    @pytest.mark.parametrize(
        ("kind", "line"),
        [
            ("yaml", "start: 2026-11-30\n"),
            ("yaml", "start: '2026-11-30'\n"),
            ("toml", "start = 2026-11-30\n"),
            ("toml", "start = '2026-11-30'\n"),
        ],
    )
    def test_dates(self, kind: Any, line: str) -> None:
        document = parse_document(line + TEXTS[kind], kind=kind, source="")
        assert profile_from_document(document).start == dt.date(2026, 11, 30)

    def test_dates_in_json(self) -> None:
        assert profile_from_data(data(start="2026-11-30")).start == dt.date(2026, 11, 30)

    def test_every_branch_of_the_unions(self) -> None:
        profile = profile_from_data(
            data(
                screening={"red_flags": {"calf": True}, "parq_page1": ["a", "b"]},
                places={
                    "home": {
                        "loads": {
                            "dumbbell": {"from": "2 kg", "to": "8 kg", "step": "2 kg"},
                            "kettlebell": ["8 kg"],
                        }
                    }
                },
                protocol={"name": "leg-restoration", "options": {"x": [1]}},
                exceptions=[{"from": "2026-11-30", "off": "yes"}],
            )
        )
        loads = profile.places["home"].loads
        assert isinstance(loads.dumbbell, LoadRange)
        assert (loads.dumbbell.start, loads.dumbbell.to, loads.dumbbell.step) == (2, 8, 2)
        assert loads.model_dump()["kettlebell"] == (8,)
        assert profile.exceptions[0].off is True
        assert profile.screening.red_flags == {"calf": True}

    def test_yaml_words_for_yes(self) -> None:
        text = YAML + "exceptions:\n  - from: 2026-11-30\n    off: yes\n"
        document = parse_document(text, kind="yaml", source="")
        assert profile_from_document(document).exceptions[0].off is True


class TestEveryFormat:
    @pytest.mark.parametrize(
        ("kind", "old", "new", "where"),
        [
            ("yaml", "minutes", "minuts", (11, 5)),
            ("json", "minutes", "minuts", (9, 5)),
            ("toml", "minutes", "minuts", (11, 1)),
        ],
    )
    def test_unknown_field(self, kind: str, old: str, new: str, where: tuple[int, int]) -> None:
        found = [
            fault for fault in faults(changed(old, new, kind), kind) if "unknown" in str(fault)
        ]
        assert [told(fault) for fault in found] == [
            (*where, "availability[0].minuts", "unknown field 'minuts'", "did you mean 'minutes'?")
        ]

    @pytest.mark.parametrize(
        ("kind", "old", "where"),
        [
            ("yaml", "    minutes: 45\n", (9, 5)),
            ("json", ',\n    "minutes": 45', (7, 4)),
            ("toml", "minutes = 45\n", (8, 1)),
        ],
    )
    def test_missing_field(self, kind: str, old: str, where: tuple[int, int]) -> None:
        fault = fault_of(changed(old, "", kind), kind)
        assert told(fault) == (*where, "availability[0].minutes", "'minutes' is missing", "")

    @pytest.mark.parametrize(
        ("kind", "where"), [("yaml", (2, 8)), ("json", (1, 20)), ("toml", (3, 7))]
    )
    @pytest.mark.parametrize(
        ("new", "message"),
        [
            ('"old"', "expected a whole number, got 'old'"),
            ("4.5", "expected a whole number, got 4.5"),
            ("[1]", "expected a whole number, got a list"),
            ("true", "expected a number, got true"),
            ("121", "must be at most 120, got 121"),
            ("-1", "must be at least 0, got -1"),
        ],
    )
    def test_wrong_type(self, kind: str, where: tuple[int, int], new: str, message: str) -> None:
        fault = fault_of(changed("41", new, kind), kind)
        assert told(fault) == (*where, "person.age", message, "")

    @pytest.mark.parametrize(
        ("kind", "old", "where"),
        [
            ("yaml", "68 kg", (4, 9)),
            ("json", '"68 kg"', (3, 21)),
            ("toml", '"68 kg"', (5, 8)),
        ],
    )
    def test_missing_unit(self, kind: str, old: str, where: tuple[int, int]) -> None:
        fault = fault_of(changed(old, "68", kind), kind)
        message = "a mass needs its unit: write '68 kg' or '68 lb'"
        assert told(fault) == (*where, "person.mass", message, "")

    @pytest.mark.parametrize(
        ("kind", "old", "where"),
        [
            ("yaml", "thu", (9, 17)),
            ("json", '"thu"', (7, 21)),
            # The inside of a TOML array stands at its key.
            ("toml", '"thu"', (9, 1)),
        ],
    )
    def test_bad_weekday(self, kind: str, old: str, where: tuple[int, int]) -> None:
        fault = fault_of(changed(old, '"thursdy"', kind), kind)
        assert told(fault)[:3] == (*where, "availability[0].days[1]")
        assert fault.message.startswith("unknown weekday 'thursdy': did you mean 'thursday'")

    @pytest.mark.parametrize(
        ("kind", "line", "where"),
        [
            ("yaml", "start: {}\n", (1, 8)),
            ("json", '"start": "{}",', (1, 11)),
            ("toml", "start = '{}'\n", (1, 9)),
        ],
    )
    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("2026-02-30", "'2026-02-30' is not a date of the calendar"),
            ("soon", "expected a date such as 2026-11-30, got 'soon'"),
            ("30.11.2026", "expected a date such as 2026-11-30, got '30.11.2026'"),
        ],
    )
    def test_bad_date(
        self, kind: str, line: str, where: tuple[int, int], value: str, message: str
    ) -> None:
        line = line.format(value)
        text = "{" + line + JSON[1:] if kind == "json" else line + TEXTS[kind]
        assert told(fault_of(text, kind)) == (*where, "start", message, "")

    @pytest.mark.parametrize(
        ("kind", "old", "where"),
        [("yaml", "female", (3, 8)), ("json", '"female"', (2, 20)), ("toml", '"female"', (4, 7))],
    )
    def test_wrong_word(self, kind: str, old: str, where: tuple[int, int]) -> None:
        fault = fault_of(changed(old, '"mal"', kind), kind)
        message = "expected 'female' or 'male', got 'mal'"
        assert told(fault) == (*where, "person.sex", message, "did you mean 'male' or 'female'?")

    def test_everything_at_once_in_the_order_of_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "profile.yaml"
        path.write_text(
            "weeks: 60\n"
            "person:\n"
            "  sex: femal\n"
            "  mass: 68\n"
            "cause: disuse\n"
            "places:\n"
            "  gym:\n"
            "    equipmnt: mat\n"
            "  home: {}\n"
            "availability:\n"
            "  - start: 25:00\n"
            "    days: [moonday]\n"
            "    minutes: 45\n"
            "    place: gymm\n"
            "  - {days: mon, start: 18:00, minutes: 45}\n"
            "wishes:\n"
            "  always: squat\n"
            "  never: [lunge, squat]\n"
            "golf: strength\n"
        )
        with pytest.raises(InputError) as caught:
            read_profile(path)
        assert str(caught.value).replace(f"{path}:", "").splitlines() == [
            "1:8: weeks: must be at most 52, got 60",
            "3:3: person.age: 'age' is missing (years)",
            (
                "3:8: person.sex: expected 'female' or 'male', got 'femal' "
                "(did you mean 'female' or 'male'?)"
            ),
            "4:9: person.mass: a mass needs its unit: write '68 kg' or '68 lb'",
            "8:5: places.gym.equipmnt: unknown field 'equipmnt' (did you mean 'equipment'?)",
            "11:12: availability[0].start: expected a time of day such as '18:00' (got '25:00')",
            (
                "12:12: availability[0].days[0]: unknown weekday 'moonday': "
                "did you mean 'monday' or 'sunday'?"
            ),
            "14:12: availability[0].place: unknown place 'gymm' (did you mean 'gym'?)",
            "15:5: availability[1]: must say at which place: gym, home",
            "18:18: wishes.never[1]: 'squat' stands in both 'always' and 'never'",
            "19:1: golf: unknown field 'golf' (did you mean 'goal'?)",
        ]

    @pytest.mark.parametrize("kind", ["yaml", "json", "toml"])
    def test_duplicate_key(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / f"profile.{kind}"
        line = {"yaml": "  age: 41\n", "json": '"age": 41,\n', "toml": "age = 41\n"}[kind]
        path.write_text(changed(line.rstrip(), line + line.rstrip(), kind))
        with pytest.raises(InputError, match=r"duplicate key 'age' on line \d: it is already") as e:
            read_profile(path)
        assert e.value.problems[0].line == {"yaml": 3, "json": 2, "toml": 4}[kind]

    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (b"", "the file is empty"),
            (b"\0\1", "binary"),
            (b"a: " + b"[" * 100_000, "nested"),
            (b"a: &a [x]\nb: [*a, *a]", "anchors"),
        ],
    )
    def test_bad_files_say_so(self, tmp_path: Path, content: bytes, part: str) -> None:
        path = tmp_path / "profile.yaml"
        path.write_bytes(content)
        with pytest.raises(InputError, match=part) as caught:
            read_profile(path)
        assert str(caught.value).startswith(f"{path}:")


class TestWords:
    """The wording of single problems; the place of each is the place of its value."""

    @pytest.mark.parametrize(
        ("changes", "text"),
        [
            (
                {"cause": "injry"},
                (
                    "cause: expected 'disuse', 'ageing', 'injury', 'surgery', 'nutrition', "
                    "'neuro', 'msk', 'systemic' or 'unknown', got 'injry' (did you mean 'injury'?)"
                ),
            ),
            ({"title": 12}, "title: expected text, got 12 (put it in quotes)"),
            ({"title": ["a"]}, "title: expected text, got a list"),
            (
                {"language": "DE"},
                "language: does not have the form ^[a-z]{2,3}(_[A-Z]{2})?$, got 'DE'",
            ),
            ({"history": None}, "history: expected a mapping, got nothing"),
            ({"person": 5}, "person: expected a mapping with 'age' and 'sex', got 5"),
            ({"availability": []}, "availability: must not be empty"),
            ({"places": {}}, "places: must not be empty"),
            ({"weeks": "x" * 99}, f"weeks: expected a whole number, got '{'x' * 37}...'"),
            ({"weeks": 10**5000}, "weeks: must be at most 52, got a very large number"),
            ({"start": 0}, "start: expected a date such as 2026-11-30, got 0"),
            ({"start": "0"}, "start: expected a date such as 2026-11-30, got '0'"),
            ({"start": "86400"}, "start: expected a date such as 2026-11-30, got '86400'"),
            ({"start": True}, "start: expected a date such as 2026-11-30, got true"),
            (
                {"clearance": {"by": "", "on": "2026-11-30"}},
                "clearance.by: must not be empty",
            ),
            (
                {"clearance": {"by": "a", "on": "2026-11-30", "protected": 5}},
                "clearance.protected: expected true or false, got 5",
            ),
            (
                {"assessments": {"one_rep_max_kg": {"squat": "nan"}}},
                "assessments.one_rep_max_kg.squat: expected a finite number, got 'nan'",
            ),
            (
                {"assessments": {"one_rep_max_kg": {"squat": float("inf")}}},
                "assessments.one_rep_max_kg.squat: expected a finite number, got inf",
            ),
            (
                {"rules": {"a rule": {"x": [float("nan")]}}},
                "rules['a rule'].x[0]: expected a finite number, got nan",
            ),
            (
                {"pain": {"knee": {"worst": 1, "during": {"stairs": True}}}},
                "pain.knee.during.stairs: expected a number, got true",
            ),
            ({"pain": {5: {"worst": 1}}}, "pain[5]: a name must be text"),
            (
                {"exceptions": [{"from": "2026-11-30", "to": "2026-11-01", "off": True}]},
                "exceptions[0]: 'to' (2026-11-01) is before 'from' (2026-11-30)",
            ),
            (
                {"exceptions": [{"from_": "2026-11-30", "from": "2026-11-30", "off": True}]},
                "exceptions[0].from_: unknown field 'from_' (did you mean 'from'?)",
            ),
            ({"exceptions": [{"off": True}]}, "exceptions[0].from: 'from' is missing"),
            (
                {"exceptions": [{"from": "2026-11-30", "place": "hone"}]},
                "exceptions[0].place: unknown place 'hone' (did you mean 'home'?)",
            ),
            (
                {"bad\x1bname": 1},
                (
                    "['bad\\x1bname']: unknown field 'bad\\x1bname' (known: adjust, assessments, "
                    "availability, cause, clearance, conditions, exceptions, experience, formats, "
                    "goal, history, language, ...)"
                ),
            ),
            (
                {"wishes": {"prefer": "a", "avoid": "a", "always": "b", "never": ["c"]}},
                "wishes.avoid: 'a' stands in both 'prefer' and 'avoid'",
            ),
        ],
    )
    def test_plain_words(self, changes: dict[str, Any], text: str) -> None:
        assert data_fault(**changes) == text

    @pytest.mark.parametrize(
        ("section", "value", "text"),
        [
            (
                "red_flags",
                "nome",
                "red_flags: expected 'none' or a mapping, got 'nome' (did you mean 'none'?)",
            ),
            ("red_flags", ["x"], "red_flags: expected 'none' or a mapping, got a list"),
            (
                "red_flags",
                {"int": [1]},
                (
                    "red_flags.int: expected true or false, a whole number, a number or text, "
                    "got a list"
                ),
            ),
            ("parq_page1", 5, "parq_page1: expected 'all_no' or a list, got 5"),
            ("parq_page1", ["a", 5], "parq_page1[1]: expected text, got 5 (put it in quotes)"),
        ],
    )
    def test_unions_make_one_problem(self, section: str, value: Any, text: str) -> None:
        assert data_fault(screening={section: value}) == f"screening.{text}"

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (
                "5 kg",
                ": expected a list or a mapping with 'from', 'to' and 'step', got '5 kg'",
            ),
            (["5 kg", 6], "[1]: a mass needs its unit: write '6 kg' or '6 lb'"),
            ({"from": "1 kg", "to": "9 kg"}, ".step: 'step' is missing"),
            (
                {"from": "1 kg", "to": "9 kg", "step": "1 kg", "stp": 1},
                ".stp: unknown field 'stp' (did you mean 'step'?)",
            ),
            (
                {"from": "1 kg", "to": "9 stone", "step": "1 kg"},
                ".to: expected a number with its unit, such as '68 kg' or '150 lb' (got '9 stone')",
            ),
        ],
    )
    def test_loads_are_judged_by_the_branch_that_was_meant(self, value: Any, text: str) -> None:
        places = {"home": {"loads": {"dumbbell": value}}}
        assert data_fault(places=places) == f"places.home.loads.dumbbell{text}"

    def test_an_alias_in_a_union_stands_where_it_is_written(self) -> None:
        dumbbell = "dumbbell:\n        from: 5\n        to: 9 kg\n        step: 1 kg"
        loads = f"\n    loads:\n      bar: 5 kg\n      {dumbbell}"
        fault = fault_of(changed(" {equipment: mat}", loads))
        assert told(fault)[:3] == (11, 15, "places.home.loads.dumbbell.from")

    @pytest.mark.parametrize("version", [2, 0, "1", None, True, [1]])
    def test_another_schema_version_is_all_that_is_told(self, version: Any) -> None:
        text = data_fault(schema_version=version, nonsense=1)
        assert text.startswith("schema_version: this legengine reads schema version 1, not ")

    def test_the_schema_version_has_a_place(self) -> None:
        fault = fault_of("# new\nschema_version: 2\nnonsense: 1\n")
        assert told(fault)[:3] == (2, 17, "schema_version")

    def test_one_place_needs_no_name_and_every_entry_without_one_is_told(self) -> None:
        entry = json.loads(JSON)["availability"][0]
        with pytest.raises(InputError) as caught:
            profile_from_data(data(places={"a": {}, "b": {}}, availability=[entry, entry]))
        assert [str(fault) for fault in caught.value.problems] == [
            "availability[0]: must say at which place: a, b",
            "availability[1]: must say at which place: a, b",
        ]

    def test_thousands_of_problems_are_cut_with_a_word(self) -> None:
        found = faults("".join(f"k{i}: 1\n" for i in range(5000)))
        # Three sections and the cause are missing as well.
        assert len(found) == 101
        assert found[-1].message == "and 4904 more problems"
        assert [fault.line for fault in found[:-1]] == sorted(f.line or 0 for f in found[:-1])

    def test_a_long_text_makes_no_long_message(self) -> None:
        entry = {"days": "x" * 100_000, "start": "18:00", "minutes": 45}
        assert len(data_fault(availability=[entry])) < 400

    def test_endless_data_ends(self) -> None:
        loop: list[Any] = []
        loop.append(loop)
        assert "levels" in data_fault(rules={"r": {"x": loop}})

    def test_other_mappings_are_taken(self) -> None:
        from types import MappingProxyType

        assert isinstance(profile_from_data(MappingProxyType(data())), Profile)


class TestFaultAt:
    def test_points_into_the_document(self) -> None:
        text = YAML + "pain:\n  kne: {worst: 1}\nwishes:\n  always: [sqat]\n"
        document = parse_document(text, kind="yaml", source="p.yaml")
        assert told(fault_at(document, ("pain", "kne"), "unknown", "hint", key=True)) == (
            13,
            3,
            "pain.kne",
            "unknown",
            "hint",
        )
        assert told(fault_at(document, ("wishes", "always", 0), "unknown")) == (
            15,
            12,
            "wishes.always[0]",
            "unknown",
            "",
        )

    def test_a_word_without_a_list_is_found_too(self) -> None:
        document = parse_document("wishes:\n  always: squat\n", kind="yaml", source="")
        fault = fault_at(document, ("wishes", "always", 0), "unknown")
        assert (fault.line, fault.column) == (2, 3)


WORDS = r"""
    a person age availability places loads dumbbell off schema_version from days
    : - { } [ ] , " ' # | > &a *a !!str << --- ... ? % @ ` \ = [[ ]] . \" '''
    1 1e999 .nan 0x1 2026-02-30 18:00 kg null ~ é true inf NaN \ud800 \u0000
"""
SPACES = [": ", "- ", ", ", "? ", " ", "\n", "\n  ", "\n    ", "\t", "\r", "\0", "\ufeff", "\u2028"]
PIECES = st.sampled_from([*WORDS.split(), *SPACES, '"""'])


def problems_of(read: Callable[[], object]) -> Sequence[Fault]:
    """Return the problems; nothing but an ``InputError`` with problems may come out."""
    try:
        read()
    except InputError as error:
        return error.problems or pytest.fail("an error without a problem")
    return ()


def check(folder: Path, raw: bytes) -> None:
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    for suffix in ("yaml", "json", "toml"):
        path = folder / f"profile.{suffix}"
        path.write_bytes(raw)
        for fault in problems_of(partial(read_profile, path)):
            assert fault.line is None or 1 <= fault.line <= lines


class TestNothingButInputErrors:
    relaxed = settings(
        deadline=None,
        max_examples=300,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )

    @relaxed
    @given(raw=st.binary(max_size=200))
    def test_bytes(self, tmp_path: Path, raw: bytes) -> None:
        check(tmp_path, raw)

    @relaxed
    @given(text=st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
    def test_text_of_pieces(self, tmp_path: Path, text: str) -> None:
        check(tmp_path, text.encode("utf-8", "surrogatepass"))

    @relaxed
    @given(
        start=st.sampled_from(sorted(TEXTS.values())),
        at=st.floats(0, 1),
        length=st.integers(0, 12),
        piece=PIECES,
    )
    def test_good_profiles_with_a_piece_replaced(
        self, tmp_path: Path, start: str, at: float, length: int, piece: str
    ) -> None:
        cut = int(at * len(start))
        check(tmp_path, (start[:cut] + piece + start[cut + length :]).encode())

    @relaxed
    @given(
        field=st.sampled_from(sorted(Profile.model_fields)),
        value=st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["from", "to", "days", "place", "loads", "dumbbell", "name", "x"]
                    ),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=8,
        ),
    )
    def test_any_value_in_any_field(self, field: str, value: Any) -> None:
        for fault in problems_of(lambda: profile_from_data(data(**{field: value}))):
            for jargon in ("Input should", "Value error", "valid dictionary", "function-"):
                assert jargon not in str(fault)


def test_importing_the_reader_loads_no_parser() -> None:
    code = "import sys, legengine.intake.reader; assert not {'yaml', 'tomllib'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
