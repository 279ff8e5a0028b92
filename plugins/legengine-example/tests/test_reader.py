"""A table becomes exercises; what is wrong in it is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from legengine.errors import InputError

from legengine_example.reader import ExampleReader

READER = ExampleReader()


def test_a_table_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.holds.csv"
    file.write_text("id;name;seconds\nmy_hold;My hold;15\n", encoding="utf-8")
    assert READER.recognises(file)
    contents = READER.read(file, READER.options(delimiter=";"))
    assert contents.library is not None
    (exercise,) = contents.library.exercises
    assert (exercise.id, exercise.hold_seconds) == ("my_hold", 15)
    assert contents.remarks == ("1 seated holds, all of level 1",)


def test_the_table_that_comes_along_is_read() -> None:
    (file,) = READER.example_files
    assert READER.recognises(file)
    contents = READER.read(file, READER.options())
    assert contents.library is not None
    assert [each.hold_seconds for each in contents.library.exercises] == [5, 20]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\nx,X\n", "1: there is no column 'seconds'"),
        ("id,name,seconds\nx,X,long\n", "2: expected whole seconds, got 'long'"),
        ("id,name,seconds\nX Y,X,5\n", "2: id"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.holds.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        READER.read(file, READER.options())
    assert message in str(caught.value)
