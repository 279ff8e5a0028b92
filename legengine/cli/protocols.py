"""``legengine protocols``: what the protocols hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from legengine.cli.state import State, pass_state, warn
from legengine.cli.tables import fields, show, table, terminal_width, wrapped

if TYPE_CHECKING:
    from legengine.domain.protocol import DoseRow, Phase, Protocol


@click.command("protocols")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_state
def command(state: State, name: str | None, as_json: bool) -> None:
    """List the protocols, or show the phases of one."""
    state.json = as_json
    registry = state.registry()
    if not as_json:
        warn(registry)
    if name is not None:
        protocol = registry.protocol(name)
        if as_json:
            show(json.dumps(protocol.model_dump(mode="json"), indent=2, ensure_ascii=False))
        else:
            show(_details(protocol))
        return
    rows = [
        (protocol.name, registry.provider("protocols", protocol.name).provider, protocol.summary)
        for protocol in registry.protocols.values()
    ]
    if as_json:
        heads = ("name", "provider", "summary")
        data = [dict(zip(heads, row, strict=True)) for row in rows]
        show(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        show(table(("name", "from", "summary"), rows, terminal_width()))


def _details(protocol: Protocol) -> str:
    width = terminal_width()
    parts = [f"{protocol.title}  [{protocol.id}]", wrapped(protocol.summary, width)]
    about = [("for", _meant_for(protocol))]
    if protocol.deload is not None:
        about.append(("lighter week", f"after {protocol.deload.every_weeks} loaded ones"))
    parts += filter(None, [fields(about, width)])
    parts += [_phase(number, phase, width) for number, phase in enumerate(protocol.phases, 1)]
    return "\n\n".join(parts)


def _meant_for(protocol: Protocol) -> str:
    suits = protocol.suits
    if suits is None:
        return "anyone"
    others = "refused" if suits.otherwise == "refuse" else "told so"
    return f"{suits.text}; others are {others} and sent to '{suits.instead}'"


def _phase(number: int, phase: Phase, width: int | None) -> str:
    weeks = phase.weeks
    pairs = [
        ("weeks", f"{weeks.default} ({_span((weeks.least, weeks.most))})"),
        ("sessions a week", _each(_span(row.sessions) for row in phase.frequency)),
        ("hours between work for one muscle", _each(str(row.hours) for row in phase.rest)),
        ("main exercises", _main_dose(phase)),
        ("endurance minutes a week", _each(_span(row.week_minutes) for row in phase.endurance)),
        ("exercises of", ", ".join(phase.open_to) + f", up to level {phase.level_max}"),
        ("external load", "yes" if phase.external_load else "no"),
        ("progression", _each(phase.policy.values())),
        ("to enter", "; ".join(criterion.text for criterion in phase.entry)),
        ("to pass", "; ".join(criterion.text for criterion in phase.exit)),
    ]
    head = f"{number}. {phase.title}  [{phase.id}]"
    return "\n".join([head, wrapped(phase.summary, width, "  "), fields(pairs, width)])


def _main_dose(phase: Phase) -> str:
    """The dose of squats, lunges and hinges; tables that depend on the person one by one."""
    doses = (table.roles.get("compound") for table in phase.doses)
    return _each(_dose(row) for row in doses if row is not None)


def _dose(row: DoseRow) -> str:
    parts = [f"{_span(row.sets)} x {_span(row.reps)}" if row.reps else f"{_span(row.sets)} sets"]
    parts += [f"{_span(row.percent_1rm)} % of 1RM"] if row.percent_1rm else []
    parts += [f"{_span(row.rir)} in reserve"] if row.rir else []
    return ", ".join([*parts, f"rest {_span(row.rest_s)} s"])


def _each(words: Iterable[str]) -> str:
    """Different words in their order: rows that depend on the person."""
    return " or ".join(dict.fromkeys(words))


def _span(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
