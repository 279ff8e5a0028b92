"""Drawings as SVG: what their lines say, and that nothing hostile gets in."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pydantic import ValidationError

from legengine.domain.picture import Drawing, Image
from legengine.domain.postures import positions
from legengine.hooks.library import load_library
from legengine_formats.drawing import svg_of
from legengine_formats.drawing.scene import scene
from legengine_formats.drawing.shapes import blob, hull, limb, number, numbers
from legengine_formats.drawing.sheets import main, sheets_of
from legengine_formats.drawing.skeleton import figure_of

DATA = Path(__file__).resolve().parents[2] / "plugins" / "legengine_legs" / "data"
LIBRARY = load_library(DATA)
SVG = "{http://www.w3.org/2000/svg}"


def drawing(**said: object) -> Drawing:
    return Drawing.model_validate(said)


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


SQUAT = drawing(start={}, end={"pelvis": [-30, 50], "lean": 42})

# --- the pose model --------------------------------------------------------------------------


def joints(**start: object) -> dict[str, tuple[float, float, float]]:
    pose, _ = positions(drawing(start=start))
    return {
        name: (round(x, 1), round(y, 1), round(z, 1))
        for name, (x, y, z) in figure_of(pose).joints.items()
    }


def test_who_stands_is_upright_with_both_soles_on_the_floor() -> None:
    at = joints()
    assert at["right_ankle"][1] == at["left_ankle"][1] == 8
    assert at["pelvis"][1] == pytest.approx(90, abs=0.3)
    assert at["head"][1] + 10.5 == pytest.approx(171, abs=2)
    assert at["right_hip"][2] == 9
    assert at["left_hip"][2] == -9


def test_angles_turn_joints_the_way_they_are_called() -> None:
    legs = {"pelvis": [0, 90]}
    flexed = joints(**legs, right_leg={"hip": 90, "knee": 90, "ankle": 0})
    assert flexed["right_knee"] == (42, 90, 9)
    assert flexed["right_ankle"] == (42, 50, 9)
    assert flexed["right_foot"][0] > flexed["right_ankle"][0]
    pointed = joints(**legs, right_leg={"hip": 90, "knee": 90, "ankle": -60})
    assert pointed["right_foot"][1] < flexed["right_foot"][1]
    aside = joints(**legs, left_leg={"out": 90})
    assert aside["left_knee"] == (0, 90, -51)
    raised = joints(arms={"shoulder": 90, "elbow": 0, "out": 0})
    assert raised["right_hand"][0] - raised["right_shoulder"][0] == pytest.approx(58, abs=0.1)
    bent = joints(arms={"shoulder": 90, "elbow": 90, "out": 0})
    assert bent["right_hand"][1] > raised["right_hand"][1] + 25


def test_the_trunk_leans_forwards_and_tilts_to_the_right() -> None:
    assert joints(lean=90)["head"][0] > 60
    assert joints(lean=-90)["head"][0] < -60
    assert joints(tilt=90)["head"][2] > 60
    assert joints(turn=90, lean=90)["head"][2] < -60
    hiked = joints(hike=10)
    assert hiked["right_hip"][1] > hiked["left_hip"][1]


def test_feet_stay_where_they_stand_when_the_pelvis_sinks() -> None:
    pose, sunk = positions(SQUAT)
    assert sunk is not None
    first, last = figure_of(pose), figure_of(sunk)
    for joint in ("right_ankle", "left_heel", "right_toes"):
        assert last.joints[joint] == pytest.approx(first.joints[joint], abs=0.2)
    assert last.joints["right_knee"][0] > last.joints["right_hip"][0]


def test_a_raised_heel_lifts_the_body_about_the_balls_of_the_feet() -> None:
    flat, raised = joints(), joints(legs={"pitch": -36}, pelvis=[10])
    assert raised["pelvis"][1] > flat["pelvis"][1] + 5
    assert raised["right_heel"][1] > flat["right_heel"][1] + 8
    assert raised["right_toes"][1] == pytest.approx(flat["right_toes"][1], abs=0.2)


def test_an_end_begins_with_the_start_and_says_what_differs() -> None:
    start, end = positions(
        drawing(
            start={"base": "sitting", "arms": {"hand": "chest"}},
            end={"right_leg": {"hip": 100, "knee": 60}},
        )
    )
    assert end is not None
    assert end.left_leg == start.left_leg
    assert end.right_arm == start.right_arm
    assert end.right_leg is not None
    assert end.right_leg.foot is None
    _, anew = positions(drawing(start={"base": "sitting"}, end={"base": "standing"}))
    assert anew is not None
    assert anew.pelvis == (1,)


def test_a_place_out_of_reach_is_told() -> None:
    pose, _ = positions(drawing(start={"arms": {"hand": [200, 100]}}))
    assert figure_of(pose).reached["right_arm"] > 100


@pytest.mark.parametrize(
    "said",
    [
        {"start": {"right_leg": {"knee": 300}}},
        {"start": {"right_leg": {"knee": float("nan")}}},
        {"start": {"lean": "1"}, "view": "<svg>"},
        {"start": {"base": "flying"}},
        {"props": [{"kind": "script", "at": [0, 0]}]},
        {"props": [{"kind": "box", "at": "right_wing"}]},
        {"props": [{"kind": "box", "at": [1e9, 0]}]},
        {"props": [{"kind": "box", "at": [0, 0]}] * 25},
        {"arrows": [{"points": [[0, 0]]}]},
        {"style": "x"},
    ],
)
def test_what_no_figure_can_be_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Drawing.model_validate(said)


# --- the element -----------------------------------------------------------------------------


def test_a_drawing_is_one_element_with_a_text_alternative() -> None:
    root = parsed(svg_of(SQUAT, title="Squat", ids="s1"))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Squat"
    assert root.get("aria-labelledby") == title.get("id") == "s1-title"
    assert "id=" not in svg_of(SQUAT, title="Squat")


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>\"'&", "a]]>b", "=1+1", "\u202eabc", "\U0001f600"]
)
def test_a_hostile_title_stays_text(title: str) -> None:
    root = parsed(svg_of(SQUAT, title=title, ids=title))
    assert [element.text for element in root.iter(f"{SVG}title")] == [title]
    assert {element.tag for element in root.iter()} == {
        f"{SVG}{name}" for name in ("svg", "title", "g", "path")
    }


def test_the_same_drawing_gives_the_same_bytes() -> None:
    for picture in LIBRARY.pictures.values():
        assert svg_of(picture, title="x") == svg_of(picture, title="x")


def test_numbers_are_short_and_plain() -> None:
    assert [number(value) for value in (0.04, -0.04, 0.5, -0.5, 12.0, 10.04, 1e-9)] == [
        "0",
        "0",
        ".5",
        "-.5",
        "12",
        "10",
        "0",
    ]
    assert numbers(1, -2.25, 3) == "1-2.2 3"
    for picture in LIBRARY.pictures.values():
        for data in re.findall(r' d="([^"]*)"', svg_of(picture, title="x")):
            assert re.fullmatch(r"[MLQAZlaz0-9 .-]+", data)
            assert not re.search(r"\.\d{2}", data)


def test_drawings_are_small() -> None:
    sizes = [len(svg_of(picture, title="x")) for picture in LIBRARY.pictures.values()]
    assert max(sizes) < 8_000
    assert sum(sizes) / len(sizes) < 5_000


def test_the_far_side_is_lighter_than_the_near_one() -> None:
    def light(look: str) -> int:
        text = svg_of(SQUAT, title="x")
        found = re.search(rf'class="lp-{look}" fill="#(\w+)"', text)
        assert found is not None
        return sum(bytes.fromhex(found[1]))

    assert light("far") > light("trunk") > light("near")


def test_a_start_is_pale_behind_the_end_or_beside_it_or_above_it() -> None:
    beside = {group.name: group for group in scene(SQUAT)}
    assert beside["end"].box[0] > beside["start"].box[2]
    stacked = {group.name: group for group in scene(SQUAT.model_copy(update={"layout": "stacked"}))}
    assert stacked["end"].box[1] > stacked["start"].box[3]
    overlaid = SQUAT.model_copy(update={"layout": "overlaid"})
    assert svg_of(overlaid, title="x").index('class="lp-start" opacity=".4"') < svg_of(
        overlaid, title="x"
    ).index('class="lp-end"')
    assert "opacity" not in svg_of(SQUAT, title="x").replace("fill-opacity", "")


def test_an_arrow_follows_what_moves_furthest() -> None:
    assert 'class="lp-arrows"' in svg_of(SQUAT, title="x")
    assert 'class="lp-arrows"' not in svg_of(drawing(start={}), title="x")
    none = SQUAT.model_copy(update={"arrows": ()})
    assert 'class="lp-arrows"' not in svg_of(none, title="x")
    curl = drawing(end={"right_leg": {"knee": 90}, "rest": {"part": "left_foot"}})
    arrow = next(group for group in scene(curl) if group.name == "arrows")
    assert arrow.box[3] - arrow.box[1] > 20


def test_it_moves_only_where_that_is_asked_for_and_welcome() -> None:
    assert "<style>" not in svg_of(SQUAT, title="x")
    moving = svg_of(SQUAT, title="x", animated=True)
    assert "<style>@media(prefers-reduced-motion:no-preference)" in moving
    assert "lp-moves" not in svg_of(drawing(start={}), title="x", animated=True)


def test_closed_eyes_are_seen() -> None:
    front = drawing(view="front", start={})
    closed = drawing(view="front", start={"eyes_closed": True})
    assert 'class="lp-eye"' in svg_of(front, title="x")
    assert 'class="lp-lid"' in svg_of(closed, title="x")


def test_an_image_file_is_set_in_as_it_is() -> None:
    content = b64encode(b"\x89PNG\r\n\x1a\n...").decode()
    image = Image(media_type="image/png", data=content)
    root = parsed(svg_of(image, title="<b>"))
    held = root.find(f"{SVG}image")
    assert held is not None
    assert held.get("href") == f"data:image/png;base64,{content}"


def test_limbs_join_circles_by_their_tangents() -> None:
    assert limb((0, 0), (10, 0), 2, 2) == "M0-2l10 0a2 2 0 1 1 0 4l-10 0a2 2 0 0 1 0-4z"
    assert limb((0, 0), (1, 0), 4, 2).startswith("M-4 0a4 4")
    assert hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2)]) == [(0, 0), (4, 0), (4, 4), (0, 4)]
    assert blob([(0, 0), (0, 0)], 3).startswith("M-3 0a3 3")


# --- other programs --------------------------------------------------------------------------


def test_typst_takes_every_drawing(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    names = sorted(LIBRARY.pictures)
    for name in names:
        text = svg_of(LIBRARY.pictures[name], title=name)
        (tmp_path / f"{name}.svg").write_text(text, encoding="utf-8")
    shown = "".join(f'#image("{name}.svg", width: 3cm)' for name in names)
    (tmp_path / "all.typ").write_text(shown, encoding="utf-8")
    assert typst.compile(str(tmp_path / "all.typ"), ignore_system_fonts=True).startswith(b"%PDF")


def test_a_browser_finds_all_of_every_drawing_inside_of_its_frame(
    browser: Any, tmp_path: Path
) -> None:
    names = [name for name in sorted(LIBRARY.pictures) if not _focused(name)]
    page_text = "<!doctype html>" + "".join(
        svg_of(LIBRARY.pictures[name], title=name, ids=name) for name in names
    )
    (tmp_path / "all.html").write_text(page_text, encoding="utf-8")
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/all.html")
    found = page.evaluate(
        """() => [...document.querySelectorAll('svg')].map(svg => {
            const box = svg.viewBox.baseVal, all = svg.getBBox();
            return [all.x - box.x, all.y - box.y, box.x + box.width - all.x - all.width,
                    box.y + box.height - all.y - all.height,
                    svg.querySelectorAll('path').length];
        })"""
    )
    page.close()
    assert len(found) == len(names)
    for name, (*gaps, paths) in zip(names, found, strict=True):
        assert min(gaps) >= 2, name
        assert paths > 8, name


def _focused(name: str) -> bool:
    picture = LIBRARY.pictures[name]
    return isinstance(picture, Drawing) and picture.focus is not None


# --- sheets ----------------------------------------------------------------------------------


def test_a_sheet_holds_the_pictures_of_a_pattern_by_name() -> None:
    sheets = sheets_of(LIBRARY)
    assert set(sheets) == {f"{exercise.pattern}.svg" for exercise in LIBRARY.exercises}
    for exercise in LIBRARY.exercises:
        root = parsed(sheets[f"{exercise.pattern}.svg"])
        assert exercise.name in [text.text for text in root.iter(f"{SVG}text")]


def test_sheets_are_written_to_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(DATA), str(tmp_path / "sheets")]) == 0
    written = {file.name: file.read_text("utf-8") for file in (tmp_path / "sheets").iterdir()}
    assert written == sheets_of(LIBRARY)
    assert main([]) == 2
    assert main([str(tmp_path / "none"), str(tmp_path)]) == 2
    assert "there is no such folder" in capsys.readouterr().err
