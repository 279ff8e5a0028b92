"""A wheel of this tree in a fresh virtual environment, as a user has it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WANTED = os.environ.get("LEGENGINE_DISTRIBUTION") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and not WANTED:
            why = "installs wheels for some minutes: LEGENGINE_DISTRIBUTION=1 runs it"
            item.add_marker(pytest.mark.skip(reason=why))


@dataclass(frozen=True)
class Installed:
    """A virtual environment with legengine from its wheel, and an empty folder to work in."""

    wheel: Path
    python: Path
    folder: Path
    environment: Mapping[str, str] = field(repr=False)

    def run(
        self, *command: object, code: int | None = 0, where: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a module of the environment: ``run("pip", "install", ...)``."""
        done = subprocess.run(
            [self.python, "-m", *map(str, command)],
            cwd=where or self.folder,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        shown = f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert code is None or done.returncode == code, shown
        return done

    def install(self, *what: object, options: Sequence[str] = ()) -> None:
        self.run("pip", "install", "--quiet", *options, *what)

    def uninstall(self, name: str) -> None:
        self.run("pip", "uninstall", "--quiet", "--yes", name)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    room = tmp_path_factory.mktemp("distribution")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    environment |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}

    def run(*command: object) -> None:
        done = subprocess.run(
            [*map(str, command)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", room / "dist", ROOT)
    (wheel,) = (room / "dist").glob("legengine-*.whl")
    run(sys.executable, "-m", "venv", room / "venv")
    folder = room / "empty"
    folder.mkdir()
    made = Installed(wheel, room / "venv" / "bin" / "python", folder, environment)
    made.install(f"{wheel}[testing]", "hatchling")
    return made
