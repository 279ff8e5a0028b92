"""What 200 installed plugins of others cost a command that needs none of them.

They are distributions with metadata, an entry point and a module that fails when it is imported: a
command that only looks at metadata never notices. Fresh processes; all commands take turns. The aim
is at most 1.5 times the same command without them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Span, arguments, number, report, run_process

AIM = 1.5
COMMANDS = ("--help", "plugins list")


def install(folder: Path, count: int) -> None:
    """As many distributions as pip would leave behind, each with one plugin."""
    for number_ in range(count):
        name = f"legengine-dummy-{number_:03}"
        info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
            "Requires-Dist: legengine\nRequires-Python: >=3.11\n\nA dummy.\n",
            encoding="utf-8",
        )
        module = f"legengine_dummy_{number_:03}"
        (info / "entry_points.txt").write_text(
            f"[legengine]\ndummy-{number_:03} = {module}\n", encoding="utf-8"
        )
        (info / "RECORD").write_text(f"{module}.py,,\n", encoding="utf-8")
        (folder / f"{module}.py").write_text(
            'raise ImportError("nobody asked for this")\n', encoding="utf-8"
        )


def command(words: str, folder: Path | None) -> list[str]:
    """A command of legengine in a fresh process, with a folder of distributions on its path."""
    path = "" if folder is None else f"import sys; sys.path.append({str(folder)!r}); "
    program = f"{path}from legengine.cli import main; main()"
    return [sys.executable, "-c", program, *words.split()]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=21, help="runs of each command")
    parser.add_argument("--plugins", type=int, default=200, help="how many plugins of others")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds
    count = 3 if options.quick else options.plugins
    os.environ.pop("LEGENGINE_NO_AUTOLOAD", None)

    with tempfile.TemporaryDirectory() as site:
        folder = Path(site)
        install(folder, count)
        listed = subprocess.run(
            command("plugins list", folder), check=True, capture_output=True, text=True
        ).stdout
        if f"dummy-{count - 1:03}" not in listed:
            raise SystemExit("the plugins were not found: nothing is measured")
        runs = {
            (words, there): command(words, folder if there else None)
            for words in COMMANDS
            for there in (False, True)
        }
        if not options.quick:
            for run in runs.values():
                run_process(run)  # writes the bytecode, fills the file cache
        spans: dict[tuple[str, bool], list[Span]] = {key: [] for key in runs}
        for _ in range(rounds):
            for key, run in runs.items():
                spans[key].append(run_process(run))

    rows = []
    for words in COMMANDS:
        wall = {
            there: statistics.median(span.wall for span in spans[words, there])
            for there in (False, True)
        }
        cpu = {
            there: statistics.median(span.cpu for span in spans[words, there])
            for there in (False, True)
        }
        ratio = cpu[True] / cpu[False]
        rows.append(
            [
                words,
                *(number(wall[there]) for there in (False, True)),
                *(number(cpu[there]) for there in (False, True)),
                f"{wall[True] / wall[False]:.2f}",
                f"{ratio:.2f}",
                "yes" if ratio <= AIM else "no",
            ]
        )
    head = [
        *("command", "wall ms, none", f"wall ms, {count}", "CPU ms, none", f"CPU ms, {count}"),
        *("wall ratio", "CPU ratio", f"at most {AIM:g}"),
    ]
    report([(f"Fresh processes, median of {rounds}", head, rows)], options)


if __name__ == "__main__":
    main()
