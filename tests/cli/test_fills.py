"""What a reader fills in is shown with its reason."""

from __future__ import annotations

import json

import pytest

from legengine.cli.app import run


def test_what_a_reader_fills_in_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["--no-autoload", "plugins", "show", "readers/free-exercise-db"]) == 0
    shown = capsys.readouterr().out
    assert "what it fills in, and why:" in shown
    assert "nobody rated what it does to a sore, weak or healing body" in shown
    assert run(["--no-autoload", "plugins", "show", "readers/free-exercise-db", "--json"]) == 0
    assert "[D]" in json.loads(capsys.readouterr().out)["fills"]["knee_flexion"]
