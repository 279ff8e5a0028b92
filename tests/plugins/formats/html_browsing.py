"""Pages in a browser: which are opened, what they keep, what they give away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from legengine.domain.program import Program, Session
from legengine.hooks import RenderOptions
from legengine.testing.samples import sample_program
from legengine_formats.html import HtmlFormat

Open = Callable[..., Any]
HEADER = [
    "legengine_log", "program", "session", "date", "exercise", "set", "side",
    "reps", "seconds", "metres", "load_kg", "rir", "pain", "note",
]  # fmt: skip
SECOND_DAY = "2026-12-02T09:00:00"
"""The day of the second session of every sample, in its first week."""


@cache
def html(kind: str = "short") -> str:
    return HtmlFormat().program(sample_program(kind), RenderOptions())


def shown(page: Any) -> Any:
    return page.locator(".session.current")


def planned_session(program: Program, page: Any) -> Session:
    """What the program asks for in the session that is shown."""
    start = shown(page).get_attribute("data-start")
    return next(
        session
        for phase in program.phases
        for week in phase.weeks
        for session in week.sessions
        if session.start.isoformat(timespec="minutes") == start
    )


def kept(page: Any) -> dict[str, Any]:
    text = page.evaluate("localStorage.getItem(Object.keys(localStorage).find("
                         "name => name.startsWith('legengine-log')))")  # fmt: skip
    return json.loads(text) if text else {}


def downloaded(page: Any) -> list[dict[str, str]]:
    """The log that the page gives away, as Python's own reader takes it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my log").click()
    assert waiting.value.suggested_filename.endswith(".csv")
    return rows_of(Path(waiting.value.path()).read_bytes())


def rows_of(data: bytes) -> list[dict[str, str]]:
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows = list(reader)
    assert reader.fieldnames == HEADER
    return rows
