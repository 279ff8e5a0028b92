"""The table says what the program says, and no cell is a formula."""

from __future__ import annotations

import csv

from legengine.testing import engine_with, sample_program

from legengine_example import plugin
from legengine_example.format import HEADS, _harmless


def test_the_table_has_a_line_for_each_exercise() -> None:
    program = sample_program()
    text = engine_with(plugin).render(program, "example")
    assert isinstance(text, str)
    heads, *rows = csv.reader(text.splitlines())
    assert tuple(heads) == HEADS
    sets = [
        (item.exercise, str(item.sets))
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        for item in session.prescriptions
    ]
    assert [(row[2], row[3]) for row in rows] == sets


def test_a_formula_is_made_harmless() -> None:
    assert _harmless("=1+1") == "'=1+1"
    assert _harmless("home") == "home"
