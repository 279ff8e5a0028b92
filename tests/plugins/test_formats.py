"""What the formats say: every dose, in every layout, the same each time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legengine.domain.program import CheckResult, Prescription, Program, Revision
from legengine.errors import InputError
from legengine.hooks import Files, Format, NoOptions, RenderOptions
from legengine.testing.handmade import handmade_program, prescription
from legengine_formats import overview, wording
from legengine_formats.layout import cell_width
from legengine_formats.plugin import legengine_formats

FORMATS: dict[str, Format] = {item.name: item for item in legengine_formats()}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
PROGRAM = handmade_program()


def written(name: str, program: Program = PROGRAM, **options: Any) -> str | bytes | Files:
    return FORMATS[name].program(program, RenderOptions(**options))


def render(name: str, program: Program = PROGRAM, **options: Any) -> str:
    text = written(name, program, **options)
    assert isinstance(text, str)
    return text


def flat(text: str) -> str:
    return " ".join(COLOURS.sub("", text).split())


def items(program: Program = PROGRAM) -> list[tuple[int, Prescription]]:
    return [
        (week.number, item)
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]


# --- the plugin ----------------------------------------------------------------------------


def test_the_plugin_gives_formats_for_text_machines_and_browsers() -> None:
    known = {
        "terminal": (".txt",),
        "markdown": (".md", ".markdown"),
        "json": (".json",),
        "html": (".html", ".htm"),
    }
    assert {name: FORMATS[name].suffixes for name in known} == known
    for item in FORMATS.values():
        assert (item.options is NoOptions) == (item.name in ("terminal", "markdown", "json"))
        assert item.summary
        assert "\n" not in item.summary


PIPED = """
import sys
from legengine.hooks import RenderOptions
from legengine_formats.plugin import legengine_formats
from legengine.testing.handmade import handmade_program, handmade_referral
for item in legengine_formats():
    if item.name in ("terminal", "markdown", "json"):
        item.program(handmade_program(), RenderOptions())
        item.referral(handmade_referral(), RenderOptions())
print([name for name in ("rich", "ortools", "legengine_formats.rich_view") if name in sys.modules])
"""


def test_plain_output_loads_neither_rich_nor_a_solver() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PIPED], capture_output=True, text=True, check=True, env=environment()
    )
    assert done.stdout.strip() == "[]"


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **more}


# --- every dose ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_every_dose_and_load_of_the_program_is_in_the_terminal_text(
    width: int, colour: bool
) -> None:
    text = flat(render("terminal", width=width, colour=colour))
    for _, item in items():
        assert item.name.split()[0] in text
        assert wording.amount_text(item) in text
        assert wording.kilograms(item) in text


@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_a_week_in_full_holds_every_dose_of_that_week(name: str) -> None:
    for number in range(1, 7):
        text = flat(render(name, width=40, week=number))
        for week, item in items():
            if week == number:
                assert f"{item.name}" in text
                assert wording.dose_text(item) in text
                assert wording.load_text(item) in text
                assert wording.rest_text(item) in text
                assert wording.effort_text(item) in text
                assert item.range_note in text


def test_markdown_and_json_hold_every_dose() -> None:
    text = render("markdown")
    data = json.loads(render("json"))
    for _, item in items():
        assert wording.amount_text(item) in text
    assert len(items()) == sum(
        len(session["prescriptions"])
        for phase in data["phases"]
        for week in phase["weeks"]
        for session in week["sessions"]
    )


def test_tracks_give_back_every_prescription_of_every_week() -> None:
    for phase in PROGRAM.phases:
        lines = overview.tracks(phase)
        for index, week in enumerate(phase.weeks):
            for day, session in overview.day_sessions(week):
                for item in session.prescriptions:
                    fitting = [
                        track
                        for track in lines
                        if track.first.exercise == item.exercise
                        and (not track.days or day in track.days)
                    ]
                    assert len(fitting) == 1
                    there = fitting[0].weeks[index]
                    assert there is not None
                    assert overview.shown(there) == overview.shown(item)


def test_what_a_table_leaves_out_is_told_as_a_change() -> None:
    told = overview.changes(PROGRAM.phases[1], overview.tracks(PROGRAM.phases[1]))
    assert (
        overview.Change((6,), "5-7 reps left", ("Goblet squat", "Split squat with hand support"))
        in told
    )


def test_days_that_differ_are_told_apart() -> None:
    week = PROGRAM.phases[0].weeks[0]
    heavy = prescription("calf_raise", reps=8)
    friday = week.sessions[2].model_copy(update={"prescriptions": (heavy,)})
    phase = PROGRAM.phases[0].model_copy(
        update={"weeks": (week.model_copy(update={"sessions": (*week.sessions[:2], friday)}),)}
    )
    labels = [track.label for track in overview.tracks(phase)]
    assert "Calf raise with support (Mon)" in labels
    assert "Calf raise with support (Fri)" in labels


def test_equal_sessions_are_shown_once_and_a_moved_day_says_which_it_is() -> None:
    text = render("terminal")
    assert "Week 1: Mon 5 Jan and Fri 9 Jan" in text
    assert "Thu 15 Jan: as on Wed 7 Jan" in text
    assert flat(text).count("1 x 10 each side") == 4
    assert "as on Fri 30 Jan, with Seated hamstring stretch" in flat(text)


def test_a_phase_that_begins_with_a_week_off_shows_the_first_week_with_sessions() -> None:
    phase = PROGRAM.phases[0]
    off = phase.weeks[0].model_copy(update={"sessions": ()})
    program = handmade_program(
        phases=(phase.model_copy(update={"weeks": (off, *phase.weeks[1:])}),)
    )
    text = flat(render("terminal", program))
    assert "Week 2: Mon 12 Jan" in text
    assert "Week 1: no session" in text
    assert "The sessions of week 2 again" in text
    assert "New in week" not in text


def test_a_phase_without_sessions_renders() -> None:
    phase = PROGRAM.phases[0]
    empty = tuple(week.model_copy(update={"sessions": ()}) for week in phase.weeks)
    for weeks in (empty, empty[:1], ()):
        program = handmade_program(phases=(phase.model_copy(update={"weeks": weeks}),))
        for name in FORMATS:
            assert written(name, program, colour=True)
            assert written(name, program, width=40)


def test_every_date_is_there() -> None:
    for name in ("terminal", "markdown"):
        text = flat(render(name))
        for phase in PROGRAM.phases:
            for week in phase.weeks:
                for session in week.sessions:
                    assert wording.day_text(session.start.date()) in text


@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_a_revised_program_says_what_changed_the_latest_first(name: str) -> None:
    revisions = tuple(
        Revision(
            on=dt.date(2026, 12, day),
            profile=PROGRAM.profile,
            screened_on=dt.date(2026, 12, day),
            changes=(f"change {day}", "another"),
        )
        for day in (1, 8)
    )
    text = flat(render(name, handmade_program(revisions=revisions)))
    assert "Changed since it was made" not in flat(render(name))
    after = text.partition("Changed since it was made")[2]
    latest, first = "From Tue 8 Dec 2026: change 8; another.", "From Tue 1 Dec 2026: change 1;"
    assert 0 < after.index(latest) < after.index(first)


def test_the_order_puts_safety_first() -> None:
    text = render("terminal")
    order = ["Checked:", "Stop signs", "Mind this", "Road map", "Phase 1: Foundation"]
    order += ["Work for each muscle", "How to do each", "Tests on the way", "Food and drink"]
    order += ["Why you start here", "How this was made"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)


# --- one week ------------------------------------------------------------------------------


def test_one_week_is_only_that_week() -> None:
    text = render("terminal", week=2)
    assert "Thu 15 Jan" in text
    assert "Mon 5 Jan" not in text
    assert "Goblet squat" not in text
    assert "Stop at once" in text


@pytest.mark.parametrize("week", [0, 7, -1])
@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_a_week_that_is_not_there_is_an_error(name: str, week: int) -> None:
    with pytest.raises(InputError, match=f"no week {week}: the program has weeks 1-6"):
        render(name, week=week)


# --- status --------------------------------------------------------------------------------


def test_the_status_is_honest() -> None:
    text = flat(render("terminal", width=100))
    assert "Checked: every rule holds" in text
    proven, _, unproven = text.partition("Good, but not proven best:")
    assert "weekly volume" in proven
    assert "short sessions" in unproven.split(".")[0]
    gaps = flat(render("markdown"))
    assert "14" in gaps
    assert "9" in gaps


def test_a_proof_of_every_level_is_told_as_such() -> None:
    first = handmade_program(phases=PROGRAM.phases[:1])
    text = flat(render("terminal", first, width=100))
    assert "the best possible" in text
    assert "not proven" not in text


def test_a_program_that_fails_its_check_says_so_first() -> None:
    broken = CheckResult(ok=False, checked={"rest": 1}, violations=("rest: quadriceps: 24 h",))
    text = flat(render("terminal", handmade_program(check=broken)))
    assert "NOT VALID, don't train by it" in text
    assert "rest: quadriceps: 24 h" in text
    assert "every rule holds" not in text


def test_a_struck_clock_is_told() -> None:
    phase = PROGRAM.phases[0]
    struck = phase.model_copy(
        update={"solve": phase.solve.model_copy(update={"wall_clock_struck": True})}
    )
    text = flat(render("terminal", handmade_program(phases=(struck,))))
    assert "The time limit struck" in text


def test_without_guidance_the_stop_signs_are_there_all_the_same() -> None:
    for name in ("terminal", "markdown"):
        assert "chest pain or pressure" in flat(render(name, handmade_program(guidance=())))


def test_a_bare_program_renders() -> None:
    bare = handmade_program(
        title="", placement=(), screening=(), guidance=(), phases=(), sources={}
    )
    for name in FORMATS:
        text = written(name, bare)
        assert text
        assert not isinstance(text, str) or text.endswith("\n")
        assert written(name, bare, width=40, colour=True)


# --- layout --------------------------------------------------------------------------------


@given(width=st.integers(40, 200))
@settings(max_examples=30, deadline=None)
def test_no_line_is_wider_than_the_page(width: int) -> None:
    for week in (None, 1, 5):
        for line in render("terminal", width=width, week=week).splitlines():
            assert cell_width(line) <= width
            assert line == line.rstrip()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_coloured_line_is_wider_than_the_page(width: int) -> None:
    text = render("terminal", width=width, colour=True)
    assert "\x1b[" in text
    assert all(cell_width(line) <= width for line in COLOURS.sub("", text).splitlines())


def test_plain_text_is_ascii_and_ends_with_one_newline() -> None:
    text = render("terminal")
    assert text.isascii()
    assert text.endswith(".\n")
    assert "\n\n\n\n" not in text


def test_a_dose_is_never_broken_over_lines() -> None:
    text = render("terminal", width=40)
    assert not re.search(r"\d x\n|\d\n *x \d|x \d+\n +(?:s|m)\b", text)


# --- the same each time --------------------------------------------------------------------


DIGEST = """
import hashlib
from legengine.hooks import RenderOptions
from legengine_formats.plugin import legengine_formats
from legengine.testing.handmade import handmade_program
for item in legengine_formats():
    for colour in (False, True):
        made = item.program(handmade_program(), RenderOptions(width=80, colour=colour))
        print(hashlib.sha256(repr(made).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "77"])
def test_the_same_bytes_whatever_the_hash_seed_and_the_environment(seed: str) -> None:
    env = environment(PYTHONHASHSEED=seed, NO_COLOR="1", COLUMNS="33", TERM="dumb", LC_ALL="C")
    done = subprocess.run(
        [sys.executable, "-c", DIGEST], capture_output=True, text=True, check=True, env=env
    )
    here = [
        hashlib.sha256(repr(written(name, width=80, colour=colour)).encode()).hexdigest()
        for name in FORMATS
        for colour in (False, True)
    ]
    assert done.stdout.split() == here


def test_json_reads_back_as_an_equal_program() -> None:
    text = render("json")
    assert text == PROGRAM.model_dump_json(indent=2, by_alias=True) + "\n"
    assert Program.model_validate_json(text) == PROGRAM
    assert json.loads(text)["profile"]["exceptions"][0]["from"] == "2026-01-14"


@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_a_page_tells_what_sets_the_limits_in_a_few_lines(name: str) -> None:
    text = render(name, PROGRAM)
    assert text.count("What sets the limits") == 1
    section = text.split("What sets the limits")[1].split("Phase ")[0]
    lines = [line.removeprefix("- ") for line in section.splitlines() if line.startswith("- ")][:4]
    assert lines == [
        "Time on Monday: all 45 min taken (weeks 4 and 6).",
        "Quadriceps: 72 h.",
        "First of volume.",
        "Second of volume.",
    ]
    assert "Third of volume" not in text
