"""Everything that legengine asks of this plugin, one test for each check."""

from __future__ import annotations

from collections.abc import Callable

from legengine.testing import plugin_checks

from legengine_example import plugin


@plugin_checks(plugin)
def test_conformance(check: Callable[[], None]) -> None:
    check()
