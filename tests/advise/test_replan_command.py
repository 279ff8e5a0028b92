"""``legengine replan`` as it is called."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from legengine.cli.app import run
from legengine.domain.program import Program

from .conftest import sessions_of

FROM = ("--from", "2026-12-16", "--today", "2026-12-16", "-q")


@pytest.fixture(scope="module")
def file(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("programs") / "program.json"
    path.write_text(program.model_dump_json(by_alias=True))
    return path


@pytest.fixture
def replan(file: Path, capsys: pytest.CaptureFixture[str]):
    def call(*args: object, program: object = None) -> tuple[int, str, str]:
        code = run(["replan", str(program or file), *map(str, args)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_the_diff_is_printed_and_the_program_written(replan, tmp_path) -> None:
    new = tmp_path / "new.json"
    code, out, err = replan(*FROM, "--refuse", "goblet_squat", "-o", new)

    assert (code, err) == (0, "")
    assert out.startswith("From Wed 2026-12-16:\n  - you don't want goblet_squat any more\n")
    assert "  - Goblet squat, 2 sets: you never want goblet_squat" in out
    assert "(proven least)" in out
    assert run(["check", str(new)]) == 0


def test_json_tells_the_same(replan, program) -> None:
    code, out, _ = replan(*FROM, "--off", "2027-01-11", "--json")
    told = json.loads(out)

    assert code == 0
    assert (told["from"], told["proven"], told["untouched"]) == (
        "2026-12-16",
        True,
        len(sessions_of(program)) - 1,
    )
    assert told["changes"] == ["Mon 2027-01-11 is off"]
    assert told["sessions"] == [
        {
            "kind": "removed",
            "before": "2027-01-11T18:30",
            "after": None,
            "reason": "Mon 2027-01-11 is off",
            "frame": [],
            "exercises": [],
        }
    ]


def test_a_format_prints_the_new_program(replan) -> None:
    code, out, _ = replan(*FROM, "--off", "2027-01-11", "-f", "json")

    assert code == 0
    assert json.loads(out)["revisions"][0]["changes"] == ["Mon 2027-01-11 is off"]


def test_every_flag_is_understood(replan, program) -> None:
    stays = sessions_of(program)[dt.date(2027, 2, 19)].prescriptions[-1].exercise
    code, out, err = replan(
        *FROM,
        *("--missed", "2026-12-14", "--move", "2026-12-18=2026-12-19T09:30"),
        *("--off", "2027-01-11..2027-01-12", "--place", "2027-01-18=home"),
        *("--minutes", "2027-01-22=25", "--without", "leg_press_machine@gym"),
        *("--pain", "knee=2", "--condition", "knee_oa", "--restrict", "impact_high"),
        *("--refuse", "goblet_squat", "--pin", f"2027-02-19:{stays}"),
    )

    assert (code, err) == (0, ""), err
    assert "proven least" in out


def test_a_weekday_can_be_dropped(replan) -> None:
    code, out, _ = replan(*FROM, "--drop-day", "Fri")

    assert code == 0
    assert "  - you don't train on Fridays any more\n" in out
    assert "Fri 2026-12-18" in out


def test_a_whole_profile_can_be_given(replan, program, tmp_path) -> None:
    data = program.profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["wishes"]["never"] = ["goblet_squat"]
    changed = tmp_path / "profile.json"
    changed.write_text(json.dumps(data))
    code, out, _ = replan(*FROM, "--profile", changed)

    assert code == 0
    assert "Goblet squat, 2 sets: you never want goblet_squat" in out


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "a missed day without a session": (("--missed", "2026-12-15"), "no session on Tue 2026-12-15"),
    "a missed day that is not over": (("--missed", "2026-12-18"), "is not over yet"),
    "a move of nothing": (("--move", "2026-12-17=2026-12-19"), "no session on Thu 2026-12-17"),
    "a move onto a session": (
        ("--move", "2026-12-18=2027-01-11"),
        "there is a session on Mon 2027-01-11 already",
    ),
    "a move into the past": (("--move", "2026-12-18=2026-12-12"), "Sat 2026-12-12 is over"),
    "a move without a target": (("--move", "2026-12-18"), "needs a '='"),
    "a move to an hour that isn't": (("--move", "2026-12-18=2026-12-19T9h"), "is not a time"),
    "a day off that is none": (("--off", "2026-12-20"), "you don't train on Sun 2026-12-20 anyway"),
    "a day off that is over": (("--off", "2026-12-11"), "is over"),
    "a span that runs backwards": (("--off", "2027-01-12..2027-01-11"), "is before"),
    "a date that is none": (("--off", "tomorrow"), "is not a date"),
    "an unknown weekday": (("--drop-day", "firday"), "did you mean 'friday'?"),
    "a weekday without training": (("--drop-day", "sunday"), "you don't train on sunday anyway"),
    "an unknown place": (("--place", "2027-01-11=gim"), "did you mean 'gym'?"),
    "an unknown item": (("--without", "leg_pres_machine"), "did you mean 'leg_press_machine'"),
    "an unknown region": (("--pain", "kne=2"), "did you mean 'knee'?"),
    "a score that is none": (("--pain", "knee=11"), "a score from 0 to 10"),
    "an unknown condition": (("--condition", "knee_ao"), "unknown condition 'knee_ao'"),
    "an unknown tag": (("--restrict", "deep_kne"), "did you mean 'deep_knee'?"),
    "an unknown exercise": (("--refuse", "goblet_sqat"), "did you mean 'goblet_squat'"),
    "no minutes": (("--minutes", "2027-01-11=0"), "from 5 to 240"),
    "a pin of nothing": (("--pin", "2027-01-12"), "no session on Tue 2027-01-12"),
    "a pin of what isn't there": (("--pin", "2027-01-11:goblet_sqat"), "is not in the session"),
    "a pin on a day that is off": (
        ("--off", "2027-01-11", "--pin", "2027-01-11"),
        "you don't train on Mon 2027-01-11 anyway",
    ),
    "minutes on a day that is off": (
        ("--off", "2027-01-11", "--minutes", "2027-01-11=30"),
        "you don't train on Mon 2027-01-11 anyway",
    ),
    "a day outside the program": (("--from", "2027-03-01"), "is outside the program"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_can_t_be_meant_is_one_clear_error(replan, tmp_path, case: str) -> None:
    flags, message = WRONG[case]
    new = tmp_path / "new.json"
    code, out, err = replan(*FROM, *flags, "-o", new)

    assert (code, out) == (2, ""), (out, err)
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_pin_of_what_is_refused_is_one_clear_error(replan, program) -> None:
    exercise = sessions_of(program)[dt.date(2027, 1, 11)].prescriptions[3].exercise
    pin = f"2027-01-11:{exercise}"
    code, _, err = replan(*FROM, "--refuse", exercise, "--pin", pin)

    assert code == 2
    assert f"'{exercise}' is pinned, and never wanted" in err


def test_a_pin_of_what_a_rule_closes_names_the_rule(replan, program) -> None:
    days = [date for date in sessions_of(program) if date > dt.date(2027, 1, 1)]
    date, exercise = next(
        (date.isoformat(), entry.exercise)
        for date in days
        for entry in sessions_of(program)[date].prescriptions
        if "leg_press_machine" in entry.equipment
    )
    code, _, err = replan(*FROM, "--without", "leg_press_machine", "--pin", f"{date}:{exercise}")

    assert code == 2
    assert f"'{exercise}' is pinned on {date}, and " in err
    assert "needs leg_press_machine, which gym does not have" in err


def test_a_program_that_breaks_rules_is_refused(replan, program, tmp_path) -> None:
    data = json.loads(program.model_dump_json(by_alias=True))
    data["phases"][0]["weeks"][0]["sessions"][0]["prescriptions"][0]["sets"] = 9
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(data))
    code, _, err = replan(*FROM, "--off", "2027-01-11", program=broken)

    assert code == 2
    assert "the program breaks rules: " in err
    assert "legengine check" in err


def test_another_schema_version_is_refused(replan, program, tmp_path) -> None:
    other = tmp_path / "other.json"
    other.write_text(program.model_dump_json().replace('"schema_version":1', '"schema_version":2'))
    code, _, err = replan(*FROM, program=other)

    assert code == 2
    assert "schema version" in err


def test_another_persons_profile_is_refused(replan, program, tmp_path) -> None:
    data = program.profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["person"]["age"] = 46
    data["start"] = "2026-12-07"
    other = tmp_path / "profile.json"
    other.write_text(json.dumps(data))
    code, _, err = replan(*FROM, "--profile", other)

    assert code == 2
    assert "the profile doesn't belong to the program: person, start differ" in err


def test_a_change_that_asks_for_other_phases_is_refused(replan, program, tmp_path) -> None:
    data = program.profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["assessments"] = {**data["assessments"], "foundation_exit": "not_passed"}
    other = tmp_path / "profile.json"
    other.write_text(json.dumps(data))
    code, _, err = replan(*FROM, "--profile", other)

    assert code == 2
    assert "asks for other phases" in err
    assert "legengine generate" in err


def test_a_referral_takes_the_place_of_a_program(replan, tmp_path) -> None:
    new = tmp_path / "new.json"
    code, out, _ = replan(*FROM, "--pain", "knee=8", "-o", new)

    assert code == 4
    assert "No program" in out
    assert not new.exists()


def test_a_program_is_not_overwritten(replan, file) -> None:
    code, _, err = replan(*FROM, "--off", "2027-01-11", "-o", file, "--force")

    assert code == 2
    assert "would be overwritten" in err


def test_before_it_begins_a_program_changes_from_its_first_day(
    replan, file, program, capsys, tmp_path
) -> None:
    early = (program.start - dt.timedelta(days=3)).isoformat()
    sessions = list(sessions_of(program).values())
    off = sessions[1].start.date()
    new = tmp_path / "new.json"
    code, out, _ = replan("--today", early, "-q", "--off", off, "-o", new)
    assert code == 0
    assert out.startswith(f"From {program.start:%a %Y-%m-%d}:\n")
    assert run(["check", str(new)]) == 0
    known = sessions[0].prescriptions[0].exercise
    assert run(["swap", str(file), "--today", early, "--exercise", known]) == 0
