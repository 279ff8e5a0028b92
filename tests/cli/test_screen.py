"""``legengine screen``: what was found, with the real rules and formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PROFILES = Path(__file__).parents[1] / "profiles"
TODAY = ("--today", "2026-11-23")


@pytest.mark.parametrize(
    ("name", "code", "head"),
    [
        ("t01", 0, "Training may begin"),
        ("t03", 0, "Training may begin, with limits"),
        ("t05", 0, "Training may begin, with limits"),
        ("t07", 4, "EMERGENCY: get help now"),
    ],
)
def test_the_outcome_and_its_exit_code(legengine, name: str, code: int, head: str) -> None:
    ran = legengine("screen", PROFILES / f"{name}.yaml", *TODAY)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.splitlines()[1] == head


def test_every_rule_that_fired_is_told_with_its_sources(legengine) -> None:
    ran = legengine("screen", PROFILES / "t07.yaml", *TODAY)
    for rule in ("Rule R01 [S13, S139, m:NICE127]", "Rule R02 [CES]", "Rule R41 [S4]"):
        assert rule in ran.out
    assert ran.out.index("R01") < ran.out.index("R41") < ran.out.index("What was answered")
    assert "Go to an emergency department now" in ran.out
    assert "PAR-Q+ page 1 (eparmedx.com): not answered" in ran.out


def test_json_holds_the_whole_finding(legengine) -> None:
    ran = legengine("screen", PROFILES / "t07.yaml", *TODAY, "--json")
    assert ran.code == 4
    told = json.loads(ran.out)
    assert (told["document"], told["severity"]) == ("referral", "emergency")
    assert [item["rule"] for item in told["findings"]] == ["R01", "R02", "R41"]
    for item in told["findings"]:
        assert item["noticed"]
        assert item["why"]
        assert item["action"]
        assert item["sources"]
    assert {"field": "cause", "question": "Cause of the weakness", "said": "unknown"} in told[
        "answers"
    ]
    ran = legengine("screen", PROFILES / "t01.yaml", *TODAY, "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["document"], told["severity"]) == (0, "screening", "plan")


def test_conditions_that_hold_are_named(legengine, tmp_path: Path) -> None:
    file = tmp_path / "older.yaml"
    file.write_text((PROFILES / "t01.yaml").read_text().replace("age: 34", "age: 70"))
    ran = legengine("screen", file, *TODAY)
    assert ran.code == 0
    assert "What holds because of this" in ran.out
    assert "balance impairment" in ran.out
    told = json.loads(legengine("screen", file, *TODAY, "--json").out)
    assert told["conditions"] == ["balance_impairment"]


@pytest.mark.parametrize("name", ["t01", "t07"])
def test_files_are_written_whatever_the_outcome(legengine, tmp_path: Path, name: str) -> None:
    places = [tmp_path / f"found{suffix}" for suffix in (".json", ".md", ".txt")]
    asked = [word for place in places for word in ("-o", place)]
    ran = legengine("screen", PROFILES / f"{name}.yaml", *TODAY, *asked)
    assert ran.code == (4 if name == "t07" else 0)
    assert ran.out == ""
    assert ran.err == "".join(f"wrote {place}\n" for place in places)
    assert json.loads(places[0].read_text())["screened_on"] == "2026-11-23"
    assert places[1].read_text().startswith("# ")
    assert "Screened on 2026-11-23." in places[2].read_text()
    again = legengine("screen", PROFILES / f"{name}.yaml", *TODAY, "-o", places[0])
    assert again.code == 2
    assert "exists already" in again.err


def test_generate_refuses_with_the_same_document(legengine) -> None:
    for how in ([], ["-f", "markdown"], ["--json"]):
        screened = legengine("screen", PROFILES / "t07.yaml", *TODAY, *how)
        refused = legengine("generate", PROFILES / "t07.yaml", *TODAY, *how)
        assert (refused.code, refused.out) == (screened.code, screened.out)


def test_a_contradiction_is_told_with_its_line(legengine, tmp_path: Path) -> None:
    file = tmp_path / "me.yaml"
    text = (PROFILES / "t05.yaml").read_text()
    file.write_text(text.replace("worst: 4", "worst: 0"))
    for command in ("screen", "generate", "explain"):
        ran = legengine(command, file, *TODAY)
        assert ran.code == 2
        assert f"{file}:13:" in ran.err
        assert "pain.knee.during.stairs: pain of 3 is more than the worst" in ran.err


def test_an_unknown_format_is_told(legengine) -> None:
    ran = legengine("screen", PROFILES / "t01.yaml", "-f", "markdwn")
    assert ran.code == 2
    assert "did you mean 'markdown'?" in ran.err
