"""When to stop: what every output for people has to say."""

from __future__ import annotations

from legengine.domain.program import Program
from legengine.language import said, tr


def stop_signs(program: Program) -> tuple[str, ...]:
    """The signs as the program's guidance tells them, else in general."""
    from legengine_formats.document import STOP_SIGNS

    lines = tuple(
        said(line.text)
        for block in program.guidance
        if "stop" in block.title.lower()
        for line in block.lines
    )
    return lines or tuple(tr(sign) for sign in STOP_SIGNS)
