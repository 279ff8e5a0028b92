"""``legengine plugins list``: what is installed; nothing is imported unless it is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from legengine.cli.state import State, pass_state
from legengine.cli.tables import NARROW, show, table, terminal_width, wrapped
from legengine.errors import PluginError

if TYPE_CHECKING:
    from legengine.hooks.discovery import FoundPlugin
    from legengine.hooks.registry import Registry

FAILED: Final = ("broken", "incompatible")

Row = dict[str, Any]


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--load", is_flag=True, help="Import the plugins, and say what each provides.")
@click.option(
    "--kind", metavar="KIND", help="With --load: only what provides this kind, such as formats."
)
@click.option(
    "--requirements",
    is_flag=True,
    help="Print the distributions with their versions, as pip takes them.",
)
@pass_state
def command(
    state: State,
    as_json: bool = False,
    load: bool = False,
    kind: str | None = None,
    requirements: bool = False,
) -> int:
    """List the plugins from their metadata, without importing any of them.

    With --load the exit code is 5 where a plugin is broken. --requirements is for a file from
    which 'pip install -r' makes the same plugins again.
    """
    state.json = as_json
    if requirements and (as_json or load or kind):
        raise click.UsageError("--requirements goes alone")
    if kind and not load:
        raise click.UsageError("--kind goes with --load: only what is imported tells its kinds")
    if requirements:
        show("\n".join(_requirements(state)))
        return 0
    rows = _loaded(state, kind) if load else _found(state)
    if as_json:
        show(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        show("\n".join(_lines(rows, load, terminal_width())))
    broken = load and any(row["state"] in FAILED or row["conflicts"] for row in rows)
    return PluginError.exit_code if broken else 0


# --- what is shown --------------------------------------------------------------------------


def _lines(rows: Sequence[Row], load: bool, width: int | None) -> Iterator[str]:
    heads = ["name", "version", "state", "distribution"]
    if load and width is None:
        # A program that reads lines gets everything of a plugin in one.
        yield table([*heads, "provides"], [[*_cells(row, heads), _provides(row)] for row in rows])
    else:
        cells = [_cells(row, heads) for row in rows]
        if width is not None and width < NARROW:
            lines = [table(heads, [cell], width) for cell in cells]
        else:
            head, *lines = table(heads, cells, width).splitlines()
            yield head
        for line, row in zip(lines, rows, strict=True):
            yield line
            for kind, names in row.get("provides", {}).items():
                yield wrapped(f"{kind}: {', '.join(names)}", width, "    ")
    for row in rows:
        if row["reason"]:
            yield "\n" + wrapped(f"{row['name']}: {row['reason']}", width)
        if row.get("cure"):
            yield wrapped(row["cure"], width, "  ")
        for remark in (*row.get("remarks", ()), *row.get("conflicts", ())):
            yield "\n" + wrapped(f"{row['name']}: {remark}", width)


def _cells(row: Row, heads: Sequence[str]) -> list[str]:
    return [str(row[head]) for head in heads]


def _provides(row: Row) -> str:
    return ", ".join(f"{kind} ({', '.join(names)})" for kind, names in row["provides"].items())


def _row(plugin: FoundPlugin, status: str, reason: str) -> Row:
    return {
        "name": plugin.name,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "value": plugin.value,
        "state": status,
        "reason": reason,
    }


# --- from the metadata ----------------------------------------------------------------------


def _found(state: State) -> list[Row]:
    from legengine.hooks.discovery import FoundPlugin, Selection, find, select

    rows = [_row(FoundPlugin(name, value=name), "given", "") for name in state.plugins]
    selection = Selection(state.autoload, disable=state.disable).with_environment(os.environ)
    for choice in select(find(), selection):
        status, reason = "found", ""
        if choice.disabled:
            status, reason = "disabled", choice.disabled
        elif choice.duplicates:
            others = ", ".join(other.provider for other in choice.duplicates)
            status, reason = "broken", f"{others} has a plugin of the same name"
            reason += "; uninstall all but one of them"
        rows.append(_row(choice.plugin, status, reason))
    return sorted(rows, key=lambda row: (row["name"], row["distribution"]))


def _requirements(state: State) -> Iterator[str]:
    from legengine.hooks.discovery import find

    brought = sorted({(plugin.distribution, plugin.version) for plugin in find()})
    for name, version in brought:
        if name:
            yield f"{name}=={version}" if version else f"# {name}: its version is not known"
    for module in sorted(state.plugins):
        yield f"# {module}: given by --plugin, and no distribution of its own"


# --- by loading -----------------------------------------------------------------------------


def _loaded(state: State, kind: str | None) -> list[Row]:
    from legengine.cli.kinds import read_kind
    from legengine.hooks.loading import cure

    wanted = None if kind is None else read_kind(kind, "--kind")
    # A list shows what is broken, all of it: it doesn't stop at the first.
    registry = state.registry(strict=False, watch=True)
    rows = []
    for record in registry.records:
        row = _row(record.plugin, record.state, record.reason) | {
            "cure": cure(record.plugin) if record.failed else "",
            "provides": {of: list(names) for of, names in record.provides.items()},
            "remarks": list(record.remarks),
            "conflicts": _conflicts(registry, record.plugin),
        }
        if wanted is not None:
            row["provides"] = {of: names for of, names in row["provides"].items() if of == wanted}
            if not row["provides"] and not record.failed:
                continue
        rows.append(row)
    return rows


def _conflicts(registry: Registry, plugin: FoundPlugin) -> list[str]:
    """What nobody gets of a plugin, because another one provides it too."""
    from legengine.hooks.inspection import SINGULAR

    return [
        f"{SINGULAR[kind]} '{name}' is not used: it is provided by "
        + " and by ".join(map(str, plugins))
        + "; disable or uninstall all but one of them"
        for (kind, name), plugins in registry.conflicts.items()
        if plugin in plugins
    ]
