"""What only a real process shows: imports, signals, pipes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import PROFILE

HEAVY = ("ortools", "numpy", "pandas", "rich")
EXAMPLE = Path(__file__).parents[2] / "examples" / "beginner-at-home.yaml"

FAKE = """
import sys, time
from types import ModuleType
fake = ModuleType("legengine.engine")
class Engine:
    def __init__(self, *args, **more):
        from legengine.hooks.registry import Registry
        sys.path.insert(0, {tests!r})
        import conftest
        self.registry = Registry.create([conftest.Formats()], bundled=False, essential=False)
    def generate(self, profile, *, cancel, **more):
        print("solving", file=sys.stderr, flush=True)
        if {stubborn}:
            time.sleep(60)
        cancel.wait(60)
        time.sleep(0.1)
        print("cancelled", file=sys.stderr, flush=True)
        from legengine.errors import LimitError
        raise LimitError("cancelled")
fake.Engine, fake.SolveOptions = Engine, dict
sys.modules["legengine.engine"] = fake
import legengine.cli.worker as worker
worker.PATIENCE_S = {patience}
from legengine.cli import main
main()
"""


def start(*args: object, code: str | None = None, **more: object) -> subprocess.Popen[str]:
    how = ["-c", code] if code else ["-m", "legengine"]
    return subprocess.Popen(
        [sys.executable, *how, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (["--help"], (*HEAVY, "pydantic", "pluggy", "yaml")),
        (["generate", "--help"], (*HEAVY, "pydantic", "pluggy", "yaml")),
        (["init", "--help"], (*HEAVY, "pydantic", "pluggy", "yaml")),
        (["nonsense"], (*HEAVY, "pydantic", "pluggy", "yaml")),
        (["--version"], HEAVY),
        (["plugins", "list"], (*HEAVY, "legengine.rules", "legengine_legs")),
        (["schema", "profile"], HEAVY),
        (["schema", "program"], HEAVY),
        (
            ["generate", str(EXAMPLE), "--today", "2026-11-23", "-f", "json"],
            ("pandas", "numpy", "legengine.advise", "legengine.solve.conflict"),
        ),
    ],
)
def test_nothing_heavy_is_imported(args: list[str], absent: tuple[str, ...]) -> None:
    code = (
        "import json, sys\n"
        "from legengine.cli.app import run\n"
        "run(sys.argv[1:])\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    _, _, err = finish(start(*args, code=code))
    modules = set(json.loads(err.splitlines()[-1]))
    assert not modules & set(absent)


def test_help_and_usage() -> None:
    code, out, err = finish(start())
    assert (code, err) == (0, "")
    assert "generate" in out
    code, out, err = finish(start("genrate"))
    assert (code, out) == (2, "")
    assert "no such command 'genrate' (did you mean 'generate'?)" in err
    code, _, err = finish(start("generate", "--fromat", "x"))
    assert code == 2
    assert "--format" in err
    code, out, _ = finish(start("--version"))
    assert code == 0
    assert out.startswith("legengine ")
    assert "rules" in out


@pytest.mark.parametrize("args", [["schema", "program"], ["--help"], ["plugins"]])
def test_a_reader_that_goes_away(args: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [sys.executable, "-m", "legengine", *args],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, "")


def test_a_full_disk() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full")
    with full.open("w") as stream:
        ran = subprocess.run(
            [sys.executable, "-m", "legengine", "schema", "profile"],
            stdout=stream,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    assert "can't write the output: No space left" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_ascii_terminal() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LEGENGINE_NO_AUTOLOAD": "1"}
    args = ("--plugin", "legengine_legs.plugin", "exercises", "goblet_squat")
    code, out, err = finish(start(*args, env=environment))
    assert (code, err) == (0, "")
    assert "bend: knee 110" in out


def interrupted(folder: Path, number: int, *, stubborn: bool = False) -> tuple[int, str, str]:
    profile = folder / "profile.yaml"
    profile.write_text(PROFILE)
    text = FAKE.format(
        tests=str(Path(__file__).parent), stubborn=stubborn, patience=0.3 if stubborn else 30
    )
    process = start("generate", profile, "-o", folder / "program.json", code=text)
    assert process.stderr is not None
    assert process.stderr.readline() == "solving\n"
    time.sleep(0.2)
    process.send_signal(number)
    return finish(process)


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")],
)
def test_a_signal_stops_the_solver(number, code, word, tmp_path: Path) -> None:
    returned, out, err = interrupted(tmp_path, number)
    assert (returned, out) == (code, "")
    assert err == f"cancelled\nlegengine: {word}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["profile.yaml"]


def test_a_solver_that_does_not_listen_is_left_behind(tmp_path: Path) -> None:
    before = time.monotonic()
    code, _, err = interrupted(tmp_path, signal.SIGINT, stubborn=True)
    assert code == 130
    assert err == "legengine: interrupted\n"
    assert time.monotonic() - before < 30


def test_a_broken_plugin_takes_nothing_down(tmp_path: Path) -> None:
    info = tmp_path / "legengine_bad-0.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: legengine-bad\nVersion: 0.3\n")
    (info / "entry_points.txt").write_text("[legengine]\nbad = legengine_bad_module\n")
    (tmp_path / "legengine_bad_module.py").write_text("raise SystemExit('no')\n")
    paths = [str(tmp_path), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    code, out, err = finish(start("plugins", "list", env=environment))
    assert (code, err) == (0, "")
    assert ["bad", "0.3", "found", "legengine-bad"] in [line.split() for line in out.splitlines()]
    code, out, _ = finish(start("plugins", "list", "--load", env=environment))
    assert code == 5
    assert "bad: it can't be imported: SystemExit: no" in out
    code, out, err = finish(start("protocols", env=environment))
    assert code == 0
    assert "warning: plugin 'bad' of legengine-bad 0.3 is broken" in err
    code, out, err = finish(start("--disable", "bad", "protocols", env=environment))
    assert (code, err) == (0, "")
    code, _, err = finish(start("--disable", "rules", "plugins", env=environment))
    assert code == 2
    assert "plugin 'rules' can't be disabled" in err


# The real engine, slowed down where it tells its progress: a signal meets it at a known place.
SLOW = """
import sys, time
from legengine.cli import main, worker
note = worker.ProgressLine.note
def slow(line, progress):
    note(line, progress)
    if progress.value is not None and not slow.told:
        slow.told = True
        print("found", progress.index, file=sys.stderr, flush=True)
        time.sleep({pause})
slow.told = False
worker.ProgressLine.note = slow
main()
"""


def stopped(folder: Path, *signals: int, pause: float = 0.5) -> tuple[int, str, str]:
    """Generate an example with the real engine and send signals once something is found."""
    example = Path(__file__).parents[2] / "examples" / "travel-week.yaml"
    files = ["-o", folder / "program.json", "-o", folder / "program.md"]
    text = SLOW.format(pause=pause)
    process = start("generate", example, "--today", "2026-11-23", *files, code=text)
    assert process.stderr is not None
    assert process.stderr.readline() == "found 1\n"
    for number in signals:
        process.send_signal(number)
        time.sleep(0.2)
    return finish(process)


def test_an_interrupt_writes_the_best_program_so_far(tmp_path: Path) -> None:
    code, out, err = stopped(tmp_path, signal.SIGINT)
    assert (code, out) == (0, "")
    assert err.endswith(
        "program.md\nstopped before it was finished: the program is good, not proven best\n"
    )
    program = json.loads((tmp_path / "program.json").read_text())
    assert program["check"]["ok"]
    assert all(phase["solve"]["stopped"] for phase in program["phases"])
    assert sum(len(phase["weeks"]) for phase in program["phases"]) == program["weeks"]
    assert "Stopped before it was finished" in (tmp_path / "program.md").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.json", "program.md"]
    check = finish(start("check", tmp_path / "program.json"))
    assert check[0] == 0


def test_a_second_interrupt_ends_at_once_and_writes_nothing(tmp_path: Path) -> None:
    before = time.monotonic()
    code, out, err = stopped(tmp_path, signal.SIGINT, signal.SIGINT, pause=30)
    assert (code, out, err) == (130, "", "legengine: interrupted\n")
    assert time.monotonic() - before < 15
    assert list(tmp_path.iterdir()) == []


def test_a_termination_writes_nothing(tmp_path: Path) -> None:
    code, _, err = stopped(tmp_path, signal.SIGTERM)
    assert (code, err) == (143, "legengine: terminated\n")
    assert list(tmp_path.iterdir()) == []
