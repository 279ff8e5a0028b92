"""How doses, loads, times and dates are written, and how lines are broken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legengine.domain.program import SideDose
from legengine.testing.handmade import prescription
from legengine_formats import wording
from legengine_formats.layout import cell_width, fit, table_line, wrap


@pytest.mark.parametrize(
    ("exercise", "changes", "text"),
    [
        ("chair_squat", {}, "3 x 10"),
        ("leg_swings", {}, "1 x 10 each side"),
        ("bird_dog", {}, "2 x 12 in all"),
        ("bird_dog", {"hold_s": 5}, "2 x 12, 5 s held in all"),
        ("single_leg_balance", {}, "2 x 20 s each side"),
        ("hamstring_stretch", {"hold_s": 120}, "2 x 2 min each side"),
        ("farmer_walk", {}, "2 x 20 m"),
        ("march", {}, "8 min"),
        ("march", {"minutes": None}, "2 sets"),
        ("chair_squat", {"reps": None, "sets": 1}, "1 set"),
    ],
)
def test_doses(exercise: str, changes: dict[str, Any], text: str) -> None:
    assert wording.dose_text(prescription(exercise, **changes)) == text


def both_sides(weak: int, strong: int, **counted: int) -> tuple[SideDose, SideDose]:
    return (
        SideDose(side="right", sets=weak, **counted),
        SideDose(side="left", sets=strong, **counted),
    )


@pytest.mark.parametrize(
    ("exercise", "sides", "text"),
    [
        ("leg_swings", both_sides(2, 1, reps=10), "right 2 x 10, then left 1 x 10"),
        ("leg_swings", both_sides(1, 1, reps=10), "1 x 10 each side, right first"),
        ("single_leg_balance", both_sides(3, 2, hold_s=20), "right 3 x 20 s, then left 2 x 20 s"),
        ("leg_swings", both_sides(2, 1), "right 2 sets, then left 1 set"),
    ],
)
def test_doses_of_legs_that_differ(
    exercise: str, sides: tuple[SideDose, SideDose], text: str
) -> None:
    item = prescription(exercise, sides=sides)
    assert wording.dose_text(item) == text
    assert wording.side_text(item) == "right first"
    assert item.extra == sides[0].sets - item.sets


def test_a_set_more_has_a_rest_before_it() -> None:
    swings = prescription("leg_swings", rest_s=30)
    assert wording.rest_text(swings) == ""
    more = swings.model_copy(update={"sides": both_sides(2, 1, reps=10)})
    assert wording.rest_text(more) == "30 s"


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "8 kg (62.5 % of 1RM)"),
        ({"percent_1rm": None}, "8 kg"),
        ({"load_kg": 12.25, "percent_1rm": None}, "12.25 kg"),
        ({"load_kg": None, "load_text": "one that you could lift 14 times"},
         "one that you could lift 14 times"),
        ({"load_kg": None}, "62.5 % of 1RM"),
        ({"load_kg": None, "percent_1rm": None}, ""),
        ({"load_kg": 0.0, "percent_1rm": None}, "0 kg"),
    ],
)  # fmt: skip
def test_loads(changes: dict[str, Any], text: str) -> None:
    assert wording.load_text(prescription("goblet_squat", **changes)) == text


def test_effort_rest_and_notes() -> None:
    squat = prescription("chair_squat")
    assert wording.effort_text(squat) == "4-6 of 10, 4-6 reps left"
    assert wording.effort_text(prescription("chair_squat", rpe=None, rir=(2, 2))) == "2 reps left"
    assert wording.rest_text(squat) == "60 s"
    assert wording.rest_text(prescription("chair_squat", sets=1)) == ""
    assert wording.rest_text(prescription("march", rest_s=60)) == ""
    assert wording.rest_text(prescription("chair_squat", rest_s=150)) == "2 min 30 s"
    assert wording.note_text(squat).startswith("only down to 60 degrees of knee bend; tempo")
    assert wording.range_text(prescription("chair_squat", reps_range=(10, 10))) == ""
    assert wording.warmup_text(prescription("chair_squat", warmup_sets=2)) == "2 lighter sets first"


def test_words_in_a_row() -> None:
    assert wording.listing([]) == ""
    assert wording.listing(["a"]) == "a"
    assert wording.listing(["a", "b", "c"]) == "a, b and c"
    assert wording.weeks_text([3]) == "week 3"
    assert wording.weeks_text([1, 3, 5, 6]) == "weeks 1, 3 and 5-6"
    assert wording.span(4.0, 6.5) == "4-6.5"
    assert wording.number(100) == "100"
    assert wording.sentence("  you stand ") == "You stand."


def test_dates() -> None:
    day = dt.date(2026, 12, 31)
    assert wording.day_text(day) == "Thu 31 Dec"
    assert wording.day_text(day, year=True) == "Thu 31 Dec 2026"
    assert wording.days_between(dt.date(2026, 1, 5), dt.date(2026, 1, 11)) == "5-11 Jan"
    assert wording.days_between(day, dt.date(2027, 1, 6)) == "31 Dec - 6 Jan"


WORDS = st.text(st.sampled_from("ab \u6f22\u0301x1"), max_size=80)


@given(WORDS, st.integers(8, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width, first="- ", rest="  ")
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines)[1:].replace(" ", "") == text.replace(" ", "")


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(24, 90)
)
def test_columns_fit_or_are_refused(rows: list[list[str]], width: int) -> None:
    widths = fit(rows, width)
    if widths is not None:
        for row in rows:
            for line in table_line(row, widths, frozenset({2})):
                assert cell_width(line) <= width


def test_columns_that_cannot_fit_are_refused() -> None:
    assert fit([["abcdefghijkl"] * 4], 40) is None
