"""Programs that every export is read back for."""

from __future__ import annotations

import pytest

from legengine.domain.program import Prescription, Program
from legengine.testing.handmade import handmade_program
from tests.plugins.formats.programs import NAMES, altered, program_of, shared_folder


@pytest.fixture(scope="session", params=["handmade", *NAMES])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    if request.param == "handmade":
        return handmade_program()
    return program_of(request.param, shared_folder(tmp_path_factory))


HOSTILE = (
    '=HYPERLINK("http://x","y")\r\nBEGIN:VEVENT\r\nSUMMARY:owned\r\n;,\\n <script>alert(1)</script>'
    " \x1b[31mred\x07\x00 \u202egnp \u05e9\u05dc\u05d5\u05dd \U0001f9b5\U0001f3fd e\u0301"
    " {x} [y] | ! # / ]]>"
)


@pytest.fixture
def hostile_program() -> Program:
    """Every free text says something that breaks careless formats."""
    made = handmade_program(title=HOSTILE, place=HOSTILE)

    def spoil(number: int, item: Prescription) -> Prescription:
        changes = {
            "name": f"{HOSTILE}{number}",
            "load_text": HOSTILE,
            "tempo": HOSTILE,
            "range_note": HOSTILE,
            "instruction": HOSTILE,
            "cues": (HOSTILE,),
        }
        return item.model_copy(update=changes)

    return altered(made, spoil, title=HOSTILE)
