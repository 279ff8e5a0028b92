"""What a fresh process is asked about a plugin: how it is imported, and what it says of itself.

Run as ``python -m legengine.testing.conformance.probe``; the request is one line of JSON on the
standard input, the answer one line on the standard output. What the plugin prints is caught.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, Final

HEAVY: Final = ("ortools", "numpy", "pandas", "scipy", "pytest", "hypothesis", "matplotlib")
"""Modules that nothing of a plugin may load before it is used."""


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.readline())
    sys.path[:0] = [path for path in request["path"] if path not in sys.path]
    # The plugin may write to the file descriptor itself: it goes to standard error meanwhile.
    answers = os.dup(1)
    os.dup2(2, 1)
    result = imported(request) if request["ask"] == "import" else told(request)
    with os.fdopen(answers, "w", encoding="utf-8") as out:
        out.write(json.dumps(result))


def imported(request: dict[str, Any]) -> dict[str, Any]:
    """Import a plugin and call its hooks, as a registry would; what that loads and how long."""
    import legengine.hooks.contracts
    import legengine.hooks.library
    import legengine.hooks.loading
    from legengine.hooks.discovery import FoundPlugin

    before = set(sys.modules)
    found = FoundPlugin(request["name"], request["distribution"], "", request["value"])
    start = time.perf_counter()
    plugin = found.load()
    seconds = time.perf_counter() - start
    loader = legengine.hooks.loading.Loader()
    loader.give((request["name"], plugin))
    loaded = sorted({name.partition(".")[0] for name in set(sys.modules) - before})
    return {"seconds": seconds, "heavy": [name for name in HEAVY if name in loaded]}


def told(request: dict[str, Any]) -> dict[str, str]:
    """Everything that a plugin says, as texts by what they are about."""
    from legengine.hooks.discovery import FoundPlugin
    from legengine.testing.conformance.telling import everything_told
    from legengine.testing.registries import sealed_registry

    names = [(kind, name) for kind, name in request["objects"]]
    given: list[object] = []
    if not request["own"]:
        found = FoundPlugin(request["name"], request["distribution"], "", request["value"])
        given.append((request["name"], found.load()))
    return everything_told(sealed_registry(*given), names)


if __name__ == "__main__":
    main()
