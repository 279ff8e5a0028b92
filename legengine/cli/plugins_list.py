"""``legengine plugins list``: what is installed; nothing is imported unless it is asked for."""

from __future__ import annotations

import json
import os
from typing import Any

import click

from legengine.cli.state import State, pass_state
from legengine.cli.tables import show, table, terminal_width
from legengine.errors import PluginError


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--load", is_flag=True, help="Import the plugins, and say what each provides.")
@pass_state
def command(state: State, as_json: bool = False, load: bool = False) -> int:
    """List the plugins from their metadata, without importing any of them.

    With --load the exit code is 5 where a plugin is broken.
    """
    state.json = as_json
    rows = _loaded(state) if load else _found(state)
    if as_json:
        show(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        heads = ["name", "version", "state", "distribution"]
        if load:
            heads.append("provides")
        cells = [[_cell(row.get(head, "")) for head in heads] for row in rows]
        show(table(heads, cells, terminal_width()))
        for row in rows:
            if row["reason"]:
                show(f"\n{row['name']}: {row['reason']}")
    broken = load and any(row["state"] in ("broken", "incompatible") for row in rows)
    return PluginError.exit_code if broken else 0


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{kind} ({', '.join(names)})" for kind, names in value.items())
    return str(value)


def _row(plugin: Any, status: str, reason: str) -> dict[str, Any]:
    return {
        "name": plugin.name,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "value": plugin.value,
        "state": status,
        "reason": reason,
    }


def _found(state: State) -> list[dict[str, Any]]:
    from legengine.hooks.discovery import FoundPlugin, Selection, find, select

    rows = [_row(FoundPlugin(name, value=name), "given", "") for name in state.plugins]
    selection = Selection(disable=state.disable).with_environment(os.environ)
    for choice in select(find(), selection):
        status, reason = "found", ""
        if choice.disabled:
            status, reason = "disabled", choice.disabled
        elif choice.duplicates:
            others = ", ".join(other.provider for other in choice.duplicates)
            status, reason = "broken", f"{others} has a plugin of the same name"
        rows.append(_row(choice.plugin, status, reason))
    return rows


def _loaded(state: State) -> list[dict[str, Any]]:
    return [
        _row(record.plugin, record.state, record.reason)
        | {"provides": {kind: list(names) for kind, names in record.provides.items()}}
        for record in state.registry().records
    ]
