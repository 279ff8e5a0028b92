from __future__ import annotations

import io
import sys
import threading
from types import SimpleNamespace

import pytest

from legengine.cli import worker
from legengine.errors import InternalError, LimitError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def news(**more: object) -> SimpleNamespace:
    facts = {"phase": "strength", "phases": 3, "index": 2, "level": "volume", "value": 12}
    return SimpleNamespace(**{**facts, "bound": 10, **more})


def test_the_result_and_the_failure_come_back() -> None:
    def work(cancel: threading.Event, on_progress: object) -> str:
        assert threading.current_thread() is not threading.main_thread()
        assert not cancel.is_set()
        return "done"

    assert worker.run(work, progress=False) == "done"
    with pytest.raises(ZeroDivisionError):
        worker.run(lambda cancel, on_progress: 1 / 0, progress=False)


def test_it_works_outside_the_main_thread() -> None:
    results: list[int] = []
    thread = threading.Thread(
        target=lambda: results.append(worker.run(lambda cancel, tell: 3, progress=False))
    )
    thread.start()
    thread.join()
    assert results == [3]


def test_an_interrupt_cancels_and_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def work(cancel: threading.Event, on_progress: object) -> None:
        assert cancel.wait(30)
        ended.set()

    def interrupt(self: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(worker.ProgressLine, "draw", interrupt)
    with pytest.raises(KeyboardInterrupt):
        worker.run(work, progress=False)
    assert ended.is_set()


def test_an_interrupt_returns_the_best_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(self: object) -> None:
        raise KeyboardInterrupt

    def work(cancel: threading.Event, on_progress: object) -> str:
        assert cancel.wait(30)
        return "the best so far"

    def found_nothing(cancel: threading.Event, on_progress: object) -> None:
        assert cancel.wait(30)
        raise LimitError("cancelled")

    def contradicts(cancel: threading.Event, on_progress: object) -> None:
        assert cancel.wait(30)
        raise InternalError("a bug")

    terminal = Terminal()
    monkeypatch.setattr(worker.ProgressLine, "draw", interrupt)
    monkeypatch.setattr(sys, "stderr", terminal)
    assert worker.run(work, progress=True, best=True) == "the best so far"
    assert "legengine: stopping with the best program so far; Ctrl-C again" in terminal.getvalue()
    with pytest.raises(KeyboardInterrupt):
        worker.run(found_nothing, progress=False, best=True)
    with pytest.raises(InternalError):
        worker.run(contradicts, progress=False, best=True)


def test_progress_is_told_in_words() -> None:
    assert worker.described(None) == "working"
    told = worker.described(news())
    assert told == "phase 2 of 3 (strength): volume 12, at best 10"
    assert worker.described(news(value=None)) == "phase 2 of 3 (strength): volume"


def test_progress_shows_on_a_terminal_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    line = worker.ProgressLine(stream, enabled=True)
    line.draw()
    line.clear()
    assert stream.getvalue() == ""
    monkeypatch.setattr(worker, "_QUIET_S", -1)
    line.note(news())
    line.draw()
    line.draw()
    line.clear()
    text = stream.getvalue()
    assert text.count("strength") == 1
    assert text.endswith("\r\x1b[2K")


@pytest.mark.parametrize(("stream", "enabled"), [(io.StringIO(), True), (Terminal(), False)])
def test_progress_shows_nowhere_else(stream, enabled, monkeypatch) -> None:
    monkeypatch.setattr(worker, "_QUIET_S", -1)
    line = worker.ProgressLine(stream, enabled=enabled)
    line.draw()
    line.clear()
    assert stream.getvalue() == ""
