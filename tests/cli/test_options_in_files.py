"""What a file says wrong of a plugin's options is told with its line, whatever the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Legengine, Module
from .sources import NEEDING, OPTIONS, PROFILE

WHEN = ("--today", "2026-11-23")

WRONG = """\
protocol: leg-restoratio
progression:
  name: linear
  options: {weeks_max: soon}
rules:
  apart:
    mots: 3
    mode: sot
    pairs:
      - {first: a, gap_days: 9}
      - {gap_days: 1}
  apard: {}
formats:
  papr: {}
  paper: {heading: [1]}
"""

TOLD = [
    "8:11: protocol: there is no protocol 'leg-restoratio' (did you mean 'leg-restoration'?)",
    "11:24: progression.options.weeks_max: expected a whole number, got 'soon'",
    "14:5: rules.apart.mots: unknown option 'mots' (did you mean 'most'?)",
    "15:11: rules.apart.mode: expected 'soft' or 'hard', got 'sot' (did you mean 'soft'?)",
    "17:30: rules.apart.pairs[0].gap_days: must be at most 7, got 9",
    "18:9: rules.apart.pairs[1].first: 'first' is missing (the id of an exercise)",
    "19:3: rules.apard: there is no constraint 'apard' (did you mean 'apart'?)",
    "21:3: formats.papr: there is no format 'papr' (did you mean 'paper'?)",
    "22:20: formats.paper.heading: expected text, got a list",
]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.yaml"
    file.write_text(PROFILE + WRONG)
    return file


@pytest.fixture
def program(legengine: Legengine, tmp_path: Path, module: Module) -> Path:
    profile, file = tmp_path / "right.yaml", tmp_path / "program.json"
    profile.write_text(PROFILE + "rules: {apart: {most: 2}}\nformats: {paper: {heading: mine}}\n")
    plugin = module(OPTIONS)
    assert legengine("--plugin", plugin, "generate", profile, *WHEN, "-o", file).code == 0
    return file


@pytest.mark.parametrize("command", ["generate", "explain", "screen"])
def test_every_fault_of_every_plugin_at_once(
    command: str, legengine: Legengine, wrong: Path, module: Module
) -> None:
    ran = legengine("--plugin", module(OPTIONS), command, wrong, *WHEN)
    assert (ran.code, ran.out) == (2, "")
    head, *lines = ran.err.splitlines()
    assert head == f"legengine: {len(TOLD)} problems:"
    assert lines == [f"{wrong}:{line}" for line in TOLD]


def test_a_changed_profile_of_a_replan(
    legengine: Legengine, wrong: Path, program: Path, module: Module
) -> None:
    args = ("replan", program, "--profile", wrong, "--from", "2026-12-02", *WHEN)
    ran = legengine("--plugin", module(OPTIONS), *args)
    assert ran.code == 2
    assert ran.err.splitlines()[1:] == [f"{wrong}:{line}" for line in TOLD]
    wrong.write_text(PROFILE)
    args = ("replan", program, "--profile", wrong, "--from", "2030-12-02", *WHEN)
    ran = legengine("--plugin", module(OPTIONS), *args)
    assert (ran.code, str(wrong) in ran.err) == (2, False)  # the file isn't what is wrong


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("explain",),
        ("explain", "--exercise", "bridge", "--session", "2026-11-30"),
        ("replan", "--off", "2026-12-04", *WHEN),
        ("swap", "--exercise", "bridge", *WHEN),
    ],
    ids=" ".join,
)
def test_the_profile_in_a_program(
    command: tuple[str, ...], legengine: Legengine, program: Path, module: Module
) -> None:
    text = program.read_text().replace('"most": 2', '"mots": 2')
    program.write_text(text)
    line = next(n for n, line in enumerate(text.splitlines(), 1) if '"mots": 2' in line)
    name, *more = command
    ran = legengine("--plugin", module(OPTIONS), name, program, *more)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"legengine: {program}:{line}:")
    assert "profile.rules.apart.mots: unknown option 'mots' (did you mean 'most'?)" in ran.err
    ran = legengine(name, program, *more)
    assert "profile.formats.paper: there is no format 'paper'" in ran.err
    assert "profile.rules.apart: there is no constraint 'apart'" in ran.err


def test_an_advance_looks_at_the_profile_of_the_program(
    legengine: Legengine, program: Path, tmp_path: Path, module: Module
) -> None:
    results = tmp_path / "results.yaml"
    results.write_text(legengine("advance", program, "--template", "--today", "2026-12-12").out)
    program.write_text(program.read_text().replace('"most": 2', '"mots": 2'))
    args = ("advance", program, "--results", results, "--today", "2026-12-12")
    ran = legengine("--plugin", module(OPTIONS), *args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"legengine: {program}:")
    assert ": profile.rules.apart.mots: unknown option 'mots'" in ran.err


def test_what_an_event_says_wrong_is_not_looked_for_in_the_program(
    legengine: Legengine, program: Path, module: Module
) -> None:
    args = ("replan", program, "--refuse", "brigde", "--from", "2026-12-02", *WHEN)
    ran = legengine("--plugin", module(OPTIONS), *args)
    assert (ran.code, str(program) in ran.err) == (2, False)
    assert "unknown exercise or pattern 'brigde'" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("x.toml", '[rules.apart]\nmost = "many"\n', ":8:"),
        ("x.toml", "[rules.apart]\nmots = 1\n", ":8:1:"),
        ("x.toml", 'rules = { apart = { most = "many" } }\n', ":7:"),
    ],
)
def test_toml(name, text, place, legengine: Legengine, tmp_path: Path, module: Module) -> None:
    head = (
        'cause = "disuse"\nweeks = 2\nperson = { age = 34, sex = "female" }\n'
        'screening = { red_flags = "none", parq_page1 = "all_no" }\n'
        'places = { home = { equipment = ["home_basics"] } }\n'
        'availability = [{ days = ["mon", "fri"], start = "18:00", minutes = 30 }]\n'
    )
    file = tmp_path / name
    file.write_text(head + text)
    ran = legengine("--plugin", module(OPTIONS), "generate", file, *WHEN)
    assert ran.code == 2
    assert f"{file}{place}" in ran.err


def test_json(legengine: Legengine, tmp_path: Path, module: Module) -> None:
    data = {
        "person": {"age": 34, "sex": "female"},
        "cause": "disuse",
        "screening": {"rules": {"dizzy": {"pairs": [{"first": 3}]}}},
        "places": {"home": {"equipment": ["home_basics"]}},
        "availability": [{"days": ["mon"], "start": "18:00", "minutes": 30}],
    }
    file = tmp_path / "x.json"
    file.write_text(json.dumps(data, indent=1))
    plugin = module(OPTIONS)
    ran = legengine("--plugin", plugin, "generate", file, *WHEN, "--json")
    (problem,) = json.loads(ran.err)["problems"]
    assert problem == {
        "message": "expected text, got 3",
        "field": "screening.rules.dizzy.pairs[0].first",
        "line": 12,
        "column": 16,
        "hint": "put it in quotes",
    }


def test_a_rule_that_needs_an_option_says_who_asks(
    legengine: Legengine, tmp_path: Path, module: Module
) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(PROFILE)
    plugin = module(NEEDING)
    ran = legengine("--plugin", plugin, "generate", file, *WHEN)
    assert ran.code == 2
    asks = f"constraint of plugin '{plugin}' given by the caller"
    assert f"rules.pool.hours: 'hours' is missing (hours of pool time; {asks})" in ran.err


def test_a_validator_that_fails_names_its_plugin(
    legengine: Legengine, tmp_path: Path, module: Module
) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(PROFILE + "rules: {apart: {odd: x}}\n")
    plugin = module(OPTIONS)
    ran = legengine("--plugin", plugin, "generate", file, *WHEN)
    assert ran.code == 5
    told = f"constraint 'apart' of plugin '{plugin}' given by the caller failed in its options: "
    assert f"{told}TypeError: no such thing" in ran.err


def test_settings_of_a_format_reach_it(
    legengine: Legengine, tmp_path: Path, module: Module, program: Path
) -> None:
    plugin, page = module(OPTIONS), tmp_path / "a.paper"
    profile = tmp_path / "right.yaml"
    for command in (
        ("generate", profile),
        ("replan", program, "--off", "2026-12-04"),
        ("screen", profile),
    ):
        ran = legengine("--plugin", plugin, *command, *WHEN, "-o", page, "--force")
        assert ran.code == 0
        assert page.read_text().startswith("mine: ")
    text = profile.read_text().replace("red_flags: none", "red_flags: {saddle_numbness: yes}")
    profile.write_text(text)
    ran = legengine("--plugin", plugin, "generate", profile, *WHEN, "-f", "paper")
    assert (ran.code, ran.out) == (4, "mine: see a doctor\n")
