from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel

from legengine.cli.app import run
from legengine.domain.explanation import Explanation
from legengine.domain.findings import CheckReport, Referral, ScreeningFinding
from legengine.domain.profile import Profile
from legengine.domain.program import CheckResult, Program, Provenance
from legengine.errors import NoScheduleError
from legengine.hooks import NoOptions, RenderOptions, hookimpl
from legengine.hooks.registry import Registry

PROFILE = """\
person: {age: 40, sex: female}
cause: disuse
places: {home: {equipment: [chair]}}
availability: [{days: [mon], start: "18:00", minutes: 30}]
"""


@dataclass(frozen=True)
class FakeFormat:
    name: str
    suffixes: tuple[str, ...] = ()
    summary: str = "for tests"
    options: type[BaseModel] = NoOptions
    binary: bool = False

    def program(self, program: Program, options: RenderOptions) -> str | bytes:
        if program.title == "unprintable" and self.name != "json":
            raise RuntimeError("no ink")
        if program.title == "half a letter":
            return "\ud800"
        if self.name == "json":
            return program.model_dump_json(by_alias=True)
        text = f"{self.name} of {program.title} width {options.width} week {options.week}\n"
        return text.encode() if self.binary else text

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        if self.name == "one":
            raise RuntimeError("no ink")
        return f"{self.name} referral {referral.severity}\n"


class Formats:
    @hookimpl
    def legengine_formats(self):
        return [
            FakeFormat("terminal"),
            FakeFormat("json", (".json",)),
            FakeFormat("markdown", (".md", ".tar.md")),
            FakeFormat("one", (".both",)),
            FakeFormat("other", (".both",)),
            FakeFormat("pdf", (".pdf",), binary=True),
        ]


def make_program(profile: Profile, title: str = "legs") -> Program:
    return Program(
        title=title,
        start=dt.date(2026, 11, 30),
        weeks=12,
        profile=profile,
        protocol="leg-restoration",
        placement=(),
        screening=(),
        guidance=(),
        phases=(),
        sources={},
        provenance=Provenance(
            legengine="1",
            ortools="9",
            plugins={},
            profile_hash="0",
            settings={},
            screened_on=dt.date(2026, 11, 1),
            start_given=False,
        ),
        check=CheckResult(ok=True, checked={}),
    )


REFERRAL = Referral(
    severity="urgent",
    findings=(ScreeningFinding("R02", "urgent", "Numb.", "Why.", "Go.", ("S16",)),),
    screened_on="2026-11-01",
)


@dataclass
class Script:
    """What the fake engine does, and what it was told."""

    failure: BaseException | None = None
    title: str = "legs"
    report: CheckReport = field(default_factory=lambda: CheckReport((), {"rest": 3, "time": 1}))
    calls: list[dict[str, Any]] = field(default_factory=list)
    made: list[dict[str, Any]] = field(default_factory=list)


def fake_engine(script: Script) -> ModuleType:
    """A module that stands in for ``legengine.engine``."""
    module = ModuleType("legengine.engine")

    class Engine:
        def __init__(self, plugins=None, *, autoload=True, disable=(), strict=False, libraries=()):
            told = {"autoload": autoload, "disable": disable, "strict": strict}
            script.made.append({"plugins": plugins, **told})
            assert list(libraries) == []
            self.registry = Registry.create([Formats()], bundled=False, essential=False)

        def generate(self, profile, **more):
            script.calls.append({"profile": profile, **more})
            if script.failure is not None:
                raise script.failure
            return make_program(profile, script.title)

        def explain(self, profile, **more):
            assert isinstance(script.failure, NoScheduleError)
            return Explanation(script.failure.conflict)

        def check(self, program):
            return script.report

        def render(self, document, format, options=None, **speech):
            writer = self.registry.require("formats", format)
            write = writer.referral if isinstance(document, Referral) else writer.program
            with self.registry.blame("formats", format, "rendering"):
                return write(document, options)

    module.Engine = Engine
    module.SolveOptions = dict
    module.Progress = object
    return module


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    result = Script()
    monkeypatch.setitem(sys.modules, "legengine.engine", fake_engine(result))
    return result


@dataclass
class Ran:
    code: int
    out: str
    err: str


Legengine = Callable[..., Ran]


@pytest.fixture
def legengine(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Legengine:
    monkeypatch.delenv("COLUMNS", raising=False)

    def call(*args: object) -> Ran:
        code = run([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call


Module = Callable[[str], str]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Module]:
    """Write the source of a module and return its name, under which it can be imported."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    names: list[str] = []

    def write(source: str) -> str:
        name = f"cli_plugin_{tmp_path.name.replace('-', '_')}_{len(names)}"
        (folder / f"{name}.py").write_text(source)
        names.append(name)
        return name

    yield write
    for name in names:
        sys.modules.pop(name, None)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "profile.yaml"
    file.write_text(PROFILE)
    return file
