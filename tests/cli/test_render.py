"""Writing an existing program in other formats, and where outputs go; with the real engine."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from pathlib import Path

import pytest

from legengine.testing.samples import sample_program

from .conftest import Legengine, Module

CARDS = """
from dataclasses import dataclass
from legengine.hooks import Files, NoOptions, hookimpl

@dataclass(frozen=True)
class Cards:
    name: str = "cards"
    summary: str = "a file a session"
    suffixes: tuple = (".cards.zip",)
    options: type = NoOptions
    def program(self, program, options):
        count = sum(len(week.sessions) for phase in program.phases for week in phase.weeks)
        return Files({f"session-{n}.card": f"{program.title} {n}" for n in range(1, count + 1)})
    def referral(self, referral, options):
        return Files({"referral.card": "see someone"})

@dataclass(frozen=True)
class Needy:
    name: str = "needy"
    summary: str = "needs what isn't there"
    suffixes: tuple = (".needy",)
    options: type = NoOptions
    needs: tuple = ("json", "no_such_module_at_all")
    extra: str = "cards-plugin[needy]"
    def program(self, program, options): raise AssertionError("asked although it can't write")
    def referral(self, referral, options): raise AssertionError("asked although it can't write")

@dataclass(frozen=True)
class Escaping(Cards):
    name: str = "escaping"
    suffixes: tuple = (".escaping",)
    def program(self, program, options): return Files({"../outside": "text"})

@dataclass(frozen=True)
class Before(Cards):
    name: str = "before"
    suffixes: tuple = (".before",)
    def program(self, program, options):
        return f"{program.title} after {options.previous and options.previous.title}"

@hookimpl
def legengine_formats():
    return [Cards(), Needy(), Escaping(), Before()]
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    file = tmp_path / "legs.json"
    file.write_text(sample_program("short").model_dump_json(by_alias=True))
    return file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_program_is_written_in_other_formats_and_stays_as_it_is(
    legengine: Legengine, program: Path, tmp_path: Path
) -> None:
    before = program.read_bytes()
    ran = legengine("render", program, "-o", tmp_path / "a.md", "-o", tmp_path / "b.pdf")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"wrote {tmp_path / 'a.md'}\nwrote {tmp_path / 'b.pdf'}\n"
    assert (tmp_path / "a.md").read_text().startswith(f"# {sample_program('short').title}")
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert program.read_bytes() == before
    assert legengine("render", program).out == legengine("render", program, "-f", "terminal").out


def test_it_imports_no_solver(program: Path) -> None:
    import subprocess

    code = (
        "import sys; from legengine.cli.app import run;"
        f"assert run(['render', {str(program)!r}, '-f', 'markdown']) == 0;"
        "assert 'ortools' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def test_formats_go_into_a_directory_under_the_name_of_what_was_read(
    legengine: Legengine, program: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    flags = ("-f", "markdown", "-f", "json", "-o", out)
    assert legengine("render", program, *flags).code == 0
    assert names(out) == ["legs.json", "legs.md"]
    again = legengine("render", program, *flags)
    assert again.code == 2
    assert f"{out / 'legs.md'}: exists already (--force replaces it)" in again.err
    assert f"{out / 'legs.json'}: exists already" in again.err
    assert legengine("render", program, *flags, "--force").code == 0
    ran = legengine("render", program, "-o", out)
    assert (ran.code, "is a directory, and no format is given (say which with -f:" in ran.err) == (
        2,
        True,
    )
    ran = legengine("render", program, *flags[:4], "-o", tmp_path / "new")
    assert (ran.code, f"'{tmp_path / 'new'}' is not a directory" in ran.err) == (2, True)
    # A program that is read must not be replaced by what is written beside it.
    ran = legengine("render", program, "-f", "json", "-o", tmp_path, "--force")
    assert (ran.code, "it would be overwritten" in ran.err) == (2, True)


def test_several_files_go_into_a_folder_or_into_one_archive(
    legengine: Legengine, program: Path, tmp_path: Path, module: Module
) -> None:
    plugin = ("--plugin", module(CARDS))
    out = tmp_path / "out"
    out.mkdir()
    assert legengine(*plugin, "render", program, "-f", "cards", "-o", out).code == 0
    assert names(out) == ["legs-cards"]
    cards = names(out / "legs-cards")
    count = sum(len(w.sessions) for p in sample_program("short").phases for w in p.weeks)
    assert cards == sorted(f"session-{n}.card" for n in range(1, count + 1))

    archive = tmp_path / "a.cards.zip"
    assert legengine(*plugin, "render", program, "-o", archive).code == 0
    first = archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        assert sorted(opened.namelist()) == cards
        assert opened.read("session-2.card") == (out / "legs-cards/session-2.card").read_bytes()
    assert legengine(*plugin, "render", program, "-o", archive, "--force").code == 0
    assert archive.read_bytes() == first

    # A session that is no more must not stay behind; what is somebody else's stays.
    (out / "legs-cards/session-99.card").write_text("old")
    (out / "legs-cards/mine.txt").write_text("mine")
    flags = ("render", program, "-f", "cards", "-o", out)
    assert legengine(*plugin, *flags).code == 2
    assert legengine(*plugin, *flags, "--force").code == 0
    assert names(out / "legs-cards") == sorted([*cards, "mine.txt"])


LISTED = """
from dataclasses import dataclass
from legengine.hooks import Files, NoOptions, hookimpl

@dataclass(frozen=True)
class Listed:
    name: str = "listed"
    summary: str = "a file a session, and a list of them"
    suffixes: tuple = (".listed.zip",)
    options: type = NoOptions
    def program(self, program, options):
        return Files({"read-me.txt": "a list", "w01-s1.card": "a", "w01-s2-part1.card": "b"})
    def referral(self, referral, options):
        return Files({"read-me.txt": "see someone"})

@hookimpl
def legengine_formats():
    return [Listed()]
"""


def test_only_older_files_of_the_same_series_are_taken_from_a_folder(
    legengine: Legengine, program: Path, tmp_path: Path, module: Module
) -> None:
    folder = tmp_path / "legs-listed"
    folder.mkdir()
    others = ["my-ride.card", "notes.txt", "w01-mine.card"]
    for name in [*others, "w02-s1.card", "w01-s2-part2.card", "w01-s2.card"]:
        (folder / name).write_text("old")
    flags = ("render", program, "-f", "listed", "-o", tmp_path, "--force")
    assert legengine("--plugin", module(LISTED), *flags).code == 0
    assert names(folder) == sorted([*others, "read-me.txt", "w01-s1.card", "w01-s2-part1.card"])


def test_one_file_under_two_names_is_given_twice(
    legengine: Legengine, program: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    twice = ("-o", tmp_path / "a.md", "-o", tmp_path / "out" / ".." / "a.md")
    ran = legengine("render", program, *twice)
    assert (ran.code, "a.md: is given twice" in ran.err) == (2, True)
    assert not [name for name in names(tmp_path) if name.endswith((".md", ".tmp"))]


@pytest.mark.parametrize(
    ("place", "told"), [("new/", "is not a directory; make it first"), ("", "a path is missing")]
)
def test_what_can_only_be_a_directory_becomes_no_file(
    legengine: Legengine, program: Path, tmp_path: Path, place: str, told: str
) -> None:
    ran = legengine("render", program, "-f", "json", "-o", f"{tmp_path}/{place}" if place else "")
    assert (ran.code, told in ran.err) == (2, True)
    assert not (tmp_path / "new").exists()


def test_a_full_disk_leaves_no_folder(
    legengine: Legengine,
    program: Path,
    tmp_path: Path,
    module: Module,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = legengine("--plugin", module(CARDS), "render", program, "-f", "cards", "-o", out)
    assert ran.code == 2
    assert f"{out / 'legs-cards'}: can't be written: No space left on device" in ran.err
    assert names(out) == []


def test_a_missing_package_is_told_before_anything_is_solved(
    legengine: Legengine, program: Path, tmp_path: Path, module: Module
) -> None:
    plugin = ("--plugin", module(CARDS))
    profile = tmp_path / "p.yaml"
    profile.write_text("person: {age: 40, sex: female}\n")  # no profile: it isn't even needed
    ran = legengine(*plugin, "render", program, "-f", "needy", "-o", tmp_path / "x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "legengine: --format: the format 'needy' needs no_such_module_at_all, which is not "
        "installed (pip install 'cards-plugin[needy]')\n"
    )
    assert not (tmp_path / "x").exists()
    ran = legengine(*plugin, "render", program, "-o", tmp_path / "x.needy")
    assert f"{tmp_path / 'x.needy'}: the format 'needy' needs" in ran.err
    listed = legengine(*plugin, "formats")
    (line,) = [line for line in listed.out.splitlines() if line.startswith("needy")]
    assert line.split()[1:3] == [".needy", "no"]
    assert "  needy: pip install 'cards-plugin[needy]'" in listed.out
    (row,) = [
        row
        for row in json.loads(legengine(*plugin, "formats", "--json").out)
        if row["name"] == "needy"
    ]
    assert (row["ready"], row["needs"]) == (False, ["json", "no_such_module_at_all"])


def test_a_file_of_a_format_stays_in_its_directory(
    legengine: Legengine, program: Path, tmp_path: Path, module: Module
) -> None:
    plugin = module(CARDS)
    ran = legengine("--plugin", plugin, "render", program, "-f", "escaping", "-o", tmp_path / "x")
    assert ran.code == 5
    assert "'../outside' can't be a file's name" in ran.err
    assert not (tmp_path / "x").exists()
    assert not (tmp_path.parent / "outside").exists()


def test_a_format_knows_the_program_before(
    legengine: Legengine, program: Path, tmp_path: Path, module: Module
) -> None:
    old = tmp_path / "old.json"
    was = sample_program("short").model_copy(update={"title": "what was before"})
    old.write_text(was.model_dump_json(by_alias=True))
    flags = ("--plugin", module(CARDS), "render", program, "-f", "before")
    title = sample_program("short").title
    assert legengine(*flags, "--previous", old).out == f"{title} after what was before\n"
    assert legengine(*flags).out == f"{title} after None\n"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("no such file", "no such file"),
        ("{", "not valid JSON"),
        ('{"document": "referral"}', "this is a referral, not a program"),
        ('{"document": "program"}', "title: is missing"),
    ],
)
def test_what_is_no_program_is_told(
    legengine: Legengine, tmp_path: Path, given: str, message: str
) -> None:
    file = tmp_path / "p.json"
    if given != message:
        file.write_text(given)
    ran = legengine("render", file, "-o", tmp_path / "a.md")
    assert (ran.code, message in ran.err) == (2, True)
    assert not (tmp_path / "a.md").exists()


def test_an_unknown_suffix_is_told(legengine: Legengine, program: Path, tmp_path: Path) -> None:
    ran = legengine("render", program, "-o", tmp_path / "a.doc")
    assert ran.code == 2
    assert f"{tmp_path / 'a.doc'}: no format has this suffix (known: " in ran.err
    ran = legengine("render", program, "-f", "markdwn")
    assert "there is no format 'markdwn' (did you mean 'markdown'?)" in ran.err


def test_a_directory_that_is_missing_or_closed_is_told(
    legengine: Legengine, program: Path, tmp_path: Path
) -> None:
    ran = legengine("render", program, "-o", tmp_path / "no" / "a.md")
    assert (ran.code, "its directory doesn't exist" in ran.err) == (2, True)


# --- language and unit -------------------------------------------------------------------------


def test_an_unknown_language_is_told_before_anything_is_made(
    legengine: Legengine, program: Path, tmp_path: Path
) -> None:
    ran = legengine("render", program, "--language", "deu", "-o", tmp_path / "a.md")
    assert ran.code == 2
    assert ran.err == (
        "legengine: --language: there is no language 'deu'; there are: de, en "
        "(did you mean 'de'?)\n"
    )
    assert not (tmp_path / "a.md").exists()
    profile = tmp_path / "p.yaml"
    profile.write_text(
        "person: {age: 40, sex: female}\ncause: disuse\nlanguage: xx\n"
        "places: {home: {equipment: [chair]}}\n"
        'availability: [{days: [mon], start: "18:00", minutes: 30}]\n'
    )
    ran = legengine("generate", profile, "--today", "2026-11-23")
    assert ran.code == 2
    assert f"{profile}:3:11: language: there is no language 'xx'" in ran.err
    profile.write_text(profile.read_text().replace("xx", "German"))
    ran = legengine("generate", profile, "--today", "2026-11-23")
    assert (ran.code, f"{profile}:3:11: language: " in ran.err) == (2, True)


def test_the_option_goes_before_the_profile(legengine: Legengine, tmp_path: Path) -> None:
    was = sample_program("short")
    spoken = was.profile.model_copy(update={"language": "de", "mass_unit": "lb"})
    file = tmp_path / "legs.json"
    file.write_text(was.model_copy(update={"profile": spoken}).model_dump_json(by_alias=True))
    german = legengine("render", file, "-f", "markdown").out
    assert "Woche 1" in german
    assert "Week 1" not in german
    assert not re.search(r"\d kg", german)
    english = legengine("render", file, "-f", "markdown", "--language", "en", "--unit", "kg").out
    assert "Week 1" in english
    assert not re.search(r"\d lb", english)


# --- referrals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["fit", "liftoscript"])
@pytest.mark.parametrize("command", ["generate", "screen"])
def test_an_emergency_is_told_where_the_format_can_not_say_it(
    legengine: Legengine, tmp_path: Path, command: str, name: str
) -> None:
    profile = Path(__file__).parents[1] / "profiles" / "t07.yaml"
    ran = legengine(command, profile, "--today", "2026-11-25", "-f", name)
    assert ran.code == 4
    assert "call your emergency number" in ran.out.casefold()
    assert "screening allows none" in ran.err
    file = tmp_path / "out.zip"
    ran = legengine(command, profile, "--today", "2026-11-25", "-f", name, "-o", file)
    assert ran.code == 4
    assert "emergency number" in ran.out
    assert not file.exists()


def test_a_directory_that_nothing_was_written_to_is_told_once(
    legengine: Legengine, tmp_path: Path
) -> None:
    profile = Path(__file__).parents[1] / "profiles" / "t07.yaml"
    flags = ("--today", "2026-11-25", "-f", "html", "-f", "csv", "-o", tmp_path)
    ran = legengine("generate", profile, *flags)
    assert (ran.code, ran.err.count("was not written")) == (4, 1)
