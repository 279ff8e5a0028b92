"""``legengine formats``: in which formats a program can be written, and what each needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import NARROW, show, table, terminal_width, wrapped

if TYPE_CHECKING:
    from legengine.hooks.registry import Registry

Row = dict[str, Any]


@click.command("formats")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def command(state: State, as_json: bool) -> int:
    """List the formats with their suffixes, and say how to get what is not installed.

    The settings of each are in 'legengine schema profile --with-plugins'.
    """
    state.json = as_json
    registry = state.registry()
    warn(registry)
    rows = [_row(registry, name) for name in registry.formats]
    if as_json:
        show(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        show(_text(rows, terminal_width()))
    return 0


def _row(registry: Registry, name: str) -> Row:
    from legengine.hooks.needs import cure_of, missing_of, needs_of

    format = registry.formats[name]
    missing = missing_of(format)
    return {
        "name": name,
        "summary": format.summary,
        "suffixes": list(format.suffixes),
        "needs": list(needs_of(format)),
        "ready": not missing,
        "install": cure_of(format) if missing else "",
        "plugin": registry.provider("formats", name).name,
        "options": sorted(format.options.model_fields),
    }


def _text(rows: Sequence[Row], width: int | None) -> str:
    cells = [
        [row["name"], " ".join(row["suffixes"]), "yes" if row["ready"] else "no", row["summary"]]
        for row in rows
    ]
    heads = ["format", "suffixes", "ready", "what it is"]
    if width is not None and width < NARROW:
        parts = [f"{name} ({suffixes}): {summary}" for name, suffixes, _, summary in cells]
        lines = [wrapped(part, width, "  ") for part in parts]
    else:
        lines = [table(heads, cells, width)]
    missing = [row for row in rows if not row["ready"]]
    if missing:
        lines += ["", "To get the others:"]
        lines += [f"  {row['name']}: {row['install']}" for row in missing]
    return "\n".join(lines)
