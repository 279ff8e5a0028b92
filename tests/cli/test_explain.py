"""``legengine explain`` over a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from legengine.cli.app import run
from tests.cli.conftest import Legengine

EXAMPLE = Path(__file__).parents[2] / "examples" / "beginner-at-home.yaml"
SHORT = EXAMPLE.read_text(encoding="utf-8") + "weeks: 4\n"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    profile, out = folder / "profile.yaml", folder / "program.json"
    profile.write_text(SHORT, encoding="utf-8")
    dates = ["--today", "2026-11-23", "--start", "2026-11-30"]
    assert run(["generate", str(profile), *dates, "-q", "-o", str(out)]) == 0
    return out


def test_without_a_question_it_tells_the_limits_and_how_to_ask(
    legengine: Legengine, program: Path
) -> None:
    ran = legengine("explain", program)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "Phase 1: Foundation (weeks 1-4)"
    assert "  - sessions in a week: 3, the least allowed" in lines
    assert lines[-3].endswith(f"legengine explain {program} --session 2026-11-30")


def test_the_limits_as_json_are_those_of_the_program(legengine: Legengine, program: Path) -> None:
    data = json.loads(legengine("explain", program, "--json").out)
    written = json.loads(program.read_text(encoding="utf-8"))
    assert data["document"] == "limits"
    assert [each["binds"] for each in data["phases"]] == [
        phase["binds"] for phase in written["phases"]
    ]


def test_a_session_is_explained(legengine: Legengine, program: Path) -> None:
    ran = legengine("explain", program, "--session", "2026-11-30")
    assert ran.code == 0
    assert ran.out.startswith("Mon 30 Nov 18:00, home: phase 1, Foundation\n")
    assert "[wall_sit]: " in ran.out
    assert "With every Monday free" in ran.out


def test_an_exercise_of_a_session_is_explained(legengine: Legengine, program: Path) -> None:
    asked = ("explain", program, "--session", "2026-11-30", "--exercise", "calf_raise_bw")
    text = legengine(*asked).out
    for heading in ("Needed for", "Uses up", "Without it", "In its place", "Would break a rule"):
        assert f"\n{heading}" in text
    needed = "calves in a week: 3 sets, at least 3 sets; without it 2 sets (weeks 1-4)"
    assert f"  - {needed}\n" in text
    (item,) = json.loads(legengine(*asked, "--json").out)["items"]
    assert item["exercise"] == "calf_raise_bw"
    assert any(margin["slack"] == 0 for margin in item["margins"])
    assert [each["keeps_rules"] for each in item["alternatives"]].count(True) >= 1


def test_an_exercise_that_is_not_there_is_explained(legengine: Legengine, program: Path) -> None:
    text = legengine("explain", program, "--exercise", "goblet_squat").out
    assert "[goblet_squat] is not in phase 1, Foundation\nClosed\n  - at home: " in text
    text = legengine("explain", program, "--exercise", "chair_squat").out
    assert "Open, " in text


def test_what_a_little_more_would_bring(legengine: Legengine, program: Path) -> None:
    ran = legengine("explain", program, "--gains")
    assert ran.code == 0
    assert ran.out.startswith("What a little more would bring (12 changes tried)\n")
    assert "  - 40 min in place of 30 (Monday, Wednesday, Friday): " in ran.out


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("--session", "2026-12-01"), "there is no session on Tue 1 Dec"),
        (("--session", "soon"), "is not a date such as"),
        (("--exercise", "chair_squatt"), "did you mean 'chair_squat"),
        (("--gains", "--exercise", "chair_squat"), "--gains is a question of its own"),
    ],
)
def test_what_can_not_be_answered_is_one_error(
    legengine: Legengine, program: Path, asked: tuple[str, ...], message: str
) -> None:
    ran = legengine("explain", program, *asked)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_program_that_breaks_rules_is_one_error(
    legengine: Legengine, program: Path, tmp_path: Path
) -> None:
    data = json.loads(program.read_text(encoding="utf-8"))
    data["phases"][0]["weeks"][0]["sessions"] = []
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(data), encoding="utf-8")
    ran = legengine("explain", broken)
    assert (ran.code, ran.out) == (2, "")
    assert "the program breaks rules in" in ran.err
    assert "'legengine check' tells all" in ran.err


def test_other_files_are_told_what_is_expected(legengine: Legengine, tmp_path: Path) -> None:
    for name, content in (("no.json", None), ("empty.json", ""), ("text.json", "{")):
        file = tmp_path / name
        if content is not None:
            file.write_text(content, encoding="utf-8")
        ran = legengine("explain", file)
        assert ran.code == 2
        assert str(file) in ran.err


# --- numbers -------------------------------------------------------------------------------


def test_numbers_of_a_session_name_their_rows_and_sources(
    legengine: Legengine, program: Path
) -> None:
    ran = legengine("explain", program, "--numbers", "--session", "2026-11-30")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "Session on Mon 30 Nov\n  - profile / availability[0].minutes [profile]: minutes given 30\n"
    )
    row = "leg-restoration / foundation / doses / isolation [S37, S38, S39, D]: sets "
    assert f"\n{first_isolation(program)}, Mon 30 Nov\n  - {row}" in ran.out
    told, sources = ran.out.split("\nSources\n")
    keys = {key for line in told.splitlines() for key in _keys(line)}
    assert keys == {line.removeprefix("  - ").split(": ")[0] for line in sources.splitlines()}


def first_isolation(program: Path) -> str:
    written = json.loads(program.read_text(encoding="utf-8"))
    session = written["phases"][0]["weeks"][0]["sessions"][0]
    return next(
        str(entry["exercise"])
        for entry in session["prescriptions"]
        if (entry["block"], entry["dose_kind"]) == ("isolation", "repetitions")
    )


def _keys(line: str) -> list[str]:
    inside = line.partition(" [")[2].partition("]")[0]
    return inside.split(", ") if inside else []


def test_numbers_of_the_whole_program_tell_the_frame(legengine: Legengine, program: Path) -> None:
    out = legengine("explain", program, "--numbers").out
    assert out.startswith("Phase 1\n")
    assert "volume / quadriceps [S26, PELL, D]: sets at least 3; sets to aim at 3-8" in out
    assert "\nAdvice\n" in out
    assert f"\n{first_isolation(program)}, " not in out


def test_numbers_as_json_have_every_place(legengine: Legengine, program: Path) -> None:
    data = json.loads(legengine("explain", program, "--numbers", "--json").out)
    assert (data["document"], data["unknown"]) == ("numbers", [])
    written = json.loads(program.read_text(encoding="utf-8"))
    first = written["phases"][0]["weeks"][0]["sessions"][0]["prescriptions"][0]
    (rest,) = (
        trace
        for trace in data["traces"]
        if trace["path"] == "phases[0].weeks[0].sessions[0].prescriptions[0].rest_s"
    )
    assert rest["value"] == first["rest_s"]
    assert rest["low"] <= rest["value"] <= rest["high"]
    assert set(rest["sources"]) <= set(data["sources"])


def test_numbers_are_a_question_about_a_program(legengine: Legengine, program: Path) -> None:
    assert legengine("explain", EXAMPLE, "--numbers").code == 2
    assert legengine("explain", program, "--numbers", "--gains").code == 2
    name = first_isolation(program)
    ran = legengine("explain", program, "--numbers", "--exercise", name[:-1])
    assert ran.code == 2
    assert f"did you mean '{name}'" in ran.err


def test_numbers_of_a_program_that_goes_on_are_followed_too(
    legengine: Legengine, tmp_path: Path
) -> None:
    first, then, results = (tmp_path / name for name in ("1.json", "2.json", "results.yaml"))
    home = EXAMPLE.with_name("steady-at-home.yaml")
    dates = ("--today", "2026-11-23", "--start", "2026-11-30")
    assert legengine("generate", home, *dates, "-q", "-o", first).code == 0
    results.write_text(
        "date: 2026-12-27\nphase: holding_on\ntests: {tandem_stance_s: 10}\nred_flags: none\n",
        encoding="utf-8",
    )
    asked = ("--results", results, "--today", "2026-12-27", "-o", then)
    assert legengine("advance", first, *asked).code == 0
    data = json.loads(legengine("explain", then, "--numbers", "--json").out)
    assert data["unknown"] == []
    before = [each for each in data["traces"] if each["path"].startswith("before.")]
    assert before
    assert all(each["row"].startswith("program before / ") for each in before)
    assert {key for each in data["traces"] for key in each["sources"]} == set(data["sources"])
