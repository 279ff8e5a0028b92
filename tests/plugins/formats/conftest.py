"""A real browser for what is written for browsers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from legengine import Program

from .programs import program_of, shared_folder

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass
class Opened:
    """A page in the browser, with what went wrong on it and what it asked the network for."""

    page: Any
    address: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium of the system; a test that needs it is skipped where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser on this system: looked for {', '.join(BROWSERS)}")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page from a file, phone-sized, the network cut.

    In the end no page may have had an error or have asked for anything but itself.
    """
    contexts: list[Any] = []
    every: list[Opened] = []

    def open_it(
        html: str, *, at: str = "", clock: str = "", context: Any = None, **how: Any
    ) -> Opened:
        file = tmp_path / f"page-{len(every)}.html"
        file.write_text(html, encoding="utf-8", newline="")
        if context is None:
            context = browser.new_context(
                **{"viewport": {"width": 360, "height": 740}, "accept_downloads": True} | how
            )
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        opened = Opened(page, file.as_uri())
        page.route(
            "**/*",
            lambda route: (
                route.continue_()
                if route.request.url.split("#")[0] == opened.address
                else (opened.requests.append(route.request.url), route.abort())
            ),
        )
        page.on("pageerror", lambda error: opened.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                opened.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        every.append(opened)
        if clock:
            page.clock.install(time=clock)
        page.goto(opened.address + at)
        return opened

    yield open_it
    for context in contexts:
        context.close()
    for opened in every:
        assert opened.errors == []
        assert opened.requests == []


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Program]:
    """The programs by name; those that are solved are solved once for all processes of a run."""
    folder = shared_folder(tmp_path_factory)
    return cache(lambda name: program_of(name, folder))
