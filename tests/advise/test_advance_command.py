"""``legengine advance`` as it is called, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from legengine.domain.program import Program
from legengine.domain.results import Results
from legengine.engine import Engine
from legengine.intake.results import read_results

from .advancing import SHOWN, TODAY, profile

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Path:
    planned = engine.generate(profile(), today=TODAY)
    path = tmp_path_factory.mktemp("programs") / "program.json"
    path.write_text(planned.model_dump_json(by_alias=True))
    return path


@pytest.fixture
def advance(file: Path, tmp_path: Path) -> Call:
    def call(*args: object, results: Any = None) -> tuple[int, str, str]:
        more: tuple[object, ...] = ()
        if results is not None:
            text = results if isinstance(results, str) else yaml.safe_dump(results)
            (tmp_path / "results.yaml").write_text(text)
            more = ("--results", "results.yaml")
        command = ["advance", file, *more, "--today", "2026-12-26", "-q", *args]
        done = subprocess.run(
            [sys.executable, "-m", "legengine", *map(str, command)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=120,
        )
        return done.returncode, done.stdout, done.stderr

    return call


def test_a_pass_is_told_and_the_program_written(advance: Call, tmp_path: Path) -> None:
    code, out, err = advance("-o", "next.json", results=SHOWN)
    assert (code, err) == (0, "")
    assert out.startswith(
        "Passed: foundation, tested on 2026-12-26 after 4 weeks\n"
        "Goes on with: Introduction to load, 4 weeks from Mon 2026-12-28\n"
    )
    assert "  + 3 sets of 15 glute bridges: 16" in out
    after = Program.model_validate_json((tmp_path / "next.json").read_text())
    assert after.before is not None
    checked = subprocess.run(
        [sys.executable, "-m", "legengine", "check", "next.json"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_decision_as_json(advance: Call) -> None:
    missing = {**SHOWN, "red_flags": None}
    code, out, err = advance("--json", results=missing)
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["outcome"], told["goes_on_with"]) == ("stay", "foundation")
    silent = [each["id"] for each in told["criteria"] if each["state"] == "not_shown"]
    assert silent == ["warning_signs"]


def test_pages_show_the_decision_and_the_card(advance: Call) -> None:
    for name in ("terminal", "markdown"):
        code, out, _ = advance("-f", name, results={**SHOWN, "red_flags": None})
        page = " ".join(out.split())
        assert code == 0
        assert "What the last tests decided" in page
        assert "Test card: end of week 1" in page
        assert "provisional" in page
        assert "15 stands in 30 s" in page


def test_the_template_is_filled_in_and_read_back(advance: Call, tmp_path: Path) -> None:
    code, text, err = advance("--template")
    assert (code, err) == (0, "")
    empty = tmp_path / "empty.yaml"
    empty.write_text(text)
    read = read_results(empty)
    assert read == Results.model_validate(
        {
            "date": "2026-12-26",
            "phase": "foundation",
            "sessions": {"last_3_weeks_planned": 9},
        }
    )
    code, out, _ = advance("--json", results=text)
    assert code == 0
    told = json.loads(out)
    shown = [each["id"] for each in told["criteria"] if each["state"] == "shown"]
    assert (told["outcome"], shown) == ("stay", ["weeks"])
    filled = yaml.safe_load(text)
    for section, answers in SHOWN.items():
        if isinstance(answers, dict):
            assert set(answers) <= set(filled[section]), section
            filled[section].update(answers)
        else:
            filled[section] = answers
    code, out, _ = advance("--json", results=filled)
    assert json.loads(out)["outcome"] == "pass"


def changed(section: str, name: str, value: Any) -> dict[str, Any]:
    return {**SHOWN, section: {**SHOWN[section], name: value}}


@pytest.mark.parametrize(
    ("results", "said"),
    [
        (changed("tests", "chair_squats", 15), "unknown field 'chair_squats' (did you mean"),
        (changed("tests", "wall_sit_s", -1), "tests.wall_sit_s: must be at least 0, got -1"),
        (changed("tests", "heel_raise", {"right": 9}), "tests.heel_raise.left: 'left' is missing"),
        (changed("pain", "during", 11), "pain.during: must be at most 10, got 11"),
        (changed("sessions", "last_3_weeks_done", 12), "12 sessions done of 9 planned"),
        (changed("events", "effusion", "much"), "expected 'none', 'trace', '1+', '2+' or '3+'"),
        ({**SHOWN, "date": "2026-11-01"}, "date: 2026-11-01 is before the program"),
        ({**SHOWN, "phase": "introduction"}, "phase: on 2026-12-26 the program is in phase"),
        ({**SHOWN, "weeks": 9}, "weeks: 9 weeks are more than the 4 that are over"),
        ({"phase": "foundation"}, "date: 'date' is missing"),
        ({**SHOWN, "red_flags": {"numbnes": True}}, "numbnes"),
    ],
)
def test_results_that_can_not_be_meant(advance: Call, results: Any, said: str) -> None:
    code, out, err = advance(results=results)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_wrong_answer_has_its_line(advance: Call) -> None:
    text = "date: 2026-12-26\nphase: foundation\ntests:\n  wall_sit_s: -3\n"
    code, _, err = advance(results=text)
    assert code == 2
    assert "results.yaml:4:" in err


def test_a_sign_is_a_referral(advance: Call, tmp_path: Path) -> None:
    code, out, _ = advance("-o", "next.json", results={**SHOWN, "red_flags": {"numbness": True}})
    assert code == 4
    assert "numbness" in out.lower()
    assert not (tmp_path / "next.json").exists()


@pytest.mark.parametrize("args", [(), ("--template", "-f", "json")])
def test_usage(advance: Call, args: tuple[str, ...]) -> None:
    code, out, err = advance(*args)
    assert (code, out) == (2, "")
    assert "--template" in err
