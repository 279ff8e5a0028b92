"""What a continued document says about the time before it: in order, over, and counted right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from legengine.domain.findings import Violation
from legengine.domain.program import Program
from legengine.verify.credit import EIGHTHS


def check_before(program: Program) -> Iterator[Violation]:
    """The sessions before the first day, and which phases wait for a test."""
    for order, phase in enumerate(program.phases):
        if phase.provisional != (order > 0):
            required = "provisional" if order else "not provisional"
            found = "provisional" if phase.provisional else "not provisional"
            yield Violation("phases", f"phase {phase.id}", required, found)
    before = program.before
    if before is None:
        return
    if before.decision.starts_on != program.start:
        required = f"starts on {before.decision.starts_on}, as decided"
        yield Violation("phases", "before", required, f"starts on {program.start}")
    if program.phases and before.decision.goes_on_with != program.phases[0].id:
        required = f"{before.decision.goes_on_with} first, as decided"
        yield Violation("phases", "before", required, program.phases[0].id)
    for session in before.sessions:
        where = f"before {session.start:%Y-%m-%dT%H:%M}"
        if session.start.date() >= program.start:
            yield Violation("calendar", where, f"before {program.start}", "not over by then")
        exposed = sorted(group for group, eighths in session.credit.items() if eighths >= EIGHTHS)
        if exposed != sorted(session.exposures):
            required = ", ".join(exposed) or "no muscle"
            yield Violation("volume", where, required, ", ".join(session.exposures) or "no muscle")
    for earlier, later in pairwise(before.sessions):
        if later.start <= earlier.start:
            where = f"before {later.start:%Y-%m-%dT%H:%M}"
            yield Violation("calendar", where, f"after {earlier.start:%Y-%m-%dT%H:%M}", "not")
