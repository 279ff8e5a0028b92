"""Answers about a program file, as text or as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legengine.cli import worker
from legengine.cli.explain_text import gains_text, limits_text, why_text
from legengine.cli.numbers_text import numbers_text
from legengine.cli.pointing import pointing_into_program
from legengine.cli.program_file import read_program
from legengine.cli.state import State, warn
from legengine.cli.tables import show, terminal_width

if TYPE_CHECKING:
    from legengine.advise.analysis import PhaseAnalysis
    from legengine.domain.program import Program
    from legengine.engine import Engine


def explain_program(
    state: State,
    file: Path,
    *,
    session: dt.date | None,
    exercise: str | None,
    gains: bool,
    numbers: bool,
    as_json: bool,
) -> int:
    """Answer what is asked about a program; without a question, what sets its limits.

    Raises:
        InputError: the file is no program, it breaks rules, or what is asked about is not there.
    """
    program = read_program(file)
    engine = state.engine()
    if not as_json:
        warn(engine.registry)
    with pointing_into_program(file):
        _answer(
            engine, program, file, session, exercise, gains=gains, numbers=numbers, as_json=as_json
        )
    return 0


def _answer(
    engine: Engine,
    program: Program,
    file: Path,
    session: dt.date | None,
    exercise: str | None,
    *,
    gains: bool,
    numbers: bool,
    as_json: bool,
) -> None:
    width = terminal_width()
    if numbers:
        traced = engine.numbers(program, session=session, exercise=exercise)
        whole = session is None and exercise is None
        show(_json(traced.as_data()) if as_json else numbers_text(traced, width, whole=whole))
        return
    phases = engine.analyse(program)
    if gains:
        found = worker.run(lambda cancel, _: engine.gains(program, cancel=cancel), progress=False)
        show(_json(found.as_data()) if as_json else gains_text(found, width))
    elif session is None and exercise is None:
        show(_json(_limits(phases)) if as_json else limits_text(phases, str(file), width))
    else:
        from legengine.advise.why import why

        report = why(phases, session=session, exercise=exercise)
        show(_json(report.as_data()) if as_json else why_text(report, width))


def _limits(phases: Sequence[PhaseAnalysis]) -> dict[str, Any]:
    return {
        "document": "limits",
        "phases": [
            {
                "phase": phase.number,
                "title": phase.problem.title,
                "weeks": [week.number for week in phase.problem.weeks],
                "binds": [bind.model_dump(mode="json") for bind in phase.binds],
            }
            for phase in phases
        ],
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)
