"""The page of the pictures shows all of them, as they are, and knows all words of a drawing."""

from __future__ import annotations

from typing import get_args

import pytest

from legengine.domain.images import MOST_BYTES
from legengine.domain.picture import (
    Arm,
    Drawing,
    Layout,
    Leg,
    Pose,
    Posture,
    PropKind,
    Spot,
    View,
)
from legengine.hooks.library import load_library
from legengine_formats.drawing.sheets import sheets_of
from tests.docs.blocks import ROOT

PAGE = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
SHEETS = sheets_of(load_library(ROOT / "plugins" / "legengine_legs" / "data"))
RENEW = (
    "renew: python -m legengine_formats.drawing.sheets plugins/legengine_legs/data docs/pictures"
)


def test_the_sheets_are_what_the_poses_say() -> None:
    folder = ROOT / "docs" / "pictures"
    assert {file.name for file in folder.iterdir()} == set(SHEETS), RENEW
    for name, sheet in SHEETS.items():
        assert (folder / name).read_text(encoding="utf-8") == sheet, RENEW


def test_the_page_shows_every_sheet() -> None:
    for name in SHEETS:
        assert f"](pictures/{name})" in PAGE


def test_the_sheets_stay_small() -> None:
    assert sum(len(sheet) for sheet in SHEETS.values()) < 1_000_000


@pytest.mark.parametrize("words", [View, Layout, Posture, PropKind, Spot], ids=str)
def test_the_page_knows_the_words(words: object) -> None:
    assert [word for word in get_args(words) if f"`{word}`" not in PAGE] == []


@pytest.mark.parametrize("model", [Pose, Leg, Arm, Drawing], ids=lambda model: model.__name__)
def test_the_page_knows_the_fields(model: type[Pose | Leg | Arm | Drawing]) -> None:
    assert [name for name in model.model_fields if f"`{name}" not in PAGE] == []


def test_the_page_knows_the_limit() -> None:
    assert f"{MOST_BYTES // 1000} kB" in PAGE
