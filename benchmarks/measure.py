"""What the benchmarks share: two clocks, fresh processes, percentiles, a table, the arguments.

Light on purpose: ``cold.py`` measures memory, and a child's peak includes its parent's at the fork.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

Table = tuple[str, list[str], list[list[str]]]
"""Title, head, rows."""


@dataclass(frozen=True)
class Span:
    """Milliseconds on the wall, and of work: of all threads of the process."""

    wall: float
    cpu: float
    peak_mb: float = 0.0
    """Largest resident size, of fresh processes only."""


class Watch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> Span:
        return Span(
            1e3 * (time.perf_counter() - self._wall), 1e3 * (time.process_time() - self._cpu)
        )


def run_process(command: Sequence[str]) -> Span:
    """Run a command in a fresh process that may cache bytecode; it has to succeed."""
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Span(1e3 * wall, 1e3 * (used.ru_utime + used.ru_stime), used.ru_maxrss / 1024)


def peak_mb() -> float:
    """The largest resident size of this process since it started its program; Linux tells it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return math.nan
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile; not a number without values."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(percent / 100 * len(ranked)) - 1)] if ranked else math.nan


def number(value: float) -> str:
    """Three figures are all that these machines can tell."""
    if math.isnan(value):
        return "-"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def share(flags: Sequence[bool]) -> str:
    return f"{sum(flags)}/{len(flags)}" if flags else "-"


def arguments(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smallest setting: does it run?")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the tables as JSON too")
    return parser


def report(tables: Sequence[Table], options: argparse.Namespace) -> None:
    """Print Markdown tables with the machine in general words; write them as JSON if asked."""
    machine = (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"OR-Tools {version('ortools')}, legengine {version('legengine')}"
    )
    print(machine + (", quick: the figures mean nothing" if options.quick else ""))
    for title, head, rows in tables:
        print(f"\n{title}\n")
        for row in (head, ["---", *["--:"] * (len(head) - 1)], *rows):
            print("| " + " | ".join(row) + " |")
    sys.stdout.flush()
    if options.json:
        data: dict[str, Any] = {"machine": machine, "quick": options.quick, "tables": {}}
        for title, head, rows in tables:
            data["tables"][title] = [dict(zip(head, row, strict=True)) for row in rows]
        options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
