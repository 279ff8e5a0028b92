"""The pictures that libraries bring: where they come from, and what is refused."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest

from legengine.domain.exercise import LibraryData
from legengine.domain.images import MOST_BYTES, image_fault
from legengine.domain.picture import Drawing, Image
from legengine.domain.pictures import Pictures
from legengine.errors import Fault, InputError
from legengine.hooks import NoOptions
from legengine.hooks.library import load_library, merge_libraries, read_library
from legengine_readers.native import NativeReader
from tests.hooks.test_library import exercise, write

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff" + bytes(20)
WEBP = b"RIFF\x00\x00\x00\x00WEBP" + bytes(20)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "exercises/a", [exercise("one"), exercise("two")])
    (tmp_path / "pictures").mkdir()
    return tmp_path


def loaded(folder: Path) -> Mapping[str, object]:
    return dict(load_library(folder).pictures)


def faults(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_library(folder, drawings=True)
    return [placed(problem, folder) for problem in caught.value.problems]


def placed(problem: Fault, folder: Path) -> str:
    """File, line and column in front, where there are any."""
    file = problem.source.removeprefix(f"{folder}/")
    place = "" if problem.line is None else f":{problem.line}:{problem.column}"
    return f"{file}{place}: {problem}" if file else str(problem)


def test_a_folder_brings_drawings_and_image_files(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {"end": {"pelvis": [-30, 50]}}})
    (folder / "pictures" / "two.png").write_bytes(PNG)
    (folder / "pictures" / "LICENCE.txt").write_text("mine")
    (folder / "pictures" / ".hidden").write_text("")
    pictures = loaded(folder)
    assert isinstance(pictures["one"], Drawing)
    assert pictures["two"] == Image(media_type="image/png", data=b64encode(PNG).decode())


def test_drawings_may_be_yaml(folder: Path) -> None:
    (folder / "pictures" / "a.yaml").write_text("one: {start: {base: kneeling}}\n")
    picture = loaded(folder)["one"]
    assert isinstance(picture, Drawing)
    assert picture.start.base == "kneeling"


def test_an_image_may_be_named_with_its_credit(folder: Path) -> None:
    entry = {"file": "photo.jpg", "alt": "a squat", "credit": "Somebody, CC BY 4.0"}
    write(folder, "pictures/a", {"one": entry})
    (folder / "pictures" / "photo.jpg").write_bytes(JPEG)
    picture = loaded(folder)["one"]
    assert isinstance(picture, Image)
    assert (picture.alt, picture.credit) == ("a squat", "Somebody, CC BY 4.0")
    assert list(loaded(folder)) == ["one"]


def test_an_image_that_is_named_but_not_there_is_told(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {"file": "photo.jpg"}})
    assert faults(folder) == [
        "pictures/a.json:1:2: one.file: there is no image file 'photo.jpg' beside it"
    ]


@pytest.mark.parametrize("name", ["../x.png", "/etc/passwd", ".x.png", "a/b.png", ""])
def test_an_image_file_is_named_without_a_path(folder: Path, name: str) -> None:
    write(folder, "pictures/a", {"one": {"file": name}})
    assert "one.file" in faults(folder)[0]


def test_a_picture_of_no_exercise_is_told_with_its_place(folder: Path) -> None:
    write(folder, "pictures/a", '{"one": {},\n "tow": {}}')
    (folder / "pictures" / "three.svg").write_bytes(SVG)
    assert faults(folder) == [
        "pictures/a.json:2:2: pictures.tow: unknown exercise 'tow' (did you mean 'two'?)",
        "pictures/three.svg: pictures.three: unknown exercise 'three' (known: one, two)",
    ]


def test_what_is_wrong_in_a_drawing_is_told_with_its_place(folder: Path) -> None:
    text = '{"one": {"start": {\n  "right_leg": {"kne": 90}}},\n "two": {"view": "sid"}}'
    write(folder, "pictures/a", text)
    views = "'side', 'front', 'quarter', 'back', 'above' or 'front_above'"
    field = "unknown field 'kne' (did you mean 'knee'?)"
    assert faults(folder) == [
        f"pictures/a.json:2:17: one.start.right_leg.kne: {field}",
        f"pictures/a.json:3:18: two.view: expected {views}, got 'sid' (did you mean 'side'?)",
    ]


def test_a_drawing_of_a_plugin_is_checked_when_it_is_looked_at(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {"view": "sid"}, "two": {}})
    pictures = load_library(folder).pictures
    assert isinstance(pictures["two"], Drawing)
    with pytest.raises(InputError, match=r"a\.json:1:18: one\.view: expected 'side'"):
        pictures["one"]


@pytest.mark.parametrize("content", ["[]", "3", '{"one": ', ""])
def test_a_file_that_is_no_mapping_is_told(folder: Path, content: str) -> None:
    write(folder, "pictures/a", content)
    assert faults(folder)[0].startswith("pictures/a.json")


def test_two_pictures_of_one_exercise_are_told_with_both_places(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {}})
    write(folder, "pictures/b", {"two": {}, "one": {}})
    (folder / "pictures" / "two.png").write_bytes(PNG)
    assert faults(folder) == [
        "pictures/b.json:1:13: the picture of 'one' is defined here and in pictures/a.json",
        "pictures/two.png: the picture of 'two' is defined here and in pictures/b.json",
    ]


def test_a_file_that_is_no_picture_is_told(folder: Path) -> None:
    (folder / "pictures" / "one.gif").write_bytes(b"GIF89a")
    assert "pictures/one.gif: is not a file of pictures" in faults(folder)[0]


def test_another_library_may_draw_what_has_no_picture(folder: Path) -> None:
    base = load_library(folder)
    extension = LibraryData(exercises=(), pictures=Pictures({"one": Drawing()}))
    assert list(merge_libraries({"base": base, "drawn": extension}).pictures) == ["one"]
    with pytest.raises(InputError) as caught:
        merge_libraries(
            {
                "base": base,
                "drawn": extension,
                "again": extension.model_copy(
                    update={"pictures": Pictures({"one": Drawing(view="front")})}
                ),
            }
        )
    (fault,) = caught.value.problems
    assert fault.message == "the picture of 'one' is defined here and in library 'again'"
    assert fault.field == "library 'drawn'"


def test_a_picture_of_an_exercise_that_no_library_has_is_told(folder: Path) -> None:
    extension = LibraryData(exercises=(), pictures=Pictures({"tow": Drawing()}))
    with pytest.raises(InputError) as caught:
        merge_libraries({"base": load_library(folder), "drawn": extension})
    assert "unknown exercise 'tow' (did you mean 'two'?)" in str(caught.value)


def test_merging_looks_at_no_drawing(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {"view": "sid"}})
    merged = merge_libraries({"base": load_library(folder)})
    assert "one" in merged.pictures


def test_a_library_in_one_file_has_drawings(tmp_path: Path) -> None:
    content = {
        "exercises": [exercise("one")],
        "pictures": {"one": {"end": {"lean": 40}}},
    }
    write(tmp_path, "mine", content)
    read = NativeReader().read(tmp_path / "mine.json", NoOptions())
    assert read.library is not None
    picture = read.library.pictures["one"]
    assert isinstance(picture, Drawing)
    assert picture.end is not None
    assert picture.end.lean == 40
    content["pictures"] = {"one": {"end": {"leen": 40}}}
    write(tmp_path, "mine", content)
    with pytest.raises(InputError, match=r"pictures\.one\.end\.leen: unknown field 'leen'"):
        NativeReader().read(tmp_path / "mine.json", NoOptions())


def test_a_folder_that_a_user_names_is_checked_at_once(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {"view": "sid"}})
    with pytest.raises(InputError, match="expected 'side'"):
        NativeReader().read(folder, NoOptions())


def test_pictures_are_written_and_read_as_a_mapping(folder: Path) -> None:
    write(folder, "pictures/a", {"one": {"end": {"lean": 40}}})
    (folder / "pictures" / "two.png").write_bytes(PNG)
    library = load_library(folder)
    assert LibraryData.model_validate_json(library.model_dump_json()) == library
    assert "pictures" in LibraryData.model_json_schema()["properties"]


# --- image files -----------------------------------------------------------------------------


def test_images_are_what_they_say() -> None:
    assert image_fault("image/png", PNG) == ""
    assert image_fault("image/jpeg", JPEG) == ""
    assert image_fault("image/webp", WEBP) == ""
    assert image_fault("image/svg+xml", SVG) == ""
    assert image_fault("image/png", JPEG) == "is not what it says: image/png"
    assert "at most" in image_fault("image/png", PNG + bytes(MOST_BYTES))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        '<path onload="alert(1)"/>',
        '<path ONCLICK="alert(1)"/>',
        '<a href="#x"/>',
        '<image href="https://x.test/a.png"/>',
        '<use href="https://x.test/a.svg#b"/>',
        '<use xlink:href="data:image/svg+xml;base64,xx"/>',
        '<path fill="url(https://x.test/a)"/>',
        "<path fill=\"url('//x.test/a')\"/>",
        '<path fill="u\\72l(https://x.test/a)"/>',
        '<path style="fill:red"/>',
        "<style>@import url(x)</style>",
        "<foreignObject/>",
        "<animate/>",
        '<h:iframe xmlns:h="http://www.w3.org/1999/xhtml"/>',
        "<path",
        "<![CDATA[x]]>",
    ],
)
def test_an_svg_file_that_runs_or_calls_anything_is_refused(inside: str) -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    assert image_fault("image/svg+xml", f"{head}{inside}</svg>".encode())


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg>' + SVG.decode()).encode("utf-16"),
        b"<html></html>",
        b"<svg></svg>",
        b"",
        b"\x00",
    ],
)
def test_an_svg_file_that_is_something_else_is_refused(content: bytes) -> None:
    assert image_fault("image/svg+xml", content)


def test_an_svg_file_may_point_into_itself() -> None:
    inside = '<defs><g id="a"/></defs><use href="#a"/><path fill="url(#b)"/><!-- a -->'
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert image_fault("image/svg+xml", text.encode()) == ""


def test_a_bad_image_file_is_told_by_name(folder: Path) -> None:
    (folder / "pictures" / "one.svg").write_bytes(SVG.replace(b"<path", b'<path onload="x"'))
    (told,) = faults(folder)
    assert told == "pictures/one.svg: an SVG file may have no style and run nothing: onload"


def test_a_base64_image_is_looked_through_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        "mine",
        {
            "exercises": [exercise("one")],
            "pictures": {"one": {"media_type": "image/png", "data": "!!"}},
        },
    )
    with pytest.raises(InputError, match="data is not base64"):
        NativeReader().read(tmp_path / "mine.json", NoOptions())


def test_loading_the_legs_looks_at_no_drawing() -> None:
    legs = Path(__file__).parents[2] / "plugins" / "legengine_legs" / "data"
    pictures = merge_libraries({"legs": load_library(legs)}).pictures
    assert len(pictures) == 144
    assert all(callable(pictures.unread(name)) for name in pictures)
