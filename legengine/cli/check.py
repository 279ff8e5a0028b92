"""``legengine check PROGRAM``: the independent checker over a program file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legengine.cli.pointing import pointing_into_program
from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import show

if TYPE_CHECKING:
    from legengine.domain.findings import CheckReport

BROKEN_RULES = 2
"""Exit code for a program that breaks rules: the file is not what it must be."""


@click.command("check")
@click.argument("program", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@pass_state
def command(state: State, program: Path, as_json: bool) -> int:
    """Check a PROGRAM (a JSON file, '-' for standard input) against every rule.

    It doesn't matter how the program was made. The exit code is 0 where every rule holds, and 2
    where one is broken or the file is no program.
    """
    state.json = as_json
    from legengine.cli.program_file import read_program

    document = read_program(program)
    engine = state.engine()
    if not as_json:
        warn(engine.registry)
    with pointing_into_program(program):
        report = engine.check(document)
    show(_as_json(report) if as_json else _as_text(report))
    return 0 if report.ok else BROKEN_RULES


def _as_json(report: CheckReport) -> str:
    data = {
        "ok": report.ok,
        "checked": dict(report.checked),
        "violations": [asdict(violation) for violation in report.violations],
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _as_text(report: CheckReport) -> str:
    facts = sum(report.checked.values())
    looked = f"{_count(len(report.checked), 'rule')}, {_count(facts, 'fact')} looked at"
    if report.ok:
        lines = [f"every rule holds ({looked})"]
        size = max(map(len, report.checked), default=0)
        lines += [f"  {rule.ljust(size)}  {count}" for rule, count in report.checked.items()]
        return "\n".join(lines)
    lines = [f"{_count(len(report.violations), 'violation')} ({looked})"]
    return "\n".join([*lines, *(f"  {violation}" for violation in report.violations)])


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
