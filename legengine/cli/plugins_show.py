"""``legengine plugins show NAME``: what a plugin brings, and how a profile sets it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from legengine.cli.options_rows import HEADS, option_rows
from legengine.cli.state import State, pass_state
from legengine.cli.tables import fields, show, terminal_width, wrapped, wrapped_table
from legengine.errors import Fault, InputError, PluginError

if TYPE_CHECKING:
    from legengine.hooks.loading import PluginRecord
    from legengine.hooks.registry import Kind, Registry


@dataclass(frozen=True, slots=True)
class Brought:
    """One object that a plugin brings, told to a person or a program."""

    kind: Kind
    name: str
    plugin: str
    summary: str
    place: str
    """The field of a profile that holds its options; empty: it has none."""
    schema: dict[str, Any] | None
    example: Any
    profile: dict[str, Any]
    """The example as it stands in a profile."""
    facts: dict[str, Any]
    fills: dict[str, str]
    """What it fills in where its source doesn't say, and why."""
    remark: str = ""

    def as_data(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "kind": self.kind,
            "name": self.name,
            "plugin": self.plugin,
            "summary": self.summary,
            **self.facts,
            "place": self.place,
            "options": self.schema,
            "example": self.example,
            "profile": self.profile,
            "fills": self.fills,
            "remark": self.remark,
        }


@click.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the schema of the options.")
@pass_state
def command(state: State, name: str, as_json: bool) -> int:
    """Show a plugin by its NAME: where it comes from, what it brings, with which options.

    NAME may also be a thing that a plugin brings, such as 'linear' or 'progressions/linear'. The
    exit code is 5 where the plugin is broken.
    """
    from legengine.hooks.inspection import KINDS

    state.json = as_json
    registry = state.registry(strict=False, watch=True)
    record = next((record for record in registry.records if record.plugin.name == name), None)
    width = terminal_width()
    if record is None:
        brought = _brought(registry, *_named(registry, name))
        data = brought.as_data()
        show(_json(data) if as_json else "\n".join(_object_lines(brought, width)))
        return 0
    things = [
        _brought(registry, kind, each)
        for kind in KINDS
        for each in record.provides.get(kind, ())
        if each in registry.of(kind)
    ]
    if as_json:
        show(_json(_as_data(record) | {"brings": [thing.as_data() for thing in things]}))
    else:
        show("\n".join(_plugin_lines(registry, record, things, width)))
    return PluginError.exit_code if record.failed else 0


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False)


# --- which ----------------------------------------------------------------------------------


def _named(registry: Registry, text: str) -> tuple[Kind, str]:
    """The one object that a text names: ``KIND/NAME``, or a name that only one has.

    Raises:
        InputError: there is none, or there are several.
        PluginError: several plugins provide it, and none of them is used.
    """
    from legengine.cli.kinds import read_kind
    from legengine.domain.vocabulary import did_you_mean
    from legengine.hooks.inspection import KINDS

    word, slash, name = text.partition("/")
    if slash:
        kind = read_kind(word, "NAME")
        registry.require(kind, name, field="NAME")
        return kind, name
    found = [kind for kind in KINDS if text in registry.of(kind)]
    if len(found) == 1:
        return found[0], text
    if found:
        several = ", ".join(f"{kind}/{text}" for kind in found)
        raise InputError([Fault(f"several things are called '{text}'", "NAME", hint=several)])
    for kind, name in registry.conflicts:
        if name == text:
            registry.require(kind, name)
    known = {record.plugin.name for record in registry.records}
    known |= {name for kind in KINDS for name in registry.of(kind)}
    hint = did_you_mean(text, known)
    if hint.startswith("known:"):
        hint = "'legengine plugins list --load' tells all names"
    fault = Fault(f"no plugin and nothing that one brings is called '{text}'", "NAME", hint=hint)
    raise InputError([fault])


def _brought(registry: Registry, kind: Kind, name: str) -> Brought:
    from legengine.cli.options_example import example_of, place_of, snippet
    from legengine.hooks.contracts import NoOptions
    from legengine.hooks.profile_schema import options_schema

    value = registry.require(kind, name)
    schema, remark, example = None, "", None
    if getattr(value, "options", NoOptions) is not NoOptions:
        try:
            schema = options_schema(registry, kind, name)
            example = example_of(registry, kind, name, schema)
        except InputError as error:
            remark = f"its own example doesn't fit its options: {error}"
        except PluginError as error:
            remark = str(error)
    facts = {
        attribute: getattr(value, attribute)
        for attribute in ("level", "lever", "suffixes", "sources")
        if getattr(value, attribute, None)
    }
    return Brought(
        kind=kind,
        name=name,
        plugin=registry.provider(kind, name).name,
        summary=value.summary,
        place=place_of(kind, name) if schema is not None else "",
        schema=schema,
        example=example,
        profile={} if remark else snippet(kind, name, example),
        facts={key: list(fact) if isinstance(fact, tuple) else fact for key, fact in facts.items()},
        fills=dict(getattr(value, "fills", {})),
        remark=remark,
    )


def _as_data(record: PluginRecord) -> dict[str, Any]:
    from legengine.hooks.loading import cure

    plugin = record.plugin
    return {
        "name": plugin.name,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "value": plugin.value,
        "state": record.state,
        "reason": record.reason,
        "cure": cure(plugin) if record.failed else "",
        "remarks": list(record.remarks),
    }


# --- for a person ---------------------------------------------------------------------------


def _plugin_lines(
    registry: Registry, record: PluginRecord, things: Sequence[Brought], width: int | None
) -> Iterator[str]:
    data = _as_data(record)
    yield f"{data['name']}  [{data['state']}]"
    came = " ".join(filter(None, (data["distribution"], data["version"]))) or "given by name"
    pairs = (("from", came), ("module", data["value"]), ("why", data["reason"]))
    yield fields([*pairs, ("what to do", data["cure"])], width)
    for remark in data["remarks"]:
        yield wrapped(f"remark: {remark}", width)
    kind = ""
    for thing in things:
        if thing.kind != kind:
            kind = thing.kind
            yield f"\n{kind}"
        if thing.schema is None:
            yield from _short_lines(thing, width)
        else:
            yield from _object_lines(thing, width, "  ")
            yield ""
    for (of, name), plugins in registry.conflicts.items():
        if record.plugin in plugins:
            others = " and ".join(str(other) for other in plugins if other != record.plugin)
            yield "\n" + wrapped(f"{of}/{name} is not used: {others} provides it too", width)


def _short_lines(thing: Brought, width: int | None) -> Iterator[str]:
    """An object without options: its name and its summary."""
    head = f"{thing.name}: {thing.summary}{_facts(thing)}"
    if width is None:
        yield f"  {head}"
    else:
        yield wrapped(head, width, "  ").replace("\n  ", "\n      ")


def _object_lines(thing: Brought, width: int | None, indent: str = "") -> Iterator[str]:
    from legengine.cli.options_example import as_yaml

    title = thing.name if indent else f"{thing.kind}/{thing.name}  (of plugin '{thing.plugin}')"
    yield f"{indent}{title}"
    inner = indent + "  "
    yield wrapped(thing.summary + _facts(thing), width, inner)
    if thing.schema is not None:
        yield f"\n{inner}options, in a profile under {thing.place}:"
        rows = [row.cells for row in option_rows(thing.schema)]
        yield wrapped_table(HEADS, rows, width, inner + "  ")
    elif not indent:
        yield f"{inner}no options"
    if thing.fills:
        yield f"\n{inner}what it fills in, and why:"
        yield wrapped_table(("field", "with"), [*thing.fills.items()], width, inner + "  ")
    if thing.remark:
        yield "\n" + wrapped(f"remark: {thing.remark}", width, inner)
    elif thing.profile:
        yield f"\n{inner}example:"
        for line in as_yaml(thing.profile).splitlines():
            yield f"{inner}  {line}"


def _facts(thing: Brought) -> str:
    """Level, lever, suffixes, sources, in brackets."""
    parts = [
        f"{name} {', '.join(fact) if isinstance(fact, list) else fact}"
        for name, fact in thing.facts.items()
    ]
    return f" ({'; '.join(parts)})" if parts else ""
