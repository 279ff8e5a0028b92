"""What a plugin as a whole is asked: its metadata, how it is imported, whether it is the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from legengine.hooks.contracts import API_VERSION
from legengine.hooks.discovery import OWN_DISTRIBUTION
from legengine.hooks.inspection import SINGULAR
from legengine.testing.conformance.check import Check, CheckFailed, CheckSkipped, expect
from legengine.testing.conformance.subject import Subject

IMPORT_SECONDS: Final = 2.0
"""An import may take so long; listing plugins with --load waits for it."""

SEEDS: Final = (0, 1, 2, 3, 4)
"""Hash seeds under which a plugin must say the same."""

_ENTRY: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_TIMEOUT: Final = 300


@dataclass
class Fresh:
    """A plugin in processes of its own."""

    subject: Subject

    def ask(self, ask: str, seed: int = 0) -> subprocess.Popen[str]:
        """Start a process that is asked one thing."""
        if self.subject.on_file:
            raise CheckSkipped("data is read, not imported")
        if not self.subject.importable:
            raise CheckSkipped(
                "it is no module that a fresh process could import; give a module, an import path "
                "or an installed plugin"
            )
        request = {
            "ask": ask,
            "name": self.subject.found.name,
            "distribution": self.subject.found.distribution,
            "value": self.subject.found.value,
            "own": self.subject.own,
            "objects": [[kind, name] for kind, name, _ in self.subject.objects()],
            "path": [path for path in sys.path if path],
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "legengine.testing.conformance.probe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=Path.cwd(),
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONWARNINGS": "ignore"},
        )
        if process.stdin is not None:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        return process

    @staticmethod
    def answer(process: subprocess.Popen[str]) -> tuple[Any, str]:
        """What a process answered, and what the plugin printed meanwhile."""
        out, printed = process.communicate(timeout=_TIMEOUT)
        if process.returncode or not out:
            last = printed.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
            raise CheckFailed(f"in a fresh process it fails: {last[0]}")
        return json.loads(out), printed

    @cached_property
    def imported(self) -> tuple[dict[str, Any], str]:
        """How it is imported; the quicker of two, where the first was slow."""
        best, printed = self.answer(self.ask("import"))
        if best["seconds"] > IMPORT_SECONDS:
            again, _ = self.answer(self.ask("import"))
            best = min(best, again, key=lambda said: float(said["seconds"]))
        return best, printed

    @cached_property
    def told(self) -> tuple[tuple[dict[str, str], str], ...]:
        """What it says of itself, and what it printed meanwhile, under each hash seed."""
        processes = [self.ask("told", seed) for seed in SEEDS]
        return tuple(self.answer(process) for process in processes)


def plugin_level_checks(subject: Subject) -> Iterator[Check]:
    """What a plugin is asked before its objects are."""
    fresh = Fresh(subject)
    questions: tuple[tuple[str, str, Callable[[Fresh], None]], ...] = (
        ("loads", "it is loaded whole, with every hook and every object", loads),
        (
            "says its contract",
            "LEGENGINE_API says the version that it was written for",
            says_contract,
        ),
        ("metadata", "its distribution is named, versioned, and depends on legengine", metadata),
        ("names", "nothing that it provides has a name that comes with legengine", names),
        ("imports light", "importing it loads nothing heavy and takes no time", imports_light),
        ("prints nothing", "it is silent while it is imported and used", prints_nothing),
        ("same everywhere", "it says the same under every hash seed", same_everywhere),
    )
    for what, about, question in questions:
        if subject.failure and question not in (loads, metadata):
            continue
        yield Check(f"plugin: {what}", about, _asking(question, fresh))


def _asking(question: Callable[[Fresh], None], fresh: Fresh) -> Callable[[], None]:
    return lambda: question(fresh)


def loads(fresh: Fresh) -> None:
    """It is there."""
    expect(not fresh.subject.failure, fresh.subject.failure)
    record = fresh.subject.record
    expect(record is not None and bool(record.provides), "it provides nothing")


def says_contract(fresh: Fresh) -> None:
    """The version of the contract stands in it."""
    if fresh.subject.on_file:
        raise CheckSkipped("data has no contract to say")
    plugin = fresh.subject.plugin
    expect(
        hasattr(plugin, "LEGENGINE_API"),
        f"it doesn't say for which contract it was written: add LEGENGINE_API = {API_VERSION} "
        "beside its hooks, so that a later legengine can tell",
    )


def metadata(fresh: Fresh) -> None:
    """Name, version and dependency of the distribution."""
    found, requirements = fresh.subject.found, fresh.subject.requirements
    if fresh.subject.on_file:
        raise CheckSkipped("data comes with no distribution")
    if not found.distribution:
        raise CheckSkipped("it comes with no distribution; a folder or an installed plugin does")
    expect(
        _ENTRY.fullmatch(found.name) is not None,
        f"its entry point is called '{found.name}': use lower-case letters, digits, '-' and '_'",
    )
    expect(bool(found.version), "its distribution says no version")
    if found.distribution == OWN_DISTRIBUTION:
        return
    expect(
        found.distribution.lower().replace("_", "-").startswith(f"{OWN_DISTRIBUTION}-"),
        f"its distribution is called '{found.distribution}'; call it 'legengine-...', so that "
        "people find it and names don't clash",
    )
    needs = [re.split(r"[^A-Za-z0-9_.-]", need.strip())[0].lower() for need in requirements or ()]
    expect(
        OWN_DISTRIBUTION in needs,
        'it doesn\'t depend on legengine: add dependencies = ["legengine>=..."]',
    )


def names(fresh: Fresh) -> None:
    """Nothing of a name that is taken."""
    registry, found = fresh.subject.loaded, fresh.subject.found
    for (kind, name), plugins in registry.conflicts.items():
        expect(
            found not in plugins,
            f"{SINGULAR[kind]} '{name}' is provided by "
            f"{' and by '.join(str(plugin) for plugin in plugins)}: choose another name",
        )


def imports_light(fresh: Fresh) -> None:
    """Nothing heavy, no time."""
    said, _ = fresh.imported
    expect(
        not said["heavy"],
        f"importing it and calling its hooks loads {', '.join(said['heavy'])}: import what is "
        "heavy inside the method that needs it",
    )
    expect(
        said["seconds"] <= IMPORT_SECONDS,
        f"importing it takes {said['seconds']:.1f} s, at most {IMPORT_SECONDS:g} s are fine: "
        "import what is heavy inside the method that needs it, and read files when they are asked "
        "for",
    )


def prints_nothing(fresh: Fresh) -> None:
    """Silent."""
    _is_silent(fresh.imported[1], "imported")
    if fresh.subject.objects():
        try:
            told = fresh.told
        except CheckFailed:
            return  # why it fails is told by 'same everywhere'
        _is_silent(told[0][1], "used")


def _is_silent(printed: str, when: str) -> None:
    lines = printed.strip().splitlines()
    expect(
        not lines,
        f"it prints {(lines or [''])[0]!r} while it is {when}: use logging.getLogger(__name__), "
        "standard output belongs to whoever runs legengine",
    )


def same_everywhere(fresh: Fresh) -> None:
    """The same description, models and outputs under every hash seed."""
    if not fresh.subject.objects():
        raise CheckSkipped("it provides nothing that could be asked")
    answers = [answer for answer, _ in fresh.told]
    for title, first in answers[0].items():
        expect(
            all(answer[title] == first for answer in answers),
            f"{title} says something else in another process: the order of a set or of a hash "
            "gets into it; sort before you iterate",
        )


__all__ = ["plugin_level_checks"]
