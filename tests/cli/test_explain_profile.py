"""``legengine explain PROFILE`` and what ``generate`` says where there is no schedule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from legengine import read_profile
from tests.cli.conftest import Legengine

WEEKEND = """\
# two evenings, as long as the project lasts
person: {age: 34, sex: female, mass: 68 kg}
cause: disuse
history: {weeks_inactive: 40}
screening: {red_flags: none, parq_page1: all_no}
places:
  home: {equipment: [mat, chair, wall, counter]}
availability:
  - days: [sat, sun]      # no other day
    start: "18:00"
    minutes: 30
weeks: 4
"""
DATES = ("--today", "2026-11-24")


@pytest.fixture
def weekend(tmp_path: Path) -> Path:
    path = tmp_path / "weekend.yaml"
    path.write_text(WEEKEND, encoding="utf-8")
    return path


def test_a_person_is_told_why_where_and_what_would_help(
    legengine: Legengine, weekend: Path
) -> None:
    ran = legengine("explain", weekend, *DATES)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "No schedule holds all rules of phase 'foundation'.\n"
        "\n"
        "Because you can train on Saturday 18:00 and Sunday 18:00, at most 2 sessions fit a week; "
        "the phase asks for at least 3.\n"
        "\n"
        "What collides (each of them is needed):\n"
        "  - week 1 asks for at least 3 sessions; you can train on Saturday, Sunday\n"
        f"      {weekend}:8: availability; protocol leg-restoration, foundation: frequency "
        "[S35, S36, D]\n"
        "    [D] design default of this protocol, taken from no source; to be confirmed by a "
        "physiotherapist\n"
        "    [S35] seed inventory row S35: phase 1: 3-4 sessions a week\n"
        "    [S36] seed inventory row S36: phase 1: rest days must be left between hard days\n"
        "\n"
        "What would help, the smallest first; each was tried:\n"
        "  1. at least 2 sessions a week instead of 3\n"
        "  2. allow Tuesday (18:00, 30 minutes)\n"
        "  3. allow Wednesday (18:00, 30 minutes)\n"
        "\n"
        f"To write one of them: legengine explain {weekend} --apply 1 -o changed.yaml\n"
    )


def test_generate_tells_the_same_and_writes_nothing(
    legengine: Legengine, weekend: Path, tmp_path: Path
) -> None:
    out = tmp_path / "program.json"
    ran = legengine("generate", weekend, *DATES, "-o", out)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == legengine("explain", weekend, *DATES).out
    assert not out.exists()


def test_json_holds_all_of_it_with_lines(legengine: Legengine, weekend: Path) -> None:
    data = json.loads(legengine("explain", weekend, *DATES, "--json").out)
    assert data["document"] == "explanation"
    assert data["schedule_exists"] is False
    assert data["conflict"]["minimal"]
    assert data["conflict"]["members"][0]["line"] == 8
    assert [item["kind"] for item in data["relaxations"]] == ["sessions", "days", "days"]
    change = data["relaxations"][1]["changes"][0]
    assert change == {"action": "add", "field": "availability[0].days", "value": "tue"}
    told = json.loads(legengine("generate", weekend, *DATES, "--json").err)
    assert told["error"] == "no-schedule"
    assert told["explanation"] == data


def test_a_change_is_written_and_nothing_else(
    legengine: Legengine, weekend: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.yaml"
    ran = legengine("explain", weekend, *DATES, "--apply", 2, "-o", changed)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"wrote {changed}: allow Tuesday (18:00, 30 minutes)\n"
    assert changed.read_text(encoding="utf-8") == WEEKEND.replace("[sat, sun]", "[sat, sun, tue]")
    assert legengine("generate", changed, *DATES, "-q", "-o", tmp_path / "p.json").code == 0
    assert weekend.read_text(encoding="utf-8") == WEEKEND


def test_an_agreed_minimum_is_written_where_anyone_can_see_it(
    legengine: Legengine, weekend: Path, tmp_path: Path
) -> None:
    written = legengine("explain", weekend, *DATES, "--apply", 1).out
    assert written.startswith(WEEKEND.rstrip("\n"))
    changed = tmp_path / "changed.yaml"
    changed.write_text(written, encoding="utf-8")
    assert read_profile(changed).profile.adjust.sessions == 2
    program = tmp_path / "program.md"
    assert legengine("generate", changed, *DATES, "-q", "-o", program).code == 0
    agreed = "Agreed minimums where the protocol asks for more: 2 sessions a week."
    assert agreed in program.read_text(encoding="utf-8")


def test_where_a_program_exists_it_says_so(
    legengine: Legengine, weekend: Path, tmp_path: Path
) -> None:
    weekend.write_text(WEEKEND.replace("[sat, sun]", "[mon, wed, sat]"), encoding="utf-8")
    ran = legengine("explain", weekend, *DATES)
    assert (ran.code, ran.out) == (0, "a program exists: 'legengine generate' makes it\n")
    ran = legengine("explain", weekend, *DATES, "--apply", 1)
    assert (ran.code, ran.out) == (2, "")
    assert "--apply: a program exists already: there is nothing to change" in ran.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--apply", "9"), "--apply: there is no change 9 (1 to 3)"),
        (("--apply", "0"), "0 is not in the range x>=1"),
        (("-o", "x.yaml"), "--output goes with --apply"),
        (("--session", "2026-11-30"), "--session is about a program, and this file is a profile"),
        (("--gains",), "--gains is about a program, and this file is a profile"),
    ],
)
def test_what_does_not_fit_is_one_clear_error(
    options: tuple[str, ...], message: str, legengine: Legengine, weekend: Path
) -> None:
    ran = legengine("explain", weekend, *DATES, *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_file_that_exists_is_not_replaced(legengine: Legengine, weekend: Path) -> None:
    ran = legengine("explain", weekend, *DATES, "--apply", 1, "-o", weekend)
    assert ran.code == 2
    assert "exists already (--force replaces it)" in ran.err
    assert weekend.read_text(encoding="utf-8") == WEEKEND
    assert legengine("explain", weekend, *DATES, "--apply", 2, "-o", weekend, "--force").code == 0
    assert "tue" in weekend.read_text(encoding="utf-8")


def test_an_adjustment_of_nothing_known_is_an_error(legengine: Legengine, weekend: Path) -> None:
    weekend.write_text(
        WEEKEND + "adjust: {coverage: {hip_dominent: 1}, volume: {calfs: 2}}\n", encoding="utf-8"
    )
    ran = legengine("explain", weekend, *DATES)
    assert ran.code == 2
    assert "13:" in ran.err
    assert "unknown muscle group 'calfs' (did you mean 'calves'?)" in ran.err
    weekend.write_text(WEEKEND + "adjust: {coverage: {hip_dominent: 1}}\n", encoding="utf-8")
    ran = legengine("explain", weekend, *DATES)
    assert "asks for no coverage row 'hip_dominent' (did you mean 'hip_dominant'" in ran.err


def test_screening_comes_first(legengine: Legengine, weekend: Path) -> None:
    text = WEEKEND.replace("{red_flags: none, parq_page1: all_no}", "{}")
    weekend.write_text(text, encoding="utf-8")
    ran = legengine("explain", weekend, *DATES)
    assert ran.code == 4
    assert ran.out == ""
