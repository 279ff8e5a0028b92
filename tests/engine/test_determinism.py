"""The same command gives the same bytes: under five hash seeds, on one core and on all."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "beginner-at-home.yaml"
COMMAND = [
    *(sys.executable, "-m", "legengine", "generate", str(EXAMPLE)),
    *("-f", "json", "--start", "2026-11-30", "--today", "2026-11-23"),
]


def run(seed: int, cores: set[int] | None = None) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    pin = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    made = subprocess.run(COMMAND, env=environment, capture_output=True, check=True, preexec_fn=pin)
    return made.stdout


def test_five_hash_seeds_and_one_core_give_the_same_bytes() -> None:
    with ThreadPoolExecutor(2) as pool:
        outputs = list(pool.map(run, range(5)))
    if hasattr(os, "sched_setaffinity"):
        outputs.append(run(0, {min(os.sched_getaffinity(0))}))
    assert len(outputs[0]) > 10_000
    assert len(set(outputs)) == 1


def test_two_threads_of_one_engine_give_the_same_program() -> None:
    import datetime as dt

    from legengine import Engine, read_profile

    profile = read_profile(EXAMPLE).profile.model_copy(update={"weeks": 4})
    engine = Engine()

    def generate(_: int) -> str:
        made = engine.generate(profile, today=dt.date(2026, 11, 23), start=dt.date(2026, 11, 30))
        return made.model_dump_json()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(generate, range(4)))) == 1
