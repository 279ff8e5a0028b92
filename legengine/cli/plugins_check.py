"""``legengine plugins check NAME_OR_PATH``: the conformance suite over one plugin."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from legengine.cli.standard_output import keep_from_plugins
from legengine.cli.state import State, pass_state
from legengine.cli.tables import show
from legengine.errors import Fault, InputError, PluginError

if TYPE_CHECKING:
    from legengine.testing.conformance import Check, Outcome

INDENT = " " * 9
"""Reasons stand below the ids."""


@click.command("check")
@click.argument("plugin", metavar="NAME_OR_PATH")
@click.option("-k", "words", multiple=True, metavar="WORD", help="Only checks with it; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
@pass_state
def command(state: State, plugin: str, words: tuple[str, ...], as_json: bool) -> int:
    """Ask a plugin everything that its contract says, one line a check.

    NAME_OR_PATH is the name of an installed plugin, a module, a project folder (with a
    pyproject.toml that declares the plugin), or a file or folder of exercises or protocols. What
    else is installed plays no part. The exit code is 0 where nothing failed, else 5.
    """
    state.json = as_json
    keep_from_plugins()
    outcomes = []
    for check in _chosen(plugin, words):
        outcome = check.outcome()
        outcomes.append(outcome)
        if not as_json:
            show(_as_line(outcome))
    if as_json:
        show(json.dumps(_as_data(plugin, outcomes), indent=2, ensure_ascii=False))
    else:
        show(f"\n{_summary(outcomes)}")
    failed = any(outcome.verdict == "failed" for outcome in outcomes)
    return PluginError.exit_code if failed else 0


def _chosen(plugin: str, words: Sequence[str]) -> tuple[Check, ...]:
    """The checks that have one of the words in their id; without words all of them."""
    from legengine.testing.conformance import checks_of

    checks = checks_of(plugin)
    wanted = [word.lower() for word in words]
    chosen = tuple(
        check for check in checks if not wanted or any(word in check.id.lower() for word in wanted)
    )
    if not chosen:
        hint = f"the first of {len(checks)} is '{checks[0].id}'" if checks else ""
        raise InputError([Fault("no check has any of these words", "-k", hint=hint)])
    return chosen


def _as_line(outcome: Outcome) -> str:
    line = f"{outcome.verdict:<8} {outcome.id}"
    return f"{line}\n{INDENT}{outcome.reason}" if outcome.reason else line


def _summary(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(outcome.verdict for outcome in outcomes)
    told = [f"{counts[verdict]} {verdict}" for verdict in ("failed", "warning", "skipped", "ok")]
    kept = [part for part in told if not part.startswith("0 ")]
    checks = "1 check" if len(outcomes) == 1 else f"{len(outcomes)} checks"
    return f"{checks}: {', '.join(kept)}"


def _as_data(plugin: str, outcomes: Sequence[Outcome]) -> dict[str, object]:
    return {
        "plugin": plugin,
        "ok": all(outcome.verdict != "failed" for outcome in outcomes),
        "checks": [asdict(outcome) for outcome in outcomes],
    }
