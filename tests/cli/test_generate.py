from __future__ import annotations

import datetime as dt
import json
import os
import stat

import pytest

from legengine.cli.dates import next_monday
from legengine.domain.findings import Conflict, ConflictMember, Label
from legengine.errors import (
    Fault,
    InputError,
    InternalError,
    LimitError,
    NoScheduleError,
    PluginError,
    ReferralError,
)

from .conftest import REFERRAL


def test_without_options_a_summary_is_printed(legengine, profile, script) -> None:
    ran = legengine("generate", profile)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "terminal of legs width 80 week None\n"


def test_the_width_follows_the_environment(legengine, profile, script, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    assert "width 44" in legengine("generate", profile, "--week", 3).out
    assert "width 80" not in legengine("generate", profile).out


def test_formats_can_be_named(legengine, profile, script) -> None:
    ran = legengine("generate", profile, "-f", "markdown", "-f", "terminal")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["markdown", "terminal"]
    ran = legengine("generate", profile, "--json")
    assert json.loads(ran.out)["document"] == "program"


def test_an_unknown_format_is_told_before_solving(legengine, profile, script) -> None:
    ran = legengine("generate", profile, "-f", "markdwn")
    assert ran.code == 2
    assert "--format: there is no format 'markdwn' (did you mean 'markdown'?)" in ran.err
    assert not script.calls


def test_files_follow_their_suffix(legengine, profile, script, tmp_path) -> None:
    a, b = tmp_path / "a.json", tmp_path / "b.md"
    ran = legengine("generate", profile, "-o", a, "-o", b)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"wrote {a}\nwrote {b}\n"
    assert json.loads(a.read_text())["title"] == "legs"
    assert b.read_text().startswith("markdown of legs width 80")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.md", "profile.yaml"]


def test_a_new_file_gets_the_usual_permissions(legengine, profile, script, tmp_path) -> None:
    mask = os.umask(0o027)
    try:
        legengine("generate", profile, "-o", tmp_path / "a.json")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o640


def test_a_format_may_be_given_for_files(legengine, profile, script, tmp_path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    assert legengine("generate", profile, "-f", "markdown", "-o", a, "-o", b).code == 0
    assert a.read_text() == b.read_text()
    ran = legengine(
        "generate", profile, "-f", "markdown", "-f", "json", "-o", "-", "-o", "-", "-o", "-"
    )
    assert ran.code == 2
    assert "2 formats for 3 files" in ran.err
    c, d = tmp_path / "c.txt", tmp_path / "d.txt"
    legengine("generate", profile, "-f", "json", "-f", "markdown", "-o", c, "-o", d)
    assert c.read_text().startswith("{")
    assert d.read_text().startswith("markdown")


def test_a_dash_is_standard_output(legengine, profile, script, tmp_path) -> None:
    ran = legengine("generate", profile, "-o", "-", "-o", tmp_path / "x.json")
    assert ran.out.startswith("terminal of legs")
    assert (tmp_path / "x.json").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.docx", "no format has this suffix (known: .both, .json, .md, .pdf, .tar.md; or give"),
        ("x.both", "several formats have this suffix (say which with -f: one, other)"),
        (".json", "no format has this suffix"),
        ("no/x.json", "its directory doesn't exist"),
        ("", "is a directory"),
        ("profile.yaml", "is what is read"),
    ],
)
def test_a_place_that_cannot_be(name, message, legengine, profile, script, tmp_path) -> None:
    ran = legengine("generate", profile, "--force", "-o", tmp_path / name)
    assert ran.code == 2
    assert message in ran.err
    assert not script.calls


def test_a_file_is_not_overwritten_unasked(legengine, profile, script, tmp_path) -> None:
    file = tmp_path / "a.json"
    file.write_text("mine")
    ran = legengine("generate", profile, "-o", file)
    assert ran.code == 2
    assert f"{file}: exists already (--force replaces it)" in ran.err
    assert file.read_text() == "mine"
    assert not script.calls
    assert legengine("generate", profile, "-o", file, "--force").code == 0
    assert json.loads(file.read_text())


def test_a_link_is_followed_and_kept(legengine, profile, script, tmp_path) -> None:
    file, link = tmp_path / "a.json", tmp_path / "link.json"
    file.write_text("mine")
    link.symlink_to(file)
    assert legengine("generate", profile, "-o", link, "--force").code == 0
    assert link.is_symlink()
    assert json.loads(file.read_text())


def test_one_file_twice(legengine, profile, script, tmp_path) -> None:
    file = tmp_path / "a.json"
    assert "is given twice" in legengine("generate", profile, "-o", file, "-o", file).err


def test_a_format_that_fails_stops_no_other(legengine, profile, script, tmp_path) -> None:
    script.title = "unprintable"
    a, b = tmp_path / "a.json", tmp_path / "b.md"
    ran = legengine("generate", profile, "-o", a, "-o", b)
    assert (ran.code, ran.out) == (5, "")
    failure = "format 'markdown' of plugin 'Formats' given by the caller failed in rendering: "
    assert ran.err == (
        f"wrote {a}\nlegengine: {failure}RuntimeError: no ink (mend it, or leave it out)\n"
        f"not written: {b}\nwritten: {a}\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "profile.yaml"]
    ran = legengine("generate", profile, "-o", a, "-o", b, "-o", "-", "--force", "--json", "-q")
    data = json.loads(ran.err)
    assert (ran.code, data["error"], data["plugin"]) == (5, "plugin-failed", "Formats")
    assert (data["failed"], data["written"]) == ([str(b)], [str(a)])
    assert json.loads(ran.out)["title"] == "unprintable"
    ran = legengine("generate", profile, "-f", "markdown", "-f", "json")
    assert json.loads(ran.out)["title"] == "unprintable"
    assert (ran.code, "not written: standard output" in ran.err) == (5, True)


def test_a_format_that_fails_halfway_leaves_no_file(legengine, profile, script, tmp_path) -> None:
    script.title = "half a letter"
    b = tmp_path / "b.md"
    b.write_text("mine")
    ran = legengine("generate", profile, "-o", b, "--force")
    assert ran.code == 5
    assert "format 'markdown'" in ran.err
    assert "UnicodeEncodeError" in ran.err
    assert b.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.md", "profile.yaml"]


def test_a_format_that_fails_hides_no_referral(legengine, profile, script) -> None:
    script.failure = ReferralError(REFERRAL)
    ran = legengine("generate", profile, "-f", "one")
    assert ran.code == 4
    assert "no program: urgent" in ran.out
    assert "warning: format 'one'" in ran.err


def test_nothing_is_written_if_the_disk_is_full(
    legengine, profile, script, tmp_path, monkeypatch
) -> None:
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = legengine("generate", profile, "-o", tmp_path / "a.json", "-o", tmp_path / "b.md")
    assert ran.code == 2
    assert "b.md: can't be written: No space left on device" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["profile.yaml"]


def test_binary_output_goes_to_files(legengine, profile, script, tmp_path) -> None:
    assert legengine("generate", profile, "-o", tmp_path / "a.pdf").code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"pdf of legs")


def test_the_dates_are_given_to_the_engine(legengine, profile, script) -> None:
    legengine("generate", profile, "--today", "2026-11-25")
    (call,) = script.calls
    assert call["today"] == dt.date(2026, 11, 25)
    assert call["start"] == dt.date(2026, 11, 30)
    assert call["profile"].start is None
    legengine("generate", profile, "--start", "2026-12-02")
    assert script.calls[1]["start"] == script.calls[1]["profile"].start == dt.date(2026, 12, 2)
    profile.write_text(profile.read_text() + "start: 2027-01-05\n")
    legengine("generate", profile)
    assert script.calls[2]["start"] == dt.date(2027, 1, 5)
    assert abs(script.calls[2]["today"] - dt.date.today()) <= dt.timedelta(days=1)  # noqa: DTZ011
    ran = legengine("generate", profile, "--start", "tomorrow")
    assert ran.code == 2
    assert "'tomorrow' is not a date such as 2026-11-30" in ran.err


@pytest.mark.parametrize("day", range(1, 15))
def test_the_next_monday_is_never_today(day: int) -> None:
    today = dt.date(2026, 11, day)
    monday = next_monday(today)
    assert monday.weekday() == 0
    assert 1 <= (monday - today).days <= 7


def test_limits_are_passed_on_only_where_they_are_given(legengine, profile, script) -> None:
    legengine("generate", profile)
    legengine("generate", profile, "--widen", "--preset", "fast", "--wall-limit", "2.5")
    assert script.calls[0]["options"] == {"on_cancel": "best"}
    asked = {"widen": True, "preset": "fast", "wall_limit_s": 2.5, "on_cancel": "best"}
    assert script.calls[1]["options"] == asked


def test_global_options_reach_the_engine(legengine, profile, script) -> None:
    plain = {"plugins": (), "autoload": True, "disable": (), "strict": False}
    legengine("generate", profile)
    legengine("--plugin", "a", "--plugin", "b", "--disable", "c", "generate", profile)
    legengine("--no-autoload", "--strict-plugins", "generate", profile)
    assert script.made == [
        plain,
        plain | {"plugins": ("a", "b"), "disable": ("c",)},
        plain | {"autoload": False, "strict": True},
    ]


def test_a_referral_is_printed_and_nothing_is_written(legengine, profile, script, tmp_path) -> None:
    script.failure = ReferralError(REFERRAL)
    file = tmp_path / "a.json"
    ran = legengine("generate", profile, "-o", file)
    assert ran.code == 4
    assert ran.out == "terminal referral urgent\n"
    assert "was not written: there is no program" in ran.err
    assert not file.exists()
    assert legengine("generate", profile, "-f", "markdown").out == "markdown referral urgent\n"
    ran = legengine("generate", profile, "--json")
    assert (ran.out, ran.code) == ("json referral urgent\n", 4)


def test_a_conflict_is_told(legengine, profile, script) -> None:
    label = Label.of("rest_interval", group="calves")
    members = (ConflictMember(label, "calves rest 48 hours"),)
    script.failure = NoScheduleError(Conflict("foundation", members, True, True))
    ran = legengine("generate", profile)
    assert (ran.code, ran.out) == (3, "")
    assert "What collides (each of them is needed):\n  - calves rest 48 hours\n" in ran.err
    data = json.loads(legengine("generate", profile, "--json").err)
    assert data["error"] == "no-schedule"
    assert data["conflict"]["members"][0]["about"] == {"group": "calves"}
    assert data["explanation"]["conflict"]["members"][0]["sentence"] == "calves rest 48 hours"


@pytest.mark.parametrize(
    ("failure", "code", "message"),
    [
        (LimitError("ran out"), 6, "legengine: ran out\n"),
        (PluginError("plugin 'x' broke"), 5, "legengine: plugin 'x' broke\n"),
        (InternalError("contradiction"), 1, "internal error: contradiction\nThis is a bug"),
        (ZeroDivisionError("oh"), 1, "internal error: ZeroDivisionError: oh\nThis is a bug"),
        (RecursionError(), 1, "internal error: RecursionError\n"),
    ],
)
def test_every_failure_is_one_message(failure, code, message, legengine, profile, script) -> None:
    script.failure = failure
    ran = legengine("generate", profile)
    assert ran.code == code
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""
    data = json.loads(legengine("generate", profile, "--json").err)
    assert data["exit_code"] == code
    assert "Traceback" in legengine("--debug", "generate", profile).err


def test_problems_of_the_engine_point_into_the_profile(legengine, profile, script) -> None:
    script.failure = InputError(
        [Fault("unknown equipment 'chair'", "places.home.equipment[0]"), Fault("x", "nowhere")]
    )
    ran = legengine("generate", profile)
    assert f"{profile}:3:29: places.home.equipment[0]: unknown equipment 'chair'" in ran.err
    assert f"{profile}: nowhere: x" in ran.err
    assert "2 problems" in ran.err


def test_a_bad_profile_is_told_with_its_line(legengine, profile, script) -> None:
    profile.write_text(profile.read_text().replace("age: 40", "age: old"))
    ran = legengine("generate", profile)
    assert ran.code == 2
    assert f"legengine: {profile}:1:" in ran.err
    assert not script.made
    data = json.loads(legengine("generate", profile, "--json").err)
    assert data["problems"][0]["field"] == "person.age"
    assert data["problems"][0]["line"] == 1
