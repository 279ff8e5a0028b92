"""Commands in fresh processes, against the least that such a process has to do.

``generate`` is compared with a Python that loads the solver's public API and solves a model of one
variable; commands that need no solver, with a Python that imports click and pydantic. All commands
take turns, so that a busy minute hits all of them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Span, arguments, number, report, run_process

EXAMPLES = Path(__file__).parent.parent / "examples"

ONE_VARIABLE = """
from ortools.sat.python import cp_model
model = cp_model.CpModel()
model.minimize(model.new_int_var(0, 1, "x"))
cp_model.CpSolver().solve(model)
"""
SOLVER = "Python: cp_model, one variable"
IMPORTS = "Python: import click, pydantic"


def legengine(*rest: str) -> list[str]:
    return [sys.executable, "-m", "legengine", *rest]


def generate(profile: Path, *rest: str) -> list[str]:
    return legengine("generate", str(profile), "--today", "2026-11-24", "--quiet", *rest)


def volume_status(profile: Path) -> str:
    """In how many phases the volume level is proven, from the program itself."""
    output = subprocess.run(
        generate(profile, "-f", "json"), check=True, capture_output=True, text=True
    ).stdout
    phases = [phase["solve"]["levels"] for phase in json.loads(output)["phases"]]
    levels = [level for phase in phases for level in phase if level["name"] == "volume"]
    proven = sum(level["status"] == "optimal" for level in levels)
    return f"proven in {proven} of {len(levels)} phases"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="runs of each command")
    options = parser.parse_args()
    rounds = 1 if options.quick else options.rounds

    with tempfile.TemporaryDirectory() as folder:
        week = Path(folder) / "one-week.yaml"
        text = (EXAMPLES / "beginner-at-home.yaml").read_text(encoding="utf-8")
        week.write_text(text + "weeks: 1\n", encoding="utf-8")
        profiles = [week] if options.quick else [week, *sorted(EXAMPLES.glob("*.*"))]
        commands = {"Python: nothing": [sys.executable, "-c", "pass"]}
        against = {"Python: nothing": IMPORTS}
        for reference, code in ((IMPORTS, "import click, pydantic"), (SOLVER, ONE_VARIABLE)):
            commands[reference] = [sys.executable, "-c", code]
            against[reference] = reference
        for words in ("--help", "plugins list", "schema profile"):
            commands[words] = legengine(*words.split())
            against[words] = IMPORTS
        status = {}
        for profile in profiles:
            name = f"generate {profile.name}"
            commands[name] = generate(profile)
            against[name] = SOLVER
            status[name] = volume_status(profile)

        if not options.quick:
            for command in commands.values():
                run_process(command)  # writes the bytecode, fills the file cache
        spans: dict[str, list[Span]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                spans[name].append(run_process(command))

    wall = {name: statistics.median(span.wall for span in spans[name]) for name in commands}
    cpu = {name: statistics.median(span.cpu for span in spans[name]) for name in commands}
    rows = [
        [
            name,
            number(wall[name]),
            number(min(span.wall for span in spans[name])),
            number(cpu[name]),
            number(max(span.peak_mb for span in spans[name])),
            f"{wall[name] / wall[against[name]]:.2f}",
            f"{cpu[name] / cpu[against[name]]:.2f}",
            status.get(name, ""),
        ]
        for name in commands
    ]
    head = ["command", "wall ms", "min", "CPU ms", "MB", "wall ratio", "CPU ratio", "volume"]
    title = (
        f"Fresh processes, median of {rounds}; ratios: commands without a solver to "
        f"`{IMPORTS}`, `generate` to `{SOLVER}`"
    )
    report([(title, head, rows)], options)


if __name__ == "__main__":
    main()
