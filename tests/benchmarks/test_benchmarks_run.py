"""Every benchmark still runs; what it measures is no test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SCRIPTS = (
    "advice",
    "cancel",
    "cold",
    "impossible",
    "imported",
    "outputs",
    "peers",
    "plugins",
    "replan",
    "scaling",
    "warm",
)


def test_every_script_is_run_here() -> None:
    modules = {path.stem for path in BENCHMARKS.glob("*.py")}
    assert modules - {"cases", "measure"} == set(SCRIPTS)


@pytest.mark.parametrize("script", SCRIPTS)
def test_smallest_setting(script: str, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    run = subprocess.run(
        [sys.executable, str(BENCHMARKS / f"{script}.py"), "--quick", "--json", str(figures)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    data = json.loads(figures.read_text(encoding="utf-8"))
    assert data["quick"]
    for title, rows in data["tables"].items():
        assert title in run.stdout
        assert rows
