from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from legengine.documents.reading import parse_document
from legengine.domain.findings import CheckReport, Violation
from legengine.intake.reader import profile_from_document

from .conftest import PROFILE, REFERRAL, make_program


@pytest.fixture
def program(tmp_path: Path) -> Path:
    profile = profile_from_document(parse_document(PROFILE, kind="yaml", source=""))
    file = tmp_path / "program.json"
    file.write_text(make_program(profile).model_dump_json(indent=1))
    return file


def test_a_sound_program(legengine, program, script) -> None:
    ran = legengine("check", program)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "every rule holds (2 rules, 4 facts looked at)\n  rest  3\n  time  1\n"
    data = json.loads(legengine("check", program, "--json").out)
    assert data == {"ok": True, "checked": {"rest": 3, "time": 1}, "violations": []}


def test_a_program_that_breaks_a_rule(legengine, program, script) -> None:
    broken = Violation("rest", "2026-11-30T18:00 calves", "48 h", "24 h")
    script.report = CheckReport((broken,), {"rest": 3})
    ran = legengine("check", program)
    assert ran.code == 2
    assert "1 violation (1 rule, 3 facts looked at)" in ran.out
    assert "rest: 2026-11-30T18:00 calves: required 48 h, found 24 h" in ran.out
    ran = legengine("check", program, "--json")
    assert ran.code == 2
    assert json.loads(ran.out)["violations"][0]["found"] == "24 h"


def test_standard_input(legengine, program, script, monkeypatch) -> None:
    stream = SimpleNamespace(buffer=io.BytesIO(program.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert legengine("check", "-").code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("{", "1:1: not valid JSON: EOF while parsing an object (a program is a JSON file"),
        ('{"title": NaN}', "not valid JSON"),
        ("[1]", "expected a program: a mapping"),
        (json.dumps(REFERRAL.as_data()), "this is a referral, not a program"),
        ('{"person": {}, "availability": []}', "this is a profile, not a program"),
        ('{"document": "recipe"}', "this document says that it is 'recipe'"),
        ('{"document": "program", "schema_version": 2}', "reads schema version 1, not 2"),
        ("person:\n  age: 3\n", "1:1: not valid JSON"),
        ("[" * 5000, "not valid JSON"),
    ],
)
def test_what_is_no_program(text, message, legengine, tmp_path, script) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    ran = legengine("check", file)
    assert ran.code == 2
    assert message in ran.err
    assert str(file) in ran.err
    assert not script.made


def test_a_wrong_field_is_told_with_its_line(legengine, program, script) -> None:
    data = json.loads(program.read_text())
    data["profile"]["availability"][0]["minutes"] = 1
    data["weeks"] = "many"
    data['extra, "quoted": {'] = [{"a": [1, {}]}]
    del data["title"]
    program.write_text(json.dumps(data, indent=1))
    lines = program.read_text().splitlines()
    ran = legengine("check", program)
    assert ran.code == 2
    for words, start in {
        "title: is missing": "{",
        "weeks: Input should be a valid integer": ' "weeks"',
        "profile.availability[0].minutes: Input should be greater": '    "minutes"',
        "unknown field": ' "extra',
    }.items():
        (line,) = [line for line in ran.err.splitlines() if words in line]
        number = int(line.split(":")[1])
        assert lines[number - 1].startswith(start), line


def test_what_is_no_file(legengine, tmp_path, script) -> None:
    assert "no such file" in legengine("check", tmp_path / "x.json").err
    assert "is a directory" in legengine("check", tmp_path).err
    assert "is not a regular file" in legengine("check", "/dev/null").err
    file = tmp_path / "x.json"
    file.write_bytes(b'{"document": "\xff"}')
    assert legengine("check", file).code == 2
