"""Every number of a program has a row, the row holds it, and its sources are cited."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine.advise.events import dropped_day
from legengine.advise.numbers import PARTS
from legengine.domain.numbers import Numbers, Trace
from legengine.domain.program import Program
from legengine.engine import Engine
from legengine.errors import InputError
from legengine.intake.reader import read_profile

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").iterdir())
PROTOCOLS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (ROOT / "plugins/legengine_protocols/data").glob("*.json")
}
TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)

each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


@cache
def made(path: Path) -> Program:
    return Engine().generate(read_profile(path).profile, today=TODAY, start=START)


@cache
def traced(path: Path) -> Numbers:
    return Engine().numbers(made(path))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number of a document, with its place; a plain reading of its own."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from leaves(each, f"{path}[{index}]")
    elif type(value) in (int, float):
        yield path, value


@each_example
def test_every_number_of_the_document_has_a_trace(path: Path) -> None:
    found = traced(path)
    assert found.unknown == ()
    document = dict(leaves(made(path).model_dump(mode="json")))
    numbers = {trace.path: trace.value for trace in found.traces if trace.value != str(trace.value)}
    missing = sorted(document.keys() - numbers.keys())
    assert missing == []
    assert {at: numbers[at] for at in document} == document


@each_example
def test_every_trace_names_a_row_and_sources_that_are_cited(path: Path) -> None:
    found = traced(path)
    for trace in found.traces:
        assert trace.origin.row, trace.path
        assert trace.origin.sources, trace.path
        for key in trace.origin.sources:
            assert found.sources.get(key), (trace.path, key)


@each_example
def test_every_number_lies_within_the_row_that_it_names(path: Path) -> None:
    outside = [trace for trace in traced(path).traces if not trace.within]
    assert outside == []


# --- the row is the row of the file ----------------------------------------------------------

DOSES = re.compile(r"^([a-z-]+) / (\w+) / doses / (\w+)( \(.*\))?$")
VOLUMES = re.compile(r"^([a-z-]+) / (\w+) / volume / (\w+)( \(.*\))?$")
IN_FILE = {
    "sets": "sets", "reps": "reps", "reps_range": "reps", "hold_s": "hold_s", "metres": "metres",
    "minutes": "minutes", "rest_s": "rest_s", "rir": "rir", "rpe": "rpe", "tempo": "tempo",
}  # fmt: skip


def tables(protocol: str, phase: str, part: str) -> list[dict[str, Any]]:
    found = next(each for each in PROTOCOLS[protocol]["phases"] if each["id"] == phase)
    rows: list[dict[str, Any]] = found[part]
    return rows


def told(when: dict[str, Any]) -> str:
    """Whom a table of the file is for, as the name of a row says it."""
    words = [f"goal {goal}" for goal in when.get("goals", [])] + when.get("experience", [])
    words += [f"from {when['age_min']} years"] if "age_min" in when else []
    words += [name.replace("_", " ") for name in when.get("conditions", [])]
    return f" ({', '.join(words)})" if words else ""


@each_example
def test_a_dose_is_found_in_the_file_under_the_name_of_its_row(path: Path) -> None:
    checked = set()
    for trace in traced(path).traces:
        named = DOSES.match(trace.origin.row)
        if named is None:
            continue
        protocol, phase, role, whom = named.groups()
        (table,) = (
            each
            for each in tables(protocol, phase, "doses")
            if told(each.get("when", {})) == (whom or "")
        )
        row = table["roles"][role]
        assert set(row["sources"]) <= set(trace.origin.sources), trace.path
        field = trace.path.rsplit(".", 1)[1].partition("[")[0]
        span = row[IN_FILE[field]]
        if trace.field == "tempo":
            assert trace.value == span
        elif not (field == "sets" and role == "endurance"):
            assert not isinstance(trace.value, str)
            assert span[0] <= trace.value <= span[1], trace
            assert (trace.origin.low, trace.origin.high) == tuple(span), trace
        checked.add(field)
    assert checked >= {"sets", "reps", "rest_s", "hold_s"}


@each_example
def test_a_volume_is_found_in_the_file_under_the_name_of_its_row(path: Path) -> None:
    checked = set()
    for trace in traced(path).traces:
        named = VOLUMES.match(trace.origin.row)
        if named is None or trace.field == "sets":
            continue
        protocol, phase, group, whom = named.groups()
        (table,) = (
            each
            for each in tables(protocol, phase, "volume")
            if told(each.get("when", {})) == (whom or "")
        )
        row = next(each for each in table["rows"] if group in each["groups"])
        expected = row[trace.field]
        assert trace.value in (expected if trace.field == "aim" else [expected]), trace
        assert set(row["sources"]) == set(trace.origin.sources)
        checked.add(trace.field)
    assert checked == {"floor", "aim", "cap"}


# --- single numbers --------------------------------------------------------------------------


def by_field(name: str, field: str, keep: Callable[[Trace], bool] = lambda _: True) -> list[Trace]:
    path = next(path for path in EXAMPLES if path.stem == name)
    return [trace for trace in traced(path).traces if trace.field == field and keep(trace)]


def test_a_load_names_its_policy_and_a_percent_the_tested_maximum() -> None:
    (load, *_) = by_field("gym-strength-block", "load_kg", lambda t: t.exercise == "barbell_squat")
    assert load.origin.row.startswith("policy / ")
    assert "of a maximum of 110 kg" in load.origin.because
    (percent, *_) = by_field("gym-strength-block", "percent_1rm")
    assert percent.origin.row.startswith("profile / assessments.one_rep_max_kg.")
    assert {"profile", "K22"} <= set(percent.origin.sources)


def test_an_ankle_weight_names_its_policy() -> None:
    loads = by_field("steady-at-home", "load_kg")
    assert {load.origin.row for load in loads} == {"policy / ankle_weight_otago"}
    assert all("m:OTAGOb" in load.origin.sources for load in loads)
    assert all(0.5 <= float(load.value) <= 4 for load in loads)


def test_what_a_condition_limits_names_the_condition() -> None:
    """Controlled hypertension: holds of 15 s at most, effort of 7 at most."""
    reserves = by_field("older-adult-at-home", "rir", lambda t: 4 < t.week < 11)
    assert reserves
    for trace in reserves:
        words = trace.origin.row + trace.origin.because
        assert "condition / hypertension_controlled" in words, trace


def test_a_lighter_week_names_the_deload() -> None:
    lighter = by_field("gym-strength-block", "rir", lambda trace: trace.week == 7)
    assert {trace.origin.row for trace in lighter} == {"gym-strength-block / deload"}
    assert all("DELO" in trace.origin.sources for trace in lighter)
    aims = by_field("gym-strength-block", "aim", lambda t: t.week == 7 and t.about == "quadriceps")
    assert aims[0].origin.row == "gym-strength-block / deload"


def test_minutes_of_a_slot_are_the_profiles() -> None:
    rows = {trace.origin.row for trace in by_field("gym-two-places", "slot_minutes")}
    assert rows == {"profile / availability[0].minutes", "profile / availability[1].minutes"}


def test_guidance_has_the_sources_of_its_block() -> None:
    lines = by_field("beginner-at-home", "lines")
    assert lines
    assert all(trace.origin.row.startswith("guidance / ") for trace in lines)


# --- asking ----------------------------------------------------------------------------------


def test_a_session_and_an_exercise_can_be_asked_about() -> None:
    path = next(path for path in EXAMPLES if path.stem == "steady-at-home")
    engine, program = Engine(), made(path)
    day = program.phases[0].weeks[0].sessions[0].start.date()
    of_session = engine.numbers(program, session=day)
    assert {trace.session for trace in of_session.traces} == {day}
    assert {trace.field for trace in of_session.traces if not trace.exercise} == {
        "slot_minutes",
        "seconds",
    }
    curls = engine.numbers(program, exercise="standing_leg_curl")
    assert {trace.exercise for trace in curls.traces} == {"standing_leg_curl"}
    for phase in {trace.phase for trace in curls.traces}:
        assert len({trace.session for trace in curls.traces if trace.phase == phase}) == 1
    with pytest.raises(InputError, match="no session on 2026-12-01"):
        engine.numbers(program, session=dt.date(2026, 12, 1))
    with pytest.raises(InputError, match="'standing_leg_curl'"):
        engine.numbers(program, exercise="standing_leg_cur")


def test_a_program_that_breaks_rules_is_not_explained() -> None:
    path = EXAMPLES[0]
    data = made(path).model_dump(mode="json", by_alias=True)
    data["phases"][0]["weeks"][0]["sessions"][0]["prescriptions"][0]["seconds"] += 1
    with pytest.raises(InputError, match="breaks a rule"):
        Engine().numbers(Program.model_validate(data))


def test_a_number_that_no_table_knows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {key: known for key, known in PARTS[0].fields.items() if key != "rest_s"}
    monkeypatch.setattr(
        "legengine.advise.numbers.PARTS",
        (type(PARTS[0])(PARTS[0].pattern, fields), *PARTS[1:]),
    )
    found = Engine().numbers(made(EXAMPLES[0]))
    assert "phases[0].weeks[0].sessions[0].prescriptions[0].rest_s" in found.unknown
    assert all(at.endswith(".rest_s") for at in found.unknown)


def test_a_revised_program_is_followed_era_by_era(
    engine: Engine, program: Program, happen: Callable[..., Any]
) -> None:
    revised = happen(program, "2026-12-09", lambda now: dropped_day(now, "wednesday")).program
    assert revised.revisions
    found = engine.numbers(revised)
    assert found.unknown == ()
    assert [trace for trace in found.traces if not trace.within] == []


def test_parts_and_fields_are_there() -> None:
    """No table has a field that the document has not: a renamed one would be left behind."""
    schema = Program.model_json_schema()
    names = {name for part in schema["$defs"].values() for name in part.get("properties", {})}
    names |= set(schema["properties"])
    for part in PARTS:
        assert not part.fields.keys() - names, part.pattern
