"""What writing costs: every format, for a program of twelve and of 52 weeks, against its solve.

The page is also measured in a process of its own, that reads a program and writes it: time and
memory against one that only reads it. A render in this process comes after another one, as in a
service; the first also pays for the libraries that a format imports.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Span, Table, Watch, arguments, number, report, run_process

if TYPE_CHECKING:
    from legengine import Engine
    from legengine.domain.program import Program
    from legengine.hooks import Files

ROOT = Path(__file__).resolve().parent.parent
TODAY, START = "2026-11-23", "2026-11-30"
PERSON = ROOT / "examples" / "older-adult-at-home.yaml"

READ = (
    "import sys; from pathlib import Path; from legengine.cli.program_file import read_program;"
    "read_program(Path(sys.argv[1]))"
)


def size(content: str | bytes | Files) -> int:
    """Bytes on the disk, of all files together."""
    if isinstance(content, str):
        return len(content.encode())
    return len(content) if isinstance(content, bytes) else sum(map(size, content.files.values()))


def generated(engine: Engine, weeks: int) -> tuple[Program, Span]:
    from legengine import read_profile

    profile = read_profile(PERSON).profile.model_copy(update={"weeks": weeks})
    watch = Watch()
    program = engine.generate(
        profile, today=dt.date.fromisoformat(TODAY), start=dt.date.fromisoformat(START)
    )
    return program, watch.read()


def formats_table(engine: Engine, weeks: int, rounds: int) -> Table:
    from legengine.hooks.needs import missing_of

    program, solve = generated(engine, weeks)
    rows = []
    for name, format in engine.registry.formats.items():
        if missing_of(format):
            rows.append([name, *["-"] * 5])
            continue
        spans = []
        content: str | bytes | Files = ""
        for _ in range(rounds + 1):
            watch = Watch()
            content = engine.render(program, name)
            spans.append(watch.read())
        first, later = spans[0].wall, statistics.median(span.wall for span in spans[1:])
        rows.append(
            [
                name,
                number(size(content) / 1000),
                number(first),
                number(later),
                f"{later / solve.wall:.3f}",
                "yes" if first <= solve.wall else "no",
            ]
        )
    title = f"{weeks} weeks, solved and checked in {number(solve.wall)} ms; median of {rounds}"
    head = ["format", "kB", "first ms", "later ms", "later / solve", "first is no slower"]
    return title, head, rows


def processes_table(weeks: int, rounds: int) -> Table:
    """A fresh process that reads and writes, against one that generates; the parent is light."""
    legengine = [sys.executable, "-m", "legengine"]
    dates = ["--today", TODAY, "--start", START, "-q"]
    names = json.loads(
        subprocess.run([*legengine, "formats", "--json"], check=True, capture_output=True).stdout
    )
    with tempfile.TemporaryDirectory() as folder:
        person = Path(folder) / "person.yaml"
        text = PERSON.read_text(encoding="utf-8") + f"\nweeks: {weeks}\n"
        person.write_text(text, encoding="utf-8")
        file = Path(folder) / "program.json"
        generate = [*legengine, "generate", str(person), *dates]
        run_process([*generate, "-o", str(file)])
        runs = {"generate it": [*generate, "-f", "json"]}
        runs["read it"] = [sys.executable, "-c", READ, str(file)]
        runs |= {
            f"render it as {row['name']}": [
                *legengine, "render", str(file), "-f", row["name"],
                "-o", f"{folder}/{row['name']}", "--force", "-q",
            ]
            for row in names
            if row["ready"]
        }  # fmt: skip
        spans: dict[str, list[Span]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, command in runs.items():
                spans[name].append(run_process(command))
    base = statistics.median(span.wall for span in spans["generate it"])
    rows = []
    for name, found in spans.items():
        wall = statistics.median(span.wall for span in found)
        peak = max(span.peak_mb for span in found)
        rows.append([name, number(wall), f"{wall / base:.2f}", number(peak)])
    head = ["process", "wall ms", "ratio to generate", "MB"]
    return f"Fresh processes, a program of {weeks} weeks; median of {rounds}", head, rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="renders of each format")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    lengths = (4,) if options.quick else (12, 52)
    # First, while this process is light: a child's peak includes its parent's at the fork.
    processes = processes_table(lengths[-1], 1 if options.quick else 5)
    from legengine import Engine

    engine = Engine()
    tables = [formats_table(engine, weeks, rounds) for weeks in lengths]
    report([*tables, processes], options)


if __name__ == "__main__":
    main()
