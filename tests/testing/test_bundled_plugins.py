"""The bundled plugins and the built-in rules pass the suite that others are asked to pass.

That proves the suite as well: what it asks can be done, by 14 rules, 12 wishes and the rest.
"""

from __future__ import annotations

from collections import Counter

import pytest

from legengine.hooks.discovery import OWN_DISTRIBUTION, find
from legengine.testing import checks_of, sealed_registry
from legengine.testing.conformance.described import WORDS

OWN = [found.name for found in find() if found.distribution == OWN_DISTRIBUTION]


@pytest.mark.parametrize("name", OWN)
def test_a_bundled_plugin_passes_every_check(name: str) -> None:
    outcomes = [check.outcome() for check in checks_of(name)]
    wrong = {each.id: each.reason for each in outcomes if each.verdict in ("failed", "warning")}
    assert wrong == {}
    skipped = Counter(each.id.rpartition(": ")[2] for each in outcomes if each.verdict == "skipped")
    # Nothing is skipped but what a rule or a policy may have and need not.
    assert set(skipped) <= {"margins", "milder", "monotone", "reads its examples"}


def test_every_bundled_object_is_asked() -> None:
    registry = sealed_registry()
    asked = {check.id.partition(": ")[0] for name in OWN for check in checks_of(name)} - {"plugin"}
    assert asked == {f"{WORDS[kind]} {name}" for kind in WORDS for name in registry.of(kind)}
