"""What writing costs: every format, for a program of twelve and of 52 weeks, against its solve.

The page is also measured in a process of its own, that reads a program and writes it: time and
memory against one that only reads it. A render in this process comes after another one, as in a
service; the first also pays for the libraries that a format imports.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from cases import START, TODAY
from measure import Span, Table, Watch, arguments, number, report, run_process

from legengine import Engine, read_profile
from legengine.domain.program import Program
from legengine.hooks import Files
from legengine.hooks.needs import missing_of

ROOT = Path(__file__).resolve().parent.parent
PERSON = ROOT / "examples" / "older-adult-at-home.yaml"

READ = "import sys; from legengine.cli.program_file import read_program; from pathlib import Path; read_program(Path(sys.argv[1]))"  # noqa: E501


def size(content: str | bytes | Files) -> int:
    """Bytes on the disk, of all files together."""
    if isinstance(content, Files):
        return sum(map(size, content.files.values()))
    return len(content.encode() if isinstance(content, str) else content)


def generated(engine: Engine, weeks: int) -> tuple[Program, Span]:
    profile = read_profile(PERSON).profile.model_copy(update={"weeks": weeks})
    watch = Watch()
    program = engine.generate(profile, today=TODAY, start=START)
    return program, watch.read()


def formats_table(engine: Engine, weeks: int, rounds: int) -> Table:
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


def processes_table(engine: Engine, weeks: int, rounds: int) -> Table:
    """A fresh process that reads and writes, against one that reads."""
    program, _ = generated(engine, weeks)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "program.json"
        file.write_text(program.model_dump_json(by_alias=True), encoding="utf-8")
        legengine = [sys.executable, "-m", "legengine"]
        runs = {
            "read the program": [sys.executable, "-c", READ, str(file)],
            "generate it": [
                *legengine, "generate", str(PERSON), "-f", "json",
                "--today", str(TODAY), "--start", str(START), "-q",
            ],
        }  # fmt: skip
        runs |= {
            f"render it as {name}": [*legengine, "render", str(file), "-f", name, "-q"]
            for name, format in engine.registry.formats.items()
            if not missing_of(format)
        }
        spans: dict[str, list[Span]] = {name: [] for name in runs}
        for _ in range(rounds):
            for name, command in runs.items():
                spans[name].append(run_process(command))
    base = statistics.median(span.wall for span in spans["generate it"])
    rows = [
        [
            name,
            number(wall := statistics.median(span.wall for span in found)),
            f"{wall / base:.2f}",
            number(max(span.peak_mb for span in found)),
        ]
        for name, found in spans.items()
    ]
    title = f"Fresh processes, the example generates 12 weeks, the program has {weeks}"
    return title, ["process", "wall ms", "ratio to generate", "MB"], rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="renders of each format")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    lengths = (4,) if options.quick else (12, 52)
    engine = Engine()
    tables = [formats_table(engine, weeks, rounds) for weeks in lengths]
    if not options.quick:
        tables.append(processes_table(engine, lengths[-1], 3))
    report(tables, options)


if __name__ == "__main__":
    main()
