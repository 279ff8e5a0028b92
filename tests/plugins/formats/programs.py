"""Every program that the formats are tried on: samples, examples, the test profiles."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from legengine import Engine, Program, ReferralError, read_profile
from legengine.domain.program import Prescription, ProgramPhase, ProgramWeek, Session
from legengine.testing.samples import PROGRAMS, sample_program

TESTS = Path(__file__).parents[2]
TODAY, START = dt.date(2026, 11, 23), dt.date(2026, 11, 30)

FILES = {
    **{path.stem: path for path in sorted((TESTS.parent / "examples").iterdir())},
    **{path.stem: path for path in sorted((TESTS / "profiles").glob("t*.yaml"))},
}
"""Profiles of which a program can be made; a few of the test profiles end in something else."""

NO_PROGRAM = ("t07", "t09")
"""Test profiles that end in a referral, and in no schedule."""

NAMES = (*PROGRAMS, *sorted(set(FILES) - set(NO_PROGRAM)))
"""What a test is parametrised by."""


@cache
def engine() -> Engine:
    return Engine()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "programs"
    folder.mkdir(exist_ok=True)
    return folder


def program_of(name: str, folder: Path) -> Program:
    """The program of a name; solved once, and kept in a folder that all processes share."""
    if name in PROGRAMS:
        return sample_program(name)
    file = folder / f"{name}.json"
    if not file.exists():
        program = engine().generate(read_profile(FILES[name]).profile, today=TODAY, start=START)
        mine = folder / f"{name}.{os.getpid()}"
        mine.write_text(program.model_dump_json(by_alias=True), encoding="utf-8")
        mine.replace(file)
    return Program.model_validate_json(file.read_text(encoding="utf-8"))


def referral_of(name: str) -> ReferralError:
    """What screening refuses in a test profile."""
    try:
        engine().generate(read_profile(FILES[name]).profile, today=TODAY, start=START)
    except ReferralError as refused:
        return refused
    raise AssertionError(f"{name} is not refused")


def altered(
    program: Program, change: Callable[[int, Prescription], Prescription], **of_phases: object
) -> Program:
    """The program with every prescription changed, each by its place in its session, and phases."""

    def session_of(session: Session) -> Session:
        items = tuple(change(*each) for each in enumerate(session.prescriptions))
        return session.model_copy(update={"prescriptions": items})

    def week_of(week: ProgramWeek) -> ProgramWeek:
        return week.model_copy(update={"sessions": tuple(map(session_of, week.sessions))})

    def phase_of(phase: ProgramPhase) -> ProgramPhase:
        return phase.model_copy(update={"weeks": tuple(map(week_of, phase.weeks)), **of_phases})

    return program.model_copy(update={"phases": tuple(map(phase_of, program.phases))})
