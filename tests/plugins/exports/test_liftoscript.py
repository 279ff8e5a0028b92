"""Liftoscript, read by a strict reader of its documentation, and by a parser of the app's grammar.

The grammar belongs to the app (AGPL), so it isn't here: who has it gives its path and a directory
in which ``npm install @lezer/generator`` was run, and the second reader runs too::

    LEGENGINE_LIFTOSCRIPT_GRAMMAR=.../plannerExercise.grammar LEGENGINE_LEZER=.../dir pytest ...
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from legengine.domain.program import Prescription, Program, Session
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.language import ENGLISH, speaking
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.liftoscript import LiftoscriptFormat, LiftoscriptOptions, name_of

GRAMMAR = os.environ.get("LEGENGINE_LIFTOSCRIPT_GRAMMAR", "")
LEZER = os.environ.get("LEGENGINE_LEZER", "")

SET = re.compile(r"(\d+)x(\d+)")
REST = re.compile(r"(\d+)s")
TIMED = re.compile(r"(\d+)s\|(\d+)s")
WEIGHT = re.compile(r"(\d+(?:\.\d+)?)(kg|lb)")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
RPE = re.compile(r"@(\d+(?:\.\d+)?)")
LABEL = re.compile(r"\(([^()/{}\[\]#\s]{1,8})\)")


@dataclass
class Group:
    sets: int
    reps: int
    seconds: int | None = None
    rest: int | None = None
    weight: tuple[float, str] | None = None
    percent: float | None = None
    rpe: float | None = None
    label: str = ""


@dataclass
class Line:
    name: str
    groups: list[Group]
    warmup: bool
    about: list[str]


@dataclass
class Day:
    title: str
    about: list[str]
    lines: list[Line] = field(default_factory=list)


@dataclass
class Week:
    title: str
    days: list[Day] = field(default_factory=list)


def read(text: str) -> list[Week]:
    """As the documentation has it; anything else is an error."""
    weeks: list[Week] = []
    about: list[str] = []
    for line in text.split("\n"):
        if not line or line.startswith("///"):
            continue
        if line.startswith("//"):
            about.append(line.removeprefix("//").strip())
            continue
        if line.startswith("## "):
            weeks[-1].days.append(Day(line[3:], about))
        elif line.startswith("# "):
            weeks.append(Week(line[2:]))
        else:
            weeks[-1].days[-1].lines.append(exercise(line, about))
        about = []
    return weeks


def exercise(line: str, about: list[str]) -> Line:
    name, sets, *sections = line.split(" / ")
    assert name
    assert not set(name) & set("/{}()[]|!#:,\\")
    assert not name.startswith(("...", " "))
    assert sections in ([], ["warmup: none"])
    return Line(name, [group(part) for part in sets.split(", ")], not sections, about)


def group(text: str) -> Group:
    first, *parts = text.split(" ")
    match = SET.fullmatch(first)
    assert match, text
    made = Group(int(match[1]), int(match[2]))
    for part in parts:
        if match := TIMED.fullmatch(part):
            made.seconds, made.rest = int(match[1]), int(match[2])
        elif match := REST.fullmatch(part):
            made.rest = int(match[1])
        elif match := WEIGHT.fullmatch(part):
            made.weight = (float(match[1]), match[2])
        elif match := PERCENT.fullmatch(part):
            made.percent = float(match[1])
        elif match := RPE.fullmatch(part):
            made.rpe = float(match[1])
            assert made.rpe <= 10
        elif match := LABEL.fullmatch(part):
            made.label = match[1]
        else:
            raise AssertionError(f"{part!r} in {text!r}")
    return made


def written(program: Program, week: int | None = None, unit: Any = "kg", **own: Any) -> str:
    options = RenderOptions(own=LiftoscriptOptions(**own), week=week)
    with speaking(ENGLISH, unit):
        return LiftoscriptFormat().program(program, options)


def sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


# --- doses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("timed", [True, False], ids=["timed", "counted"])
def test_the_doses_read_back_equal_the_programs(program: Program, timed: bool) -> None:
    weeks = read(written(program, timed_sets=timed))
    assert len(weeks) == sum(len(phase.weeks) for phase in program.phases)
    days = [day for week in weeks for day in week.days if day.title != "No session"]
    assert len(days) == len(sessions(program))
    for day, session in zip(days, sessions(program), strict=True):
        assert f"{session.start:%H:%M}" in day.title
        assert session.place in day.about
        assert len(day.lines) == len(session.prescriptions)
        for line, item in zip(day.lines, session.prescriptions, strict=True):
            assert line.name == name_of(item.name)
            assert line.warmup == bool(item.warmup_sets)
            same_dose(line, item, timed)


def same_dose(line: Line, item: Prescription, timed: bool) -> None:
    doses: list[tuple[str, int, int | None, int | None, float | None]]
    if item.sides:
        doses = [(d.side, d.sets, d.reps, d.hold_s, d.load_kg) for d in item.sides]
        if len({dose[1:] for dose in doses}) == 1:
            assert any("each side" in text for text in line.about)
            doses = doses[:1]
        else:
            assert [group.label for group in line.groups] == [dose[0] for dose in doses]
    else:
        doses = [("", item.sets, item.reps, item.hold_s, item.load_kg)]
        if item.laterality == "each" and item.dose_kind != "duration":
            assert any("each side" in text for text in line.about)
    assert len(line.groups) == len(doses)
    for group_, (_, sets, reps, hold_s, load_kg) in zip(line.groups, doses, strict=True):
        if item.dose_kind == "duration":
            assert item.minutes
            counted = group_.seconds == item.minutes * 60 if timed else group_.reps == item.minutes
            assert counted
            assert group_.sets == 1
        elif item.dose_kind == "hold":
            assert (group_.seconds if timed else group_.reps) == hold_s
            assert group_.sets == sets
        else:
            assert (group_.sets, group_.reps) == (sets, reps or item.metres)
        if item.dose_kind != "duration":
            assert (group_.rest or 0) == item.rest_s
        if load_kg is not None:
            assert group_.weight == (pytest.approx(load_kg, abs=0.005), "kg")
        elif item.percent_1rm is not None:
            assert group_.percent == pytest.approx(item.percent_1rm, abs=0.005)
        elif item.load_text:
            assert group_.weight is None
            assert group_.rpe is None
            assert any(item.load_text in text for text in line.about)
        else:
            assert group_.weight == (0, "kg")
        if item.rir and group_.rpe is not None:
            assert group_.rpe == 10 - sum(item.rir) / 2


def test_seconds_in_place_of_repetitions_say_what_they_are() -> None:
    labels = {
        group.label
        for week in read(written(handmade_program(), timed_sets=False))
        for day in week.days
        for line in day.lines
        for group in line.groups
    }
    assert {"seconds", "minutes", "metres"} <= labels


def test_loads_come_in_pounds_where_that_is_the_unit() -> None:
    weights = {
        group.weight
        for week in read(written(handmade_program(), unit="lb"))
        for day in week.days
        for line in day.lines
        for group in line.groups
    }
    assert (27.01, "lb") in weights
    assert (0, "lb") in weights
    assert not any(weight and weight[1] == "kg" for weight in weights)


# --- the app's own grammar -----------------------------------------------------------------

PARSE = """
import { buildParser } from "@lezer/generator";
import { readFileSync } from "node:fs";
const parser = buildParser(readFileSync(process.argv[2], "utf-8"), { warn: () => {} });
const text = readFileSync(0, "utf-8");
const errors = [], counts = {};
parser.parse(text).iterate({ enter: (node) => {
  if (node.type.isError) errors.push(text.slice(Math.max(0, node.from - 60), node.to + 30));
  counts[node.name] = (counts[node.name] || 0) + 1;
}});
console.log(JSON.stringify({ errors, counts }));
"""


@pytest.mark.skipif(not (GRAMMAR and LEZER), reason="the app's grammar isn't given")
def test_a_parser_of_the_apps_grammar_finds_no_error(
    program: Program, hostile_program: Program
) -> None:
    import json

    script = Path(LEZER) / "parse-liftoscript.mjs"
    script.write_text(PARSE, "utf-8")
    timed = "|" in Path(GRAMMAR).read_text("utf-8").split("Timer {")[1].split("}")[0]
    for one in (program, hostile_program):
        text = written(one, timed_sets=timed)
        found = subprocess.run(
            ["node", str(script), GRAMMAR], input=text, text=True, capture_output=True, check=True,
            cwd=LEZER,
        )  # fmt: skip
        told = json.loads(found.stdout)
        assert told["errors"] == []
        lines = [line for week in read(text) for day in week.days for line in day.lines]
        assert told["counts"]["ExerciseExpression"] == len(lines)
        assert told["counts"]["ExerciseSet"] == sum(len(line.groups) for line in lines)


# --- names and texts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Calf raise, bodyweight, two legs", "Calf raise - bodyweight - two legs"),
        ("Chair squat (slow sit-to-stand, no hands)", "Chair squat - slow sit-to-stand - no hands"),
        ("main: Squat", "main - Squat"),
        ("// not a comment", "not a comment"),
        ("...Squat[1:2]", "Squat - 1 - 2"),
        ("# Week {~ x ~}!", "Week - ~ x ~"),
        ("a \\ b | c", "a - b - c"),
        ("///", ""),
    ],
)
def test_names_hold_no_sign_of_the_language(text: str, name: str) -> None:
    assert name_of(text) == name


def test_exercises_never_share_a_name_and_keep_theirs() -> None:
    program = handmade_program()
    phase = program.phases[0]
    week = phase.weeks[0]
    session = week.sessions[0]
    items = tuple(
        item.model_copy(update={"name": "Squat /" if number % 2 else "squat"})
        for number, item in enumerate(session.prescriptions)
    )
    session = session.model_copy(update={"prescriptions": items})
    weeks = (week.model_copy(update={"sessions": (session, session)}),)
    made = program.model_copy(update={"phases": (phase.model_copy(update={"weeks": weeks}),)})
    first, second = read(written(made))[0].days
    names = [line.name for line in first.lines]
    assert len({name.lower() for name in names}) == len(names)
    assert [line.name for line in second.lines] == names


def test_hostile_texts_stay_in_their_lines(hostile_program: Program) -> None:
    text = written(hostile_program)
    weeks = read(text)
    assert sum(len(week.days) for week in weeks) == len(sessions(hostile_program))
    assert not any(sign in text for sign in "\x00\x07\x1b\u202e\r")


def test_no_description_of_an_earlier_week_goes_on() -> None:
    """An exercise without one would take over the last."""
    for week in read(written(sample_program("endurance"))):
        for day in week.days:
            assert day.about
            assert all(line.about for line in day.lines)


def test_one_week_alone_and_a_week_that_is_not_there() -> None:
    (week,) = read(written(handmade_program(), week=2))
    assert week.title == "Week 2"
    with pytest.raises(InputError, match="no week 9"):
        written(handmade_program(), week=9)


def test_a_referral_is_refused_and_says_how_to_get_it() -> None:
    with pytest.raises(InputError, match="-f terminal"):
        LiftoscriptFormat().referral(handmade_referral(), RenderOptions())
