"""Programs that every export is read back for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from legengine.domain.program import Program
from legengine.testing.handmade import handmade_program
from legengine.testing.samples import PROGRAMS, sample_program

MORE = os.environ.get("LEGENGINE_PROGRAMS", "")
"""A directory with more programs as JSON, such as those of every example."""

FILES = sorted(Path(MORE).glob("*.json")) if MORE else []


@pytest.fixture(scope="session", params=["handmade", *PROGRAMS, *FILES], ids=str)
def program(request: pytest.FixtureRequest) -> Program:
    if isinstance(request.param, Path):
        return Program.model_validate_json(request.param.read_text("utf-8"))
    if request.param == "handmade":
        return handmade_program()
    return sample_program(request.param)


HOSTILE = (
    '=HYPERLINK("http://x","y")\r\nBEGIN:VEVENT\r\nSUMMARY:owned\r\n;,\\n <script>alert(1)</script>'
    " \x1b[31mred\x07\x00 \u202egnp \u05e9\u05dc\u05d5\u05dd \U0001f9b5\U0001f3fd e\u0301"
    " {x} [y] | ! # / ]]>"
)


@pytest.fixture
def hostile_program() -> Program:
    """Every free text says something that breaks careless formats."""
    made = handmade_program(title=HOSTILE, place=HOSTILE)
    phases = tuple(
        phase.model_copy(
            update={
                "title": HOSTILE,
                "weeks": tuple(
                    week.model_copy(
                        update={
                            "sessions": tuple(
                                session.model_copy(
                                    update={
                                        "prescriptions": tuple(
                                            item.model_copy(
                                                update={
                                                    "name": f"{HOSTILE}{number}",
                                                    "load_text": HOSTILE,
                                                    "tempo": HOSTILE,
                                                    "range_note": HOSTILE,
                                                    "instruction": HOSTILE,
                                                    "cues": (HOSTILE,),
                                                }
                                            )
                                            for number, item in enumerate(session.prescriptions)
                                        )
                                    }
                                )
                                for session in week.sessions
                            )
                        }
                    )
                    for week in phase.weeks
                ),
            }
        )
        for phase in made.phases
    )
    return made.model_copy(update={"phases": phases})
